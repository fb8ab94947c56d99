"""Why a network says what it says, from a worker thread, and what excites a map."""

import math
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.geometry import Rect
from convviz.core.specs import Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.preprocessing import Preprocessing
from convviz.nets.records import Values
from convviz.nets.unit import field_in
from convviz.nets.unit_cells import Index
from convviz.nets.why.evidence import Evidence, Reason, evidence
from convviz.nets.why.excite import excite, map_index
from convviz.nets.why.gradients import Target
from convviz.nets.why.unit_evidence import UnitEvidence, UnitReason, unit_evidence
from convviz.ui.network_source import Traced
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

DEAD = QT_TRANSLATE_NOOP(
    "Sentence",
    "No picture was found that excites map {number} of {layer}: it stayed 0 all the way, also when the value "
    "before the activation was climbed. It may be a dead unit, which is 0 whatever it sees.",
)
DEAD_CELL = QT_TRANSLATE_NOOP(
    "Sentence",
    "No picture was found that excites cell ({row}, {column}) of map {number} of {layer}: it stayed 0 all "
    "the way, also when the value before the activation was climbed. It may be 0 whatever it sees.",
)
ONE_COLOUR = QT_TRANSLATE_NOOP(
    "Sentence",
    "What excites map {number} of {layer} most is nearly one colour: it answers to brightness or colour, not "
    "to a pattern.",
)
# Standard deviation, of values from 0 to 1, below which there is no pattern to be seen.
_ONE_COLOUR = 0.04


@dataclass(eq=False)
class _Draft:
    """The newest picture on the way; set by the worker, read by the window, each time as a whole."""

    picture: Values | None = None
    value: float = 0.0


@dataclass(frozen=True, eq=False)
class _Question:
    """What speaks for a class, and how that is asked."""

    traced: Traced
    number: int
    reason: Reason


@dataclass(frozen=True, eq=False)
class _UnitQuestion:
    """What made a unit respond, and by which way back that is asked."""

    traced: Traced
    layer: int
    index: Index
    reason: UnitReason


@dataclass(frozen=True, eq=False)
class Wish:
    """A map, a cell of it, or a value of a vector, whose ideal picture is wanted.

    Parameters
    ----------
    traced : Traced
        The network.
    layer, number : int
        Which map.
    place : (int, int) or None
        Row and column of the cell; None for the whole map.
    """

    traced: Traced
    layer: int
    number: int
    place: Pair | None = None
    draft: _Draft = field(default_factory=_Draft)

    @property
    def target(self) -> Target:
        """What is to become large."""
        index = map_index(self.traced.trace, self.layer, self.number)
        return Target(self.layer, index if self.place is None else (*index, *self.place))

    @property
    def cells(self) -> int:
        """Over how many cells a mean is taken."""
        shape = self.traced.trace.architecture.layers[self.layer].shape
        return 1 if self.place is not None else math.prod(shape[1:][-2:])

    @property
    def seen(self) -> Rect | None:
        """The cells of the network's input that the cell sees; None for a whole map, or if it sees all."""
        if self.place is None:
            return None
        architecture = self.traced.trace.architecture
        _, height, width = architecture.input_shape
        seen = field_in(architecture, self.layer, self.target.index)
        top, left = max(seen.top, 0), max(seen.left, 0)
        bottom, right = min(seen.top + seen.height, height), min(seen.left + seen.width, width)
        found = Rect(top, left, bottom - top, right - left)
        return None if found == Rect(0, 0, height, width) or min(found.height, found.width) < 1 else found


@dataclass(frozen=True, eq=False)
class Ideal:
    """A picture that excites a map, as red, green and blue from 0 to 1 (or one grey plane).

    Parameters
    ----------
    planes : ndarray of float32, shape (C, H, W)
        As they were before the network's preprocessing.
    value : float
        Mean of the map, or the value or cell, on it.
    wish : Wish
        Whose it is.
    noise : float, optional
        The same on the grey noise that the search began with; None while it is on the way.
    """

    planes: Values
    value: float
    wish: Wish
    noise: float | None = None

    @property
    def is_final(self) -> bool:
        """Whether it is found, or still on the way."""
        return self.noise is not None

    @property
    def said(self) -> Sentence | None:
        """What is to be said of what was found, if the picture alone would be a riddle."""
        wish = self.wish
        values = {"number": wish.number, "layer": wish.traced.trace.architecture.layers[wish.layer].name}
        if self.is_final and self.value == self.noise == 0:
            if wish.place is None:
                return Sentence(DEAD, values)
            return Sentence(DEAD_CELL, {**values, "row": wish.place[0], "column": wish.place[1]})
        if wish.place is not None:
            # Around what a cell sees it is grey anyway.
            return None
        height, width = self.planes.shape[1:]
        middle = self.planes[:, height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
        if self.is_final and float(middle.std(axis=(1, 2)).max()) < _ONE_COLOUR:
            return Sentence(ONE_COLOUR, values)
        return None


def _ask(asked: _Question, context: JobContext) -> Evidence:
    module, trace = asked.traced.network.module, asked.traced.trace
    return evidence(module, trace, asked.number, asked.reason, context.check, context.progress)


def _ask_unit(asked: _UnitQuestion, context: JobContext) -> UnitEvidence:
    network, trace = asked.traced.network, asked.traced.trace
    return unit_evidence(
        network.module,
        trace,
        asked.layer,
        asked.index,
        asked.reason,
        bgr=network.preprocessing.bgr,
        check=context.check,
    )


def _excite(wish: Wish, context: JobContext) -> Ideal:
    def keep(picture: Values, value: float) -> None:
        wish.draft.picture, wish.draft.value = picture, value / cells

    trace = wish.traced.trace
    cells = wish.cells
    found = excite(
        wish.traced.network.module,
        trace,
        wish.target,
        bounds=_bounds(wish.traced.network.preprocessing),
        show=keep,
        check=context.check,
        progress=context.progress,
    )
    return Ideal(_as_picture(found.picture, wish), found.after / cells, wish, found.before / cells)


def _bounds(steps: Preprocessing) -> tuple[Values, Values]:
    """Return what black and white become, channel by channel: nothing beyond could be a picture."""
    mean, std = np.array(steps.mean, np.float32), np.array(steps.std, np.float32)
    return -mean / std, (np.float32(steps.scale) - mean) / std


def _as_picture(given: Values, wish: Wish) -> Values:
    """Return an input of the network as the picture it would come from, 0 to 1, red first."""
    steps = wish.traced.network.preprocessing
    low, high = (bound.reshape(-1, 1, 1) for bound in _bounds(steps))
    planes = np.clip((given - low) / (high - low), 0, 1)
    return np.ascontiguousarray(planes[::-1] if steps.bgr else planes, np.float32)


class Why(QObject):
    """Asks the network for reasons, one question at a time.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    answered = Signal(object, object)  # Traced; Evidence for the class, or UnitEvidence
    drawn = Signal(object)  # Ideal: newer than the one before
    failed = Signal(object)  # Sentence: why there is no answer
    defect = Signal(str)  # details of an error nobody foresaw
    progressed = Signal(float, object)  # share that is done; Sentence or None
    busy_changed = Signal(bool)  # whether an answer is awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._wish: Wish | None = None
        self._told: Values | None = None
        self._lane.finished.connect(self._finish)
        self._lane.progressed.connect(self._progress)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._lane.busy

    @property
    def seeks_ideal(self) -> bool:
        """Whether a picture that excites a map is being looked for."""
        return self._wish is not None

    def ask(self, traced: Traced, number: int, reason: Reason) -> None:
        """Ask what speaks for class ``number``."""
        self._wish = None
        self._lane.submit(_Question(traced, number, reason), _ask, new_epoch=True)

    def ask_unit(self, traced: Traced, layer: int, index: Index, reason: UnitReason) -> None:
        """Ask what made a unit respond."""
        self._wish = None
        self._lane.submit(_UnitQuestion(traced, layer, index, reason), _ask_unit, new_epoch=True)

    def ask_ideal(self, traced: Traced, layer: int, number: int, place: Pair | None = None) -> None:
        """Ask for the picture that excites map ``number`` of a layer most, or the cell at ``place`` of it."""
        self._wish = Wish(traced, layer, number, place)
        self._lane.submit(self._wish, _excite, new_epoch=True)

    def cancel(self) -> None:
        """Give up what is awaited."""
        self._wish = None
        self._lane.cancel()

    @Slot(float, object)
    def _progress(self, fraction: float, text: Sentence | None) -> None:
        self.progressed.emit(fraction, text)
        wish = self._wish
        if wish is not None and wish.draft.picture is not None and wish.draft.picture is not self._told:
            self._told = wish.draft.picture
            self.drawn.emit(Ideal(_as_picture(self._told, wish), wish.draft.value, wish))

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        asked = outcome.request
        if isinstance(outcome.result, Evidence | UnitEvidence) and isinstance(
            asked, _Question | _UnitQuestion
        ):
            self.answered.emit(asked.traced, outcome.result)
        elif isinstance(outcome.result, Ideal):
            self._wish = None
            self.drawn.emit(outcome.result)
        else:
            self._wish = None
            self._tell_failure(outcome)

    def _tell_failure(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
