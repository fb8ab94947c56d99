"""What the training room says: that a run stands still or ends short, what begins anew, what was saved."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from convviz.core.number_style import spelled
from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.learn.run import Run
from convviz.nets.learn.settings import MOST_EPOCHS
from convviz.nets.learn.verdict import still_epochs
from convviz.ui.language import say
from convviz.ui.widgets.problem_bar import ProblemBar


class Notices(QObject):
    """Writes into a bar, and tells which offer was taken.

    Parameters
    ----------
    bar : ProblemBar
        Where it is said.
    parent : QObject
        Owner.
    """

    next_seed_wanted = Signal()  # the same again from another seed
    more_epochs_wanted = Signal(int)  # go on until so many have been run
    anew_wanted = Signal()  # what was edited is to begin
    fetch_wanted = Signal()  # the data that are missing are to be downloaded
    open_wanted = Signal(str)  # path of a saved network
    kept = Signal()  # the sentence that something begins anew was closed: the run is to stay as it is

    def __init__(self, bar: ProblemBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._offer: Callable[[], None] | None = None
        self._asks = False
        bar.acted.connect(self._act)
        bar.dismissed.connect(self._dismiss)

    def clear(self) -> None:
        """Say nothing."""
        self._offer, self._asks = None, False
        self._bar.clear()

    def refuse(self, sentence: Sentence) -> None:
        """Say what cannot be done."""
        self._offer, self._asks = None, False
        self._bar.show_problem(say(sentence))

    def offer_fetch(self, sentence: Sentence) -> None:
        """Say that data are missing, and offer to download them."""
        self._offer, self._asks = self.fetch_wanted.emit, False
        self._bar.show_problem(say(sentence), self.tr("Download them there"))

    def say_verdict(self, run: Run) -> None:
        """Say of a run that rests, if so, that it stands still, or ended far from its goal."""
        if run.stuck:
            self._say_stuck(run)
        elif run.short:
            loss, goal = spelled(run.history.figures[-1].loss, ".3g"), spelled(run.goal, ".2g")
            self._note(
                self.tr(
                    "All epochs are run, and the loss of {0} is still far from its goal of {1}. "
                    "More epochs go on from here."
                ).format(loss, goal),
                *self._more(run),
            )

    def _say_stuck(self, run: Run) -> None:
        epochs = len(run.history.figures) - 1
        sentence = Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "With this seed the training is stuck: over the last epochs ({epochs}) the loss has hardly "
                "fallen, and is {loss}. Often a filter answers 0 to every picture and learns no more. Try "
                "another seed.",
            ),
            {"loss": Amount(run.history.figures[-1].loss, ".3g"), "epochs": still_epochs(epochs)},
        )
        self._note(say(sentence), self.tr("Next seed"), self.next_seed_wanted.emit)

    def say_done(self, run: Run) -> None:
        """Say that there is nothing left to run."""
        self._note(self.tr("All epochs are run. More epochs go on from here."), *self._more(run))

    def say_reached(self, run: Run) -> None:
        """Say that fewer epochs than have been run are none to stop at."""
        text = self.tr("Epoch {0} is reached already. Drag the slider back to see an earlier one.")
        self._note(text.format(run.epoch))

    def ask_anew(self, run: Run) -> None:
        """Say that what was edited begins anew, before it does."""
        text = self.tr(
            "This begins a new run; the present one (epochs: {0}, steps: {1}) is given up then. "
            "Close this message to keep it."
        ).format(run.epoch, run.step_count)
        self._note(text, self.tr("Begin anew"), self.anew_wanted.emit)
        self._asks = True

    def say_saved(self, path: str) -> None:
        """Say that the network was written to ``path``."""
        text = self.tr("Saved: {0}").format(path)
        self._note(text, self.tr("Open in the network room"), lambda: self.open_wanted.emit(path))

    def _more(self, run: Run) -> tuple[str, Callable[[], None]] | tuple[None, None]:
        """Return the offer to run as many epochs again, as far as there may be more."""
        epochs = min(2 * run.epoch, MOST_EPOCHS)
        if epochs <= run.epoch:
            return None, None
        text = self.tr("{0} more epochs").format(epochs - run.epoch)
        return text, lambda: self.more_epochs_wanted.emit(epochs)

    def _note(self, text: str, action: str | None = None, offer: Callable[[], None] | None = None) -> None:
        self._offer, self._asks = offer, False
        self._bar.show_note(text, action)

    @Slot()
    def _act(self) -> None:
        offer = self._offer
        self.clear()
        if offer is not None:
            offer()

    @Slot()
    def _dismiss(self) -> None:
        asked = self._asks
        self.clear()
        if asked:
            self.kept.emit()
