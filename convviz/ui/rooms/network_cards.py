"""The cards beside the maps, of which one at a time is open, and the buttons that open them."""

from PySide6.QtCore import QObject, Slot

from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_shifting import NetworkShifting
from convviz.ui.rooms.network_trying import NetworkTrying


class NetworkCards(QObject):
    """Shows the card that is wanted and closes the other.

    Parameters
    ----------
    face : NetworkFace
        Where the cards and the buttons are.
    trying : NetworkTrying
        The edited filter.
    shifting : NetworkShifting
        The moved picture.
    """

    def __init__(self, face: NetworkFace, trying: NetworkTrying, shifting: NetworkShifting) -> None:
        super().__init__(face)
        self._face, self._trying, self._shifting = face, trying, shifting
        trying.opened.connect(self._show_trial)
        shifting.opened.connect(self._show_shift)
        face.panel.attempt.clicked.connect(trying.toggle)
        face.panel.shift.clicked.connect(shifting.toggle)
        face.panel.numbers.clicked.connect(self.toggle_unit)
        face.tools.unit.closed.connect(self.toggle_unit)

    @Slot(bool)
    def _show_trial(self, wanted: bool) -> None:
        """Show the card with the filter beside the maps, or no longer."""
        tools = self._face.tools
        if wanted:
            self._shifting.close()
            self._face.panel.numbers.setChecked(False)
        tools.bring(tools.trial, wanted=wanted)
        self._face.panel.attempt.setChecked(wanted)
        if wanted:
            tools.trial.grid.setFocus()

    @Slot(bool)
    def _show_shift(self, wanted: bool) -> None:
        """Show the card with the sliders beside the maps, or no longer."""
        tools = self._face.tools
        if wanted:
            self._trying.close()
            self._face.panel.numbers.setChecked(False)
        tools.bring(tools.shift, wanted=wanted)
        self._face.panel.shift.setChecked(wanted)
        if wanted:
            tools.shift.right.setFocus()

    @Slot()
    def toggle_unit(self) -> None:
        """Show the card with a unit's numbers beside the maps, or no longer."""
        tools = self._face.tools
        wanted = tools.unit.isHidden()
        if wanted:
            self._trying.close()
            self._shifting.close()
        tools.bring(tools.unit, wanted=wanted)
        self._face.panel.numbers.setChecked(wanted)
        if wanted:
            tools.unit.channels.setFocus()
