"""A kernel shown as coloured cells, one of them selected; painted as one widget."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convviz.core.numbers import format_weight
from convviz.ui import theme
from convviz.ui.widgets.kernel_paint import SMALLEST_DIGITS, KernelPicture, Weights
from convviz.ui.widgets.spoken import describe


def frozen(weights: Weights) -> Weights:
    """Return a read-only copy."""
    copy = np.array(weights, np.float64)
    copy.flags.writeable = False
    return copy


class KernelView(QWidget):
    """A kernel as coloured cells, of which one is selected; nothing here changes it.

    Parameters
    ----------
    extent : int
        Design pixels the cells may take either way.
    parent : QWidget
        Owner.
    smallest : int
        Design pixels below which digits are left out.
    """

    # Row and column of the cell now selected.
    selection_changed = Signal(int, int)

    _theme: theme.Theme | None = None
    _picture: KernelPicture
    _cell_text = _help = ""

    def __init__(self, extent: int, parent: QWidget, smallest: int = SMALLEST_DIGITS) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._extent, self._smallest = extent, smallest
        self._weights = frozen(np.zeros((1, 1)))
        self._selected = (0, 0)
        self._hovered: tuple[int, int] | None = None
        self._blank = False
        self._restyle()

    def weights(self) -> Weights:
        """Return the kernel shown, shape (kh, kw), read-only."""
        return self._weights

    def weight(self) -> float:
        """Return the weight of the selected cell."""
        return float(self._weights[self._selected])

    def set_weights(self, weights: Weights) -> None:
        """Show ``weights``, shape (kh, kw), without announcing them."""
        same_shape = weights.shape == self._weights.shape
        self._weights = frozen(weights)
        if same_shape:
            self._show_numbers()
        else:
            self._hovered = None
            self._refresh()
            self.select_near(*self._selected)

    def _show_numbers(self) -> None:
        """Show weights of the same shape: mostly one cell has changed."""
        before = self._picture
        self._picture = self._pictured()
        cells = self._picture.changed_cells(before)
        if cells is None:
            self.update()
        for cell in cells or ():
            self.update(self.painted_rect(*cell))
        self._describe()

    def selected(self) -> tuple[int, int]:
        """Return row and column of the selected cell, counted from 0 as in ``w[0, 0]``."""
        return self._selected

    def select(self, row: int, column: int) -> None:
        """Select a cell."""
        if (row, column) != self._selected:
            self._selected = (row, column)
            self.selection_changed.emit(row, column)
        self._describe()
        self.update()

    def select_near(self, row: int, column: int) -> None:
        """Select a cell, or the nearest to it where the kernel ends."""
        rows, columns = self._weights.shape
        self.select(min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))

    def picture(self) -> KernelPicture:
        """Return the kernel as it is painted here."""
        return self._picture

    def cells_rect(self) -> QRect:
        """Return the rectangle of all cells in this widget."""
        return QRect(QPoint(self._margin, self._margin), self._picture.layout.size)

    def cell_rect(self, row: int, column: int) -> QRect:
        """Return the square of a cell in this widget."""
        return self._picture.layout.rect(row, column).translated(self._margin, self._margin)

    def painted_rect(self, row: int, column: int) -> QRect:
        """Return the pixels of this widget that a cell colours: a small one fills the gap behind it too."""
        gap = self._picture.layout.gap
        return self.cell_rect(row, column).adjusted(0, 0, gap, gap)

    def shows_all_digits(self) -> bool:
        """Return whether every cell shows its weight in full."""
        return self._picture.lettering.exact

    def set_blank(self, blank: bool) -> None:
        """Leave the place empty while the kernel turns in front of it."""
        self._blank = blank
        self.update()

    def set_extent(self, extent: int) -> None:
        """Let the cells take ``extent`` design pixels either way."""
        self._extent = extent
        self._refresh()

    def cell_at(self, position: QPointF) -> tuple[int, int] | None:
        """Return the cell under ``position`` in this widget, or None."""
        return self._picture.layout.cell_at(position.toPoint() - QPoint(self._margin, self._margin))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the cell under the pointer."""
        super().leaveEvent(event)
        self.hover(None)

    def hover(self, cell: tuple[int, int] | None) -> None:
        """Mark the cell under the pointer."""
        if cell != self._hovered:
            self._hovered = cell
            self.update()

    def set_texts(self, cell_text: str, help_text: str) -> None:
        """Set what is said of the selected cell, with its row, column and weight, and of what can be done."""
        self._cell_text, self._help = cell_text, help_text
        self._describe()
        self._refresh()

    def tell(self, event: QHelpEvent) -> None:
        """Show the weight under the pointer in full."""
        cell = self.cell_at(QPointF(event.pos()))
        if cell is None:
            QToolTip.hideText()
            return
        text = f"w[{cell[0]}, {cell[1]}] = {format_weight(float(self._weights[cell]))}"
        QToolTip.showText(event.globalPos(), f"{text}\n{self._help}", self, self.cell_rect(*cell))

    def _describe(self) -> None:
        row, column = self._selected
        weight = format_weight(self.weight())
        describe(self, self._cell_text.format(row=row, column=column, weight=weight))

    def _pictured(self) -> KernelPicture:
        return KernelPicture(self._weights, theme.current().px(self._extent), smallest=self._smallest)

    def _refresh(self) -> None:
        self._margin = theme.current().px(3)
        self._picture = self._pictured()
        size = self._picture.layout.size + QSize(2 * self._margin, 2 * self._margin)
        if size != self.size():
            self.setFixedSize(size)
        self.update()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the selected cell."""
        super().focusInEvent(event)
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the violet frame away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, the one under the pointer and the one selected."""
        if self._blank:
            return
        painter = QPainter(self)
        self._picture.paint(painter, QPoint(self._margin, self._margin), event.rect())
        current = theme.current()
        if self._hovered is not None and self._hovered != self._selected:
            self._frame(painter, self._hovered, QColor(current.colours.focus), 1)
        if self.hasFocus() or not self.shows_all_digits():
            width = current.px(3) if self.hasFocus() else current.px(2)
            self._frame(painter, self._selected, QColor(current.colours.focus), width)
        painter.end()

    def _frame(self, painter: QPainter, cell: tuple[int, int], colour: QColor, width: int) -> None:
        """Draw a frame about a cell, outside a small one so that its colour stays visible."""
        box = self.cell_rect(*cell)
        if box.width() < theme.current().px(16):
            box = box.adjusted(-width, -width, width, width)
        pen = QPen(colour, width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        half = width // 2
        painter.drawRect(box.adjusted(half, half, -half - width % 2, -half - width % 2))
