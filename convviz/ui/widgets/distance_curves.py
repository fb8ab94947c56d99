"""The three distances to the original against a slider, and the two vectors as arrows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.distances import Distance
from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.widgets.distance_matrix import FORMULAS

_WORD_PX, _TITLE_PX, _GAP_PX, _AXIS_PX = 13, 15, 12, 56
# The number of now: large enough for the back row, where the curve still has room below it.
_NUMBERS_PX = (22, 18, 15)
_ROOM = 3.5
# What float32 makes of vectors that differ in their length alone.
_ROUNDING = 1e-9
# The cosine distance is drawn against that of a right angle, so that a direction that stays is seen to stay:
# magnified it would look like the distance that grows.
_LEAST_TOP = {Distance.COSINE: 1.0}


@dataclass(frozen=True)
class Point:
    """Where a curve is: the slider's place, and the distances there; NaN is undefined."""

    place: float
    distances: Mapping[Distance, float]


class DistanceCurves(QWidget):
    """Three curves below each other over one slider.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("distance-curves")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._points: tuple[Point, ...] = ()
        self._now: Point | None = None
        self._range = (0.0, 1.0)
        self._titles: dict[Distance, str] = dict.fromkeys(Distance, "")
        self._axis = ("", "", "")

    def set_titles(self, titles: Mapping[Distance, str]) -> None:
        """Write what the distances are called."""
        self._titles = dict(titles)
        self.update()

    def set_axis(self, low: float, high: float, name: str, first: str, last: str) -> None:
        """Say over which slider, from ``low`` to ``high``, and how its ends are written."""
        self._range, self._axis = (low, high), (name, first, last)
        self.update()

    def show_points(self, points: tuple[Point, ...], now: Point | None) -> None:
        """Show the points that are known, and where the slider is."""
        self._points = tuple(sorted(points, key=lambda point: point.place))
        self._now = now
        said = [f"{self._titles[k]} {_short(now.distances[k])}" for k in Distance] if now is not None else []
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def points(self) -> tuple[Point, ...]:
        """Return the points of the curves, from the lowest place of the slider."""
        return self._points

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(420), theme.current().px(360))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which three curves are told apart."""
        return QSize(theme.current().px(200), theme.current().px(150))

    def top(self, kind: Distance) -> float:
        """Return the value at the upper end of a curve's axis."""
        known = [*self._points, *([self._now] if self._now is not None else [])]
        values = [p.distances[kind] for p in known if math.isfinite(p.distances[kind])]
        return max([*values, _LEAST_TOP.get(kind, 0.0)], default=0.0) or 1.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the three curves and the slider's axis."""
        del event
        painter, now = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot, count = QFontMetricsF(now.words(_WORD_PX)).height() + now.px(4), len(Distance)
        height = (self.height() - foot) / count
        number = next((n for n in _NUMBERS_PX if height > _ROOM * _line(now, n)), _NUMBERS_PX[-1])
        for index, kind in enumerate(Distance):
            self._paint_curve(painter, now, kind, QRectF(0, index * height, self.width(), height), number)
        self._paint_axis(painter, now, QRectF(0, self.height() - foot, self.width(), foot))
        painter.end()

    def _x(self, place: float) -> float:
        left, (low, high) = theme.current().px(_AXIS_PX), self._range
        return left + (place - low) / ((high - low) or 1.0) * (
            self.width() - left - theme.current().px(_GAP_PX)
        )

    def _paint_curve(
        self, painter: QPainter, now: theme.Theme, kind: Distance, box: QRectF, number: int
    ) -> None:
        colours, px = now.colours, now.px
        line = _line(now, number)
        head = QRectF(px(_AXIS_PX), box.top(), box.width() - px(_AXIS_PX) - px(_GAP_PX), line)
        self._paint_head(painter, now, kind, head, number)
        area = QRectF(head.left(), head.bottom() + px(4), head.width(), box.bottom() - head.bottom() - px(12))
        painter.setBrush(QColor(colours.surface))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawRect(area)
        top = self.top(kind)
        painter.setFont(now.digits(12))
        painter.setPen(QColor(colours.muted))
        labels = QRectF(0, area.top() - px(6), px(_AXIS_PX) - px(6), area.height() + px(12))
        painter.drawText(labels, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), _short(top))
        painter.drawText(labels, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), "0")
        self._paint_line(painter, now, kind, area, top)

    def _paint_head(
        self, painter: QPainter, now: theme.Theme, kind: Distance, head: QRectF, number: int
    ) -> None:
        """Write the name, the formula where there is room for it, and the number of now."""
        colours, middle = now.colours, Qt.AlignmentFlag.AlignVCenter
        said = "" if self._now is None else _short(self._now.distances[kind])
        large, title = now.digits(number, bold=True), now.words(_TITLE_PX, bold=True)
        painter.setFont(title)
        painter.setPen(QColor(colours.text))
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft | middle), self._titles[kind])
        after = QFontMetricsF(title).horizontalAdvance(self._titles[kind]) + now.px(_GAP_PX)
        left = head.width() - after - QFontMetricsF(large).horizontalAdvance(said) - now.px(_GAP_PX)
        small = now.digits(_WORD_PX)
        if QFontMetricsF(small).horizontalAdvance(FORMULAS[kind]) <= left:
            painter.setFont(small)
            painter.setPen(QColor(colours.muted))
            painter.drawText(
                head.adjusted(after, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft | middle), FORMULAS[kind]
            )
        painter.setFont(large)
        painter.setPen(QColor(colours.focus))
        painter.drawText(head, int(Qt.AlignmentFlag.AlignRight | middle), said)

    def _paint_line(
        self, painter: QPainter, now: theme.Theme, kind: Distance, area: QRectF, top: float
    ) -> None:
        def spot(point: Point) -> QPointF:
            return QPointF(self._x(point.place), area.bottom() - point.distances[kind] / top * area.height())

        known = [point for point in self._points if math.isfinite(point.distances[kind])]
        path = QPainterPath()
        for index, point in enumerate(known):
            if index:
                path.lineTo(spot(point))
            else:
                path.moveTo(spot(point))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(now.colours.plot), now.px(2)))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.colours.plot))
        for point in known:
            painter.drawEllipse(spot(point), now.px(2), now.px(2))
        if self._now is not None and math.isfinite(self._now.distances[kind]):
            here = spot(self._now)
            painter.setPen(QPen(QColor(now.colours.focus), now.px(1), Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(here.x(), area.top()), QPointF(here.x(), area.bottom()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.colours.focus))
            painter.drawEllipse(here, now.px(5), now.px(5))

    def _paint_axis(self, painter: QPainter, now: theme.Theme, box: QRectF) -> None:
        name, first, last = self._axis
        box = box.adjusted(now.px(_AXIS_PX), 0, -now.px(_GAP_PX), 0)
        painter.setPen(QColor(now.colours.muted))
        painter.setFont(now.words(_WORD_PX))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)
        painter.setFont(now.digits(12))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), first)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), last)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("The three distances to the original against the slider"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


class TwoArrows(QWidget):
    """Two vectors in the plane they span, their lengths and the angle between them to scale.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("two-arrows")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lengths, self._angle = (0.0, 0.0), math.nan

    def show_vectors(self, lengths: tuple[float, float], angle: float) -> None:
        """Show vectors of these lengths with ``angle`` degrees between them; NaN hides the second."""
        self._lengths, self._angle = lengths, angle
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(220), theme.current().px(110))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which an angle is seen."""
        return QSize(theme.current().px(100), theme.current().px(30))

    def tips(self) -> tuple[QPointF, QPointF, QPointF]:
        """Return where the arrows begin, and where the original's and the other end."""
        px, most = theme.current().px, max(self._lengths) or 1.0
        turn = 0.0 if math.isnan(self._angle) else math.radians(self._angle)
        back = max(0.0, -math.cos(turn)) * self._lengths[1] / most
        room = self.width() - 2 * px(10), self.height() - 2 * px(10)
        high = max(math.sin(turn) * self._lengths[1] / most, 0.05)
        scale = min(room[0] / (1 + back), room[1] / high) if math.sin(turn) > 0 else room[0] / (1 + back)
        start = QPointF(px(10) + back * scale, self.height() - px(12))
        first = start + QPointF(self._lengths[0] / most * scale, 0)
        reach = self._lengths[1] / most * scale
        second = start + QPointF(math.cos(turn) * reach, -math.sin(turn) * reach)
        return start, first, second

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the original's vector in grey and the other in violet."""
        del event
        painter, now = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, first, second = self.tips()
        if self._lengths[0] > 0:
            # Below the other, whose direction it may have.
            self._arrow(painter, start, first, now.colours.plot, now.px(6))
        if self._lengths[1] > 0 and not math.isnan(self._angle):
            self._arrow(painter, start, second, now.colours.focus, now.px(2))
        painter.end()

    @staticmethod
    def _arrow(painter: QPainter, start: QPointF, tip: QPointF, ink: str, width: float) -> None:
        along = tip - start
        size = math.hypot(along.x(), along.y())
        if size < 1:
            return
        unit = along / size
        side = QPointF(-unit.y(), unit.x())
        head = min(width * 2 + 5, size)
        painter.setPen(QPen(QColor(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(start, tip - unit * head)
        path = QPainterPath(tip)
        path.lineTo(tip - unit * head + side * head * 0.5)
        path.lineTo(tip - unit * head - side * head * 0.5)
        painter.fillPath(path, QColor(ink))

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Both vectors as arrows"))
        self.setToolTip(
            self.tr("Grey is the original, violet the changed picture; length and angle to scale")
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


def _line(now: theme.Theme, number: int) -> float:
    """Return how high a line with a number of this size is."""
    return QFontMetricsF(now.digits(number, bold=True)).height()


def _short(value: float) -> str:
    """Return a distance in a few digits; what is zero but for rounding says so."""
    if math.isnan(value):
        return "–"
    return "≈ 0" if 0 < value < _ROUNDING else format_number(value, 4, 5)
