"""Ways in which one value of a network's layer is computed, with the numbers in place.

Convolutions and poolings are the convolution room's cells (:mod:`convviz.core.cells`); the others are here.
"""

from dataclasses import dataclass
from enum import StrEnum

from convviz.core.cells import ActivationCell, ConvolutionCell, PoolingCell
from convviz.nets.attention_cells import AttentionCell, ConstantCell, LearnedCell, LengthCell, MatrixCell

Index = tuple[int, ...]
"""Place of a value in a layer's output, without the batch: (channel, y, x) in maps, (n,) in a vector."""


@dataclass(frozen=True)
class Source:
    """A value of an earlier layer.

    Parameters
    ----------
    layer : int
        Which; :data:`convviz.nets.records.INPUT` for the network's input.
    index : tuple of int
        Where in its output.
    value : float
        What it is there.
    """

    layer: int
    index: Index
    value: float


@dataclass(frozen=True)
class Contribution:
    """One product of a linear layer: ``weight · value`` of the previous layer's number ``index``."""

    index: int
    weight: float
    value: float

    @property
    def product(self) -> float:
        """What it adds to the sum."""
        return self.weight * self.value


@dataclass(frozen=True)
class LinearCell:
    """total = Σ contributions + rest + bias.

    Parameters
    ----------
    contributions : tuple of Contribution
        The largest in size, the largest first.
    rest_count : int
        How many others there are.
    rest : float
        What they come to.
    """

    contributions: tuple[Contribution, ...]
    rest_count: int
    rest: float
    bias: float
    total: float


@dataclass(frozen=True)
class MeanCell:
    """total = (Σ largest + rest) / count: the mean over a large window or a whole map.

    Parameters
    ----------
    largest : tuple of Source
        The values that are largest in size, the largest first.
    rest_count : int
        How many others there are, a border of zeros not among them.
    rest : float
        What they come to.
    count : int
        What the sum is divided by.
    """

    largest: tuple[Source, ...]
    rest_count: int
    rest: float
    count: int
    total: float


@dataclass(frozen=True)
class NormalisationCell:
    """total = (x − mean) / √(variance + eps) · gamma + beta.

    Parameters
    ----------
    count : int or None
        Over how many values mean and variance were taken now (layer and group norm); None where they were
        learned (batch norm after training).
    """

    x: float
    mean: float
    variance: float
    eps: float
    gamma: float
    beta: float
    total: float
    count: int | None = None


@dataclass(frozen=True)
class FunctionCell:
    """A function of one value.

    Parameters
    ----------
    name : str
        As it is written: ``"SiLU"``.
    formula : str
        What it means, with ``{x}`` where the value stands: ``"{x}·σ({x})"``; may be empty.
    before, total : float
        The value, and what the function makes of it.
    """

    name: str
    formula: str
    before: float
    total: float


@dataclass(frozen=True)
class SumCell:
    """total = Σ weights · sources + constant.

    Parameters
    ----------
    weights : tuple of float
        1, or −1 where a source is subtracted.
    constant : float
        A learned or fixed number that is added to a single source; else 0.
    is_read_off : bool
        Whether the constant is known only from the result: it is computed from learned numbers by functions
        that a trace does not hold.
    """

    sources: tuple[Source, ...]
    weights: tuple[float, ...]
    total: float
    constant: float = 0.0
    is_read_off: bool = False


@dataclass(frozen=True)
class ProductCell:
    """total = the map's value times its gate; the gate is one number per map in squeeze-and-excitation.

    Parameters
    ----------
    source : Source
        The map's value.
    gate : Source or None
        What another layer makes of it; None where the factor is learned or fixed.
    factor : float
        The gate's value, or the learned or fixed factor.
    is_read_off : bool
        As of :class:`SumCell`: whether the factor is known only from the result.
    """

    source: Source
    gate: Source | None
    factor: float
    total: float
    is_read_off: bool = False


class Copy(StrEnum):
    """Why a value is the same as one before it."""

    CONCATENATED = "concatenated"
    RESHAPED = "reshaped"
    PERMUTED = "permuted"
    CUT_OUT = "cut out"
    PADDED = "padded"
    DROPOUT = "dropout"
    ROLLED = "rolled"
    KEPT = "kept"
    SAME = "same"


@dataclass(frozen=True)
class CopyCell:
    """A value that comes from ``source`` as it is."""

    source: Source
    how: Copy
    total: float


@dataclass(frozen=True)
class PaddingCell:
    """A value of the border that a padding layer puts around its input."""

    total: float


@dataclass(frozen=True)
class Power:
    """One term e^(score − shift) of a softmax."""

    index: int
    score: float
    power: float


@dataclass(frozen=True)
class SoftmaxCell:
    """total = e^(score − shift) / Σ e^(z − shift); of a log softmax, the logarithm of that.

    Parameters
    ----------
    own : Power
        The unit's.
    largest : tuple of Power
        Of all scores, the largest first.
    rest_count : int
        How many others there are.
    rest : float
        What their powers come to.
    shift : float
        Subtracted from every score, which changes nothing but keeps large ones computable; 0 for small ones.
    logarithm : bool
        Whether the layer is a log softmax.
    """

    own: Power
    largest: tuple[Power, ...]
    rest_count: int
    rest: float
    shift: float
    total: float
    logarithm: bool = False


@dataclass(frozen=True)
class OpaqueCell:
    """A value not taken apart: only which layers it depends on is known.

    Parameters
    ----------
    function : str
        As torch calls it.
    layers : tuple of int
        What it reads; :data:`convviz.nets.records.INPUT` for the network's input.
    """

    function: str
    layers: tuple[int, ...]
    total: float


UnitCell = (
    ConvolutionCell
    | PoolingCell
    | LinearCell
    | MeanCell
    | NormalisationCell
    | ActivationCell
    | FunctionCell
    | SumCell
    | ProductCell
    | CopyCell
    | PaddingCell
    | SoftmaxCell
    | AttentionCell
    | MatrixCell
    | LengthCell
    | LearnedCell
    | ConstantCell
    | OpaqueCell
)
