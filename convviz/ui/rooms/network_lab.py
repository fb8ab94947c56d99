"""A filter of the network on its way into the convolution room."""

from PySide6.QtCore import QObject, Signal, Slot

from convviz.ui.lab_state import fits_lab, lab_refusal, lab_state
from convviz.ui.rooms.network_maps import NetworkMaps
from convviz.ui.session import Session


class NetworkLab(QObject):
    """Makes the filter of the map that is looked at the kernel of the session.

    Parameters
    ----------
    session : Session
        Whose kernel it becomes.
    maps : NetworkMaps
        The map that is looked at.
    parent : QObject
        Owner.
    """

    filled = Signal()  # the session's kernel is a filter of the network now
    refused = Signal(object)  # Sentence: why it is not

    def __init__(self, session: Session, maps: NetworkMaps, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._maps = session, maps

    @Slot()
    def send(self) -> None:
        """Take the filter into the convolution room, if there is one and it fits."""
        weights, coloured = self._maps.filter()
        layer = self._maps.filter_layer()
        if weights is None or layer is None or not fits_lab(weights):
            return
        refusal = lab_refusal(layer)
        if refusal is not None:
            self.refused.emit(refusal)
        else:
            name = self.tr("filter {0}").format(self._maps.number)
            state = lab_state(self._session.state, weights, name, layer, coloured=coloured)
            self._session.edit(state, self.tr("filter of a network"))
            self.filled.emit()
