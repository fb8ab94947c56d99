"""A question of a lesson: numbers to type or answers to choose from, checked."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from convviz.core.lessons import Question, parse_answer, text_in
from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.language import language_in_force
from convviz.ui.widgets.glyphs import Glyph, pixmap
from convviz.ui.widgets.labels import label

_FIELD_DIGITS = 8
_MARK_PX = 18


class QuestionCard(QFrame):
    """Asks, checks, points out what is wrong, and says why once it is right or given up.

    Parameters
    ----------
    question : Question
        What is asked.
    number : int
        Which question of its step it is, from 0.
    parent : QWidget, optional
        Owner.
    """

    answered = Signal(bool)  # whether the answer was right

    def __init__(self, question: Question, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self.setObjectName(f"question-{number}")
        self.setProperty("role", "card")
        self._text = label(wrap=True, name="question-text")
        self._fields: list[QLineEdit] = []
        self._labels = [
            label("muted", wrap=True, name=f"question-label-{n}") for n in range(len(question.blanks))
        ]
        self._marks = [label(name=f"question-mark-{n}") for n in range(len(question.blanks))]
        self.choices: list[QPushButton] = []
        self._chosen: int | None = None
        self._verdict = label(wrap=True, name="question-verdict")
        self._check = QPushButton(self)
        self._check.setObjectName("question-check")
        self._check.clicked.connect(self._check_blanks)
        self._reveal = QPushButton(self)
        self._reveal.setObjectName("question-reveal")
        self._reveal.clicked.connect(self.reveal)
        self._state = ""
        self._lay_out()
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        grid = QGridLayout()
        for n in range(len(self._question.blanks)):
            field = QLineEdit(self)
            field.setObjectName(f"question-blank-{n}")
            field.setPlaceholderText("?")
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.returnPressed.connect(self._check_blanks)
            self._fields.append(field)
            grid.addWidget(self._labels[n], n, 0)
            grid.addWidget(field, n, 1)
            grid.addWidget(self._marks[n], n, 2)
        grid.setColumnStretch(0, 1)
        column.addLayout(grid)
        for n in range(len(self._question.choices)):
            button = QPushButton(self)
            button.setObjectName(f"question-choice-{n}")
            button.setCheckable(True)
            # As wide as there is room; what is longer goes on in the next line.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            button.clicked.connect(lambda _=False, n=n: self.choose(n))
            self.choices.append(button)
            column.addWidget(button)
        buttons = QHBoxLayout()
        buttons.addWidget(self._check)
        buttons.addWidget(self._reveal)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self._verdict)
        self._check.setVisible(bool(self._fields))
        self._verdict.hide()
        for before, after in pairwise((*self._fields, *self.choices, self._check, self._reveal)):
            QWidget.setTabOrder(before, after)

    @property
    def fields(self) -> list[QLineEdit]:
        """Where the numbers are typed."""
        return self._fields

    @Slot()
    def _check_blanks(self) -> None:
        answers = tuple(parse_answer(field.text()) for field in self._fields)
        wrong = self._question.wrong_blanks(answers)
        for n, mark in enumerate(self._marks):
            self._draw_mark(n, n not in wrong)
            said = self.tr("wrong") if n in wrong else self.tr("right")
            mark.setAccessibleName(said)
        if wrong:
            self._say("wrong")
            self._fields[wrong[0]].setFocus()
            self._fields[wrong[0]].selectAll()
        else:
            self._say("right")
        self.answered.emit(not wrong)

    def choose(self, choice: int) -> None:
        """Answer with one of the choices."""
        self._chosen = choice
        for n, button in enumerate(self.choices):
            button.setChecked(n == choice)
        right = choice == self._question.right
        self._say("right" if right else "wrong")
        self._write_choices()
        self.answered.emit(right)

    @Slot()
    def reveal(self) -> None:
        """Show the answer."""
        for field, blank in zip(self._fields, self._question.blanks, strict=True):
            field.setText(format_number(blank.answer))
        for n in range(len(self._marks)):
            self._draw_mark(n, True)
        if self.choices:
            self._chosen = self._question.right
            for n, button in enumerate(self.choices):
                button.setChecked(n == self._question.right)
            self._write_choices()
        self._say("shown")

    def _say(self, state: str) -> None:
        self._state = state
        self._verdict.setVisible(bool(state))
        self._verdict.setText(self._verdict_text())
        self._verdict.setAccessibleName(self._verdict.text())
        self._reveal.setVisible(state not in ("right", "shown"))

    def _verdict_text(self) -> str:
        why = text_in(self._question.why, language_in_force())
        if self._state == "right":
            return f"{self.tr('Right.')} {why}".strip()
        if self._state == "shown":
            return why
        if self._state == "wrong" and len(self._fields) > 1:
            return self.tr("Not yet: look at the line with the cross.")
        return self.tr("Not yet.") if self._state else ""

    def _draw_mark(self, number: int, right: bool) -> None:
        colours = theme.current().colours
        ink = colours.focus if right else colours.positive
        glyph = Glyph.RIGHT if right else Glyph.WRONG
        self._marks[number].setPixmap(pixmap(glyph, ink, theme.current().px(_MARK_PX)))

    def _write_choices(self) -> None:
        language = language_in_force()
        for n, (button, choice) in enumerate(zip(self.choices, self._question.choices, strict=True)):
            text = text_in(choice, language)
            mark = ""
            if n == self._chosen:
                mark = "✓ " if n == self._question.right else "✗ "
            button.setText(self._wrapped(mark + text, button.width()))
            button.setAccessibleName(mark + text)
            button.setToolTip(text)

    @staticmethod
    def _wrapped(text: str, width: int) -> str:
        """Return a text in lines that fit into a button of this width: a button breaks none itself."""
        now = theme.current()
        written, room = QFontMetrics(now.words()).horizontalAdvance, width - 2 * now.px(12)
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".lstrip()
            if not lines[-1] or written(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines of choices anew."""
        super().resizeEvent(event)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self._write_choices()

    def _restyle(self) -> None:
        now = theme.current()
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        layout.setSpacing(now.px(8))
        font = now.digits()
        width = QFontMetrics(font).horizontalAdvance("0" * _FIELD_DIGITS) + 2 * now.px(11)
        for field in self._fields:
            field.setFont(font)
            field.setFixedWidth(width)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        language = language_in_force()
        text = text_in(self._question.text, language)
        self._text.setText(text)
        for n, blank in enumerate(self._question.blanks):
            said = text_in(blank.label, language)
            self._labels[n].setText(said)
            self._labels[n].setVisible(bool(said))
            self._fields[n].setAccessibleName(said or text)
            self._fields[n].setToolTip(self.tr("Type the number you expect and press Enter"))
        self._write_choices()
        self._check.setText(self.tr("Check"))
        self._check.setToolTip(self.tr("Compare what you have typed with the answer"))
        self._reveal.setText(self.tr("Answer"))
        self._reveal.setToolTip(self.tr("Write down the answer and why it is so"))
        for button in (self._check, self._reveal):
            button.setAccessibleName(button.text())
        self._verdict.setText(self._verdict_text())
