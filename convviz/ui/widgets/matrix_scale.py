"""The scale of a matrix of distances: which colour is how far."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from convviz.engine.render import Display, render
from convviz.ui.theme import Theme

_WORD_PX, _BAR_PX, _GAP_PX = 13, 10, 6
_SHADES = 64


def scale_room(now: Theme, most: str, *, upright: bool) -> float:
    """Return how high the scale is; upright, how wide."""
    metrics = QFontMetricsF(now.digits(_WORD_PX))
    if upright:
        return now.px(_BAR_PX) + now.px(_GAP_PX) + metrics.horizontalAdvance(most)
    return max(metrics.height(), now.px(_BAR_PX))


def draw_scale(painter: QPainter, now: Theme, box: QRectF, most: str, *, upright: bool) -> None:
    """Draw the colours from 0 to ``most``, with these two numbers at the ends.

    Parameters
    ----------
    painter : QPainter
        Where to.
    now : Theme
        Fonts and colours.
    box : QRectF
        Where: a line, or upright a column.
    most : str
        The largest distance, as it is written.
    upright : bool
        Whether 0 is at the bottom rather than at the left.
    """
    font, align = now.digits(_WORD_PX), Qt.AlignmentFlag
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QColor(now.colours.muted))
    shades = np.linspace(0, 1, _SHADES, dtype=np.float32)
    if upright:
        bar = QRectF(box.left(), box.top(), now.px(_BAR_PX), box.height())
        draw_shades(painter, bar, shades[::-1, np.newaxis])
        words = box.adjusted(now.px(_BAR_PX + _GAP_PX), 0, 0, 0)
        painter.drawText(words, int(align.AlignLeft | align.AlignTop), most)
        painter.drawText(words, int(align.AlignLeft | align.AlignBottom), "0")
        return
    left, right = metrics.horizontalAdvance("0"), metrics.horizontalAdvance(most)
    above = (box.height() - now.px(_BAR_PX)) / 2
    bar = box.adjusted(left + now.px(_GAP_PX), above, -right - now.px(_GAP_PX), -above)
    draw_shades(painter, bar, shades[np.newaxis])
    painter.drawText(box, int(align.AlignLeft | align.AlignVCenter), "0")
    painter.drawText(box, int(align.AlignRight | align.AlignVCenter), most)


def draw_shades(painter: QPainter, bar: QRectF, shades: np.ndarray) -> None:
    """Draw values (h, w) from 0 to 1 as colours."""
    pixels = np.ascontiguousarray(render(shades, Display.VIRIDIS, 0.0, 1.0))
    height, width = pixels.shape
    painter.drawImage(bar, QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32))
