"""Places for the names of points in a plot, so that none lies over another, over a mark or over a line."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF

# Directions in which a name may stand, the best first: the corners leave the line of points free.
_DIRECTIONS = (
    (1.0, -1.0),
    (-1.0, -1.0),
    (1.0, 1.0),
    (-1.0, 1.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, 0.0),
    (-1.0, 0.0),
)
_DISTANCES = (1.0, 1.8, 2.8, 4.0)
# What it costs a name to cross a line, to stand far off, and to stand in a less good direction.
_CROSSED, _FAR, _TURNED = 40.0, 6.0, 1.0


@dataclass(frozen=True)
class Named:
    """A point with the room its mark and its name take."""

    centre: QPointF
    radius: float
    name: QSizeF


def place_names(
    points: Sequence[Named], line: Sequence[QPointF], inside: QRectF, taken: Sequence[QRectF] = ()
) -> list[QRectF] | None:
    """Return where every name stands, in the order of ``points``; None if there is no room for all.

    Parameters
    ----------
    points : sequence of Named
        The most crowded are placed first.
    line : sequence of QPointF
        Corners of a line that names should not cross; they may if there is no other place.
    inside : QRectF
        Where names may be.
    taken : sequence of QRectF
        Where nothing may stand.
    """
    marks = [_around(point.centre, point.radius) for point in points]
    placed: dict[int, QRectF] = {}
    for index in sorted(range(len(points)), key=lambda one: _room(points, one)):
        blocked = [*placed.values(), *taken, *marks]
        found = [
            (cost + _crossing(place, line), n, place)
            for n, (cost, place) in enumerate(_candidates(points[index]))
            if inside.contains(place) and not any(place.intersects(other) for other in blocked)
        ]
        if not found:
            return None
        placed[index] = min(found, key=lambda one: one[:2])[2]
    return [placed[index] for index in range(len(points))]


def _around(centre: QPointF, radius: float) -> QRectF:
    return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)


def _room(points: Sequence[Named], index: int) -> float:
    """Return how far the nearest other point is."""
    here = points[index].centre
    others = [point.centre - here for n, point in enumerate(points) if n != index]
    return min((math.hypot(one.x(), one.y()) for one in others), default=math.inf)


def _candidates(point: Named) -> list[tuple[float, QRectF]]:
    """Return what a name could stand in, each with what it costs."""
    out = []
    for far, distance in enumerate(_DISTANCES):
        for turn, (across, down) in enumerate(_DIRECTIONS):
            straight = 1.2 if not across or not down else 0.8
            reach = point.radius * straight * distance + 1.0
            x = point.centre.x() + across * (reach + point.name.width() / 2)
            y = point.centre.y() + down * (reach + point.name.height() / 2)
            corner = QPointF(x - point.name.width() / 2, y - point.name.height() / 2)
            out.append((far * _FAR + turn * _TURNED, QRectF(corner, point.name)))
    return out


def _crossing(place: QRectF, line: Sequence[QPointF]) -> float:
    return _CROSSED * sum(_crosses(place, *ends) for ends in pairwise(line))


def _crosses(place: QRectF, start: QPointF, end: QPointF) -> bool:
    """Return whether the straight line from ``start`` to ``end`` goes through ``place``."""
    low, high = 0.0, 1.0
    for first, last, near, far in (
        (start.x(), end.x(), place.left(), place.right()),
        (start.y(), end.y(), place.top(), place.bottom()),
    ):
        along = last - first
        if not along:
            if not near <= first <= far:
                return False
            continue
        one, other = sorted(((near - first) / along, (far - first) / along))
        low, high = max(low, one), min(high, other)
    return low <= high
