"""The arithmetic line of the network room: how the unit that is meant comes about."""

from PySide6.QtCore import QObject, QTimer, Slot

from convviz.core.pieces import Line
from convviz.nets.records import INPUT
from convviz.nets.why.excite import map_index
from convviz.ui.network_source import Traced
from convviz.ui.network_unit import UnitWriter
from convviz.ui.rooms.input_line import InputLine, input_cell
from convviz.ui.rooms.network_face import NetworkFace
from convviz.ui.rooms.network_maps import NetworkMaps
from convviz.ui.rooms.network_pages import NetworkPages
from convviz.ui.rooms.network_pointing import NetworkPointing


class NetworkLine(QObject):
    """Has the unit written out that is pointed at or chosen.

    Parameters
    ----------
    face : NetworkFace
        Whose line it is.
    writer : UnitWriter
        Who writes units out.
    pages : NetworkPages
        Of which some have units.
    maps : NetworkMaps
        The layer and the map that are looked at.
    pointing : NetworkPointing
        The cell that is meant.
    """

    def __init__(
        self,
        face: NetworkFace,
        writer: UnitWriter,
        pages: NetworkPages,
        maps: NetworkMaps,
        pointing: NetworkPointing,
    ) -> None:
        super().__init__(face)
        self._face, self._writer = face, writer
        self._pages, self._maps, self._pointing = pages, maps, pointing
        self._input = InputLine(self)
        self._traced: Traced | None = None
        # Layer of the unit that was written out last.
        self._written: int | None = None
        self._has_unit = False
        self._writing = QTimer(self, singleShot=True, interval=0)
        self._writing.timeout.connect(self._write_unit)
        writer.written.connect(self._show_unit)
        writer.explained.connect(face.tools.unit.show_unit)
        pages.changed.connect(self._show_line)
        face.lowness_changed.connect(self._show_line)
        pointing.spot_changed.connect(self._writing.start)

    @property
    def busy(self) -> bool:
        """Whether what the line shows is older than what is meant."""
        return self._writer.busy or self._writing.isActive()

    def follow(self, traced: Traced) -> None:
        """Go over to another trace."""
        self._traced = traced

    @Slot()
    def _write_unit(self) -> None:
        """Ask for the arithmetic of the unit that is pointed at or chosen."""
        if self._traced is None:
            return
        layer, index = self._maps.layer, self._index(self._traced)
        cell = input_cell(self._traced, self._pointing.spot) if layer == INPUT else None
        if cell is not None:
            self._writer.cancel()
            self._face.tools.unit.show_unit(None)
            self._has_unit, self._written = True, layer
            self._show_line()
            self._show_unit(*self._input.write(self._traced, cell, self._maps.number))
            return
        self._has_unit = index is not None
        self._show_line()
        if index is None:
            self._writer.cancel()
            self._face.tools.unit.show_unit(None)
            hint = self.tr("Click a cell of the map to see how it is computed.")
            # While the pointer goes from cell to cell nothing jumps.
            self._face.line.clear(hint, keep_height=self._written == layer)
        else:
            self._written = layer
            self._writer.ask(self._traced, layer, index)

    def _index(self, traced: Traced) -> tuple[int, ...] | None:
        """Return which value of the layer is meant; None for none."""
        layer, spot = self._maps.layer, self._pointing.spot
        if layer == INPUT:
            return None
        place = map_index(traced.trace, layer, self._maps.number)
        if len(traced.trace.architecture.layers[layer].shape) == 1:
            return place
        if spot is not None and not spot.on_photo:
            return (*place, *spot.cell)
        return None

    @Slot(str, str, object)
    def _show_unit(self, words: str, name: str, lines: tuple[Line, ...]) -> None:
        """Show how a unit comes about; in a low room the numbers alone."""
        self._face.line.set_cell(name if self._face.is_low() else f"{words}  {name}", lines)

    @Slot()
    def _show_line(self) -> None:
        """Show the arithmetic beside what has any; in a low room only if there is something to say."""
        shown = self._pages.shows_units and (self._has_unit or not self._face.is_low())
        self._face.line.setVisible(shown)
