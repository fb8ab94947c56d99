"""A run as it is seen, now or as it was; and kept in a file."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from convviz.core.number_style import spelled
from convviz.core.numbers import whole_percent
from convviz.nets.learn.history import Figures
from convviz.nets.learn.run import Run
from convviz.ui.training.face import TrainingFace
from convviz.ui.training.notices import Notices
from convviz.ui.training.trainer import Seen, Trainer, first_picture
from convviz.work.threads import WorkerThread


class TrainingView(TrainingFace):
    """Shows a run at its newest epoch, or at a past one; what begins it is the business of its subclass.

    Parameters
    ----------
    thread : WorkerThread
        Where it learns.
    parent : QWidget, optional
        Owner.
    """

    open_requested = Signal(str)  # path of a saved network, for the network room

    def __init__(self, thread: WorkerThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trainer = Trainer(thread, self)
        self.notices = Notices(self.problem, self)
        self._seen: Seen | None = None
        self._past: int | None = None
        self._hand: Figures | None = None
        self._is_by_hand = False
        self._said = -1
        self.trainer.saved.connect(self.notices.say_saved)
        self.trainer.playing_changed.connect(self.show_playing)
        self.notices.open_wanted.connect(self.open_requested)
        self.form.rate_edited.connect(self._set_rate)
        self.save.clicked.connect(self.ask_save)
        self.scrubber.valueChanged.connect(self._scrub)
        self.worst.chosen.connect(self._choose_picture)
        self.picture.valueChanged.connect(lambda number: self._choose_picture(number - 1))

    def show_run(self, seen: Seen, run: Run) -> bool:
        """Show how ``run`` stands, and return whether it is another one than before."""
        is_new = self._seen is None or self._seen.run is not run
        self._seen = seen
        if is_new:
            self.trainer.picture = first_picture(seen.samples)
            self._hand, self._said = seen.hand, -1
        self.show_epoch(run.epoch, run.epoch if self._past is None else self._past)
        # What is on its way may be older than what was chosen.
        self.show_picture(len(seen.samples), self.trainer.picture)
        assert seen.look is not None
        self.curves.show_figures(list(run.history.figures), self._past)
        self.show_look(run.network, seen.samples, seen.look)
        self.show_state()
        return is_new

    def tell_verdict(self, run: Run) -> None:
        """Say of a run that rests whether it stands still; once for every epoch at which it does."""
        if self._said != run.epoch:
            self._said = run.epoch
            self.notices.say_verdict(run)

    def show_state(self) -> None:
        """Write epoch, step, losses and shares of right answers."""
        if self._seen is None or self._seen.look is None or self._seen.run is None:
            return
        figures = self._seen.look.figures
        parts = [
            self.tr("epoch {0} of {1}").format(figures.epoch, self._seen.run.plan.epochs),
            self.tr("step {0}").format(figures.step if self._past is not None else self._seen.run.step_count),
            self.tr("loss {0} / {1}").format(_loss(figures.loss), _loss(figures.val_loss)),
            self.tr("right {0} / {1}").format(
                whole_percent(figures.accuracy), whole_percent(figures.val_accuracy)
            ),
        ]
        if self._hand is not None:
            right, hand = int(np.trace(figures.confusion)), int(np.trace(self._hand.confusion))
            by_hand = (
                self.tr("these are by hand") if self._is_by_hand else self.tr("by hand {0}").format(hand)
            )
            parts.append(self.tr("of all 64 pictures right: {0}; {1}").format(right, by_hand))
        self.state.setText("   ".join(parts))

    @Slot(float)
    def _set_rate(self, rate: float) -> None:
        self.trainer.set_rate(rate)

    @Slot(int)
    def _scrub(self, epoch: int) -> None:
        run = self.trainer.run
        if run is None:
            return
        self.trainer.set_playing(False)
        self.trainer.stop()
        self._past = None if epoch >= run.epoch else epoch
        self.trainer.go("look", self._past)

    def leave_past(self) -> None:
        """Go back to the present, and say nothing any more."""
        self._past = None
        self.notices.clear()

    @Slot(int)
    def _choose_picture(self, picture: int) -> None:
        self.trainer.picture = picture
        # Who learns shows the picture's maps with the next slice.
        if not self.trainer.playing and not self.trainer.reaching:
            self.trainer.go("look", self._past)

    @Slot()
    def ask_save(self) -> None:
        """Ask for a file and write the network of the epoch on screen to it."""
        if self.trainer.run is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save the network"), "network.safetensors", "safetensors (*.safetensors)"
        )
        if path and self._may_replace(Path(path)):
            self.save_to(path)

    def _may_replace(self, given: Path) -> bool:
        """Ask about the files that would be replaced and that the dialog, which knows ``given``, did not."""
        path = saved_path(given)
        known = given == path and path.exists()
        # The card of a network that may be replaced goes with it.
        there = [] if known else [one for one in (path, path.with_suffix(".toml")) if one.exists()]
        if not there:
            return True
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        text = self.tr("{0} is there already. Replace it?").format(", ".join(one.name for one in there))
        title = self.tr("Save the network")
        return QMessageBox.question(self.window(), title, text, yes | no, no) == yes

    def save_to(self, path: str) -> None:
        """Write the network of the epoch on screen to ``path``."""
        path = str(saved_path(Path(path)))
        run = self.trainer.run
        if run is not None:
            self.trainer.save(run.epoch if self._past is None else self._past, path)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        super().retranslate()
        self.show_playing(self.trainer.playing)
        self.show_state()
        if not self.trainer.busy:
            # The numbers of its expression are written where it is looked at.
            self.trainer.go("look", self._past)


def saved_path(given: Path) -> Path:
    """Return where a network goes that is to be saved as ``given``: the ending may be missing."""
    if given.suffix.lower() == ".safetensors":
        return given
    return given.with_name(f"{given.name}.safetensors")


def _loss(value: float) -> str:
    """Return a loss with four digits behind the point; one that grows out of all bounds, with a power."""
    return spelled(value, ".4f" if value < 1e6 else ".3e")
