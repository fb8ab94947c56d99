"""A small kernel that is only looked at."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.widgets.kernel_paint import KernelPicture, Weights

EXTENT = 84


class KernelMiniature(QWidget):
    """A kernel as small coloured cells.

    Parameters
    ----------
    parent : QWidget
        Owner.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._picture: KernelPicture | None = None
        self._blank = False

    def show_weights(self, weights: Weights) -> None:
        """Show ``weights``, shape (kh, kw)."""
        self._picture = KernelPicture(weights, theme.current().px(EXTENT))
        self.setFixedSize(self._picture.layout.size + QSize(2, 2))
        self.update()

    def side(self) -> int:
        """Return the side of a cell in pixels, 0 before there are any."""
        return self._picture.layout.side if self._picture is not None else 0

    def set_blank(self, blank: bool) -> None:
        """Leave the place empty while the kernel is on its way here."""
        self._blank = blank
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells."""
        del event
        if self._picture is not None and not self._blank:
            painter = QPainter(self)
            self._picture.paint(painter, QPoint(1, 1))
            painter.end()
