"""Widgets beside each other, and on two lines where there is too little room."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.widgets.two_lines import TwoLines

Made = tuple[TwoLines, QPushButton, QSlider, QPushButton]


@pytest.fixture
def made(qtbot: QtBot) -> Iterator[Made]:
    button, slider, last = QPushButton("Play"), QSlider(Qt.Orientation.Horizontal), QPushButton("Overview")
    for fixed in (button, last):
        fixed.setFixedWidth(150)
    slider.setMinimumWidth(100)
    # A window of its own would not be made narrower than one line.
    around = QWidget()
    qtbot.addWidget(around)
    lines = TwoLines((button,), (slider, last), slider, around)
    lines.resize(600, 80)
    around.show()
    yield lines, button, slider, last
    # Until here it is held.
    around.close()


def test_everything_is_on_one_line_where_there_is_room(made: Made) -> None:
    lines, button, slider, last = made
    assert not lines.is_broken
    assert button.y() == last.y()
    assert slider.width() == 600 - 2 * 150 - 2 * 8


def test_where_there_is_too_little_room_there_are_two(made: Made, qtbot: QtBot) -> None:
    lines, button, slider, last = made
    lines.resize(415, 80)
    qtbot.waitUntil(lambda: last.geometry().top() > button.geometry().bottom())
    assert lines.is_broken
    assert slider.width() == 415 - 150 - 8
    assert lines.minimumSizeHint().width() == 100 + 8 + 150
    lines.resize(416, 80)
    qtbot.waitUntil(lambda: not lines.is_broken)


def test_what_is_hidden_takes_no_room(made: Made, qtbot: QtBot) -> None:
    lines, _, _, last = made
    lines.resize(300, 80)
    assert lines.is_broken
    last.hide()
    qtbot.waitUntil(lambda: not lines.is_broken)
