"""Edited filters tried out in a network, from a worker thread."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from convviz.nets.records import Values
from convviz.nets.trial import Trial
from convviz.ui.network_source import Traced
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


@dataclass(frozen=True, eq=False)
class Tried:
    """A filter that is to take the place of one of a network's.

    Parameters
    ----------
    base : Traced
        The network as it is, and what the picture does in it.
    trial : Trial
        Of that network and picture; used in the worker thread only.
    layer, number : int
        A convolution and its filter.
    weights : ndarray of float32, shape (C, kh, kw)
        The filter's weights, read-only.
    """

    base: Traced
    trial: Trial
    layer: int
    number: int
    weights: Values


def _try(tried: Tried, context: JobContext) -> Traced:
    network, trace = tried.trial.run(tried.layer, tried.number, tried.weights, context.check)
    return Traced(tried.base.key, network, tried.base.picture, trace, tried.base.opening)


class TrialRunner(QObject):
    """Runs the network with the newest filter; what is asked for meanwhile waits, and only the last of it.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    came = Signal(object, object)  # Tried; Traced: the network with that filter
    failed = Signal(object)  # Sentence: why there is none
    defect = Signal(str)  # details of an error nobody foresaw
    progressed = Signal(float, object)  # share that is done; Sentence or None
    busy_changed = Signal(bool)  # whether an answer is awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._finish)
        self._lane.progressed.connect(self.progressed)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._lane.busy

    def ask(self, tried: Tried) -> None:
        """Ask for the network with this filter; the one before is still shown if it is being computed."""
        self._lane.submit(tried, _try)

    def cancel(self) -> None:
        """Give up what is awaited."""
        self._lane.cancel()

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Traced):
            self.came.emit(outcome.request, outcome.result)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
