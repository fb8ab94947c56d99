"""The embeddings room: pictures as vectors, how far they are apart, and what moves them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convviz.core.lessons import Table
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.work.threads import Threads

if TYPE_CHECKING:
    from convviz.ui.rooms.embeddings_desk import EmbeddingsDesk


class EmbeddingsRoom(QWidget):
    """The place of an :class:`~convviz.ui.rooms.embeddings_desk.EmbeddingsDesk`, made at the first visit.

    Until then nothing of it is imported: the window is not to start later for it.

    Parameters
    ----------
    session : Session
        Whose picture is added when it is opened while the room is.
    threads : Threads
        Where networks run.
    preferences : Preferences
        The colour behind transparent pictures.
    parent : QWidget, optional
        Owner.
    """

    told = Signal(str)  # what is said of the place pointed at; empty for none
    described = Signal(str)  # how many pictures, of which network and layer
    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(
        self, session: Session, threads: Threads, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("embeddings-room")
        self._session = session
        self._made_of = threads, preferences
        self._panel_visible = True
        self.desk: EmbeddingsDesk | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def busy(self) -> bool:
        """Whether something is awaited."""
        return self.desk is not None and self.desk.busy

    def show_state(self) -> None:
        """Make everything at the first visit, and show pictures."""
        if self.desk is None:
            self.desk = self._make_desk()
        self.desk.show_state()

    def _make_desk(self) -> "EmbeddingsDesk":
        from convviz.ui.rooms.embeddings_desk import EmbeddingsDesk

        desk = EmbeddingsDesk(*self._made_of, self)
        desk.told.connect(self.told)
        desk.described.connect(self.described)
        desk.defect.connect(self.defect)
        desk.set_panel_visible(self._panel_visible)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(desk)
        # The layout would show it only later, and what is hidden cannot take the keyboard.
        desk.show()
        self.setFocusProxy(desk)
        return desk

    def table(self) -> dict[str, Any]:
        """Return what :meth:`show_table` makes this state from; empty before the first visit."""
        if self.desk is None:
            return {}
        from convviz.ui.rooms.embeddings_table import describe

        return describe(self.desk).table()

    def held_table(self) -> dict[str, Any]:
        """Return the same for a session, in which pictures without a file stand for themselves."""
        if self.desk is None:
            return {}
        from convviz.ui.rooms.embeddings_table import describe

        return describe(self.desk, held=True).table()

    def show_table(self, table: Table) -> None:
        """Bring the room into the state that a table describes; what takes time follows.

        Raises
        ------
        Problem
            If something of it is not as it should be; the sentence names the field.
        """
        from convviz.ui.rooms.embeddings_table import Described, show

        described = Described.of(table)
        if self.desk is None:
            self.desk = self._make_desk()
        show(self.desk, described)

    def add_paths(self, paths: Iterable[str]) -> None:
        """Add files and the pictures in folders."""
        if self.desk is not None:
            self.desk.add_paths(paths)

    @Slot()
    def add_opened(self) -> None:
        """Add the picture that has just been opened, if the room is open."""
        if self.desk is not None and self.isVisible():
            self.desk.add_picture(self._session.state.picture)

    def follow_background(self) -> None:
        """Show transparent pictures on the colour that is chosen now."""
        if self.desk is not None:
            self.desk.follow_background()

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

    # What the menu for the view asks of every room

    def zoom_in(self) -> None:
        """Show the map larger."""
        if self.desk is not None:
            self.desk.plane.zoom_in()

    def zoom_out(self) -> None:
        """Show the map smaller."""
        if self.desk is not None:
            self.desk.plane.zoom_out()

    def fit(self) -> None:
        """Show all of the map."""
        if self.desk is not None:
            self.desk.plane.fit()

    def actual_size(self) -> None:
        """Show all of the map: it has no size of its own."""
        self.fit()
