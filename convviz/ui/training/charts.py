"""Bars of gradients and the confusion matrix."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from convviz.core.number_style import spelled
from convviz.ui import theme

# Of the gradients, at a desk: a line, a name at least, a number, and the least room for a bar.
_LINE_PX, _NAME_PX, _NUMBER_PX, _BAR_PX = 24, 136, 72, 24


class GradientBars(QWidget):
    """The length of the gradient per layer, on a logarithmic scale over six powers of ten.

    Where name, bar and number have no room beside each other, the name stands above the others.
    """

    _LOW, _HIGH = -5.0, 1.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-gradients")
        self._values: tuple[tuple[str, float], ...] = ()

    def show_values(self, values: tuple[tuple[str, float], ...]) -> None:
        """Show (name of the layer, length)."""
        before, self._values = self._values, values
        if [name for name, _ in before] != [name for name, _ in values]:
            self._fit()
        self.setAccessibleName("; ".join(f"{name}: {spelled(value, '.3g')}" for name, value in values))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line per layer, or two where there is little room."""
        px = theme.current().px
        lines = 2 if self._is_narrow() else 1
        return QSize(px(180), px(_LINE_PX) * lines * max(1, len(self._values)))

    def _name_width(self) -> int:
        """Return the width of the longest name, and a gap."""
        metrics, px = QFontMetrics(theme.current().words(13)), theme.current().px
        widest = max((metrics.horizontalAdvance(name) for name, _ in self._values), default=0)
        return max(px(_NAME_PX), widest + px(8))

    def _is_narrow(self) -> bool:
        """Return whether a name has no room beside a bar and a number."""
        px = theme.current().px
        return bool(self._values) and self.width() < self._name_width() + px(_BAR_PX) + px(_NUMBER_PX)

    def _fit(self) -> None:
        """Be as high as the lines are."""
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines where there is too little room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_values"):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, bar and number of every layer."""
        del event
        current, px = theme.current(), theme.current().px
        painter = QPainter(self)
        metrics = QFontMetrics(current.words(13))
        high, number_width, narrow = px(_LINE_PX), px(_NUMBER_PX), self._is_narrow()
        name_width = self.width() if narrow else self._name_width()
        left = 0 if narrow else name_width
        room = max(0, self.width() - left - number_width)
        for index, (name, value) in enumerate(self._values):
            top = high * index * (2 if narrow else 1)
            share = (np.log10(max(value, 1e-12)) - self._LOW) / (self._HIGH - self._LOW)
            painter.setFont(current.words(13))
            painter.setPen(QColor(current.colours.text))
            middle = Qt.AlignmentFlag.AlignVCenter
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_width)
            painter.drawText(QRect(0, top, name_width, high), middle, shown)
            top += high if narrow else 0
            box = QRect(left, top + px(6), round(room * float(np.clip(share, 0, 1))), px(12))
            painter.fillRect(box, QColor(current.colours.focus))
            painter.setFont(current.digits(13))
            right = QRect(self.width() - number_width, top, number_width, high)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, spelled(value, ".1e"))
        painter.end()


class ConfusionMatrix(QWidget):
    """How often which class (rows) is taken for which (columns)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-confusion")
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._classes: tuple[str, ...] = ()

    def show_counts(self, counts: NDArray[np.int64], classes: tuple[str, ...]) -> None:
        """Show the counts (K, K)."""
        if classes != self._classes:
            self._classes = classes
            self.updateGeometry()
            self.setMinimumHeight(self.sizeHint().height())
        self._counts = counts
        wrong = int(counts.sum() - np.trace(counts))
        self.setAccessibleName(self.tr("Confusion matrix: {0} of {1} wrong").format(wrong, int(counts.sum())))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square that can be read."""
        px = theme.current().px
        side = px(24) * (len(self._classes) + 1)
        return QSize(max(side, px(120)), max(side, px(120)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the classes and the counts."""
        del event
        if not len(self._counts):
            return
        current = theme.current()
        count = len(self._classes)
        metrics = QFontMetrics(current.words(12))
        widest = max(metrics.horizontalAdvance(name) for name in self._classes)
        gap, high = current.px(8), current.px(23)
        head = min(widest + gap, max(current.px(56), self.width() - count * high), self.width() // 2)
        cell = max(1, min((self.width() - head) // count, max(high, widest + gap)))
        # Of many classes the cells are too narrow for a letter; their colours still tell.
        is_written = cell >= current.px(12)
        painter = QPainter(self)
        centre = Qt.AlignmentFlag.AlignCenter
        for n, name in enumerate(self._classes):
            painter.setFont(current.words(12))
            painter.setPen(QColor(current.colours.muted))
            if is_written:
                above = QRect(head + n * cell, 0, cell, high)
                painter.drawText(above, centre, _fitting(name, metrics, cell - 2))
            before = QRect(0, (n + 1) * high, head - gap // 2, high)
            painter.drawText(before, Qt.AlignmentFlag.AlignVCenter, _fitting(name, metrics, before.width()))
            total = max(1, int(self._counts[n].sum()))
            for m in range(count):
                box = QRect(head + m * cell, (n + 1) * high, max(1, cell - 1), high - 1)
                share = self._counts[n, m] / total
                colour = QColor(current.colours.focus if n == m else current.colours.positive)
                colour.setAlphaF(0.12 + 0.5 * float(share) if self._counts[n, m] else 0.04)
                painter.fillRect(box, colour)
                if n == m:
                    # What is right has a frame as well: colour is never the only sign.
                    painter.setPen(QColor(current.colours.focus))
                    painter.drawRect(box.adjusted(0, 0, -1, -1))
                if self._counts[n, m] and is_written:
                    painter.setFont(current.digits(12))
                    painter.setPen(QColor(current.colours.text))
                    painter.drawText(box, centre, str(int(self._counts[n, m])))
        painter.end()


def _fitting(name: str, metrics: QFontMetrics, width: int) -> str:
    """Return a name, or its beginning where there is no more room."""
    if metrics.horizontalAdvance(name) <= width:
        return name
    short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, width)
    return short if len(short) > 1 else name[:1]
