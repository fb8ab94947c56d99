"""The moved picture, between the card with its sliders and the network that sees it."""

from PySide6.QtCore import QObject, Signal, Slot

from convviz.nets.why.shift import Shift
from convviz.ui.network_shift import ShiftRunner
from convviz.ui.network_source import Traced
from convviz.ui.rooms.shift_card import ShiftCard


class NetworkShifting(QObject):
    """Keeps by how much the picture is moved; another picture or network is moved as well.

    Parameters
    ----------
    runner : ShiftRunner
        Who runs the network.
    card : ShiftCard
        Where the picture is moved.
    parent : QObject
        Owner.
    """

    opened = Signal(bool)  # whether the card is wanted

    def __init__(self, runner: ShiftRunner, card: ShiftCard, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._card = runner, card
        self._traced: Traced | None = None
        self._shown = (0, 0)
        self._is_open = False
        runner.came.connect(self._take)
        runner.failed.connect(self.cancel)
        runner.defect.connect(self.cancel)
        card.moved.connect(self._ask)
        card.closed.connect(self.close)

    def follow(self, traced: Traced) -> None:
        """Go over to another network or picture."""
        self._runner.cancel()
        self._traced = traced
        if self._is_open:
            self._card.show_shift(traced.trace, None)
            self._ask()

    @Slot()
    def toggle(self) -> None:
        """Open the card, or close it."""
        if self._is_open:
            self.close()
            return
        self._is_open = self._traced is not None
        self.opened.emit(self._is_open)
        self._ask()

    @property
    def is_open(self) -> bool:
        """Whether the card is wanted."""
        return self._is_open

    @property
    def by(self) -> tuple[int, int]:
        """How many pixels down and right the picture is moved, or is being moved."""
        return self._card.by

    def open(self, by: tuple[int, int]) -> None:
        """Open the card with the picture moved by so many pixels."""
        if not self._is_open:
            self.toggle()
        self._card.show_by(*by)
        self._ask()

    @Slot()
    def close(self) -> None:
        """Close the card, and move the picture back."""
        if self._is_open:
            self._is_open = False
            self._runner.cancel()
            self._shown = (0, 0)
            self._card.show_by(0, 0)
            self.opened.emit(False)

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited: the sliders go back to what is shown."""
        self._runner.cancel()
        self._card.show_by(*self._shown)

    @Slot()
    def _ask(self) -> None:
        if self._is_open and self._traced is not None:
            self._runner.ask(self._traced, *self._card.by)

    @Slot(object, object)
    def _take(self, traced: Traced, found: Shift) -> None:
        if traced is self._traced and self._is_open:
            self._shown = found.down, found.right
            self._card.show_shift(traced.trace, found)
