"""The strip of layers: a network as cards in the order in which they compute."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from convviz.nets.records import Architecture
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
_Key = Qt.Key


class LayerStrip(QAbstractScrollArea):
    """Every layer as a card, painted as one widget however many there are.

    A click chooses a card or one of the layers written into it; a click on a block's header folds it. With
    the keyboard, ← and → choose, Home and End go to the ends, Space folds.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # index of the layer the user has chosen, INPUT for the input

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
        self.retranslate()

    # What is shown

    def set_architecture(self, architecture: Architecture | None) -> None:
        """Show the layers of ``architecture``; None: nothing. The choice stays if it is still there."""
        if self._state.show(architecture):
            self.horizontalScrollBar().setValue(0)
        self._arrange()

    @property
    def chosen_layer(self) -> int:
        """Index of the layer we talk about; INPUT for the input."""
        return self._state.chosen

    def set_chosen(self, layer: int) -> None:
        """Outline the card of ``layer``, without announcing it; its block stays folded if it is its last."""
        if self._state.architecture is None:
            return
        if self._state.choose(layer):
            self._arrange()
        self._describe()
        self._show_chosen()
        self.viewport().update()

    def finished(self, layer: int) -> int:
        """Return the last layer of the card of ``layer``, behind normalisation and activation."""
        return self._state.card(layer).layers[-1]

    def step(self, by: int) -> None:
        """Choose the layer ``by`` steps on; a folded block is one step."""
        if self._state.architecture is not None:
            self._choose(self._state.after(by))

    def go_to_end(self, *, last: bool) -> None:
        """Choose the last layer or the input."""
        if self._state.architecture is not None:
            self._choose(self._state.plan.stops()[-1 if last else 0])

    def _choose(self, layer: int) -> None:
        if layer != self._state.chosen:
            self.set_chosen(layer)
            self.chosen.emit(layer)

    def set_rows_shown(self, rows: int) -> None:
        """Show at most so many rows of parallel branches at once."""
        if rows != self._rows_shown:
            self._rows_shown = rows
            self.updateGeometry()

    # Blocks

    @property
    def can_fold(self) -> bool:
        """Whether there is a block to fold."""
        return bool(self._state.blocks)

    @property
    def all_folded(self) -> bool:
        """Whether every block is folded."""
        return self._state.all_folded

    def fold_all(self, folded: bool) -> None:
        """Fold every block, or none."""
        self._state.fold_all(folded)
        self._show_folds()

    def toggle_block(self, first_layer: int | None = None) -> None:
        """Fold or unfold the block that begins with ``first_layer``, by default that of the chosen layer."""
        if first_layer is None:
            first_layer = self._state.block_of(self._state.chosen)
        if first_layer is not None and first_layer in self._state.blocks:
            self._state.toggle(first_layer)
            self._show_folds()

    def _show_folds(self) -> None:
        self._arrange()
        # Of a folded block the last layer is shown.
        if self._state.architecture is not None:
            self._choose(self._state.plan.stop_of(self._state.chosen))

    def is_folded(self, first_layer: int) -> bool:
        """Whether the block that begins with ``first_layer`` is folded."""
        return self._state.is_folded(first_layer)

    # Layout

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

    # Mouse and keyboard

    def target_at(self, point: QPointF) -> tuple[str, int] | None:
        """Return ``("layer", index)`` or ``("block", first layer)`` at a point of the viewport."""
        return self._geometry.target_at(point + self._scrolled())

    def point_of(self, layer: int) -> QPointF:
        """Return a point of the viewport at which a click chooses ``layer``."""
        return self._geometry.point_of(layer) - self._scrolled()

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a layer or fold a block."""
        target = self.target_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or target is None:
            event.ignore()
            return
        if target[0] == "block":
            self.toggle_block(target[1])
        else:
            self._choose(target[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would act on."""
        self._hover(self.target_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point nowhere."""
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, target: tuple[str, int] | None) -> None:
        if target != self._hovered:
            self._hovered = target
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if target is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the layers."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a card stands for in full; point nowhere once the mouse is gone."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            target = self.target_at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), self._words.tip(self._state, target) if target else "", self.viewport()
            )
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, go to the ends, fold."""
        actions: dict[Qt.Key, Callable[[], None]] = {
            _Key.Key_Left: lambda: self.step(-1),
            _Key.Key_Right: lambda: self.step(1),
            _Key.Key_Home: lambda: self.go_to_end(last=False),
            _Key.Key_End: lambda: self.go_to_end(last=True),
            _Key.Key_Space: self.toggle_block,
        }
        action = actions.get(_Key(event.key()))
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            action()

    # Housekeeping

    def _describe(self) -> None:
        describe(self, self._words.spoken(self._state, self._state.chosen))

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Layers"))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen card in view."""
        super().resizeEvent(event)
        self._set_bars()
        self._show_chosen()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._arrange()

    def spans(self) -> tuple[Span, ...]:
        """Return the unfolded blocks."""
        return self._state.plan.spans
