"""How the receptive field grows from layer to layer, along one axis, with the numbers in place.

The recursion of Araujo, Norris & Sim, "Computing receptive fields of convolutional neural networks"
(Distill, 2019): r grows by d·(k − 1)·j, where j, the product of all strides before, is how far units that are
neighbours in the layer below are apart on the input.
"""

from dataclasses import dataclass

from convviz.core.geometry import receptive_field, taps, window
from convviz.core.specs import ConvSpec, PoolSpec

# Sections are along the columns.
AXIS = 1
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
Sliding = ConvSpec | PoolSpec


@dataclass(frozen=True)
class Level:
    """The input or the output of a layer, along one axis.

    Parameters
    ----------
    length : int
        How many units it has.
    first : int
        The first input cell that unit 0 sees; negative where that lies in the padding.
    size, jump : int
        How many input cells a unit sees, and how far neighbours are apart on the input.
    size_sum, jump_sum : str
        Both written out: ``r₃ = 5 + (2 − 1)·1 = 6``, ``j₃ = 1·2 = 2``.
    """

    length: int
    first: int
    size: int
    jump: int
    size_sum: str
    jump_sum: str

    def centre(self, unit: int) -> float:
        """Return the middle of what a unit sees, in input cells; it may be one of the padding."""
        return self.first + self.jump * unit + (self.size - 1) / 2

    def seen(self, unit: int) -> tuple[int, int]:
        """Return the first and the last input cell that a unit sees."""
        start = self.first + self.jump * unit
        return start, start + self.size - 1


def levels(chain: tuple[Sliding, ...], length: int) -> tuple[Level, ...]:
    """Return the input, ``length`` cells long, and the output of every operation of ``chain``."""
    out = [Level(length, 0, 1, 1, "r₀ = 1", "j₀ = 1")]
    for number, op in enumerate(chain, 1):
        below = out[-1]
        kernel, stride, dilation, _ = window(op, AXIS)
        field = receptive_field(chain[:number], (0, 0))
        index = str(number).translate(_LOWERED)
        spread = "" if dilation == 1 else f"·{dilation}"
        grown = f"{below.size} + ({kernel} − 1){spread}·{below.jump}"
        jump = below.jump * stride
        size_sum = f"r{index} = {grown} = {field.width}"
        jump_sum = f"j{index} = {below.jump}·{stride} = {jump}"
        units = op.output_length(below.length, AXIS)
        out.append(Level(units, field.left, field.width, jump, size_sum, jump_sum))
    return tuple(out)


def feeding(
    chain: tuple[Sliding, ...], found: tuple[Level, ...], level: int, unit: int
) -> list[dict[int, tuple[int, ...]]]:
    """Return what feeds ``unit`` of ``level``: for each level, the input first, its units and what they read.

    What they read are positions in the level below, negative or beyond its end in the padding. Units of
    the padding are not among those that read.
    """
    out: list[dict[int, tuple[int, ...]]] = [{} for _ in range(level + 1)]
    units = {unit}
    for number in range(level, 0, -1):
        op, length = chain[number - 1], found[number - 1].length
        out[number] = {one: tuple(int(tap) for tap in taps(op, one, AXIS)) for one in sorted(units)}
        units = {tap for reads in out[number].values() for tap in reads if 0 <= tap < length}
    out[0] = dict.fromkeys(sorted(units), ())
    return out
