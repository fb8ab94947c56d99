"""The state of the network room as a table of a lesson's file, and back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from PySide6.QtCore import QObject, Slot

from convviz.core.lessons import Table
from convviz.core.specs import Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.own_models import is_own
from convviz.nets.catalog import DEFAULT
from convviz.nets.records import INPUT
from convviz.nets.why.evidence import Reason
from convviz.nets.why.unit_evidence import UnitReason
from convviz.ui.network_source import Traced
from convviz.ui.rooms.network_face import CELL, WHOLE
from convviz.ui.rooms.network_pointing import Spot

if TYPE_CHECKING:
    from convviz.ui.rooms.network_desk import NetworkDesk

PAGES = ("maps", "large", "funnel", "table", "answer", "excite", "shift")
METHODS = (*(reason.value for reason in Reason), *(reason.value for reason in UnitReason))
IMAGE = "image"
"""What the input is called among the layers."""

_KNOWN = ("model", "layer", "map", "unit", "page", "why", "shift", "aim")
_MOST_SHIFT = 64


@dataclass(frozen=True)
class NetworkView:
    """What a table describes; what it does not mention is as when the network is first opened.

    Parameters
    ----------
    model : str
        Key of the network in the catalogue.
    layer : str
        Name of the layer, or IMAGE; empty for the first convolution.
    map : int
        Number of the map, or value, of the layer.
    unit : tuple of int or None
        Row and column of the cell of the map that is pinned.
    page : str
        One of :data:`PAGES`.
    why : str
        Which of :data:`METHODS` explains the answer; empty for none.
    shift : tuple of int or None
        How many pixels down and right the picture is moved on the page ``shift``.
    aim : str
        Whether the page ``excite`` is of the WHOLE map or of a CELL.
    """

    model: str = DEFAULT
    layer: str = ""
    map: int = 0
    unit: Pair | None = None
    page: str = "maps"
    why: str = ""
    shift: Pair | None = None
    aim: str = WHOLE

    @classmethod
    def of(cls, table: Table) -> "NetworkView":
        """Return what a table describes.

        Raises
        ------
        Problem
            If something is not as it should be; the sentence names the field.
        """
        unknown = next((key for key in table if key not in _KNOWN), None)
        if unknown is not None:
            _refuse(unknown)
        return cls(
            _word(table, "model", DEFAULT),
            _word(table, "layer", ""),
            _whole(table.get("map", 0), "map", 0, 1_000_000),
            _pair(table, "unit", 0, 1_000_000),
            _word(table, "page", "maps", PAGES),
            _word(table, "why", "", ("", *METHODS)),
            _pair(table, "shift", -_MOST_SHIFT, _MOST_SHIFT),
            _word(table, "aim", WHOLE, (WHOLE, CELL)),
        )

    def table(self) -> dict[str, Any]:
        """Return the table that :meth:`of` makes this from."""
        table: dict[str, Any] = {"model": self.model, "layer": self.layer, "map": self.map, "page": self.page}
        for name in ("unit", "shift"):
            if getattr(self, name) is not None:
                table[name] = list(getattr(self, name))
        if self.aim != WHOLE:
            table["aim"] = self.aim
        return table | ({"why": self.why} if self.why else {})


class NetworkShowing(QObject):
    """Brings the room into the state of a table, as soon as its network has looked at the picture.

    Parameters
    ----------
    desk : NetworkDesk
        What shows it.
    """

    def __init__(self, desk: "NetworkDesk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._wanted: NetworkView | None = None
        # A model of the user's own, which may be asked about first: nobody waits for it.
        self._hoped: NetworkView | None = None
        desk.source.traced.connect(self._take)
        desk.source.failed.connect(self._give_up)

    @property
    def waits(self) -> bool:
        """Whether a table is still to be shown."""
        return self._wanted is not None

    def show(self, view: NetworkView) -> None:
        """Show ``view``, now or when its network is there, in place of one that was asked for before."""
        self._wanted, self._hoped = view, None
        if self._desk.key != view.model and is_own(view.model):
            self._wanted, self._hoped = None, view
            self._desk.own.reopen(view.model)
        elif self._desk.key != view.model:
            self._desk.go_to(view.model)
        elif self._desk.traced is not None and not self._desk.stale:
            self._apply(self._desk.traced)
        elif not self._desk.source.waits:
            # The picture became another while the room was hidden.
            self._desk.show_picture()

    def view(self) -> NetworkView:
        """Return what is shown."""
        desk = self._desk
        if self._wanted is not None or desk.traced is None:
            return self._wanted or NetworkView(desk.key)
        layers, layer = desk.traced.trace.architecture.layers, desk.maps.layer
        spot = desk.pointing.pinned
        reason = desk.panel.why.reason
        return NetworkView(
            desk.key,
            IMAGE if layer == INPUT else layers[layer].name,
            desk.maps.number,
            spot.cell if spot is not None and not spot.on_photo else None,
            self._page(),
            reason.value if reason is not None else "",
            desk.shifting.by if desk.shifting.is_open else None,
            desk.aim.choice(),
        )

    def _page(self) -> str:
        desk = self._desk
        if desk.pages.shows_large:
            return "large"
        if desk.pages.shows_answer:
            return "answer"
        if desk.pages.shows_ideal:
            return "excite"
        return "shift" if desk.shifting.is_open else desk.bar.view.choice()

    @Slot(object)
    def _take(self, traced: Traced) -> None:
        if self._hoped is not None and traced.key == self._hoped.model:
            self._wanted, self._hoped = self._hoped, None
        if self._wanted is None:
            return
        if self._desk.key != self._wanted.model:
            # Somebody has gone over to another network meanwhile.
            self._wanted = None
        elif not self._desk.stale:
            self._apply(traced)

    @Slot()
    def _give_up(self) -> None:
        self._wanted = None

    def _apply(self, traced: Traced) -> None:
        view, self._wanted = self._wanted, None
        assert view is not None
        desk, page = self._desk, view.page
        if desk.shifting.is_open and page != "shift":
            desk.shifting.close()
        if desk.pages.explains_map or desk.pages.shows_answer:
            desk.pages.leave()
        desk.pages.set_view(page if page in ("funnel", "table") else "maps")
        names = {layer.name: layer.index for layer in traced.trace.architecture.layers} | {IMAGE: INPUT}
        if view.layer in names:
            desk.maps.choose_layer(names[view.layer])
        elif not view.layer:
            desk.maps.begin(traced.trace)
            desk.maps.choose_layer(desk.maps.layer)
        count = len(desk.maps.values(desk.maps.layer))
        desk.maps.choose_map(min(view.map, count - 1))
        if page == "large":
            desk.maps.open_map(desk.maps.number)
        if view.unit is not None:
            desk.pointing.pin(Spot(False, view.unit))
        elif desk.pointing.pinned is not None:
            desk.pointing.let_go()
        desk.panel.why.choose(next((each for each in (*Reason, *UnitReason) if each.value == view.why), None))
        desk.aim.set_choice(view.aim)
        if page == "answer":
            desk.answers.toggle()
        elif page == "excite":
            desk.exciting.begin()
        elif page == "shift":
            desk.shifting.open(view.shift or (0, 0))


def _word(table: Table, key: str, default: str, known: tuple[str, ...] | None = None) -> str:
    word = table.get(key, default)
    if not isinstance(word, str) or (known is not None and word not in known):
        _refuse(key)
    return word


def _whole(value: object, key: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        _refuse(key)
    return value


def _pair(table: Table, key: str, least: int, most: int) -> Pair | None:
    if key not in table:
        return None
    given = table[key]
    if not isinstance(given, (list, tuple)) or len(given) != 2:
        _refuse(key)
    return _whole(given[0], key, least, most), _whole(given[1], key, least, most)


def _refuse(key: str) -> NoReturn:
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The lesson cannot be shown as it should be: look at {place}. The README says what may be there.",
        ),
        place=f"network, {key}",
    )
