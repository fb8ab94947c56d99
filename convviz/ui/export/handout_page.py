"""The page of the export dialog for a lesson's handout, which a process of its own writes."""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QProcessEnvironment, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from convviz.core.lessons import LANGUAGES, text_in
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.atomic import check_place
from convviz.files.lessons import SUFFIX, read_lesson, shipped_lessons
from convviz.ui.export.page import Kind, Page, combo
from convviz.ui.export.texts import SAVED
from convviz.ui.language import NATIVE_NAMES, Language, language_in_force, say
from convviz.ui.widgets.labels import label

if TYPE_CHECKING:
    from convviz.ui.window import Window

_STEP = re.compile(r"step (\d+) of (\d+)")
_DRAWING = QT_TRANSLATE_NOOP("Sentence", "Drawing step {step} of {count}")
_FAILED = QT_TRANSLATE_NOOP("Sentence", "{name} was not made: {reason}")
_ENDED = QT_TRANSLATE_NOOP("Sentence", "the program that writes it ended unexpectedly.")


def program() -> list[str]:
    """Return how this program is started from outside."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "convviz"]


class HandoutPage(Page):
    """A lesson on paper.

    Every step has to be shown to be drawn, so that another window does it, in a process of its own that
    nobody sees: what is on screen here stays as it is.
    """

    name = "handout"
    running = Signal(bool)
    progressed = Signal(float, object)  # fraction done, Sentence
    done = Signal(object)  # Sentence: that it is saved, or why it is not

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        self._process: QProcess | None = None
        self._path, self._said = Path(), ""
        self._refusal = ""
        language = language_in_force()
        self.lesson = combo(self, self._titles(language.value))
        self.lesson.setMaxVisibleItems(16)
        self.other = QPushButton(self.tr("From a &file…"), self)
        self.other.setObjectName("export-handout-file")
        self.other.setAutoDefault(False)
        self.other.setToolTip(self.tr("A lesson of your own"))
        self.other.clicked.connect(self._ask_file)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.lesson, 1)
        layout.addWidget(self.other)
        self.lesson.setObjectName("export-handout-lesson")
        self.lesson.setAccessibleName(self.tr("Lesson"))
        self.form.addRow(self.tr("Lesson"), row)
        self.audience = combo(self, [(self.tr("for the class"), False), (self.tr("for the lecturer"), True)])
        self.add_field(self.tr("Variant"), self.audience, "audience")
        self.language = combo(self, [(NATIVE_NAMES[Language(each)], each) for each in LANGUAGES])
        self.language.setCurrentIndex(self.language.findData(language.value))
        self.add_field(self.tr("Language"), self.language, "language")
        note = label("muted", wrap=True)
        note.setText(
            self.tr(
                "A PDF on A4: every step with its text, what to notice, a picture, and the questions with"
                " room for answers. The lecturer's has the answers and the notes as well."
            )
        )
        self.form.addRow(note)
        running = window.lessons.course.lesson
        if running is not None:
            files = window.lessons.course.files
            self._choose(running.id if running.number else files.get(running.id, ""))

    def _titles(self, language: str) -> list[tuple[str, object]]:
        """Return the lessons that come with convviz and those that are open, each with what names it."""
        course = self._window.lessons.course
        try:
            shipped = shipped_lessons()
        except Problem as problem:
            self._refusal = say(problem.sentence)
            shipped = ()
        titles: list[tuple[str, object]] = [
            (f"{each.number}. {text_in(each.title, language)}", each.id) for each in shipped
        ]
        own = [each for each in course.lessons if not each.number and each.id in course.files]
        return titles + [(text_in(each.title, language), course.files[each.id]) for each in own]

    def _choose(self, name: str) -> None:
        if (found := self.lesson.findData(name)) >= 0:
            self.lesson.setCurrentIndex(found)

    @Slot()
    def _ask_file(self) -> None:
        """Offer a lesson of the lecturer's own, and choose it."""
        kinds = self.tr("Lessons ({0})").format(f"*{SUFFIX}")
        given, _ = QFileDialog.getOpenFileName(self, self.tr("Open a lesson"), "", kinds)
        if not given:
            return
        try:
            lesson = read_lesson(Path(given))
        except Problem as problem:
            self.done.emit(problem.sentence)
            return
        path = os.path.abspath(given)  # noqa: PTH100 - a link is to keep its name
        title = text_in(lesson.title, language_in_force().value)
        found = self.lesson.findData(path)
        if found < 0:
            self.lesson.addItem(title, path)
        else:
            self.lesson.setItemText(found, title)
        self._choose(path)

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.tr("Lesson as a handout")

    @property
    def missing(self) -> str:
        """Why nothing can be exported at present."""
        return self._refusal

    @property
    def busy(self) -> bool:
        """Whether a handout is being written."""
        return self._process is not None

    def kinds(self) -> Sequence[Kind]:
        """Return the kind of file it can be saved as."""
        return ((self.tr("PDF document"), ".pdf"),)

    def start(self, path: str) -> None:
        """Write the handout to ``path``."""
        self._path = Path(path)
        try:
            check_place(self._path)
        except Problem as problem:
            self.done.emit(problem.sentence)
            return
        command = [*program(), "lessons", self.lesson.currentData(), f"--handout={self._path.absolute()}"]
        command += [f"--language={self.language.currentData()}"]
        command += ["--lecturer"] if self.audience.currentData() else []
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        # As this process found its modules, so is the other to find them.
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        self._process, self._said = process, ""
        self.running.emit(True)
        process.start(command[0], command[1:])

    def cancel(self) -> None:
        """Give up what is being written; the file that was there is kept."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(5000)
            process.deleteLater()
            self.running.emit(False)

    @Slot()
    def _read(self) -> None:
        assert self._process is not None
        text = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        for found in _STEP.finditer(text):
            step, count = int(found[1]), int(found[2])
            self.progressed.emit((step - 1) / count, Sentence(_DRAWING, {"step": step, "count": count}))

    @Slot()
    def _finish(self) -> None:
        self._end(started=True)

    def _end(self, *, started: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").strip().splitlines()
        good = started and process.exitStatus() == QProcess.ExitStatus.NormalExit and process.exitCode() == 0
        process.deleteLater()
        self.running.emit(False)
        if good:
            self.done.emit(Sentence(SAVED, {"name": self._path.name}))
        else:
            reason: object = said[-1] if said else Sentence(_ENDED)
            self.done.emit(Sentence(_FAILED, {"name": self._path.name, "reason": reason}))

    @Slot(QProcess.ProcessError)
    def _fail(self, error: QProcess.ProcessError) -> None:
        # Any other error is followed by the end of the process.
        if error == QProcess.ProcessError.FailedToStart:
            self._end(started=False)
