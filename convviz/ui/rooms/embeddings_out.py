"""Vectors out: to a file of the user's choice."""

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from convviz.core.text import Sentence
from convviz.files.vectors import names_beside
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
        # A lane keeps the newest request only, but every file that was asked for is to be written.
        self._waiting: deque[Saving] = deque()
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
        given, kind = QFileDialog.getSaveFileName(self._over.window(), self.tr("Save the vectors"), "", kinds)
        if not given:
            return
        path = Path(given)
        if not path.suffix:
            path = path.with_name(path.name + (".csv" if "*.csv" in kind else ".npy"))
        if all(map(self._may_replace, _unasked(Path(given), path))):
            self.save(gallery, str(path))

    def _may_replace(self, path: Path) -> bool:
        """Ask whether a file that is there already may be replaced."""
        box = QMessageBox
        answer = box.question(
            self._over.window(),
            self.tr("Save the vectors"),
            self.tr("{0} is there already. Replace it?").format(path.name),
            box.StandardButton.Yes | box.StandardButton.No,
            box.StandardButton.No,
        )
        return answer == box.StandardButton.Yes

    def save(self, gallery: Gallery, path: str) -> None:
        """Write the vectors to a .npy or .csv file, after those that are still being written."""
        saving = Saving(gallery, path)
        if self._lane.busy:
            self._waiting.append(saving)
        else:
            self._lane.submit(saving, save_gallery)

    @Slot(object)
    def _tell(self, outcome: Outcome) -> None:
        if self._waiting:
            self._lane.submit(self._waiting.popleft(), save_gallery)
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.told.emit(outcome.problem, False)
        elif isinstance(outcome.result, Sentence):
            self.told.emit(outcome.result, True)


def _unasked(given: Path, path: Path) -> list[Path]:
    """Return which files would be replaced that the dialog did not ask about: it knows ``given`` alone."""
    if given == path and path.exists():
        # The names belong to the array beside them, and go with it.
        return []
    written = [path] if path.suffix.lower() == ".csv" else [path, names_beside(path)]
    return [file for file in written if file.exists()][:1]
