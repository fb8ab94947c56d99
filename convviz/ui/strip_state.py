"""What the strip of layers shows: a network's cards, which blocks are folded, and which layer is chosen."""

from convviz.nets.records import INPUT, Architecture
from convviz.ui.strip_plan import Card, StripPlan, blocks, plan

# A strip of more cards, or of more rows, begins with its blocks folded.
MOST_CARDS, MOST_ROWS = 100, 2


class StripState:
    """A network laid out as cards, of which some may stand for whole blocks.

    Attributes
    ----------
    architecture : Architecture or None
        The network; None for none.
    plan : StripPlan
        Its cards, with what is folded now.
    blocks : dict of int to str
        Paths of the blocks that can be folded, by their first layers.
    chosen : int
        Index of the layer we talk about; INPUT for the input.
    """

    def __init__(self) -> None:
        self.architecture: Architecture | None = None
        self.plan = _of_nothing()
        self.blocks: dict[int, str] = {}
        self.chosen = INPUT
        self._folded: frozenset[int] = frozenset()

    def show(self, architecture: Architecture | None) -> bool:
        """Go over to a network, and return whether it is another one; the choice stays if it is not."""
        before, self.architecture = self.architecture, architecture
        is_other = before is None or architecture is None or _names(before) != _names(architecture)
        if is_other:
            self.blocks = blocks(architecture) if architecture is not None else {}
            self._folded = self._folded_at_first()
            self.chosen = INPUT
        self.lay_out()
        return is_other

    def _folded_at_first(self) -> frozenset[int]:
        if self.architecture is None:
            return frozenset()
        whole = plan(self.architecture)
        is_large = len(whole.cards) > MOST_CARDS or whole.rows > MOST_ROWS
        return frozenset(self.blocks) if is_large else frozenset()

    def lay_out(self) -> None:
        """Plan the cards anew."""
        self.plan = _of_nothing() if self.architecture is None else plan(self.architecture, self._folded)

    def card(self, layer: int) -> Card:
        """Return the card that holds ``layer``."""
        return self.plan.cards[self.plan.card_of(layer)]

    def choose(self, layer: int) -> bool:
        """Choose a layer, and return whether its block had to be unfolded; for its last layer it need not."""
        card = self.card(layer)
        self.chosen = layer
        hidden = card.folded and layer != card.layers[-1]
        if hidden:
            self._folded -= {card.layers[0]}
            self.lay_out()
        return hidden

    def after(self, by: int) -> int:
        """Return the layer ``by`` steps on; a folded block is one step."""
        stops = self.plan.stops()
        place = stops.index(self.plan.stop_of(self.chosen)) + by
        return stops[min(max(place, 0), len(stops) - 1)]

    @property
    def all_folded(self) -> bool:
        """Whether every block is folded."""
        return bool(self.blocks) and self._folded == frozenset(self.blocks)

    def is_folded(self, first_layer: int) -> bool:
        """Whether the block that begins with ``first_layer`` is folded."""
        return first_layer in self._folded

    def fold_all(self, folded: bool) -> None:
        """Fold every block, or none."""
        self._folded = frozenset(self.blocks) if folded else frozenset()
        self.lay_out()

    def toggle(self, first_layer: int) -> None:
        """Fold or unfold the block that begins with ``first_layer``."""
        self._folded ^= {first_layer}
        self.lay_out()

    def block_of(self, layer: int) -> int | None:
        """Return the first layer of the block that ``layer`` lies in; None if it lies in none that folds."""
        if self.architecture is None:
            return None
        starts = [first for first in self.blocks if first <= layer]
        return max(starts) if self.card(layer).block and starts else None


def _of_nothing() -> StripPlan:
    return StripPlan((), (), (), columns=0, rows=1)


def _names(architecture: Architecture) -> tuple[str, ...]:
    return tuple(layer.name for layer in architecture.layers)
