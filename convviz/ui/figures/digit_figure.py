"""A digit drawn by hand and recognised while it is drawn."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from convviz.core.digit import SIDE, as_mnist
from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.ui import theme
from convviz.ui.figures.digit_bars import DigitBars
from convviz.ui.figures.digit_reader import DigitReader
from convviz.ui.figures.drawing_field import DrawingField
from convviz.ui.figures.figure import Figure
from convviz.ui.figures.seen_digit import SeenDigit
from convviz.ui.figures.strokes import MOST_POINTS, MOST_STROKES, Stroke
from convviz.ui.figures.table_keys import TableKeys
from convviz.ui.language import say
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.segmented import Segmented
from convviz.work.threads import Threads

LINE_WIDTHS = {"thin": 0.05, "medium": 0.075, "thick": 0.11}
"""In sides of the field."""

_SPACING_PX = 12
_ANSWER_PX = 20


class DigitFigure(Figure):
    """A field to draw a digit into, what the shipped LeNet-5 sees of it, and what it says.

    Parameters
    ----------
    table : mapping
        ``strokes``: what is drawn, lists of points [x, y] from 0 to 1, right and down; default none.
        ``line``: ``thin``, ``medium`` (default) or ``thick``.
    parent : QWidget, optional
        Owner.
    threads : Threads, optional
        Where the network runs; without them nothing is recognised.

    Raises
    ------
    Problem
        If the table says something else.
    """

    KIND = "digit"

    open_requested = Signal(object)  # Picture (28, 28, 1), to be shown in the network room
    recognised = Signal(int)  # the digit that the network took the newest drawing for
    defect = Signal(str)  # details of an error nobody foresaw

    _theme: theme.Theme | None = None

    def __init__(
        self, table: Mapping[str, Any], parent: QWidget | None = None, threads: Threads | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("figure-digit")
        keys = TableKeys(table)
        keys.only(("strokes", "line"))
        strokes = _strokes(table.get("strokes", ()))
        line = keys.choice("line", "medium", LINE_WIDTHS)
        self._failure: Sentence | None = None
        self._reader = DigitReader(threads.long, self) if threads is not None else None
        self._make()
        self._lay_out()
        self._connect()
        self._theme = theme.current()
        self.retranslate()
        self._line.set_choice(line)
        self._field.set_line_width(LINE_WIDTHS[line])
        self._field.set_strokes(strokes)

    def table(self) -> dict[str, Any]:
        """Return the table that builds the figure as it is now."""
        strokes = [[list(point) for point in stroke] for stroke in self._field.strokes]
        return {"strokes": strokes, "line": self._line.choice()}

    def shown(self) -> Mapping[str, str]:
        """Return the digit and the per cent of every digit; nothing while the field is empty."""
        best = self._bars.best
        if best is None:
            return {}
        percents = self._bars.percents()
        return {"digit": str(best), **{str(digit): text for digit, text in enumerate(percents)}}

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._reader is not None and self._reader.busy

    # Parts

    def _make(self) -> None:
        self._field, self._bars, self._seen = DrawingField(), DigitBars(), SeenDigit()
        self._answer = label(wrap=True, name="digit-answer")
        self._seen_caption = label("caption", name="digit-seen-caption")
        # Cut rather than widen the column in a language with longer words.
        self._seen_caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._clear, self._open = QPushButton(), QPushButton()
        self._clear.setObjectName("digit-clear")
        self._open.setObjectName("digit-open")
        self._line = Segmented()
        self._line.setObjectName("digit-line")

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(_SPACING_PX)
        controls.addWidget(self._clear)
        controls.addWidget(self._line, 0, Qt.AlignmentFlag.AlignVCenter)
        controls.addStretch(1)
        controls.addWidget(self._open)
        right = QVBoxLayout()
        right.setSpacing(_SPACING_PX)
        right.addWidget(self._answer)
        right.addWidget(self._bars, 1)
        right.addWidget(self._seen_caption)
        right.addWidget(self._seen, 1)
        sides = QHBoxLayout()
        sides.setSpacing(2 * _SPACING_PX)
        sides.addWidget(self._field, 3)
        sides.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(_SPACING_PX)
        whole.addLayout(sides, 1)
        whole.addLayout(controls)
        order = (self._field, self._clear, self._line, self._open, self._seen)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self._field)

    def _connect(self) -> None:
        self._field.changed.connect(self._follow)
        self._clear.clicked.connect(self._field.clear)
        self._open.clicked.connect(self._request)
        self._line.chosen.connect(self._thicken)
        if self._reader is not None:
            self._reader.came.connect(self._show)
            self._reader.failed.connect(self._fail)
            self._reader.defect.connect(self.defect)

    # What happens

    @Slot()
    def _follow(self) -> None:
        """Have the network read what is drawn now."""
        small = as_mnist(self._field.ink())
        self._failure = None
        self._seen.set_values(np.zeros((SIDE, SIDE), np.uint8) if small is None else small)
        if small is None:
            self._bars.set_probabilities(None)
            if self._reader is not None:
                self._reader.cancel()
        elif self._reader is not None:
            self._reader.ask(self._picture())
        self._tell()

    @Slot(object)
    def _show(self, probabilities: Any) -> None:
        self._bars.set_probabilities(probabilities)
        self._tell()
        self.recognised.emit(int(np.argmax(probabilities)))

    @Slot(object)
    def _fail(self, problem: Sentence) -> None:
        self._failure = problem
        self._bars.set_probabilities(None)
        self._tell()

    @Slot(str)
    def _thicken(self, line: str) -> None:
        self._field.set_line_width(LINE_WIDTHS[line])

    @Slot()
    def _request(self) -> None:
        self.open_requested.emit(self._picture())

    def _picture(self) -> Picture:
        return Picture(self._seen.values[:, :, np.newaxis].copy(), self.tr("Drawn digit"))

    # Texts

    def _tell(self) -> None:
        drawn = bool(self._field.strokes)
        self._clear.setEnabled(drawn)
        self._open.setEnabled(drawn)
        self._answer.setText(self._said(drawn))
        self.setAccessibleDescription(self._answer.text())

    def _said(self, drawn: bool) -> str:
        best = self._bars.best
        if self._failure is not None:
            return say(self._failure)
        if not drawn:
            return self.tr("The field is empty")
        if best is not None:
            return self.tr("LeNet-5 says: {0}").format(best)
        return self.tr("Loading the network…") if self._reader is not None else ""

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self.setAccessibleName(self.tr("A drawn digit, recognised by LeNet-5"))
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Clear the field (Del in the field)"))
        self._open.setText(self.tr("Open in the network room"))
        self._open.setToolTip(self.tr("Look at the small picture layer by layer"))
        self._line.setAccessibleName(self.tr("Thickness of the line"))
        self._line.set_options(
            [
                ("thin", self.tr("Thin"), self.tr("A thin line")),
                ("medium", self.tr("Medium"), self.tr("A line as thick as MNIST's")),
                ("thick", self.tr("Thick"), self.tr("A thick line")),
            ]
        )
        self._seen_caption.setText(self.tr("Seen by the network, 28 × 28"))
        self._answer.setFont(theme.current().words(_ANSWER_PX, bold=True))
        self._answer.setStyleSheet(f"font-size: {theme.current().px(_ANSWER_PX)}px; font-weight: 600;")
        for part in (self._field, self._bars, self._seen):
            part.retranslate()
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the language."""
        super().changeEvent(event)
        if self._theme is None:
            return
        if event.type() == QEvent.Type.LanguageChange or self._theme != theme.current():
            self._theme = theme.current()
            self.retranslate()


def _strokes(value: Any) -> tuple[Stroke, ...]:
    """Return the strokes of a table.

    Raises
    ------
    Problem
        If they are none.
    """
    if not _is_list(value) or len(value) > MOST_STROKES or not all(map(_is_stroke, value)):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "strokes must be a list of up to {strokes} lists of 1 to {points} points [x, y], "
                "both numbers from 0 to 1.",
            ),
            strokes=MOST_STROKES,
            points=MOST_POINTS,
        )
    return tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_stroke(value: Any) -> bool:
    return _is_list(value) and 1 <= len(value) <= MOST_POINTS and all(map(_is_point, value))


def _is_point(value: Any) -> bool:
    return (
        _is_list(value)
        and len(value) == 2
        and all(type(number) in (int, float) and 0 <= number <= 1 for number in value)
    )
