"""Vertical and horizontal numbers, chained and apart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.widgets.gestures import TYPING_PAUSE_MS
from convviz.ui.widgets.number_field import NumberField
from convviz.ui.widgets.pair_field import PairField


@pytest.fixture
def field(qtbot: QtBot) -> PairField:
    widget = PairField()
    qtbot.addWidget(widget)
    widget.set_range(1, 16)
    widget.setObjectName("stride")
    widget.set_name("Stride")
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


def _part(field: PairField, name: str) -> NumberField:
    found = field.findChild(NumberField, f"stride-{name}")
    assert isinstance(found, NumberField)
    return found


def _link(field: PairField) -> QToolButton:
    found = field.findChild(QToolButton, "stride-link")
    assert isinstance(found, QToolButton)
    return found


def _pairs(field: PairField) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    field.pair_changed.connect(lambda y, x: pairs.append((y, x)))
    return pairs


def test_one_edit_sets_both_while_chained(field: PairField) -> None:
    pairs = _pairs(field)
    part = _part(field, "horizontal")
    part.setFocus()
    part.selectAll()
    QTest.keyClicks(part, "12")
    assert pairs == [(12, 12)]
    assert field.pair() == (12, 12)
    assert _part(field, "vertical").text() == "12"


def test_apart_each_has_its_own(field: PairField) -> None:
    pairs = _pairs(field)
    QTest.mouseClick(_link(field), Qt.MouseButton.LeftButton)
    assert not field.is_linked()
    QTest.keyClick(_part(field, "vertical"), Qt.Key.Key_Up)
    QTest.keyClick(_part(field, "horizontal"), Qt.Key.Key_Up)
    QTest.keyClick(_part(field, "horizontal"), Qt.Key.Key_Up)
    assert pairs == [(2, 1), (2, 2), (2, 3)]


def test_two_numbers_break_the_chain_and_closing_it_makes_them_equal(field: PairField) -> None:
    pairs = _pairs(field)
    field.set_pair((2, 3))
    assert not field.is_linked()
    assert pairs == []
    QTest.mouseClick(_link(field), Qt.MouseButton.LeftButton)
    assert pairs == [(2, 2)]
    assert field.pair() == (2, 2)


def test_a_number_out_of_range_is_refused(field: PairField) -> None:
    pairs = _pairs(field)
    part = _part(field, "vertical")
    part.selectAll()
    QTest.keyClicks(part, "17")
    assert pairs == []  # 1 was there already, and 17 is too many
    assert part.problem() is not None
    QTest.keyClick(part, Qt.Key.Key_Escape)
    assert field.pair() == (1, 1)


def test_sizes_wait_until_the_typing_is_over(field: PairField) -> None:
    field.set_deferred(True)
    field.set_pair((5, 5))
    pairs = _pairs(field)
    part = _part(field, "vertical")
    part.setFocus()
    part.selectAll()
    QTest.keyClicks(part, "12")
    assert pairs == []
    QTest.keyClick(part, Qt.Key.Key_Return)
    assert pairs == [(12, 12)]
    assert _part(field, "horizontal").text() == "12"


def test_sizes_are_taken_when_the_focus_goes(field: PairField) -> None:
    field.set_deferred(True)
    pairs = _pairs(field)
    part = _part(field, "vertical")
    part.setFocus()
    part.selectAll()
    QTest.keyClicks(part, "14")
    _link(field).setFocus()
    assert pairs == [(14, 14)]


def test_sizes_are_taken_after_a_pause(field: PairField, qtbot: QtBot) -> None:
    field.set_deferred(True)
    part = _part(field, "vertical")
    part.selectAll()
    with qtbot.waitSignal(field.pair_changed, timeout=3000) as waited:
        QTest.keyClicks(part, "13")
    assert waited.args == [13, 13]
    QTest.keyClick(part, Qt.Key.Key_Escape)
    assert field.pair() == (1, 1)


def test_sizes_given_up_are_not_taken(field: PairField, qtbot: QtBot) -> None:
    field.set_deferred(True)
    pairs = _pairs(field)
    part = _part(field, "vertical")
    for give_up in (Qt.Key.Key_Escape, Qt.Key.Key_X):
        part.selectAll()
        QTest.keyClicks(part, "9")
        QTest.keyClick(part, give_up)
    qtbot.wait(TYPING_PAUSE_MS + 100)
    assert pairs == []


def test_sizes_spin_at_once_from_what_was_typed(field: PairField) -> None:
    field.set_deferred(True)
    pairs = _pairs(field)
    part = _part(field, "vertical")
    part.selectAll()
    QTest.keyClicks(part, "7")
    QTest.keyClick(part, Qt.Key.Key_Up)
    assert pairs == [(7, 7), (8, 8)]


def test_undo_takes_what_was_typed_first(field: PairField) -> None:
    field.set_deferred(True)
    pairs = _pairs(field)
    part = _part(field, "vertical")
    part.setFocus()
    part.selectAll()
    QTest.keyClicks(part, "7")
    QTest.keySequence(part, QKeySequence(QKeySequence.StandardKey.Undo))
    assert pairs == [(7, 7)]


def test_names_for_assistive_technology(field: PairField) -> None:
    assert _part(field, "vertical").accessibleName() == "Stride, vertical"
    assert _part(field, "horizontal").accessibleName() == "Stride, horizontal"
    assert _link(field).accessibleName()
    assert _link(field).toolTip()


def test_a_smaller_range_moves_the_numbers(field: PairField) -> None:
    field.set_pair((9, 12))
    field.set_range(1, 10)
    assert field.pair() == (9, 10)


def test_it_grows_with_the_theme(field: PairField) -> None:
    width = field.sizeHint().width()
    theme.install(theme.Theme(scale=theme.PROJECTOR_SCALE))
    try:
        assert field.sizeHint().width() > 1.4 * width
    finally:
        theme.install(theme.Theme())
