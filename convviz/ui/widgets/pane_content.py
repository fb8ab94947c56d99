"""What a pane is given to show: a map's visible cells, and what is marked on it."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp, Rect
from convviz.engine.compute import View


@dataclass(frozen=True, eq=False)
class Content:
    """Cells of a map, ready to be drawn.

    Parameters
    ----------
    view : View
        Which cells.
    pixels : ndarray, shape (rows.count, columns.count), uint32
        Their colours, 0xFFRRGGBB.
    values : ndarray, shape (n, rows.count, columns.count), float32
        Their numbers: n = 1, or 3 for red, green and blue.
    """

    view: View
    pixels: NDArray[np.uint32]
    values: NDArray[np.float32]

    def values_at(self, cell: tuple[int, int]) -> tuple[float, ...]:
        """Return the values of the map's cell (y, x), one or three; none if it is not among these cells."""
        rows, columns = self.view.rows, self.view.columns
        i, between_rows = divmod(cell[0] - rows.start, rows.step)
        j, between_columns = divmod(cell[1] - columns.start, columns.step)
        if between_rows or between_columns or not (0 <= i < rows.count and 0 <= j < columns.count):
            return ()
        return tuple(self.values[:, i, j].tolist())

    def within(self, view: View) -> "Content":
        """Return the cells that are in ``view`` too; of both every cell is known."""
        rows, columns = _common(self.view.rows, view.rows), _common(self.view.columns, view.columns)
        top, left = rows.start - self.view.rows.start, columns.start - self.view.columns.start
        y, x = slice(top, top + rows.count), slice(left, left + columns.count)
        return Content(View(rows, columns), self.pixels[y, x], self.values[:, y, x])


def _common(one: Ramp, other: Ramp) -> Ramp:
    start = max(one.start, min(other.start, one.start + one.count))
    return Ramp(start, 1, max(0, min(one.start + one.count, other.start + other.count) - start))


class MarkKind(StrEnum):
    """What a mark says about its cells."""

    FOCUS = "focus"
    TAP = "tap"
    WINNER = "winner"
    SOFT = "soft"
    WRONG = "wrong"


@dataclass(frozen=True)
class Mark:
    """Marked cells.

    Parameters
    ----------
    cells : Rect
        Cells of the map; may reach into the border.
    kind : MarkKind
        FOCUS outlines the whole rectangle, TAP each of its cells, WINNER and WRONG outline it and add a sign,
        SOFT outlines it thinly.
    """

    cells: Rect
    kind: MarkKind = MarkKind.FOCUS


@dataclass(frozen=True, eq=False)
class Shading:
    """Cells that are not simply shown.

    Parameters
    ----------
    revealed : int or None
        Cells from this raster index on are blank; None shows all.
    predict : int or None
        Raster index of the cell that shows a question mark.
    unread_rows, unread_columns : ndarray of bool, or None
        Rows and columns that are hatched, those of the border included.
    """

    revealed: int | None = None
    predict: int | None = None
    unread_rows: NDArray[np.bool_] | None = None
    unread_columns: NDArray[np.bool_] | None = None

    @property
    def hides(self) -> bool:
        """Whether some cells do not show their value."""
        return self.revealed is not None or self.predict is not None

    def with_unread(self, rows: NDArray[np.bool_] | None, columns: NDArray[np.bool_] | None) -> "Shading":
        """Return this shading with other rows and columns hatched; itself if they are the same."""
        if _same(rows, self.unread_rows) and _same(columns, self.unread_columns):
            return self
        return replace(self, unread_rows=rows, unread_columns=columns)


def _same(a: NDArray[np.bool_] | None, b: NDArray[np.bool_] | None) -> bool:
    return a is b or (a is not None and b is not None and np.array_equal(a, b))
