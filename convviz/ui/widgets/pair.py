"""Which two pictures are talked about: what all views of the embeddings room share."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

_Key = Qt.Key


@dataclass(frozen=True)
class Pair:
    """Two pictures by number; −1 where there is none."""

    first: int = -1
    second: int = -1


class PairChoice(QObject):
    """The pair that is chosen, one for all views.

    Parameters
    ----------
    parent : QObject, optional
        Owner.
    """

    changed = Signal()  # another pair is chosen

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._pair = Pair()

    @property
    def count(self) -> int:
        """How many pictures there are to choose from."""
        return self._count

    @property
    def first(self) -> int:
        """The picture that is compared with others; −1 without one."""
        return self._pair.first

    @property
    def second(self) -> int:
        """The one it is compared with; −1 without one."""
        return self._pair.second

    def set_count(self, count: int, first: int = 0, second: int = 1) -> None:
        """Take note that there are other pictures, and which two are chosen of them."""
        self._count = count
        self._pair = Pair(min(first, count - 1), min(second, count - 1))
        self.changed.emit()

    def choose(self, first: int | None = None, second: int | None = None) -> None:
        """Choose one of the two, or both; the nearest there is where one is out of range."""
        if not self._count:
            return
        most = self._count - 1
        pair = Pair(
            self.first if first is None else min(max(first, 0), most),
            self.second if second is None else min(max(second, 0), most),
        )
        if pair != self._pair:
            self._pair = pair
            self.changed.emit()

    def step(self, event: QKeyEvent, *, page: int = 1, across: bool = False) -> bool:
        """Move with the arrows, with Shift the second; return whether the key does so.

        Parameters
        ----------
        event : QKeyEvent
            Is accepted, or ignored.
        page : int
            How far PageUp and PageDown go.
        across : bool
            Whether ← and → move the second of the two, as in a matrix.
        """
        back, on = (_Key.Key_Up, _Key.Key_Left), (_Key.Key_Down, _Key.Key_Right)
        moves = {
            **dict.fromkeys(back, -1),
            **dict.fromkeys(on, 1),
            _Key.Key_PageUp: -page,
            _Key.Key_PageDown: page,
            _Key.Key_Home: -self._count,
            _Key.Key_End: self._count,
        }
        key = _Key(event.key())
        plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        if key not in moves or event.modifiers() & ~plain or not self._count:
            event.ignore()
            return False
        second = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if across and key in (_Key.Key_Left, _Key.Key_Right):
            second = True
        if second:
            self.choose(second=self.second + moves[key])
        else:
            self.choose(first=self.first + moves[key])
        event.accept()
        return True
