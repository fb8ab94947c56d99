"""Strokes of a pen: lines through points whose coordinates go from 0 to 1, right and down."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

Point = tuple[float, float]
Stroke = tuple[Point, ...]

MOST_STROKES = 200
MOST_POINTS = 500
"""Points of one stroke; a longer one goes on as the next."""

_INK_PX = 280
# A point nearer to the one before, in sides of the field, adds nothing that is seen.
_NEAR = 0.004


class Drawing:
    """Strokes, of which the last can go on.

    Parameters
    ----------
    strokes : sequence of Stroke
        What is drawn already.
    """

    def __init__(self, strokes: Sequence[Stroke] = ()) -> None:
        self._strokes = [list(stroke) for stroke in strokes]

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is drawn, in the order it was drawn."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def start(self, point: Point) -> bool:
        """Begin a stroke; return whether there was room for it."""
        if len(self._strokes) >= MOST_STROKES:
            return False
        self._strokes.append([point])
        return True

    def go_on(self, point: Point) -> bool:
        """Draw on to ``point``; return whether that changed anything."""
        if not self._strokes:
            return self.start(point)
        stroke = self._strokes[-1]
        last = stroke[-1]
        if max(abs(point[0] - last[0]), abs(point[1] - last[1])) < _NEAR:
            return False
        if len(stroke) < MOST_POINTS:
            stroke.append(point)
        elif len(self._strokes) < MOST_STROKES:
            self._strokes.append([last, point])
        else:
            return False
        return True

    def ink(self, width: float) -> NDArray[np.float32]:
        """Return 0 where nothing is drawn, 1 where everything is; shape (280, 280)."""
        image = QImage(_INK_PX, _INK_PX, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRectF(0, 0, _INK_PX, _INK_PX), width, "#ffffff")
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(_INK_PX, image.bytesPerLine())
        return rows[:, :_INK_PX].astype(np.float32) / np.float32(255)

    def paint(self, painter: QPainter, square: QRectF, width: float, ink: str) -> None:
        """Paint everything into ``square``, its lines ``width`` sides wide."""
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(QColor(ink), width * square.width(), Qt.PenStyle.SolidLine, cap, join))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            points = [
                QPointF(square.left() + x * square.width(), square.top() + y * square.height())
                for x, y in stroke
            ]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
