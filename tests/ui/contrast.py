"""How well a text stands out from its ground, measured on what was painted (WCAG 2.1)."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from convviz.ui.widgets.pane_digits import contrast, luminance

LEAST, LEAST_LARGE = 4.5, 3.0


def pixels(widget: QWidget, margin: int = 0) -> NDArray[np.uint32]:
    """Return what is painted where ``widget`` is, and ``margin`` around it, as 0xFFRRGGBB."""
    top = widget.window()
    box = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size()).adjusted(-margin, -margin, margin, margin)
    image = top.grab(box.intersected(top.rect())).toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return np.bitwise_or(bits[:, : image.width()], np.uint32(0xFF000000))


def of_colours(ink: str, ground: str) -> float:
    """Return the contrast of two colours, ``#rrggbb``."""
    both = np.array([QColor(ink).rgb(), QColor(ground).rgb()], np.uint32)
    return contrast(*luminance(both).tolist())


def of_painted(found: NDArray[np.uint32]) -> float:
    """Return the contrast between the most frequent colour, the ground, and what differs from it most."""
    colours, counts = np.unique(found, return_counts=True)
    light = luminance(colours)
    ground = float(light[counts.argmax()])
    return max(contrast(ground, float(each)) for each in (light.min(), light.max()))
