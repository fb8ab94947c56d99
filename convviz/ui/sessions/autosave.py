"""What the window holds, kept in a file of its own in case the program ends as it should not."""

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.session_writing import write_session
from convviz.files.sessions import SUFFIX
from convviz.ui.sessions.content import Baseline, Content
from convviz.ui.sessions.leftovers import Leftover, lock_of
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

INTERVAL_MS = 30_000

_NOT_KEPT = QT_TRANSLATE_NOOP("Sentence", "Your work is not being kept in case of a crash. {reason}")
_NO_FOLDER = QT_TRANSLATE_NOOP("Sentence", "{name} was not saved: {reason}. Save it elsewhere.")


class Kept(Protocol):
    """Whose work is kept."""

    path: str

    def own_content(self) -> Content:
        """Return the user's own work."""


@dataclass(frozen=True, eq=False)
class _Keep:
    """What is kept where; ``file`` is where it was saved last."""

    path: Path
    content: Content
    file: str


def _keep(request: _Keep, context: JobContext) -> bool:
    write_session(request.path, request.content.saved(request.file), context.check)
    return True


class Autosave(QObject):
    """Writes the work to a file every half minute in which it changed, on a worker thread.

    Parameters
    ----------
    kept : Kept
        Whose work it is.
    folder : Path
        Where; every window has a file of its own there, and a lock beside it.
    thread : WorkerThread
        Where it is written.
    parent : QObject
        Owner.
    """

    failed = Signal(object)  # Sentence: why nothing is kept; once, until it works again
    defect = Signal(str)  # details of an error nobody foresaw
    written = Signal()  # the work is in the file

    def __init__(self, kept: Kept, folder: Path, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._kept = kept
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        self._lock = lock_of(self.path)
        self._baseline = Baseline(kept.own_content())
        self._has_failed = False
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._take)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._lane.busy

    @Slot()
    def keep(self) -> None:
        """Write the work, if it has changed since it was written last."""
        content = self._kept.own_content()
        if self._lane.busy or not self._timer.isActive() or not self._baseline.differs(content):
            return
        try:
            self._take_place()
        except Problem as problem:
            self._fail(problem.sentence)
            return
        self._lane.submit(_Keep(self.path, content, self._kept.path), _keep)

    def _take_place(self) -> None:
        """Make the folder and hold the lock; before there is anything to keep there is neither."""
        if self._lock.isLocked():
            return
        folder = self.path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Problem(_NO_FOLDER, name=self.path.name, reason=error.strerror or str(error)) from error
        # Where there can be no lock, the write will tell why.
        self._lock.tryLock(0)

    @Slot(object)
    def _take(self, outcome: Outcome) -> None:
        assert isinstance(outcome.request, _Keep)
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self._fail(outcome.problem)
        else:
            self._has_failed = False
            self._baseline = Baseline(outcome.request.content)
            self.written.emit()

    def _fail(self, reason: Sentence) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(Sentence(_NOT_KEPT, {"reason": reason}))

    def adopt(self, leftover: Leftover, content: Content) -> None:
        """Go on in the file of a window that is gone, whose work this one shows now."""
        self._lane.cancel()
        self._remove()
        self.path, self._lock = leftover.path, leftover.lock
        self._baseline = Baseline(content)

    def forget(self, content: Content) -> None:
        """Keep no longer what is in a file of the user's."""
        if not self._lane.busy:
            self._remove_file()
            self._baseline = Baseline(content)

    def end(self) -> None:
        """Keep nothing any more; the worker has ended."""
        self._timer.stop()
        self._lane.cancel()
        self._remove()

    def _remove(self) -> None:
        if self._lock.isLocked():
            self._remove_file()
            self._lock.unlock()

    def _remove_file(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()
