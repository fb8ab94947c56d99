"""Small networks on a 3×3 picture: neurons and numbered weights, from which counts and equations follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

SIDE, KERNEL = 3, 2
INPUTS = SIDE * SIDE
PLACES = (SIDE - KERNEL + 1) ** 2
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# So many terms of a sum are written; of a longer one the first two and the last.
_MOST_TERMS = 4


@dataclass(frozen=True)
class Column:
    """Neurons above each other: the letter they are called by, and how many there are."""

    letter: str
    size: int

    def name(self, number: int) -> str:
        """Return what a neuron, counted from 0, is called; one that is alone has no number."""
        return numbered(self.letter, number + 1) if self.size > 1 else self.letter


@dataclass(frozen=True)
class Edge:
    """A line to neuron ``end`` of column ``column`` from neuron ``start`` of the one before it.

    Neurons are counted from 0, weights from 1. Lines with the same ``weight`` share it.
    """

    column: int
    start: int
    end: int
    weight: int
    shared: bool = False


@dataclass(frozen=True)
class Net:
    """Columns of neurons, the inputs first, and all lines between them."""

    columns: tuple[Column, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def weights(self) -> int:
        """How many different weights there are."""
        return len({edge.weight for edge in self.edges})

    def units(self) -> Iterator[tuple[int, int]]:
        """Yield column and number of every neuron but the inputs."""
        for column in range(1, len(self.columns)):
            for number in range(self.columns[column].size):
                yield column, number

    def reads(self, column: int, number: int) -> tuple[Edge, ...]:
        """Return the lines into a neuron."""
        return tuple(edge for edge in self.edges if (edge.column, edge.end) == (column, number))

    def equation(self, column: int, number: int) -> str:
        """Return a neuron's weighted sum, such as ``z₁ = w₁x₁ + w₂x₂ + w₃x₄ + w₄x₅``."""
        before = self.columns[column - 1]
        terms = [numbered("w", edge.weight) + before.name(edge.start) for edge in self.reads(column, number)]
        if len(terms) > _MOST_TERMS:
            terms = [*terms[:2], "…", terms[-1]]
        return f"{self.columns[column].name(number)} = {' + '.join(terms)}"


def numbered(letter: str, number: int) -> str:
    """Return ``letter`` with a number below it."""
    return letter + str(number).translate(_SUBSCRIPTS)


def dense_net(*sizes: int) -> Net:
    """Return the inputs and dense layers of so many neurons; the last is the output if it has one."""
    columns, edges = [Column("x", INPUTS)], list[Edge]()
    _add_dense(columns, edges, sizes)
    return Net(tuple(columns), tuple(edges))


def kernel_net(*sizes: int) -> Net:
    """Return the inputs, the neurons of a kernel that share its weights, and dense layers behind them."""
    columns, edges = [Column("x", INPUTS), Column("z", PLACES)], list[Edge]()
    across = SIDE - KERNEL + 1
    for place in range(PLACES):
        top, left = divmod(place, across)
        for tap in range(KERNEL * KERNEL):
            down, right = divmod(tap, KERNEL)
            edges.append(Edge(1, (top + down) * SIDE + left + right, place, tap + 1, shared=True))
    _add_dense(columns, edges, sizes)
    return Net(tuple(columns), tuple(edges))


def _add_dense(columns: list[Column], edges: list[Edge], sizes: tuple[int, ...]) -> None:
    """Add layers in which every neuron reads all before it, with weights of their own."""
    weight = max((edge.weight for edge in edges), default=0)
    for number, size in enumerate(sizes):
        is_output = number > 0 and number == len(sizes) - 1
        before = columns[-1].size
        columns.append(Column("y" if is_output else "h", size))
        for end in range(size):
            for start in range(before):
                weight += 1
                edges.append(Edge(len(columns) - 1, start, end, weight))
