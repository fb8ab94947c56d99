"""What speaks for a class and what excites a map, between the controls and the panes."""

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.specs import Pair
from convviz.nets.unit_cells import Index
from convviz.nets.why.evidence import Evidence
from convviz.nets.why.unit_evidence import UnitEvidence, UnitReason
from convviz.ui.class_words import class_word
from convviz.ui.network_source import Traced
from convviz.ui.network_why import Ideal, Why
from convviz.ui.rooms.ideal_page import IdealPane
from convviz.ui.rooms.map_pane import Heat, Overlay, PhotoPane
from convviz.ui.rooms.network_panel import NetworkPanel
from convviz.ui.rooms.seen_pixels import SeenPixels
from convviz.ui.rooms.why_chooser import WhyNote


class NetworkReasons(QObject):
    """Asks for reasons and shows them.

    Parameters
    ----------
    why : Why
        Where they come from.
    panel : NetworkPanel
        Its chooser, its class.
    photos : tuple of PhotoPane
        Where the evidence is shown.
    notes : tuple of WhyNote
        Where it is said what is seen.
    ideal : IdealPane
        Where the picture that excites a map is shown.
    parent : QObject
        Owner.
    """

    ideal_came = Signal()  # there is a picture that excites a map, or a better one
    remarked = Signal(object)  # Sentence: what is to be known of that picture

    def __init__(
        self,
        why: Why,
        panel: NetworkPanel,
        photos: tuple[PhotoPane, ...],
        notes: tuple[WhyNote, ...],
        ideal: IdealPane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._notes = notes
        self._why, self._panel, self._photos, self._ideal = why, panel, photos, ideal
        self._traced: Traced | None = None
        self._shown: Evidence | UnitEvidence | None = None
        self._unit: tuple[int, Index] | None = None
        why.answered.connect(self._show_evidence)
        why.drawn.connect(self._show_ideal)
        why.failed.connect(self.cancel)
        panel.why.changed.connect(self._ask)
        panel.classes.chosen.connect(self._ask)

    def follow(self, traced: Traced) -> None:
        """Go over to another trace: what was found out about the one before is not true of it."""
        before, self._traced = self._traced, traced
        self._lay(None)
        if before is not None and before.network is traced.network and self._why.seeks_ideal:
            # What excites a map is the network's business, whatever picture it looks at.
            return
        self._why.cancel()
        # The unit is told of anew: in another network it may not exist.
        self._unit = None
        self._ask()

    @property
    def asks_unit(self) -> bool:
        """Whether it is asked what a unit responded to."""
        return isinstance(self._panel.why.reason, UnitReason)

    def look_at(self, unit: tuple[int, Index] | None) -> None:
        """Ask what made another unit respond, if that is asked at all; None for no unit."""
        changed, self._unit = unit != self._unit, unit
        if changed and self.asks_unit and not self._why.seeks_ideal:
            self._ask()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited; the chooser goes back to what is shown."""
        self._why.cancel()
        # Told of, this would be asked for again.
        blocked = self._panel.why.blockSignals(True)
        self._panel.why.choose(None if self._shown is None else self._shown.reason)
        self._panel.why.blockSignals(blocked)

    def excite(self, layer: int, number: int, place: Pair | None = None) -> None:
        """Look for the picture that excites map ``number`` of a layer most, or the cell at a place of it."""
        if self._traced is not None:
            self._lay(None)
            self._ideal.show_ideal(None)
            self._why.ask_ideal(self._traced, layer, number, place)

    def forget_ideal(self) -> None:
        """Look no longer for a picture that excites a map."""
        if self._why.seeks_ideal:
            self._why.cancel()

    @Slot()
    def _ask(self) -> None:
        """Ask what speaks for the chosen class, or for the unit, if that is to be shown."""
        number, reason = self._panel.classes.chosen_class, self._panel.why.reason
        if reason is None:
            self._lay(None)
            if not self._why.seeks_ideal:
                self._why.cancel()
        elif isinstance(reason, UnitReason):
            if self._traced is None or self._unit is None:
                self._lay(None)
                self._why.cancel()
            else:
                self._why.ask_unit(self._traced, *self._unit, reason)
        elif self._traced is not None and number is not None:
            self._why.ask(self._traced, number, reason)

    @Slot(object, object)
    def _show_evidence(self, traced: Traced, found: Evidence | UnitEvidence) -> None:
        if traced is self._traced and self._panel.why.reason is found.reason:
            self._lay(found)

    def _lay(self, found: Evidence | UnitEvidence | None) -> None:
        self._shown = found
        overlay: Overlay | None = None
        if isinstance(found, Evidence) and self._traced is not None:
            overlay = Heat(found.values, self._traced.trace.placement, found.signed)
        elif isinstance(found, UnitEvidence) and self._traced is not None:
            overlay = SeenPixels(found.colours, found.field, self._traced.trace.placement)
        for photo in self._photos:
            photo.set_heat(overlay)
        for note in self._notes:
            note.show_said(() if found is None else found.said, self._word)
        # While the next is awaited, the photographs stay where they are.
        if isinstance(overlay, SeenPixels) or not self.asks_unit or self._unit is None:
            for photo in self._photos:
                photo.look_at(overlay.seen() if isinstance(overlay, SeenPixels) else None)

    def _word(self, name: str) -> str:
        """Return what a class is called in the language in force."""
        return name if self._traced is None else class_word(self._traced, name)

    @Slot(object)
    def _show_ideal(self, ideal: Ideal) -> None:
        if self._traced is not None and ideal.wish.traced.network is self._traced.network:
            self._ideal.show_ideal(ideal)
            self.ideal_came.emit()
            if ideal.said is not None:
                self.remarked.emit(ideal.said)
            if ideal.is_final:
                # It had to wait.
                self._ask()
