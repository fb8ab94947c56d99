"""The desk of the training room: what is chosen at the left, how it learns beside it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.core.text import Sentence
from convviz.nets.learn.by_hand import PLAN as BY_HAND
from convviz.nets.learn.by_hand import SHAPE as BY_HAND_SHAPE
from convviz.nets.learn.data import Data
from convviz.nets.learn.plan import with_outputs
from convviz.nets.learn.run import Run
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Loss, TrainingPlan
from convviz.ui.training.anew import Anew
from convviz.ui.training.run_controls import RunControls
from convviz.ui.training.source import DataSource
from convviz.ui.training.table import Described
from convviz.ui.training.trainer import Begin, Seen, problem_of
from convviz.ui.training.view import TrainingView
from convviz.work.threads import Threads

_RESTART_MS = 250


class TrainingDesk(TrainingView):
    """A network of the user's making learns here.

    Parameters
    ----------
    threads : Threads
        Where it learns, and where data are fetched.
    parent : QWidget, optional
        Owner.
    """

    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, threads: Threads, parent: QWidget | None = None) -> None:
        super().__init__(threads.learn, parent)
        self.source = DataSource(threads.fetch, self.progress, self)
        self.samples: Samples | None = None
        self._data, self._folder = Data.FRAGMENTS, ""
        self._asked = self._data, self._folder
        self._wants_start = True
        self._anew = Anew(self.trainer, self.notices, self)
        self.controls = RunControls(self, self._begun_anew)
        self._then = ""
        self.given: Described | None = None
        self._restart = QTimer(self, singleShot=True, interval=_RESTART_MS)
        self._restart.timeout.connect(self.reset)
        self._connect()
        self.retranslate()
        # A window that is being built and a worker at work would wait for each other.
        self.curves.completed.connect(self._begin_first)

    def _connect(self) -> None:
        self.trainer.seen.connect(self._show)
        self.trainer.failed.connect(self._refuse)
        self.trainer.defect.connect(self.defect)
        self.source.fetched.connect(self._open_fetched)
        self.source.failed.connect(self._tell_not_fetched)
        self.source.defect.connect(self.defect)
        self.notices.fetch_wanted.connect(self._fetch)
        self.form.data_chosen.connect(self._choose_data)
        self.form.edited.connect(self._edit)
        self.layers.edited.connect(self._edit)
        self.play.clicked.connect(self.controls.toggle)
        self.step.clicked.connect(self.controls.one_step)
        self.epoch.clicked.connect(self.controls.one_epoch)
        self.again.clicked.connect(self.reset)
        self.hand.clicked.connect(self.load_by_hand)
        self.notices.next_seed_wanted.connect(self._take_next_seed)
        self.notices.more_epochs_wanted.connect(self._run_more)
        self.notices.kept.connect(self._keep_run)

    @Slot()
    def _begin_first(self) -> None:
        if self.given is None:
            self.reset()
        else:
            self.open_given(self.given)

    @property
    def source_of_data(self) -> tuple[Data, str]:
        """What is learned from, and its folder, if it has one."""
        return self._data, self._folder

    @property
    def is_by_hand(self) -> bool:
        """Whether the first weights were thought out by hand."""
        return self._is_by_hand

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
    def reset(self) -> None:
        """Begin anew with the settings and layers as they are; data that are on their way still come."""
        self._restart.stop()
        self._is_by_hand = False
        coming = self._wants_start and self.trainer.busy
        self._begin(*(self._asked if coming else self.source_of_data))

    @Slot()
    def load_by_hand(self) -> None:
        """Load the lecture's network with the weights thought out by hand."""
        self._anew.ask(self._begin_by_hand)

    def _begin_by_hand(self) -> None:
        self._restart.stop()
        self._is_by_hand = True
        data = self._data if self._data in (Data.FRAGMENTS, Data.LECTURE) else Data.FRAGMENTS
        self._wants_start = data is not self._data
        if not self._wants_start:
            self.layers.set_plan(BY_HAND, BY_HAND_SHAPE)
            self.form.set_plan(replace(self.form.plan, loss=Loss.SQUARED))
        self._begin(data, "")

    def _begun_anew(self, then: str) -> bool:
        """Begin what was asked for, if anything, and do ``then`` when it has begun."""
        if not self._anew.waits and not self._restart.isActive():
            return False
        self._then = then
        if not self._anew.waits:
            self.reset()
        self._anew.begin()
        return True

    @Slot()
    def _keep_run(self) -> None:
        """Put the fields back to what the run has."""
        self._anew.forget()
        run = self.trainer.run
        if run is not None:
            self.form.set_data(self._data)
            self.form.set_plan(replace(run.plan, rate=self.trainer.rate))
            self.layers.set_plan(run.network, run.samples.shape)
            self.layers.show_problem(None)
            self.enable(True)

    @Slot()
    def _take_next_seed(self) -> None:
        self.form.set_plan(replace(self.form.plan, seed=self.form.plan.seed + 1))
        self.reset()

    @Slot(int)
    def _run_more(self, epochs: int) -> None:
        self.form.epochs.setValue(epochs)
        self.trainer.set_playing(True)

    @Slot(str)
    def _choose_data(self, data: str) -> None:
        folder = self.source.ask_folder(Data(data))
        if folder is None:
            self.form.set_data(self._data)
        else:
            self._anew.ask(partial(self.open_data, Data(data), folder))

    @Slot()
    def _fetch(self) -> None:
        self.source.fetch(*self._asked)

    @Slot(object)
    def _tell_not_fetched(self, sentence: Sentence) -> None:
        again = self.source.can_fetch(*self._asked)
        (self.notices.offer_fetch if again else self.notices.refuse)(sentence)

    @Slot(object, str)
    def _open_fetched(self, data: Data, folder: str) -> None:
        self._anew.ask(partial(self.open_data, data, folder))

    def open_data(self, data: Data, folder: str = "") -> None:
        """Learn from other data, with layers and settings that suit them."""
        self._wants_start = True
        self._is_by_hand = False
        self._restart.stop()
        self._begin(data, folder)

    def open_given(self, given: Described) -> None:
        """Learn as a lesson describes it, as soon as the room is complete."""
        self.given = given
        if not self.curves.complete:
            return
        self._restart.stop()
        self._then = ""
        self._is_by_hand = given.by_hand
        self._wants_start = given.kept is None
        if given.kept is not None:
            self._data, self._folder = given.data, given.folder
            self.samples = given.kept.samples
            self.form.set_data(given.data)
            self._take_given(given, self.samples)
        self._begin(given.data, given.folder, given)

    def _take_given(self, given: Described, samples: Samples) -> None:
        self.form.set_plan(given.plan(samples))
        self.layers.set_plan(given.network(samples), samples.shape)
        self.layers.show_problem(None)

    def _follow_given(self, given: Described) -> None:
        """Do with a run that has just begun what a lesson wants of it."""
        self.show_page(given.page)
        if given.kept is None and given.epoch:
            self.trainer.reach(given.epoch, then_play=given.run, rates=given.rates)
        else:
            self.trainer.set_playing(given.run)

    def _begin(self, data: Data, folder: str, given: Described | None = None) -> None:
        self._past, self.given = None, given
        self._anew.forget()
        self.notices.clear()
        same = data is self._data and folder == self._folder and not self._wants_start
        self._asked = data, folder
        # Other data may stand there, chosen and not begun with.
        self.form.set_data(data)
        network = self.layers.plan if same else None
        if same and self.samples is not None and not self._check():
            return
        kept = given.kept if given is not None else None
        self.trainer.begin(Begin(data, folder, network, self.form.plan, self._is_by_hand, kept))

    def _check(self) -> bool:
        """Say why the layers cannot learn, and return whether they can."""
        assert self.samples is not None
        problem = problem_of(self.layers.plan, self.samples, self.form.plan)
        self.layers.show_problem(problem)
        self.enable(problem is None)
        return problem is None

    @Slot()
    def _edit(self) -> None:
        """Go on with more epochs, or begin anew, if what was edited can work."""
        if self.samples is None:
            return
        if self._anew.waits and self.form.data.currentData() != self._data:
            # Other data wait to be begun with, and bring settings and layers that suit them; the seed stays.
            return
        self._restart.stop()
        plan, run = self.form.plan, self.trainer.run
        # Another loss on counts wants another number of outputs; that is not for the user to work out.
        if self.sender() is self.form:
            wanted = self.samples.outputs(plan.loss is Loss.SQUARED)
            self.layers.set_plan(with_outputs(self.layers.plan, wanted), self.samples.shape)
        if run is not None and self.layers.plan == run.network and _differ_in_epochs(plan, run.plan):
            self._set_epochs(run, plan.epochs)
            return
        self.trainer.set_playing(False)
        self._anew.forget()
        if self._check():
            self._anew.ask(self._restart.start if run is None or not run.step_count else self.reset)
        else:
            self.notices.clear()

    def _set_epochs(self, run: Run, epochs: int) -> None:
        """Let the run end after so many epochs; what else was edited is as the run has it."""
        if self._anew.waits or self.layers.problem.text():
            self._keep_run()
        self._anew.forget()
        self.notices.clear()
        run.extend(epochs)
        self.form.set_plan(replace(self.form.plan, epochs=run.plan.epochs))
        if run.plan.epochs > epochs:
            self.notices.say_reached(run)
        self.show_state()

    @Slot(object)
    def _show(self, seen: Seen) -> None:
        self.samples = seen.samples
        if seen.run is None:
            self._take_data(seen.samples)
            return
        is_new = self.show_run(seen, seen.run)
        # Layers that do not fit go on being said, and do not learn.
        self.enable(not self.layers.problem.text())
        then, self._then = self._then, ""
        given, self.given = self.given, None
        if given is not None:
            self._follow_given(given)
        elif is_new and then:
            self.do(then)
        elif not self.trainer.playing and not self.trainer.reaching and not self._anew.waits:
            self.tell_verdict(seen.run)

    def _take_data(self, samples: Samples) -> None:
        """Begin with layers and settings that suit new data."""
        self._data, self._folder = self._asked
        self._wants_start = False
        self.form.set_data(self._data)
        given = self.given or Described(
            settings={"seed": self.form.seed.value() or 1}, by_hand=self._is_by_hand
        )
        self._take_given(given, samples)
        self._begin(self._data, self._folder, self.given)

    @Slot(object)
    def _refuse(self, sentence: Sentence) -> None:
        self._then, self.given = "", None
        if self.trainer.run is not None:
            # What stopped it is said, and not what came of that.
            self._said = self.trainer.run.epoch
        self.form.set_data(self._data)
        missing = self.trainer.run is None and self.source.can_fetch(*self._asked)
        (self.notices.offer_fetch if missing else self.notices.refuse)(sentence)
        if self.trainer.run is None and self._seen is not None and self._seen.run is not None:
            # What cannot be opened leaves the last run as it was.
            self.trainer.run = self._seen.run
            self._wants_start = False

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


def _differ_in_epochs(plan: TrainingPlan, other: TrainingPlan) -> bool:
    """Return whether two plans are the same but for their epochs and the rate, which takes effect at once."""
    return replace(plan, epochs=other.epochs, rate=other.rate) == other
