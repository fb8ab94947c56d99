"""What begins anew says so first, once there is something to lose."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from convviz.ui.training.notices import Notices
from convviz.ui.training.trainer import Trainer


class Anew(QObject):
    """Lets something begin anew, and asks before that where a run would be lost.

    Parameters
    ----------
    trainer : Trainer
        Whose run would be lost; it pauses while the user is asked.
    notices : Notices
        Where the user is asked.
    parent : QObject
        Owner.
    """

    def __init__(self, trainer: Trainer, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._trainer, self._notices = trainer, notices
        self._asked: Callable[[], None] | None = None
        notices.anew_wanted.connect(self.begin)

    @property
    def waits(self) -> bool:
        """Whether the user has been asked and has not answered."""
        return self._asked is not None

    def ask(self, begin: Callable[[], None]) -> None:
        """Call ``begin``, if nothing has been learned yet, or else when the user has been told and agrees."""
        run = self._trainer.run
        if run is None or not run.step_count:
            begin()
            return
        self._trainer.set_playing(False)
        self._asked = begin
        self._notices.ask_anew(run)

    @Slot()
    def begin(self) -> None:
        """Begin what the user was asked about, if anything."""
        asked, self._asked = self._asked, None
        if asked is not None:
            asked()

    def forget(self) -> None:
        """Let the run stay: what the user was asked about does not begin."""
        self._asked = None
