"""All kernels of a layer at a glance: a row per filter, a column per input channel."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.widgets.kernel_paint import KernelPicture

WIDTH_PX = 250
LARGEST_PX = 64
HEAD_PX = 20
GAP_PX = 8
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class FilterMatrix(QWidget):
    """Shows small pictures of kernels and lets one be chosen.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int, int)  # filter and channel of the kernel the user picked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter-matrix")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._weights: NDArray[np.float64] = np.zeros((1, 1, 1, 1))
        self._names: tuple[str, ...] = ("",)
        self._pictures: list[list[KernelPicture]] = []
        self._selected = (0, 0)
        self.retranslate()

    def set_filters(self, weights: NDArray[np.float64], channel_names: tuple[str, ...]) -> None:
        """Show ``weights`` (T, K, kh, kw); ``channel_names`` head the K columns."""
        if np.array_equal(weights, self._weights) and channel_names == self._names and self._pictures:
            return
        self._weights, self._names = weights, channel_names
        self._draw_pictures()

    def set_selected(self, index: int, channel: int) -> None:
        """Outline one kernel."""
        self._selected = (index, min(channel, self._weights.shape[1] - 1))
        self.retranslate()
        self.update()

    def _draw_pictures(self) -> None:
        extent = self._extent()
        self._pictures = [[KernelPicture(k, extent, lettered=False) for k in row] for row in self._weights]
        self.updateGeometry()
        self.update()

    def _extent(self) -> int:
        now, columns = theme.current(), int(self._weights.shape[1])
        room = now.px(WIDTH_PX - HEAD_PX) // columns - now.px(GAP_PX)
        return max(4, min(now.px(LARGEST_PX), room))

    def _pitch(self) -> int:
        return self._extent() + theme.current().px(GAP_PX)

    def place(self, index: int, channel: int) -> QRect:
        """Return where the picture of one kernel is."""
        head, extent = theme.current().px(HEAD_PX), self._extent()
        return QRect(head + channel * self._pitch(), head + index * self._pitch(), extent, extent)

    def sizeHint(self) -> QSize:
        """Return the room all pictures need."""
        head = theme.current().px(HEAD_PX)
        rows, columns = self._weights.shape[:2]
        return QSize(head + columns * self._pitch(), head + rows * self._pitch())

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings, kernels and the outline of the chosen one."""
        del event
        now = theme.current()
        painter = QPainter(self)
        painter.setFont(now.words(13, bold=True))
        head, colours = now.px(HEAD_PX), now.colours
        tints = {"R": colours.red, "G": colours.green, "B": colours.blue}
        for channel, name in enumerate(self._names):
            painter.setPen(QColor(tints.get(name, colours.muted)))
            where = self.place(0, channel)
            painter.drawText(QRect(where.left(), 0, where.width(), head), Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(QColor(colours.muted))
        for index, row in enumerate(self._pictures):
            where = self.place(index, 0)
            painter.drawText(
                QRect(0, where.top(), head, where.height()), Qt.AlignmentFlag.AlignVCenter, str(index + 1)
            )
            for channel, picture in enumerate(row):
                where, size = self.place(index, channel), picture.layout.size
                picture.paint(
                    painter, where.topLeft() + QPoint(*((where.width() - n) // 2 for n in size.toTuple()))
                )
        self._outline(painter)
        painter.end()

    def _outline(self, painter: QPainter) -> None:
        now = theme.current()
        painter.setPen(QPen(QColor(now.colours.focus), now.px(3 if self.hasFocus() else 2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        space = now.px(3)
        painter.drawRect(self.place(*self._selected).adjusted(-space, -space, space - 1, space - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the kernel under the pointer."""
        point = event.position().toPoint()
        for index, channel in np.ndindex(*self._weights.shape[:2]):
            if self.place(index, channel).contains(point):
                self.chosen.emit(index, channel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a neighbour with the arrow keys."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        limits = self._weights.shape[:2]
        index, channel = (
            min(max(at + by, 0), most - 1) for at, by, most in zip(self._selected, move, limits, strict=True)
        )
        self.chosen.emit(index, channel)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_selected"):
            self._draw_pictures()

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Kernels of all filters"))
        self.setToolTip(self.tr("A row per filter, a column per channel; click a kernel to edit it"))
        index, channel = self._selected
        self.setAccessibleDescription(self.tr("filter {0}, channel {1}").format(index + 1, channel + 1))
