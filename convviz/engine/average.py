"""A map seen from afar: the mean colour of every block of cells, gathered from bands of its values.

The colours are averaged, not the values: of a signed map, plus and minus would cancel, and an edge would
vanish. Yet no cell has to be coloured for that. The colours of nearly every display lie on a straight line,
along which a mean of colours is the colour of the mean place; the signed ones lie on two that meet in white,
and there the mean value and the mean size tell how much of either there is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp, Rect
from convviz.engine.checks import check_finite
from convviz.engine.compute import View
from convviz.engine.render import Display, Pixels, colour_table, render

Values = NDArray[np.floating[Any]]

# So many values are worked on at a time, because they stay in the processor's cache.
_CHUNK = 100_000
_LARGE = 1e37
# A straight line of colours needs one mean, the two of the signed ones two; others one for each of R, G, B.
_MEANS = {Display.SIGNED: 2, Display.VIRIDIS: 3}


def region(view: View, height: int, width: int) -> Rect:
    """Return the cells that the points of ``view`` stand for, in a map of ``height`` × ``width``."""
    rows, columns = view.rows, view.columns
    bottom = min(rows.start + rows.step * rows.count, height)
    right = min(columns.start + columns.step * columns.count, width)
    return Rect(rows.start, columns.start, bottom - rows.start, right - columns.start)


@dataclass(frozen=True)
class Colouring:
    """How the values of maps become colours; see :func:`convviz.engine.render.render`."""

    display: Display
    low: float
    high: float

    @property
    def span(self) -> tuple[float, float]:
        """The values (sizes, if the sign is ignored) at the first colour and the last."""
        low, high = float(np.float32(self.low)), float(np.float32(self.high))
        bound = max(abs(low), abs(high))
        match self.display:
            case Display.SIGNED:
                return -bound, bound
            case Display.ABSOLUTE:
                return 0.0, bound
            case Display.CLIP:
                return 0.0, 255.0
        return low, high


class MeanColours:
    """The mean colours of the blocks of several maps, as their values come in.

    Parameters
    ----------
    channels : int
        Number of maps.
    view : View
        Position r stands for the cells from r to r + step − 1, as far as there are any.
    shape : (int, int)
        Rows and columns of a map.
    colouring : Colouring
        Its colours.
    """

    def __init__(self, channels: int, view: View, shape: tuple[int, int], colouring: Colouring) -> None:
        self.region = region(view, *shape)
        self._view, self._colouring = view, colouring
        means = _MEANS.get(colouring.display, 1)
        # Sums of numbers near the largest there are would not be any more.
        large = max(map(abs, colouring.span)) * view.rows.step * view.columns.step > _LARGE
        self._dtype = np.dtype(np.float64 if large else np.float32)
        self._sums = np.zeros((means, channels, view.rows.count, view.columns.count), self._dtype)
        self._scratch = np.empty(0, self._dtype)

    def add(self, top: int, left: int, values: Values) -> None:
        """Take in cells that have not been there yet.

        Parameters
        ----------
        top, left : int
            Row and column of the first. The columns have to reach as far as the view does.
        values : ndarray of float32, shape (channels, rows, columns)
            In any memory order.
        """
        step, whole = self._view.rows.step, self.region
        columns = slice(whole.left - left, whole.left - left + whole.width)
        row, stop = max(top, whole.top), min(top + values.shape[1], whole.top + whole.height)
        most = max(1, _CHUNK // (len(values) * step * whole.width))
        while row < stop:
            block, inside = divmod(row - whole.top, step)
            count = 1 if inside else max(1, min(most, (stop - row) // step))
            end = min(stop, row - inside + count * step)
            self._add_blocks(slice(block, block + count), values[:, row - top : end - top, columns])
            row = end

    def _add_blocks(self, blocks: slice, values: Values) -> None:
        """Add rows of ``blocks``, the same number of each."""
        channels, rows, columns = values.shape
        count = blocks.stop - blocks.start
        if self._scratch.shape != values.shape:
            self._scratch = np.empty_like(values, self._dtype)
        for sums, part in zip(self._sums, _quantities(values, self._colouring, self._scratch), strict=True):
            lines = np.add.reduce(part.reshape(channels, count, rows // count, columns), axis=2)
            sums[:, blocks] += _column_sums(lines, self._view.columns.step)

    def pixels(self) -> Pixels:
        """Return the mean colours, once every cell of the region is in.

        Returns
        -------
        ndarray of uint32, shape (channels, view.rows.count, view.columns.count)
            0xFFRRGGBB; at most one level from the mean of all cells coloured.

        Raises
        ------
        Problem
            If a value was not a number.
        """
        check_finite(self._sums)
        counts = np.outer(
            _lengths(self._view.rows, self.region.height), _lengths(self._view.columns, self.region.width)
        )
        return _colours(self._sums / counts.astype(np.float64), self._colouring)


def _lengths(ramp: Ramp, size: int) -> NDArray[np.float32]:
    """Return how many cells each position of ``ramp`` stands for: all the same number but the last."""
    lengths = np.full(ramp.count, ramp.step, np.float32)
    lengths[-1] = size - ramp.step * (ramp.count - 1)
    return lengths


def _column_sums(lines: Values, step: int) -> Values:
    """Return the sums of every ``step`` values along the last axis; the last may be of fewer."""
    if step == 1:
        return lines
    *outer, width = lines.shape
    whole = width // step
    # A product with ones is several times as fast as a sum over a short axis.
    sums = lines[..., : whole * step].reshape(*outer, whole, step) @ np.ones(step, lines.dtype)
    if whole * step == width:
        return sums
    return np.concatenate([sums, lines[..., whole * step :].sum(axis=-1, keepdims=True)], axis=-1)


def _quantities(values: Values, colouring: Colouring, scratch: Values) -> Iterator[Values]:
    """Yield what has to be averaged to know the mean colour; ``scratch`` is overwritten by each."""
    low, high = (np.float32(end) for end in colouring.span)
    match colouring.display:
        case Display.VIRIDIS:
            rows = values.reshape(-1, values.shape[2])
            pixels = render(rows, colouring.display, colouring.low, colouring.high).reshape(values.shape)
            for shift in (16, 8, 0):
                scratch[:] = pixels >> np.uint32(shift) & np.uint32(255)
                yield scratch
        case Display.ABSOLUTE:
            np.abs(values, out=scratch)
            yield np.minimum(scratch, high, out=scratch)
        case Display.SIGNED:
            yield np.clip(values, low, high, out=scratch)
            yield np.abs(scratch, out=scratch)
        case _:
            yield np.clip(values, low, high, out=scratch)


def _colours(means: Values, colouring: Colouring) -> Pixels:
    """Return the pixels of the ``means`` of what :func:`_quantities` yields."""
    low, high = colouring.span
    table = colour_table(colouring.display)
    first, last = _rgb(int(table[0])), _rgb(int(table[-1]))
    if colouring.display is Display.VIRIDIS:
        return _packed(np.moveaxis(means, 0, -1))
    if colouring.display is Display.SIGNED:
        middle = _rgb(int(table[len(table) // 2]))
        size = high if high > 0 else 1.0
        above, below = (means[1] + means[0]) / (2 * size), (means[1] - means[0]) / (2 * size)
        towards = above[..., np.newaxis] * (last - middle) + below[..., np.newaxis] * (first - middle)
        return _packed(middle + towards)
    if high > low:
        places = (means[0] - low) / (high - low)
    else:
        # All the same value: the middle of the colours, but no size at all is the first of them.
        middle_place = 0.0 if colouring.display is Display.ABSOLUTE else (len(table) // 2 - 0.5) / len(table)
        places = np.full_like(means[0], middle_place)
    return _packed(first + places[..., np.newaxis] * (last - first))


def _rgb(colour: int) -> Values:
    return np.array([colour >> 16 & 255, colour >> 8 & 255, colour & 255], np.float32)


def _packed(levels: Values) -> Pixels:
    """Return the pixels of red, green and blue along the last axis."""
    red, green, blue = np.moveaxis(np.clip(np.rint(levels), 0, 255).astype(np.uint32), -1, 0)
    pixels: Pixels = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return pixels
