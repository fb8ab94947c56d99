"""The cells of a map drawn once into an image, which is then shown under moving marks at no cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from convviz.core.geometry import Ramp
from convviz.engine.compute import View
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_cells import Cells, shows_digits
from convviz.ui.widgets.pane_content import Content, Shading
from convviz.ui.widgets.pane_digits import Digits, Writer
from convviz.ui.widgets.pane_geometry import Axis, PaneGeometry
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
    view : View
        Its cells.
    digits : Digits or None
        What is written in them.
    buffer : ndarray
        Memory of the image.
    """

    image: QImage
    left: float
    top: float
    view: View
    digits: Digits | None
    buffer: Pixels

    def covers(self, area: QRectF) -> bool:
        """Return whether the image hides all of ``area``; between cells with numbers there are gaps."""
        size = self.image.deviceIndependentSize()
        return self.digits is None and QRectF(QPointF(self.left, self.top), size).contains(area)


class _Ground:
    """What is the same for every content of one view at one place.

    Parameters
    ----------
    geometry : PaneGeometry
        Where the map is.
    view : View
        Which of its cells are known.
    shading : Shading
        Which of them are hatched.
    theme : Theme
        Colours and sizes.
    """

    def __init__(self, geometry: PaneGeometry, view: View, shading: Shading, theme: Theme) -> None:
        rows, columns = geometry.rows, geometry.columns
        self.top, self._row_of = rows.spread(view.rows)
        self.left, self._column_of = columns.spread(view.columns)
        self._smooth = min(rows.cell * view.rows.step, columns.cell * view.columns.step) < 1
        top, bottom = _ends(rows, view.rows)
        left, right = _ends(columns, view.columns)
        self._target = QRect(left - self.left, top - self.top, max(1, right - left), max(1, bottom - top))
        shown = ((self.top, self._row_of), (self.left, self._column_of))
        padded = any(
            beyond(ramp.positions, size).any()
            for ramp, size in ((view.rows, geometry.height), (view.columns, geometry.width))
        )
        # Whether every cell simply has its colour.
        self.plain = not (padded or shading.hides)
        self.hatch = _hatch(geometry, view, shading, theme, shown)
        # One memory for all contents: fresh memory costs more than drawing does.
        self._buffer = np.zeros((len(self._row_of), len(self._column_of)), np.uint32)
        self._wide = np.empty((0, 0), np.uint32)

    @property
    def empty(self) -> bool:
        """Whether nothing is on screen."""
        return not self._buffer.size

    def spread(self, pixels: Pixels) -> Pixels:
        """Return the device pixels that show ``pixels``; the next ones overwrite them."""
        if self._smooth:
            self._shrink(pixels)
        else:
            self._enlarge(pixels)
        return self._buffer

    def _enlarge(self, pixels: Pixels) -> None:
        """Show every pixel as a block, or as one where that is its size."""
        rows, columns = self._row_of, self._column_of
        if _in_turn(columns):
            wide = pixels[:, columns[0] : columns[-1] + 1]
        else:
            if self._wide.shape != (len(pixels), len(columns)):
                self._wide = np.empty((len(pixels), len(columns)), np.uint32)
            # Every index is in range; only this mode writes straight into ``out``.
            wide = pixels.take(columns, axis=1, out=self._wide, mode="clip")
        if _in_turn(rows):
            np.copyto(self._buffer, wide[rows[0] : rows[-1] + 1])
        else:
            wide.take(rows, axis=0, out=self._buffer, mode="clip")

    def _shrink(self, pixels: Pixels) -> None:
        """Show the picture scaled smoothly below 1:1."""
        pixels = np.ascontiguousarray(pixels)
        height, width = pixels.shape
        source = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        target = _image(self._buffer)
        painter = QPainter(target)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        # Between one and two samples meet in a pixel: bilinear is as good as an average, in a third of the
        # time.
        painter.drawImage(self._target, source)
        painter.end()


class LayerMaker:
    """Draws the cells of one pane, keeping what one content leaves to the next."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._ground: _Ground | None = None
        self._writer = Writer()

    def make(self, geometry: PaneGeometry, content: Content, shading: Shading, theme: Theme) -> Layer | None:
        """Return the cells of ``content`` that are on screen; None if there are none.

        It holds until the next one is made.
        """
        lettered = shows_digits(geometry, content)
        if lettered:
            # Until those at this zoom have come, there may be a hundred times as many as are in sight.
            content = content.within(geometry.view())
        key = (geometry, content.view, shading, theme)
        if self._ground is None or key != self._key:
            self._key, self._ground = key, _Ground(geometry, content.view, shading, theme)
        ground = self._ground
        if ground.empty:
            return None
        pixels = content.pixels
        if not ground.plain:
            pixels = shaded_pixels(content, geometry.height, geometry.width, shading, theme.colours)
        buffer = ground.spread(pixels)
        if ground.hatch is not None:
            _lay_over(buffer, ground.hatch)
        digits = None
        if lettered or any(geometry.border):
            digits = self._draw_cells(Cells(geometry, content, shading, theme), ground, buffer, pixels)
        image = _image(buffer)
        image.setDevicePixelRatio(geometry.ratio)
        left, top = ground.left / geometry.ratio, ground.top / geometry.ratio
        return Layer(image, left, top, content.view, digits, buffer)

    def _draw_cells(self, cells: Cells, ground: _Ground, buffer: Pixels, pixels: Pixels) -> Digits | None:
        """Draw gaps, numbers and padding over the colours of the cells."""
        if cells.lettered:
            cells.cut_gaps(buffer, ground.top, ground.left)
        digits = None
        target = _image(buffer)
        painter = QPainter(target)
        painter.translate(-ground.left, -ground.top)
        if cells.lettered:
            cells.round_corners(painter)
            digits = cells.write_digits(painter, pixels, self._writer)
        if cells.padded:
            cells.dash_padding(painter)
        painter.end()
        return digits


def _ends(axis: Axis, ramp: Ramp) -> tuple[int, int]:
    """Return the device pixels between which the samples of ``ramp`` lie."""
    return axis.edge(ramp.start), axis.edge(min(ramp.start + ramp.step * ramp.count, axis.high))


def _in_turn(index: Index) -> bool:
    """Return whether ``index`` names neighbours, each once."""
    return bool(index[-1] - index[0] == len(index) - 1)


def _image(buffer: Pixels) -> QImage:
    height, width = buffer.shape
    # Opaque pixels are the same premultiplied; the gaps between cells will be transparent.
    return QImage(buffer.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)


def _hatch(
    geometry: PaneGeometry, view: View, shading: Shading, theme: Theme, shown: tuple[Spread, Spread]
) -> Pixels | None:
    """Return the premultiplied shading over what is never read; None if everything on screen is."""
    above, _, before, _ = geometry.border
    unread_rows, unread_columns = (
        flags_at(shading.unread_rows, view.rows.positions + above),
        flags_at(shading.unread_columns, view.columns.positions + before),
    )
    if not unread_rows.any() and not unread_columns.any():
        return None
    unread = unread_rows[:, np.newaxis] | unread_columns
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
