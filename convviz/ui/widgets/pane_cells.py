"""Cells drawn as cells: gaps between them, padding told apart, numbers inside. All in device pixels."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.ui.widgets.pane_content import Content, Shading
from convviz.ui.widgets.pane_digits import (
    LARGEST_PX,
    LEGIBLE_PX,
    PITCH,
    SMALLEST_PX,
    Digits,
    Writer,
    fit_digits,
    levels,
    pure_colour,
    text_colour,
)
from convviz.ui.widgets.pane_geometry import PaneGeometry
from convviz.ui.widgets.pane_shading import beyond, hidden_cells, predicted_cell

# From this size on a cell shows its number; a colour needs room for three.
DIGIT_CELL_PX, COLOUR_CELL_PX = 20, 28
LARGE_CELL_PX = 44
CORNER_PX = 3

Pixels = NDArray[np.uint32]
# A text and its middle; a colour, 0xFFRRGGBB, and which channel it stands for.
Place = tuple[str, float, float]
Ink = tuple[int, int | None]


def shows_digits(geometry: PaneGeometry, content: Content) -> bool:
    """Return whether cells are large enough for numbers, and every one of them is known."""
    least = COLOUR_CELL_PX if len(content.values) > 1 else DIGIT_CELL_PX
    return content.view.rows.step == content.view.columns.step == 1 and geometry.cell >= least


class Cells:
    """Draws the cells of a content over their enlarged pixels.

    Parameters
    ----------
    geometry : PaneGeometry
        Where they are.
    content : Content
        What they are.
    shading : Shading
        Which are blank.
    theme : Theme
        Colours and sizes.
    """

    def __init__(self, geometry: PaneGeometry, content: Content, shading: Shading, theme: Theme) -> None:
        self._geometry, self._content, self._shading, self._theme = geometry, content, shading, theme
        self._cell = geometry.cell * geometry.ratio
        rows, columns = content.view.rows, content.view.columns
        self._row_out = beyond(rows.positions, geometry.height)
        self._column_out = beyond(columns.positions, geometry.width)
        self._ys: list[int] = geometry.rows.edges(np.append(rows.positions, rows.start + rows.span)).tolist()
        self._xs: list[int] = geometry.columns.edges(
            np.append(columns.positions, columns.start + columns.span)
        ).tolist()
        self.lettered = shows_digits(geometry, content)
        self.padded = any(geometry.border)
        self._large = geometry.cell >= LARGE_CELL_PX
        self._gap = max(1, round((2 if self._large else 1) * geometry.ratio))

    def cut_gaps(self, buffer: Pixels, top: int, left: int) -> None:
        """Make the gaps between cells transparent in ``buffer``, which begins at (top, left)."""
        for begin, edges, lines in ((top, self._ys, buffer), (left, self._xs, buffer.T)):
            for edge in edges:
                start = edge - self._gap // 2 - begin
                lines[max(0, start) : max(0, start + self._gap)] = 0

    def round_corners(self, painter: QPainter) -> None:
        """Cut the corners of large cells."""
        if not self._large:
            return
        radius = round(CORNER_PX * self._geometry.ratio)
        star = _corners(self._gap, radius)
        back = self._gap // 2 + radius
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
        for y in self._ys:
            for x in self._xs:
                painter.drawImage(x - back, y - back, star)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def dash_padding(self, painter: QPainter) -> None:
        """Draw dashes around what padding adds: each cell where they are told apart, else its two edges."""
        thick = max(1, round(self._geometry.ratio))
        pen = QPen(QColor(self._theme.colours.muted), thick)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        each = self.lettered
        inset = thick / 2 + (2 * thick if each else 0)
        for rect in self._padding_cells() if each else self._padding_edges():
            painter.drawRect(QRectF(rect).adjusted(inset, inset, -inset, -inset))

    def _padding_edges(self) -> list[QRect]:
        rows, columns = self._geometry.rows, self._geometry.columns
        return [
            _rect(rows.edge(top), rows.edge(bottom), columns.edge(left), columns.edge(right))
            for top, bottom, left, right in (
                (rows.low, rows.high, columns.low, columns.high),
                (0, rows.size, 0, columns.size),
            )
        ]

    def _padding_cells(self) -> list[QRect]:
        rows = list(zip(pairwise(self._ys), self._row_out.tolist(), strict=True))
        columns = list(zip(pairwise(self._xs), self._column_out.tolist(), strict=True))
        return [_rect(*y, *x) for y, row_out in rows for x, column_out in columns if row_out or column_out]

    def write_digits(self, painter: QPainter, pixels: Pixels, writer: Writer) -> Digits:
        """Write the values, and a question mark to be predicted; ``pixels`` are the colours of the cells."""
        px, ratio = self._theme.px, self._geometry.ratio
        values = self._content.values.reshape(len(self._content.values), -1)
        # Whoever wants larger texts sits far away.
        legible = px(LEGIBLE_PX) * ratio if self._theme.scale > DESK_SCALE else 0
        digits = fit_digits(values, self._cell, px(SMALLEST_PX) * ratio, px(LARGEST_PX) * ratio, legible)
        writer.begin(painter, digits.size)
        places = self._places(digits, pixels)
        for (colour, _), texts in places.items():
            painter.setPen(QColor.fromRgb(colour))
            for text, x, y in texts:
                writer.write(text, x, y)
        for (colour, hue), texts in places.items():
            if hue is not None:
                self._draw_bars(painter, texts, pure_colour(hue, colour))
        self._write_question(painter, writer)
        return digits

    def _places(self, digits: Digits, pixels: Pixels) -> dict[Ink, list[Place]]:
        """Return, for each colour and hue, texts and their middles."""
        geometry, lines = self._geometry, len(digits.texts)
        hidden: list[bool] = (
            hidden_cells(self._content, geometry.height, geometry.width, self._shading).ravel().tolist()
        )
        wanted = 7.0 if self._theme.scale > 1 or self._theme.name is ThemeName.CONTRAST else 4.5
        level, middles = levels(pixels), self._middles()
        places: dict[Ink, list[Place]] = {}
        for line, texts in enumerate(digits.texts):
            shift, hue = (line - (lines - 1) / 2) * PITCH * self._cell, line if lines == 3 else None
            for text, is_hidden, lightness, (x, y) in zip(texts, hidden, level, middles, strict=True):
                if not is_hidden:
                    ink = text_colour(lightness, hue, wanted), hue
                    places.setdefault(ink, []).append((text, x, y + shift))
        return places

    def _middles(self) -> list[tuple[float, float]]:
        xs = [(a + b) / 2 for a, b in pairwise(self._xs)]
        return [(x, (a + b) / 2) for a, b in pairwise(self._ys) for x in xs]

    def _draw_bars(self, painter: QPainter, places: list[Place], colour: QColor) -> None:
        """Draw a bar before each line: on middling cells, with digits in black or white, it tells the hue."""
        cell = self._cell
        wide, high, before = max(2, round(cell * 0.06)), round(PITCH * cell * 0.75), round(cell * 0.42)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRects([QRect(round(x) - before, round(y - high / 2), wide, high) for _, x, y in places])

    def _write_question(self, painter: QPainter, writer: Writer) -> None:
        if self._shading.predict is None:
            return
        rows, columns = predicted_cell(self._content, self._geometry.width, self._shading.predict)
        middles = self._middles()
        painter.setPen(QColor(self._theme.colours.focus))
        for index in (rows * len(self._column_out) + columns).ravel().tolist():
            writer.write("?", *middles[index])


def _rect(top: int, bottom: int, left: int, right: int) -> QRect:
    return QRect(left, top, right - left, bottom - top)


def _corners(gap: int, radius: int) -> QImage:
    """Return what to cut out where four cells meet: the gap and ``radius`` pixels around it."""
    side = gap + 2 * radius
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    for x in (0, side):
        for y in (0, side):
            painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.end()
    return image
