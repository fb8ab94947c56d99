"""Networks and what the picture does in them, from a worker thread."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.picture import Picture
from convviz.core.text import Sentence
from convviz.nets.catalog import download_weights, entries, open_network
from convviz.nets.entries import Entry
from convviz.nets.filter_place import filter_place
from convviz.nets.network import Network
from convviz.nets.records import INPUT, Kind, Trace, Values
from convviz.ui.own_source import Opening
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

# Of a filter: channels, rows, columns.
_AXES = 3


@dataclass(frozen=True, eq=False)
class Traced:
    """A network and what one picture did in it.

    Parameters
    ----------
    key : str
        Of the network in the catalogue.
    network : Network
        The network itself; only worker threads may run it.
    picture : Picture
        What it looked at.
    trace : Trace
        What happened.
    opening : Opening, optional
        How it was opened, if it is the user's own.
    """

    key: str
    network: Network
    picture: Picture
    trace: Trace
    opening: Opening | None = None


@dataclass(frozen=True, eq=False)
class _Wanted:
    """A network, opened already or not, a picture, and whether trained weights are to be fetched first."""

    key: str
    network: Network | None
    picture: Picture
    fetch: bool = False
    opening: Opening | None = None


def _look(request: _Wanted, context: JobContext) -> Traced:
    network = request.network
    if request.fetch:
        download_weights(request.key, check=context.check, progress=context.progress)
    own = request.opening
    if network is None and own is not None:
        network = own.open(context)
    elif network is None:
        network = open_network(request.key, check=context.check, progress=context.progress)
    trace = network.trace(request.picture, check=context.check, progress=context.progress)
    if own is not None:
        own.check_classes(trace)
    return Traced(request.key, network, request.picture, trace, own)


def _list(request: None, context: JobContext) -> tuple[Entry, ...]:
    del request
    context.check()
    return entries()


def filter_layer(traced: Traced, layer: int) -> int | None:
    """Return the convolution whose filters made the maps of a layer, perhaps itself, or None."""
    layers = traced.trace.architecture.layers
    while layer != INPUT and layers[layer].kind in (Kind.NORMALISATION, Kind.ACTIVATION):
        layer = layers[layer].inputs[0]
    return None if layer == INPUT or layers[layer].kind is not Kind.CONVOLUTION else layer


def sees_colours(traced: Traced, layer: int) -> bool:
    """Return whether what a layer reads is red, green and blue, perhaps with a border put around it."""
    layers = traced.trace.architecture.layers
    source = layers[layer].inputs[0] if layers[layer].inputs else INPUT
    while source != INPUT and layers[source].kind is Kind.PAD:
        source = layers[source].inputs[0]
    return source == INPUT and traced.trace.input.shape[0] == 3


def filter_of(traced: Traced, layer: int, number: int) -> tuple[Values | None, bool]:
    """Return the filter that made a map, and whether it sees red, green and blue.

    Parameters
    ----------
    traced : Traced
        Whose network.
    layer, number : int
        A layer and one of its maps. Behind the normalisation and activation that follow a convolution, the
        filter is the convolution's.

    Returns
    -------
    (ndarray of float32 or None, bool)
        Weights (C, kh, kw), read-only; None if there is no convolution of maps with weights of
        its own.
    """
    made_by = filter_layer(traced, layer)
    found = None if made_by is None else traced.trace.architecture.layers[made_by]
    # Weights that the network's code computes anew each time are no parameter.
    name = None if found is None else found.parameters.get("weight")
    if made_by is None or found is None or name is None:
        return None, False
    all_weights = traced.network.parameter(name)
    weights = all_weights[filter_place(found, all_weights.shape, number)]
    if weights.ndim != _AXES:
        return None, False
    return weights, len(weights) == 3 and sees_colours(traced, made_by)


class NetworkSource(QObject):
    """Opens networks and traces pictures, on a lane of its own.

    Parameters
    ----------
    thread : WorkerThread
        Where; seconds of work there must make nothing else wait.
    parent : QObject
        Owner.
    """

    listed = Signal(object)  # tuple of Entry: the networks there are
    traced = Signal(object)  # Traced: newer than the one before
    failed = Signal(object)  # Sentence: why there is no newer one
    defect = Signal(str)  # details of an error nobody foresaw
    progressed = Signal(float, object)  # share that is done; Sentence or None
    busy_changed = Signal(bool)  # whether a trace is awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._listing = Lane(thread, self)
        self._is_listed = False
        self._listing.finished.connect(self._finish_list)
        self._asked: _Wanted | None = None
        self._opened: tuple[str, Opening | None, Network] | None = None
        self._openings: dict[str, Opening] = {}
        self._lane.finished.connect(self._finish)
        self._lane.progressed.connect(self.progressed)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether a trace or the list of networks is awaited."""
        return self._lane.busy or self._listing.busy

    @property
    def waits(self) -> bool:
        """Whether a trace is awaited."""
        return self._lane.busy

    def know(self, key: str, opening: Opening) -> None:
        """Open the network ``key`` like this from now on: it is the user's own."""
        self._openings[key] = opening

    def forget(self, key: str) -> None:
        """Know the user's network ``key`` no longer."""
        self._openings.pop(key, None)

    def opening(self, key: str) -> Opening | None:
        """Return how the network ``key`` is opened; None for one of the catalogue."""
        return self._openings.get(key)

    def ask(self, key: str, picture: Picture) -> None:
        """Ask what ``picture`` does in the network ``key``; asked for the same again, nothing happens.

        Another network and another picture make what runs pointless. A picture that is being edited or moved
        does not: its traces are shown one after the other, as they are ready.
        """
        before, opening, opened = self._asked, self._openings.get(key), self._opened
        same = before is not None and before.key == key and before.opening is opening
        if same and before is not None and before.picture is picture:
            return
        network = opened[2] if opened is not None and opened[0] == key and opened[1] is opening else None
        self._asked = _Wanted(key, network, picture, opening=opening)
        other = before is None or not same or not _is_edit(before.picture, picture)
        self._lane.submit(self._asked, _look, new_epoch=other)

    def fetch(self, key: str, picture: Picture) -> None:
        """Ask for the trained weights of the network ``key``, and then what ``picture`` does in it."""
        self._asked = _Wanted(key, None, picture, fetch=True)
        # What is listed as untrained may be trained then.
        self._is_listed = False
        self._lane.submit(self._asked, _look, new_epoch=True)

    def cancel(self) -> None:
        """Give up what is awaited."""
        self._lane.cancel()
        self._asked = None

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Traced):
            self._opened = outcome.result.key, outcome.result.opening, outcome.result.network
            self.traced.emit(outcome.result)
            self._list()
            return
        if isinstance(outcome.request, _Wanted) and outcome.request is self._asked:
            self._asked = None
        self._tell_failure(outcome)
        self._list()

    def _list(self) -> None:
        """Ask once which networks there are, after the first is on screen: importing them takes a while."""
        if not self._is_listed:
            self._is_listed = True
            self._listing.submit(None, _list)

    @Slot(object)
    def _finish_list(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, tuple):
            self.listed.emit(outcome.result)
        else:
            self._tell_failure(outcome)

    def _tell_failure(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif isinstance(outcome.problem, Sentence):
            self.failed.emit(outcome.problem)


def _is_edit(before: Picture, after: Picture) -> bool:
    """Return whether ``after`` is ``before`` with other values."""
    return (before.values.shape, before.name, before.source) == (after.values.shape, after.name, after.source)
