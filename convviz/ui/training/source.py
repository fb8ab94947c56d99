"""Where data come from that are not made in code: a folder of the user's, and downloads into it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from convviz.core.text import Sentence
from convviz.engine.backend import load_torch
from convviz.nets.dataset_downloads import CLASSES, fetch, is_missing
from convviz.nets.learn.data import NEEDS_FOLDER, Data
from convviz.ui.language import say
from convviz.ui.rooms.network_bar import ProgressLine
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


@dataclass(frozen=True)
class Fetch:
    """A data set is to be fetched into a folder."""

    data: Data
    folder: str


class DataSource(QObject):
    """Asks for the folder of a data set, and fetches the data set into it.

    Parameters
    ----------
    thread : WorkerThread
        Where it is fetched, so that a network can learn meanwhile.
    line : ProgressLine
        Shows how far that is, and calls it off.
    parent : QWidget
        Owner.
    """

    fetched = Signal(object, str)  # Data, folder it is in now
    failed = Signal(object)  # Sentence
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, thread: WorkerThread, line: ProgressLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner, self._line = parent, line
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._take)
        self._lane.progressed.connect(self._show_progress)
        line.cancelled.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether something is on its way."""
        return self._lane.busy

    def ask_folder(self, data: Data) -> str | None:
        """Return the folder of ``data``, empty where none is needed, or None if the user has chosen none."""
        if data not in NEEDS_FOLDER:
            return ""
        title = (
            self.tr("Folder with the data, or to download them to")
            if data.value in CLASSES
            else self.tr("Folder with the pictures")
        )
        return QFileDialog.getExistingDirectory(self._owner.window(), title) or None

    def can_fetch(self, data: Data, folder: str) -> bool:
        """Return whether ``data`` can be fetched into a folder, and are not there."""
        return bool(folder) and is_missing(data.value, Path(folder))

    def fetch(self, data: Data, folder: str) -> None:
        """Fetch ``data`` into ``folder``."""
        self._line.show_progress(None, self.tr("Downloading…"))
        self._line.show()
        self._lane.submit(Fetch(data, folder), _fetch, new_epoch=True)

    @Slot()
    def cancel(self) -> None:
        """Call it off; what has arrived is kept for the next time."""
        self._lane.cancel()
        self._line.hide()

    @Slot(float, object)
    def _show_progress(self, fraction: float, sentence: Sentence | None) -> None:
        self._line.show_progress(fraction, "" if sentence is None else say(sentence))

    @Slot(object)
    def _take(self, outcome: Outcome) -> None:
        self._line.hide()
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif isinstance(outcome.problem, Sentence):
            self.failed.emit(outcome.problem)
        else:
            assert isinstance(outcome.request, Fetch)
            self.fetched.emit(outcome.request.data, outcome.request.folder)


def _fetch(request: Fetch, context: JobContext) -> bool:
    # torchvision, which knows where the data are, is imported behind torch.
    load_torch()
    context.check()
    fetch(request.data.value, Path(request.folder), context.check, context.progress)
    return True
