"""What the network room says above the layers: what is wrong, what to know, and how far a job has come."""

from PySide6.QtCore import QObject, QTimer, Slot

from convviz.core.text import Sentence
from convviz.ui.language import say
from convviz.ui.rooms.network_bar import ProgressLine
from convviz.ui.widgets.problem_bar import ProblemBar

# What takes longer than this says so; a shorter wait would only flicker.
WAIT_MS = 250


class NetworkNotices(QObject):
    """Says one sentence at a time, and shows the progress of what takes a while.

    Parameters
    ----------
    problem : ProblemBar
        Where sentences are said.
    progress : ProgressLine
        Where progress is shown.
    parent : QObject
        Owner.
    """

    def __init__(self, problem: ProblemBar, progress: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._problem, self._progress = problem, progress
        # Kept, to say it again in another language.
        self._said: tuple[Sentence, bool, bool] | None = None
        # What is to be known of what is on screen: said again once a problem is past.
        self._note: tuple[Sentence, bool, bool] | None = None
        # What is said of the last thing that was not done, and what was said before it.
        self._refused: Sentence | None = None
        self._before: tuple[Sentence, bool, bool] | None = None
        self._waiting = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._waiting.timeout.connect(self._show_waiting)
        problem.dismissed.connect(self.clear)

    def say(self, sentence: Sentence, *, is_note: bool = False, offers_weights: bool = False) -> None:
        """Say what is wrong, or what is to be known, until :meth:`clear`, perhaps with a button."""
        self._said = sentence, is_note, offers_weights
        if is_note:
            self._note = self._said
        show = self._problem.show_note if is_note else self._problem.show_problem
        show(say(sentence), self.tr("Download") if offers_weights else None)

    @Slot(object)
    def refuse(self, sentence: Sentence) -> None:
        """Say why the last thing was not done, until :meth:`forgive`."""
        if self._refused is None:
            self._before = self._said
        self._refused = sentence
        self.say(sentence)

    @Slot()
    def forgive(self) -> None:
        """Say again what was said before a refusal, if that is still what is said."""
        refused, self._refused = self._refused, None
        if refused is None or self._said is None or self._said[0] is not refused:
            return
        if self._before is None:
            self.clear()
        else:
            self._said = self._before
            self.retranslate()

    def remark(self, sentence: Sentence) -> None:
        """Say what is to be known of an answer, until :meth:`withdraw`."""
        self._said = sentence, True, False
        self._problem.show_note(say(sentence))

    @property
    def says_passing(self) -> bool:
        """Whether something is said of the last request, which must not be lost under a lasting note."""
        return self._said is not None and self._said is not self._note

    @Slot()
    def withdraw(self) -> None:
        """Say no longer what was said of the last request; a lasting note is said again."""
        if self.says_passing:
            self._said, self._refused = self._note, None
            if self._said is None:
                self._problem.clear()
            else:
                self.retranslate()

    @Slot()
    def clear(self) -> None:
        """Say nothing any more."""
        self._said = self._refused = self._note = None
        self._problem.clear()

    def set_waiting(self, waiting: bool) -> None:
        """Show after a moment that something is awaited, or that nothing is."""
        if not waiting:
            self._waiting.stop()
            self._progress.hide()
        elif self._progress.isHidden() and not self._waiting.isActive():
            self._progress.show_progress(None, self.tr("Computing…"))
            self._waiting.start()

    @Slot()
    def _show_waiting(self) -> None:
        self._progress.show()

    @Slot(float, object)
    def show_progress(self, fraction: float, sentence: Sentence | None) -> None:
        """Say how far it is, 0 to 1, and what is being done, if that is known."""
        self._progress.show_progress(fraction, say(sentence) if sentence else self.tr("Computing…"))

    def retranslate(self) -> None:
        """Say it in the language in force."""
        if self._said is not None:
            sentence, is_note, offers = self._said
            if is_note and self.says_passing:
                self.remark(sentence)
            else:
                self.say(sentence, is_note=is_note, offers_weights=offers)
