"""A few answers kept for the next question."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The values used last, by key; every thread may ask.

    Parameters
    ----------
    size : int
        How many are kept.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of ``key``, from ``make`` if it is not kept; what that raises is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        # Not under the lock: it may take long.
        value = make()
        with self._lock:
            # What was put in meanwhile is better.
            value = self._kept.setdefault(key, value)
            self._trim()
        return value

    def put(self, key: Key, value: Value) -> None:
        """Keep ``value``, in place of another if there is one."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            self._trim()

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()

    def _trim(self) -> None:
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
