"""What the ways of computing a correlation cost, as measured, to take the cheapest.

Measured on two cores with AVX2 (AMD EPYC, 32 MB L3), two threads, at 1280×720×3 and 1920×1080×3 with kernels
from 1×1 to 31×31, in nanoseconds per value. Elsewhere the times are others, but their order much the same.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from convviz.core.specs import Pair, Shape


class Way(Enum):
    """How a correlation can be computed."""

    PLAIN = auto()
    """One convolution by torch over the picture as it is. Always possible."""
    DENSE = auto()
    """The same for filters that add up channels, in eights."""
    MATRIX = auto()
    """A matrix product, for kernels of one cell that add up channels."""
    STRIPS = auto()
    """See :mod:`convviz.engine.strips`."""
    SPECTRUM = auto()
    """See :mod:`convviz.engine.spectrum`."""


@dataclass(frozen=True)
class Case:
    """A correlation.

    Parameters
    ----------
    block : (int, int, int)
        Channels, rows and columns of the input.
    output : (int, int)
        Rows and columns of a map.
    filters, groups : int
        How many.
    kernel, stride, dilation : (int, int)
        Vertical and horizontal.
    factored : bool
        Whether every kernel is a product of a column and a row.
    stacked : bool
        Whether the maps have to be brought together.
    """

    block: Shape
    output: Pair
    filters: int
    groups: int
    kernel: Pair
    stride: Pair
    dilation: Pair
    factored: bool = False
    stacked: bool = False

    @property
    def per_group(self) -> int:
        """Channels that a filter meets."""
        return self.block[0] // self.groups

    @property
    def apart(self) -> bool:
        """Whether channels that are added up cannot lie interleaved, as the rows of a kernel have gaps."""
        return self.per_group > 1 and self.dilation[0] > 1


# Filters of the dense way are convolved in eights.
EIGHT = 8
# Below so many cells any way is fast, and below so many columns strips are too narrow.
SMALL, _NARROW = 4096, 32
# A block that is met a second time is going to be met many times: somebody drags a weight.
_MEETINGS = 32
# Bringing a map to its place.
_COPY = 0.7
# Cutting into strips; transforming.
_CUT, _TRANSFORM = 1.6, 8.0


@lru_cache
def ranked(case: Case, ready: frozenset[Way], again: bool) -> tuple[Way, ...]:
    """Return the ways that are possible, the cheapest first.

    Parameters
    ----------
    case : Case
        What is to be computed.
    ready : set of Way
        What the block is laid out for already.
    again : bool
        Whether the block has been met before; then what laying out costs is shared by those that will.
    """
    if case.block[1] * case.block[2] < SMALL:
        return (Way.PLAIN,)
    meetings = _MEETINGS if again else 1
    size = case.block[0] * case.block[1] * case.block[2]
    prepare = {Way.STRIPS: _CUT * size, Way.SPECTRUM: _TRANSFORM * size}
    costs = {way: cost(case) for way, cost in _COSTS.items() if _possible(case, way)}
    for way in costs.keys() & prepare.keys() - ready:
        costs[way] += prepare[way] / meetings
    return tuple(sorted(costs, key=lambda way: costs[way]))


@lru_cache
def factors_pay(case: Case) -> bool:
    """Return whether kernels that are products are better met by their factors."""
    return not case.apart and _two_passes(case) < _one_pass(case)


def _possible(case: Case, way: Way) -> bool:
    match way:
        case Way.PLAIN:
            return True
        case Way.DENSE:
            return case.per_group > 1 and case.groups == 1 and case.kernel != (1, 1)
        case Way.MATRIX:
            return case.per_group > 1 and case.kernel == (1, 1)
        case Way.STRIPS:
            return case.output[1] >= _NARROW
        case Way.SPECTRUM:
            return case.stride == (1, 1)


def _plain(case: Case) -> float:
    # One or two channels, or channels to be added up in groups, take torch's slow ways.
    slow = case.block[0] < 3 or case.per_group > 1
    each = 2.2 if slow else 0.16 if case.block[0] < EIGHT else 0.05
    return _values(case) * (0.3 + each * _taps(case) + _COPY * case.stacked)


def _dense(case: Case) -> float:
    eights = -(-case.filters // EIGHT) * EIGHT
    return eights / case.filters * _values(case) * (0.1 + 0.018 * _taps(case))


def _matrix(case: Case) -> float:
    return _values(case) * (0.6 + 0.05 * case.per_group)


def _strips(case: Case) -> float:
    each = _two_passes(case) if case.factored else _one_pass(case)
    return _values(case) * (each + _COPY * case.stacked)


def _one_pass(case: Case) -> float:
    passes = case.per_group if case.apart else 1
    return 0.17 * passes + 0.0215 * _taps(case) + _COPY * (passes - 1)


def _two_passes(case: Case) -> float:
    rows, columns = case.kernel[0] * case.per_group, case.kernel[1]
    down, across = case.stride[0] * case.per_group, case.stride[1]
    # The pass that leaves the least to the other comes first, and does what the other strides over.
    first, wide, second = (rows, across, columns) if down > across else (columns, down, rows)
    return (0.3 + 0.025 * first) * wide + 0.25 + 0.025 * second


def _spectrum(case: Case) -> float:
    # What the strips share with their neighbours is a fifth of them.
    size = 1.2 * case.block[1] * case.block[2]
    return case.filters * size * (3.3 + 0.4 * case.per_group + _COPY * case.stacked)


_COSTS = {
    Way.PLAIN: _plain,
    Way.DENSE: _dense,
    Way.MATRIX: _matrix,
    Way.STRIPS: _strips,
    Way.SPECTRUM: _spectrum,
}


def _values(case: Case) -> int:
    return case.filters * case.output[0] * case.output[1]


def _taps(case: Case) -> int:
    return case.per_group * case.kernel[0] * case.kernel[1]
