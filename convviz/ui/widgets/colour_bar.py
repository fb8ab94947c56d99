"""The colour bar: which colour stands for which value."""

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.numbers import format_number
from convviz.engine.render import Display, render
from convviz.ui import theme
from convviz.ui.widgets.histogram import label_axis

_BAR_PX = 16
_STEPS = 256
_LABEL_PX = 13


class ColourBar(QWidget):
    """The colours that a display mapping gives to the values from the lowest to the highest.

    The ends and zero are written where they lie, and 255 where a mapping clips there.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colour-bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._mapping: tuple[Display, float, float] | None = None
        self._ends: tuple[float, float] | None = None
        self._strip = QImage()
        self._theme = theme.current()
        self.retranslate()

    def set_mapping(
        self, display: Display, low: float, high: float, ends: tuple[float, float] | None = None
    ) -> None:
        """Show the colours of ``display`` for values from ``low`` to ``high``.

        Parameters
        ----------
        display : Display
            How values become colours.
        low, high : float
            Range of values along the bar.
        ends : (float, float), optional
            Where the colours end, if that is not at ``low`` and ``high``.
        """
        if ((display, low, high), ends) == (self._mapping, self._ends):
            return
        self._mapping, self._ends = (display, low, high), ends
        self._strip = self._colours()
        self.retranslate()
        self.update()

    def axis(self) -> tuple[float, float]:
        """Return the values at the left and right end: half a unit to both sides of a single value."""
        if self._mapping is None:
            return 0.0, 1.0
        _, low, high = self._mapping
        return (low, high) if high > low else (low - 0.5, low + 0.5)

    def clear(self) -> None:
        """Show no colours."""
        self._mapping = None
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setToolTip(self.tr("Which colour stands for which value"))
        if self._mapping is None:
            self.setAccessibleName(self.tr("Colours of the values"))
        else:
            _, low, high = self._mapping
            text = self.tr("Colours of the values from {low} to {high}")
            self.setAccessibleName(text.format(low=format_number(low), high=format_number(high)))

    def sizeHint(self) -> QSize:
        """Return a strip and a line of numbers."""
        current = theme.current()
        return QSize(current.px(240), current.px(_BAR_PX) + self._label_height())

    def minimumSizeHint(self) -> QSize:
        """Return the least in which both ends are read."""
        return QSize(theme.current().px(120), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip, its frame and the numbers."""
        del event
        if self._mapping is None:
            return
        current = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0.5, 0.5, self.width() - 1, current.px(_BAR_PX) - 1)
        outline = QPainterPath()
        outline.addRoundedRect(bar, current.px(3), current.px(3))
        painter.save()
        painter.setClipPath(outline)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, self._strip)
        painter.restore()
        painter.setPen(QPen(QColor(current.colours.line), 1))
        painter.drawPath(outline)
        self._paint_labels(painter, bar)
        painter.end()

    def _paint_labels(self, painter: QPainter, bar: QRectF) -> None:
        assert self._mapping is not None
        display, low, high = self._mapping
        painter.setFont(theme.current().digits(_LABEL_PX))
        strip = QRectF(0, bar.bottom(), self.width(), self._label_height())
        inner = (0.0, 255.0) if display is Display.CLIP else (0.0,)
        label_axis(painter, strip, self.axis(), (low, high, *inner))

    def _label_height(self) -> int:
        metrics = QFontMetricsF(theme.current().digits(_LABEL_PX))
        return round(metrics.height()) + theme.current().px(3)

    def _colours(self) -> QImage:
        """Return the colours along the axis as a picture one pixel high."""
        assert self._mapping is not None
        display, low, high = self._mapping
        values = np.linspace(*self.axis(), _STEPS, dtype=np.float32)[np.newaxis]
        pixels = render(values, display, *(self._ends or (low, high)))
        image = QImage(pixels.tobytes(), _STEPS, 1, 4 * _STEPS, QImage.Format.Format_RGB32)
        # The copy owns its pixels.
        return image.copy()
