"""The exact statistics of a whole result, however large: it is looked through in bands, twice."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Rect
from convviz.core.specs import Chain, stage_shapes
from convviz.engine.bands import bands
from convviz.engine.checks import Check, check_extremes, nothing
from convviz.engine.statistics import BINS, Statistics, assemble, bin_edges, count_values

Values = NDArray[np.float32]
Progress = Callable[[float], None]
"""Gets the share of the work that is done, 0 to 1."""


def no_progress(share: float) -> None:
    """Tell nobody."""


def _ignore(top: int, values: Values) -> None:
    """Do nothing with a band."""


@dataclass(frozen=True)
class Extremes:
    """What the first look through a whole result finds.

    Parameters
    ----------
    minimum, maximum : float
        Of all values.
    mean : float
        Accumulated in ``float64``.
    count : int
        Number of values.
    """

    minimum: float
    maximum: float
    mean: float
    count: int


class ExtremesSoFar:
    """The extremes of values that come in one by one."""

    def __init__(self) -> None:
        self._low, self._high, self._total, self._count = math.inf, -math.inf, 0.0, 0

    def add(self, values: Values) -> None:
        """Look at more values.

        Raises
        ------
        Problem
            If one of them is infinite or not a number.
        """
        if not values.size:
            return
        low, high = float(values.min()), float(values.max())
        check_extremes(low, high)
        self._low, self._high = min(self._low, low), max(self._high, high)
        self._total += float(values.sum(dtype=np.float64))
        self._count += values.size

    def found(self) -> Extremes:
        """Return what has been found; there must have been values."""
        return Extremes(self._low, self._high, self._total / self._count, self._count)


def _whole(planes: NDArray[Any], chain: Chain, check: Check) -> Iterator[tuple[float, int, Values]]:
    """Yield the whole result band by band: how much of it has come, the first row, the values."""
    channels, height, width = planes.shape
    _, rows, columns = stage_shapes(chain, (channels, height, width))[-1]
    for band in bands(planes, chain, {len(chain): Rect(0, 0, rows, columns)}, check=check):
        yield band.share, band.blocks[0].top, band.blocks[0].values


# What overflows is told in a sentence.
@np.errstate(over="ignore", invalid="ignore")
def whole_extremes(
    planes: NDArray[Any], chain: Chain, *, check: Check = nothing, progress: Progress = no_progress
) -> Extremes:
    """Return the extremes of a chain's result; parameters and errors as for :func:`whole_statistics`."""
    so_far = ExtremesSoFar()
    for share, _, values in _whole(planes, chain, check):
        so_far.add(values)
        progress(share)
    return so_far.found()


@np.errstate(over="ignore", invalid="ignore")
def whole_histogram(
    planes: NDArray[Any],
    chain: Chain,
    extremes: Extremes,
    *,
    check: Check = nothing,
    progress: Progress = no_progress,
    watch: Callable[[int, Values], None] = _ignore,
) -> Statistics:
    """Return the exact statistics of a chain's result whose extremes are known.

    Parameters
    ----------
    extremes : Extremes
        From :func:`whole_extremes`.
    planes, chain, check, progress
        As for :func:`whole_statistics`.
    watch : callable
        Gets every band on the way: its first row, and its values (C, rows, W).
    """
    edges = bin_edges(extremes.minimum, extremes.maximum)
    histogram = np.zeros(BINS, np.int64)
    for share, top, values in _whole(planes, chain, check):
        histogram += count_values(values, edges)
        watch(top, values)
        progress(share)
    found = extremes
    return assemble(found.minimum, found.maximum, found.mean, found.count, found.count, histogram, edges)


def whole_statistics(
    planes: NDArray[Any], chain: Chain, *, check: Check = nothing, progress: Progress = no_progress
) -> Statistics:
    """Return the exact statistics of a chain's result, however large.

    Parameters
    ----------
    planes, chain, check
        As for :func:`convviz.engine.statistics.statistics`.
    progress : callable
        Gets the share of the work that is done, 0 to 1.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    Problem
        If a value is too large for ``float32``.
    """
    extremes = whole_extremes(planes, chain, check=check, progress=lambda share: progress(share / 2))
    return whole_histogram(
        planes, chain, extremes, check=check, progress=lambda share: progress(0.5 + share / 2)
    )
