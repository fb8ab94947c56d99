"""The state of the embeddings room as a table of a lesson's file, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn
from weakref import WeakKeyDictionary

from convviz.core.distances import Distance
from convviz.core.lessons import Table
from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.samples import GRID_SAMPLES, PHOTO_SAMPLES
from convviz.files.sessions import HELD
from convviz.nets.catalog import DEFAULT
from convviz.nets.changes import Change
from convviz.ui.gallery import Item
from convviz.ui.lessons.picture_table import picture_from, picture_table
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, STRIPS, TRIAL
from convviz.ui.rooms.embeddings_trial import TRACKS

if TYPE_CHECKING:
    from convviz.ui.rooms.embeddings_desk import EmbeddingsDesk

PAGES = (STRIPS, MATRICES, PLANE, TRIAL)
MOST_PICTURES = 100_000

_KNOWN = ("pictures", "model", "layer", "page", "pair", "measure", "experiment", "amount", "also")
_TITLES = {sample.id: sample.title.template for sample in (*PHOTO_SAMPLES, *GRID_SAMPLES)}

# A picture without a file travels as its numbers; packing them again and again would take seconds.
_packed: WeakKeyDictionary[Item, dict[str, Any]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Described:
    """What a table describes; what it does not mention is as at the first visit.

    Parameters
    ----------
    pictures : tuple
        Ids of samples, and tables of pictures of the user's own: ``path`` of a file, or numbers as
        :func:`convviz.ui.lessons.picture_table.picture_table` gives them, or in a session the picture itself
        under HELD.
    model : str
        Key of the network.
    layer : str
        Name of its layer, or PIXELS; empty for the one before the classifier.
    page : str
        One of :data:`PAGES`.
    pair : (int, int)
        Numbers of the two pictures that are compared; the experiment changes the first.
    measure : Distance
        By which the nearest are looked for.
    experiment : str
        Which slider was moved last, a key of ``TRACKS``.
    change : Change
        Where all sliders are.
    """

    pictures: tuple[str | Table, ...]
    model: str = DEFAULT
    layer: str = ""
    page: str = STRIPS
    pair: tuple[int, int] = (0, 1)
    measure: Distance = Distance.EUCLIDEAN
    experiment: str = "brightness"
    change: Change = field(default_factory=Change)

    @classmethod
    def of(cls, table: Table) -> "Described":
        """Return what a table describes.

        Raises
        ------
        Problem
            If something is not as it should be; the sentence names the field.
        """
        unknown = next((key for key in table if key not in _KNOWN), None)
        if unknown is not None:
            _refuse(unknown)
        given = table.get("pictures", [sample.id for sample in PHOTO_SAMPLES])
        if not isinstance(given, (list, tuple)) or len(given) > MOST_PICTURES:
            _refuse("pictures")
        for each in given:
            _check_picture(each)
        experiment = _word(table, "experiment", "brightness", tuple(TRACKS))
        return cls(
            tuple(given),
            _word(table, "model", DEFAULT),
            _word(table, "layer", ""),
            _word(table, "page", TRIAL if "experiment" in table else STRIPS, PAGES),
            _pair(table, len(given)),
            Distance(_word(table, "measure", Distance.EUCLIDEAN.value, tuple(Distance))),
            experiment,
            _change(table, experiment),
        )

    def table(self) -> dict[str, Any]:
        """Return the table that :meth:`of` makes this from."""
        # Sliders count in hundredths, and so do people.
        change, rest = (
            {name: round(value, 6) for name, value in asdict(self.change).items()},
            asdict(Change()),
        )
        also = {name: value for name, value in change.items() if value != rest[name]}
        also.pop(self.experiment, None)
        table: dict[str, Any] = {
            "pictures": list(self.pictures),
            "model": self.model,
            "layer": self.layer,
            "page": self.page,
            "measure": self.measure.value,
            "experiment": self.experiment,
            "amount": change[self.experiment],
        }
        if self.pictures:
            table["pair"] = list(self.pair)
        return table | ({"also": also} if also else {})

    def items(self, known: Sequence[Item]) -> tuple[Item, ...]:
        """Return the pictures, taken from ``known`` as far as they are the same: these have vectors already.

        Raises
        ------
        Problem
            If the numbers of one are damaged.
        """
        left = list(known)
        found: list[Item] = []
        for given in self.pictures:
            same = next((item for item in left if _is_same(item, given)), None)
            if same is None:
                # Pictures with vectors come before all others, and their order is not to change.
                left = []
            else:
                left.remove(same)
            found.append(same or _made(given))
        return tuple(found)


def describe(desk: "EmbeddingsDesk", *, held: bool = False) -> Described:
    """Return what is wanted on a desk, even if it is still on its way.

    Parameters
    ----------
    desk : EmbeddingsDesk
        Which.
    held : bool
        Whether a picture without a file stands for itself, as in a session, and is not packed.
    """
    asked, trial = desk.asked, desk.trial
    entry = _held_entry if held else item_entry
    pictures = tuple(entry(item) for item in asked.items)
    return Described(
        pictures,
        asked.key,
        asked.layer,
        desk.views.view,
        desk.board.wanted_pair,
        Distance(desk.panel.kind.choice()),
        trial.name,
        trial.change,
    )


def show(desk: "EmbeddingsDesk", described: Described) -> None:
    """Bring a desk into a state; what takes time follows.

    Raises
    ------
    Problem
        If the numbers of a picture are damaged; everything is then as it was.
    """
    items = described.items(desk.asked.items)
    desk.trial.set_change(described.experiment, described.change)
    desk.panel.set_kind(described.measure)
    desk.want(items, described.model, described.layer, described.pair)
    desk.views.show_view(described.page)


def item_entry(item: Item) -> str | dict[str, Any]:
    """Return what stands for a picture in a table."""
    if item.sample:
        return item.sample
    if item.path:
        return {"path": item.path, "name": item.name}
    if item not in _packed:
        assert item.picture is not None
        _packed[item] = picture_table(item.picture)
    return _packed[item]


def _held_entry(item: Item) -> str | dict[str, Any]:
    """Return what stands for a picture in a session: one without a file for itself."""
    return item_entry(item) if item.sample or item.path else {HELD: item.picture}


def _is_same(item: Item, given: str | Table) -> bool:
    if isinstance(given, Mapping) and HELD in given:
        return item.picture is given[HELD]
    return item_entry(item) == given


def _made(given: str | Table) -> Item:
    if isinstance(given, Mapping) and HELD in given:
        return Item(given[HELD].name, picture=given[HELD])
    if isinstance(given, str):
        return Item(_TITLES[given], sample=given)
    if "path" in given:
        return Item(given["name"], path=given["path"])
    picture = picture_from(given)
    item = Item(picture.name, picture=picture)
    _packed[item] = dict(given)
    return item


def _check_picture(given: object) -> None:
    if isinstance(given, str) and given in _TITLES:
        return
    if not isinstance(given, Mapping):
        _refuse("pictures")
    if HELD in given and not (len(given) == 1 and isinstance(given[HELD], Picture)):
        _refuse("pictures")
    if "path" in given:
        words = given.keys() == {"path", "name"} and all(isinstance(word, str) for word in given.values())
        if not words or not given["path"]:
            _refuse("pictures")


def _word(table: Table, key: str, default: str, choices: tuple[str, ...] = ()) -> str:
    given = table.get(key, default)
    if not isinstance(given, str) or (choices and given not in choices):
        _refuse(key)
    return given


def _pair(table: Table, count: int) -> tuple[int, int]:
    given = table.get("pair", [0, min(1, count - 1)] if count else None)
    if given is None and not count:
        return 0, 1
    if not isinstance(given, (list, tuple)) or len(given) != 2:
        _refuse("pair")
    for each in given:
        if isinstance(each, bool) or not isinstance(each, int) or not 0 <= each < count:
            _refuse("pair")
    return given[0], given[1]


def _change(table: Table, experiment: str) -> Change:
    """Return where the sliders are: the one moved last, and those that are not where they rest."""
    also = table.get("also", {})
    if not isinstance(also, Mapping) or not all(name in TRACKS and name != experiment for name in also):
        _refuse("also")
    given = dict(also)
    if "amount" in table:
        given[experiment] = table["amount"]
    for name, value in given.items():
        track = TRACKS[name]
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not track.low * track.unit <= value <= track.high * track.unit:
            _refuse("amount" if name == experiment else "also")
    return Change(**{name: float(value) for name, value in given.items()})


def _refuse(key: str) -> NoReturn:
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The lesson cannot be shown as it should be: look at {place}. The README says what may be there.",
        ),
        place=f"embeddings, {key}",
    )
