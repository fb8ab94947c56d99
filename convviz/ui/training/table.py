"""The state of the training room as a table of a lesson's file, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

from convviz.core.lessons import Table
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.learn.by_hand import PLAN as BY_HAND
from convviz.nets.learn.data import NEEDS_FOLDER, Data
from convviz.nets.learn.plan import (
    MOST_FILTERS,
    MOST_LAYERS,
    MOST_NEURONS,
    MOST_SIDE,
    Function,
    LayerKind,
    LayerPlan,
    NetworkPlan,
    Pooling,
    with_outputs,
)
from convviz.nets.learn.rates import Rates, changed_rates
from convviz.nets.learn.run import Run
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import MOST_BATCH, MOST_EPOCHS, Loss, Optimiser, TrainingPlan
from convviz.nets.learn.starts import start_network, start_settings
from convviz.ui.training.face import COMPARED, EXPRESSION, OVERVIEW
from convviz.ui.training.settings_form import MOST_RATE, MOST_SEED

if TYPE_CHECKING:
    from convviz.ui.training.desk import TrainingDesk

COUNTING = {"count-11": Data.LECTURE, "count-11-all": Data.FRAGMENTS}
"""What a lesson calls the lecture's three pictures, and all 64 of their kind."""

_DATA = COUNTING | {data.value: data for data in Data if data not in COUNTING.values()}
_LOSSES = {"squared": Loss.SQUARED, "cross-entropy": Loss.CROSS_ENTROPY}
_OPTIMISERS = {"sgd": Optimiser.SGD, "momentum": Optimiser.MOMENTUM, "adam": Optimiser.ADAM}
_NAMES: Mapping[str, Mapping[str, Any]] = {"loss": _LOSSES, "optimiser": _OPTIMISERS}
_PLAN = ("loss", "optimiser", "rate", "batch", "epochs", "seed")
_KNOWN = ("data", "folder", "layers", *_PLAN, "by_hand", "epoch", "run", "page", "rates")
_MOST_RATES, _MOST_BATCHES = 10_000, 10_000_000
# Which fields of a layer matter.
_FIELDS = {
    LayerKind.CONVOLUTION: ("count", "size", "padding"),
    LayerKind.POOLING: ("size", "pooling"),
    LayerKind.ACTIVATION: ("function",),
    LayerKind.FLATTEN: (),
    LayerKind.DENSE: ("count",),
}


class Told(dict[str, Any]):
    """A table, and the run it was told of: as long as nobody moves that on, it need not be learned again."""

    run: Run | None = None
    steps: int = 0

    @property
    def kept(self) -> Run | None:
        """The run, as long as it stands where it stood."""
        return self.run if self.run is not None and self.run.step_count == self.steps else None


@dataclass(frozen=True)
class Described:
    """What a table describes; what it does not mention suits the data.

    Parameters
    ----------
    data : Data
        What is learned from.
    folder : str
        Where they lie, if they need one.
    layers : NetworkPlan or None
        The network.
    settings : mapping
        Fields of a :class:`TrainingPlan`.
    by_hand : bool
        Whether the first weights are those thought out by hand.
    epoch : int
        So many epochs are run at once.
    run : bool
        Whether it goes on learning then.
    page : str
        OVERVIEW, EXPRESSION or COMPARED.
    kept : Run or None
        The run itself, where there is one already.
    rates : Rates
        Where the rate was changed on the way to ``epoch``: what it was until then.
    """

    data: Data = Data.FRAGMENTS
    folder: str = ""
    layers: NetworkPlan | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    by_hand: bool = False
    epoch: int = 0
    run: bool = False
    page: str = OVERVIEW
    kept: Run | None = None
    rates: Rates = ()

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
        data = _choice(table, "data", _DATA, Data.FRAGMENTS)
        folder = table.get("folder", "")
        if not isinstance(folder, str) or bool(folder) != (data in NEEDS_FOLDER):
            _refuse("folder")
        by_hand = _flag(table, "by_hand")
        layers = _network(table["layers"]) if "layers" in table else None
        if by_hand and (data not in COUNTING.values() or layers not in (None, BY_HAND)):
            _refuse("by_hand")
        settings = _settings(table)
        if by_hand and settings.get("loss", Loss.SQUARED) is not Loss.SQUARED:
            _refuse("loss")
        kept = table.kept if isinstance(table, Told) else None
        epoch = _whole(table.get("epoch", 0), "epoch", 0, settings.get("epochs", MOST_EPOCHS))
        pages = {page: page for page in (OVERVIEW, EXPRESSION, COMPARED)}
        page = _choice(table, "page", pages, OVERVIEW)
        rates = _rates(table.get("rates", []))
        return cls(data, folder, layers, settings, by_hand, epoch, _flag(table, "run"), page, kept, rates)

    def plan(self, samples: Samples) -> TrainingPlan:
        """Return how is learned from these data."""
        return replace(start_settings(samples), **self.settings)

    def network(self, samples: Samples) -> NetworkPlan:
        """Return what learns from these data."""
        if self.layers is not None:
            return self.layers
        if self.by_hand:
            return BY_HAND
        outputs = samples.outputs(self.plan(samples).loss is Loss.SQUARED)
        return with_outputs(start_network(samples), outputs)

    def table(self) -> dict[str, Any]:
        """Return the table that :meth:`of` makes this from."""
        table: dict[str, Any] = {"data": _name(_DATA, self.data)}
        if self.folder:
            table["folder"] = self.folder
        if self.layers is not None:
            table["layers"] = [_layer_table(layer) for layer in self.layers.layers]
        for key, value in self.settings.items():
            names = _NAMES.get(key)
            table[key] = value if names is None else _name(names, value)
        if self.rates:
            table["rates"] = [list(each) for each in self.rates]
        return table | {"by_hand": self.by_hand, "epoch": self.epoch, "run": self.run, "page": self.page}


def describe(desk: "TrainingDesk") -> Told:
    """Return the table of a desk: of its run, or of what is on its way."""
    if desk.given is not None:
        return Told(desk.given.table())
    run, plan = desk.trainer.run, desk.form.plan
    if run is not None:
        plan = replace(run.plan, rate=desk.trainer.rate)
    layers = desk.layers.plan if run is None else run.network
    found = Described(
        *desk.source_of_data,
        layers if layers.layers else None,
        {key: getattr(plan, key) for key in _PLAN},
        desk.is_by_hand,
        0 if run is None else run.epoch,
        desk.trainer.playing,
        desk.page,
        rates=() if run is None else changed_rates(run.rates, plan, run.epoch),
    )
    told = Told(found.table())
    if run is not None:
        told.run, told.steps = run, run.step_count
    return told


def _name(names: Mapping[str, Any], value: object) -> str:
    return next(name for name, one in names.items() if one is value)


def _layer_table(layer: LayerPlan) -> dict[str, Any]:
    table: dict[str, Any] = {"kind": layer.kind.value}
    for name in _FIELDS[layer.kind]:
        value = getattr(layer, name)
        table[name] = list(value) if name == "size" else value if isinstance(value, int) else value.value
    return table


def _network(given: object) -> NetworkPlan:
    if not isinstance(given, (list, tuple)) or not 0 < len(given) <= MOST_LAYERS:
        _refuse("layers")
    return NetworkPlan(tuple(_layer(each, f"layers {number}") for number, each in enumerate(given, 1)))


def _layer(given: object, where: str) -> LayerPlan:
    if not isinstance(given, Mapping):
        _refuse(where)
    kind = _choice(given, "kind", {kind.value: kind for kind in LayerKind}, None, where)
    unknown = next((key for key in given if key not in ("kind", *_FIELDS[kind])), None)
    if unknown is not None:
        _refuse(f"{where}, {unknown}")
    most = MOST_FILTERS if kind is LayerKind.CONVOLUTION else MOST_NEURONS
    size = given.get("size", [3, 3])
    if not isinstance(size, (list, tuple)) or len(size) != 2:
        _refuse(f"{where}, size")
    rows, columns = (_whole(each, f"{where}, size", 1, MOST_SIDE) for each in size)
    return LayerPlan(
        kind,
        _whole(given.get("count", 1), f"{where}, count", 1, most),
        (rows, columns),
        _whole(given.get("padding", 0), f"{where}, padding", 0, MOST_SIDE),
        _choice(given, "pooling", {one.value: one for one in Pooling}, Pooling.MAXIMUM, where),
        _choice(given, "function", {one.value: one for one in Function}, Function.RELU, where),
    )


def _settings(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "loss" in table:
        found["loss"] = _choice(table, "loss", _LOSSES, None)
    if "optimiser" in table:
        found["optimiser"] = _choice(table, "optimiser", _OPTIMISERS, None)
    if "rate" in table:
        found["rate"] = _rate(table["rate"], "rate")
    for key, least, most in (("batch", 1, MOST_BATCH), ("epochs", 1, MOST_EPOCHS), ("seed", 0, MOST_SEED)):
        if key in table:
            found[key] = _whole(table[key], key, least, most)
    return found


def _rate(given: object, where: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= MOST_RATE:
        _refuse(where)
    return float(given)


def _rates(given: object) -> Rates:
    if not isinstance(given, (list, tuple)) or len(given) > _MOST_RATES:
        _refuse("rates")
    found = []
    for each in given:
        if not isinstance(each, (list, tuple)) or len(each) != 3:
            _refuse("rates")
        epoch, batch = (
            _whole(number, "rates", 0, most)
            for number, most in zip(each, (MOST_EPOCHS, _MOST_BATCHES), strict=False)
        )
        found.append((epoch, batch, _rate(each[2], "rates")))
    if any(after[:2] <= before[:2] for before, after in pairwise(found)):
        _refuse("rates")
    return tuple(found)


def _choice(table: Table, key: str, names: Mapping[str, Any], default: Any, where: str = "") -> Any:
    given = table.get(key)
    if key not in table and default is not None:
        return default
    if not isinstance(given, str) or given not in names:
        _refuse(f"{where}, {key}" if where else key)
    return names[given]


def _flag(table: Table, key: str) -> bool:
    given = table.get(key, False)
    if not isinstance(given, bool):
        _refuse(key)
    return given


def _whole(given: object, where: str, least: int, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
        _refuse(where)
    return given


def _refuse(key: str) -> NoReturn:
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The lesson cannot be shown as it should be: look at {place}. The README says what may be there.",
        ),
        place=f"training, {key}",
    )
