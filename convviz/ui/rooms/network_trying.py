"""An edited filter of the network, between the card it is edited on and the room that shows what follows."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from convviz.nets.records import Values
from convviz.nets.trial import Trial
from convviz.ui.network_source import Traced, filter_layer, filter_of
from convviz.ui.network_trial import TrialRunner, Tried
from convviz.ui.rooms.kernel_trial import KernelTrial
from convviz.ui.rooms.trial_steps import TrialStep
from convviz.ui.session import UNDO_LIMIT
from convviz.ui.undo import push


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
        # Whether what is on screen is of another picture than what the network is to be run on.
        self._is_behind = False
        # What is on the card; not in force while the network still runs with it.
        self._wanted: Values | None = None
        self.steps = QUndoStack(self)
        self.steps.setUndoLimit(UNDO_LIMIT)
        self._is_open = False
        runner.came.connect(self._take)
        runner.failed.connect(self.cancel)
        runner.defect.connect(self.cancel)
        card.edited.connect(self._ask)
        card.gesture_finished.connect(self._end_step)
        card.reset.connect(self.reset)
        card.closed.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether the card is wanted."""
        return self._is_open

    @property
    def base(self) -> Traced | None:
        """The network as it is, without any edit; None before the first."""
        return self._base

    @property
    def is_edited(self) -> bool:
        """Whether what is on screen is of an edited network."""
        return self._in_force is not None

    def said(self) -> str:
        """Return that, and which, filter is edited; nothing of a network as it is."""
        return self.tr("edited: {0}").format(self._name()) if self.is_edited else ""

    def follow(self, traced: Traced) -> bool:
        """Go over to another picture, with the edit, or to another network, without.

        Returns
        -------
        bool
            Whether :attr:`came` will bring what is to be shown: the edited network is run on the picture.
        """
        before, wanted = self._base, self._wanted
        self._runner.cancel()
        self._base, self._trial = traced, None
        if before is None or before.network is not traced.network:
            self._in_force = self._wanted = None
            self.steps.clear()
        elif wanted is not None and self._place is not None:
            self._is_behind = True
            self.put(self._place, wanted)
        return self._is_behind

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
            self.put(self._place, None)
            self.steps.clear()

    @Slot()
    def reset(self) -> None:
        """Put the network's own filter back, as a step to undo."""
        if self._wanted is None or self._place is None:
            self.put(self._place, None)
            return
        self._end_step()
        self._push(None)
        self._end_step()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited: the card shows again what is in force."""
        self._runner.cancel()
        self._wanted = self._in_force
        if self._base is None:
            return
        if self._is_behind:
            # What was in force was so on another picture.
            self.put(self._place, None)
            return
        if self._in_force is None:
            self._show_own()
        else:
            self._show_edited(self._in_force)

    def put(self, place: tuple[int, int] | None, weights: Values | None, channel: int | None = None) -> None:
        """Put a filter (C, kh, kw) in force in the place of one of the network's, or none.

        Parameters
        ----------
        place : (int, int), optional
            A convolution and its filter.
        weights : ndarray of float32, optional
            None for the network as it is.
        channel : int, optional
            The input channel to be looked at.
        """
        if self._base is None:
            return
        self._wanted = weights
        if weights is None or place is None:
            self._runner.cancel()
            was_edited, self._in_force = self.is_edited or self._is_behind, None
            self._is_behind = False
            self._show_own(channel)
            if was_edited:
                self.came.emit(self._base)
        else:
            self._place = place
            # What was edited on the card is there, perhaps still being typed.
            if self._card.filter() is not weights:
                self._show_edited(weights, channel)
            if self._trial is None:
                self._trial = Trial(self._base.network, self._base.trace)
            self._runner.ask(Tried(self._base, self._trial, *place, weights))

    def _show_edited(self, weights: Values, channel: int | None = None) -> None:
        self._card.show_filter(weights, self._name(), edited=True, channel=channel)

    def _show_own(self, channel: int | None = None) -> None:
        """Show the network's own filter of the chosen map."""
        assert self._base is not None
        layer, number = self._chosen
        weights, _ = filter_of(self._base, layer, number)
        found = filter_layer(self._base, layer)
        self._place = None if found is None else (found, number)
        self._card.show_filter(weights, self._name(), channel=channel)

    def _name(self) -> str:
        if self._place is None or self._base is None:
            return ""
        layer, number = self._place
        name = self._base.trace.architecture.layers[layer].name
        return self.tr("filter {0} of {1}").format(number, name)

    @Slot(object)
    def _ask(self, weights: Values) -> None:
        """Take over an edit; one back to the network's own filter is none."""
        if self._base is not None and self._place is not None:
            own, _ = filter_of(self._base, *self._place)
            self._push(None if own is not None and np.array_equal(own, weights) else weights)

    def _push(self, weights: Values | None) -> None:
        assert self._place is not None
        text = self.tr("edit of {0}").format(self._name())
        channel = self._card.shown_channel()
        push(self.steps, TrialStep(self, self._place, (self._wanted, weights), channel, text))

    @Slot()
    def _end_step(self) -> None:
        """Let the next edit be a step of its own."""
        top = self.steps.command(self.steps.index() - 1) if self.steps.index() else None
        if isinstance(top, TrialStep):
            top.close()

    @Slot(object, object)
    def _take(self, tried: Tried, traced: Traced) -> None:
        if tried.base is self._base and self._is_open:
            self._in_force, self._is_behind = tried.weights, False
            self.came.emit(traced)

    def retranslate(self) -> None:
        """Write the name of the filter in the language in force."""
        if self._is_open and self._card.filter() is not None:
            edited = self.is_edited or self._runner.busy
            self._card.show_filter(self._card.filter(), self._name(), edited=edited)
