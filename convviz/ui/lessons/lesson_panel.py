"""The panel at the right of every room: the list of lessons, or one step of a lesson."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from convviz.core.lessons import text_in
from convviz.ui import theme
from convviz.ui.language import language_in_force
from convviz.ui.lessons.course import Course
from convviz.ui.lessons.lesson_list import LessonList
from convviz.ui.lessons.question_card import QuestionCard
from convviz.ui.widgets.finger import Finger
from convviz.ui.widgets.glyphs import Glyph, icon
from convviz.ui.widgets.labels import label

WIDTH_PX, NARROW_PX = 320, 280
"""How wide the panel is, and where the window is narrow."""

_ICON_PX = 14
# Between the icon of a button and its word.
_ICON_GAP_PX = 4


class LessonPanel(QWidget):
    """What is said about what the rooms show, and the way from step to step.

    Parameters
    ----------
    course : Course
        Which step is on.
    parent : QWidget, optional
        Owner.
    """

    closed = Signal()  # the panel is to go
    restore_requested = Signal()  # what the step shows is to be shown again
    back_requested = Signal()  # one back
    next_requested = Signal()  # one on
    answered = Signal(bool)  # whether the answer to a question was right
    released = Signal()  # what had the keyboard here is gone: it is for what the step shows

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson-panel")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._course = course
        self._seen: frozenset[str] = frozenset()
        self._narrow = False
        self.cards: list[QuestionCard] = []
        self._caption = label("caption", wrap=True, name="lesson-caption")
        self._show_list, self._close = QPushButton(self), QPushButton(self)
        self._show_list.setObjectName("lesson-show-list")
        self._close.setObjectName("lesson-close")
        self.list = LessonList(self)
        self.title = label("title", wrap=True, name="lesson-title")
        self.text = label(wrap=True, name="lesson-text")
        self.notice = label(wrap=True, name="lesson-notice")
        self._notice_card = QFrame(self)
        self._notice_card.setProperty("role", "notice")
        self.back, self.restore, self.next = (QPushButton(self) for _ in range(3))
        for button, name in ((self.back, "back"), (self.restore, "restore"), (self.next, "next")):
            button.setObjectName(f"lesson-{name}")
        self.next.setProperty("role", "primary")
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self._caption, 1)
        head.addWidget(self._show_list)
        head.addWidget(self._close)
        self._column.addLayout(head)
        inside = QWidget()
        inside.setProperty("role", "panel")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = QVBoxLayout(inside)
        self._words.setContentsMargins(0, 0, 0, 0)
        notice = QVBoxLayout(self._notice_card)
        notice.addWidget(self.notice)
        self._questions = QVBoxLayout()
        for widget in (self.title, self.text, self._notice_card):
            self._words.addWidget(widget)
        self._words.addLayout(self._questions)
        self._words.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("lesson-scroll")
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._finger = Finger(self._scroll)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self.list)
        self._column.addWidget(self._pages, 1)
        self._way = QWidget(self)
        way = QHBoxLayout(self._way)
        way.setContentsMargins(0, 0, 0, 0)
        for button, stretch in ((self.back, 1), (self.restore, 0), (self.next, 1)):
            way.addWidget(button, stretch)
        self._column.addWidget(self._way)

    def _connect(self) -> None:
        self._course.moved.connect(self.show_step)
        self._course.left.connect(self.show_list)
        self._course.listed.connect(self._list)
        self.list.chosen.connect(self._course.open)
        self._show_list.clicked.connect(self._toggle_list)
        self._close.clicked.connect(self.closed)
        self.back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self.restore.clicked.connect(self.restore_requested)
        self._finger.swiped.connect(self._swipe)

    @Slot(int)
    def _swipe(self, way: int) -> None:
        (self.next_requested if way > 0 else self.back_requested).emit()

    @property
    def lists(self) -> bool:
        """Whether the list is shown, not a step."""
        return self._pages.currentWidget() is self.list

    def set_narrow(self, narrow: bool) -> None:
        """Take less room, or as much as is good."""
        self._narrow = narrow
        self.setFixedWidth(theme.current().px(NARROW_PX if narrow else WIDTH_PX))

    def set_seen(self, seen: frozenset[str]) -> None:
        """Tick the lessons with these ids."""
        self._seen = seen
        self._list()

    @Slot()
    def _list(self) -> None:
        now = self._course.lesson
        self.list.show_lessons(self._course.lessons, self._seen, now.id if now is not None else "")

    @Slot()
    def show_list(self) -> None:
        """Show the list, ready for a number to be typed."""
        self._list()
        self._pages.setCurrentWidget(self.list)
        self._way.setVisible(self._course.lesson is not None)
        self.list.search.clear()
        self.list.search.setFocus()
        self._write_caption()

    @Slot()
    def _toggle_list(self) -> None:
        if self.lists and self._course.lesson is not None:
            self._show_page()
        else:
            self.show_list()

    def _show_page(self) -> None:
        if self.lists:
            self.released.emit()
        self._pages.setCurrentWidget(self._scroll)
        self._way.setVisible(True)
        self._write_caption()

    @Slot()
    def show_step(self) -> None:
        """Say what the step that is on has to say."""
        step = self._course.step
        if step is None:
            return
        focused = self.window().focusWidget()
        if focused is not None and any(card.isAncestorOf(focused) for card in self.cards):
            self.released.emit()
        for card in self.cards:
            self._questions.removeWidget(card)
            # Shown, it would become a window of its own until it is deleted.
            card.hide()
            card.setParent(None)
            card.deleteLater()
        self.cards = [QuestionCard(question, n, self) for n, question in enumerate(step.questions)]
        for card in self.cards:
            card.answered.connect(self.answered)
            self._questions.addWidget(card)
            card.show()
        self._write()
        self._show_page()
        self._scroll.verticalScrollBar().setValue(0)

    def _write_caption(self) -> None:
        lesson = self._course.lesson
        if lesson is None or self.lists:
            self._caption.setText(self.tr("LESSONS"))
            return
        name = self.tr("LESSON {0}").format(lesson.number) if lesson.number else self.tr("FROM A FILE")
        # Where it takes two lines, the number of the step stays in one piece.
        step = f"{self._course.index + 1} / {len(lesson.steps)}".replace(" ", "\u00a0")
        self._caption.setText(f"{name}\u00a0· {step}")

    def _write(self) -> None:
        lesson, step, language = self._course.lesson, self._course.step, language_in_force()
        if lesson is None or step is None:
            return
        self.title.setText(text_in(lesson.title, language))
        self.text.setText(text_in(step.text, language))
        notice = text_in(step.notice, language)
        self.notice.setText(notice)
        self._notice_card.setVisible(bool(notice))
        self.back.setEnabled(self._course.can_go(-1))
        self.next.setEnabled(self._course.can_go(1))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_way"):
            self._restyle()

    def _restyle(self) -> None:
        now = theme.current()
        self.set_narrow(self._narrow)
        self._column.setContentsMargins(now.px(14), now.px(12), now.px(14), now.px(12))
        self._column.setSpacing(now.px(8))
        self._words.setSpacing(now.px(12))
        # Between the words and a scroll bar.
        self._words.setContentsMargins(0, 0, now.px(4), 0)
        self._questions.setSpacing(now.px(12))
        colours, pixels = now.colours, now.px(_ICON_PX)
        self._close.setIcon(icon(Glyph.CLOSE, colours.text, colours.muted, pixels))
        gap = now.px(_ICON_GAP_PX)
        self.back.setIcon(icon(Glyph.BACK, colours.text, colours.plot, pixels, after=gap))
        self.next.setIcon(icon(Glyph.FORWARD, colours.on_focus, colours.plot, pixels, before=gap))
        for button in (self.back, self.next):
            button.setIconSize(QSize(pixels + gap, pixels))
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        for button, text, tip in (
            (self._show_list, self.tr("List"), self.tr("All lessons (F2)")),
            (self._close, "", self.tr("Leave the lesson, back to your own work (F3)")),
            (self.back, self.tr("Back"), self.tr("The step before (Page Up)")),
            (self.restore, "↺", self.tr("Show again what belongs to this step (Shift+F2)")),
            (self.next, self.tr("Next"), self.tr("The next step (Page Down)")),
        ):
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip if text in ("", "↺") else text)
        self._write_caption()
        self._write()
