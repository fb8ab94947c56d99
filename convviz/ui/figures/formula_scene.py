"""Where the formula, its numbers and the grids beside it lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont

from convviz.core.geometry import Rect
from convviz.core.pieces import Line, PieceKind
from convviz.ui import theme
from convviz.ui.figures.cell_grid import (
    INDEX,
    CellGrid,
    add_indices,
    add_numbers,
    add_weights,
    number_texts,
)
from convviz.ui.figures.number_table import Numbers
from convviz.ui.figures.scene import CENTRE, Label, Scene, advance, line_height
from convviz.ui.figures.term_lines import fitting, row_width, term_font, term_ink, term_width, wrapped
from convviz.ui.figures.typeset import Atom, Formula

_LARGEST, _SMALLEST, _STEP = 1.7, 0.4, 0.05
_FORMULA_PX, _PLACED_PX, _TERM_PX, _LEGEND_PX = 26, 21, 20, 20
# Of the height, what one row and two rows of grids get at least; gaps between grids, between rows, and the
# line above a grid, in cells.
_GRID_SHARE, _GAP_CELLS, _ROW_GAP, _HEAD = (0.42, 0.54), 1.4, 0.4, 0.9
_LARGEST_CELL_PX = 72
# Cells that what stands above a grid takes, whatever the grid's width.
_LEAST_WIDE = 4.4
_CAPTION = 0.52


@dataclass(frozen=True)
class FormulaTexts:
    """What is set: the formula, the same for one cell, its products line by line, and what grids are called.

    ``most_lines`` are the longest products that any cell has, ``legend`` says what the letters mean.
    """

    symbols: Sequence[Atom]
    placed: Sequence[Atom]
    lines: Sequence[Line]
    most_lines: Sequence[Line]
    legend: Sequence[str]
    inputs: Sequence[str]
    kernels: Sequence[str]
    outputs: Sequence[str]


@dataclass(frozen=True, eq=False)
class FormulaNumbers:
    """The numbers: input (C, H, W), one filter (C, kh, kw), output (F, H', W'), and which of its cells."""

    inputs: Numbers
    weights: Numbers
    outputs: Numbers
    chosen: tuple[int, int, int]
    window: Rect
    revealed: bool


class FormulaScene:
    """Everything's place in ``size``; texts and grids as large as can be.

    Parameters
    ----------
    texts : FormulaTexts
        What is written.
    numbers : FormulaNumbers
        What stands in the grids.
    stage : int
        0 the formula, 1 with the numbers of the cell, 2 with their sum.
    size : QSizeF
        Of the figure.
    """

    def __init__(self, texts: FormulaTexts, numbers: FormulaNumbers, stage: int, size: QSizeF) -> None:
        self._texts, self._numbers, self._stage, self._size = texts, numbers, stage, size
        self._now = theme.current()
        self._margin = float(self._now.px(16))
        smallest, steps = 0, round((_LARGEST - _SMALLEST) / _STEP)
        while steps - smallest > 1:
            middle = (smallest + steps + 1) // 2
            smallest, steps = (middle, steps) if self._fits(middle) else (smallest, middle)
        if not self._fits(steps):
            self._fits(smallest)

    def _fits(self, step: int) -> bool:
        """Lay everything out so many steps above the smallest size, and return whether there is room."""
        scale = self._scale = _SMALLEST + step * _STEP
        self._symbols = Formula(self._texts.symbols, _FORMULA_PX * scale)
        self._placed = Formula(self._texts.placed, _PLACED_PX * scale)
        room = self._size.width() - 2 * self._margin
        self._term = fitting(self._texts.most_lines, room, _TERM_PX * scale)
        self._rows = wrapped(self._texts.most_lines, room, self._term)
        self._pitch = line_height(term_font(PieceKind.RESULT, self._term))
        texts = self._symbols.height + self._placed.height + self._pitch * len(self._rows)
        self._grid_top = self._margin + texts + 2 * self._now.px(12)
        height = self._size.height() - self._grid_top - self._margin
        wide = max(self._symbols.width, self._placed.width)
        # A single term may be wider than the whole line.
        widest = max(row_width(row, self._term) for row in self._rows)
        self._lay_out_grids(QRectF(self._margin, self._grid_top, room, max(height, 1.0)))
        return (
            max(wide, widest) <= room
            and height >= self._size.height() * _GRID_SHARE[len(self._numbers.inputs) > 1]
        )

    # Grids

    def _lay_out_grids(self, room: QRectF) -> None:
        """Place the grids in one row, or inputs above kernels, whichever leaves larger cells."""
        shapes = {
            "in": [self._numbers.inputs.shape[1:]] * len(self._numbers.inputs),
            "kernel": [self._numbers.weights.shape[1:]] * len(self._numbers.weights),
            "out": [self._numbers.outputs.shape[1:]] * len(self._numbers.outputs),
        }
        one = [[*shapes["in"], *shapes["kernel"], *shapes["out"]]]
        two = [[*shapes["in"]], [*shapes["kernel"], *shapes["out"]]]
        sides = [self._side(rows, room) for rows in (one, two)]
        rows, side = (one, sides[0]) if sides[0] >= sides[1] else (two, sides[1])
        side = float(int(min(side, self._now.px(_LARGEST_CELL_PX))))
        self.grids: list[CellGrid] = []
        high = sum((_HEAD + INDEX + max(shape[0] for shape in row)) * side for row in rows)
        high += (len(rows) - 1) * _ROW_GAP * side
        spare = max(0.0, room.height() - high) / (len(rows) + 1)
        top = room.top() + spare
        for row in rows:
            wide = sum(_wide(columns) for _, columns in row) * side
            gap = min((room.width() - wide) / (len(row) + 1), side * 3)
            left = room.left() + (room.width() - wide - gap * (len(row) - 1)) / 2
            for lines, columns in row:
                aside = (_wide(columns) - columns - INDEX) / 2
                corner = QPointF(left + (aside + INDEX) * side, top + (_HEAD + INDEX) * side)
                self.grids.append(CellGrid(corner, side, lines, columns))
                left += _wide(columns) * side + gap
            top += (_HEAD + INDEX + max(shape[0] for shape in row)) * side + spare + _ROW_GAP * side

    def _side(self, rows: list[list[tuple[int, ...]]], room: QRectF) -> float:
        """Return the side of a cell that fits ``rows`` of grids into ``room``."""
        across = max(sum(_wide(shape[1]) + _GAP_CELLS for shape in row) - _GAP_CELLS for row in rows)
        down = (
            sum(max(shape[0] for shape in row) + INDEX + _HEAD for row in rows) + (len(rows) - 1) * _ROW_GAP
        )
        return min(room.width() / across, room.height() / down)

    def _split(self) -> tuple[list[CellGrid], list[CellGrid], list[CellGrid]]:
        channels = len(self._numbers.inputs)
        return self.grids[:channels], self.grids[channels : 2 * channels], self.grids[2 * channels :]

    # What is shown

    def scene(self) -> Scene:
        """Return what is shown."""
        scene = Scene()
        colours = self._now.colours
        middle = self._margin + self._symbols.height / 2
        self._centred(scene, self._symbols, middle, colours.text)
        if self._stage >= 1:
            middle += self._symbols.height / 2 + self._now.px(12) + self._placed.height / 2
            self._centred(scene, self._placed, middle, colours.text)
            self._add_lines(scene, middle + self._placed.height / 2)
        else:
            top = middle + self._symbols.height / 2
            self._add_legend(scene, QRectF(0, top, self._size.width(), self._grid_top - top))
        self._add_grids(scene)
        return scene

    def _add_legend(self, scene: Scene, room: QRectF) -> None:
        pixels, lines = float(_LEGEND_PX), self._texts.legend
        while pixels > 1:
            font = self._now.words(pixels)
            high = line_height(font) * 1.25
            wide = max(advance(font, line) for line in lines)
            if wide <= room.width() - 2 * self._margin and high * len(lines) <= room.height():
                break
            pixels -= 0.5
        top = room.center().y() - high * len(lines) / 2
        for line in lines:
            place = QRectF((room.width() - wide) / 2, top, wide, high)
            scene.add(Label(place, line, font, self._now.colours.muted))
            top += high

    def _centred(self, scene: Scene, formula: Formula, middle: float, ink: str) -> None:
        formula.add_to(scene, (self._size.width() - formula.width) / 2, middle, ink)

    def _add_lines(self, scene: Scene, top: float) -> None:
        pixels = self._term
        room = self._size.width() - 2 * self._margin
        rows = wrapped(self._texts.lines, room, pixels)
        # One cell's lines are as far to the left as the next one's.
        left = self._margin + (room - max((row_width(row, pixels) for row in self._rows), default=0)) / 2
        for row in rows:
            at = left
            for group in row:
                for text, kind in group:
                    font = term_font(kind, pixels)
                    wide = term_width(text, kind, pixels)
                    place = QRectF(at, top, wide, self._pitch)
                    if text.strip():
                        scene.add(Label(place, text, font, term_ink(kind), CENTRE))
                    at += wide
            top += self._pitch

    def _add_grids(self, scene: Scene) -> None:
        numbers, texts = self._numbers, self._texts
        inputs, kernels, outputs = self._split()
        for grid, values, title in zip(inputs, numbers.inputs, texts.inputs, strict=True):
            add_numbers(scene, grid, number_texts(values), numbers.window)
            self._head(scene, grid, title, ("", ""), numbers.window)
        for grid, weights, title in zip(kernels, numbers.weights, texts.kernels, strict=True):
            add_weights(scene, grid, weights)
            self._head(scene, grid, title, ("i", "j"), None)
        filters, row, column = numbers.chosen
        part = 0
        for index, (grid, values, title) in enumerate(
            zip(outputs, numbers.outputs, texts.outputs, strict=True)
        ):
            chosen = Rect(row, column) if index == filters else None
            shown = number_texts(values)
            if not numbers.revealed:
                shown = [["" for _ in line] for line in shown]
                if chosen is not None:
                    shown[row][column] = "?"
            add_numbers(scene, grid, shown, chosen)
            self._head(scene, grid, title, ("x", "y"), chosen)
            for y in range(grid.rows):
                for x in range(grid.columns):
                    scene.targets.append((grid.cell(y, x), part))
                    part += 1

    def _head(
        self, scene: Scene, grid: CellGrid, title: str, names: tuple[str, str], part: Rect | None
    ) -> None:
        add_indices(scene, grid, names, part)
        strip, high = grid.side * INDEX, grid.side * _HEAD
        font = _caption(grid.side)
        place = grid.place
        left, wide = place.left() - strip, place.width() + strip
        room = max(wide, advance(font, title))
        place = QRectF(left + (wide - room) / 2, place.top() - strip - high, room, high)
        scene.add(Label(place, title, font, self._now.colours.text))


def _wide(columns: int) -> float:
    return max(columns + INDEX, _LEAST_WIDE)


def _caption(side: float) -> QFont:
    font = QFont(theme.current().words(bold=True))
    font.setPixelSize(max(1, int(side * _CAPTION)))
    return font
