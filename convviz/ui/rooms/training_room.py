"""The training room: a small network learns, and everything about it can be watched."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convviz.core.lessons import Table
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import Threads

if TYPE_CHECKING:
    from convviz.ui.training.desk import TrainingDesk
    from convviz.ui.training.table import Described


class TrainingRoom(QWidget):
    """The place of a :class:`~convviz.ui.training.desk.TrainingDesk`, which is made at the first visit.

    Its modules, pyqtgraph's among them, are imported by a worker first: that takes longer than a window may
    be without an answer.

    Parameters
    ----------
    threads : Threads
        Where networks learn.
    parent : QWidget, optional
        Owner.
    """

    defect = Signal(str)  # details of an error nobody foresaw
    open_requested = Signal(str)  # path of a saved network, for the network room

    def __init__(self, threads: Threads, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training-room")
        self._threads = threads
        self._panel_visible = True
        self._importing = Lane(threads.learn, self)
        self._importing.finished.connect(self._make_desk)
        self.desk: TrainingDesk | None = None
        self._wanted: Described | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def busy(self) -> bool:
        """Whether something is awaited."""
        making = self.desk is not None and not self.desk.curves.complete
        return self._importing.busy or making or (self.desk is not None and self.desk.trainer.busy)

    def show_state(self) -> None:
        """Make the desk at the first visit."""
        if self.desk is None and not self._importing.busy:
            self._importing.submit(None, _import_desk)

    @Slot(object)
    def _make_desk(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
            return
        from convviz.ui.training.desk import TrainingDesk

        self.desk = TrainingDesk(self._threads, self)
        self.desk.defect.connect(self.defect)
        self.desk.open_requested.connect(self.open_requested)
        self.desk.set_panel_visible(self._panel_visible)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.desk)
        self.desk.show()
        if self._wanted is not None:
            self.desk.open_given(self._wanted)
            self._wanted = None
        self.setFocusProxy(self.desk)
        if self.isVisible() and self.window().focusWidget() in (None, self):
            self.desk.setFocus()

    def table(self) -> dict[str, Any]:
        """Return what :meth:`show_table` makes this state from; empty before the first visit."""
        if self.desk is None:
            return {} if self._wanted is None else self._wanted.table()
        from convviz.ui.training.table import describe

        return describe(self.desk)

    def show_table(self, table: Table) -> None:
        """Learn as a table describes it; what takes time follows.

        Raises
        ------
        Problem
            If something of it is not as it should be; the sentence names the field.
        """
        from convviz.ui.training.table import Described

        described = Described.of(table)
        if self.desk is None:
            self._wanted = described
            self.show_state()
        else:
            self.desk.open_given(described)

    def do(self, action: str) -> None:
        """Do what a menu entry asks for, if the room is open."""
        if self.desk is not None and self.isVisible():
            self.desk.do(action)

    def set_panels_visible(self, left: bool, right: bool) -> None:
        """Show or hide the panel at the left; there is none at the right."""
        del right
        self._panel_visible = left
        if self.desk is not None:
            self.desk.set_panel_visible(left)


def _import_desk(request: None, context: JobContext) -> bool:
    del request
    context.check()
    import_module("convviz.ui.training.desk")
    return True
