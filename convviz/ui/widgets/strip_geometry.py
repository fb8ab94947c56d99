"""Where the cards of the strip of layers are, and what is at a point of it."""

from PySide6.QtCore import QPointF, QRectF

from convviz.ui.strip_plan import Span, StripPlan
from convviz.ui.theme import Theme

CARD_PX = (126, 82)
GAP_PX = 20
ROW_GAP_PX = 20
HEADER_PX = 24
MARGIN_PX = 10
_SIGN_HEIGHT_PX = 17


class StripGeometry:
    """Where everything of a plan is, in pixels of the whole strip."""

    def __init__(self, plan: StripPlan, theme: Theme, *, has_blocks: bool) -> None:
        px = theme.px
        self.theme, self.plan = theme, plan
        self._size = px(CARD_PX[0]), px(CARD_PX[1])
        self._pitch = self._size[0] + px(GAP_PX), self._size[1] + px(ROW_GAP_PX)
        self._left = px(MARGIN_PX)
        self._top = px(HEADER_PX) if has_blocks else px(6)
        self._taken = {(card.row, card.column) for card in plan.cards}
        self.width = self._left * 2 + plan.columns * self._pitch[0] - px(GAP_PX)
        self.height = self._top + plan.rows * self._pitch[1]

    def card(self, index: int) -> QRectF:
        """Return the place of card number ``index``."""
        card = self.plan.cards[index]
        x = self._left + card.column * self._pitch[0]
        return QRectF(x, self._top + card.row * self._pitch[1], *self._size)

    def span(self, span: Span) -> QRectF:
        """Return the place of the header above an unfolded block."""
        left = self._left + span.left * self._pitch[0]
        width = (span.right - span.left + 1) * self._pitch[0] - self.theme.px(GAP_PX)
        return QRectF(left, 0, width, self.theme.px(HEADER_PX) - self.theme.px(4))

    def fold(self, index: int) -> QRectF:
        """Return the place of the header of a folded block, above its card."""
        card = self.card(index)
        height = self.theme.px(HEADER_PX) - self.theme.px(4)
        return QRectF(card.left(), card.top() - self.theme.px(HEADER_PX), card.width(), height)

    def signs(self, index: int, count: int) -> list[QRectF]:
        """Return the places of the ``count`` layers that follow inside card number ``index``."""
        if not count:
            return []
        card, px = self.card(index), self.theme.px
        inset = px(6)
        width = (card.width() - 2 * inset - (count - 1) * px(3)) / count
        top = card.bottom() - inset - px(_SIGN_HEIGHT_PX) + px(1)
        return [
            QRectF(card.left() + inset + n * (width + px(3)), top, width, px(_SIGN_HEIGHT_PX))
            for n in range(count)
        ]

    def is_clear(self, source: int, target: int) -> bool:
        """Return whether no card of their row stands between two cards of one row."""
        here, there = self.plan.cards[source], self.plan.cards[target]
        return all((here.row, c) not in self._taken for c in range(here.column + 1, there.column))

    def columns_in(self, left: float, right: float) -> tuple[int, int]:
        """Return the first column on screen between two pixels, and one past the last."""
        pitch = self._pitch[0]
        return int((left - self._left) // pitch), int((right - self._left) // pitch) + 1

    def target_at(self, at: QPointF) -> tuple[str, int] | None:
        """Return ``("layer", index)`` or ``("block", first layer)`` at a point of the strip, or None."""
        for index, card in enumerate(self.plan.cards):
            if card.folded and self.fold(index).contains(at):
                return "block", card.layers[0]
            if self.card(index).contains(at):
                if card.folded:
                    return "layer", card.layers[-1]
                signs = self.signs(index, len(card.layers) - 1)
                hit = (n for n, place in zip(card.others, signs, strict=True) if place.contains(at))
                return "layer", next(hit, card.layers[card.head])
        for span in self.plan.spans:
            if self.span(span).contains(at):
                return "block", span.first_layer
        return None

    def point_of(self, layer: int) -> QPointF:
        """Return a point of the strip at which :meth:`target_at` finds ``layer``."""
        index = self.plan.card_of(layer)
        card = self.plan.cards[index]
        inside = 0 if card.folded else card.place_of(layer)
        if inside:
            return self.signs(index, len(card.layers) - 1)[inside - 1].center()
        box = self.card(index)
        return QPointF(box.center().x(), box.top() + box.height() / 4)
