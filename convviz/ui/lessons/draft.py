"""A lesson in the making."""

import re
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from convviz.core.lessons import Lesson, Step, text_in

_NO_WORD = re.compile(r"[^a-z0-9]+")


class Draft(QObject):
    """Steps in their order, each of which can be changed, moved and taken out.

    Parameters
    ----------
    parent : QObject, optional
        Owner.
    """

    changed = Signal()  # a step was added, moved or taken out; or another lesson is there

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title: dict[str, str] = {}
        self.steps: list[Step] = []
        self.path = ""
        self.is_saved = True

    def start(self, lesson: Lesson | None = None, path: str = "") -> None:
        """Begin with nothing, or with a lesson from a file."""
        self.title = dict(lesson.title) if lesson is not None else {}
        self.steps = list(lesson.steps) if lesson is not None else []
        self.path, self.is_saved = path, True
        self.changed.emit()

    def add(self, step: Step, at: int) -> None:
        """Put a step in before the one at ``at``, or at the end."""
        self.steps.insert(at, step)
        self._touch()

    def put(self, at: int, step: Step) -> None:
        """Put a step in the place of another, whose words stay."""
        old = self.steps[at]
        words = {"text": old.text, "notice": old.notice, "notes": old.notes, "questions": old.questions}
        self.steps[at] = replace(step, **words)  # type: ignore[arg-type]
        self._touch()

    def take(self, at: int) -> None:
        """Take a step out."""
        del self.steps[at]
        self._touch()

    def move(self, at: int, by: int) -> int:
        """Move a step up (−1) or down (+1) and return where it is now."""
        to = at + by
        if not 0 <= to < len(self.steps):
            return at
        self.steps.insert(to, self.steps.pop(at))
        self._touch()
        return to

    def say(self, at: int, words: Step) -> None:
        """Give a step the texts and questions of another; what it shows stays. Nobody is told."""
        said = {name: getattr(words, name) for name in ("text", "notice", "notes", "questions")}
        if any(getattr(self.steps[at], name) != value for name, value in said.items()):
            self.steps[at] = replace(self.steps[at], **said)
            self.is_saved = False

    def name(self, language: str, title: str) -> None:
        """Give the lesson its title in a language. Nobody is told."""
        if self.title.get(language, "") != title:
            self.title[language] = title
            self.is_saved = False

    def lesson(self) -> Lesson:
        """Return the lesson as it is; its id is made of its title."""
        title = {language: text for language, text in self.title.items() if text}
        words = _NO_WORD.sub("-", text_in(title, "en").lower()).strip("-")
        return Lesson(words or "lesson", title, tuple(self.steps))

    def _touch(self) -> None:
        self.is_saved = False
        self.changed.emit()
