"""What is computed for the network room in other threads: watched, and given up."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from convviz.ui.rooms.network_desk import NetworkDesk


class NetworkJobs(QObject):
    """Watches all that runs networks or opens files, and shows its progress.

    Parameters
    ----------
    desk : NetworkDesk
        Whose source, explanations, trials, shifts, models and patches these are.
    """

    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, desk: "NetworkDesk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._workers = desk.source, desk.why, desk.trials, desk.shifts, desk.own, desk.finder

    def begin(self) -> None:
        """Watch from now on, after the parts of the room that hear of their own jobs."""
        for worker in self._workers:
            worker.progressed.connect(self._desk.notices.show_progress)
            worker.busy_changed.connect(self._watch)
            worker.defect.connect(self.defect)

    @property
    def busy(self) -> bool:
        """Whether what is on screen is older than what was asked for."""
        desk = self._desk
        workers = (*self._workers, desk.units, desk.following, desk.reader)
        return desk.showing.waits or any(worker.busy for worker in workers)

    def awaits_answer(self) -> bool:
        """Return whether an answer about the picture is awaited: until then, the next has to wait."""
        return self._desk.source.waits or self._desk.why.busy or self._desk.trials.busy

    def cancel(self) -> bool:
        """Give up what is asked beside the network and the picture; return whether there was anything."""
        desk = self._desk
        if desk.why.busy or desk.trials.busy or desk.shifts.busy:
            desk.reasons.cancel()
            desk.trying.cancel()
            desk.shifting.cancel()
        elif desk.finder.busy:
            desk.gallery.cancel()
        elif desk.own.busy:
            desk.own.cancel()
        else:
            return False
        return True

    @Slot()
    def _watch(self) -> None:
        self._desk.notices.set_waiting(any(worker.busy for worker in self._workers))
