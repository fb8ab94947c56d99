"""Where the filters of a layer lie: a row for every output channel, a column for every input channel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from convviz.core.geometry import Rect
from convviz.core.specs import ConvSpec
from convviz.ui import theme
from convviz.ui.figures.cell_grid import CellGrid, add_numbers, add_weights, number_texts
from convviz.ui.figures.number_table import Numbers
from convviz.ui.figures.scene import CENTRE, Box, Label, Scene, advance, line_height
from convviz.ui.figures.typeset import Formula, words

_MARGIN_PX, _LARGEST_PX, _SMALLEST_PX = 16, 26, 6
_LARGEST_CELL_PX = 72
# The digits of cells, 0.6 of their side, are no smaller than this share of the texts.
_LEAST_SHARE = 1.0
_ARROW, _EQUALS = "→", "="


@dataclass(frozen=True)
class Addend:
    """A number of the sum of a row.

    Parameters
    ----------
    column : int
        The input channel it comes from; their number for the bias.
    operator : str
        What stands in front of it; nothing in front of the first.
    text : str
        As it is written.
    """

    column: int
    operator: str
    text: str


@dataclass(frozen=True)
class FiltersTexts:
    """What is written: the sums of the rows and what they come to, and what is said below.

    ``widest`` is the widest number of all cells, so that nothing moves from cell to cell; what is said in
    ``foot`` stands on one line where there is room.
    """

    sums: Sequence[Sequence[Addend]]
    totals: Sequence[str]
    widest: str
    foot: Sequence[str]


@dataclass(frozen=True, eq=False)
class FiltersNumbers:
    """The numbers: input (C, H, W), layer, output (F, H, W), and which of its cells."""

    inputs: Numbers
    spec: ConvSpec
    outputs: Numbers
    cell: tuple[int, int]

    @property
    def window(self) -> Rect:
        """The cells of the input that are read."""
        return Rect(*self.cell, *self.spec.kernel_size)


class FiltersScene:
    """Everything in its place in ``size``, texts and cells as large as can be.

    Parameters
    ----------
    texts : FiltersTexts
        What is written.
    numbers : FiltersNumbers
        What stands in the cells.
    stage : int
        0 the filters, 1 what each kernel gives at the cell, 2 the sums and the output.
    size : QSizeF
        Of the figure.
    """

    def __init__(self, texts: FiltersTexts, numbers: FiltersNumbers, stage: int, size: QSizeF) -> None:
        self._texts, self._numbers, self._stage, self._size = texts, numbers, stage, size
        self._now = theme.current()
        given: tuple[int, int, int] = numbers.inputs.shape
        found: tuple[int, int, int] = numbers.outputs.shape
        self._given_shape, self._shape = given, found
        self._margin = float(self._now.px(_MARGIN_PX))
        pixels = float(_LARGEST_PX)
        while not self._fits(pixels) and pixels > _SMALLEST_PX:
            pixels -= 0.5
        self._place_grids()

    # Sizes

    def _fits(self, pixels: float) -> bool:
        """Choose all sizes for texts of ``pixels`` design pixels, and return whether there is room."""
        now, numbers, texts = self._now, self._numbers, self._texts
        self._pixels, self._font = pixels, now.digits(pixels, bold=True)
        self._plain = now.words(pixels)
        self._line, self._pad = line_height(self._font) * 1.1, now.px(pixels) * 0.35
        self._heads = [Formula(words(f"c_out = {n}"), pixels) for n in range(self._shape[0])]
        self._input = Formula(words("f(x, y, c)"), pixels)
        self._bias = Formula(words("b(c_out)"), pixels)
        row, column = numbers.cell
        self._result = Formula(words(f"g({row}, {column}, c_out)"), pixels)
        room = self._size.width() - 2 * self._margin
        whole = "; ".join(texts.foot)
        self._foot = [whole] if advance(self._plain, whole) <= room else list(texts.foot)
        self._side = float(int(min(self._side_across(), self._side_down(), now.px(_LARGEST_CELL_PX))))
        foot = max(advance(self._plain, line) for line in self._foot)
        legible = self._side * 0.6 >= now.px(pixels) * _LEAST_SHARE
        return legible and self._wide(self._side) <= room and foot <= room

    @property
    def _head(self) -> float:
        return max(formula.width for formula in (*self._heads, self._input)) + self._pad

    @property
    def _sign(self) -> float:
        return advance(self._font, "+") * 2

    def _column(self, side: float) -> float:
        """Return how wide the column of an input channel is."""
        cells = max(self._given_shape[2], self._numbers.spec.kernel_size[1])
        return max(cells * side, advance(self._font, self._texts.widest))

    def _bias_column(self, side: float) -> float:
        return max(side, advance(self._font, self._texts.widest), self._bias.width)

    def _result_column(self, side: float) -> float:
        return max(self._shape[2] * side, advance(self._font, self._texts.widest), self._result.width)

    def _wide(self, side: float) -> float:
        """Return how wide everything is."""
        columns = self._given_shape[0] * (self._column(side) + self._sign) + self._bias_column(side)
        return self._head + 2 * self._pad + columns + 2 * self._sign + self._result_column(side)

    def _side_across(self) -> float:
        """Return the largest side of cells that is not too wide."""
        channels, _, width = self._given_shape
        room = self._size.width() - 2 * self._margin
        fixed = self._head + 2 * self._pad + (channels + 2) * self._sign
        fixed += self._bias_column(0) if self._bias_column(0) > self._pad else 0
        cells = channels * max(width, self._numbers.spec.kernel_size[1]) + self._shape[2]
        return max(1.0, (room - fixed) / cells)

    @property
    def _tile(self) -> int:
        """How many cells a row of the grid is high."""
        return max(self._numbers.spec.kernel_size[0], self._shape[1])

    def _row(self, side: float) -> float:
        """Return how high a row of the grid is."""
        return 2.5 * self._pad + self._tile * side + self._line

    def _high(self, side: float) -> float:
        """Return how high everything is."""
        foot = self._pad + len(self._foot) * self._line
        above = self._line + self._given_shape[1] * side
        return above + self._shape[0] * (self._row(side) + self._pad) + foot

    def _side_down(self) -> float:
        """Return the largest side of cells that is not too high."""
        cells = self._given_shape[1] + self._shape[0] * self._tile
        return max(1.0, (self._size.height() - 2 * self._margin - self._high(0)) / cells)

    # Places

    def _place_grids(self) -> None:
        side, numbers = self._side, self._numbers
        channels, height, width = self._given_shape
        (kh, kw), filters = numbers.spec.kernel_size, self._shape[0]
        left = max(self._margin, (self._size.width() - self._wide(side)) / 2)
        spare = max(0.0, self._size.height() - 2 * self._margin - self._high(side)) / (filters + 2)
        self.left = left
        first = left + self._head + self._pad
        pitch = self._column(side) + self._sign
        self._columns = [first + channel * pitch + self._column(side) / 2 for channel in range(channels)]
        self._bias_at = first + channels * pitch + self._bias_column(side) / 2
        self._result_at = self._bias_at + self._bias_column(side) / 2 + 2 * self._sign
        self._result_at += self._pad + self._result_column(side) / 2
        self._top = self._margin + spare / 2
        above = self._top + self._line
        self.inputs = [_grid(middle, above, side, (height, width)) for middle in self._columns]
        self._rows = []
        top = above + height * side + self._pad + spare
        for _ in range(filters):
            self._rows.append(top)
            top += self._row(side) + self._pad + spare
        self.kernels = [
            [_grid(middle, self._tile_top(row, kh), side, (kh, kw)) for middle in self._columns]
            for row in range(filters)
        ]
        self.biases = [_grid(self._bias_at, self._tile_top(row, 1), side, (1, 1)) for row in range(filters)]
        _, rows, columns = self._shape
        self.results = [
            _grid(self._result_at, self._tile_top(row, rows), side, (rows, columns)) for row in range(filters)
        ]

    def _tile_top(self, row: int, cells: int) -> float:
        """Return where a grid of so many rows of cells begins in a row of the grid."""
        return self._rows[row] + self._pad + (self._tile - cells) * self._side / 2

    def _middle(self, row: int) -> float:
        return self._rows[row] + self._pad + self._tile * self._side / 2

    def _sum_at(self, row: int) -> float:
        """Return the middle of the line below the kernels of a row."""
        return self._rows[row] + 1.5 * self._pad + self._tile * self._side + self._line / 2

    # What is shown

    def scene(self) -> Scene:
        """Return what is shown."""
        scene, ink = Scene(), self._now.colours.text
        for channel, (grid, values) in enumerate(zip(self.inputs, self._numbers.inputs, strict=True)):
            head = Formula(words(f"c = {channel}"), self._pixels)
            self._centred(scene, head, self._columns[channel], self._top + self._line / 2)
            add_numbers(scene, grid, number_texts(values), self._numbers.window)
        self._input.add_to(scene, self.left, self.inputs[0].place.center().y(), ink)
        above = self._rows[0] - self._pad / 2 - self._line / 2
        self._centred(scene, self._bias, self._bias_at, above)
        self._centred(scene, self._result, self._result_at, above)
        for row in range(self._shape[0]):
            self._add_row(scene, row)
        top = self._size.height() - self._margin - len(self._foot) * self._line
        for number, line in enumerate(self._foot):
            place = QRectF(self._margin, top + number * self._line, 0, self._line)
            place.setWidth(self._size.width() - 2 * self._margin)
            scene.add(Label(place, line, self._plain, self._now.colours.muted, CENTRE))
        return scene

    def _centred(self, scene: Scene, formula: Formula, middle: float, height: float) -> None:
        formula.add_to(scene, middle - formula.width / 2, height, self._now.colours.text)

    def _add_row(self, scene: Scene, row: int) -> None:
        """Draw a filter: its kernels and its bias, what they give, and its output."""
        colours, side = self._now.colours, self._side
        right = self._bias_at + self._bias_column(side) / 2 + self._pad
        left = self.left + self._head
        around = QRectF(left, self._rows[row], right - left, self._row(side))
        scene.add(Box(around, colours.surface, colours.line, max(1.0, self._now.px(1)), radius=self._pad))
        self._heads[row].add_to(scene, self.left, self._middle(row), colours.text)
        addends = self._texts.sums[row]
        read = {addend.column: addend for addend in addends}
        spec = self._numbers.spec
        first = min(read)
        for channel, grid in enumerate(self.kernels[row]):
            if channel in read:
                add_weights(scene, grid, spec.weights[row, channel - first])
            else:
                scene.add(Box(grid.place, "", colours.plot, max(1.0, self._now.px(1)), dashed=True))
        add_weights(scene, self.biases[row], np.array([[spec.bias[row]]]))
        for addend in addends:
            if addend.operator:
                self._sign_before(scene, addend.column, "+", self._middle(row))
        self._write(scene, right + self._sign / 2 + self._pad / 2, _ARROW, self._middle(row))
        self._add_result(scene, row)
        if self._stage >= 1:
            self._add_sum(scene, row, right)

    def _add_result(self, scene: Scene, row: int) -> None:
        values, grid = self._numbers.outputs[row], self.results[row]
        shown, (y, x) = number_texts(values), self._numbers.cell
        if self._stage < 2:
            shown = [["" for _ in line] for line in shown]
            shown[y][x] = "?"
        add_numbers(scene, grid, shown, Rect(y, x))
        for part, (at, along) in enumerate(np.ndindex(grid.rows, grid.columns)):
            scene.targets.append((grid.cell(at, along), part))

    def _add_sum(self, scene: Scene, row: int, right: float) -> None:
        """Write below every kernel what it gives at the cell, and what that comes to."""
        middle = self._sum_at(row)
        for addend in self._texts.sums[row]:
            last = addend.column == len(self._columns)
            self._write(scene, self._bias_at if last else self._columns[addend.column], addend.text, middle)
            if addend.operator:
                self._sign_before(scene, addend.column, addend.operator, middle)
        self._write(scene, right + self._sign / 2 + self._pad / 2, _EQUALS, middle)
        total = self._texts.totals[row] if self._stage >= 2 else "?"
        self._write(scene, self._result_at, total, middle, self._now.colours.focus)

    def _sign_before(self, scene: Scene, column: int, sign: str, middle: float) -> None:
        """Write a sign between a column and the one before it."""
        if column == len(self._columns):
            left = self._bias_at - self._bias_column(self._side) / 2
        else:
            left = self._columns[column] - self._column(self._side) / 2
        self._write(scene, left - self._sign / 2, sign, middle)

    def _write(self, scene: Scene, at: float, text: str, middle: float, ink: str = "") -> None:
        wide = advance(self._font, text)
        place = QRectF(at - wide / 2, middle - self._line / 2, wide, self._line)
        scene.add(Label(place, text, self._font, ink or self._now.colours.text, CENTRE))


def _grid(middle: float, top: float, side: float, shape: tuple[int, int]) -> CellGrid:
    """Return a grid of ``shape`` around ``middle``, its corner on whole pixels."""
    corner = QPointF(round(middle - shape[1] * side / 2), round(top))
    return CellGrid(corner, side, shape[0], shape[1])
