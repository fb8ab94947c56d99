"""Grids of numbers in a row, each with its name above."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.figures.scene import Box, Label, Scene, advance, line_height, mixed

_GAP = 1.0
_LARGEST_CELL = 44.0
_SHARE = 0.62


@dataclass(frozen=True)
class Grid:
    """Numbers (H, W); ``window`` is (row, column, rows, columns) of what we are talking about."""

    name: str
    values: NDArray[np.float64]
    window: tuple[int, int, int, int] | None = None
    seen: bool = True


def add_grids(scene: Scene, grids: Sequence[Grid], room: QRectF) -> list[QRectF]:
    """Paint ``grids`` side by side in ``room``, and return where each lies."""
    columns = sum(grid.values.shape[1] for grid in grids) + _GAP * (len(grids) - 1)
    rows = max(grid.values.shape[0] for grid in grids) + 1
    side = min(room.width() / columns, room.height() / rows, theme.current().px(_LARGEST_CELL))
    left, out = room.left() + (room.width() - side * columns) / 2, []
    font_px = _font_px(grids, side)
    for grid in grids:
        height, width = grid.values.shape
        top = room.top() + side + (rows - 1 - height) * side / 2
        place = QRectF(left, top, side * width, side * height)
        _add_grid(scene, grid, place, side, font_px)
        out.append(place)
        left += place.width() + _GAP * side
    return out


def _font_px(grids: Sequence[Grid], side: float) -> int:
    texts = [format_number(float(value), 2) for grid in grids for value in grid.values.flat]
    for px in range(max(int(side * _SHARE), 5), 4, -1):
        font = theme.digits_font(px, bold=True)
        fits = max(advance(font, text) for text in texts) <= side - 2 and line_height(font) <= side
        if fits and all(advance(font, g.name) <= side * (g.values.shape[1] + _GAP / 2) for g in grids):
            return px
    return 4


def _add_grid(scene: Scene, grid: Grid, place: QRectF, side: float, px: int) -> None:
    colours = theme.current().colours
    wide = place.width() + side * _GAP / 2
    name = QRectF(place.center().x() - wide / 2, place.top() - side, wide, side)
    scene.add(Label(name, grid.name, theme.digits_font(px, bold=True), colours.text))
    soft = mixed(colours.surface, colours.focus, 0.15)
    y0, x0, rows, columns = grid.window or (0, 0, 0, 0)
    for (row, column), value in np.ndenumerate(grid.values):
        cell = QRectF(place.left() + column * side, place.top() + row * side, side, side)
        inside = y0 <= row < y0 + rows and x0 <= column < x0 + columns
        scene.add(Box(cell, soft if inside else colours.surface, colours.line))
        if grid.seen:
            ink = colours.text if inside or grid.window is None else colours.muted
            scene.add(Label(cell, format_number(float(value), 2), theme.digits_font(px, bold=inside), ink))
    if grid.window:
        outline = QRectF(place.left() + x0 * side, place.top() + y0 * side, columns * side, rows * side)
        scene.add(Box(outline, "", colours.focus, theme.current().px(3)))
