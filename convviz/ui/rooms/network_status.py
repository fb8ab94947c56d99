"""What is true of the whole network, and whether what is on screen is still meant."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from convviz.ui.class_words import class_words
from convviz.ui.language import say
from convviz.ui.network_source import Traced
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_trying import NetworkTrying
from convviz.ui.rooms.network_words import NetworkWords
from convviz.ui.widgets.class_bars import ClassBar, class_bar, likeliest


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
        # The network on screen and its classes; a number says nothing of another's.
        self._classes: tuple[object, ...] = ()

    def describe(self, traced: Traced) -> None:
        """Write what is true of the whole network."""
        face, trace, network = self._face, traced.trace, traced.network
        edited = self._trying.said()
        face.bar.show_origin(edited or say(network.origin), warns=bool(edited) or not network.trained)
        face.bar.totals.set_whole(self._words.totals(trace.architecture), self._words.totals_tip())
        names, shares = class_words(traced), trace.probabilities()
        bars = likeliest(shares, names)
        before, self._classes = self._classes, (traced.key, traced.trace.classes, len(shares))
        if before != self._classes:
            face.panel.classes.forget()
        face.panel.classes.set_bars(bars, self._extra(shares, names))
        face.bar.says.set_whole(" · ".join(f"{bar.name} {bar.percent}" for bar in bars[:2]))
        self.described.emit(self._words.status(traced))

    def _extra(self, shares: NDArray[np.float64], names: tuple[str, ...]) -> ClassBar | None:
        """Return the bar of a class that was looked up, if one was."""
        looked_up = self._face.panel.classes.extra
        return None if looked_up is None else class_bar(looked_up, shares, names)

    def show_stale(self, stale: bool, *, waits: bool) -> None:
        """Pale what belongs to another network or picture, and say whether a newer one is awaited."""
        face = self._face
        for widget in (face.mosaic, face.vector, face.panel.classes, face.answer):
            widget.set_stale(stale)
        for pane in (face.panel.map, face.large.map):
            pane.set_stale(stale, waits=waits)
