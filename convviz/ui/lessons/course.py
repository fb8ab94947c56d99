"""Where one is in the lessons."""

from PySide6.QtCore import QObject, Signal

from convviz.core.lessons import Lesson, Step


class Course(QObject):
    """The lessons there are, and which step of which of them is on.

    Parameters
    ----------
    lessons : tuple of Lesson
        Those that come with the application, in their order.
    parent : QObject
        Owner.
    """

    moved = Signal()  # another step is on
    left = Signal()  # no lesson is on any more
    listed = Signal()  # there is another lesson in the list

    def __init__(self, lessons: tuple[Lesson, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._lessons = lessons
        self.lesson: Lesson | None = None
        self.index = 0
        # Where the lessons from files lie, by their ids.
        self.files: dict[str, str] = {}
        # Where one was in each lesson when one left it.
        self._places: dict[str, int] = {}

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons, those from files last."""
        return self._lessons

    @property
    def step(self) -> Step | None:
        """The step that is on; None outside lessons."""
        return self.lesson.steps[self.index] if self.lesson is not None else None

    @property
    def following(self) -> Step | None:
        """The step that comes next, in the next lesson if need be; None at the very end."""
        place = self._place(1)
        return place[0].steps[place[1]] if place is not None else None

    def set_lessons(self, lessons: tuple[Lesson, ...]) -> None:
        """Have these lessons before those from files."""
        self._lessons = (*lessons, *(each for each in self._lessons if not each.number))
        self.listed.emit()

    def add(self, lesson: Lesson, path: str) -> None:
        """Put a lesson from the file ``path`` into the list, in place of an earlier one of the same name."""
        self.files[lesson.id] = path
        kept = tuple(each for each in self._lessons if each.number or each.id != lesson.id)
        self._lessons = (*kept, lesson)
        self._places.pop(lesson.id, None)
        self.listed.emit()

    def named(self, name: str) -> Lesson | None:
        """Return the lesson with a number or an id, None if there is none."""
        for lesson in reversed(self._lessons):
            if lesson.id == name or (lesson.number and str(lesson.number) == name.strip()):
                return lesson
        return None

    def open(self, lesson: Lesson, index: int | None = None) -> None:
        """Go to a step of a lesson; by default to where one left it, or to the first."""
        if index is None:
            index = self._places.get(lesson.id, 0)
        self.lesson = lesson
        self.index = max(0, min(index, len(lesson.steps) - 1))
        self._places[lesson.id] = self.index
        self.moved.emit()

    def leave(self) -> None:
        """Go back to one's own work."""
        if self.lesson is not None:
            self.lesson = None
            self.left.emit()

    def can_go(self, by: int) -> bool:
        """Whether there is a step before (−1) or after (+1) this one."""
        return self._place(by) is not None

    def go(self, by: int) -> None:
        """Go to the step before (−1) or after (+1), into the neighbouring lesson if need be."""
        place = self._place(by)
        if place is not None:
            self.open(*place)

    def _place(self, by: int) -> tuple[Lesson, int] | None:
        if self.lesson is None:
            return None
        if 0 <= self.index + by < len(self.lesson.steps):
            return self.lesson, self.index + by
        # A lesson from a file has no neighbours.
        numbered = [each for each in self._lessons if each.number]
        if self.lesson not in numbered:
            return None
        at = numbered.index(self.lesson) + by
        if not 0 <= at < len(numbered):
            return None
        return numbered[at], 0 if by > 0 else len(numbered[at].steps) - 1
