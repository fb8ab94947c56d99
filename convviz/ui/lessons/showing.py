"""Bringing the application into the state of a lesson's step, and back to one's own work."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.lessons import Step, Table, text_in
from convviz.core.text import Problem
from convviz.ui.language import language_in_force
from convviz.ui.lessons.course import Course
from convviz.ui.lessons.state_table import state_from
from convviz.ui.lessons.view_table import ImageView, LayerView
from convviz.ui.state import Room, State

if TYPE_CHECKING:
    from convviz.ui.window import Window


class Described(Protocol):
    """A room whose state is told by a table."""

    def show_table(self, table: Table) -> None:
        """Show what a table of a lesson describes; raises Problem if it cannot."""

    def table(self) -> dict[str, Any]:
        """Return the table that :meth:`show_table` makes this room's state from."""


@dataclass(frozen=True)
class _Own:
    """What the user was at before a lesson."""

    state: State
    room: Room
    tables: dict[str, Table] = field(default_factory=dict)


class Showing(QObject):
    """Shows the step that a course is at.

    What the user had on screen is kept and comes back when the lesson is left; every step is one that undo
    takes back, like any other change.

    Parameters
    ----------
    window : Window
        What shows it.
    course : Course
        What is to be shown.
    """

    shown = Signal()  # everything is as the step has it
    failed = Signal(object)  # Sentence: why something of it could not be shown

    def __init__(self, window: "Window", course: Course) -> None:
        super().__init__(window)
        self._window, self._course = window, course
        self._own: _Own | None = None
        self._tables: dict[str, Table] = {}
        course.moved.connect(self.show)
        course.left.connect(self._return)

    def described(self) -> dict[str, Described]:
        """Return the rooms whose state is told by a table, by their names."""
        window = self._window
        return {"network": window.network, "training": window.training, "embeddings": window.embeddings}

    @property
    def own(self) -> _Own | None:
        """What comes back when the lesson is left; None if none is on."""
        return self._own

    @Slot()
    def show(self) -> None:
        """Bring everything into the state of the step that is on, whatever was changed since."""
        step = self._course.step
        if step is None:
            return
        window = self._window
        if self._own is None:
            self._own = _Own(window.session.state, window.room, window.sessions.tables())
            self._tables = {}
        try:
            state = state_from(step.picture, step.layer, self._own.state)
        except Problem as problem:
            self.failed.emit(problem.sentence)
            state = window.session.state
        lesson = self._course.lesson
        assert lesson is not None
        if window.room.value != step.room:
            window.set_room(Room(step.room))
        window.session.edit(state, text_in(lesson.title, language_in_force()))
        window.session.end_gesture()
        self._show_figure(step)
        self._show_rooms(step)
        self._show_view(step)
        self.shown.emit()

    def _show_view(self, step: Step) -> None:
        try:
            if step.room == Room.IMAGE:
                view = ImageView.of(step.view)
                self._window.menus.panels.show_image_panel(view.panel)
                self._window.image.show_view(view)
            elif step.room == Room.CONVOLUTION:
                self._window.convolution.show_view(LayerView.of(step.view))
        except Problem as problem:
            self.failed.emit(problem.sentence)

    def _show_figure(self, step: Step) -> None:
        page = self._window.figures
        if not step.figure:
            page.clear()
        else:
            try:
                page.show_figure(step.figure)
            except Problem as problem:
                page.clear()
                self.failed.emit(problem.sentence)
        self._window.front.show_figures(page.figure is not None)

    def _show_rooms(self, step: Step) -> None:
        """Show what concerns the rooms that work for a while; one that is as it should be is left alone."""
        for name, room in self.described().items():
            table: Table = getattr(step, name)
            if not table or step.room != name or (self._tables.get(name) == table and room.table() == table):
                continue
            try:
                room.show_table(table)
            except Problem as problem:
                self.failed.emit(problem.sentence)
            self._tables[name] = table

    @Slot()
    def forward(self) -> None:
        """Reveal what the step still hides, or go on to the next."""
        # One that was left for a room has nothing to reveal there.
        if not (self._window.front.shows_figure and self._window.figures.reveal()):
            self._course.go(1)

    @Slot()
    def back(self) -> None:
        """Go to the step before."""
        self._course.go(-1)

    @Slot()
    def _return(self) -> None:
        own, self._own = self._own, None
        if own is None:
            return
        window = self._window
        window.figures.clear()
        window.front.show_figures(False)
        window.convolution.show_view(LayerView())
        window.image.show_view(ImageView())
        window.set_room(own.room)
        window.session.edit(own.state, self.tr("leave the lesson"))
        for name, room in self.described().items():
            if name in self._tables:
                try:
                    room.show_table(own.tables[name])
                except Problem as problem:
                    self.failed.emit(problem.sentence)
        self._tables = {}
