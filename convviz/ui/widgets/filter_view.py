"""The filter behind a map: as a colour picture where it sees red, green and blue, else channel by channel."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convviz.core.numbers import format_weight
from convviz.engine.render import render_rgb
from convviz.ui import theme
from convviz.ui.map_colours import scale_of, without_numbers

Weights = NDArray[np.float32]

_TILE_PX, _LEAST_PX, _GAP_PX = 64, 22, 5
_LABEL_PX = 12


class FilterView(QWidget):
    """The weights (C, kh, kw) of one filter, in the colours of signed values; nothing here changes them.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter-view")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._weights: Weights = np.zeros((0, 1, 1), np.float32)
        self._images: list[QImage] = []
        self._coloured = False
        self._theme = theme.current()
        self.retranslate()

    def set_weights(self, weights: Weights | None, *, coloured: bool = False) -> None:
        """Show a filter; ``coloured`` says that its three channels are red, green and blue. None: nothing."""
        self._weights = np.zeros((0, 1, 1), np.float32) if weights is None else weights
        self._coloured = coloured and len(self._weights) == 3
        self._images = []
        self.setVisible(len(self._weights) > 0)
        self.retranslate()
        self.update()

    def weights(self) -> Weights:
        """Return the filter shown, shape (C, kh, kw); C is 0 while there is none."""
        return self._weights

    @property
    def shows_colours(self) -> bool:
        """Whether the filter is also shown as one colour picture."""
        return self._coloured

    def _picture(self, tile: int) -> QImage:
        """Return tile number ``tile``: the colour picture first where there is one, then every channel."""
        if not self._images:
            scale = scale_of(np.append(self._weights.ravel(), np.float32(-1e-9)))
            shown = self._weights[: self._count()]
            # Coloured in one go: there may be hundreds of channels of nine cells.
            planes = list(scale.pixels(shown.reshape(-1, shown.shape[2])).reshape(shown.shape))
            if self._coloured:
                bound = max(abs(scale.low), abs(scale.high))
                whole = render_rgb(np.ascontiguousarray(self._weights), -bound, bound)
                planes.insert(0, without_numbers(whole, np.isnan(self._weights.sum(axis=0))))
            for pixels in planes:
                packed = np.ascontiguousarray(pixels)
                height, width = packed.shape
                image = QImage(packed.data, width, height, width * 4, QImage.Format.Format_RGB32)
                # The copy owns its pixels.
                self._images.append(image.copy())
        return self._images[tile]

    def _count(self) -> int:
        """Return how many channels there is room for at all."""
        return min(len(self._weights), 512)

    def _tiles(self) -> list[QRect]:
        now, count = theme.current(), self._count() + self._coloured
        gap = now.px(_GAP_PX)
        side = now.px(_TILE_PX)
        while side > now.px(_LEAST_PX) and self._across(side, gap) * self._down(side, gap) < count:
            side -= 2
        across = self._across(side, gap)
        return [
            QRect(n % across * (side + gap), n // across * (side + gap), side, side)
            for n in range(min(count, across * self._down(side, gap)))
        ]

    def _across(self, side: int, gap: int) -> int:
        return max(1, (self.width() + gap) // (side + gap))

    def _down(self, side: int, gap: int) -> int:
        return max(1, (self.height() + gap) // (side + gap))

    def sizeHint(self) -> QSize:
        """Return the height of one row of large tiles, or of a few rows of small ones."""
        now = theme.current()
        return QSize(now.px(240), now.px(_TILE_PX) + now.px(_GAP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles there is room for."""
        del event
        painter, now = QPainter(self), theme.current()
        tiles = self._tiles() if len(self._weights) else []
        for n, box in enumerate(tiles):
            painter.drawImage(box, self._picture(n))
            painter.setPen(QPen(QColor(now.colours.line), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell the weights of the channel under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self)
            return True
        return super().event(event)

    def _tip(self, point: QPoint) -> str:
        tile = next((n for n, box in enumerate(self._tiles()) if box.contains(point)), None)
        if tile is None or not len(self._weights) or (self._coloured and tile == 0):
            return self.toolTip()
        channel = tile - self._coloured
        plane = self._weights[channel]
        lines = [self.tr("Channel {0}").format(channel)]
        if plane.shape[0] <= 11:
            lines += ["  ".join(format_weight(float(weight)) for weight in row) for row in plane]
        return "\n".join(lines)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Weights of the filter"))
        shape = " × ".join(map(str, self._weights.shape))
        self.setAccessibleDescription(shape)
        self.setToolTip(self.tr("Weights of the filter: blue below zero, white at zero, orange above"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
