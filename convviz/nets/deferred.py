"""Values in a row, some of which are made only when somebody asks for them."""

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")
Other = TypeVar("Other")


class Cell(Generic[Item]):
    """A value that is made once, by the first thread that asks.

    Parameters
    ----------
    make : callable
        Returns the value. What it raises goes to whoever asked, and the next one makes it ask again.
    """

    def __init__(self, make: Callable[[], Item]) -> None:
        self._make: Callable[[], Item] | None = make
        self._made: list[Item] = []
        self._lock = threading.Lock()

    def get(self) -> Item:
        """Return the value, the same one every time."""
        if not self._made:
            with self._lock:
                if self._make is not None:
                    self._made.append(self._make())
                    # What it was made from may be large.
                    self._make = None
        return self._made[0]


class There(Generic[Item]):
    """A value that is there from the beginning: lighter than a :class:`Cell`, and a pass has hundreds."""

    __slots__ = ("_value",)

    def __init__(self, value: Item) -> None:
        self._value = value

    def get(self) -> Item:
        """Return the value."""
        return self._value


class Deferred(Sequence[Item]):
    """A sequence whose values are made when they are asked for, by any thread.

    Slices and :meth:`followed_by` make nothing: the sequences they give share the values.

    Parameters
    ----------
    cells : iterable of Cell or There
        One for each value.
    """

    def __init__(self, cells: Iterable[Cell[Item] | There[Item]]) -> None:
        self._cells = tuple(cells)

    @classmethod
    def of(cls, values: Iterable[Item]) -> "Deferred[Item]":
        """Return a sequence of values that are there; another such sequence as it is."""
        return values if isinstance(values, Deferred) else cls(map(There, values))

    def followed_by(self, values: Iterable[Item]) -> "Deferred[Item]":
        """Return a sequence of these values and then others."""
        return Deferred((*self._cells, *Deferred.of(values)._cells))

    def each(self, function: Callable[[Item], Other]) -> "Deferred[Other]":
        """Return what ``function`` gives for every value: at once for those that are there."""
        return Deferred(
            There(function(cell.get())) if isinstance(cell, There) else Cell(partial(_of, function, cell))
            for cell in self._cells
        )

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._cells)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> "Deferred[Item]": ...
    def __getitem__(self, at: int | slice) -> "Item | Deferred[Item]":
        """Return one value, which is made now if it was not; or some of them, still to be made."""
        return Deferred(self._cells[at]) if isinstance(at, slice) else self._cells[at].get()


def _of(function: Callable[[Item], Other], cell: Cell[Item]) -> Other:
    return function(cell.get())
