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

    @Slot(bool)
    def _show_trial(self, wanted: bool) -> None:
        """Show the card with the filter beside the maps, or no longer."""
        tools = self._face.tools
        if wanted:
            self._shifting.close()
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
        tools.bring(tools.shift, wanted=wanted)
        self._face.panel.shift.setChecked(wanted)
        if wanted:
            tools.shift.right.setFocus()
