"""The small picture that a network sees, and the numbers of a part of it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.digit import SIDE
from convviz.ui import theme
from convviz.ui.widgets.pane_paint import draw_focus_ring
from convviz.ui.widgets.spoken import describe

LENS = 5
"""Rows and columns whose numbers are written."""

_GAP_PX = 16
_Key = Qt.Key
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_STEPS = {_Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1), _Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0)}


class SeenDigit(QWidget):
    """The picture on the left, a violet frame in it, and on the right the numbers within the frame.

    The frame follows the mouse and the arrow keys.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("digit-seen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._values: NDArray[np.uint8] = np.zeros((SIDE, SIDE), np.uint8)
        self._corner = ((SIDE - LENS) // 2, (SIDE - LENS) // 2)
        self._theme = theme.current()
        self.retranslate()

    @property
    def values(self) -> NDArray[np.uint8]:
        """What is shown, shape (28, 28)."""
        return self._values

    def set_values(self, values: NDArray[np.uint8]) -> None:
        """Show another picture."""
        self._values = values
        self.retranslate()

    def lens(self) -> NDArray[np.uint8]:
        """Return the numbers that are written, shape (5, 5)."""
        row, column = self._corner
        return self._values[row : row + LENS, column : column + LENS]

    @property
    def corner(self) -> tuple[int, int]:
        """Row and column of the frame's upper left cell."""
        return self._corner

    def _move_to(self, row: int, column: int) -> None:
        corner = min(max(row, 0), SIDE - LENS), min(max(column, 0), SIDE - LENS)
        if corner != self._corner:
            self._corner = corner
            self.retranslate()

    # Where things are

    def squares(self) -> tuple[QRectF, QRectF]:
        """Return the places of the picture and of the numbers, side by side in the upper left."""
        gap = theme.current().px(_GAP_PX)
        side = max(1.0, min((self.width() - gap) / 2, float(self.height())))
        return QRectF(0, 0, side, side), QRectF(side + gap, 0, side, side)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the frame where the mouse is."""
        self._point(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the frame where the mouse, or a finger, is."""
        self._point(event.position())

    def _point(self, place: QPointF) -> None:
        picture, _ = self.squares()
        if picture.contains(place):
            cell = picture.width() / SIDE
            self._move_to(int(place.y() / cell) - LENS // 2, int(place.x() / cell) - LENS // 2)

    def event(self, event: QEvent) -> bool:
        """Keep our keys from the menus' shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.modifiers() & ~_KEYPAD and _Key(event.key()) in _STEPS:
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame by one cell."""
        step = _STEPS.get(_Key(event.key()))
        if step is None or event.modifiers() & ~_KEYPAD:
            event.ignore()
        else:
            self._move_to(self._corner[0] + step[0], self._corner[1] + step[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave to others what the squares cannot use."""
        super().resizeEvent(event)
        usable = (self.width() - theme.current().px(_GAP_PX)) // 2
        self.setMaximumHeight(max(usable, self.minimumSizeHint().height()))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, the frame and the numbers."""
        del event
        painter, now = QPainter(self), theme.current()
        picture, numbers = self.squares()
        held = np.ascontiguousarray(self._values)
        image = QImage(held.data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8)
        # Not smoothed: every pixel is a square.
        painter.drawImage(picture, image)
        cell = picture.width() / SIDE
        row, column = self._corner
        frame = QRectF(column * cell, row * cell, LENS * cell, LENS * cell)
        violet = QPen(QColor(now.colours.focus), now.px(2))
        white = QPen(QColor("#ffffff"), now.px(4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (white, violet):
            painter.setPen(pen)
            painter.drawRect(frame)
        self._paint_numbers(painter, numbers, now)
        painter.setPen(violet)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(numbers.adjusted(1, 1, -1, -1))
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(0, 0, numbers.right(), numbers.bottom()), now)
        painter.end()

    def _paint_numbers(self, painter: QPainter, place: QRectF, now: theme.Theme) -> None:
        side = place.width() / LENS
        # Three digits of the monospaced font are 1.8 times as wide as it is high.
        painter.setFont(theme.digits_font(round(side * 0.44)))
        for (row, column), value in np.ndenumerate(self.lens()):
            cell = QRectF(place.left() + column * side, place.top() + row * side, side, side)
            painter.fillRect(cell, QColor(int(value), int(value), int(value)))
            painter.setPen(QPen(QColor(now.colours.shade), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell)
            painter.setPen(QColor("#000000" if value > 127 else "#ffffff"))
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), str(int(value)))

    def sizeHint(self) -> QSize:
        """Return room for the numbers to be read."""
        return QSize(theme.current().px(380), 180)

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the picture is made out."""
        return QSize(theme.current().px(200), 96)

    # Housekeeping

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("What the network sees"))
        row, column = self._corner
        place = self.tr("rows {0} to {1}, columns {2} to {3}").format(
            row + 1, row + LENS, column + 1, column + LENS
        )
        rows = "; ".join(" ".join(map(str, line)) for line in self.lens().tolist())
        describe(self, f"{place}: {rows}")
        self.setToolTip(self.tr("Point at the picture, or move the frame with the arrow keys"))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
