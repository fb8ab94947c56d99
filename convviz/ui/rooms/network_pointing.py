"""Pointing in the network room: a cell of a map and the pixels it sees, a pixel and the cells that see it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.geometry import Rect
from convviz.core.numbers import format_number
from convviz.core.picture import Picture
from convviz.core.specs import Pair
from convviz.nets.records import Trace
from convviz.ui.map_colours import Maps
from convviz.ui.rooms.cell_text import pixel_text
from convviz.ui.rooms.map_pane import MapPane, PhotoPane
from convviz.ui.unit_link import cells_seeing, fields_of, input_on_photo, pixels_seen


@dataclass(frozen=True, eq=False)
class Target:
    """What is pointed into: map ``number`` of ``layer``, its ``values`` (H, W), and the photograph."""

    trace: Trace
    picture: Picture
    layer: int
    number: int
    values: Maps


@dataclass(frozen=True)
class Spot:
    """A cell of the map, or a pixel of the photograph."""

    on_photo: bool
    cell: Pair


class NetworkPointing(QObject):
    """Marks in every pane what belongs together. Hovering shows it, a click keeps it until Esc.

    Parameters
    ----------
    photos : tuple of PhotoPane
        Where the photograph is shown.
    maps : tuple of MapPane
        Where the chosen map is shown.
    parent : QObject
        Owner.
    """

    told = Signal(str)  # what is said of the place pointed at; empty for none
    spot_changed = Signal()  # another cell or pixel is meant now, or none
    escaped = Signal()  # Esc, with nothing left to let go of

    def __init__(self, photos: tuple[PhotoPane, ...], maps: tuple[MapPane, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._photos, self._maps = photos, maps
        self._target: Target | None = None
        self._hovered: Spot | None = None
        self._pinned: Spot | None = None
        for on_photo, panes in ((True, photos), (False, maps)):
            for pane in panes:
                pane.hovered.connect(lambda cell, on_photo=on_photo: self._hover(on_photo, cell))
                pane.pinned.connect(lambda cell, on_photo=on_photo: self.pin(Spot(on_photo, cell)))
                pane.unpinned.connect(self.let_go)

    @property
    def spot(self) -> Spot | None:
        """The cell or pixel that is meant: the one under the pointer, else the one that is kept."""
        return self._hovered or self._pinned

    @property
    def pinned(self) -> Spot | None:
        """The cell or pixel that is kept."""
        return self._pinned

    def show_target(self, target: Target | None) -> None:
        """Point into another map; a pixel of the photograph stays what is meant, a cell may not."""
        before, self._target = self._target, target
        same = before is not None and target is not None and before.layer == target.layer
        for name in ("_hovered", "_pinned"):
            spot = getattr(self, name)
            if spot is not None and not (self._fits(spot) and (spot.on_photo or same)):
                setattr(self, name, None)
        self.refresh()

    def _fits(self, spot: Spot) -> bool:
        if self._target is None:
            return False
        picture, values = self._target.picture, self._target.values
        height, width = (picture.height, picture.width) if spot.on_photo else values.shape
        return bool(spot.cell[0] < height and spot.cell[1] < width)

    def _hover(self, on_photo: bool, cell: Pair | None) -> None:
        self._hovered = None if cell is None else Spot(on_photo, cell)
        self.refresh()

    def pin(self, spot: Spot) -> None:
        """Keep a cell or pixel until Esc."""
        self._pinned = spot
        self.refresh()

    @Slot()
    def let_go(self) -> None:
        """Keep no cell any more; without one to let go of, say so."""
        if self._pinned is None:
            self.escaped.emit()
            return
        self._pinned = self._hovered = None
        self.refresh()

    def refresh(self) -> None:
        """Mark and tell anew what is meant."""
        pixels, cells, text = self._found()
        looked_at = None if self._target is None else input_on_photo(self._target.trace, self._target.picture)
        for photo in self._photos:
            photo.mark(pixels, looked_at)
        for pane in self._maps:
            pane.mark(cells)
        self.told.emit(text)
        self.spot_changed.emit()

    def _found(self) -> tuple[Rect | None, Rect | None, str]:
        """Return what is marked on the photograph and on the map, and what is said."""
        target, spot = self._target, self.spot
        if target is None or spot is None or not self._fits(spot):
            return None, None, ""
        if fields_of(target.trace, target.layer) is None:
            # Where it is no map, it is not known which unit sees which pixel.
            return self._found_without_fields(target, spot)
        if spot.on_photo:
            cells = cells_seeing(target.trace, target.layer, spot.cell)
            told = f"{pixel_text(target.picture, spot.cell)} · {self._seen_by(cells)}"
            return Rect(*spot.cell), cells, told
        pixels = pixels_seen(target.trace, target.layer, spot.cell, target.picture)
        return pixels, Rect(*spot.cell), f"{self._value(target, spot)} · {self._sees(pixels)}"

    def _found_without_fields(self, target: Target, spot: Spot) -> tuple[Rect | None, Rect | None, str]:
        if spot.on_photo:
            return Rect(*spot.cell), None, pixel_text(target.picture, spot.cell)
        return None, Rect(*spot.cell), self._value(target, spot)

    def _value(self, target: Target, spot: Spot) -> str:
        value = format_number(float(target.values[spot.cell]))
        return self.tr("map {0}, row {1}, column {2}: {3}").format(target.number, *spot.cell, value)

    def _sees(self, pixels: Rect | None) -> str:
        if pixels is None:
            return self.tr("sees only padding")
        return self.tr("sees {0} pixels").format(f"{pixels.height} × {pixels.width}")

    def _seen_by(self, cells: Rect | None) -> str:
        if cells is None:
            return self.tr("no cell of this map sees it")
        return self.tr("seen by {0} cells").format(f"{cells.height} × {cells.width}")
