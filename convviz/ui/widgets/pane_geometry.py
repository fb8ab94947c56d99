"""Where the cells of a map are on screen.

Every cell edge is rounded to a whole device pixel by the same function, so that cells neither overlap nor
leave seams, and marks lie exactly on them.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF

from convviz.core.geometry import Ramp, Rect
from convviz.engine.compute import View
from convviz.ui.widgets.viewport import Placement

Border = tuple[int, int, int, int]


@dataclass(frozen=True)
class Axis:
    """One axis of a map on screen.

    Parameters
    ----------
    origin : float
        Where cell 0 begins, in device pixels of the widget.
    cell : float
        Size of a cell in device pixels.
    low, high : int
        First cell, and one past the last, border included.
    size : int
        Cells of the map without border.
    begin, end : int
        Device pixels of the widget in which the map may be drawn.
    """

    origin: float
    cell: float
    low: int
    high: int
    size: int
    begin: int
    end: int

    def edge(self, cell: int) -> int:
        """Return the device pixel at which ``cell`` begins."""
        return math.floor(self.origin + cell * self.cell + 0.5)

    def edges(self, cells: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the device pixels at which ``cells`` begin."""
        edges: NDArray[np.int64] = np.floor(self.origin + cells * self.cell + 0.5).astype(np.int64)
        return edges

    def cell_at(self, pixel: float) -> int:
        """Return the cell that covers device pixel ``pixel``; it may lie outside the map."""
        cell = math.floor((pixel - self.origin) / self.cell)
        if pixel < self.edge(cell):
            return cell - 1
        return cell + 1 if pixel >= self.edge(cell + 1) else cell

    def ramp(self) -> Ramp:
        """Return the cells to be shown: those on screen and one more, every n-th where pixels are scarcer."""
        if self.high <= self.low:
            return Ramp(0, 1, 0)
        step = max(1, int(1 / self.cell + 1e-9))
        first = min(max(math.floor((self.begin - self.origin) / self.cell) - step, self.low), self.high - 1)
        last = min(max(math.floor((self.end - self.origin) / self.cell) + step, first), self.high - 1)
        # Whole steps from the first cell of the map, so that panning does not make the samples shimmer.
        start = self.low + (first - self.low) // step * step
        return Ramp(start, step, (last - start) // step + 1)

    def spread(self, ramp: Ramp) -> tuple[int, NDArray[np.int64]]:
        """Return the first device pixel that shows ``ramp``, and for each from there on its sample."""
        starts = ramp.start + ramp.step * np.arange(ramp.count + 1, dtype=np.int64)
        edges = np.clip(self.edges(np.clip(starts, self.low, self.high)), self.begin, self.end)
        return int(edges[0]), np.repeat(np.arange(ramp.count), np.diff(edges))


@dataclass(frozen=True)
class PaneGeometry:
    """A map on screen.

    Parameters
    ----------
    canvas : (float, float, float, float)
        Left, top, width and height of the area it is drawn in, in pixels of the widget.
    zoom : float
        Screen pixels per input cell.
    centre : (float, float)
        Input point (y, x) in the middle of the canvas.
    placement : Placement
        Where the map lies over the input.
    height, width : int
        Cells of the map.
    border : (int, int, int, int)
        Cells drawn above, below, left and right of it.
    ratio : float
        Device pixels per pixel.
    """

    canvas: tuple[float, float, float, float]
    zoom: float
    centre: tuple[float, float]
    placement: Placement
    height: int
    width: int
    border: Border
    ratio: float

    @property
    def cell(self) -> float:
        """Size of a cell in screen pixels."""
        return self.zoom * self.placement.scale

    @cached_property
    def rows(self) -> Axis:
        """The vertical axis."""
        top, _, height = self.canvas[1], self.canvas[2], self.canvas[3]
        origin = top + height / 2 + (self.placement.top - self.centre[0]) * self.zoom
        return self._axis(origin, self.height, self.border[0], self.border[1], top, height)

    @cached_property
    def columns(self) -> Axis:
        """The horizontal axis."""
        left, _, width, _ = self.canvas
        origin = left + width / 2 + (self.placement.left - self.centre[1]) * self.zoom
        return self._axis(origin, self.width, self.border[2], self.border[3], left, width)

    def _axis(self, origin: float, size: int, before: int, after: int, begin: float, length: float) -> Axis:
        ratio = self.ratio
        low, high = (-before, size + after) if size else (0, 0)
        # The epsilon keeps a zoom that was computed to fit from losing a pixel to float noise.
        first, last = math.floor(begin * ratio + 1e-6), math.ceil((begin + length) * ratio - 1e-6)
        return Axis(origin * ratio, self.cell * ratio, low, high, size, first, last)

    def view(self) -> View:
        """Return the cells to be shown."""
        return self._view

    @cached_property
    def _view(self) -> View:
        return View(self.rows.ramp(), self.columns.ramp())

    def input_point(self, point: QPointF) -> tuple[float, float]:
        """Return the input coordinates (y, x) of a point of the widget."""
        left, top, width, height = self.canvas
        y = (point.y() - top - height / 2) / self.zoom + self.centre[0]
        x = (point.x() - left - width / 2) / self.zoom + self.centre[1]
        return y, x

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the cell (y, x) of the map, without border, at a point of the widget."""
        left, top, width, height = self.canvas
        if not self.height or not QRectF(left, top, width, height).contains(point):
            return None
        y, x = self.rows.cell_at(point.y() * self.ratio), self.columns.cell_at(point.x() * self.ratio)
        return (y, x) if 0 <= y < self.height and 0 <= x < self.width else None

    def rect(self, cells: Rect) -> QRectF:
        """Return where ``cells`` are, in pixels of the widget."""
        rows, columns, ratio = self.rows, self.columns, self.ratio
        top, bottom = rows.edge(cells.top) / ratio, rows.edge(cells.top + cells.height) / ratio
        left, right = columns.edge(cells.left) / ratio, columns.edge(cells.left + cells.width) / ratio
        return QRectF(left, top, right - left, bottom - top)

    def map_rect(self, *, border: bool = True) -> QRectF:
        """Return where the whole map is, with or without its border."""
        top, bottom, left, right = self.border if border else (0, 0, 0, 0)
        return self.rect(Rect(-top, -left, self.height + top + bottom, self.width + left + right))

    @cached_property
    def exposed(self) -> QRect:
        """Whole pixels of the widget in which the map is on screen."""
        return self.map_rect().intersected(QRectF(*self.canvas)).toAlignedRect()

    def input_rect(self, cells: Rect) -> QRectF:
        """Return the rectangle of ``cells`` in input coordinates."""
        p = self.placement
        return QRectF(
            p.left + cells.left * p.scale,
            p.top + cells.top * p.scale,
            cells.width * p.scale,
            cells.height * p.scale,
        )
