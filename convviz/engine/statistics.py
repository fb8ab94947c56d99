"""Smallest, largest and mean value of a result, and how the values are distributed."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.specs import Activation, Chain, stage_shapes
from convviz.engine.checks import Check, check_extremes, nothing
from convviz.engine.elementwise import activate
from convviz.engine.evaluate import evaluate
from convviz.engine.native import library
from convviz.engine.recent import Recent
from convviz.engine.shelf import Same, live

BINS = 256
SAMPLE = 32_768
"""Most values that are looked at while the hand moves."""

# A value on an edge belongs to the bin above it; so much, in bins, is forgiven to rounding.
_NUDGE = 2.0**-20
# Added to a number, it leaves a whole number, rounded, in the last bits of the sum.
_MAGIC = 1.5 * 2.0**52
_MAGIC_BITS = np.float64(_MAGIC).view(np.int64)


@dataclass(frozen=True, eq=False)
class Statistics:
    """What the values of a result are like, over all its maps.

    Parameters
    ----------
    minimum, maximum, mean : float
        Of the values looked at; the mean is accumulated in ``float64``.
    count : int
        Number of values looked at.
    total_count : int
        Number of values of the result.
    exact : bool
        Whether all were looked at.
    histogram : ndarray of int64, shape (256,)
        How many values fall between neighbouring edges; the last interval includes both. Read-only.
    edges : ndarray of float64, shape (257,)
        Evenly spaced from the minimum to the maximum; half a unit to both sides when these are equal.
    """

    minimum: float
    maximum: float
    mean: float
    count: int
    total_count: int
    exact: bool
    histogram: NDArray[np.int64]
    edges: NDArray[np.float64]


def summarise(values: NDArray[np.float32], total_count: int | None = None) -> Statistics:
    """Return the statistics of ``values``, which are all of a result or ``total_count``'s sample.

    Raises
    ------
    ValueError
        If there are no values.
    Problem
        If one of them is infinite or not a number.
    """
    low, high = float(values.min()), float(values.max())
    check_extremes(low, high)
    edges = bin_edges(low, high)
    histogram = count_values(values, edges)
    total = values.size if total_count is None else total_count
    mean = float(np.add.reduce(values, axis=None, dtype=np.float64)) / values.size
    return assemble(low, high, mean, values.size, total, histogram, edges)


def statistics(
    planes: NDArray[Any], chain: Chain, *, check: Check = nothing, limit: int = SAMPLE
) -> Statistics:
    """Return the statistics of a chain's result, quickly; what is read is kept for the next weights.

    Parameters
    ----------
    planes : ndarray of uint8 or float32, shape (C, H, W)
        Input.
    chain : tuple of operations
        May be empty.
    check : callable
        May raise to stop.
    limit : int
        Up to so many values the whole result is looked at; beyond, a fixed even grid of fewer.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    Problem
        If a value is too large for ``float32``.
    """
    channels, height, width = stage_shapes(chain, planes.shape)[-1]
    check()
    rows, columns = sample_grid(channels, height, width, limit)
    values = _sample(planes, chain, rows, columns, check)
    return summarise(values, channels * height * width)


_samples: Recent[Hashable, NDArray[np.float32]] = Recent(4)


def _sample(
    planes: NDArray[Any], chain: Chain, rows: Ramp, columns: Ramp, check: Check
) -> NDArray[np.float32]:
    """Return the values on a grid; kept, because an activation is taken of those just before it."""

    def sample() -> NDArray[np.float32]:
        if chain and isinstance(chain[-1], Activation):
            return activate(_sample(planes, chain[:-1], rows, columns, check), chain[-1])
        values = evaluate(planes, chain, rows, columns, check=check, shelf=live)
        # Cells of the planes themselves would keep all of them.
        return values if chain else values.copy()

    return _samples.get((Same(planes), chain, rows, columns), sample)


def forget_samples() -> None:
    """Let go of the samples that are kept."""
    _samples.clear()


def sample_grid(channels: int, height: int, width: int, limit: int) -> tuple[Ramp, Ramp]:
    """Return rows and columns that cross at no more than ``limit`` cells of all channels.

    The steps are odd, because patterns that repeat every 2, 4 or 8 cells are common.
    """
    share = channels * height * width / limit
    if share <= 1:
        return Ramp(0, 1, height), Ramp(0, 1, width)
    across = max(1, (math.floor(math.sqrt(share)) - 1) // 2 * 2 + 1)
    down = across
    while channels * -(-height // down) * -(-width // across) > limit and down < height:
        down += 2
    while channels * -(-height // down) * -(-width // across) > limit and across < width:
        across += 2
    return _every(height, down), _every(width, across)


def _every(size: int, step: int) -> Ramp:
    """Return every ``step``-th position of ``size``, as far from one end as from the other."""
    count = -(-size // step)
    return Ramp((size - 1 - (count - 1) * step) // 2, step, count)


def bin_edges(low: float, high: float) -> NDArray[np.float64]:
    """Return the edges of a histogram of values from ``low`` to ``high``, as :class:`Statistics` has them."""
    if low == high:
        low, high = low - 0.5, high + 0.5
    return np.linspace(low, high, BINS + 1)


def count_values(values: NDArray[np.float32], edges: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return how many of ``values`` lie between neighbours of ``edges``, none of which lies outside."""
    low, high = float(edges[0]), float(edges[-1])
    scale = BINS / (high - low)
    start, native = low + (0.5 - _NUDGE) / scale, library()
    if native is not None:
        counts = native.count(np.ascontiguousarray(values), start, scale, BINS)
    else:
        counts = _count_nearest(values, start, scale)
    # The highest value itself is not beyond the last bin.
    counts[BINS - 1] += counts[BINS]
    return counts[:BINS]


def _count_nearest(values: NDArray[np.float32], start: float, scale: float) -> NDArray[np.int64]:
    """Return how many of ``values`` have (v − start)·scale nearest to each of 0, 1, … BINS."""
    # Several times as fast as np.histogram, which looks every value up among the edges; and numpy turns
    # floats into whole numbers one by one, but adds many at once.
    places = np.subtract(values.ravel(order="K"), start, dtype=np.float64)
    places *= scale
    places += _MAGIC
    bins = places.view(np.int64)
    bins -= _MAGIC_BITS
    return np.bincount(bins, minlength=BINS + 1)


def assemble(
    low: float,
    high: float,
    mean: float,
    count: int,
    total: int,
    histogram: NDArray[np.int64],
    edges: NDArray[np.float64],
) -> Statistics:
    """Return the statistics with these figures; ``total`` values there are, ``count`` were looked at."""
    histogram.flags.writeable = edges.flags.writeable = False
    # A mean accumulated with rounding may leave the range by a hair.
    mean = min(max(mean, low), high)
    return Statistics(low, high, mean, count, total, count == total, histogram, edges)
