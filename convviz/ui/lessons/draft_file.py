"""The file of a lesson in the making: opened, saved, and not lost unasked."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.lesson_writing import write_lesson
from convviz.files.lessons import SUFFIX, read_lesson
from convviz.ui.language import say
from convviz.ui.lessons.draft import Draft
from convviz.ui.widgets.problem_bar import ProblemBar


class DraftFile(QObject):
    """Reads a lesson to go on with and writes the one in the making.

    Parameters
    ----------
    draft : Draft
        The lesson in the making.
    problem : ProblemBar
        Where it is said what cannot be read or written, and what was.
    owner : QWidget
        Owner, and what the dialogs stand before.
    """

    opened = Signal()  # another lesson was read from a file

    def __init__(self, draft: Draft, problem: ProblemBar, owner: QWidget) -> None:
        super().__init__(owner)
        self._draft, self._problem, self._owner = draft, problem, owner

    @Slot()
    def new(self) -> None:
        """Begin another lesson, after a question if this one is not saved."""
        if self.may_lose():
            self._draft.start()

    @Slot()
    def ask(self) -> None:
        """Ask for a lesson to go on with."""
        if not self.may_lose():
            return
        kinds = self.tr("Lessons ({0})").format(f"*{SUFFIX}")
        path, _ = QFileDialog.getOpenFileName(self._owner, self.tr("Open a lesson"), "", kinds)
        if path:
            self.open(path)

    def open(self, path: str) -> None:
        """Go on with the lesson in a file; if it is none, this one stays."""
        try:
            self._draft.start(read_lesson(Path(path)), path)
        except Problem as problem:
            self._problem.show_problem(say(problem.sentence))
        else:
            self._problem.clear()
            self.opened.emit()

    @Slot()
    def save(self) -> bool:
        """Write the lesson to a file, and return whether that was done."""
        problem = self._missing()
        if problem is not None:
            self._problem.show_problem(problem)
            return False
        suggestion = self._draft.path or f"{self._draft.lesson().id}{SUFFIX}"
        kinds = self.tr("Lessons ({0})").format(f"*{SUFFIX}")
        path, _ = QFileDialog.getSaveFileName(self._owner, self.tr("Save the lesson"), suggestion, kinds)
        return bool(path) and self.save_as(path)

    def save_as(self, path: str) -> bool:
        """Write the lesson to ``path``, and return whether that was done."""
        if not path.lower().endswith(SUFFIX):
            path += SUFFIX
            if Path(path).exists():
                # The dialog has asked about another name.
                taken = QT_TRANSLATE_NOOP("Sentence", "{name} exists already; save under another name.")
                self._problem.show_problem(say(Problem(taken, name=Path(path).name).sentence))
                return False
        try:
            write_lesson(Path(path), self._draft.lesson())
        except Problem as problem:
            self._problem.show_problem(say(problem.sentence))
            return False
        self._draft.path, self._draft.is_saved = path, True
        self._problem.show_note(self.tr("Saved: {0}").format(Path(path).name))
        return True

    def may_lose(self) -> bool:
        """Ask what becomes of a lesson that is not saved; return whether one may go on."""
        if self._draft.is_saved or not self._draft.steps:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._owner,
            self.tr("A lesson in the making"),
            self.tr("The lesson in the making is not saved. Save it?"),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        return answer == buttons.Discard or (answer == buttons.Save and self.save())

    def _missing(self) -> str | None:
        """Return what has to be written before anybody can read the lesson."""
        if not self._draft.steps:
            return self.tr("There is no step yet: set the window as the class should see it and record it.")
        if not any(self._draft.title.values()):
            return self.tr("The lesson has no title yet; type one.")
        for number, step in enumerate(self._draft.steps, 1):
            if not any(step.text.values()):
                return self.tr("Step {0} has no text yet; say what the class should see.").format(number)
        return None
