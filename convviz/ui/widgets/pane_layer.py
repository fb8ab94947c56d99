"""The cells of a map drawn once into an image, which is then shown under moving marks at no cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_cells import Cells, shows_digits
from convviz.ui.widgets.pane_content import Content, Shading
from convviz.ui.widgets.pane_digits import Digits, Writer
from convviz.ui.widgets.pane_geometry import PaneGeometry
from convviz.ui.widgets.pane_shading import beyond, flags_at, shaded_pixels

HATCH_PX = 7

Pixels = NDArray[np.uint32]
Index = NDArray[np.int64]
# First device pixel of the widget, and which sample it and the following ones show.
Spread = tuple[int, Index]


@dataclass(frozen=True, eq=False)
class Layer:
    """Cells drawn into an image.

    Parameters
    ----------
    image : QImage
        The image, its device pixel ratio set.
    left, top : float
        Where it goes, in pixels of the widget.
    digits : Digits or None
        What is written in the cells of the content.
    buffer : ndarray
        Memory of the image.
    """

    image: QImage
    left: float
    top: float
    digits: Digits | None
    buffer: Pixels


def build_layer(
    geometry: PaneGeometry, content: Content, shading: Shading, theme: Theme, writer: Writer
) -> Layer | None:
    """Draw the cells of ``content`` that are on screen; None if there are none."""
    rows, columns, ratio = geometry.rows, geometry.columns, geometry.ratio
    top, row_of = rows.spread(content.view.rows)
    left, column_of = columns.spread(content.view.columns)
    if not len(row_of) or not len(column_of):
        return None
    pixels = shaded_pixels(content, geometry.height, geometry.width, shading, theme.colours)
    if min(rows.cell * content.view.rows.step, columns.cell * content.view.columns.step) >= 1:
        buffer = _enlarged(pixels, row_of, column_of)
    else:
        buffer = _shrunk(geometry, content, pixels, (top, left), (len(row_of), len(column_of)))
    digits = None
    hatch = _hatch(geometry, content, shading, theme, ((top, row_of), (left, column_of)))
    has_digits = shows_digits(geometry, content)
    if has_digits or hatch is not None or any(geometry.border):
        # Not into the content's own pixels.
        buffer = np.require(buffer, requirements=["W", "O"])
        if hatch is not None:
            _lay_over(buffer, hatch)
        cells = Cells(geometry, content, shading, theme)
        if has_digits:
            cells.cut_gaps(buffer, top, left)
        target = _image(buffer)
        painter = QPainter(target)
        painter.translate(-left, -top)
        if has_digits:
            cells.round_corners(painter)
            digits = cells.write_digits(painter, pixels, writer)
        if any(geometry.border):
            cells.dash_padding(painter)
        painter.end()
    image = _image(buffer)
    image.setDevicePixelRatio(ratio)
    return Layer(image, left / ratio, top / ratio, digits, buffer)


def _image(buffer: Pixels) -> QImage:
    height, width = buffer.shape
    # Opaque pixels are the same premultiplied; the gaps between cells will be transparent.
    return QImage(buffer.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)


def _enlarged(pixels: Pixels, row_of: Index, column_of: Index) -> Pixels:
    """Return every pixel as a block, or the very pixels where one is shown as one."""
    for axis, index in ((1, column_of), (0, row_of)):
        first, last = int(index[0]), int(index[-1])
        if last - first == len(index) - 1:
            pixels = pixels[:, first : last + 1] if axis else pixels[first : last + 1]
        else:
            pixels = pixels.take(index, axis=axis)
    return np.ascontiguousarray(pixels)


def _shrunk(
    geometry: PaneGeometry, content: Content, pixels: Pixels, at: tuple[int, int], size: tuple[int, int]
) -> Pixels:
    """Return ``size`` device pixels from ``at`` on of the picture scaled smoothly below 1:1."""
    rows, columns = content.view.rows, content.view.columns
    y, x = geometry.rows, geometry.columns
    top, bottom = y.edge(rows.start), y.edge(min(rows.start + rows.step * rows.count, y.high))
    left, right = x.edge(columns.start), x.edge(min(columns.start + columns.step * columns.count, x.high))
    pixels = np.ascontiguousarray(pixels)
    source = QImage(pixels.data, columns.count, rows.count, columns.count * 4, QImage.Format.Format_RGB32)
    buffer = np.zeros(size, np.uint32)
    target = _image(buffer)
    painter = QPainter(target)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    # Between one and two samples meet in a pixel: bilinear is as good as an average, at a third of the time.
    painter.drawImage(QRect(left - at[1], top - at[0], max(1, right - left), max(1, bottom - top)), source)
    painter.end()
    return buffer


def _hatch(
    geometry: PaneGeometry, content: Content, shading: Shading, theme: Theme, shown: tuple[Spread, Spread]
) -> Pixels | None:
    """Return the premultiplied shading over what is never read; None if everything on screen is."""
    rows, columns = content.view.rows.positions, content.view.columns.positions
    unread_rows, unread_columns = (
        flags_at(shading.unread_rows, rows),
        flags_at(shading.unread_columns, columns),
    )
    if not unread_rows.any() and not unread_columns.any():
        return None
    inside = ~beyond(rows, geometry.height)[:, np.newaxis] & ~beyond(columns, geometry.width)
    unread = (unread_rows[:, np.newaxis] | unread_columns) & inside
    (top, row_of), (left, column_of) = shown
    period = max(4, round(theme.px(HATCH_PX) * geometry.ratio))
    shade = QColor(theme.colours.shade)
    tones = np.array(
        [_premultiplied(shade, 150)] * (period // 4) + [_premultiplied(shade, 50)] * period, np.uint32
    )
    # Tied to the widget, so that the lines run on from cell to cell.
    down, along = (top + np.arange(len(row_of))) % period, (left + np.arange(len(column_of))) % period
    hatch = np.empty((len(row_of), len(column_of)), np.uint32)
    for phase in range(period):
        hatch[down == phase] = tones[:period][(along + phase) % period]
    hatch *= unread.take(column_of, axis=1).take(row_of, axis=0)
    return hatch


def _lay_over(buffer: Pixels, hatch: Pixels) -> None:
    target = _image(buffer)
    painter = QPainter(target)
    painter.drawImage(0, 0, _image(hatch))
    painter.end()


def _premultiplied(colour: QColor, alpha: int) -> np.uint32:
    red, green, blue = (round(c * alpha / 255) for c in (colour.red(), colour.green(), colour.blue()))
    return np.uint32(alpha << 24 | red << 16 | green << 8 | blue)
