"""What an edit of the weights leaves as it was: the cells that the windows in view read, laid out and kept.

While a weight is dragged, fetching those cells would be most of the work. They depend on the picture, the
view and how the windows move, but not on the weights.
"""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from convviz.engine.backend import Resting
from convviz.engine.checks import Check, nothing
from convviz.engine.maps import Maps


class Sized(Protocol):
    """Something that takes memory."""

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes."""
        ...


Item = TypeVar("Item", bound=Sized)


class Same:
    """Stands for an array itself, not its values, in a key; does not keep it alive."""

    def __init__(self, array: NDArray[Any]) -> None:
        self._array, self._hash = weakref.ref(array), id(array)

    @property
    def alive(self) -> bool:
        """Whether the array is still there."""
        return self._array() is not None

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same):
            return NotImplemented
        array = self._array()
        return self is other or (array is not None and array is other._array())


class Shelf:
    """Inputs at rest, those used last; every thread may ask.

    Parameters
    ----------
    most : int
        Memory for all of them, in bytes.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Same, Hashable], Sized] = OrderedDict()

    @property
    def nbytes(self) -> int:
        """Memory that is taken, in bytes."""
        with self._lock:
            return sum(item.nbytes for item in self._kept.values())

    def get(self, planes: NDArray[Any], key: Hashable, make: Callable[[], Item]) -> Item:
        """Return what ``make`` made of ``planes`` for ``key``, or makes now; what that raises is not kept."""
        whole = Same(planes), key
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                # A key says what kind of thing it is the key of.
                return cast(Item, self._kept[whole])
        # Not under the lock: it may take long.
        item = make()
        with self._lock:
            # If another thread was faster, all go on with the same one.
            return cast(Item, self._kept.setdefault(whole, item))

    def tidy(self) -> None:
        """Let go of what belongs to arrays that are gone, then of what was not used for longest.

        What was used last stays in any case: without it, every edit would lay it out anew. Not done by
        :meth:`get`, because what is at rest may grow with its first use.
        """
        with self._lock:
            for key in [key for key in self._kept if not key[0].alive]:
                del self._kept[key]
            taken = sum(item.nbytes for item in self._kept.values())
            while taken > self.most and len(self._kept) > 1:
                _, item = self._kept.popitem(last=False)
                taken -= item.nbytes

    def forget(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()


live = Shelf(192 << 20)
"""What the frames on screen were computed from, for the next ones."""


class Guarded:
    """Input at rest that several threads may use: one after the other, for it may have buffers of its own.

    See :class:`convviz.engine.backend.Resting`.
    """

    def __init__(self, resting: Resting) -> None:
        self._resting, self._lock = resting, threading.Lock()

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes."""
        return self._resting.nbytes

    def correlate(self, weights: NDArray[np.float32], groups: int, check: Check = nothing) -> Maps:
        """See :meth:`convviz.engine.backend.Resting.correlate`."""
        with self._lock:
            return self._resting.correlate(weights, groups, check)
