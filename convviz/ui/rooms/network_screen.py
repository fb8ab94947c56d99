"""What is on screen in the network room: one network, one picture, and what the picture did in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from convviz.ui.network_source import Traced

if TYPE_CHECKING:
    from convviz.ui.rooms.network_desk import NetworkDesk


class NetworkScreen(QObject):
    """Brings a trace to every part of the room that shows something of it.

    Parameters
    ----------
    desk : NetworkDesk
        Whose parts.
    """

    def __init__(self, desk: "NetworkDesk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._traced: Traced | None = None

    @property
    def traced(self) -> Traced | None:
        """A network and what a picture did in it; None before the first."""
        return self._traced

    @Slot(object)
    def take(self, traced: Traced) -> None:
        """Show another network or picture, unless a filter is edited: then the edit has to come first."""
        if not self._desk.trying.follow(traced):
            self._bring(traced)

    def _bring(self, traced: Traced) -> None:
        """Show another network or picture."""
        before, self._traced, desk = self._traced, traced, self._desk
        architecture = traced.trace.architecture
        desk.notices.clear()
        desk.strip.set_architecture(architecture)
        if before is None or before.key != traced.key or before.opening is not traced.opening:
            desk.maps.begin(traced.trace)
            desk.list_networks()
        if before is None or before.network is not traced.network:
            self.tell_origin()
        if before is None or before.trace.architecture is not architecture:
            desk.funnel.set_architecture(architecture)
            desk.table.set_architecture(architecture)
        self._show(traced)

    @Slot(object)
    def take_edited(self, traced: Traced) -> None:
        """Show the network with a filter edited, or as it is again."""
        if self._traced is None or self._traced.picture is not traced.picture:
            self._bring(traced)
            return
        self._traced = traced
        bar = self._desk.mosaic.verticalScrollBar()
        place = bar.value()
        self._show(traced)
        bar.setValue(place)

    def _show(self, traced: Traced) -> None:
        """Show what is in a trace, and ask anew what is asked about it."""
        desk = self._desk
        desk.status.describe(traced)
        desk.units.follow(traced)
        desk.answers.follow(traced)
        desk.maps.show_traced(traced)
        desk.mark_stale()
        desk.reasons.follow(traced)
        desk.exciting.follow(traced)
        base = desk.trying.base
        desk.gallery.follow(traced, (base or traced).network)
        desk.following.follow(traced)
        desk.shifting.follow(traced)

    def tell_origin(self) -> None:
        """Say of an untrained network that its answers mean nothing, and offer what would help."""
        now, desk = self._traced, self._desk
        if now is not None and not now.network.trained and not desk.stale:
            offers = desk.choices.can_fetch(now.key)
            desk.notices.say(now.network.origin, is_note=True, offers_weights=offers)
