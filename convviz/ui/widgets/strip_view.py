"""The strip of layers as it is seen: laid out, scrolled and painted."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.strip_plan import Span, StripPlan
from convviz.ui.strip_state import StripState
from convviz.ui.widgets.pane_paint import draw_focus_ring
from convviz.ui.widgets.spoken import describe
from convviz.ui.widgets.strip_geometry import StripGeometry
from convviz.ui.widgets.strip_paint import StripPainter
from convviz.ui.widgets.strip_words import StripWords

# Rows that are shown at once where there is room; what is below is scrolled to.
ROWS_SHOWN = 3


class StripView(QAbstractScrollArea):
    """Every layer as a card, painted as one widget however many there are.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layer-strip")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._state, self._words = StripState(), StripWords(self)
        self._texts = self._words.cards(self._state)
        self._hovered: tuple[str, int] | None = None
        self._rows_shown = ROWS_SHOWN
        self._theme = theme.current()
        self._geometry = StripGeometry(self._state.plan, self._theme, has_blocks=False)

    # Layout

    def set_rows_shown(self, rows: int) -> None:
        """Show at most so many rows of parallel branches at once."""
        if rows != self._rows_shown:
            self._rows_shown = rows
            self.updateGeometry()

    def _arrange(self) -> None:
        self._theme = theme.current()
        has_blocks = bool(self._state.blocks)
        self._geometry = StripGeometry(self._state.plan, self._theme, has_blocks=has_blocks)
        self._texts = self._words.cards(self._state)
        self._hovered = None
        self._set_bars()
        self.updateGeometry()
        self._describe()
        self._show_chosen()
        self.viewport().update()

    def _set_bars(self) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, self._geometry.width - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        across.setSingleStep(self._geometry.theme.px(146))
        down.setRange(0, max(0, self._geometry.height - self.viewport().height()))
        down.setPageStep(self.viewport().height())

    def _show_chosen(self) -> None:
        """Scroll as little as shows the chosen card with its neighbours."""
        if self._state.architecture is None:
            return
        box = self._geometry.card(self._state.plan.card_of(self._state.chosen))
        more = box.width() * 0.6
        for bar, low, high, length in (
            (self.horizontalScrollBar(), box.left() - more, box.right() + more, self.viewport().width()),
            (self.verticalScrollBar(), box.top(), box.bottom(), self.viewport().height()),
        ):
            if low < bar.value():
                bar.setValue(int(low))
            elif high > bar.value() + length:
                bar.setValue(int(high - length) + 1)

    def sizeHint(self) -> QSize:
        """Return the height of the rows shown at once, and room for the scroll bar."""
        return QSize(400, self.height_of(self._rows_shown))

    def height_of(self, rows: int) -> int:
        """Return how high the strip is with so many rows shown at once, or with all if there are fewer."""
        rows = min(self._state.plan.rows, rows)
        shown = StripPlan((), (), (), columns=1, rows=rows)
        height = StripGeometry(shown, theme.current(), has_blocks=bool(self._state.blocks)).height
        return height + self.horizontalScrollBar().sizeHint().height()

    def minimumSizeHint(self) -> QSize:
        """Return the size of two cards."""
        return QSize(2 * theme.current().px(140), self.sizeHint().height())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards on screen and the lines that cross it."""
        del event
        painter = QPainter(self.viewport())
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter.translate(-left, -top)
        if self._state.architecture is not None:
            self._paint(StripPainter(painter, self._geometry), left)
        painter.resetTransform()
        if self.hasFocus():
            draw_focus_ring(painter, self.viewport().rect().toRectF(), theme.current())
        painter.end()

    def _paint(self, painter: StripPainter, left: int) -> None:
        first, last = self._geometry.columns_in(left, left + self.viewport().width())
        cards = self._state.plan.cards
        chosen = self._state.plan.card_of(self._state.chosen)
        edges = sorted(self._state.plan.edges, key=lambda edge: chosen in edge)
        for source, target in edges:
            if cards[target].column >= first and cards[source].column <= last:
                painter.edge(source, target, marked=chosen in (source, target))
        for span in self._state.plan.spans:
            if span.right >= first and span.left <= last:
                hovered = self._hovered == ("block", span.first_layer)
                painter.header(
                    self._geometry.span(span), span.block, folded=False, hovered=hovered, left=left
                )
        for index, card in enumerate(cards):
            if first <= card.column <= last:
                self._paint_card(painter, index, chosen == index, left)

    def _paint_card(self, painter: StripPainter, index: int, is_chosen: bool, left: int) -> None:
        card = self._state.plan.cards[index]
        inside = card.place_of(self._state.chosen) if is_chosen else None
        if card.folded:
            first = card.layers[0]
            hovered = self._hovered == ("block", first)
            painter.header(self._geometry.fold(index), card.block, folded=True, hovered=hovered, left=left)
            inside = 0 if is_chosen else None
        hovered = (
            self._hovered is not None and self._hovered[0] == "layer" and self._hovered[1] in card.layers
        )
        painter.card(index, self._texts[index], inside, hovered=hovered)

    # Where things are

    def target_at(self, point: QPointF) -> tuple[str, int] | None:
        """Return ``("layer", index)`` or ``("block", first layer)`` at a point of the viewport."""
        return self._geometry.target_at(point + self._scrolled())

    def point_of(self, layer: int) -> QPointF:
        """Return a point of the viewport at which a click chooses ``layer``."""
        return self._geometry.point_of(layer) - self._scrolled()

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def spans(self) -> tuple[Span, ...]:
        """Return the unfolded blocks."""
        return self._state.plan.spans

    def _hover(self, target: tuple[str, int] | None) -> None:
        if target != self._hovered:
            self._hovered = target
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if target is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().update()

    # Housekeeping

    def _describe(self) -> None:
        describe(self, self._words.spoken(self._state, self._state.chosen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen card in view."""
        super().resizeEvent(event)
        self._set_bars()
        self._show_chosen()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._arrange()
