"""Small icons drawn as vectors, so that they need no font and no file."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

# Icons are drawn finer than they are shown, for screens with more than one pixel per point.
_FINE = 3


class Glyph(StrEnum):
    """The icons there are."""

    FIRST = "first"
    BACK = "back"
    PLAY = "play"
    PAUSE = "pause"
    FORWARD = "forward"
    CLOSE = "close"
    WARNING = "warning"
    NOTE = "note"
    RIGHT = "right"
    WRONG = "wrong"


# Filled shapes in a square from (0, 0) to (1, 1): triangles as three points, bars as (x, y, width, height).
_TRIANGLES: dict[Glyph, list[list[tuple[float, float]]]] = {
    Glyph.FIRST: [[(0.55, 0.15), (0.55, 0.85), (0.18, 0.5)], [(0.92, 0.15), (0.92, 0.85), (0.55, 0.5)]],
    Glyph.BACK: [[(0.85, 0.1), (0.85, 0.9), (0.3, 0.5)]],
    Glyph.PLAY: [[(0.2, 0.08), (0.2, 0.92), (0.88, 0.5)]],
    Glyph.FORWARD: [[(0.15, 0.1), (0.15, 0.9), (0.7, 0.5)]],
}
_BARS: dict[Glyph, list[tuple[float, float, float, float]]] = {
    Glyph.FIRST: [(0.04, 0.15, 0.11, 0.7)],
    Glyph.BACK: [(0.14, 0.1, 0.12, 0.8)],
    Glyph.PAUSE: [(0.18, 0.1, 0.24, 0.8), (0.58, 0.1, 0.24, 0.8)],
    Glyph.FORWARD: [(0.74, 0.1, 0.12, 0.8)],
}
_STROKES: dict[Glyph, list[list[tuple[float, float]]]] = {
    Glyph.CLOSE: [[(0.2, 0.2), (0.8, 0.8)], [(0.8, 0.2), (0.2, 0.8)]],
    Glyph.WRONG: [[(0.2, 0.2), (0.8, 0.8)], [(0.8, 0.2), (0.2, 0.8)]],
    Glyph.RIGHT: [[(0.12, 0.55), (0.4, 0.82), (0.88, 0.2)]],
    Glyph.WARNING: [
        [(0.5, 0.1), (0.95, 0.9), (0.05, 0.9), (0.5, 0.1)],
        [(0.5, 0.4), (0.5, 0.62)],
        [(0.5, 0.755), (0.5, 0.765)],
    ],
    Glyph.NOTE: [[(0.5, 0.46), (0.5, 0.74)], [(0.5, 0.265), (0.5, 0.275)]],
}


def draw(painter: QPainter, glyph: Glyph, box: QRectF, colour: str) -> None:
    """Draw ``glyph`` into the square ``box`` in ``colour`` (``#rrggbb``)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for triangle in _TRIANGLES.get(glyph, []):
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in triangle]))
    for bar in _BARS.get(glyph, []):
        painter.drawRect(QRectF(*bar))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = 0.14 if glyph in (Glyph.RIGHT, Glyph.WRONG) else 0.1
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, cap, join))
    for stroke in _STROKES.get(glyph, []):
        path = QPainterPath(QPointF(*stroke[0]))
        for x, y in stroke[1:]:
            path.lineTo(x, y)
        painter.drawPath(path)
    if glyph is Glyph.NOTE:
        painter.drawEllipse(QRectF(0.06, 0.06, 0.88, 0.88))
    painter.restore()


def pixmap(glyph: Glyph, colour: str, pixels: int, *, before: int = 0, after: int = 0) -> QPixmap:
    """Return ``glyph`` in ``colour``, ``pixels`` logical pixels wide and high.

    ``before`` and ``after`` are logical pixels that stay empty at its left and right.
    """
    out = QPixmap(_FINE * (before + pixels + after), _FINE * pixels)
    out.setDevicePixelRatio(_FINE)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    draw(painter, glyph, QRectF(before, 0, pixels, pixels), colour)
    painter.end()
    return out


def icon(glyph: Glyph, colour: str, disabled: str, pixels: int, *, before: int = 0, after: int = 0) -> QIcon:
    """Return an icon for a button: ``glyph`` in ``colour``, or in ``disabled`` while it cannot be pressed.

    ``before`` and ``after`` keep it off a word at its left or right.
    """
    out = QIcon(pixmap(glyph, colour, pixels, before=before, after=after))
    out.addPixmap(pixmap(glyph, disabled, pixels, before=before, after=after), QIcon.Mode.Disabled)
    return out
