"""A question to the class: what the next value will be."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from convviz.core.text import Problem
from convviz.files.matrices import parse_number
from convviz.ui import theme
from convviz.ui.language import say
from convviz.ui.widgets.glyphs import Glyph, pixmap
from convviz.ui.widgets.labels import label

_FIELD_DIGITS = 9


class Prediction(QWidget):
    """``output[1, 2] = [ ? ]``, a button to check the answer, and the verdict.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The value the user has typed.
    answer_given = Signal(float)

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prediction")
        self._ok: bool | None = None
        self._question = label("muted", name="prediction-question")
        self._field = QLineEdit(self)
        self._field.setObjectName("prediction-answer")
        self._field.setPlaceholderText("?")
        self._field.returnPressed.connect(self._check)
        self._question.setBuddy(self._field)
        self._button = QPushButton(self)
        self._button.setObjectName("prediction-check")
        self._button.clicked.connect(self._check)
        self._mark = label(name="prediction-mark")
        self._verdict = label(wrap=True, name="prediction-verdict")
        self._verdict.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._question, self._field, self._button, self._mark):
            self._row.addWidget(widget)
        self._row.addWidget(self._verdict, 1)
        self._restyle()
        self.retranslate()

    def set_question(self, text: str) -> None:
        """Say what is asked for: ``output[1, 2] =``."""
        self._question.setText(text)
        self._field.setAccessibleDescription(text)

    def set_verdict(self, text: str, ok: bool | None) -> None:
        """Show ``text`` with a tick (True), a cross (False) or no mark (None)."""
        self._ok = ok
        self._verdict.setText(text)
        self._verdict.setAccessibleName(text)
        self._draw_mark()

    def clear(self) -> None:
        """Forget the answer and the verdict."""
        self._field.clear()
        self.set_verdict("", None)

    def take_focus(self) -> None:
        """Put the keyboard into the field."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self._field.setAccessibleName(self.tr("Predicted value"))
        self._field.setToolTip(self.tr("Type the value you expect and press Enter"))
        self._button.setText(self.tr("Check"))
        self._button.setAccessibleName(self.tr("Check"))
        self._button.setToolTip(self.tr("Compare the predicted value with the computed one"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _check(self) -> None:
        try:
            value = parse_number(self._field.text())
        except Problem as problem:
            self.set_verdict(say(problem.sentence), False)
        else:
            self.answer_given.emit(value)
        self._field.selectAll()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self._row.setSpacing(self._theme.px(8))
        font = self._theme.digits()
        self._question.setFont(font)
        self._field.setFont(font)
        digits = QFontMetrics(font).horizontalAdvance("0" * _FIELD_DIGITS)
        self._field.setFixedWidth(digits + 2 * self._theme.px(11))
        self._draw_mark()

    def _draw_mark(self) -> None:
        colours = theme.current().colours
        self._mark.setVisible(self._ok is not None)
        if self._ok is not None:
            glyph = Glyph.RIGHT if self._ok else Glyph.WRONG
            ink = colours.focus if self._ok else colours.positive
            self._mark.setPixmap(pixmap(glyph, ink, theme.current().px(18)))
