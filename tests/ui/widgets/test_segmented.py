"""One choice out of a row, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.ui.widgets.segmented import Segmented

OPTIONS = [("r", "R", "red"), ("g", "G", "green"), ("sum", "Σ RGB", "sum"), ("grey", "Grey", "grey")]
_Key = Qt.Key


@pytest.fixture
def row(qtbot: QtBot) -> Segmented:
    widget = Segmented()
    qtbot.addWidget(widget)
    widget.set_options(OPTIONS)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    widget.setFocus()
    return widget


@pytest.fixture
def choices(row: Segmented) -> list[str]:
    chosen: list[str] = []
    row.chosen.connect(chosen.append)
    return chosen


def test_a_click_chooses_once(row: Segmented, choices: list[str]) -> None:
    assert row.choice() == "r"
    for _ in range(2):
        QTest.mouseClick(row.button("sum"), Qt.MouseButton.LeftButton)
    assert choices == ["sum"]
    assert row.choice() == "sum"
    assert not row.button("r").isChecked()


def test_set_choice_is_silent(row: Segmented, choices: list[str]) -> None:
    row.set_choice("grey")
    assert row.choice() == "grey"
    assert choices == []
    with pytest.raises(KeyError):
        row.set_choice("nothing")


def test_the_keys_go_round(row: Segmented, choices: list[str]) -> None:
    for key in (
        _Key.Key_Right,
        _Key.Key_Down,
        _Key.Key_Left,
        _Key.Key_End,
        _Key.Key_Right,
        _Key.Key_Up,
        _Key.Key_Home,
    ):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
    assert choices == ["g", "sum", "g", "grey", "r", "grey", "r"]


def test_tab_reaches_the_chosen_one_only(row: Segmented) -> None:
    row.set_choice("sum")
    reached = {o: bool(row.button(o).focusPolicy() & Qt.FocusPolicy.TabFocus) for o, _, _ in OPTIONS}
    assert reached == {"r": False, "g": False, "sum": True, "grey": False}


def test_radio_buttons_to_assistive_technology(row: Segmented) -> None:
    interface = QAccessible.queryAccessibleInterface(row.button("sum"))
    assert interface.role() == QAccessible.Role.RadioButton
    assert row.button("sum").accessibleName() == "Σ RGB"
    assert row.button("sum").toolTip() == "sum"
    assert row.button("sum").objectName() == "segment-sum"


def test_new_options_keep_the_choice_where_they_can(row: Segmented, choices: list[str]) -> None:
    row.set_choice("grey")
    row.set_options([("g", "Грн", ""), ("grey", "Серый", "")])
    assert row.choice() == "grey"
    row.set_options(OPTIONS[:2])
    assert row.choice() == "r"
    assert choices == []
    assert row.button("r").hasFocus()


def test_a_narrow_row_becomes_two_and_clips_nothing(row: Segmented, qtbot: QtBot) -> None:
    one = row.height()
    narrow = row.sizeHint().width() - 20
    row.resize(narrow, one)
    qtbot.waitUntil(lambda: row.height() > one)
    buttons = [row.button(option) for option, _, _ in OPTIONS]
    assert all(b.width() >= b.sizeHint().width() for b in buttons)
    assert all(row.rect().contains(b.geometry()) for b in buttons)
    assert len({b.y() for b in buttons}) == 2


def test_without_options_there_is_no_choice(qtbot: QtBot) -> None:
    widget = Segmented()
    qtbot.addWidget(widget)
    assert widget.choice() == ""
    QTest.keyClick(widget, _Key.Key_Right)
    assert widget.sizeHint().height() > 0
