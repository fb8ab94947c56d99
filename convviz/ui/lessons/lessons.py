"""The lessons of the window: the course, its panel, and what the keys do."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.lessons import Lesson
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.lessons import SUFFIX, read_lesson, shipped_lessons
from convviz.ui.lessons.course import Course
from convviz.ui.lessons.lesson_panel import LessonPanel
from convviz.ui.lessons.maker import LessonMaker
from convviz.ui.lessons.notes_window import NotesWindow
from convviz.ui.lessons.showing import Showing
from convviz.ui.preferences import Preferences

if TYPE_CHECKING:
    from convviz.ui.window import Window


class Lessons(QObject):
    """Opens the panel, goes through lessons, remembers which have been seen to their end.

    Parameters
    ----------
    window : Window
        What shows them.
    preferences : Preferences
        Where is remembered which were seen.
    """

    failed = Signal(object)  # Sentence: why a lesson, or something of it, could not be shown

    def __init__(self, window: "Window", preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._loaded = False
        self.course = Course((), self)
        self.panel = LessonPanel(self.course, window)
        self.panel.hide()
        self.showing = Showing(window, self.course)
        self.maker: LessonMaker | None = None
        self.notes: NotesWindow | None = None
        self.showing.failed.connect(self.failed)
        self.course.moved.connect(self._follow)
        self.course.left.connect(self._follow)
        self.panel.closed.connect(self.close)
        self.panel.back_requested.connect(self.back)
        self.panel.next_requested.connect(self.forward)
        self.panel.restore_requested.connect(self.restore)
        self.panel.released.connect(window.front.take_focus)
        self._write_button()

    @property
    def running(self) -> bool:
        """Whether a lesson is on."""
        return self.course.lesson is not None

    def load(self) -> None:
        """Read the lessons that come with the application, if that has not been done."""
        if self._loaded:
            return
        self._loaded = True
        try:
            self.course.set_lessons(shipped_lessons())
        except Problem as problem:
            self.failed.emit(problem.sentence)
        self.panel.set_seen(self._preferences.lessons_seen)

    @Slot()
    def show_list(self) -> None:
        """Show the list of lessons, ready for a number to be typed."""
        self.load()
        self._make_room()
        self.panel.show_list()
        self._follow()

    @Slot()
    def toggle(self) -> None:
        """Show the list of lessons, or hide what is shown of them; a lesson that is on stays on."""
        if self.panel.isVisible() and self.panel.lists and not self.running:
            self.close()
        else:
            self.show_list()

    def open(self, name: str, step: int = 0) -> None:
        """Open a lesson by its number, its id or its file, at a step counted from 0."""
        self.load()
        lesson = self.course.named(name)
        if lesson is None and (name.lower().endswith(SUFFIX) or Path(name).is_file()):
            self.open_file(name, step)
        elif lesson is None:
            sentence = QT_TRANSLATE_NOOP("Sentence", "There is no lesson {name}. The list shows all (F2).")
            self.failed.emit(Problem(sentence, name=name).sentence)
        else:
            self._begin(lesson, step)

    def open_file(self, path: str, step: int = 0) -> None:
        """Open a lesson from a file; if it is none, what is on screen stays."""
        self.load()
        try:
            lesson = read_lesson(Path(path))
        except Problem as problem:
            self.failed.emit(problem.sentence)
            return
        # A number is only for those that come with the application.
        lesson = Lesson(lesson.id, lesson.title, lesson.steps)
        self.course.add(lesson, os.path.abspath(path))  # noqa: PTH100 - a link is to keep its name
        self._begin(lesson, step)

    def try_out(self, lesson: Lesson, step: int) -> None:
        """Show a step of a lesson in the making, which is in no list."""
        self.load()
        self._begin(lesson, step)

    def make(self) -> LessonMaker:
        """Open the window in which lessons are made, and return it."""
        if self.maker is None:
            self.maker = LessonMaker(self._window)
        self.maker.show()
        self.maker.raise_()
        return self.maker

    def present(self) -> None:
        """Open the lecturer's view, and the window on the second screen if there is one."""
        if self.notes is None:
            self.notes = NotesWindow(self._window, self.course)
        self.notes.present()

    def may_end(self) -> bool:
        """Return whether the application may end, and close what belongs to it if so."""
        if self.maker is not None:
            if not self.maker.file.may_lose():
                return False
            self.maker.close()
        if self.notes is not None:
            self.notes.close()
        return True

    def record(self) -> None:
        """Make what is on screen the next step of the lesson in the making."""
        self.make().record()

    def _begin(self, lesson: Lesson, step: int) -> None:
        self._make_room()
        self.course.open(lesson, step)

    def _make_room(self) -> None:
        """Show the panel; what makes way for it goes first, or the window would have to grow."""
        self._window.menus.show_lessons(on=True, running=self.running)
        self.panel.show()

    @Slot()
    def forward(self) -> None:
        """Reveal more of the step, or go to the next."""
        if self.running:
            self.showing.forward()

    @Slot()
    def back(self) -> None:
        """Go to the step before."""
        if self.running:
            self.showing.back()

    @Slot()
    def restore(self) -> None:
        """Show again what belongs to the step, whatever was changed since."""
        if self.running:
            self.showing.show()

    @Slot()
    def close(self) -> None:
        """Leave the lesson and hide its panel."""
        self.course.leave()
        self.panel.hide()
        self._follow()
        self._window.setFocus()

    @Slot()
    def _follow(self) -> None:
        lesson = self.course.lesson
        if lesson is not None and lesson.number and self.course.index == len(lesson.steps) - 1:
            seen = self._preferences.lessons_seen | {lesson.id}
            self._preferences.lessons_seen = seen
            self.panel.set_seen(seen)
        self._window.menus.show_lessons(on=self.panel.isVisibleTo(self._window), running=lesson is not None)
        self._write_button()

    def _write_button(self) -> None:
        lesson, shown = self.course.lesson, self.panel.isVisibleTo(self._window)
        text = self.tr("Lessons")
        if lesson is not None and lesson.number:
            count = sum(1 for each in self.course.lessons if each.number)
            text = self.tr("Lesson {0} / {1}").format(lesson.number, count)
        self._window.bar.show_lesson(text, on=shown)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._write_button()
