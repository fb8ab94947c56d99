"""Small pictures of numbers in rows: filters, maps, and pictures that were answered wrongly."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from convviz.engine.render import Display, render
from convviz.ui import theme

# Side of a picture, at a desk: at least, and where there is room; it grows in steps of 4.
_TILE, _LARGEST, _STEP = 48, 112, 4
_GAP, _CAPTION = 8, 18
# What is broader than high, as the row of a filter's channels, may be so much broader than others are.
_BROAD = 2
# A caption has the room of so many pictures at most.
_WIDEST = 3


@dataclass(frozen=True, eq=False)
class Tile:
    """One picture.

    Parameters
    ----------
    pixels : ndarray of uint32 or uint8
        Ready to be drawn: (h, w) in 32 bits, or (h, w, 3) in bytes.
    caption : str
        Below it.
    number : int
        What is announced when it is chosen.
    """

    pixels: NDArray[np.generic]
    caption: str = ""
    number: int = 0


@dataclass(frozen=True, eq=False)
class Row:
    """Pictures beside each other, behind what they are."""

    title: str
    tiles: tuple[Tile, ...]


def signed(values: NDArray[np.float32]) -> NDArray[np.generic]:
    """Return weights (h, w) in blue, white and orange, centred on zero."""
    bound = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0
    return np.asarray(render(np.ascontiguousarray(values, np.float32), Display.SIGNED, -bound, bound))


def activation(values: NDArray[np.float32], low: float, high: float) -> NDArray[np.generic]:
    """Return a map (h, w): viridis if none is negative, else centred on zero."""
    values = np.ascontiguousarray(values, np.float32)
    if low >= 0:
        return np.asarray(render(values, Display.VIRIDIS, 0.0, high or 1.0))
    bound = max(-low, high)
    return np.asarray(render(values, Display.SIGNED, -bound, bound))


class Tiles(QWidget):
    """Rows of small pictures; a choice can be made with the mouse, or the arrow keys and Enter.

    The pictures are as large as the place they have lets them be, up to more than twice their least size.

    Parameters
    ----------
    name : str
        Object name.
    chooses : bool
        Whether pictures can be chosen.
    """

    chosen = Signal(int)  # number of the tile

    def __init__(self, name: str, *, chooses: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows: tuple[Row, ...] = ()
        self._places: list[tuple[QRect, Tile]] = []
        self._chooses, self._current = chooses, 0
        self._tile = theme.current().px(_TILE)
        if chooses:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows in place of the others."""
        before = self._shape()
        self._rows = rows
        if self._shape() != before:
            self.updateGeometry()
            self._make_room()
        self._layout(self.width(), self._tile)
        self.update()

    def _make_room(self) -> None:
        """Ask for the height that the least pictures need, and make them as large as there is room for."""
        px, width = theme.current().px, max(self.width(), 1)
        self.setMinimumHeight(self._layout(width, px(_TILE)))
        height = max(self.height(), self.minimumHeight())
        sides = range(_TILE + _STEP, _LARGEST + _STEP, _STEP)
        # The more pictures fit beside each other, the lower all are: the first side that is too large.
        large = bisect_left(
            sides, True, key=lambda side: px(side) > width or self._layout(width, px(side)) > height
        )
        self._tile = px(sides[large - 1] if large else _TILE)
        self._layout(width, self._tile)

    def _shape(self) -> tuple[tuple[int, bool, int, QSize], ...]:
        """Return what the height of the rows depends on."""
        return tuple(
            (len(row.tiles), any(t.caption for t in row.tiles), self._widest(row), _box(row, _LARGEST))
            for row in self._rows
        )

    def sizeHint(self) -> QSize:
        """Return room for a few pictures."""
        px = theme.current().px
        return QSize(px(4 * (_TILE + _GAP)), max(self.minimumHeight(), px(_TILE)))

    def _layout(self, width: int, tile: int) -> int:
        """Place every picture, ``tile`` high and broad as a rule, and return the height of all."""
        px = theme.current().px
        gap, caption = px(_GAP), px(_CAPTION)
        self._places = []
        y = 0
        for row in self._rows:
            y += caption + gap // 2 if row.title else 0
            x = 0
            low = caption if any(one.caption for one in row.tiles) else 0
            box = _box(row, tile)
            pitch = max(box.width(), self._widest(row))
            for one in row.tiles:
                if x and x + pitch > width:
                    x, y = 0, y + box.height() + low + gap // 2
                self._places.append((QRect(QPoint(x, y), box), one))
                x += pitch + gap // 2
            y += box.height() + low + gap
        return y

    def _widest(self, row: Row) -> int:
        """Return how wide the widest caption of a row is, of which so much is to be read as is sensible."""
        current = theme.current()
        metrics = QFontMetrics(current.words(13))
        widest = max((metrics.horizontalAdvance(one.caption) for one in row.tiles if one.caption), default=0)
        return min(widest, _WIDEST * current.px(_TILE))

    def resizeEvent(self, event: QEvent) -> None:
        """Break the rows anew."""
        del event
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint titles, pictures and captions."""
        del event
        current = theme.current()
        painter = QPainter(self)
        painter.setFont(current.words(13))
        index = 0
        for row in self._rows:
            places = self._places[index : index + len(row.tiles)]
            index += len(row.tiles)
            if places and row.title:
                top = places[0][0].top() - current.px(_CAPTION) - current.px(_GAP) // 4
                painter.setPen(QColor(current.colours.muted))
                painter.drawText(
                    QRect(0, top, self.width(), current.px(_CAPTION)),
                    Qt.AlignmentFlag.AlignVCenter,
                    row.title,
                )
            for box, tile in places:
                self._paint_tile(painter, box, tile, max(box.width(), self._widest(row)))
        if self._chooses and self.hasFocus() and self._places:
            box = self._places[min(self._current, len(self._places) - 1)][0]
            painter.setPen(QPen(QColor(current.colours.focus), current.px(3)))
            painter.drawRect(box)
        painter.end()

    def _paint_tile(self, painter: QPainter, box: QRect, tile: Tile, pitch: int) -> None:
        current = theme.current()
        image = _image(tile.pixels)
        scale = min(box.width() / image.width(), box.height() / image.height())
        size = QSize(max(1, round(image.width() * scale)), max(1, round(image.height() * scale)))
        corner = QPoint(
            box.left() + (box.width() - size.width()) // 2, box.top() + (box.height() - size.height()) // 2
        )
        target = QRect(corner, size)
        painter.drawImage(target, image)
        painter.setPen(QColor(current.colours.line))
        painter.drawRect(target.adjusted(0, 0, -1, -1))
        if tile.caption:
            painter.setPen(QColor(current.colours.text))
            below = QRect(box.left(), box.bottom() + 1, pitch, current.px(_CAPTION))
            text = QFontMetrics(painter.font()).elidedText(
                tile.caption, Qt.TextElideMode.ElideRight, below.width()
            )
            narrow = pitch <= box.width()
            side = Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignLeft
            painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the picture that is clicked."""
        for index, (box, tile) in enumerate(self._places):
            if self._chooses and box.contains(event.position().toPoint()):
                self._current = index
                self.chosen.emit(tile.number)
                self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the pictures and choose one."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if not self._chooses or not self._places or key not in (*moves, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        if key in moves:
            self._current = (self._current + moves[key]) % len(self._places)
            self.update()
        else:
            self.chosen.emit(self._places[min(self._current, len(self._places) - 1)][1].number)


def _box(row: Row, tile: int) -> QSize:
    """Return the room of a picture in a row: a square of side ``tile``, broader and lower for broad ones."""
    shapes = [one.pixels.shape for one in row.tiles]
    broad = min((shape[1] / shape[0] for shape in shapes), default=1.0)
    if broad <= 1:
        return QSize(tile, tile)
    width = tile * min(broad, _BROAD)
    return QSize(round(width), max(1, round(width / broad)))


def _image(pixels: NDArray[np.generic]) -> QImage:
    pixels = np.ascontiguousarray(pixels)
    if pixels.dtype == np.uint8:
        height, width = pixels.shape[:2]
        if pixels.shape[2] == 1:
            return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
        return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
