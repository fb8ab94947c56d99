"""Giving memory back that is free for good."""

from PySide6.QtCore import QObject, QTimer, Slot

from convviz.engine.heap import Surplus


class MemoryReturn(QObject):
    """Looks from time to time whether the process keeps much memory that nobody uses, and gives it back.

    Parameters
    ----------
    parent : QObject
        Owner.
    interval_ms : int
        How often to look, in milliseconds: seldom, for the next results cost more than they would.
    """

    def __init__(self, parent: QObject, interval_ms: int = 30_000) -> None:
        super().__init__(parent)
        self._surplus = Surplus()
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Give back what is free, if there can be much of it."""
        self._surplus.give_back()
