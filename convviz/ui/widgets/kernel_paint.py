"""A kernel as coloured cells: where they lie, how they are lettered, and how they are painted."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from convviz.core.kernels import rotate
from convviz.core.number_style import written
from convviz.core.numbers import plain_weight
from convviz.engine.render import Display, render
from convviz.ui import theme

Weights = NDArray[np.float64]

# From so many columns or rows on, cells are too small for digits and show only their colours.
SMALL_CELLS = 8
_FAINT = 70
_LARGEST_DIGITS, SMALLEST_DIGITS = 26, 10

# A weight that is dragged leaves the others as they are; looking for fractions takes a while.
_plain_text = lru_cache(maxsize=1024)(plain_weight)


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
    def fit(cls, weights: Weights, side: int, smallest: int = SMALLEST_DIGITS) -> "Lettering":
        """Return digits that fit into cells ``side`` pixels wide, with fewer decimals if need be.

        Rather than smaller than ``smallest`` design pixels there are none.
        """
        current = theme.current()
        if max(weights.shape) < SMALL_CELLS:
            advance = _advance(current)
            room, largest = side * 0.88, min(current.px(_LARGEST_DIGITS), round(side * 0.42))
            for digits in (4, 3, 2):
                texts = [[written(_plain_text(w, digits)) for w in row] for row in weights.tolist()]
                longest = max(len(text) for row in texts for text in row)
                pixels = min(largest, int(room / (advance * longest)))
                if pixels >= current.px(smallest):
                    return cls(texts, pixels, exact=digits == 4)
        return cls([], 0, exact=False)


@lru_cache(maxsize=4)
def _advance(current: theme.Theme) -> float:
    """Return the width of a digit as a share of its height."""
    return QFontMetricsF(current.digits(100)).horizontalAdvance("0") / current.px(100)


def cell_colours(weights: Weights) -> NDArray[np.uint32]:
    """Return the signed colour of every weight as ``0xFFRRGGBB``, full at the largest magnitude."""
    # Scaled before they become 32-bit numbers, which tiny and huge weights may not be.
    limit = float(np.abs(weights).max()) or 1.0
    return render(weights / limit, Display.SIGNED, -1.0, 1.0)


def cells_image(colours: NDArray[np.uint32]) -> QImage:
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
    smallest : int
        Design pixels below which digits are left out.
    """

    def __init__(
        self, weights: Weights, extent: int, *, lettered: bool = True, smallest: int = SMALLEST_DIGITS
    ) -> None:
        rows, columns = weights.shape
        self._weights, self._extent, self._lettered, self._smallest = weights, extent, lettered, smallest
        self.layout = CellLayout.fit(rows, columns, extent)
        self.colours = cell_colours(weights)
        none = Lettering([], 0, exact=False)
        self.lettering = Lettering.fit(weights, self.layout.side, smallest) if lettered else none

    def turned(self) -> "KernelPicture":
        """Return the picture of the kernel turned by 180°."""
        turned = rotate(self._weights)
        return KernelPicture(turned, self._extent, lettered=self._lettered, smallest=self._smallest)

    def changed_cells(self, before: "KernelPicture") -> list[tuple[int, int]] | None:
        """Return the few cells that look different from those of ``before``; None if everything may."""
        mine, its = self.lettering, before.lettering
        if self.layout != before.layout or (mine.pixels, mine.exact) != (its.pixels, its.exact):
            return None
        differ = self.colours != before.colours
        if mine.texts:
            differ |= np.array(mine.texts) != np.array(its.texts)
        if np.count_nonzero(differ) > SMALL_CELLS:
            return None
        return [(y, x) for y, x in np.argwhere(differ).tolist()]

    def paint(self, painter: QPainter, origin: QPoint, within: QRect | None = None) -> None:
        """Paint the cells with the first one's corner at ``origin``; only those ``within`` if given."""
        centre = QRectF(QRect(origin, self.layout.size)).center()
        self._paint(painter, centre, 1.0, 0.0, within.translated(-origin) if within is not None else None)

    def paint_turned(self, painter: QPainter, centre: QPointF, scale: float, degrees: float) -> None:
        """Paint the cells turned clockwise about ``centre`` and scaled; the digits stay upright."""
        self._paint(painter, centre, scale, degrees, None)

    def _paint(
        self, painter: QPainter, centre: QPointF, scale: float, degrees: float, within: QRect | None
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(centre)
        painter.save()
        painter.rotate(degrees)
        painter.scale(scale, scale)
        if self.layout.side < theme.current().px(16):
            self._paint_small(painter, self._middle())
        else:
            self._paint_squares(painter, self._cells(within))
        painter.restore()
        if self.lettering.texts:
            self._paint_digits(painter, self._cells(within), scale, math.radians(degrees))
        painter.restore()

    def _cells(self, within: QRect | None) -> list[tuple[int, int]]:
        rows, columns = self.colours.shape
        return [
            (row, column)
            for row in range(rows)
            for column in range(columns)
            if within is None or within.intersects(self.layout.rect(row, column))
        ]

    def _middle(self) -> QPointF:
        return QRectF(QRect(QPoint(0, 0), self.layout.size)).center()

    def _paint_squares(self, painter: QPainter, cells: list[tuple[int, int]]) -> None:
        current = theme.current()
        middle = self._middle()
        painter.setPen(QPen(QColor(current.colours.line), 1))
        radius = current.px(3)
        for cell in cells:
            square = QRectF(self.layout.rect(*cell)).translated(-middle)
            painter.setBrush(QColor(int(self.colours[cell])))
            painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_small(self, painter: QPainter, middle: QPointF) -> None:
        """Paint many cells as an image, with faint lines that keep the white ones apart."""
        pitch = self.layout.side + self.layout.gap
        size = self.layout.size
        box = QRectF(-middle.x(), -middle.y(), size.width(), size.height())
        painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(theme.current().colours.line))
        painter.save()
        # At rest every edge lies between two pixels: smooth edges would look the same and take long.
        at_rest = not (painter.worldTransform().isRotating() or painter.worldTransform().isScaling())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not at_rest)
        painter.setClipRect(box)
        cells = QRectF(box.topLeft(), QSizeF(pitch * self.layout.columns, pitch * self.layout.rows))
        painter.drawImage(cells, cells_image(self.colours))
        if at_rest:
            ratio = painter.device().devicePixelRatio()
            painter.drawImage(box.topLeft(), _lines_image(self.layout, theme.current(), ratio))
        else:
            _draw_lines(painter, self.layout, box.topLeft(), theme.current())
        painter.restore()

    def _paint_digits(
        self, painter: QPainter, cells: list[tuple[int, int]], scale: float, angle: float
    ) -> None:
        painter.setFont(theme.digits_font(round(self.lettering.pixels * scale)))
        middle, side = self._middle(), self.layout.side * scale
        for row, column in cells:
            arm = (QRectF(self.layout.rect(row, column)).center() - middle) * scale
            x = arm.x() * math.cos(angle) - arm.y() * math.sin(angle)
            y = arm.x() * math.sin(angle) + arm.y() * math.cos(angle)
            painter.setPen(ink_on(QColor(int(self.colours[row, column]))))
            box = QRectF(x - side, y - side, 2 * side, 2 * side)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.lettering.texts[row][column])


def _draw_lines(painter: QPainter, layout: CellLayout, corner: QPointF, current: theme.Theme) -> None:
    """Draw faint lines between small cells, of which the first begins at ``corner``."""
    faint = QColor(current.colours.shade)
    faint.setAlpha(_FAINT)
    pitch, size = layout.side + layout.gap, layout.size
    for column in range(1, layout.columns):
        painter.fillRect(QRectF(corner.x() + column * pitch - 1, corner.y(), 1, size.height()), faint)
    for row in range(1, layout.rows):
        painter.fillRect(QRectF(corner.x(), corner.y() + row * pitch - 1, size.width(), 1), faint)


@lru_cache(maxsize=4)
def _lines_image(layout: CellLayout, current: theme.Theme, ratio: float) -> QImage:
    """Return the faint lines on a transparent ground: drawn one by one, they take longer than the cells."""
    image = QImage((layout.size.toSizeF() * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _draw_lines(painter, layout, QPointF(0, 0), current)
    painter.end()
    return image
