"""Where a lecturer makes a lesson: steps recorded from the window, their order, their words."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from convviz.core.lessons import Blank, Question, Step, parse_answer, text_in
from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.language import Language, language_in_force
from convviz.ui.lessons.draft import Draft
from convviz.ui.lessons.draft_file import DraftFile
from convviz.ui.lessons.recorder import record_step
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.problem_bar import ProblemBar
from convviz.ui.widgets.reach import Reach
from convviz.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from convviz.ui.window import Window

_ACTIONS = ("record", "replace", "show", "up", "down", "delete")
_FILES = ("new", "open", "save")
_WORDS = 60
SIZE = (860, 600)


class LessonMaker(QDialog):
    """Stays beside the window: what is set there becomes a step here.

    Parameters
    ----------
    window : Window
        What is recorded.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self.setObjectName("lesson-maker")
        self.setModal(False)
        self._window = window
        self.draft = Draft(self)
        self._filling = False
        self.language = Segmented(self)
        self.language.setObjectName("maker-language")
        self.title, self.question, self.answer, self.why = (QLineEdit(self) for _ in range(4))
        self.text, self.notice, self.notes = (QPlainTextEdit(self) for _ in range(3))
        self.steps = QListWidget(self)
        self.problem = ProblemBar(self)
        self.file = DraftFile(self.draft, self.problem, self)
        self.buttons = {name: QPushButton(self) for name in (*_ACTIONS, *_FILES)}
        self._labels: dict[str, QLabel] = {}
        self._lay_out()
        self._connect()
        self.retranslate()
        self._list()

    def _lay_out(self) -> None:
        fields = {
            "title": self.title,
            "text": self.text,
            "notice": self.notice,
            "notes": self.notes,
            "question": self.question,
            "answer": self.answer,
            "why": self.why,
        }
        form = QGridLayout()
        for row, (name, field) in enumerate(fields.items()):
            field.setObjectName(f"maker-{name}")
            self._labels[name] = label("muted", name=f"maker-label-{name}")
            self._labels[name].setBuddy(field)
            form.addWidget(self._labels[name], row, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(field, row, 1)
            if isinstance(field, QPlainTextEdit):
                # Tab leads on, as everywhere.
                field.setTabChangesFocus(True)
        self.steps.setObjectName("maker-steps")
        left, right, page = QVBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        left.addWidget(self.buttons["record"])
        left.addWidget(self.steps, 1)
        for names in (("replace", "show"), ("up", "down", "delete")):
            beside = QHBoxLayout()
            for name in names:
                beside.addWidget(self.buttons[name])
            left.addLayout(beside)
        right.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        right.addLayout(form)
        both = QHBoxLayout()
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        files = QHBoxLayout()
        files.addStretch(1)
        for name in _FILES:
            files.addWidget(self.buttons[name])
        page.addWidget(self.problem)
        content = QWidget(self)
        content.setLayout(both)
        both.setContentsMargins(0, 0, 0, 0)
        page.addWidget(Reach(content, self), 1)
        page.addLayout(files)
        for name, button in self.buttons.items():
            button.setObjectName(f"maker-{name}")
            button.setAutoDefault(False)
        for name in ("record", "save"):
            self.buttons[name].setProperty("role", "primary")
        self._order_tabs(tuple(fields.values()))
        px, room = theme.current().px, self._window.size()
        self.resize(min(px(SIZE[0]), room.width() - 40), min(px(SIZE[1]), room.height() - 60))

    def _order_tabs(self, fields: tuple[QWidget, ...]) -> None:
        """Have Tab go down the steps, down what is said of one, and then to the file."""
        steps = (self.buttons["record"], self.steps, *(self.buttons[n] for n in _ACTIONS if n != "record"))
        for before, after in pairwise((*steps, *fields, *(self.buttons[name] for name in _FILES))):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        slots = {
            "record": self.record,
            "replace": self.replace_step,
            "show": self.show_step,
            "up": self.up,
            "down": self.down,
            "delete": self.delete,
            "new": self.file.new,
            "open": self.file.ask,
            "save": self.file.save,
        }
        for name, slot in slots.items():
            self.buttons[name].clicked.connect(slot)
        self.draft.changed.connect(self._list)
        self.file.opened.connect(self._choose_first)
        self.steps.currentRowChanged.connect(self._fill)
        self.language.chosen.connect(self._choose_language)
        for line in (self.title, self.question, self.answer, self.why):
            line.textEdited.connect(self._take)
        for area in (self.text, self.notice, self.notes):
            area.textChanged.connect(self._take)

    @property
    def row(self) -> int:
        """Which step is chosen; −1 if none is."""
        return self.steps.currentRow()

    @Slot()
    def record(self) -> None:
        """Make what is on screen the step behind the chosen one."""
        at = self.row + 1 if self.row >= 0 else len(self.draft.steps)
        self.draft.add(record_step(self._window, {}), at)
        self.steps.setCurrentRow(at)

    @Slot()
    def replace_step(self) -> None:
        """Have the chosen step show what is on screen; its words stay."""
        row = self.row
        if row >= 0:
            self.draft.put(row, record_step(self._window, {}))
            self.steps.setCurrentRow(row)

    @Slot()
    def show_step(self) -> None:
        """Bring the window into the state of the chosen step."""
        if self.row >= 0:
            self._window.lessons.try_out(self.draft.lesson(), self.row)

    @Slot()
    def up(self) -> None:
        """Move the chosen step up."""
        self._move(-1)

    @Slot()
    def down(self) -> None:
        """Move the chosen step down."""
        self._move(1)

    def _move(self, by: int) -> None:
        if self.row >= 0:
            self.steps.setCurrentRow(self.draft.move(self.row, by))

    @Slot()
    def delete(self) -> None:
        """Take the chosen step out."""
        row = self.row
        if row >= 0:
            self.draft.take(row)
            self.steps.setCurrentRow(min(row, len(self.draft.steps) - 1))

    @Slot()
    def _choose_first(self) -> None:
        self.steps.setCurrentRow(0)

    @Slot()
    def _list(self) -> None:
        row = self.row
        self._filling = True
        self.steps.clear()
        for number, step in enumerate(self.draft.steps, 1):
            self.steps.addItem(self._entry(number, step))
        self._filling = False
        self.steps.setCurrentRow(min(row, self.steps.count() - 1))
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._filling:
            return
        self._filling = True
        language = self._language()
        self.title.setText(self.draft.title.get(language, ""))
        step = self.draft.steps[self.row] if 0 <= self.row < len(self.draft.steps) else None
        for name in ("text", "notice", "notes"):
            area: QPlainTextEdit = getattr(self, name)
            area.setPlainText(getattr(step, name).get(language, "") if step is not None else "")
            area.setEnabled(step is not None)
        question = step.questions[0] if step is not None and step.questions else None
        plain = question is None or (len(question.blanks) == 1 and len(step.questions) == 1 if step else True)
        self.question.setText(question.text.get(language, "") if question is not None else "")
        self.why.setText(question.why.get(language, "") if question is not None else "")
        self.answer.setText(format_number(question.blanks[0].answer) if question and question.blanks else "")
        for line in (self.question, self.answer, self.why):
            # Questions of other kinds are kept as they are.
            line.setEnabled(step is not None and plain)
        for name in ("replace", "show", "up", "down", "delete"):
            self.buttons[name].setEnabled(step is not None)
        self._filling = False

    @Slot()
    def _take(self) -> None:
        """Take over what is being typed."""
        if self._filling:
            return
        language = self._language()
        self.draft.name(language, self.title.text().strip())
        if not 0 <= self.row < len(self.draft.steps):
            return
        step = self.draft.steps[self.row]
        words = {
            name: {**getattr(step, name), language: getattr(self, name).toPlainText().strip()}
            for name in ("text", "notice", "notes")
        }
        questions = self._question(step) if self.question.isEnabled() else step.questions
        cleaned = {n: {k: v for k, v in texts.items() if v} for n, texts in words.items()}
        said = replace(step, questions=questions, **cleaned)  # type: ignore[arg-type]
        self.draft.say(self.row, said)
        item = self.steps.item(self.row)
        item.setText(self._entry(self.row + 1, said))

    def _entry(self, number: int, step: Step) -> str:
        """Return what stands in the list for a step."""
        words = " ".join(text_in(step.text, self._language()).split())
        said = words[:_WORDS] or self.tr("(no text yet)")
        return f"{number}  {said}"

    def _question(self, step: Step) -> tuple[Question, ...]:
        """Return the question that is typed, if there is one with an answer."""
        language, answer = self._language(), parse_answer(self.answer.text())
        before = step.questions[0] if step.questions else Question({})
        text = {**before.text, language: self.question.text().strip()}
        why = {**before.why, language: self.why.text().strip()}
        text, why = ({k: v for k, v in each.items() if v} for each in (text, why))
        if not text or answer is None:
            return ()
        return (Question(text, (Blank(answer),), why=why),)

    def _language(self) -> str:
        return self.language.choice() or language_in_force().value

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self.language.set_choice(language)
        self._list()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setWindowTitle(self.tr("Make a lesson"))
        chosen = self._language()
        self.language.set_options(
            [(Language.ENGLISH.value, "EN", "English"), (Language.RUSSIAN.value, "RU", "Русский")]
        )
        self.language.set_choice(chosen)
        texts = {
            "title": (self.tr("Title"), self.tr("What the lesson is called")),
            "text": (self.tr("Text"), self.tr("What the class reads")),
            "notice": (self.tr("Notice"), self.tr("What to look at on the screen")),
            "notes": (self.tr("Notes"), self.tr("What only the lecturer sees")),
            "question": (self.tr("Question"), self.tr("Something to predict")),
            "answer": (self.tr("Answer"), self.tr("The right number")),
            "why": (self.tr("Why"), self.tr("What is said once it is answered")),
        }
        for name, (text, tip) in texts.items():
            field = getattr(self, name)
            self._labels[name].setText(text)
            field.setAccessibleName(text)
            field.setToolTip(tip)
        for name, (text, tip) in self._button_texts().items():
            self.buttons[name].setText(text)
            self.buttons[name].setAccessibleName(text)
            self.buttons[name].setToolTip(tip)
        self.steps.setAccessibleName(self.tr("Steps"))

    def _button_texts(self) -> dict[str, tuple[str, str]]:
        return {
            "record": (
                self.tr("Record a step"),
                self.tr("What the window shows becomes a step (Ctrl+Shift+L)"),
            ),
            "replace": (
                self.tr("Replace"),
                self.tr("The step shows what the window shows now; its words stay"),
            ),
            "show": (self.tr("Show"), self.tr("Bring the window into the state of this step")),
            "up": (self.tr("Up"), self.tr("One place up")),
            "down": (self.tr("Down"), self.tr("One place down")),
            "delete": (self.tr("Delete"), self.tr("Take the step out")),
            "new": (self.tr("New"), self.tr("Begin another lesson")),
            "open": (self.tr("Open…"), self.tr("Go on with a lesson from a file")),
            "save": (self.tr("Save…"), self.tr("Write the lesson to a file; pictures travel inside")),
        }
