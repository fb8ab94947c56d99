"""The shipped LeNet-5 reading a digit, in a worker thread."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.picture import Picture
from convviz.nets.catalog import open_network
from convviz.nets.network import Network
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

NETWORK = "lenet5"


@dataclass
class _Opened:
    """The network once it is open; used in the worker thread only."""

    network: Network | None = None


@dataclass(frozen=True, eq=False)
class _Asked:
    picture: Picture
    opened: _Opened = field(repr=False)


@dataclass(frozen=True, eq=False)
class _Read:
    probabilities: NDArray[np.float64]


def _read(asked: _Asked, context: JobContext) -> _Read:
    network = asked.opened.network
    if network is None:
        network = asked.opened.network = open_network(NETWORK, check=context.check)
    return _Read(network.trace(asked.picture, check=context.check).probabilities())


class DigitReader(QObject):
    """Asks LeNet-5 about the newest picture; what is asked for meanwhile waits, and only the last of it.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    came = Signal(object)  # ndarray of float64, shape (10,): the probabilities of the digits
    failed = Signal(object)  # Sentence: why there are none
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._finish)
        self._opened = _Opened()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._lane.busy

    def ask(self, picture: Picture) -> None:
        """Ask what ``picture`` (28, 28, 1) shows; an answer that is on its way still comes."""
        self._lane.submit(_Asked(picture, self._opened), _read)

    def cancel(self) -> None:
        """Give up what is awaited."""
        self._lane.cancel()

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, _Read):
            self.came.emit(outcome.result.probabilities)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
