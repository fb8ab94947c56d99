"""Smallest, largest and mean value of a result, and how the values are distributed."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.specs import Chain, stage_shapes
from convviz.engine.checks import Check, check_extremes, nothing
from convviz.engine.evaluate import evaluate

BINS = 256
# Values looked at when there are too many to look at all.
_SAMPLE = 250_000
# Values of one band on the way through a whole result.
_BAND = 2_000_000


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
    edges = _edges(low, high)
    histogram = _histogram(values, edges)
    total = values.size if total_count is None else total_count
    mean = float(values.mean(dtype=np.float64))
    return _statistics(low, high, mean, values.size, total, histogram, edges)


def statistics(
    planes: NDArray[Any], chain: Chain, *, check: Check = nothing, limit: int = 1_500_000
) -> Statistics:
    """Return the statistics of a chain's result, quickly.

    Parameters
    ----------
    planes : ndarray of uint8 or float32, shape (C, H, W)
        Input.
    chain : tuple of operations
        May be empty.
    check : callable
        May raise to stop.
    limit : int
        Up to so many values the whole result is looked at; beyond, an even grid of some 250 000.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    Problem
        If a value is too large for ``float32``.
    """
    channels, height, width = stage_shapes(chain, planes.shape)[-1]
    total = channels * height * width
    step = 1 if total <= limit else math.ceil(math.sqrt(total / min(limit, _SAMPLE)))
    rows, columns = _grid(height, step), _grid(width, step)
    return summarise(evaluate(planes, chain, rows, columns, check=check), total)


def _grid(size: int, step: int) -> Ramp:
    """Return every ``step``-th position of ``size``, as far from one end as from the other."""
    count = -(-size // step)
    return Ramp((size - 1 - (count - 1) * step) // 2, step, count)


# What overflows is told in a sentence.
@np.errstate(over="ignore", invalid="ignore")
def whole_statistics(
    planes: NDArray[Any],
    chain: Chain,
    *,
    check: Check = nothing,
    progress: Callable[[float], None] = lambda fraction: None,
) -> Statistics:
    """Return the exact statistics of a chain's result, however large; it is computed twice, in bands.

    Parameters
    ----------
    planes, chain, check
        As for :func:`statistics`.
    progress : callable
        Gets the share of the work that is done, 0 to 1.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    Problem
        If a value is too large for ``float32``.
    """
    low, high, total, count = math.inf, -math.inf, 0.0, 0
    for share, values in _bands(planes, chain, check):
        lowest, highest = float(values.min()), float(values.max())
        check_extremes(lowest, highest)
        low, high = min(low, lowest), max(high, highest)
        total += float(values.sum(dtype=np.float64))
        count += values.size
        progress(share / 2)
    edges = _edges(low, high)
    histogram = np.zeros(BINS, np.int64)
    for share, values in _bands(planes, chain, check):
        histogram += _histogram(values, edges)
        progress(0.5 + share / 2)
    return _statistics(low, high, total / count, count, count, histogram, edges)


def _bands(planes: NDArray[Any], chain: Chain, check: Check) -> Iterator[tuple[float, NDArray[np.float32]]]:
    channels, height, width = stage_shapes(chain, planes.shape)[-1]
    lines = max(1, _BAND // (channels * width))
    for top in range(0, height, lines):
        count = min(lines, height - top)
        values = evaluate(planes, chain, Ramp(top, 1, count), Ramp(0, 1, width), check=check)
        yield (top + count) / height, values


def _edges(low: float, high: float) -> NDArray[np.float64]:
    if low == high:
        low, high = low - 0.5, high + 0.5
    return np.linspace(low, high, BINS + 1)


def _histogram(values: NDArray[np.float32], edges: NDArray[np.float64]) -> NDArray[np.int64]:
    # Several times as fast as np.histogram, which looks every value up among the edges.
    low, high = float(edges[0]), float(edges[-1])
    places = ((values.ravel(order="K").astype(np.float64) - low) * (BINS / (high - low))).astype(np.intp)
    np.clip(places, 0, BINS - 1, out=places)
    return np.bincount(places, minlength=BINS)


def _statistics(
    low: float,
    high: float,
    mean: float,
    count: int,
    total: int,
    histogram: NDArray[np.int64],
    edges: NDArray[np.float64],
) -> Statistics:
    histogram.flags.writeable = edges.flags.writeable = False
    # A mean accumulated with rounding may leave the range by a hair.
    mean = min(max(mean, low), high)
    return Statistics(low, high, mean, count, total, count == total, histogram, edges)
