"""Keeps an explanation of a map in step with the layer and the map that are looked at."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convviz.nets.records import INPUT
from convviz.nets.unit_cells import Index
from convviz.nets.why.excite import map_index
from convviz.nets.why.unit_evidence import strongest_map, strongest_unit
from convviz.ui.network_source import Traced
from convviz.ui.rooms.network_maps import NetworkMaps
from convviz.ui.rooms.network_pages import NetworkPages
from convviz.ui.rooms.network_pointing import NetworkPointing
from convviz.ui.rooms.network_reasons import NetworkReasons


class NetworkFollowing(QObject):
    """Explains the cell that is kept, or the strongest of the map; after a step, the strongest map.

    So a lecturer steps from layer to layer and sees what each of them looks for.

    Parameters
    ----------
    maps : NetworkMaps
        The layer and the map that are looked at.
    pages : NetworkPages
        Of which some explain a map.
    pointing : NetworkPointing
        The cell that is kept.
    reasons : NetworkReasons
        What explains units.
    parent : QObject
        Owner.
    """

    moved = Signal()  # another map, or perhaps cell, is looked at, while a page explains the one before

    def __init__(
        self,
        maps: NetworkMaps,
        pages: NetworkPages,
        pointing: NetworkPointing,
        reasons: NetworkReasons,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._maps, self._pages, self._pointing, self._reasons = maps, pages, pointing, reasons
        self._traced: Traced | None = None
        self._layer: int | None = None
        self._map: tuple[object, int, int] | None = None
        # After everything has followed: on the way there, layer and trace need not belong together.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._look)
        pointing.spot_changed.connect(self._timer.start)

    @property
    def busy(self) -> bool:
        """Whether it has still to be seen what is looked at."""
        return self._timer.isActive()

    def follow(self, traced: Traced) -> None:
        """Go over to another trace."""
        self._traced = traced
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if self._traced is None:
            return
        trace, layer = self._traced.trace, self._maps.layer
        stepped = self._layer is not None and layer != self._layer
        self._layer = layer
        if stepped and layer != INPUT and (self._reasons.asks_unit or self._pages.explains_map):
            self._maps.choose_map(strongest_map(trace, layer))
        now = self._traced.network, layer, self._maps.number
        changed, self._map = now != self._map, now
        # One cell of it may be what is excited.
        if self._pages.shows_ideal or (changed and self._pages.explains_map):
            self.moved.emit()
        self._reasons.look_at(None if layer == INPUT else (layer, self._unit(self._traced)))

    def _unit(self, traced: Traced) -> Index:
        """Return the unit to be explained: the kept cell, else the strongest of the map."""
        layer, number, spot = self._maps.layer, self._maps.number, self._pointing.pinned
        if spot is None or spot.on_photo or len(traced.trace.architecture.layers[layer].shape) == 1:
            return strongest_unit(traced.trace, layer, number)
        return (*map_index(traced.trace, layer, number), *spot.cell)
