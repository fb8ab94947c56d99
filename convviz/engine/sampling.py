"""Which cells of the previous stage the sampled positions of an operation read, along one axis."""

import math
from dataclasses import dataclass

import numpy as np

from convviz.core.geometry import Index, distinct, window, wrap
from convviz.core.specs import ConvSpec, PaddingMode, PoolSpec

_MOST_PHASES = 31


@dataclass(frozen=True)
class Window:
    """How a window slides along one axis, whatever its weights.

    Parameters
    ----------
    kernel, stride, dilation : int
        Number of taps, cells from window to window, cells from tap to tap.
    before : int
        Cells of border before the first.
    mode : PaddingMode
        Where the border's values come from.
    """

    kernel: int
    stride: int
    dilation: int
    before: int
    mode: PaddingMode

    @classmethod
    def of(cls, op: ConvSpec | PoolSpec, axis: int) -> "Window":
        """Return the window of ``op`` along ``axis`` (0 rows, 1 columns)."""
        mode = op.padding_mode if isinstance(op, ConvSpec) else PaddingMode.ZEROS
        return cls(*window(op, axis), mode)

    def reads(self, positions: Index, size: int) -> Index:
        """Return the cells (n, k) of ``size`` that each tap reads at output ``positions``; −1 for a zero."""
        first = positions * self.stride - self.before
        taps = self.dilation * np.arange(self.kernel, dtype=np.int64)
        return wrap(first[:, np.newaxis] + taps, size, self.mode)


@dataclass(frozen=True, eq=False)
class Axis:
    """How one axis of a sliding window is read.

    Parameters
    ----------
    reads : ndarray of int64, shape (n, k)
        Index in the previous stage that tap j of window i reads; −1 in a border without values.
    span : ndarray of int64 or None
        Lines of the previous stage that a strided window can slide over instead, −1 as above; None when that
        would take in more lines than ``reads`` has.
    stride, dilation : int
        How the window slides over ``span``.
    """

    reads: Index
    span: Index | None
    stride: int = 1
    dilation: int = 1

    @property
    def lines(self) -> Index:
        """The span, or all reads one after the other."""
        return self.reads.ravel() if self.span is None else self.span

    @property
    def inside(self) -> Index:
        """The cells that are read, in order, each once."""
        return distinct(self.lines[self.lines >= 0])

    def relative(self, inside: Index) -> "Axis":
        """Return the same with its cells numbered by their place in ``inside``."""

        def place(cells: Index) -> Index:
            return np.where(cells < 0, -1, np.searchsorted(inside, cells))

        # Reads between the lines of the span do not occur: the span holds them all.
        span = None if self.span is None else place(self.span)
        return Axis(place(self.reads), span, self.stride, self.dilation)


def read_axis(win: Window, positions: Index, size: int) -> Axis:
    """Return how ``win`` reads a previous stage of ``size`` cells at output ``positions``.

    Positions p of a window at output r are r·s − before + d·j. When the outputs are t apart, every position
    is a multiple of gcd(t·s, d) from the first, so that only those lines are taken.
    """
    kernel, dilation = win.kernel, win.dilation
    reads = win.reads(positions, size)
    step = spacing(positions)
    if step is None:
        return Axis(reads, None)
    count, jump = len(positions), step * win.stride
    # A single window has no jump, a single tap no dilation.
    unit = math.gcd(jump if count > 1 else 0, dilation if kernel > 1 else 0) or 1
    length = ((count - 1) * jump + (kernel - 1) * dilation) // unit + 1
    if length > count * kernel:
        return Axis(reads, None)
    first = positions[0] * win.stride - win.before
    span = wrap(first + unit * np.arange(length, dtype=np.int64), size, win.mode)
    return Axis(reads, span, jump // unit if count > 1 else 1, dilation // unit if kernel > 1 else 1)


def spacing(positions: Index) -> int | None:
    """Return the distance between neighbours if it is the same throughout (1 for a single one), else None."""
    if len(positions) < 2:
        return 1
    steps = np.diff(positions)
    return int(steps[0]) if (steps == steps[0]).all() else None


def phases(positions: Index) -> list[slice]:
    """Return slices that divide ``positions`` into evenly spaced ones.

    Windows that do not touch leave gaps: 0 1, 8 9, 16 17, … is 0 8 16 … and 1 9 17 …. A single slice when the
    positions are evenly spaced already or cannot be divided so.
    """
    for count in range(1, min(_MOST_PHASES, len(positions) // 2) + 1):
        ahead = positions[count:] - positions[:-count]
        if (ahead == ahead[0]).all():
            return [slice(phase, None, count) for phase in range(count)]
    return [slice(None)]
