"""The user's own models, opened and looked into on a worker thread."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.own_models import OwnModel
from convviz.nets.load import open_model
from convviz.nets.network import Network
from convviz.nets.own import Inspected, from_plain, inspect_model
from convviz.nets.records import Trace
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


@dataclass(frozen=True, eq=False)
class Opening:
    """How a model of the user's is opened.

    Parameters
    ----------
    own : OwnModel
        The model, with what belongs to it.
    trust : bool
        Whether the user has said that its program may run, this time.
    """

    own: OwnModel
    trust: bool = False

    @property
    def asks(self) -> bool:
        """Whether it runs a program that the user has not trusted yet."""
        return bool(self.own.program) and not self.trust

    def open(self, context: JobContext) -> Network:
        """Open it; in a worker thread, as it takes seconds.

        Raises
        ------
        Problem
            If it cannot be opened, or would run code that is not trusted.
        """
        own = self.own
        return open_model(
            own.model,
            own.weights,
            trust=self.trust,
            preprocessing=None if own.preprocessing is None else from_plain(own.preprocessing),
            classes=own.classes or None,
            check=context.check,
            progress=context.progress,
        )

    def check_classes(self, trace: Trace) -> None:
        """Raise a Problem if there are more or fewer names than the network has outputs."""
        shape = trace.architecture.layers[-1].shape
        names = len(self.own.classes)
        if names and shape != (names,):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "{name} has {outputs} outputs and was given {names} names of classes. Open it again and "
                    "give one name per line for each, or none.",
                ),
                name=Path(self.own.path).name,
                outputs=" × ".join(map(str, shape)),
                names=names,
            )


def _inspect(path: str, context: JobContext) -> Inspected:
    context.check()
    return inspect_model(Path(path), check=context.check, progress=context.progress)


class Inspector(QObject):
    """Looks into model files, and runs nothing in them.

    Parameters
    ----------
    thread : WorkerThread
        Where; reading a file takes seconds.
    parent : QObject
        Owner.
    """

    inspected = Signal(str, object)  # path; Inspected
    failed = Signal(object)  # Sentence: why there is nothing to know
    defect = Signal(str)  # details of an error nobody foresaw
    progressed = Signal(float, object)  # share that is done; Sentence or None
    busy_changed = Signal(bool)  # whether a file is being looked into

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._finish)
        self._lane.progressed.connect(self.progressed)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether a file is being looked into."""
        return self._lane.busy

    def ask(self, path: str) -> None:
        """Look into the file at ``path``, and no longer into another."""
        self._lane.submit(path, _inspect, new_epoch=True)

    def cancel(self) -> None:
        """Give up what is awaited."""
        self._lane.cancel()

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Inspected):
            self.inspected.emit(outcome.request, outcome.result)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif isinstance(outcome.problem, Sentence):
            self.failed.emit(outcome.problem)
