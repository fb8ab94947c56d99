"""Play and pause, a step, an epoch: how the user moves a run on."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from convviz.ui.training.view import TrainingView


class RunControls(QObject):
    """Moves the run of a view on, from its newest epoch.

    Parameters
    ----------
    view : TrainingView
        Whose run it is; also the owner.
    begun_anew : callable
        Gets what is to be done, ``play``, ``step`` or ``epoch``, and returns whether a new run begins first,
        with which that will be done.
    """

    def __init__(self, view: TrainingView, begun_anew: Callable[[str], bool]) -> None:
        super().__init__(view)
        self._view, self._begun_anew = view, begun_anew

    @Slot()
    def toggle(self) -> None:
        """Go on, or pause."""
        if self._begun_anew("play"):
            return
        self._view.leave_past()
        trainer = self._view.trainer
        run = trainer.run
        if run is not None and run.done:
            self._view.notices.say_done(run)
            return
        trainer.set_playing(not trainer.playing)

    @Slot()
    def one_step(self) -> None:
        """Learn from one batch."""
        self._move("step")

    @Slot()
    def one_epoch(self) -> None:
        """Learn to the end of the epoch."""
        self._move("epoch")

    def _move(self, how: str) -> None:
        if self._begun_anew(how):
            return
        self._view.leave_past()
        trainer = self._view.trainer
        trainer.set_playing(False)
        run = trainer.run
        if run is not None and run.done:
            self._view.notices.say_done(run)
        elif run is None or trainer.moving:
            return
        elif how == "epoch":
            trainer.reach(run.epoch + 1, then_play=False)
        else:
            trainer.go(how)
