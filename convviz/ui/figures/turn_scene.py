"""Where input, kernels and results of cross-correlation, convolution and autocorrelation lie."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont

from convviz.core.geometry import Rect
from convviz.core.pieces import Line
from convviz.ui import theme
from convviz.ui.figures.cell_grid import CellGrid, add_numbers, add_weights, number_texts
from convviz.ui.figures.number_table import Numbers
from convviz.ui.figures.scene import CENTRE, LEFT, Label, Lines, Scene, advance, line_height
from convviz.ui.figures.term_lines import groups, row_width, term_font, term_ink, term_width

_MARGIN_PX, _TITLE_PX, _BADGE_PX, _TERM_PX = 16, 16, 14, 19
_LARGEST_CELL_PX = 64
# In cells: between columns, and between a kernel and what it gives.
_GAP, _BETWEEN = 1.2, 1.0


@dataclass(frozen=True)
class TurnTexts:
    """What is written: above the columns, below those titles, and the products of the cell.

    ``most_lines`` are the longest products any cell has, ``shifts`` stands below the autocorrelation.
    """

    titles: Sequence[str]
    badges: Sequence[str]
    heads: Sequence[str]
    lines: Sequence[Line]
    most_lines: Sequence[Line]
    shifts: str


@dataclass(frozen=True, eq=False)
class TurnNumbers:
    """Input, kernel, the results of both operations and of the input with itself, and which cell it is."""

    values: Numbers
    weights: Numbers
    correlation: Numbers
    convolution: Numbers
    own: Numbers
    cell: tuple[int, int]


class TurnScene:
    """Columns beside each other in ``size``, products below.

    Parameters
    ----------
    texts : TurnTexts
        What is written.
    numbers : TurnNumbers
        What stands in the grids.
    stage : int
        0 the kernel, 1 the turned one too, 2 the results, 3 the input with itself.
    turning : bool
        Whether the kernel is on its way; its place is empty then.
    size : QSizeF
        Of the figure.
    """

    def __init__(
        self, texts: TurnTexts, numbers: TurnNumbers, stage: int, turning: bool, size: QSizeF
    ) -> None:
        self._texts, self._numbers, self._stage, self._turning = texts, numbers, stage, turning
        self._now, self._size = theme.current(), size
        self._margin = float(self._now.px(_MARGIN_PX))
        self._room = size.width() - 2 * self._margin
        self._fit_texts()
        self._place_grids()

    def _fit_texts(self) -> None:
        """Choose the sizes of texts: products fit on their lines, titles above their columns."""
        now = self._now
        self._scale = min(1.0, self._size.height() / now.px(500))
        heads = max(advance(now.words(_TERM_PX, bold=True), head) for head in self._texts.heads)
        pixels = _TERM_PX * self._scale
        while pixels > 4:
            head = now.words(pixels, bold=True)
            heads = max(advance(head, text) for text in self._texts.heads) + now.px(12)
            widest = max(row_width(groups(line), pixels) for line in self._texts.most_lines)
            if heads + widest <= self._room:
                break
            pixels -= 0.5
        self._term, self._head_width = pixels, heads
        self._pitch = line_height(term_font(self._texts.most_lines[0][-1].kind, pixels)) * 1.1
        self._title = now.words(_TITLE_PX * self._scale, bold=True)
        self._badge = now.words(_BADGE_PX * self._scale)

    def _place_grids(self) -> None:
        values, weights, result = self._numbers.values, self._numbers.weights, self._numbers.correlation
        widths = [values.shape[1], *[max(weights.shape[1], result.shape[1])] * 2, self._numbers.own.shape[1]]
        head = line_height(self._title) + line_height(self._badge) + self._now.px(8)
        self._top = self._margin + head
        self._lines_top = self._size.height() - self._margin - 2 * self._pitch
        low = self._lines_top - line_height(self._badge) - self._now.px(12)
        high = max(weights.shape[0] + _BETWEEN + result.shape[0], values.shape[0])
        # Titles are wider than narrow columns.
        gaps = _GAP * (len(widths) - 1)
        side = min(self._room / (sum(widths) + gaps), (low - self._top) / high)
        side = float(int(min(side, self._now.px(_LARGEST_CELL_PX))))
        gap = (self._room - side * sum(widths)) / (len(widths))
        lefts = [self._margin + gap / 2]
        for width in widths[:-1]:
            lefts.append(lefts[-1] + width * side + gap)
        self._columns = [
            QRectF(left - gap / 2, self._top, width * side + gap, high * side)
            for left, width in zip(lefts, widths, strict=True)
        ]
        top = self._top + (low - self._top - high * side) / 2
        below = top + (weights.shape[0] + _BETWEEN) * side
        middle = top + high * side / 2 - values.shape[0] * side / 2

        def grid(column: int, at: float, shape: tuple[int, ...]) -> CellGrid:
            left = lefts[column] + (widths[column] - shape[1]) * side / 2
            return CellGrid(QPointF(left, at), side, shape[0], shape[1])

        self.input = grid(0, middle, values.shape)
        self.kernels = [grid(column, top, weights.shape) for column in (1, 2)]
        self.results = [grid(column, below, result.shape) for column in (1, 2)]
        own = self._numbers.own.shape
        self.own = grid(3, below + (result.shape[0] - own[0]) * side / 2, own)
        share = min(weights.shape[n] / values.shape[n] for n in (0, 1))
        small = side * min(share, 1.0)
        left = lefts[3] + widths[3] * side / 2 - values.shape[1] * small / 2
        corner = QPointF(left, top + (weights.shape[0] * side - values.shape[0] * small) / 2)
        self.copy = CellGrid(corner, small, *values.shape)

    # What is shown

    def scene(self) -> Scene:
        """Return what is shown."""
        scene, numbers = Scene(), self._numbers
        row, column = numbers.cell
        chosen, window = Rect(row, column), Rect(row, column, *numbers.weights.shape)
        self._add_titles(scene)
        add_numbers(scene, self.input, number_texts(numbers.values), window)
        add_weights(scene, self.kernels[0], numbers.weights)
        if self._stage >= 1 and not self._turning:
            add_weights(scene, self.kernels[1], numbers.weights[::-1, ::-1])
        else:
            add_numbers(scene, self.kernels[1], _empty(numbers.weights))
        for grid, values in zip(self.results, (numbers.correlation, numbers.convolution), strict=True):
            texts = number_texts(values) if self._stage >= 2 else _empty(values)
            if self._stage < 2:
                texts[row][column] = "?"
            add_numbers(scene, grid, texts, chosen)
            for y, x in np.ndindex(grid.rows, grid.columns):
                scene.targets.append((grid.cell(y, x), y * grid.columns + x))
            self._add_arrow(scene, grid, grid.side)
        if self._stage >= 3:
            centre = Rect(self.own.rows // 2, self.own.columns // 2)
            add_numbers(scene, self.copy, number_texts(numbers.values))
            add_numbers(scene, self.own, number_texts(numbers.own), centre)
            self._add_arrow(scene, self.own, self.kernels[0].side)
            font = _fitted(self._badge, [self._texts.shifts], [self._columns[3].width()])
            place = QRectF(self._columns[3].left(), self.own.place.bottom() + self._now.px(4), 0, 0)
            place.setSize(QSizeF(self._columns[3].width(), line_height(font)))
            scene.add(Label(place, self._texts.shifts, font, self._now.colours.muted))
        if self._stage >= 2:
            self._add_lines(scene)
        return scene

    def _add_arrow(self, scene: Scene, grid: CellGrid, side: float) -> None:
        place = grid.place
        ends = [QPointF(place.center().x(), place.top() - side * share) for share in (0.85, 0.15)]
        scene.add(Lines(ends, self._now.colours.muted, self._now.px(2), arrow=side * 0.3))

    def _add_titles(self, scene: Scene) -> None:
        colours, title = self._now.colours, line_height(self._title)
        rooms = [column.width() - self._now.px(8) for column in self._columns]
        font, small = (
            _fitted(self._title, self._texts.titles, rooms),
            _fitted(self._badge, self._texts.badges, rooms),
        )
        for column, text in enumerate(self._texts.titles[: 4 if self._stage >= 3 else 3]):
            place = QRectF(self._columns[column].left(), self._margin, self._columns[column].width(), title)
            scene.add(Label(place, text, font, colours.text))
            badge = self._texts.badges[column]
            if badge and (column != 1 or self._stage >= 2):
                place = QRectF(place.left(), place.bottom(), place.width(), line_height(self._badge))
                scene.add(Label(place, badge, small, colours.focus if column == 1 else colours.muted))

    def _add_lines(self, scene: Scene) -> None:
        top, pixels = self._lines_top, self._term
        head_font = self._now.words(pixels, bold=True)
        widest = max(row_width(groups(line), pixels) for line in self._texts.most_lines)
        left = self._margin + (self._room - self._head_width - widest) / 2
        for head, line in zip(self._texts.heads, self._texts.lines, strict=True):
            place = QRectF(left, top, self._head_width, self._pitch)
            scene.add(Label(place, head, head_font, self._now.colours.muted, LEFT))
            at = left + self._head_width
            for piece in line:
                wide = term_width(piece.text, piece.kind, pixels)
                if piece.text.strip():
                    place = QRectF(at, top, wide, self._pitch)
                    scene.add(
                        Label(place, piece.text, term_font(piece.kind, pixels), term_ink(piece.kind), CENTRE)
                    )
                at += wide
            top += self._pitch


def _fitted(font: QFont, texts: Sequence[str], rooms: Sequence[float]) -> QFont:
    """Return ``font``, smaller if need be for every text to fit into its room."""
    out = QFont(font)
    while out.pixelSize() > 1 and any(advance(out, t) > room for t, room in zip(texts, rooms, strict=True)):
        out.setPixelSize(out.pixelSize() - 1)
    return out


def _empty(values: Numbers) -> list[list[str]]:
    return [["" for _ in line] for line in values.tolist()]
