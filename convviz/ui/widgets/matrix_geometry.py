"""Where the title, the cells, the pictures at their edges and the scale of a matrix of distances are."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF

from convviz.ui.theme import Theme
from convviz.ui.widgets.matrix_scale import scale_room

_HEAD_PX = 48
# Pictures stand at the edges of cells that are at least as large.
_PICTURE_PX = 16


@dataclass(frozen=True, eq=False)
class MatrixGeometry:
    """A matrix as it lies on a widget.

    Parameters
    ----------
    theme : Theme
        Fonts and scale.
    width, height : int
        Of the widget, in its pixels.
    count : int
        How many rows and columns there are.
    most : str
        The largest distance, as it is written at the scale.
    """

    theme: Theme
    width: int
    height: int
    count: int
    most: str

    @property
    def upright(self) -> bool:
        """Whether the scale stands beside the cells: where they would have to be smaller above it."""
        return self.width > 1.1 * self.height

    @property
    def line(self) -> int:
        """How high a line of the title is."""
        return self.theme.px(_HEAD_PX // 2)

    @property
    def head(self) -> int:
        """How high the title is, with the formula below it; where height is scarce, beside it."""
        return self.line if self.upright else self.theme.px(_HEAD_PX)

    @property
    def side(self) -> float:
        """Side of a cell in pixels."""
        count = max(1, self.count)
        side = max(1.0, self._room() / (count + 1 if self.has_pictures else count))
        # Whole pixels, where that does not make much of a difference.
        return float(int(side)) if side >= 8 else side

    def _room(self) -> float:
        """Return the side of the square that is left for cells and pictures."""
        now = self.theme
        scale = scale_room(now, self.most, upright=self.upright) + now.px(16)
        wide = self.width - now.px(8) - (scale if self.upright else 0)
        return min(wide, self.height - self.head - (now.px(8) if self.upright else scale))

    @property
    def has_pictures(self) -> bool:
        """Whether pictures at the edges, as large as the cells, can be told apart."""
        return self._room() / (max(1, self.count) + 1) >= self.theme.px(_PICTURE_PX)

    def square(self) -> QRectF:
        """Return where the cells are."""
        edge = self.side if self.has_pictures else 0.0
        side = self.side * self.count
        return QRectF(self.theme.px(4) + edge, self.head + edge, side, side)

    def cell(self, row: int, column: int) -> QRectF:
        """Return where one cell is."""
        area, side = self.square(), self.side
        return QRectF(area.left() + column * side, area.top() + row * side, side, side)

    def cell_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return the row and column at a point of the widget; None beside the cells."""
        area, side = self.square(), self.side
        if not area.contains(point):
            return None
        row, column = int((point.y() - area.top()) // side), int((point.x() - area.left()) // side)
        return min(row, self.count - 1), min(column, self.count - 1)

    def edges(self, number: int) -> tuple[QRectF, QRectF]:
        """Return where a picture is beside its row, and where above its column."""
        area, side, gap = self.square(), self.side, self.theme.px(1)
        down = QRectF(area.left() - side, area.top() + number * side, side, side)
        across = QRectF(area.left() + number * side, area.top() - side, side, side)
        return down.adjusted(gap, gap, -gap, -gap), across.adjusted(gap, gap, -gap, -gap)

    def scale(self) -> QRectF:
        """Return where the scale is: a line below the cells, or upright a column beside them."""
        area, now = self.square(), self.theme
        room = scale_room(now, self.most, upright=self.upright)
        if self.upright:
            return QRectF(area.right() + now.px(12), area.top(), room, area.height())
        return QRectF(now.px(4), area.bottom() + now.px(8), area.right() - now.px(4), room)
