"""All kernels of a layer at a glance: a row per filter, a column per input channel."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.widgets.kernel_icons import kernel_pixmap
from convviz.ui.widgets.spoken import describe

# Room for all columns, and the height from which on the kernels scroll.
WIDTH_PX = 236
MOST_HEIGHT_PX = 320
# More channels than this go on in further tables below the first.
MOST_COLUMNS = 8
LARGEST_PX = 64
HEAD_PX = 20
GAP_PX = 8
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class FilterMatrix(QScrollArea):
    """Shows small pictures of kernels and lets one be chosen; many scroll in a small area of their own.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int, int)  # filter and channel of the kernel the user picked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter-matrix")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.kernels = KernelTable()
        self.kernels.chosen.connect(self.chosen)
        self.setWidget(self.kernels)
        # The panel behind shows through.
        self.viewport().setAutoFillBackground(False)
        self.kernels.setAutoFillBackground(False)
        self._fit()

    def set_filters(self, weights: NDArray[np.float64], channel_names: tuple[str, ...]) -> None:
        """Show ``weights`` (T, K, kh, kw); ``channel_names`` head the K columns."""
        self.kernels.set_filters(weights, channel_names)
        self._fit()

    def set_selected(self, index: int, channel: int) -> None:
        """Outline one kernel, and scroll to it if it is another than before."""
        if self.kernels.set_selected(index, channel):
            place = self.kernels.place(*self.kernels.selected)
            middle, reach = place.center(), place.height() // 2 + theme.current().px(HEAD_PX)
            self.ensureVisible(middle.x(), middle.y(), 0, reach)

    def _fit(self) -> None:
        wanted = self.kernels.sizeHint()
        if wanted != self.kernels.size():
            self.kernels.resize(wanted)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room all pictures need, up to a limited height."""
        wanted, now = self.kernels.sizeHint(), theme.current()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(now.px(WIDTH_PX) + bar, min(wanted.height(), now.px(MOST_HEIGHT_PX)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: no column is cut off."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "kernels"):
            self.kernels.forget_pictures()
            self._fit()
            self.updateGeometry()


class KernelTable(QWidget):
    """The pictures themselves, each drawn when it is first seen and kept until its weights change.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int, int)  # filter and channel of the kernel the user picked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kernel-table")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._weights: NDArray[np.float64] = np.zeros((1, 1, 1, 1))
        self._names: tuple[str, ...] = ("",)
        self._pictures: dict[tuple[int, int], QPixmap] = {}
        self._selected = (0, 0)
        self.retranslate()

    @property
    def selected(self) -> tuple[int, int]:
        """Filter and channel of the kernel outlined."""
        return self._selected

    def set_filters(self, weights: NDArray[np.float64], channel_names: tuple[str, ...]) -> None:
        """Show ``weights`` (T, K, kh, kw), with ``channel_names`` above the K columns."""
        if weights.shape == self._weights.shape and channel_names == self._names:
            for at in np.argwhere((weights != self._weights).any(axis=(2, 3))).tolist():
                self._pictures.pop((at[0], at[1]), None)
                self.update(self.place(*at))
        else:
            self._pictures.clear()
            self.update()
        self._weights, self._names = weights, channel_names

    def set_selected(self, index: int, channel: int) -> bool:
        """Outline one kernel; return whether it is another than before."""
        selected = min(index, self._weights.shape[0] - 1), min(channel, self._weights.shape[1] - 1)
        if selected == self._selected:
            return False
        self._selected = selected
        self.retranslate()
        self.update()
        return True

    def picture(self, index: int, channel: int) -> QPixmap:
        """Return the picture of one kernel."""
        found = self._pictures.get((index, channel))
        if found is None:
            kernel = self._weights[index, channel]
            found = kernel_pixmap(kernel, self._extent(), self.devicePixelRatioF())
            self._pictures[index, channel] = found
        return found

    def forget_pictures(self) -> None:
        """Draw everything anew, for sizes and colours have changed."""
        self._pictures.clear()
        self.update()

    def _columns(self) -> int:
        return min(int(self._weights.shape[1]), MOST_COLUMNS)

    def _extent(self) -> int:
        now = theme.current()
        room = now.px(WIDTH_PX - HEAD_PX) // self._columns() - now.px(GAP_PX)
        return max(4, min(now.px(LARGEST_PX), room))

    def _pitch(self) -> int:
        return self._extent() + theme.current().px(GAP_PX)

    def _table_height(self) -> int:
        return theme.current().px(HEAD_PX) + int(self._weights.shape[0]) * self._pitch()

    def place(self, index: int, channel: int) -> QRect:
        """Return where the picture of one kernel is."""
        head, extent = theme.current().px(HEAD_PX), self._extent()
        table, column = divmod(channel, self._columns())
        top = table * self._table_height() + head + index * self._pitch()
        return QRect(head + column * self._pitch(), top, extent, extent)

    def sizeHint(self) -> QSize:
        """Return the room all pictures need."""
        tables = -(-int(self._weights.shape[1]) // self._columns())
        return QSize(theme.current().px(WIDTH_PX), tables * self._table_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings, kernels and the outline of the chosen one, as far as they are on screen."""
        painter = QPainter(self)
        painter.setFont(theme.current().words(13, bold=True))
        for channel, name in enumerate(self._names):
            self._paint_heading(painter, channel, name)
        for index, channel in np.ndindex(*self._weights.shape[:2]):
            where = self.place(index, channel)
            if where.intersects(event.rect()):
                painter.drawPixmap(where.topLeft(), self.picture(index, channel))
            if channel % self._columns() == 0:
                painter.setPen(QColor(theme.current().colours.muted))
                beside = QRect(0, where.top(), where.left(), where.height())
                painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, str(index + 1))
        self._outline(painter)
        painter.end()

    def _paint_heading(self, painter: QPainter, channel: int, name: str) -> None:
        now = theme.current()
        tints = {"R": now.colours.red, "G": now.colours.green, "B": now.colours.blue}
        painter.setPen(QColor(tints.get(name, now.colours.muted)))
        above = self.place(0, channel)
        above.moveTop(above.top() - now.px(HEAD_PX))
        above.setHeight(now.px(HEAD_PX))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, name)

    def _outline(self, painter: QPainter) -> None:
        now = theme.current()
        painter.setPen(QPen(QColor(now.colours.focus), now.px(3 if self.hasFocus() else 2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        space = now.px(3)
        painter.drawRect(self.place(*self._selected).adjusted(-space, -space, space - 1, space - 1))

    def kernel_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return filter and channel of the kernel at ``point``, or None between them."""
        for index, channel in np.ndindex(*self._weights.shape[:2]):
            if self.place(index, channel).contains(point):
                return index, channel
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the kernel under the pointer."""
        found = self.kernel_at(event.position().toPoint())
        if found is not None:
            self.chosen.emit(*found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the click here: it is no business of the panel behind."""
        event.accept()

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

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Kernels of all filters"))
        self.setToolTip(self.tr("A row per filter, a column per channel; click a kernel to edit it"))
        index, channel = self._selected
        describe(self, self.tr("filter {0}, channel {1}").format(index + 1, channel + 1))
