"""Pictures in: files and folders of the user's choice."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from convviz.files.pictures import PICTURE_SUFFIXES
from convviz.ui.preferences import Preferences


class PicturesIn(QObject):
    """Asks for files and folders with pictures.

    Parameters
    ----------
    preferences : Preferences
        Where pictures were opened last.
    parent : QWidget
        Owner, over whose window the question is asked.
    """

    chosen = Signal(object)  # list of str: files, or a folder

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences, self._over = preferences, parent

    @Slot()
    def ask_files(self) -> None:
        """Ask for picture files."""
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in PICTURE_SUFFIXES)
        pictures = self.tr("Pictures and arrays ({0})").format(patterns)
        everything = self.tr("All files (*)")
        paths, _ = QFileDialog.getOpenFileNames(
            self._over.window(), self.tr("Add pictures"), self._folder(), f"{pictures};;{everything}"
        )
        if paths:
            self.chosen.emit(paths)

    @Slot()
    def ask_folder(self) -> None:
        """Ask for a folder with pictures."""
        path = QFileDialog.getExistingDirectory(self._over.window(), self.tr("Add a folder"), self._folder())
        if path:
            self.chosen.emit([path])

    def _folder(self) -> str:
        last = self._preferences.recent
        return str(Path(last[0]).parent) if last else ""
