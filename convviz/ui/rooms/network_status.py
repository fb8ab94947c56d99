"""What is true of the whole network, and whether what is on screen is still meant."""

from PySide6.QtCore import QObject, Signal

from convviz.ui.language import say
from convviz.ui.network_source import Traced
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_trying import NetworkTrying
from convviz.ui.rooms.network_words import NetworkWords
from convviz.ui.widgets.class_bars import likeliest


class NetworkStatus(QObject):
    """Writes origin, totals, classes and the status bar, and pales what is out of date.

    Parameters
    ----------
    face : NetworkFace
        Where.
    trying : NetworkTrying
        What tells whether a filter is edited.
    words : NetworkWords
        What is written.
    """

    described = Signal(str)  # network, data set, weights, time of the forward pass

    def __init__(self, face: NetworkFace, trying: NetworkTrying, words: NetworkWords) -> None:
        super().__init__(face)
        self._face, self._trying, self._words = face, trying, words

    def describe(self, traced: Traced) -> None:
        """Write what is true of the whole network."""
        face, trace, network = self._face, traced.trace, traced.network
        edited = self._trying.said()
        face.bar.show_origin(edited or say(network.origin), warns=bool(edited) or not network.trained)
        face.bar.totals.set_whole(self._words.totals(trace.architecture), self._words.totals_tip())
        bars = likeliest(trace.probabilities(), trace.classes)
        face.panel.classes.set_bars(bars)
        face.bar.says.set_whole(" · ".join(f"{bar.name} {bar.percent}" for bar in bars[:2]))
        self.described.emit(self._words.status(traced))

    def show_stale(self, stale: bool, *, waits: bool) -> None:
        """Pale what belongs to another network or picture, and say whether a newer one is awaited."""
        face = self._face
        for widget in (face.mosaic, face.vector, face.panel.classes):
            widget.set_stale(stale)
        for pane in (face.panel.map, face.large.map):
            pane.set_stale(stale, waits=waits)
