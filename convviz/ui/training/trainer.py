"""A run on its worker thread: begun, moved on, looked at and saved."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convviz.core.text import Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.files.atomic import write_together
from convviz.nets.learn.by_hand import by_hand
from convviz.nets.learn.compare import figures_by_hand
from convviz.nets.learn.data import Data
from convviz.nets.learn.history import Figures
from convviz.nets.learn.look import Look, look
from convviz.nets.learn.plan import NetworkPlan
from convviz.nets.learn.rates import Rates, rate_at
from convviz.nets.learn.run import Run
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.saving import to_files
from convviz.nets.learn.settings import TrainingPlan
from convviz.ui.training.data import load
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

# A slice of training is shown before the next begins.
_SLICE_SECONDS = 0.06
# So long the worker rests between two slices: the window paints in that time. Python runs one thread at a
# time, and a window that has to take turns with the worker paints several times as long.
_BREATH_MS = 5
# Below so many weights times pictures, threads that wait for each other take longer than the work.
_SMALL = 2_000_000


@dataclass(frozen=True)
class Begin:
    """A new run, or one that is there already; without a network only the data are read."""

    data: Data
    folder: str
    network: NetworkPlan | None
    plan: TrainingPlan
    by_hand: bool = False
    kept: Run | None = None


@dataclass(frozen=True, eq=False)
class Move:
    """A run goes on: by a step, or for a slice (of the way to an epoch); or is looked at.

    Where there are ``rates``, they are in force instead of ``rate``.
    """

    run: Run
    how: str
    rate: float
    picture: int
    epoch: int | None = None
    rates: Rates = ()


@dataclass(frozen=True, eq=False)
class Seen:
    """How a run stands.

    Parameters
    ----------
    run : Run or None
        None while only its data are known. The window reads its figures, which grow from epoch to epoch, and
        are fewer again after a run that diverged.
    samples : Samples
        Its data.
    look : Look or None
        What is seen.
    hand : Figures or None
        What weights thought out by hand do on the same data; told when a run begins.
    """

    samples: Samples
    run: Run | None = None
    look: Look | None = None
    hand: Figures | None = None


@dataclass(frozen=True, eq=False)
class Save:
    """The network of an epoch is written to a file."""

    run: Run
    epoch: int
    path: str


@contextmanager
def _suiting_threads(weights: int, pictures: int) -> Iterator[None]:
    """Let a small network be computed by one thread, as long as this lasts."""
    import torch

    before = torch.get_num_threads()
    if weights * pictures < _SMALL:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _begin(request: Begin, context: JobContext) -> Seen:
    load_torch()
    context.check()
    if request.kept is not None:
        run, samples = request.kept, request.kept.samples
        return Seen(samples, run, look(run, first_picture(samples)), figures_by_hand(samples))
    samples = load(request.data, request.plan.seed, request.folder, context.check)
    if request.network is None:
        return Seen(samples)
    start = by_hand() if request.by_hand else None
    run = Run(request.network, request.plan, samples, start, context.check)
    return Seen(samples, run, look(run, first_picture(samples)), figures_by_hand(samples))


def first_picture(samples: Samples) -> int:
    """Return the picture whose maps are shown first."""
    return int(samples.training[len(samples.training) * 27 // 64])


def _move(request: Move, context: JobContext) -> Seen:
    with _suiting_threads(
        sum(request.run.network.weights(request.run.samples.shape)), request.run.plan.batch
    ):
        return _moved(request, context)


def _moved(request: Move, context: JobContext) -> Seen:
    run = request.run
    if request.how != "look":
        until = time.monotonic() + _SLICE_SECONDS
        while True:
            rates = request.rates
            run.step(rate_at(rates, run.epoch, run.batch) if rates else request.rate, context.check)
            if request.how == "step" or run.done:
                break
            if request.how == "reach" and request.epoch is not None and run.epoch >= request.epoch:
                break
            if request.how in ("play", "reach") and time.monotonic() > until:
                break
    past = request.epoch if request.how == "look" else None
    return Seen(run.samples, run, look(run, request.picture, past))


def _save(request: Save, context: JobContext) -> str:
    context.check()
    path = Path(request.path)
    epoch, weights = request.run.history.weights(request.epoch)
    figures = request.run.history.figures[epoch]
    weights_file, card = to_files(request.run, figures, np.array(weights), path.stem)
    write_together({path: weights_file, path.with_suffix(".toml"): card})
    return str(path)


class Trainer(QObject):
    """Lets a run go on, slice by slice, as long as it plays.

    Parameters
    ----------
    thread : WorkerThread
        Where it learns.
    parent : QObject
        Owner.
    """

    seen = Signal(object)  # Seen
    saved = Signal(str)  # path
    failed = Signal(object)  # Sentence
    defect = Signal(str)  # details of an error nobody foresaw
    playing_changed = Signal(bool)  # whether it goes on by itself

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane, self._save_lane = Lane(thread, self), Lane(thread, self)
        self._lane.finished.connect(self._take)
        self._save_lane.finished.connect(self._take)
        self._breath = QTimer(self, singleShot=True, interval=_BREATH_MS)
        self._breath.timeout.connect(self._go_on)
        self._how = ""
        self._goal: tuple[int, bool] | None = None
        self.run: Run | None = None
        self.playing = False
        self.rate = 0.05
        self._rates: Rates = ()
        self.picture = 0

    @property
    def busy(self) -> bool:
        """Whether something is awaited."""
        return self._lane.busy or self._save_lane.busy

    @property
    def moving(self) -> bool:
        """Whether it learns, or is about to."""
        return self._lane.busy and self._how != "look"

    @property
    def reaching(self) -> bool:
        """Whether it learns as fast as it can, to an epoch that is to be seen."""
        return self._goal is not None

    def begin(self, request: Begin) -> None:
        """Begin anew; what ran before is given up."""
        self.set_playing(False)
        self.run, self._how, self._goal, self._rates = None, "look", None, ()
        self.rate = request.plan.rate
        self._lane.submit(request, _begin, new_epoch=True)

    def go(self, how: str, epoch: int | None = None) -> None:
        """Do a ``step``, a slice to ``play``, or only ``look``."""
        self._goal, self._rates = None, ()
        self._submit(how, epoch)

    def reach(self, epoch: int, *, then_play: bool, rates: Rates = ()) -> None:
        """Learn to the end of ``epoch``, then go on or rest; what else is asked for is done instead.

        Where there are ``rates``, they are in force until then, unless another is set meanwhile.
        """
        self._goal, self._rates = (epoch, then_play), rates
        self._submit("reach", epoch)

    def _submit(self, how: str, epoch: int | None) -> None:
        if self.run is not None:
            self._how = how
            rates = self._rates if how == "reach" else ()
            self._lane.submit(Move(self.run, how, self.rate, self.picture, epoch, rates), _move)

    def set_rate(self, rate: float) -> None:
        """Learn at another rate from the next slice on."""
        self.rate, self._rates = rate, ()

    def set_playing(self, on: bool) -> None:
        """Go on by itself, or stop as soon as the worker can."""
        on = on and self.run is not None and not self.run.done
        if on != self.playing:
            self.playing = on
            self.playing_changed.emit(on)
            if not on:
                self.stop()
            elif not self._lane.busy:
                self.go("play")

    def stop(self) -> None:
        """Give up the slice under way; the steps that are done stand, and are looked at."""
        self._breath.stop()
        if self._lane.busy and self._how in ("play", "reach"):
            self._lane.cancel()
            self.go("look")

    def save(self, epoch: int, path: str) -> None:
        """Write the network of ``epoch`` to ``path``."""
        if self.run is not None:
            self._save_lane.submit(Save(self.run, epoch, path), _save)

    @Slot(object)
    def _take(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, str):
            self.saved.emit(outcome.result)
            return
        if outcome.result is None:
            self._fail(outcome)
            return
        assert isinstance(outcome.result, Seen)
        if outcome.result.run is not None:
            self.run = outcome.result.run
            if self.run.done:
                self.set_playing(False)
        goal = self._goal
        if goal is not None and self.run is not None and (self.run.done or self.run.epoch >= goal[0]):
            self._goal = None
        self.seen.emit(outcome.result)
        if self.playing:
            self._breath.start()
        elif goal is not None and self._goal is goal:
            self._submit("reach", goal[0])
        elif goal is not None and self._goal is None and goal[1] and not self._lane.busy:
            self.set_playing(True)

    @Slot()
    def _go_on(self) -> None:
        if self.playing and not self._lane.busy:
            self.go("play")

    def _fail(self, outcome: Outcome) -> None:
        self.set_playing(False)
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif isinstance(outcome.problem, Sentence):
            self.failed.emit(outcome.problem)
        if isinstance(outcome.request, Move) and outcome.request.how != "look":
            # The weights may be those of an earlier epoch now.
            self.go("look")


def problem_of(network: NetworkPlan, samples: Samples, plan: TrainingPlan) -> Problem | None:
    """Return why a network cannot learn from these data, or None."""
    from convviz.nets.learn.settings import Loss

    try:
        network.check(samples.shape, samples.outputs(plan.loss is Loss.SQUARED))
    except Problem as problem:
        return problem
    return None
