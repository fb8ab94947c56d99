"""What is written in the cards of the strip of layers, and what is said of them."""

from PySide6.QtCore import QObject

from convviz.core.shown import grouped
from convviz.nets.records import INPUT, Architecture
from convviz.ui.layer_text import LayerText, shape_text
from convviz.ui.strip_plan import Card
from convviz.ui.strip_state import StripState
from convviz.ui.widgets.strip_paint import CardText


class StripWords(QObject):
    """Writes cards, tips and descriptions, in the language in force.

    Parameters
    ----------
    parent : QObject
        Owner.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = LayerText(self)

    def cards(self, state: StripState) -> list[CardText]:
        """Return what is written in every card."""
        if state.architecture is None:
            return []
        return [self._card(state.architecture, card) for card in state.plan.cards]

    def _card(self, architecture: Architecture, card: Card) -> CardText:
        if card.layers == (INPUT,):
            return CardText(self._text.title(None), shape_text(architecture.input_shape).replace(" ", ""), "")
        layers = [architecture.layers[n] for n in card.layers]
        shape = shape_text(layers[-1].shape).replace(" ", "")
        weights = sum(layer.weights for layer in layers)
        text = grouped(weights) if weights else ""
        if card.folded:
            return CardText(self.tr("{0} layers").format(len(layers)), shape, text)
        signs = tuple(self._text.sign(architecture.layers[n]) for n in card.others)
        return CardText(self._text.title(layers[card.head]), shape, text, signs)

    def tip(self, state: StripState, target: tuple[str, int]) -> str:
        """Return what a click on a layer or a block's header is about."""
        kind, layer = target
        if kind == "block":
            text = self.tr("Unfold {0}") if state.is_folded(layer) else self.tr("Fold {0}")
            return text.format(state.blocks[layer])
        return self.spoken(state, layer)

    def spoken(self, state: StripState, layer: int) -> str:
        """Return what a layer is, in full; nothing without a network."""
        if state.architecture is None:
            return ""
        if layer == INPUT:
            shape = state.architecture.input_shape
            return f"{self._text.title(None)} · {self._text.facts(shape, None)}"
        found = state.architecture.layers[layer]
        return f"{found.name} · {self._text.kind(found)}\n{self._text.facts(found.shape, found)}"
