"""What the window says above its rooms, for as long as it is news and in the language in force."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from convviz.core.text import Sentence
from convviz.ui.language import say
from convviz.ui.session import Session
from convviz.ui.widgets.problem_bar import ProblemBar


@dataclass(frozen=True)
class _Message:
    """What is said, whether it is only a note, and whether the next change of anything makes it old."""

    sentence: Sentence
    is_note: bool = False
    passes: bool = False


class Messages(QObject):
    """Says one sentence at a time in a bar, and keeps it to say it again in another language.

    Parameters
    ----------
    bar : ProblemBar
        Where it is said.
    session : Session
        Whose next change makes refusals and notes old.
    parent : QObject
        Owner.
    """

    def __init__(self, bar: ProblemBar, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._said: _Message | None = None
        bar.dismissed.connect(self.clear)
        session.changed.connect(self._follow)

    @Slot(object)
    def show_problem(self, sentence: Sentence) -> None:
        """Say what is wrong, until the user closes it."""
        self._show(_Message(sentence))

    @Slot(object)
    def show_refusal(self, sentence: Sentence) -> None:
        """Say why something could not be done, until something else is done."""
        self._show(_Message(sentence, passes=True))

    @Slot(object)
    def show_note(self, sentence: Sentence) -> None:
        """Say something to know, until something else is done."""
        self._show(_Message(sentence, is_note=True, passes=True))

    @Slot()
    def clear(self) -> None:
        """Say nothing any more."""
        self._said = None
        self._bar.clear()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        if self._said is not None:
            self._show(self._said)

    def _show(self, message: _Message) -> None:
        self._said = message
        show = self._bar.show_note if message.is_note else self._bar.show_problem
        show(say(message.sentence), None)

    @Slot()
    def _follow(self) -> None:
        if self._said is not None and self._said.passes:
            self.clear()
