"""The curve of an activation function, and the value that goes through it."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.arithmetic import ActivationCell
from convviz.core.numbers import format_number
from convviz.core.reference import activate
from convviz.core.specs import Activation
from convviz.core.wording import plain_text
from convviz.ui import theme

_LABEL_PX = 11
_WIDTH_PX, _LEAST_WIDTH_PX = 200, 120
HEIGHT_PX, LOW_PX = 120, 84
"""Height beside the settings, and in a row above the maps."""
_POINTS = 241
# Half the width of the axis for the curves that level off, and the least for the others.
_REACH = 6.0
_LEVEL = (Activation.SIGMOID, Activation.TANH)


class ActivationPlot(QWidget):
    """A small plot of the activation with its axes; a violet dot shows one value before and after it.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    height : int
        Height in design pixels.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None, height: int = HEIGHT_PX) -> None:
        super().__init__(parent)
        self._height = height
        self.setObjectName("activation-plot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._activation = Activation.NONE
        self._before: float | None = None
        self._theme = theme.current()
        self.retranslate()

    def set_activation(self, activation: Activation) -> None:
        """Show the curve of ``activation``."""
        self._activation = activation
        self._describe()
        self.update()

    def set_point(self, before: float | None) -> None:
        """Show where ``before`` goes; None shows the curve alone."""
        self._before = before
        self._describe()
        self.update()

    def reach(self) -> float:
        """Return half the width of the axis: 6, or 1, 2 or 5 times a power of ten for a large value.

        σ and tanh stay at 6: beyond it they are level, and the dot stays at the end.
        """
        size = abs(self._before or 0.0)
        if self._activation in _LEVEL or size <= _REACH or not math.isfinite(size):
            return _REACH
        power = 10.0 ** math.floor(math.log10(size))
        return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= size)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setToolTip(
            self.tr("The activation function; the dot is the value of the cell, before and after")
        )
        self._describe()

    def sizeHint(self) -> QSize:
        """Return a small rectangle."""
        return QSize(theme.current().px(_WIDTH_PX), theme.current().px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the curve is seen."""
        return QSize(theme.current().px(_LEAST_WIDTH_PX), theme.current().px(self._height))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._theme is not None:
            self.retranslate()
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axes, the curve and the dot."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        current = theme.current()
        reach = self.reach()
        xs = np.linspace(-reach, reach, _POINTS)
        ys = activate(xs, self._activation)
        box, (bottom, top) = self._box(), self._heights()
        across = box.left() + (xs + reach) / (2 * reach) * box.width()
        down = box.bottom() - (np.clip(ys, bottom, top) - bottom) / (top - bottom) * box.height()
        points = zip(across.tolist(), down.tolist(), strict=True)
        curve = QPolygonF([QPointF(x, y) for x, y in points])
        painter.setPen(QPen(QColor(current.colours.text), current.px(2)))
        painter.drawPolyline(curve)
        self._paint_dot(painter)
        painter.end()

    def _describe(self) -> None:
        if self._before is None:
            self.setAccessibleName(self.tr("Curve of the activation function"))
        else:
            cell = ActivationCell(self._activation, self._before, self._after(self._before))
            self.setAccessibleName(plain_text(cell))

    def _after(self, before: float) -> float:
        return float(activate(np.array(before), self._activation))

    def _heights(self) -> tuple[float, float]:
        """Return the values at the bottom and the top of the axis."""
        match self._activation:
            case Activation.SIGMOID:
                return 0.0, 1.0
            case Activation.TANH:
                return -1.0, 1.0
            case Activation.NONE:
                return -self.reach(), self.reach()
            case Activation.RELU | Activation.ABS:
                return 0.0, self.reach()

    def _box(self) -> QRectF:
        current = theme.current()
        text = QFontMetricsF(current.digits(_LABEL_PX)).height()
        side = current.px(8)
        return QRectF(self.rect()).adjusted(side, text, -side, -text - current.px(4))

    def _place(self, x: float, y: float) -> QPointF:
        box, reach, (bottom, top) = self._box(), self.reach(), self._heights()
        across = (min(max(x, -reach), reach) + reach) / (2 * reach)
        up = (min(max(y, bottom), top) - bottom) / (top - bottom)
        return QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())

    def _paint_axes(self, painter: QPainter) -> None:
        current, reach, (bottom, top) = theme.current(), self.reach(), self._heights()
        painter.setPen(QPen(QColor(current.colours.plot), 1))
        painter.drawLine(self._place(-reach, 0), self._place(reach, 0))
        painter.drawLine(self._place(0, bottom), self._place(0, top))
        painter.setFont(current.digits(_LABEL_PX))
        painter.setPen(QColor(current.colours.muted))
        metrics = QFontMetricsF(painter.font())
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)

        def write(text: str, centre: QPointF) -> None:
            width, height = metrics.horizontalAdvance(text), metrics.height()
            left = min(max(centre.x() - width / 2, 0.0), self.width() - width)
            painter.drawText(QRectF(left, centre.y() - height / 2, width, height), flags, text)

        half = metrics.height() / 2
        # Where the axes cross inside the plot, the zero steps aside, to where no curve and no dot is.
        aside = metrics.horizontalAdvance("0") if bottom < 0 else 0.0
        for x, shift in ((-reach, 0.0), (0.0, aside), (reach, 0.0)):
            write(format_number(x), self._place(x, 0.0) + QPointF(shift, half + 2))
        write(format_number(top), self._place(0, top) - QPointF(0, half))

    def _paint_dot(self, painter: QPainter) -> None:
        if self._before is None or math.isnan(self._before):
            return
        current = theme.current()
        after = self._after(self._before)
        dot = self._place(self._before, after)
        violet = QColor(current.colours.focus)
        painter.setPen(QPen(violet, 1, Qt.PenStyle.DashLine))
        painter.drawLine(self._place(self._before, 0.0), dot)
        painter.drawLine(self._place(0.0, after), dot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(violet)
        painter.drawEllipse(dot, current.px(5), current.px(5))
