"""The desk of the training room: what is chosen at the left, how it learns beside it."""

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.learn.by_hand import PLAN as BY_HAND
from convviz.nets.learn.data import NEEDS_FOLDER, Data
from convviz.nets.learn.history import Figures
from convviz.nets.learn.look import Look
from convviz.nets.learn.plan import NetworkPlan, with_outputs
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Loss
from convviz.nets.learn.starts import start_network, start_settings
from convviz.ui.language import say
from convviz.ui.training.face import TrainingFace
from convviz.ui.training.trainer import Begin, Seen, Trainer, first_picture, problem_of
from convviz.work.threads import WorkerThread

_RESTART_MS = 250


class TrainingDesk(TrainingFace):
    """A network of the user's making learns here.

    Parameters
    ----------
    thread : WorkerThread
        Where it learns.
    parent : QWidget, optional
        Owner.
    """

    defect = Signal(str)  # details of an error nobody foresaw
    open_requested = Signal(str)  # path of a saved network, for the network room

    def __init__(self, thread: WorkerThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trainer = Trainer(thread, self)
        self.samples: Samples | None = None
        self._seen: Seen | None = None
        self._data, self._folder = Data.FRAGMENTS, ""
        self._past: int | None = None
        self._hand: Figures | None = None
        self._is_by_hand = False
        self._wants_start = True
        self._restart = QTimer(self, singleShot=True, interval=_RESTART_MS)
        self._restart.timeout.connect(self.reset)
        self._connect()
        self.retranslate()
        self._begin(Data.FRAGMENTS, "")

    def _connect(self) -> None:
        self.trainer.seen.connect(self._show)
        self.trainer.failed.connect(self._refuse)
        self.trainer.defect.connect(self.defect)
        self.trainer.saved.connect(self._tell_saved)
        self.trainer.playing_changed.connect(self._show_playing)
        self.form.data_chosen.connect(self._choose_data)
        self.form.edited.connect(self._edit)
        self.form.rate_edited.connect(self._set_rate)
        self.layers.edited.connect(self._edit)
        self.play.clicked.connect(self.toggle)
        self.step.clicked.connect(self.one_step)
        self.epoch.clicked.connect(self.one_epoch)
        self.again.clicked.connect(self.reset)
        self.hand.clicked.connect(self.load_by_hand)
        self.save.clicked.connect(self.ask_save)
        self.scrubber.valueChanged.connect(self._scrub)
        self.worst.chosen.connect(self._choose_picture)
        self.problem.acted.connect(self._act)

    # What the user does

    def do(self, action: str) -> None:
        """Do what a menu asks for: ``play``, ``step``, ``epoch``, ``reset``, ``by-hand`` or ``save``."""
        actions = {
            "play": self.play,
            "step": self.step,
            "epoch": self.epoch,
            "reset": self.again,
            "by-hand": self.hand,
            "save": self.save,
        }
        actions[action].click()

    @Slot()
    def toggle(self) -> None:
        """Go on, or pause."""
        self._leave_past()
        run = self.trainer.run
        if run is not None and run.done:
            self.problem.show_note(
                self.tr("All epochs are done. Another seed, or another number of epochs, begins anew.")
            )
            self._saved = ""
            return
        self.trainer.set_playing(not self.trainer.playing)

    @Slot()
    def one_step(self) -> None:
        """Learn from one batch."""
        self._move("step")

    @Slot()
    def one_epoch(self) -> None:
        """Learn to the end of the epoch."""
        self._move("epoch")

    def _move(self, how: str) -> None:
        self._leave_past()
        self.trainer.set_playing(False)
        run = self.trainer.run
        if run is not None and not run.done and not self.trainer.busy:
            self.trainer.go(how)

    @Slot()
    def reset(self) -> None:
        """Begin anew with the settings and layers as they are."""
        self._restart.stop()
        self._is_by_hand = False
        self._begin(self._data, self._folder)

    @Slot()
    def load_by_hand(self) -> None:
        """Load the lecture's network with the weights thought out by hand."""
        self._is_by_hand = True
        if self._data not in (Data.FRAGMENTS, Data.LECTURE):
            self._data = Data.FRAGMENTS
        self.layers.set_plan(BY_HAND, (1, 2, 3))
        self.form.loss.setCurrentIndex(self.form.loss.findData(Loss.SQUARED.value))
        self._restart.stop()
        self.form.set_data(self._data)
        self._begin(self._data, "")

    @Slot()
    def ask_save(self) -> None:
        """Ask for a file and write the network of the epoch on screen to it."""
        if self.trainer.run is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save the network"), "network.safetensors", "safetensors (*.safetensors)"
        )
        if path:
            self.save_to(path)

    def save_to(self, path: str) -> None:
        """Write the network of the epoch on screen to ``path``."""
        path = path if path.lower().endswith(".safetensors") else f"{path}.safetensors"
        run = self.trainer.run
        if run is not None:
            self.trainer.save(run.epoch if self._past is None else self._past, path)

    @Slot(str)
    def _choose_data(self, data: str) -> None:
        chosen, folder = Data(data), ""
        if chosen in NEEDS_FOLDER:
            folder = QFileDialog.getExistingDirectory(self.window(), self.tr("Folder with the pictures"))
            if not folder:
                self.form.set_data(self._data)
                return
        self.open_data(chosen, folder)

    def open_data(self, data: Data, folder: str = "") -> None:
        """Learn from other data, with layers and settings that suit them."""
        self._wants_start = True
        self._is_by_hand = False
        self._restart.stop()
        self._begin(data, folder)

    def _begin(self, data: Data, folder: str) -> None:
        self._past = None
        self.problem.clear()
        same = data is self._data and folder == self._folder and not self._wants_start
        self._asked = data, folder
        network = self.layers.plan if same else None
        if same and self.samples is not None and not self._check():
            return
        hand = self._is_by_hand
        self.trainer.begin(Begin(data, folder, network, self.form.plan, hand))

    def _check(self) -> bool:
        """Say why the layers cannot learn, and return whether they can."""
        assert self.samples is not None
        problem = problem_of(self.layers.plan, self.samples, self.form.plan)
        self.layers.show_problem(problem)
        self.enable(problem is None)
        return problem is None

    @Slot()
    def _edit(self) -> None:
        """Begin anew soon, if what was edited can work."""
        if self.samples is None:
            return
        self.trainer.set_playing(False)
        squared = self.form.plan.loss is Loss.SQUARED
        wanted = self.samples.outputs(squared)
        # Another loss on counts wants another number of outputs; that is not for the user to work out.
        if self.sender() is self.form:
            self.layers.set_plan(with_outputs(self.layers.plan, wanted), self.samples.shape)
        self._is_by_hand = False
        if self._check():
            self._restart.start()
        else:
            self._restart.stop()

    @Slot(float)
    def _set_rate(self, rate: float) -> None:
        self.trainer.rate = rate

    @Slot(int)
    def _scrub(self, epoch: int) -> None:
        run = self.trainer.run
        if run is None:
            return
        self.trainer.set_playing(False)
        self._past = None if epoch >= run.epoch else epoch
        self.trainer.go("look", self._past)

    def _leave_past(self) -> None:
        self._past = None
        self.problem.clear()

    @Slot(int)
    def _choose_picture(self, picture: int) -> None:
        self.trainer.picture = picture
        if not self.trainer.playing:
            self.trainer.go("look", self._past)

    @Slot()
    def _act(self) -> None:
        """Do what the sentence on screen offers: another seed, or the saved network."""
        saved = self._saved
        self.problem.clear()
        if saved:
            self.open_requested.emit(saved)
        else:
            self.form.seed.setValue(self.form.seed.value() + 1)

    # What is shown

    _saved = ""

    @Slot(object)
    def _show(self, seen: Seen) -> None:
        self.samples = seen.samples
        if seen.run is None:
            self._take_data(seen.samples)
            return
        first = self._seen is None or self._seen.run is not seen.run
        self._seen = seen
        if first:
            self.trainer.picture = first_picture(seen.samples)
            self._hand = seen.hand
        self.enable(True)
        self.show_epoch(seen.run.epoch, seen.run.epoch if self._past is None else self._past)
        assert seen.look is not None
        self.curves.show_figures(list(seen.run.history.figures), self._past)
        self.show_look(seen.samples, seen.look)
        self._show_state()
        if seen.run.stuck and not self.trainer.playing:
            self._say_stuck(seen.look)

    def _take_data(self, samples: Samples) -> None:
        """Begin with layers and settings that suit new data."""
        self._data, self._folder = self._asked
        self._wants_start = False
        self.form.set_data(self._data)
        self.form.set_plan(start_settings(samples, self.form.seed.value() or 1))
        network: NetworkPlan = BY_HAND if self._is_by_hand else start_network(samples)
        self.layers.set_plan(network, samples.shape)
        self.layers.show_problem(None)
        self._begin(self._data, self._folder)

    def _show_state(self) -> None:
        if self._seen is None or self._seen.look is None or self._seen.run is None:
            return
        figures = self._seen.look.figures
        parts = [
            self.tr("epoch {0} of {1}").format(figures.epoch, self._seen.run.plan.epochs),
            self.tr("step {0}").format(figures.step if self._past is not None else self._seen.run.step_count),
            self.tr("loss {0} / {1}").format(f"{figures.loss:.4f}", f"{figures.val_loss:.4f}"),
            self.tr("right {0} / {1}").format(f"{figures.accuracy:.0%}", f"{figures.val_accuracy:.0%}"),
        ]
        if self._hand is not None:
            right, hand = int(np.trace(figures.confusion)), int(np.trace(self._hand.confusion))
            by_hand = (
                self.tr("these are by hand") if self._is_by_hand else self.tr("by hand {0}").format(hand)
            )
            parts.append(self.tr("of all 64 pictures right: {0}; {1}").format(right, by_hand))
        self.state.setText("   ".join(parts))

    def _say_stuck(self, look: Look) -> None:
        self._saved = ""
        sentence = Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "With this seed the training is stuck: the loss stands still at {loss}. A filter that "
                "answers 0 to every picture learns no more. Try another seed.",
            ),
            {"loss": f"{look.figures.loss:.3f}"},
        )
        self.problem.show_note(say(sentence), self.tr("Next seed"))

    @Slot(object)
    def _refuse(self, sentence: Sentence) -> None:
        self._saved = ""
        self.form.set_data(self._data)
        self.problem.show_problem(say(sentence))
        if self.trainer.run is None and self._seen is not None and self._seen.run is not None:
            # What cannot be opened leaves the last run as it was.
            self.trainer.run = self._seen.run
            self._wants_start = False

    @Slot(str)
    def _tell_saved(self, path: str) -> None:
        self._saved = path
        self.problem.show_note(self.tr("Saved: {0}").format(path), self.tr("Open in the network room"))

    @Slot(bool)
    def _show_playing(self, on: bool) -> None:
        self.show_playing(on)
        run = self.trainer.run
        if (
            not on
            and run is not None
            and self._seen is not None
            and self._seen.look is not None
            and run.stuck
        ):
            self._say_stuck(self._seen.look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses, → steps, E runs an epoch, R begins anew."""
        keys = {
            Qt.Key.Key_Space: "play",
            Qt.Key.Key_Right: "step",
            Qt.Key.Key_E: "epoch",
            Qt.Key.Key_R: "reset",
        }
        action = keys.get(Qt.Key(event.key()))
        if action is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            self.do(action)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        super().retranslate()
        self.show_playing(self.trainer.playing)
        if self._seen is not None and self._seen.look is not None:
            self.show_look(self._seen.samples, self._seen.look)
            self._show_state()
