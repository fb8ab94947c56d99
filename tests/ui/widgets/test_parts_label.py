"""A line of parts: what does not fit is left out whole."""

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from convviz.ui.widgets.parts_label import PartsLabel

FACTS = "32 maps · 112 × 112 · receptive field 3 × 3"


@pytest.fixture
def label(qtbot: QtBot) -> PartsLabel:
    made = PartsLabel("formula", "facts")
    qtbot.addWidget(made)
    made.set_whole(FACTS, "conv1")
    made.show()
    return made


def advance(label: PartsLabel, text: str) -> int:
    return QFontMetrics(label.font()).horizontalAdvance(text)


def test_no_part_is_cut_in_two(label: PartsLabel) -> None:
    allowed = {"", "32 maps", "32 maps · 112 × 112", FACTS}
    seen = set()
    for width in range(0, label.sizeHint().width() + 1):
        label.resize(width, 30)
        seen.add(label.text())
        assert advance(label, label.text()) <= max(width, 0)
    assert seen == allowed


def test_the_tooltip_has_all_of_it(label: PartsLabel) -> None:
    label.resize(10, 30)
    assert label.text() == ""
    assert label.toolTip() == f"{FACTS}\nconv1"
    assert label.whole() == FACTS


def test_what_the_parts_take_is_what_they_are_wide(label: PartsLabel) -> None:
    assert label.width_in(label.sizeHint().width()) == label.sizeHint().width()
    assert label.width_in(label.first_width()) == label.first_width()
    assert label.width_in(label.first_width() - 1) == 0


def test_an_answer_that_is_too_long_keeps_its_beginning_and_its_end(qtbot: QtBot) -> None:
    made = PartsLabel("heading", "says", keeps_first=True)
    qtbot.addWidget(made)
    made.set_whole("a cat with a very long name indeed 39.5 % · dog 1.0 %")
    made.show()
    made.resize(made.first_width() - 20, 30)
    assert made.text().startswith("a cat")
    assert made.text().endswith("39.5 %")
