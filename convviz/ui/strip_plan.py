"""Where the cards of a network's layers go: columns in the order of computing, rows for parallel branches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from convviz.nets.records import INPUT, Architecture, Kind, Layer

# A block that holds a larger share of all cards than this would fold the whole network away.
MOST_OF_ALL = 0.6
# What is written into the card of the layer before it.
_PADDED = (Kind.CONVOLUTION, Kind.POOLING)
_FOLLOWS = (Kind.NORMALISATION, Kind.ACTIVATION, Kind.DROPOUT)


@dataclass(frozen=True)
class Card:
    """One card of the strip.

    Parameters
    ----------
    layers : tuple of int
        Indices of its layers in the order of computing: a layer with the padding directly before it and the
        normalisation and activation directly after it, or all of a folded block, or the network's input.
    block : str
        Path of the block it lies in or stands for; empty outside of blocks that fold.
    folded : bool
        Whether it stands for a whole block.
    head : int
        Which of its layers gives it its name.
    column, row : int
        Its place.
    """

    layers: tuple[int, ...]
    block: str = ""
    folded: bool = False
    head: int = 0
    column: int = 0
    row: int = 0

    @property
    def others(self) -> tuple[int, ...]:
        """Its layers but for the one that gives it its name."""
        return (*self.layers[: self.head], *self.layers[self.head + 1 :])

    def place_of(self, layer: int) -> int:
        """Return 0 for the layer that names the card, else the number of its sign, counted from 1."""
        return 0 if layer == self.layers[self.head] else 1 + self.others.index(layer)


@dataclass(frozen=True)
class Span:
    """Neighbouring cards of one unfolded block."""

    block: str
    first_layer: int
    left: int
    right: int


@dataclass(frozen=True)
class StripPlan:
    """The cards in the order of computing, and what leads from card to card.

    Parameters
    ----------
    cards : tuple of Card
        The first is the network's input.
    edges : tuple of (int, int)
        Indices of two cards, the second of which reads the first; each pair once.
    spans : tuple of Span
        Unfolded blocks, columns included.
    """

    cards: tuple[Card, ...]
    edges: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]
    columns: int = 0
    rows: int = 1
    _of_layer: dict[int, int] = field(default_factory=dict)

    def card_of(self, layer: int) -> int:
        """Return the index of the card that holds ``layer``."""
        return self._of_layer[layer]

    def stops(self) -> list[int]:
        """Return the layers one steps through: all of them, of a folded block only the last."""
        return [n for card in self.cards for n in (card.layers[-1:] if card.folded else card.layers)]

    def stop_of(self, layer: int) -> int:
        """Return the stop that stands for ``layer``: itself, unless its block is folded."""
        card = self.cards[self._of_layer[layer]]
        return card.layers[-1] if card.folded else layer


def plan(architecture: Architecture, folded: frozenset[int] = frozenset()) -> StripPlan:
    """Lay out the cards of ``architecture``.

    Parameters
    ----------
    architecture : Architecture
        Whose layers.
    folded : set of int
        First layers of the blocks that are folded; others are ignored.
    """
    cards: list[Card] = [Card((INPUT,))]
    for block, run in groupby(_units(architecture), lambda unit: unit[0]):
        units = [layers for _, layers in run]
        if block and units[0][0] in folded and len(units) > 1:
            cards.append(Card(tuple(n for layers in units for n in layers), block, folded=True))
        else:
            cards += [Card(layers, block, head=_head(architecture, layers)) for layers in units]
    of_layer = {n: index for index, card in enumerate(cards) for n in card.layers}
    edges = _edges(architecture, cards, of_layer)
    placed = _placed(cards, edges)
    columns = 1 + max(card.column for card in placed)
    rows = 1 + max(card.row for card in placed)
    return StripPlan(tuple(placed), edges, _spans(placed), columns, rows, of_layer)


def _head(architecture: Architecture, layers: tuple[int, ...]) -> int:
    """Return which of a card's layers gives it its name: the first that does not only pad."""
    return int(len(layers) > 1 and architecture.layers[layers[0]].kind is Kind.PAD)


def blocks(architecture: Architecture) -> dict[int, str]:
    """Return the blocks that can be folded: index of the first layer -> path."""
    out = {}
    for block, run in groupby(_units(architecture), lambda unit: unit[0]):
        units = [layers for _, layers in run]
        if block and len(units) > 1:
            out[units[0][0]] = block
    return out


def _units(architecture: Architecture) -> list[tuple[str, tuple[int, ...]]]:
    """Return the block and the layers of every unfolded card."""
    grouped = _grouped(architecture.layers)
    paths = [architecture.layers[layers[0]].block for layers in grouped]
    sizes: dict[str, int] = {}
    for path in paths:
        for block in path:
            sizes[block] = sizes.get(block, 0) + 1
    most = MOST_OF_ALL * len(grouped)
    return [
        (next((block for block in path if 1 < sizes[block] <= most), ""), layers)
        for path, layers in zip(paths, grouped, strict=True)
    ]


def _grouped(layers: Sequence[Layer]) -> list[tuple[int, ...]]:
    """Put what only prepares or finishes a layer into its card, if nothing else reads what lies between."""
    readers: dict[int, int] = {}
    for layer in layers:
        for source in layer.inputs:
            readers[source] = readers.get(source, 0) + 1
    out: list[tuple[int, ...]] = []
    for layer in layers:
        before = layer.index - 1
        alone = before != INPUT and layer.inputs == (before,) and readers[before] == 1
        padded = before != INPUT and layers[before].kind is Kind.PAD and layer.kind in _PADDED
        if alone and (layer.kind in _FOLLOWS or (padded and len(out[-1]) == 1)):
            out[-1] = (*out[-1], layer.index)
        else:
            out.append((layer.index,))
    return out


def _edges(
    architecture: Architecture, cards: Sequence[Card], of_layer: dict[int, int]
) -> tuple[tuple[int, int], ...]:
    found: dict[tuple[int, int], None] = {}
    for index, card in enumerate(cards):
        for n in card.layers:
            if n != INPUT:
                for source in architecture.layers[n].inputs:
                    if of_layer[source] != index:
                        found[of_layer[source], index] = None
    return tuple(found)


def _placed(cards: Sequence[Card], edges: Iterable[tuple[int, int]]) -> list[Card]:
    """Give every card its column, one after all it reads, and its row, that of the first it reads if free."""
    reads: dict[int, list[int]] = {}
    for source, target in edges:
        reads.setdefault(target, []).append(source)
    out: list[Card] = []
    end: dict[int, int] = {}
    for index, card in enumerate(cards):
        sources = [out[source] for source in reads.get(index, [])]
        column = 1 + max((source.column for source in sources), default=-1)
        row = min((source.row for source in sources), default=0)
        while end.get(row, -1) >= column:
            row += 1
        end[row] = column
        out.append(replace(card, column=column, row=row))
    return out


def _spans(cards: Sequence[Card]) -> tuple[Span, ...]:
    out = []
    for block, run in groupby(cards, lambda card: "" if card.folded else card.block):
        members = list(run)
        if block and len(members) > 1:
            places = [card.column for card in members]
            out.append(Span(block, members[0].layers[0], min(places), max(places)))
    return tuple(out)
