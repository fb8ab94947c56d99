"""What stands in the middle of the window: the room that is open, or the figure of a lesson."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from convviz.ui.lessons.figure_page import FigurePage
from convviz.ui.state import Room
from convviz.ui.widgets.reach import Pages

if TYPE_CHECKING:
    from convviz.ui.rooms.convolution_room import ConvolutionRoom
    from convviz.ui.rooms.embeddings_room import EmbeddingsRoom
    from convviz.ui.rooms.image_room import ImageRoom
    from convviz.ui.rooms.network_room import NetworkRoom
    from convviz.ui.rooms.training_room import TrainingRoom

    AnyRoom = ImageRoom | ConvolutionRoom | NetworkRoom | TrainingRoom | EmbeddingsRoom


class Front(Pages):
    """Shows one room at a time; a figure of a lesson takes its place, and the room stays as it is.

    Parameters
    ----------
    rooms : dict of Room to QWidget
        All rooms; they become its pages.
    figures : FigurePage
        Where a lesson shows its figures.
    parent : QWidget, optional
        Owner.
    """

    turned = Signal(bool)  # the room is in sight, or else the figure

    def __init__(
        self, rooms: "dict[Room, AnyRoom]", figures: FigurePage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rooms, self._figures = rooms, figures
        self._stack = Pages(self)
        for room in rooms.values():
            self._stack.addWidget(room)
        self.addWidget(self._stack)
        self.addWidget(figures)

    @property
    def room(self) -> Room:
        """The room that is open."""
        return next(r for r, widget in self._rooms.items() if widget is self._stack.currentWidget())

    def set_room(self, room: Room) -> None:
        """Open ``room``; where a figure is in sight, behind it."""
        self._stack.setCurrentWidget(self._rooms[room])

    def begin_room(self) -> None:
        """Put the room that is open in sight, as the session has it, and give it the keyboard."""
        self.setCurrentWidget(self._stack)
        self._enter_room()

    def show_figures(self, on: bool) -> None:
        """Show the figure of a lesson in place of the room, or the room again."""
        was_on = self.currentWidget() is self._figures
        self.setCurrentWidget(self._figures if on else self._stack)
        self.turned.emit(not on)
        if was_on and not on:
            # While it is hidden, a room does not follow what changes.
            self._enter_room()

    def _enter_room(self) -> None:
        self._rooms[self.room].show_state()
        self._rooms[self.room].setFocus()

    @property
    def shows_figure(self) -> bool:
        """Whether the figure of a lesson is in the place of the room."""
        return self.currentWidget() is self._figures and self._figures.figure is not None

    @Slot()
    def take_focus(self) -> None:
        """Give the keyboard to the room that is open, or to the figure in its place."""
        figure = self._figures.figure if self.shows_figure else None
        (figure or self._rooms[self.room]).setFocus()
