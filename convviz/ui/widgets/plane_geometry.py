"""Where the pictures of a plane are on screen, under the zoom and around the centre there are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF

from convviz.core.distances import Numbers
from convviz.ui import theme

MOST_ZOOM = 200.0
_PICTURE_PX, _LEAST_PICTURE_PX = 56, 20
_MARGIN_PX = 40


@dataclass(frozen=True, eq=False)
class PlaneGeometry:
    """A plane as it lies on a widget.

    Parameters
    ----------
    places : ndarray of float64, shape (N, 2)
        The pictures' middles on the plane; the second component grows upwards.
    width, height : int
        Of the widget, in its pixels.
    zoom : float
        How much larger than fitted, from 1 to ``MOST_ZOOM``.
    centre : ndarray of float64, shape (2,)
        What is in the middle of the widget, as seen from the middle of all places.
    """

    places: Numbers
    width: int
    height: int
    zoom: float
    centre: Numbers

    def _fit_scale(self) -> tuple[float, Numbers]:
        """Return pixels per unit at which all places fit, and their middle."""
        if not len(self.places):
            return 1.0, np.zeros(2)
        low, high = self.places.min(axis=0), self.places.max(axis=0)
        margin = 2 * theme.current().px(_MARGIN_PX)
        room = np.array([max(1, self.width - margin), max(1, self.height - margin)])
        spans = high - low
        scales = room[spans > 0] / spans[spans > 0]
        return (float(scales.min()) if len(scales) else 1.0), (low + high) / 2

    def points(self) -> Numbers:
        """Return where the pictures' middles are on the widget, shape (N, 2): x and y."""
        scale, middle = self._fit_scale()
        offsets = (self.places - middle - self.centre) * (scale * self.zoom)
        # The second component grows upwards, as on paper.
        return np.asarray(offsets * [1, -1] + [self.width / 2, self.height / 2])

    def origin(self) -> Numbers:
        """Return where the axes cross on the widget, shape (2,): x and y."""
        scale, middle = self._fit_scale()
        return np.asarray(
            -(middle + self.centre) * (scale * self.zoom) * [1, -1] + [self.width / 2, self.height / 2]
        )

    def side(self) -> float:
        """Return how large a picture is: smaller where there are many of them."""
        now = theme.current()
        room = (self.width * self.height / max(1, len(self.places))) ** 0.5 * self.zoom**0.5
        return float(min(max(room * 0.55, now.px(_LEAST_PICTURE_PX)), now.px(_PICTURE_PX)))

    def order(self, on_top: Sequence[int]) -> list[int]:
        """Return the numbers of the pictures in sight as they are drawn, those ``on_top`` last."""
        points, half = self.points(), self.side() / 2
        inside = (points > -half).all(axis=1) & (points < [self.width + half, self.height + half]).all(axis=1)
        seen = [int(n) for n in np.flatnonzero(inside)]
        last = [n for n in on_top if n in seen]
        return [*(n for n in seen if n not in last), *last]

    def picture_at(self, point: QPointF, on_top: Sequence[int]) -> int | None:
        """Return the number of the picture at a point of the widget, the uppermost of several."""
        points = self.points()
        if not len(points):
            return None
        gaps = np.abs(points - [point.x(), point.y()]).max(axis=1)
        # Those drawn last lie on top.
        order = [n for n in self.order(on_top) if gaps[n] <= self.side() / 2]
        return order[-1] if order else None

    def covered(self, order: Sequence[int]) -> set[int]:
        """Return those that lie under another, drawn later, almost wholly: they are drawn as dots."""
        points, side = self.points(), self.side()
        taken: set[tuple[int, int]] = set()
        covered: set[int] = set()
        for number in reversed(order):
            place = int(points[number, 0] // (side / 2)), int(points[number, 1] // (side / 2))
            if place in taken:
                covered.add(number)
            taken.add(place)
        return covered

    def zoomed(self, point: QPointF, factor: float) -> tuple[float, Numbers]:
        """Return zoom and centre after zooming by ``factor`` at a point of the widget, which stays."""
        new = min(max(self.zoom * factor, 1.0), MOST_ZOOM)
        if new == 1.0:
            return new, np.zeros(2)
        scale, _ = self._fit_scale()
        offset = np.array([point.x() - self.width / 2, self.height / 2 - point.y()]) / scale
        return new, self.centre + offset * (1 / self.zoom - 1 / new)

    def dragged(self, moved: QPointF) -> Numbers:
        """Return the centre after the plane was dragged by ``moved``, in pixels of the widget."""
        scale, _ = self._fit_scale()
        return np.asarray(self.centre - np.array([moved.x(), -moved.y()]) / (scale * self.zoom))
