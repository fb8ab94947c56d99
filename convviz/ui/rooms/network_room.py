"""The network room: one picture in a network, from the photograph to the answer and back to the pixels."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convviz.core.lessons import Table
from convviz.ui.feed import Feed
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.work.threads import Threads

if TYPE_CHECKING:
    from convviz.ui.rooms.network_desk import NetworkDesk


class NetworkRoom(QWidget):
    """The place of a :class:`~convviz.ui.rooms.network_desk.NetworkDesk`, which is made at the first visit.

    Until then nothing of it is imported: the window is not to start later for it.

    Parameters
    ----------
    session : Session
        Whose picture is looked at.
    feed : Feed
        Where the photograph's pixels come from.
    threads : Threads
        Where networks run, and where units are written out.
    preferences : Preferences
        What remembers the network.
    parent : QWidget, optional
        Owner.
    """

    told = Signal(str)  # what is said of the place pointed at; empty for none
    described = Signal(str)  # network, data set, weights, time of the forward pass
    defect = Signal(str)  # details of an error nobody foresaw
    picture_wanted = Signal(str)  # path of a picture the user wants to see
    lab_filled = Signal()  # the session's kernel is a filter of the network now
    steps_changed = Signal()  # undo means other steps now

    def __init__(
        self,
        session: Session,
        feed: Feed,
        threads: Threads,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("network-room")
        self._made_of = session, feed, threads, preferences
        self._panel_visible = True
        self._given: tuple[str, str | None, bool] | None = None
        self.desk: NetworkDesk | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def busy(self) -> bool:
        """Whether something is awaited from a network."""
        return self.desk is not None and self.desk.busy

    def show_state(self) -> None:
        """Bring everything in line with the session's picture."""
        if self.desk is None:
            self.desk = self._make_desk()
            if self._given is not None:
                model, weights, trust = self._given
                self.desk.own.open_given(model, weights, trust=trust)
        self.desk.show_picture()

    def begin_with(self, model: str, weights: str | None, *, trust: bool) -> None:
        """Open this model at the first visit: a name or a file, and a file that fills it.

        Parameters
        ----------
        model : str
            As for :func:`convviz.nets.load.open_model`, or a file of weights.
        weights : str, optional
            Path of a file with weights.
        trust : bool
            Whether the code in the model may run.
        """
        self._given = model, weights, trust

    def _make_desk(self) -> "NetworkDesk":
        from convviz.ui.rooms.network_desk import NetworkDesk

        desk = NetworkDesk(*self._made_of, self)
        desk.told.connect(self.told)
        desk.described.connect(self.described)
        desk.defect.connect(self.defect)
        desk.picture_wanted.connect(self.picture_wanted)
        desk.lab_filled.connect(self.lab_filled)
        desk.trying.opened.connect(self.steps_changed)
        desk.set_panel_visible(self._panel_visible)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(desk)
        # The layout would show it only later, and what is hidden cannot take the keyboard.
        desk.show()
        self.setFocusProxy(desk)
        return desk

    @property
    def steps(self) -> QUndoStack | None:
        """What undo means here, while a kernel is tried; None for the session's own steps."""
        trying = None if self.desk is None else self.desk.trying
        return trying.steps if trying is not None and trying.is_open else None

    def show_table(self, table: Table) -> None:
        """Show what a table of a lesson describes.

        Raises
        ------
        Problem
            If something is not as it should be; the sentence names the field.
        """
        from convviz.ui.rooms.network_table import NetworkView

        view = NetworkView.of(table)
        if self.desk is None:
            self.desk = self._make_desk()
        self.desk.showing.show(view)

    def table(self) -> dict[str, Any]:
        """Return the table that gives the state of the room back; empty before the first visit."""
        return {} if self.desk is None else self.desk.showing.view().table()

    def do(self, action: str) -> None:
        """Do what a menu entry asks for, if the room is open."""
        if self.desk is not None and self.isVisible():
            self.desk.do(action)

    def set_panels_visible(self, left: bool, right: bool) -> None:
        """Show or hide the panel at the right; there is none at the left."""
        del left
        self._panel_visible = right
        if self.desk is not None:
            self.desk.set_panel_visible(right)
