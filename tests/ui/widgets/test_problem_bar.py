from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.widgets.problem_bar import ProblemBar
from tests.ui.widgets.hosting import hosted

LEFT = Qt.MouseButton.LeftButton
LONG = "The kernel 7×7 is larger than the 5×5 input; padding 1 would make it fit. " * 3


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[ProblemBar]:
    widget = ProblemBar()
    with hosted(qtbot, widget, 500):
        yield widget


def button(bar: ProblemBar, name: str) -> QAbstractButton:
    found = bar.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def test_hidden_until_there_is_something_to_say(bar: ProblemBar) -> None:
    assert bar.isHidden()
    bar.show_problem("Something is wrong.")
    assert bar.isVisible()
    assert bar.accessibleName() == bar.text() == "Something is wrong."
    assert bar.property("role") == "problem"
    assert button(bar, "problem-action").isHidden()
    bar.clear()
    assert bar.isHidden()
    assert bar.text() == ""


def test_action_and_close(qtbot: QtBot, bar: ProblemBar) -> None:
    bar.show_problem("Too large.", "Use padding 1")
    assert button(bar, "problem-action").text() == "Use padding 1"
    with qtbot.waitSignal(bar.acted):
        qtbot.keyClick(button(bar, "problem-action"), Qt.Key.Key_Space)
    assert bar.isVisible()
    with qtbot.waitSignal(bar.dismissed):
        qtbot.mouseClick(button(bar, "problem-close"), LEFT)
    assert bar.isHidden()


def test_a_note_is_no_problem(bar: ProblemBar) -> None:
    bar.show_problem("Wrong.", "Repair")
    bar.show_note("16 bits.")
    assert bar.property("role") == "card"
    assert button(bar, "problem-action").isHidden()
    bar.show_problem("Wrong.")
    assert bar.property("role") == "problem"


def test_a_long_sentence_is_wrapped_not_cut(bar: ProblemBar) -> None:
    bar.show_problem("Short.")
    short = bar.heightForWidth(400)
    bar.show_problem(LONG, "Use padding 1")
    assert bar.heightForWidth(400) > short


def test_follows_the_theme(bar: ProblemBar) -> None:
    bar.show_problem(LONG)
    before = bar.heightForWidth(400)
    try:
        theme.install(theme.Theme(theme.ThemeName.CONTRAST, theme.PROJECTOR_SCALE))
        QApplication.processEvents()
        assert bar.heightForWidth(400) > before
        assert not bar.grab().isNull()
    finally:
        theme.install(theme.Theme())


def test_the_sentence_is_whole_where_the_pane_is_too_low_for_everything(qtbot: QtBot) -> None:
    pane = QWidget()
    column, bar, beside = QVBoxLayout(pane), ProblemBar(), QWidget()
    beside.setMinimumHeight(20)
    beside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    column.addWidget(bar)
    column.addWidget(beside, 1)
    area = QScrollArea()
    area.setWidget(pane)
    area.setWidgetResizable(True)
    with hosted(qtbot, area, 300):
        area.setFixedHeight(90)
        bar.show_note(LONG, "Do it")
        sentence = bar.findChild(QLabel, "problem-sentence")
        assert isinstance(sentence, QLabel)
        for width in (300, 420, 280):
            area.setFixedWidth(width)
            qtbot.waitUntil(lambda: sentence.height() >= sentence.heightForWidth(sentence.width()))
            assert sentence.heightForWidth(sentence.width()) > 90
