"""Zoom and centre shared by linked panes, in the coordinates of the input picture."""

import math
import weakref
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QRectF, QSizeF, QTimer, Signal
from shiboken6 import isValid

from convviz.ui import theme

MAX_CELL_PX = 160
ZOOM_STEP = 1.25
# From this size on, fitted cells get whole pixels, so that a grid of numbers is even.
EVEN_CELL_PX = 8


@dataclass(frozen=True)
class Placement:
    """Where a map lies over the input picture.

    Parameters
    ----------
    scale : float
        One cell of the map is this many input cells wide and high.
    top, left : float
        Top left corner of the map's cell (0, 0), in input cells.
    """

    scale: float = 1.0
    top: float = 0.0
    left: float = 0.0


class Linked(Protocol):
    """What a viewport asks of a pane."""

    def extent(self) -> QRectF:
        """Return the rectangle the pane's map covers with its border, in input cells; empty without a map."""

    def canvas_size(self) -> QSizeF:
        """Return the size of the area the map is drawn in, in screen pixels."""

    def placement(self) -> Placement:
        """Return where the pane's map lies."""

    def isVisible(self) -> bool:  # noqa: N802 - Qt's name
        """Return whether the pane is on screen."""


class Viewport(QObject):
    """Which part of the input linked panes look at, and how large.

    While ``fitted``, the zoom is the largest at which every visible pane shows its whole map with its border.

    Parameters
    ----------
    parent : QObject, optional
        Owner.
    """

    changed = Signal()  # zoom or centre are different now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panes: list[weakref.ref[Linked]] = []
        self._zoom, self._centre = 1.0, (0.0, 0.0)
        self._announced = (self._zoom, self._centre)
        self._fitted = True
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._announce)

    @property
    def zoom(self) -> float:
        """Screen pixels per input cell."""
        self._settle()
        return self._zoom

    @property
    def centre(self) -> tuple[float, float]:
        """Point (y, x) in the middle of every pane, in input cells."""
        self._settle()
        return self._centre

    @property
    def fitted(self) -> bool:
        """Whether the zoom follows the panes' sizes so that everything is shown."""
        return self._fitted

    @property
    def shows_everything(self) -> bool:
        """Whether there is nothing to pan to."""
        return self._fitted or self.zoom <= self.fit_zoom()

    def attach(self, pane: Linked) -> None:
        """Link ``pane``; it is kept weakly."""
        if all(other is not pane for other in self._alive()):
            self._panes.append(weakref.ref(pane))
        self.refresh()

    def detach(self, pane: Linked) -> None:
        """Unlink ``pane``."""
        self._panes = [ref for ref in self._panes if ref() is not None and ref() is not pane]
        self.refresh()

    def refresh(self) -> None:
        """Take note that a pane's size, map or visibility changed; ``changed`` follows when that matters."""
        self._dirty = True
        self._timer.start(0)

    def fit(self) -> None:
        """Show everything, and keep doing so when sizes change."""
        self._fitted = self._dirty = True
        self._announce()

    def actual_size(self) -> None:
        """Show one input cell as one screen pixel, around the same centre."""
        self._move(1.0, self.centre)

    def look_at(self, centre: tuple[float, float], zoom: float) -> None:
        """Show the point (y, x), in input cells, in the middle, with so many screen pixels for a cell."""
        self._settle()
        self._move(min(zoom, self._max_zoom()), centre)

    def zoom_in(self) -> None:
        """Zoom one step in around the centre."""
        self.zoom_at(self.centre, ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom one step out around the centre."""
        self.zoom_at(self.centre, 1 / ZOOM_STEP)

    def zoom_at(self, point: tuple[float, float], factor: float) -> None:
        """Multiply the zoom by ``factor`` while input ``point`` (y, x) stays where it is on screen.

        On the way out the zoom stops once at the fit; it ends at half of that, and at 160 px per cell.
        """
        zoom, fit, (y, x) = self.zoom, self.fit_zoom(), self.centre
        if zoom > fit > zoom * factor:
            self.fit()
            return
        new = min(max(zoom * factor, min(zoom, fit / 2)), max(zoom, self._max_zoom(), fit))
        if new == zoom:
            return
        keep = zoom / new
        self._move(new, (point[0] + (y - point[0]) * keep, point[1] + (x - point[1]) * keep))

    def pan(self, dy: float, dx: float) -> None:
        """Move the centre by (dy, dx) input cells, as far as the maps reach."""
        y, x = self.centre
        self._move(self.zoom, (y + dy, x + dx))

    def ensure_visible(self, rect: QRectF) -> None:
        """Pan as little as needed for ``rect``, in input cells, to be inside every visible pane."""
        canvases = [pane.canvas_size() for pane in self._shown()]
        if self.shows_everything or not canvases:
            return
        zoom, (y, x) = self.zoom, self.centre
        half_height = min(c.height() for c in canvases) / zoom / 2
        half_width = min(c.width() for c in canvases) / zoom / 2
        y = _into(y, rect.top(), rect.bottom(), half_height)
        x = _into(x, rect.left(), rect.right(), half_width)
        if (y, x) != self.centre:
            self._move(zoom, (y, x))

    def fit_zoom(self) -> float:
        """Return the zoom at which every visible pane shows everything."""
        shown = self._shown()
        if not shown:
            return 1.0
        middle = self._extents(shown).center()
        zoom = self._max_zoom()
        for pane in shown:
            extent, canvas = pane.extent(), pane.canvas_size()
            half_height = max(middle.y() - extent.top(), extent.bottom() - middle.y())
            half_width = max(middle.x() - extent.left(), extent.right() - middle.x())
            zoom = min(zoom, canvas.height() / 2 / half_height, canvas.width() / 2 / half_width)
        return float(math.floor(zoom)) if zoom >= EVEN_CELL_PX else max(zoom, 1e-4)

    def _max_zoom(self) -> float:
        scale = min((pane.placement().scale for pane in self._shown()), default=1.0)
        return MAX_CELL_PX * theme.current().scale / scale

    def _alive(self) -> list[Linked]:
        panes = (ref() for ref in self._panes)
        return [pane for pane in panes if pane is not None and isValid(pane)]

    def _shown(self) -> list[Linked]:
        """Return the visible panes with a map, or all with one while none is on screen yet."""
        panes = [pane for pane in self._alive() if not pane.extent().isEmpty()]
        return [pane for pane in panes if pane.isVisible()] or panes

    @staticmethod
    def _extents(panes: list[Linked]) -> QRectF:
        union = QRectF()
        for pane in panes:
            union = union.united(pane.extent())
        return union

    def _move(self, zoom: float, centre: tuple[float, float]) -> None:
        shown = self._shown()
        if shown:
            union = self._extents(shown)
            centre = (
                min(max(centre[0], union.top()), union.bottom()),
                min(max(centre[1], union.left()), union.right()),
            )
            if zoom <= self.fit_zoom():
                centre = (union.center().y(), union.center().x())
        self._fitted = self._dirty = False
        self._zoom, self._centre = zoom, centre
        self._announce()

    def _settle(self) -> None:
        """Bring zoom and centre up to date with the panes."""
        if not self._dirty:
            return
        self._dirty = False
        shown = self._shown()
        if self._fitted and shown:
            middle = self._extents(shown).center()
            self._zoom, self._centre = self.fit_zoom(), (middle.y(), middle.x())

    def _announce(self) -> None:
        self._settle()
        if (self._zoom, self._centre) != self._announced:
            self._announced = self._zoom, self._centre
            self.changed.emit()


def _into(centre: float, low: float, high: float, half: float) -> float:
    """Return the centre nearest to ``centre`` whose surroundings of ``half`` contain ``low`` to ``high``."""
    if high - low >= 2 * half:
        return (low + high) / 2
    return min(max(centre, high - half), low + half)
