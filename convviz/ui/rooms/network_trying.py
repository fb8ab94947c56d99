"""An edited filter of the network, between the card it is edited on and the room that shows what follows."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from convviz.nets.records import Values
from convviz.nets.trial import Trial
from convviz.ui.network_source import Traced, filter_layer, filter_of
from convviz.ui.network_trial import TrialRunner, Tried
from convviz.ui.rooms.kernel_trial import KernelTrial


class NetworkTrying(QObject):
    """Keeps the network as it is, and the one filter that is edited.

    While a filter is edited the card stays with it, whatever layer and map are looked at.

    Parameters
    ----------
    runner : TrialRunner
        Who runs the network with the filter.
    card : KernelTrial
        Where the filter is edited.
    parent : QObject
        Owner.
    """

    came = Signal(object)  # Traced: the network to be shown, edited or as it is
    opened = Signal(bool)  # whether the card is wanted

    def __init__(self, runner: TrialRunner, card: KernelTrial, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._card = runner, card
        self._base: Traced | None = None
        self._trial: Trial | None = None
        self._chosen = (-1, 0)
        self._place: tuple[int, int] | None = None
        # What is on screen; None while the network is as it is.
        self._in_force: Values | None = None
        self._is_open = False
        runner.came.connect(self._take)
        runner.failed.connect(self.cancel)
        runner.defect.connect(self.cancel)
        card.edited.connect(self._ask)
        card.reset.connect(self.reset)
        card.closed.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether the card is wanted."""
        return self._is_open

    @property
    def is_edited(self) -> bool:
        """Whether what is on screen is of an edited network."""
        return self._in_force is not None

    def said(self) -> str:
        """Return that, and which, filter is edited; nothing of a network as it is."""
        return self.tr("edited: {0}").format(self._name()) if self.is_edited else ""

    def follow(self, traced: Traced) -> None:
        """Go over to another network or picture: edits of the one before are gone."""
        self._runner.cancel()
        self._base, self._trial, self._in_force = traced, None, None

    def choose(self, layer: int, number: int) -> None:
        """Offer the filter of another map, unless one is edited."""
        self._chosen = layer, number
        if self._is_open and not self.is_edited and not self._runner.busy:
            self._show_own()

    @Slot()
    def toggle(self) -> None:
        """Open the card, or close it."""
        if self._is_open:
            self.close()
            return
        self._is_open = self._base is not None
        if self._is_open:
            self._show_own()
        self.opened.emit(self._is_open)

    @Slot()
    def close(self) -> None:
        """Put the network's own filter back and close the card."""
        if self._is_open:
            self._is_open = False
            self.opened.emit(False)
            self.reset()

    @Slot()
    def reset(self) -> None:
        """Put the network's own filter back."""
        self._runner.cancel()
        was_edited, self._in_force = self.is_edited, None
        if self._base is not None:
            self._show_own()
            if was_edited:
                self.came.emit(self._base)

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited: the card shows again what is in force."""
        self._runner.cancel()
        if self._base is None:
            return
        if self._in_force is None:
            self._show_own()
        else:
            self._card.show_filter(self._in_force, self._name(), edited=True)

    def _show_own(self) -> None:
        """Show the network's own filter of the chosen map."""
        assert self._base is not None
        layer, number = self._chosen
        weights, _ = filter_of(self._base, layer, number)
        found = filter_layer(self._base, layer)
        self._place = None if found is None else (found, number)
        self._card.show_filter(weights, self._name())

    def _name(self) -> str:
        if self._place is None or self._base is None:
            return ""
        layer, number = self._place
        name = self._base.trace.architecture.layers[layer].name
        return self.tr("filter {0} of {1}").format(number, name)

    @Slot(object)
    def _ask(self, weights: Values) -> None:
        if self._base is None or self._place is None:
            return
        own, _ = filter_of(self._base, *self._place)
        if own is not None and np.array_equal(own, weights):
            self.reset()
            return
        if self._trial is None:
            self._trial = Trial(self._base.network, self._base.trace)
        self._runner.ask(Tried(self._base, self._trial, *self._place, weights))

    @Slot(object, object)
    def _take(self, tried: Tried, traced: Traced) -> None:
        if tried.base is self._base and self._is_open:
            self._in_force = tried.weights
            self.came.emit(traced)

    def retranslate(self) -> None:
        """Write the name of the filter in the language in force."""
        if self._is_open and self._card.filter() is not None:
            edited = self.is_edited or self._runner.busy
            self._card.show_filter(self._card.filter(), self._name(), edited=edited)
