"""How the cards of the strip of layers and the lines between them are drawn."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from convviz.ui.widgets.strip_geometry import GAP_PX, ROW_GAP_PX, StripGeometry

_TITLE_PX, _NUMBER_PX, _SIGN_PX = 14, 13, 11
_ROUND_PX = 7


@dataclass(frozen=True)
class CardText:
    """What is written in a card: its title, its shape, its weights, and the layers that follow inside."""

    title: str
    shape: str
    weights: str
    signs: tuple[str, ...] = ()


class StripPainter:
    """Draws onto the strip of one geometry.

    Parameters
    ----------
    painter : QPainter
        Whose origin is that of the strip.
    geometry : StripGeometry
        Where everything is.
    """

    def __init__(self, painter: QPainter, geometry: StripGeometry) -> None:
        self._painter, self._geometry, self._theme = painter, geometry, geometry.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def edge(self, source: int, target: int, *, marked: bool) -> None:
        """Draw what leads from one card to another: straight, round a corner, or under those between."""
        cards = self._geometry.plan.cards
        here, there = self._geometry.card(source), self._geometry.card(target)
        start, end = QPointF(here.right(), here.center().y()), QPointF(there.left(), there.center().y())
        path = QPainterPath(start)
        if cards[source].row != cards[target].row:
            end = self._bend(path, cards[source].row < cards[target].row, start, end)
        elif self._geometry.is_clear(source, target):
            path.lineTo(end)
        else:
            end = self._arc(path, here, there)
        ink = self._theme.colours.focus if marked else self._theme.colours.plot
        self._painter.setPen(QPen(QColor(ink), self._theme.px(2 if marked else 1.5)))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)
        self._head(end, ink, up=end.y() > there.bottom() - 1)

    def _bend(self, path: QPainterPath, down: bool, start: QPointF, end: QPointF) -> QPointF:
        """Go to another row: at once when leaving a fork, at the end when joining."""
        gap = self._theme.px(GAP_PX) / 2
        x = start.x() + gap if down else end.x() - gap
        path.lineTo(x, start.y())
        path.lineTo(x, end.y())
        path.lineTo(end)
        return end

    def _arc(self, path: QPainterPath, here: QRectF, there: QRectF) -> QPointF:
        """Pass under the cards between, as a shortcut does."""
        px = self._theme.px
        low = here.bottom() + px(ROW_GAP_PX) * 0.5
        start = QPointF(here.center().x() + px(16), here.bottom())
        end = QPointF(there.center().x() - px(16), there.bottom())
        radius = px(6)
        path.moveTo(start)
        path.lineTo(start.x(), low - radius)
        path.quadTo(start.x(), low, start.x() + radius, low)
        path.lineTo(end.x() - radius, low)
        path.quadTo(end.x(), low, end.x(), low - radius)
        path.lineTo(end)
        return end

    def _head(self, tip: QPointF, ink: str, *, up: bool) -> None:
        size = self._theme.px(5)
        path = QPainterPath(tip)
        if up:
            path.lineTo(tip + QPointF(-size * 0.7, size))
            path.lineTo(tip + QPointF(size * 0.7, size))
        else:
            path.lineTo(tip + QPointF(-size, -size * 0.7))
            path.lineTo(tip + QPointF(-size, size * 0.7))
        self._painter.fillPath(path, QColor(ink))

    def card(self, index: int, text: CardText, chosen: int | None, *, hovered: bool) -> None:
        """Draw a card; ``chosen`` is which of its layers is the one we talk about, None if none is."""
        px, colours, painter = self._theme.px, self._theme.colours, self._painter
        box = self._geometry.card(index)
        signs = self._geometry.signs(index, len(text.signs))
        width = px(3) if chosen is not None else 1
        if self._geometry.plan.cards[index].folded:
            # Two sheets below say that there is more inside.
            for depth in (2, 1):
                self._sheet(box.translated(px(3) * depth, px(3) * depth), colours.line, 1)
        ink = colours.focus if chosen is not None or hovered else colours.line
        self._sheet(box, ink, width)
        inner = box.adjusted(px(6), px(5), -px(6), -px(4))
        title_font = self._theme.words(_TITLE_PX, bold=True)
        line = QFontMetricsF(title_font).height()
        painter.setPen(QColor(colours.text))
        self._line(text.title, title_font, QRectF(inner.left(), inner.top(), inner.width(), line))
        painter.setPen(QColor(colours.muted))
        font = self._theme.digits(_NUMBER_PX)
        height = QFontMetricsF(font).height()
        free = (signs[0].top() if signs else inner.bottom()) - inner.top() - line
        lines = [text.shape, text.weights] if text.weights else [text.shape]
        top = inner.top() + line + max(0.0, (free - height * len(lines)) / 2)
        for n, words in enumerate(lines):
            self._line(words, font, QRectF(inner.left(), top + n * height, inner.width(), height))
        for n, (place, words) in enumerate(zip(signs, text.signs, strict=True)):
            self._sign(place, words, chosen=chosen == n + 1)

    def _sheet(self, box: QRectF, ink: str, width: int) -> None:
        inset, radius = width / 2, self._theme.px(_ROUND_PX)
        self._painter.setPen(QPen(QColor(ink), width))
        self._painter.setBrush(QColor(self._theme.colours.surface))
        self._painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)

    def _sign(self, place: QRectF, words: str, *, chosen: bool) -> None:
        colours, radius = self._theme.colours, self._theme.px(4)
        self._painter.setPen(QPen(QColor(colours.focus if chosen else colours.line), 1))
        self._painter.setBrush(QColor(colours.focus if chosen else colours.window))
        self._painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._painter.setPen(QColor(colours.on_focus if chosen else colours.text))
        self._line(words, self._theme.words(_SIGN_PX, bold=chosen), place)

    def _line(self, words: str, font: QFont, place: QRectF) -> None:
        """Write one centred line, made smaller where it would be cut."""
        wide = QFontMetricsF(font).horizontalAdvance(words)
        if wide > place.width():
            font = QFont(font)
            font.setPixelSize(max(1, int(font.pixelSize() * max(0.72, place.width() / wide))))
            words = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        self._painter.setFont(font)
        self._painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)

    def header(self, place: QRectF, name: str, *, folded: bool, hovered: bool, left: float) -> None:
        """Draw the name of a block and whether it is folded; ``left`` is where the screen begins."""
        colours, px = self._theme.colours, self._theme.px
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.focus_soft if hovered else colours.blank))
        painter.drawRoundedRect(place, px(4), px(4))
        painter.setPen(QColor(colours.focus if hovered else colours.muted))
        painter.setFont(self._theme.words(12, bold=True))
        begin = min(max(place.left(), left), place.right() - px(60)) + px(7)
        text = QRectF(begin, place.top(), place.right() - begin - px(4), place.height())
        words = f"{'▸' if folded else '▾'} {name}"
        elided = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), elided)
