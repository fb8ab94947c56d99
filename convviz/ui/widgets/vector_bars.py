"""A layer whose output is a vector: every value as a bar above or below zero."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.widgets.pane_paint import STALE_OPACITY, draw_focus_ring

# Width of a bar with the gap behind it.
LEAST_PX, MOST_PX = 5, 56
_LABEL_PX = 12
_MARGIN_PX = 8
_Key = Qt.Key
_STEPS = {_Key.Key_Up: -1, _Key.Key_Down: 1}


class VectorBars(QWidget):
    """The values of a vector in their order, in as many rows as keep a bar wide enough to be hit.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # number of the value the user has chosen

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vector-bars")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._values: NDArray[np.float32] = np.zeros(0, np.float32)
        self._names: Sequence[str] = ()
        self._chosen = 0
        self._stale = False
        self._theme = theme.current()
        self.retranslate()

    @property
    def chosen_value(self) -> int:
        """Number of the value we talk about."""
        return self._chosen

    def set_values(self, values: NDArray[np.float32], names: Sequence[str] = (), chosen: int = 0) -> None:
        """Show ``values`` (N,), whose names are told where they are known."""
        self._values = values
        self._chosen = min(chosen, max(0, len(values) - 1))
        self.set_names(names)
        self.update()

    def set_names(self, names: Sequence[str]) -> None:
        """Tell the values by other names."""
        self._names = names if len(names) == len(self._values) else ()
        self._describe()

    def set_chosen(self, number: int) -> None:
        """Mark value ``number``, without announcing it."""
        self._chosen = number
        self._describe()
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Pale the bars while they belong to another picture or network."""
        self._stale = stale
        self.update()

    def step(self, by: int) -> None:
        """Choose the value ``by`` places on."""
        if len(self._values):
            self._choose(min(max(self._chosen + by, 0), len(self._values) - 1))

    def _choose(self, number: int) -> None:
        if number != self._chosen:
            self.set_chosen(number)
            self.chosen.emit(number)

    # Where the bars are

    def _grid(self) -> tuple[int, int, float, float]:
        """Return rows, bars in a row, pitch and height of a row."""
        now, count = theme.current(), max(1, len(self._values))
        margin = now.px(_MARGIN_PX)
        width, height = max(1, self.width() - 2 * margin), max(1, self.height() - 2 * margin)
        rows = min(max(1, -(-count * now.px(LEAST_PX) // width)), max(1, height // now.px(28)))
        per_row = -(-count // rows)
        return rows, per_row, min(width / per_row, now.px(MOST_PX)), height / rows

    def bar(self, number: int) -> QRectF:
        """Return the whole column of the widget that belongs to a value."""
        _, per_row, pitch, height = self._grid()
        row, column = divmod(number, per_row)
        margin = theme.current().px(_MARGIN_PX)
        return QRectF(margin + column * pitch, margin + row * height, pitch, height)

    def value_at(self, point: QPoint) -> int | None:
        """Return the number of the value at a point of the widget."""
        rows, per_row, pitch, height = self._grid()
        margin = theme.current().px(_MARGIN_PX)
        row, column = int((point.y() - margin) // height), int((point.x() - margin) // pitch)
        number = row * per_row + column
        inside = 0 <= row < rows and 0 <= column < per_row and number < len(self._values)
        return number if inside else None

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(480), theme.current().px(320))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which bars are seen."""
        return QSize(theme.current().px(200), theme.current().px(100))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every bar, its zero line, and the chosen one in violet with its value."""
        del event
        painter, now = QPainter(self), theme.current()
        if len(self._values):
            painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
            self._paint_bars(painter, now)
            painter.setOpacity(1.0)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), now)
        painter.end()

    def _paint_bars(self, painter: QPainter, now: theme.Theme) -> None:
        finite = np.nan_to_num(self._values.astype(np.float64), posinf=0.0, neginf=0.0)
        low, high = min(0.0, float(finite.min())), max(0.0, float(finite.max()))
        span = (high - low) or 1.0
        rows, per_row, pitch, height = self._grid()
        label = QFontMetricsF(now.digits(_LABEL_PX)).height()
        labelled = pitch >= now.px(34)
        inner = height - label * (2 if labelled else 1) - now.px(4)
        gap = 1.0 if pitch >= now.px(4) else 0.0
        margin = now.px(_MARGIN_PX)
        for row in range(rows):
            zero = margin + row * height + label + inner * high / span
            stop = min(len(finite), (row + 1) * per_row)
            for number in range(row * per_row, stop):
                left = margin + (number - row * per_row) * pitch
                size = inner * abs(finite[number]) / span
                top = zero - size if finite[number] > 0 else zero
                is_chosen = number == self._chosen
                ink = now.colours.focus if is_chosen else self._ink(finite[number], low, now)
                painter.fillRect(QRectF(left, top, max(1.0, pitch - gap), max(1.0, size)), QColor(ink))
                if labelled:
                    self._write(painter, number, QRectF(left, margin + row * height, pitch, height), now)
            painter.setPen(QPen(QColor(now.colours.muted), 1))
            painter.drawLine(margin, round(zero), round(margin + (stop - row * per_row) * pitch), round(zero))
        self._write_chosen(painter, now, label)

    @staticmethod
    def _ink(value: float, low: float, now: theme.Theme) -> str:
        if low >= 0:
            return now.colours.plot
        return now.colours.positive if value > 0 else now.colours.negative

    def _write(self, painter: QPainter, number: int, box: QRectF, now: theme.Theme) -> None:
        """Write a bar's number below it."""
        painter.setFont(now.digits(_LABEL_PX, bold=number == self._chosen))
        painter.setPen(QColor(now.colours.focus if number == self._chosen else now.colours.muted))
        flags = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter)
        painter.drawText(box, flags, str(number))

    def _write_chosen(self, painter: QPainter, now: theme.Theme, label: float) -> None:
        """Write number, name and value of the chosen bar above it, inside the widget."""
        box = self.bar(self._chosen)
        text = self.spoken(self._chosen)
        painter.setFont(now.digits(_LABEL_PX, bold=True))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + now.px(8)
        left = min(max(box.center().x() - wide / 2, 0.0), max(0.0, self.width() - wide))
        place = QRectF(left, box.top(), wide, label)
        painter.fillRect(place, QColor(now.colours.window))
        painter.setPen(QColor(now.colours.focus))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the value under the mouse."""
        number = self.value_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._choose(number)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from value to value."""
        step = _STEPS.get(_Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.step(step)

    def event(self, event: QEvent) -> bool:
        """Tell a value's number and name."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.value_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if number is None else self.spoken(number), self)
            return True
        return super().event(event)

    def spoken(self, number: int) -> str:
        """Return number, name and value of a bar."""
        name = f" {self._names[number]}" if self._names else ""
        return f"{number}{name} = {format_number(float(self._values[number]))}"

    # Housekeeping

    def _describe(self) -> None:
        self.setAccessibleDescription(self.spoken(self._chosen) if len(self._values) else "")

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Values of the layer"))
        self._describe()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
