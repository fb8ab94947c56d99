"""What is excited in the network room: the whole map that is looked at, or one cell of it."""

from PySide6.QtCore import QObject, Slot

from convviz.core.specs import Pair
from convviz.nets.network import Network
from convviz.nets.records import INPUT
from convviz.nets.why.unit_evidence import strongest_unit
from convviz.ui.network_source import Traced
from convviz.ui.rooms.network_face import CELL, WHOLE, NetworkFace
from convviz.ui.rooms.network_maps import NetworkMaps
from convviz.ui.rooms.network_notices import NetworkNotices
from convviz.ui.rooms.network_pages import NetworkPages
from convviz.ui.rooms.network_pointing import NetworkPointing
from convviz.ui.rooms.network_reasons import NetworkReasons

# Network, layer, map, aim, and the kept cell where that is one.
_Wanted = tuple[Network, int, int, str, Pair | None]


class NetworkExciting(QObject):
    """Has the picture looked for that excites a map or a cell most.

    Parameters
    ----------
    face : NetworkFace
        Whose page and whose choice it is.
    pages : NetworkPages
        What is up.
    maps : NetworkMaps
        The layer and the map that are looked at.
    pointing : NetworkPointing
        The cell that is kept.
    reasons : NetworkReasons
        Who looks for pictures.
    notices : NetworkNotices
        What was said of the picture before.
    """

    def __init__(
        self,
        face: NetworkFace,
        pages: NetworkPages,
        maps: NetworkMaps,
        pointing: NetworkPointing,
        reasons: NetworkReasons,
        notices: NetworkNotices,
    ) -> None:
        super().__init__(face)
        self._face, self._pages, self._maps = face, pages, maps
        self._pointing, self._reasons, self._notices = pointing, reasons, notices
        self._traced: Traced | None = None
        self._asked: _Wanted | None = None
        face.aim.chosen.connect(self.begin)

    def follow(self, traced: Traced) -> None:
        """Go over to another trace."""
        self._traced = traced

    @Slot()
    def begin(self) -> None:
        """Look for the picture that excites the chosen map, or a cell of it, most."""
        wanted = self._wanted()
        if wanted is None or self._traced is None:
            # No unit, nothing to excite.
            self._pages.leave()
            return
        self._asked = wanted
        self._notices.withdraw()
        _, layer, number, aim, place = wanted
        self._face.aim.setEnabled(self._has_cells(layer))
        if aim == CELL and place is None:
            row, column = strongest_unit(self._traced.trace, layer, number)[-2:]
            place = row, column
        self._reasons.excite(layer, number, place)

    def keep_up(self) -> None:
        """Look for another picture if another map or cell is meant now."""
        if self._wanted() != self._asked:
            self.begin()

    def _wanted(self) -> _Wanted | None:
        """Return what is meant; without a kept cell it stays the one that was strongest at first."""
        layer, number, traced = self._maps.layer, self._maps.number, self._traced
        if layer == INPUT or traced is None:
            return None
        # Before its activation a map may be as happy with less than nothing.
        finished = self._face.strip.finished(layer)
        if self._face.aim.choice() != CELL or not self._has_cells(layer):
            return traced.network, finished, number, WHOLE, None
        before, after = (traced.trace.architecture.layers[at].shape for at in (layer, finished))
        spot = self._pointing.pinned
        place = None if spot is None or spot.on_photo else spot.cell
        # Behind a pooling the cells are others.
        return traced.network, finished if before == after else layer, number, CELL, place

    def _has_cells(self, layer: int) -> bool:
        return self._traced is not None and len(self._traced.trace.architecture.layers[layer].shape) > 1
