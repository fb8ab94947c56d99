"""Vectors out: to a file of the user's choice."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from convviz.core.text import Sentence
from convviz.ui.gallery import Gallery
from convviz.ui.gallery_jobs import Saving, save_gallery
from convviz.work.jobs import Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


class VectorsOut(QObject):
    """Asks where vectors go, and writes them.

    Parameters
    ----------
    thread : WorkerThread
        Where files are written.
    parent : QWidget
        Owner, over whose window the question is asked.
    """

    told = Signal(object, bool)  # Sentence; whether it is only to be known, not a problem
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, thread: WorkerThread, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._lane.busy

    def ask(self, gallery: Gallery) -> None:
        """Ask where the vectors go, and write them."""
        array, table = self.tr("NumPy array (*.npy)"), self.tr("Table (*.csv)")
        kinds = f"{array};;{table}"
        path, kind = QFileDialog.getSaveFileName(self._over.window(), self.tr("Save the vectors"), "", kinds)
        if path and not Path(path).suffix:
            path += ".csv" if "*.csv" in kind else ".npy"
        if path:
            self.save(gallery, path)

    def save(self, gallery: Gallery, path: str) -> None:
        """Write the vectors to a .npy or .csv file."""
        self._lane.submit(Saving(gallery, path), save_gallery)

    @Slot(object)
    def _tell(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.told.emit(outcome.problem, False)
        elif isinstance(outcome.result, Sentence):
            self.told.emit(outcome.result, True)
