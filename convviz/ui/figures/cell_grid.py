"""A small grid of numbers in a scene, with the indices of its rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont

from convviz.core.geometry import Rect
from convviz.core.numbers import format_number, format_weight
from convviz.ui import theme
from convviz.ui.figures.number_table import Numbers
from convviz.ui.figures.scene import Box, Label, Scene, advance
from convviz.ui.widgets.kernel_paint import cell_colours, ink_on

# Of the side of a cell: the largest digits, the width they may take, and the strip of indices.
_DIGITS, _ROOM, INDEX = 0.6, 0.88, 0.62


@dataclass(frozen=True)
class CellGrid:
    """Square cells, the first one's corner at ``corner``; the indices lie outside, above and to the left."""

    corner: QPointF
    side: float
    rows: int
    columns: int

    @property
    def place(self) -> QRectF:
        """All cells."""
        return QRectF(self.corner, QSizeF(self.columns * self.side, self.rows * self.side))

    def cell(self, row: int, column: int) -> QRectF:
        """Return the place of one cell."""
        corner = self.corner + QPointF(column * self.side, row * self.side)
        return QRectF(corner, QSizeF(self.side, self.side))

    def cells(self, part: Rect) -> QRectF:
        """Return the place of a rectangle of cells."""
        last = self.cell(part.top + part.height - 1, part.left + part.width - 1)
        return self.cell(part.top, part.left).united(last)

    def font(self, texts: Sequence[Sequence[str]]) -> QFont:
        """Return digits in which the longest of ``texts`` fits into a cell."""
        longest = max((text for line in texts for text in line), key=len, default="0") or "0"
        pixels = max(1, int(self.side * _DIGITS))
        wide = advance(theme.digits_font(100), longest) / 100
        return theme.digits_font(max(1, min(pixels, int(self.side * _ROOM / wide))))


def number_texts(values: Numbers) -> list[list[str]]:
    """Return the numbers of a grid as they are written."""
    return [[format_number(value) for value in line] for line in values.tolist()]


def weight_texts(weights: Numbers) -> list[list[str]]:
    """Return the weights of a kernel as they are written."""
    return [[format_weight(value) for value in line] for line in weights.tolist()]


def add_numbers(
    scene: Scene, grid: CellGrid, texts: Sequence[Sequence[str]], part: Rect | None = None
) -> None:
    """Draw numbers in white cells, those of ``part`` on violet and outlined; empty cells are grey."""
    colours, font = theme.current().colours, grid.font(texts)
    for row in range(grid.rows):
        for column in range(grid.columns):
            inside = part is not None and _in(part, row, column)
            ground = colours.surface if texts[row][column] else colours.blank
            scene.add(Box(grid.cell(row, column), colours.focus_soft if inside else ground, colours.line))
            if texts[row][column]:
                scene.add(Label(grid.cell(row, column), texts[row][column], font, colours.text))
    if part is not None:
        outline(scene, grid, part)


def add_weights(scene: Scene, grid: CellGrid, weights: Numbers) -> None:
    """Draw a kernel in signed colours."""
    colours, texts = cell_colours(weights), weight_texts(weights)
    font, line = grid.font(texts), theme.current().colours.line
    for row, column in np.ndindex(grid.rows, grid.columns):
        ground = QColor(int(colours[row, column]))
        place = grid.cell(row, column)
        scene.add(Box(place, ground.name(), line))
        scene.add(Label(place, texts[row][column], font, ink_on(ground).name()))


def outline(scene: Scene, grid: CellGrid, part: Rect, *, dashed: bool = False) -> None:
    """Draw a violet frame around cells."""
    now = theme.current()
    thick = float(now.px(3))
    place = grid.cells(part).adjusted(-thick / 2, -thick / 2, thick / 2, thick / 2)
    scene.add(Box(place, "", now.colours.focus, thick, dashed=dashed))


def add_indices(scene: Scene, grid: CellGrid, names: tuple[str, str], part: Rect | None = None) -> None:
    """Write the numbers of rows and columns outside the cells, and what they are called at the corner.

    Those of ``part`` are violet. ``names`` are of the rows and of the columns.
    """
    now, strip = theme.current(), grid.side * INDEX
    pixels = max(1, int(grid.side * 0.42))
    place = grid.place
    for axis, count in ((0, grid.rows), (1, grid.columns)):
        for index in range(count):
            chosen = part is not None and _along(part, axis, index)
            font = theme.digits_font(pixels, bold=chosen)
            ink = now.colours.focus if chosen else now.colours.muted
            cell = grid.cell(index, 0) if axis == 0 else grid.cell(0, index)
            left = place.left() - strip if axis == 0 else cell.left()
            top = cell.top() if axis == 0 else place.top() - strip
            size = QSizeF(strip, grid.side) if axis == 0 else QSizeF(grid.side, strip)
            scene.add(Label(QRectF(QPointF(left, top), size), str(index), font, ink))
    corner = f"{names[0]}\\{names[1]}" if all(names) else ""
    if corner:
        small = theme.digits_font(max(1, int(grid.side * 0.34)))
        place = QRectF(place.left() - strip, place.top() - strip, strip, strip)
        scene.add(Label(place, corner, small, now.colours.muted))


def _along(part: Rect, axis: int, index: int) -> bool:
    first, count = (part.top, part.height) if axis == 0 else (part.left, part.width)
    return first <= index < first + count


def _in(part: Rect, row: int, column: int) -> bool:
    return _along(part, 0, row) and _along(part, 1, column)
