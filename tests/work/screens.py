"""What a lane tells, kept as a view would keep it."""

from PySide6.QtCore import QObject, QThread, Slot

from convviz.core.text import Sentence
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane


def echo(request: object, context: JobContext) -> object:
    return request


class Screen(QObject):
    """Keeps what a lane tells, in order, as a view would."""

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self.lane = lane
        self.outcomes: list[Outcome] = []
        self.told: list[str] = []
        self.progress: list[tuple[float, Sentence | None]] = []
        self.threads: set[QThread] = set()
        lane.finished.connect(self._finished)
        lane.busy_changed.connect(self._busy_changed)
        lane.progressed.connect(self._progressed)

    @property
    def shown(self) -> list[object]:
        return [outcome.request for outcome in self.outcomes]

    @Slot(object)
    def _finished(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.told.append("finished")
        self.threads.add(QThread.currentThread())

    @Slot(bool)
    def _busy_changed(self, busy: bool) -> None:
        assert busy == self.lane.busy
        self.told.append("busy" if busy else "idle")
        self.threads.add(QThread.currentThread())

    @Slot(float, object)
    def _progressed(self, fraction: float, text: Sentence | None) -> None:
        self.progress.append((fraction, text))
        self.threads.add(QThread.currentThread())
