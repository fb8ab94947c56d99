"""What a layer is: a chain of operations, checked against the input they meet.

Each operation is a frozen value: :class:`ConvSpec`, :class:`Activation`, :class:`PoolSpec` or
:class:`Magnitude`. Stage 0 of a chain is its input, stage ``n`` the maps after ``n`` operations.
"""

from dataclasses import dataclass
from enum import StrEnum

from convviz.core.conv_spec import ConvSpec, Operation, PaddingMode
from convviz.core.limits import Pair, Shape, SpecProblem, output_length
from convviz.core.pool_spec import PoolKind, PoolSpec

__all__ = [
    "Activation",
    "Chain",
    "ConvSpec",
    "Magnitude",
    "Op",
    "Operation",
    "PaddingMode",
    "Pair",
    "PoolKind",
    "PoolSpec",
    "Shape",
    "SpecProblem",
    "output_shape",
    "size_formula",
    "stage_shapes",
]


class Activation(StrEnum):
    """Function applied to every value of a map."""

    NONE = "none"
    RELU = "relu"
    ABS = "abs"
    SIGMOID = "sigmoid"
    TANH = "tanh"


@dataclass(frozen=True)
class Magnitude:
    """All maps as one: √(Σ v²) over the channels, such as the gradient's size from its two components."""

    def output_shape(self, shape: Shape) -> Shape:
        """Return (1, H, W) for maps of ``shape`` (C, H, W)."""
        return 1, shape[1], shape[2]


Op = ConvSpec | Activation | PoolSpec | Magnitude
Chain = tuple[Op, ...]


def output_shape(chain: Chain, shape: Shape) -> Shape:
    """Return the shape (C, H, W) after every operation of ``chain`` on an input of ``shape`` (C, H, W).

    Raises
    ------
    SpecProblem
        From the first operation that cannot work on what it gets.
    """
    for op in chain:
        if not isinstance(op, Activation):
            shape = op.output_shape(shape)
    return shape


def stage_shapes(chain: Chain, shape: Shape) -> tuple[Shape, ...]:
    """Return the shape at every stage of ``chain``, the input's first."""
    return tuple(output_shape(chain[:n], shape) for n in range(len(chain) + 1))


def size_formula(spec: ConvSpec | PoolSpec, size: int, axis: int) -> str:
    """Return the output-size formula along ``axis`` with the numbers in place.

    For example ``⌊(6 + 2·0 − 1·(3 − 1) − 1) / 1⌋ + 1 = 4``.
    """
    if isinstance(spec, ConvSpec):
        (before, after), kernel = spec.border(axis), spec.kernel_size[axis]
        stride, dilation = spec.stride[axis], spec.dilation[axis]
    else:
        before = after = spec.padding[axis]
        kernel, stride, dilation = spec.size[axis], spec.steps[axis], 1
    border = f"2·{before}" if before == after else f"{before} + {after}"
    result = output_length(size, kernel, stride, before, after, dilation)
    return f"⌊({size} + {border} − {dilation}·({kernel} − 1) − 1) / {stride}⌋ + 1 = {result}".replace(
        "= -", "= −"
    )
