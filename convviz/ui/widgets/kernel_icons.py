"""Kernels as small pictures without digits, for lists and menus."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from convviz.ui import theme
from convviz.ui.widgets.kernel_paint import KernelPicture, Weights, cell_colours, cells_image


def kernel_pixmap(weights: Weights, side: int, ratio: float) -> QPixmap:
    """Return the kernel in the middle of ``side`` × ``side`` pixels, without digits, however many its cells.

    Parameters
    ----------
    weights : ndarray, shape (kh, kw)
        The kernel.
    side : int
        Side of the picture, in device-independent pixels.
    ratio : float
        Device pixels per device-independent pixel.
    """
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    picture = KernelPicture(weights, side, lettered=False)
    size = picture.layout.size
    # The lines between the smallest cells would hide their colours.
    if picture.layout.side > 2 and max(size.width(), size.height()) <= side:
        picture.paint(painter, QPoint((side - size.width()) // 2, (side - size.height()) // 2))
    else:
        _paint_flat(painter, picture.colours, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def kernel_icon(weights: Weights, side: int, space: int, ratio: float) -> QIcon:
    """Return the kernel as a picture ``side`` × ``side`` pixels large, without digits.

    Parameters
    ----------
    weights : ndarray, shape (kh, kw)
        The kernel.
    side, space : int
        Side of the picture, and empty space to its right, in device-independent pixels.
    ratio : float
        Device pixels per device-independent pixel.
    """
    pixmap = QPixmap(round((side + space) * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    edge = pixmap.height()
    _paint_flat(painter, cell_colours(weights), QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)


def _paint_flat(painter: QPainter, colours: NDArray[np.uint32], area: QRectF) -> None:
    """Paint the cells without gaps in the middle of the square ``area``, inside a thin frame."""
    rows, columns = colours.shape
    pitch = (area.width() - 2) / max(rows, columns, 3)
    # Of a long row of cells, colours remain to be seen inside the frame.
    frame = QRectF(0, 0, max(columns * pitch, 3.0), max(rows * pitch, 3.0))
    frame.moveCenter(area.center())
    painter.drawImage(frame.toRect(), cells_image(colours))
    painter.setPen(QColor(theme.current().colours.muted))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame.toRect().adjusted(0, 0, -1, -1))
