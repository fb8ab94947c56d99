"""A kernel as coloured cells: where they lie, how they are lettered, and how they are painted."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QImage, QPainter, QPen, QPixmap

from convviz.core.kernels import rotate
from convviz.core.numbers import format_weight
from convviz.engine.render import Display, render
from convviz.ui import theme

Weights = NDArray[np.float64]

# From so many columns or rows on, cells are too small for digits and show only their colours.
SMALL_CELLS = 8
_FAINT = 70
_LARGEST_DIGITS, _SMALLEST_DIGITS = 26, 10


@dataclass(frozen=True)
class CellLayout:
    """Where the cells lie, in screen pixels from the top left corner of the first.

    Parameters
    ----------
    rows, columns : int
        Size of the kernel.
    side, gap : int
        Side of a cell, and the space between two.
    """

    rows: int
    columns: int
    side: int
    gap: int

    @classmethod
    def fit(cls, rows: int, columns: int, extent: int) -> "CellLayout":
        """Return square cells as large as ``extent`` pixels either way allow, at most a third of it."""
        most = max(rows, columns)
        gap = theme.current().px(2) if most < SMALL_CELLS else 1
        side = (extent - gap * (max(most, 3) - 1)) // max(most, 3)
        return cls(rows, columns, max(side, 1), gap)

    @property
    def size(self) -> QSize:
        """Size of all cells together."""
        pitch = self.side + self.gap
        return QSize(self.columns * pitch - self.gap, self.rows * pitch - self.gap)

    def rect(self, row: int, column: int) -> QRect:
        """Return the square of a cell."""
        pitch = self.side + self.gap
        return QRect(column * pitch, row * pitch, self.side, self.side)

    def cell_at(self, position: QPoint) -> tuple[int, int] | None:
        """Return the cell under ``position``, its share of the gap included, or None outside."""
        pitch = self.side + self.gap
        row, column = position.y() // pitch, position.x() // pitch
        return (row, column) if 0 <= row < self.rows and 0 <= column < self.columns else None


@dataclass(frozen=True)
class Lettering:
    """The digits in the cells.

    Parameters
    ----------
    texts : list of list of str
        One text per cell; empty when there is no room for digits.
    pixels : int
        Size of the digits.
    exact : bool
        Whether every cell says all that :func:`~convviz.core.numbers.format_weight` would.
    """

    texts: list[list[str]]
    pixels: int
    exact: bool

    @classmethod
    def fit(cls, weights: Weights, side: int) -> "Lettering":
        """Return digits that fit into cells ``side`` pixels wide, with fewer decimals if need be."""
        current = theme.current()
        if max(weights.shape) < SMALL_CELLS:
            advance = QFontMetricsF(current.digits(100)).horizontalAdvance("0") / current.px(100)
            room, largest = side * 0.88, min(current.px(_LARGEST_DIGITS), round(side * 0.42))
            for digits in (4, 3, 2):
                texts = [[format_weight(float(w), digits) for w in row] for row in weights]
                longest = max(len(text) for row in texts for text in row)
                pixels = min(largest, int(room / (advance * longest)))
                if pixels >= current.px(_SMALLEST_DIGITS):
                    return cls(texts, pixels, exact=digits == 4)
        return cls([], 0, exact=False)


def cell_colours(weights: Weights) -> NDArray[np.uint32]:
    """Return the signed colour of every weight as ``0xFFRRGGBB``, full at the largest magnitude."""
    # Scaled before they become 32-bit numbers, which tiny and huge weights may not be.
    limit = float(np.abs(weights).max()) or 1.0
    return render(weights / limit, Display.SIGNED, -1.0, 1.0)


def _image(colours: NDArray[np.uint32]) -> QImage:
    """Return one pixel per cell; the image keeps its own copy."""
    rows, columns = colours.shape
    return QImage(colours.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def ink_on(ground: QColor) -> QColor:
    """Return black or white, whichever stands out more on ``ground`` (WCAG relative luminance)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (ground.redF(), ground.greenF(), ground.blueF())
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return QColor(Qt.GlobalColor.black if luminance > 0.179 else Qt.GlobalColor.white)


class KernelPicture:
    """A kernel ready to be painted at one size.

    Parameters
    ----------
    weights : ndarray, shape (kh, kw)
        The kernel.
    extent : int
        Pixels it may take either way.
    lettered : bool
        Whether digits are written where there is room.
    """

    def __init__(self, weights: Weights, extent: int, *, lettered: bool = True) -> None:
        rows, columns = weights.shape
        self._weights, self._extent, self._lettered = weights, extent, lettered
        self.layout = CellLayout.fit(rows, columns, extent)
        self.colours = cell_colours(weights)
        self.lettering = Lettering.fit(weights, self.layout.side) if lettered else Lettering([], 0, False)

    def turned(self) -> "KernelPicture":
        """Return the picture of the kernel turned by 180°."""
        return KernelPicture(rotate(self._weights), self._extent, lettered=self._lettered)

    def paint(self, painter: QPainter, origin: QPoint) -> None:
        """Paint the cells with the first one's corner at ``origin``."""
        self.paint_turned(painter, QRectF(QRect(origin, self.layout.size)).center(), 1.0, 0.0)

    def paint_turned(self, painter: QPainter, centre: QPointF, scale: float, degrees: float) -> None:
        """Paint the cells turned clockwise about ``centre`` and scaled; the digits stay upright."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(centre)
        painter.save()
        painter.rotate(degrees)
        painter.scale(scale, scale)
        self._paint_squares(painter)
        painter.restore()
        self._paint_digits(painter, scale, math.radians(degrees))
        painter.restore()

    def _middle(self) -> QPointF:
        return QRectF(QRect(QPoint(0, 0), self.layout.size)).center()

    def _paint_squares(self, painter: QPainter) -> None:
        current = theme.current()
        middle = self._middle()
        if self.layout.side < current.px(16):
            self._paint_small(painter, middle)
            return
        painter.setPen(QPen(QColor(current.colours.line), 1))
        radius = current.px(3)
        for row, colours in enumerate(self.colours.tolist()):
            for column, colour in enumerate(colours):
                square = QRectF(self.layout.rect(row, column)).translated(-middle)
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_small(self, painter: QPainter, middle: QPointF) -> None:
        """Paint many cells as an image, with faint lines that keep the white ones apart."""
        colours = theme.current().colours
        pitch = self.layout.side + self.layout.gap
        size = self.layout.size
        box = QRectF(-middle.x(), -middle.y(), size.width(), size.height())
        painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(colours.line))
        faint = QColor(colours.shade)
        faint.setAlpha(_FAINT)
        painter.save()
        # At rest every edge lies between two pixels: smooth edges would look the same and take long.
        at_rest = not (painter.worldTransform().isRotating() or painter.worldTransform().isScaling())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not at_rest)
        painter.setClipRect(box)
        cells = QRectF(box.topLeft(), QSizeF(pitch * self.layout.columns, pitch * self.layout.rows))
        painter.drawImage(cells, _image(self.colours))
        for column in range(1, self.layout.columns):
            line = QRectF(box.left() + column * pitch - 1, box.top(), 1, box.height())
            painter.fillRect(line, faint)
        for row in range(1, self.layout.rows):
            line = QRectF(box.left(), box.top() + row * pitch - 1, box.width(), 1)
            painter.fillRect(line, faint)
        painter.restore()

    def _paint_digits(self, painter: QPainter, scale: float, angle: float) -> None:
        if not self.lettering.texts:
            return
        painter.setFont(theme.digits_font(round(self.lettering.pixels * scale)))
        middle, side = self._middle(), self.layout.side * scale
        for row, texts in enumerate(self.lettering.texts):
            for column, text in enumerate(texts):
                arm = (QRectF(self.layout.rect(row, column)).center() - middle) * scale
                x = arm.x() * math.cos(angle) - arm.y() * math.sin(angle)
                y = arm.x() * math.sin(angle) + arm.y() * math.cos(angle)
                painter.setPen(ink_on(QColor(int(self.colours[row, column]))))
                box = QRectF(x - side, y - side, 2 * side, 2 * side)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


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
    painter.drawImage(frame.toRect(), _image(colours))
    painter.setPen(QColor(theme.current().colours.muted))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame.toRect().adjusted(0, 0, -1, -1))
