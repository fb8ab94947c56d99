"""The strip of layers: a network as cards in the order in which they compute."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from convviz.nets.records import Architecture
from convviz.ui.widgets.strip_view import StripView

_Key = Qt.Key


class LayerStrip(StripView):
    """The layers of a network as cards, one of which is chosen.

    A click chooses a card or one of the layers written into it; a click on a block's header folds it. With
    the keyboard, ← and → choose, Home and End go to the ends, Space folds.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # index of the layer the user has chosen, INPUT for the input

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    # Mouse and keyboard

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

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Layers"))
        self._arrange()
