"""The list of lessons: by parts, with a field to search in."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from convviz.core.lessons import Lesson, text_in
from convviz.ui.language import language_in_force
from convviz.ui.widgets.finger import Finger

_LESSON = Qt.ItemDataRole.UserRole


class LessonList(QWidget):
    """All lessons below each other; Enter or a click opens one, and so does its number once it is clear.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(object)  # the Lesson to open

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lessons: tuple[Lesson, ...] = ()
        self._seen: frozenset[str] = frozenset()
        self._now: str = ""
        self.search = QLineEdit(self)
        self.search.setObjectName("lesson-search")
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(self._search)
        self.search.returnPressed.connect(self._open_first)
        self.search.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName("lesson-list")
        self.list.setWordWrap(True)
        # Lines are broken anew where a scroll bar leaves less room for them.
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._finger = Finger(self.list)
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.retranslate()

    def show_lessons(self, lessons: tuple[Lesson, ...], seen: frozenset[str], now: str) -> None:
        """List ``lessons``, a tick at those in ``seen``, the one with the id ``now`` chosen."""
        self._lessons, self._seen, self._now = lessons, seen, now
        self._fill()

    def part_name(self, part: int) -> str:
        """Return what a part of the course is called."""
        names = (
            self.tr("From files"),
            self.tr("An image is numbers"),
            self.tr("Convolution"),
            self.tr("Channels"),
            self.tr("Pooling and activation"),
            self.tr("Networks"),
            self.tr("Learning"),
            self.tr("Embeddings"),
        )
        return names[part]

    def _fill(self) -> None:
        language, wanted = language_in_force(), self.search.text().strip().casefold()
        self.list.clear()
        part = -1
        for lesson in self._lessons:
            title = text_in(lesson.title, language)
            words = " ".join((title, lesson.id, *lesson.title.values())).casefold()
            number = str(lesson.number) if lesson.number else ""
            matches = number.startswith(wanted) if wanted.isdigit() else wanted in words
            if not matches:
                continue
            if lesson.part != part:
                part = lesson.part
                heading = QListWidgetItem(self.part_name(part).upper())
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
            seen = "  ✓" if lesson.id in self._seen else ""
            item = QListWidgetItem(f"{number}  {title}{seen}".strip())
            item.setData(_LESSON, lesson)
            said = self.tr("{0}, seen").format(item.text()) if seen else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.list.addItem(item)
            if lesson.id == self._now and not wanted:
                self.list.setCurrentItem(item)
        if wanted and self.list.currentItem() is None:
            first = self._first()
            if first is not None:
                self.list.setCurrentItem(first)

    def _first(self) -> QListWidgetItem | None:
        items = (self.list.item(row) for row in range(self.list.count()))
        return next((item for item in items if item.data(_LESSON) is not None), None)

    @Slot(str)
    def _search(self, text: str) -> None:
        self._fill()
        wanted = text.strip()
        numbers = [str(lesson.number) for lesson in self._lessons if lesson.number]
        if wanted.isdigit() and [n for n in numbers if n.startswith(wanted)] == [wanted]:
            self._open_first()

    @Slot()
    def _open_first(self) -> None:
        wanted = self.search.text().strip()
        exact = next((each for each in self._lessons if wanted and str(each.number) == wanted), None)
        item = self.list.currentItem() or self._first()
        if exact is not None:
            self._choose(exact)
        elif item is not None:
            self._open(item)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        lesson = item.data(_LESSON)
        if lesson is not None:
            self._choose(lesson)

    def _choose(self, lesson: Lesson) -> None:
        self.search.clear()
        self.chosen.emit(lesson)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the search field move in the list."""
        moves = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        pressed = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in moves
        )
        if watched is not self.search or not pressed:
            return super().eventFilter(watched, event)
        self.list.setFocus()
        if self.list.currentItem() is None and (first := self._first()) is not None:
            self.list.setCurrentItem(first)
        return True

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.search.setPlaceholderText(self.tr("Number or word"))
        self.search.setAccessibleName(self.tr("Search the lessons"))
        self.search.setToolTip(self.tr("A number opens its lesson; words search the titles"))
        self.list.setAccessibleName(self.tr("Lessons"))
        self._fill()
