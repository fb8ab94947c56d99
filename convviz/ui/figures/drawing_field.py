"""A field to draw into, with the mouse, a finger or the keyboard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.figures.strokes import Drawing, Point, Stroke
from convviz.ui.widgets.pane_paint import draw_focus_ring

CELLS = 20
"""Rows and columns among which the brush of the keyboard moves."""

_HINT_PX, _STATE_PX = 17, 15
_Key = Qt.Key
_STEPS = {_Key.Key_Left: (-1, 0), _Key.Key_Right: (1, 0), _Key.Key_Up: (0, -1), _Key.Key_Down: (0, 1)}
_CLEARING = (_Key.Key_Delete, _Key.Key_Backspace)
_OWN_KEYS = (*_STEPS, _Key.Key_Space, *_CLEARING)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class DrawingField(QWidget):
    """A square that takes strokes: lines through points whose coordinates go from 0 to 1, right and down.

    The arrow keys move a brush by one cell of :data:`CELLS` × :data:`CELLS`; Space lowers it, so that it
    draws, and lifts it; Del and Backspace clear the field.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    changed = Signal()  # what is drawn is another drawing now

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("digit-field")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._drawing = Drawing()
        self._width = 0.075
        self._pressed = False
        self._brush = (CELLS // 2, CELLS // 2)
        self._lowered = self._by_keys = False
        self._theme = theme.current()
        self.retranslate()

    # What is drawn

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is drawn, in the order it was drawn."""
        return self._drawing.strokes

    def set_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Replace what is drawn."""
        self._drawing = Drawing(strokes)
        self._pressed = self._lowered = False
        self._tell()

    def clear(self) -> None:
        """Take everything away and lift the brush."""
        self.set_strokes(())

    def set_line_width(self, width: float) -> None:
        """Make all lines ``width`` sides of the field wide."""
        if width != self._width:
            self._width = width
            self._tell()

    def ink(self) -> NDArray[np.float32]:
        """Return the drawing: 0 where nothing is drawn, 1 where everything is; shape (280, 280)."""
        return self._drawing.ink(self._width)

    def _tell(self) -> None:
        self.retranslate()
        self.changed.emit()

    # Mouse and finger

    def square(self) -> QRectF:
        """Return where the field is within the widget: the largest square, at the top."""
        side = float(min(self.width(), self.height()))
        return QRectF((self.width() - side) / 2, 0.0, side, side)

    def _begin(self, place: QPointF) -> None:
        self._lowered = self._by_keys = False
        self._pressed = True
        self._draw(self._drawing.start(self._at(place)))

    def _at(self, place: QPointF) -> Point:
        square = self.square()
        across, down = (
            min(max(distance / (square.width() or 1.0), 0.0), 1.0)
            for distance in (place.x() - square.left(), place.y() - square.top())
        )
        return round(across, 4), round(down, 4)

    def _draw(self, done: bool) -> None:
        if done:
            self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton and self.square().contains(event.position()):
            self._begin(event.position())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if self._pressed and event.buttons() & Qt.MouseButton.LeftButton:
            self._draw(self._drawing.go_on(self._at(event.position())))
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = False
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Draw with the first finger; further ones are let be. Keep our keys from the menus' shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.modifiers() & ~_KEYPAD and _Key(event.key()) in _OWN_KEYS:
                event.accept()
            return True
        if isinstance(event, QTouchEvent) and event.points():
            self._touch(event.points()[0])
            event.accept()
            return True
        if event.type() == QEvent.Type.TouchCancel:
            self._pressed = False
        return super().event(event)

    def _touch(self, point: QEventPoint) -> None:
        match point.state():
            case QEventPoint.State.Pressed if self.square().contains(point.position()):
                self._begin(point.position())
            case QEventPoint.State.Updated if self._pressed:
                self._draw(self._drawing.go_on(self._at(point.position())))
            case QEventPoint.State.Released:
                self._pressed = False

    # Keyboard

    @property
    def brush(self) -> tuple[int, int]:
        """Column and row of the brush that the keys move."""
        return self._brush

    @property
    def lowered(self) -> bool:
        """Whether the brush draws as it moves."""
        return self._lowered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, lower or lift the brush, or clear the field."""
        key = _Key(event.key())
        if event.modifiers() & ~_KEYPAD:
            event.ignore()
        elif key in _STEPS:
            self._move(*_STEPS[key])
        elif key == _Key.Key_Space:
            self._by_keys, self._lowered = True, not self._lowered
            if self._lowered:
                self._draw(self._drawing.start(self._brush_point()))
            self.retranslate()
        elif key in _CLEARING:
            self.clear()
        else:
            event.ignore()

    def _move(self, right: int, down: int) -> None:
        column, row = (
            min(max(now + step, 0), CELLS - 1) for now, step in zip(self._brush, (right, down), strict=True)
        )
        self._brush, self._by_keys = (column, row), True
        if self._lowered:
            self._draw(self._drawing.go_on(self._brush_point()))
        self.retranslate()

    def _brush_point(self) -> Point:
        return (self._brush[0] + 0.5) / CELLS, (self._brush[1] + 0.5) / CELLS

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, what is drawn, and the brush or how to begin."""
        del event
        painter, now, square = QPainter(self), theme.current(), self.square()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(now.colours.line), now.px(1)))
        painter.setBrush(QColor(now.colours.surface))
        painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), now.px(4), now.px(4))
        painter.save()
        painter.setClipRect(square)
        self._drawing.paint(painter, square, self._width, now.colours.text)
        painter.restore()
        if not self.strokes and not self._by_keys:
            self._paint_hint(painter, square, now)
        if self.hasFocus() and self._by_keys:
            self._paint_brush(painter, square, now)
        if self.hasFocus():
            draw_focus_ring(painter, square, now)
        painter.end()

    def _paint_hint(self, painter: QPainter, square: QRectF, now: theme.Theme) -> None:
        painter.setFont(now.words(_HINT_PX))
        painter.setPen(QColor(now.colours.muted))
        margin = now.px(24)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(square.adjusted(margin, margin, -margin, -margin), flags, self._hint())

    def _paint_brush(self, painter: QPainter, square: QRectF, now: theme.Theme) -> None:
        side = square.width() / CELLS
        cell = QRectF(square.left() + self._brush[0] * side, square.top() + self._brush[1] * side, side, side)
        violet = QColor(now.colours.focus)
        painter.setPen(QPen(violet, now.px(2)))
        painter.setBrush(violet if self._lowered else Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(1, 1, -1, -1))
        font = now.words(_STATE_PX)
        painter.setFont(font)
        painter.setPen(violet)
        height, margin = QFontMetricsF(font).height(), now.px(8)
        # At the edge that the brush is not at.
        top = square.bottom() - height - margin if self._brush[1] < CELLS // 2 else square.top() + margin
        line = QRectF(square.left() + margin, top, square.width() - 2 * margin, height)
        text = QFontMetricsF(font).elidedText(self._state(), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), text)

    def sizeHint(self) -> QSize:
        """Return room to draw at ease."""
        return QSize(440, 440)

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be drawn into."""
        return QSize(theme.current().px(200), theme.current().px(200))

    # Texts

    def _hint(self) -> str:
        return self.tr("Draw a digit here: with the mouse, a finger, or the arrow keys and Space")

    def _state(self) -> str:
        if self._lowered:
            return self.tr("The brush draws · Space lifts it")
        return self.tr("The brush is lifted · Space lowers it")

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Field to draw a digit into"))
        column, row = self._brush
        place = self.tr("brush in row {0}, column {1}").format(row + 1, column + 1)
        self.setAccessibleDescription(f"{self._hint()}. {self._state()}; {place}")
        self.setToolTip(self.tr("Arrow keys: move the brush · Space: lower or lift it · Del: clear"))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring and lift the brush."""
        super().focusOutEvent(event)
        self._lowered = False
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.update()
