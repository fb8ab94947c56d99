"""How probable each of the ten digits is."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.number_style import listed
from convviz.core.numbers import format_percent
from convviz.ui import theme

DIGITS = 10
_DIGIT_PX, _PERCENT_PX = 16, 15
_GAP_PX, _BETWEEN_PX = 8, 16
# What is less is written as less than this: the room at the bars is for one decimal.
_LEAST = 0.0005


class DigitBars(QWidget):
    """A bar for each digit, from 0 to 9, so that none jumps while one draws; the likeliest is violet.

    Where they would be too low one below the other, 5 to 9 stand beside 0 to 4.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("digit-bars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._probabilities: NDArray[np.float64] | None = None
        self._theme = theme.current()
        self.retranslate()

    @property
    def best(self) -> int | None:
        """The likeliest digit; None while nothing is known."""
        return None if self._probabilities is None else int(np.argmax(self._probabilities))

    def percents(self) -> tuple[str, ...]:
        """Return what is written at the bars; empty while nothing is known."""
        if self._probabilities is None:
            return ()
        return tuple(_percent(float(p)) for p in self._probabilities)

    def set_probabilities(self, probabilities: NDArray[np.float64] | None) -> None:
        """Show the probabilities of the ten digits; None shows none."""
        self._probabilities = probabilities
        self.retranslate()

    def rows(self) -> list[QRectF]:
        """Return the place of each digit's row."""
        columns = 1 if self.height() >= DIGITS * self._row() else 2
        count, gap = DIGITS // columns, theme.current().px(_BETWEEN_PX)
        height, width = self.height() / count, (self.width() - gap * (columns - 1)) / columns
        return [QRectF(n // count * (width + gap), n % count * height, width, height) for n in range(DIGITS)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint digit, bar and per cent of every row."""
        del event
        painter, now, percents = QPainter(self), theme.current(), self.percents()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for digit, row in enumerate(self.rows()):
            self._paint_row(painter, digit, row, percents[digit] if percents else "", now)
        painter.end()

    def _paint_row(self, painter: QPainter, digit: int, row: QRectF, percent: str, now: theme.Theme) -> None:
        best = digit == self.best
        name, number = now.digits(_DIGIT_PX, bold=True), now.digits(_PERCENT_PX, bold=best)
        beside = QFontMetricsF(name).horizontalAdvance("0") + now.px(_GAP_PX)
        # Room for the bold "100.0 %" whatever is written, so that the bars keep their scale.
        room = QFontMetricsF(now.digits(_PERCENT_PX, bold=True)).horizontalAdvance("100.0 %")
        painter.setFont(name)
        painter.setPen(QColor(now.colours.focus if best else now.colours.text))
        middle = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
        painter.drawText(row, middle | int(Qt.AlignmentFlag.AlignLeft), str(digit))
        painter.setFont(number)
        painter.drawText(row, middle | int(Qt.AlignmentFlag.AlignRight), percent)
        thick = min(row.height() * 0.5, now.px(16))
        left, right = row.left() + beside, row.right() - room - now.px(_GAP_PX)
        track = QRectF(left, row.center().y() - thick / 2, max(1.0, right - left), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.colours.blank))
        painter.drawRect(track)
        if self._probabilities is not None:
            share = float(np.nan_to_num(self._probabilities[digit]))
            track.setWidth(track.width() * share)
            painter.setBrush(QColor(now.colours.focus if best else now.colours.plot))
            painter.drawRect(track)

    def _row(self) -> int:
        return round(QFontMetricsF(theme.current().digits(_DIGIT_PX)).height())

    def sizeHint(self) -> QSize:
        """Return room for all rows at ease."""
        return QSize(theme.current().px(320), DIGITS * (self._row() + theme.current().px(8)))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which all digits are read."""
        return QSize(theme.current().px(240), DIGITS // 2 * self._row())

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Probabilities of the digits"))
        said = listed([f"{digit}: {percent}" for digit, percent in enumerate(self.percents())])
        self.setAccessibleDescription(said)
        self.setToolTip(self.tr("How probable the network calls each digit; together 100 %"))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()


def _percent(share: float) -> str:
    return f"< {format_percent(2 * _LEAST)}" if 0 < share < _LEAST else format_percent(share)
