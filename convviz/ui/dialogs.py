"""What the window asks and tells in windows of their own."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QColorDialog, QFileDialog, QMessageBox

from convviz import __version__
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.lessons import SUFFIX
from convviz.files.pictures import PICTURE_SUFFIXES
from convviz.files.sessions import SUFFIX as SESSION_SUFFIX
from convviz.ui.log import log_folder
from convviz.ui.matrix_dialog import MatrixDialog
from convviz.ui.reading_dialog import ReadingDialog

if TYPE_CHECKING:
    from convviz.ui.window import Window


class Dialogs(QObject):
    """Opens the dialogs of the window.

    Parameters
    ----------
    window : Window
        Above which they appear, and what their answers act on.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._told: set[str] = set()
        self._defects: list[str] = []
        self._defect_box: QMessageBox | None = None

    def open_file(self) -> None:
        """Ask for the file of a picture or a session and open it."""
        window = self._window
        last = window.preferences.recent
        folder = str(Path(last[0]).parent) if last else ""
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in PICTURE_SUFFIXES)
        pictures = self.tr("Pictures, arrays and sessions ({0})").format(f"{patterns} *{SESSION_SUFFIX}")
        everything = self.tr("All files (*)")
        path, _ = QFileDialog.getOpenFileName(
            window, self.tr("Open a picture or a session"), folder, f"{pictures};;{everything}"
        )
        if path:
            window.open_path(path)

    def open_lesson(self) -> None:
        """Ask for the file of a lesson and open it."""
        lessons = self.tr("Lessons ({0})").format(f"*{SUFFIX}")
        everything = self.tr("All files (*)")
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a lesson"), "", f"{lessons};;{everything}"
        )
        if path:
            self._window.lessons.open_file(path)

    def paste(self) -> None:
        """Open what is on the clipboard."""
        self._window.opener.take(QGuiApplication.clipboard().mimeData())

    @Slot()
    def type_matrix(self) -> None:
        """Ask for the numbers of a small picture."""
        dialog = MatrixDialog(self._window.session.state.picture, self._window)
        if dialog.exec() and dialog.planes is not None:
            self._window.opener.show_matrix(dialog.planes)
        dialog.deleteLater()

    def choose_background(self) -> None:
        """Ask for the colour that shows through transparent pictures."""
        window = self._window
        before = QColor(*window.preferences.background)
        colour = QColorDialog.getColor(before, window, self.tr("Colour behind transparent pictures"))
        if colour.isValid():
            window.preferences.background = (colour.red(), colour.green(), colour.blue())
            window.opener.reopen()
            window.embeddings.follow_background()

    def show_keys(self) -> None:
        """List the keys."""
        dialog = ReadingDialog(
            self.tr("Keys"),
            self.tr(
                "Space: play or pause\n← →: one cell back or forward\nHome, End: first and last cell\n"
                "Esc: let go of the cell\nIn a pane: arrows move the pointer, Enter pins, + − 0 zoom\n"
                "In the kernel: type a number or a fraction, Ctrl+↑ ↓ spin,"
                " Ctrl+C and Ctrl+V copy and paste\n"
                "F5: projector, F11: full screen, F7 and F8: side panels"
            )
            + "\n"
            + self.tr(
                "In the network room: ← → layers, ↑ ↓ maps, Enter shows a map large, Esc goes back,"
                " Space folds a block"
            )
            + "\n"
            + self.tr("In the training room: Space learns or pauses, → one step, E one epoch, R begins anew")
            + "\n"
            + self.tr("In the embeddings room: arrows choose the first picture, Shift+arrows the second")
            + "\n"
            + self.tr("Lessons: F2 and a number opens one, Page Down and Page Up step, F3 leaves"),
            self._window,
        )
        dialog.exec()
        dialog.deleteLater()

    def open_log(self) -> None:
        """Open the folder of the log, where the system has a program for folders."""
        folder = log_folder()
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            sentence = QT_TRANSLATE_NOOP("Sentence", "The folder could not be opened. It is {folder}.")
            self._window.messages.show_note(Sentence(sentence, {"folder": str(folder)}))

    def show_about(self) -> None:
        """Say what this is."""
        QMessageBox.about(
            self._window,
            self.tr("About convviz"),
            self.tr("convviz {0}\n\nConvolution and convolutional networks, made visible.").format(
                __version__
            ),
        )

    def show_defect(self, details: str) -> None:
        """Say that something unforeseen went wrong; the work is still there.

        The same is said once. What goes wrong while it is being said joins the details of the open window.
        """
        if details in self._told:
            return
        self._told.add(details)
        self._defects.append(details)
        if self._defect_box is None:
            self._defect_box = self._new_defect_box()
            self._defect_box.open()
        self._defect_box.setDetailedText("\n".join(self._defects))

    def _new_defect_box(self) -> QMessageBox:
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Unexpected error"),
            self.tr(
                "Something went wrong that should not have."
                " Your work is still here; please report the details."
            ),
            QMessageBox.StandardButton.Close,
            self._window,
        )
        box.setObjectName("defect")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = box.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(box.detailedText()))
        box.finished.connect(self._forget_defects)
        return box

    @Slot()
    def _forget_defects(self) -> None:
        self._defects.clear()
        self._defect_box = None
