"""Colour is never the only sign: whoever sees none of it can tell everything all the same."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.lessons import Blank, Question
from convviz.ui import theme
from convviz.ui.lessons.question_card import QuestionCard
from convviz.ui.training.charts import ConfusionMatrix
from convviz.ui.training.curves import Curves
from convviz.ui.widgets.vector_bars import VectorBars
from tests.ui import contrast


def greys(widget: QWidget) -> NDArray[np.uint8]:
    """Return what is painted without its colours."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return bits[:, : image.width()].copy()


def test_what_is_classified_rightly_has_a_frame(qtbot: QtBot) -> None:
    made = ConfusionMatrix()
    qtbot.addWidget(made)
    made.resize(320, 320)
    made.show_counts(np.full((2, 2), 5), ("a", "b"))
    made.show()
    # The grounds are the same violet, but translucent: only a frame is of the colour itself.
    own = np.uint32(QColor(theme.current().colours.focus).rgb())
    framed = contrast.pixels(made) == own
    assert framed.sum(axis=1).max() > 20
    rows = np.flatnonzero(framed.any(axis=1))
    columns = np.flatnonzero(framed.any(axis=0))
    # Both cells of the diagonal, the second below and to the right of the first.
    assert (np.diff(rows) >= 1).all()
    assert framed[rows[0], columns[0]]
    assert framed[rows[-1], columns[-1]]
    assert not framed[rows[0], columns[-1]]


def test_training_and_validation_have_lines_of_different_kinds(qtbot: QtBot) -> None:
    made = Curves()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: len(made._curves) == 2, timeout=10_000)
    made.retranslate()
    for pair in made._curves:
        assert len({curve.opts["pen"].style() for curve in pair}) == 2


@pytest.mark.parametrize(("typed", "glyphs"), [("7", 1), ("8", 1)])
def test_a_verdict_is_a_word_and_a_sign(qtbot: QtBot, typed: str, glyphs: int) -> None:
    question = Question({"en": "3 + 4?"}, (Blank(7.0),), (), 0, {})
    card = QuestionCard(question, 0)
    qtbot.addWidget(card)
    card.show()
    card.fields[0].setText(typed)
    card.fields[0].returnPressed.emit()
    verdict = card.findChild(QLabel, "question-verdict")
    assert isinstance(verdict, QLabel)
    assert verdict.text().strip()
    marks = [w for w in card.findChildren(QLabel) if w.isVisible() and not w.pixmap().isNull()]
    assert len(marks) == glyphs
    assert marks[0].accessibleName() == ("right" if typed == "7" else "wrong")


def test_signs_of_a_vector_go_up_and_down(qtbot: QtBot) -> None:
    made = VectorBars()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.set_values(np.array([1.0, -1.0], np.float32), ())
    made.show()
    upright = greys(made)
    made.set_values(np.array([-1.0, 1.0], np.float32), ())
    assert (upright != greys(made)).any()
