"""Pictures as images of Qt, at their own size and small."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from convviz.core.picture import Picture
from convviz.engine.render import Display, render, render_rgb

THUMBNAIL_PX = 96
"""Longest side of the small pictures, in pixels."""


def thumbnail(picture: Picture) -> QImage:
    """Return a picture no longer than :data:`THUMBNAIL_PX`."""
    step = max(1, max(picture.height, picture.width) // (4 * THUMBNAIL_PX))
    return image_of(replace(picture, values=np.array(picture.values[::step, ::step]))).scaled(
        QSize(THUMBNAIL_PX, THUMBNAIL_PX),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def image_of(picture: Picture) -> QImage:
    """Return a picture pixel by pixel, with its own memory."""
    if picture.channels == 3:
        pixels = render_rgb(np.moveaxis(picture.values, -1, 0), picture.low, picture.high)
    else:
        pixels = render(picture.values[..., 0], Display.LINEAR, picture.low, picture.high)
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
