"""What a figure paints, laid out before it is painted: boxes, lines and texts, each with its place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

Align = Qt.AlignmentFlag
CENTRE = Align.AlignHCenter | Align.AlignVCenter
LEFT = Align.AlignLeft | Align.AlignVCenter
RIGHT = Align.AlignRight | Align.AlignVCenter


@dataclass(frozen=True)
class Label:
    """A text of one line in its place; ``ink`` is ``#rrggbb``."""

    place: QRectF
    text: str
    font: QFont
    ink: str
    align: Qt.AlignmentFlag = CENTRE

    def inked(self) -> QRectF:
        """Return the rectangle that the letters take up."""
        metrics = QFontMetricsF(self.font)
        width, height = metrics.horizontalAdvance(self.text), metrics.height()
        left = self.place.center().x() - width / 2
        if self.align & Align.AlignLeft:
            left = self.place.left()
        elif self.align & Align.AlignRight:
            left = self.place.right() - width
        return QRectF(left, self.place.center().y() - height / 2, width, height)

    def paint(self, painter: QPainter) -> None:
        """Write it."""
        painter.setFont(self.font)
        painter.setPen(QColor(self.ink))
        painter.drawText(self.place, int(self.align) | int(Qt.TextFlag.TextDontClip), self.text)


@dataclass(frozen=True)
class Box:
    """A rectangle, filled or outlined or both; colours as ``#rrggbb``, empty for none."""

    place: QRectF
    fill: str = ""
    outline: str = ""
    width: float = 1.0
    dashed: bool = False
    radius: float = 0.0

    def paint(self, painter: QPainter) -> None:
        """Paint it, its outline inside."""
        half = self.width / 2 if self.outline else 0.0
        painter.setPen(_pen(self.outline, self.width, self.dashed))
        painter.setBrush(QColor(self.fill) if self.fill else Qt.BrushStyle.NoBrush)
        inner = self.place.adjusted(half, half, -half, -half)
        painter.drawRoundedRect(inner, self.radius, self.radius)


@dataclass(frozen=True)
class Lines:
    """A line through points; with ``arrow`` pixels of head at its end, or closed and filled.

    ``pattern`` are lengths of dashes and gaps in turn, in widths of the line; empty for a solid one.
    """

    points: Sequence[QPointF]
    ink: str
    width: float = 1.0
    dashed: bool = False
    arrow: float = 0.0
    fill: str = ""
    pattern: tuple[float, ...] = ()

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        pen = _pen(self.ink, self.width, self.dashed)
        if self.pattern:
            pen.setDashPattern(list(self.pattern))
        painter.setPen(pen)
        if self.fill:
            painter.setBrush(QColor(self.fill))
            painter.drawPolygon(QPolygonF(list(self.points)))
            return
        points = list(self.points)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not self.arrow:
            painter.drawPolyline(QPolygonF(points))
            return
        tip, along = points[-1], points[-1] - points[-2]
        unit = along / (math.hypot(along.x(), along.y()) or 1.0)
        side = QPointF(-unit.y(), unit.x()) * self.arrow * 0.5
        foot = tip - unit * self.arrow
        # The shaft ends inside the head, so that its flat end does not blunt the tip.
        painter.drawPolyline(QPolygonF([*points[:-1], foot + unit]))
        head = QPainterPath(tip)
        head.lineTo(foot + side)
        head.lineTo(foot - side)
        painter.fillPath(head, QColor(self.ink))


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    centre: QPointF
    radius: float
    fill: str
    outline: str = ""
    width: float = 1.0

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        painter.setPen(_pen(self.outline, self.width, False))
        painter.setBrush(QColor(self.fill) if self.fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.centre, self.radius, self.radius)


Item = Label | Box | Lines | Dot


@dataclass
class Scene:
    """Everything a figure shows, in the order of painting, and where a click picks what."""

    items: list[Item] = field(default_factory=list)
    targets: list[tuple[QRectF, int]] = field(default_factory=list)

    def add(self, *items: Item) -> None:
        """Put ``items`` over what is there."""
        self.items.extend(items)

    @property
    def labels(self) -> list[Label]:
        """The texts."""
        return [item for item in self.items if isinstance(item, Label)]

    def paint(self, painter: QPainter) -> None:
        """Paint everything."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for item in self.items:
            item.paint(painter)

    def pick_at(self, point: QPointF) -> int | None:
        """Return what a click at ``point`` picks: the smallest target there."""
        hits = [
            (place.width() * place.height(), what) for place, what in self.targets if place.contains(point)
        ]
        return min(hits)[1] if hits else None


def advance(font: QFont, text: str) -> float:
    """Return how wide ``text`` is, in pixels."""
    return QFontMetricsF(font).horizontalAdvance(text)


def line_height(font: QFont) -> float:
    """Return the height of a line, in pixels."""
    return QFontMetricsF(font).height()


def mixed(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    one, two = QColor(colour), QColor(other)
    parts = [
        round(a + (b - a) * share)
        for a, b in (
            (one.red(), two.red()),
            (one.green(), two.green()),
            (one.blue(), two.blue()),
        )
    ]
    return QColor(*parts).name()


def _pen(ink: str, width: float, dashed: bool) -> QPen:
    if not ink:
        return QPen(Qt.PenStyle.NoPen)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    return QPen(QColor(ink), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
