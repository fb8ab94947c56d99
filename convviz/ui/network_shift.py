"""The picture moved in front of a network, from a worker thread."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from convviz.nets.why.shift import Shift, shift
from convviz.ui.network_source import Traced
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


@dataclass(frozen=True, eq=False)
class _Move:
    """By how many cells of the network's input a picture is moved."""

    traced: Traced
    down: int
    right: int


def _move(asked: _Move, context: JobContext) -> Shift:
    traced = asked.traced
    return shift(traced.network.module, traced.trace, asked.down, asked.right, context.check)


class ShiftRunner(QObject):
    """Runs the network on the newest shift; what is asked for meanwhile waits, and only the last of it.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    came = Signal(object, object)  # Traced; Shift: what became of its maps
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

    def ask(self, traced: Traced, down: int, right: int) -> None:
        """Ask what moving the input by so many cells does; the one before is still shown."""
        self._lane.submit(_Move(traced, down, right), _move)

    def cancel(self) -> None:
        """Give up what is awaited."""
        self._lane.cancel()

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Shift) and isinstance(outcome.request, _Move):
            self.came.emit(outcome.request.traced, outcome.result)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
