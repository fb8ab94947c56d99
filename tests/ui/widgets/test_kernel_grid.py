"""A kernel typed, pasted and copied in the real grid."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convviz.ui.widgets.number_field import NumberField
from tests.ui.widgets.kernel_bench import SOBEL, Bench, Key, Modifier, bench

__all__ = ["bench"]


def test_arrows_and_ends_select(bench: Bench) -> None:
    bench.press(Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert bench.cells.selected() == (2, 1)
    bench.press(Key.Key_End)
    assert bench.cells.selected() == (2, 2)
    bench.press(Key.Key_Home, Key.Key_Left, Key.Key_Up)
    assert bench.cells.selected() == (1, 0)
    assert bench.changes == []
    assert bench.cells.accessibleDescription() == "row 1, column 0, weight 2"


def test_typing_is_live_and_enter_goes_down(bench: Bench) -> None:
    bench.press("-1/9")
    assert [c[0, 0] for c in bench.changes] == [-1.0, -1 / 9]
    assert bench.gestures == 0
    assert bench.grid.weights()[0, 0] == -1 / 9
    bench.press(Key.Key_Return)
    assert bench.gestures == 1
    assert bench.cells.selected() == (1, 0)
    assert bench.cells.hasFocus()
    bench.press("7", Key.Key_Tab, "8", Key.Key_Tab, "9", Key.Key_Tab)
    assert bench.grid.weights()[1].tolist() == [7.0, 8.0, 9.0]
    assert bench.cells.selected() == (2, 0)
    assert bench.gestures == 4


def test_the_announced_kernel_is_new_and_read_only(bench: Bench) -> None:
    bench.press("5")
    (change,) = bench.changes
    assert not change.flags.writeable
    assert SOBEL[0, 0] == 1.0
    assert change.shape == (3, 3)
    assert np.array_equal(change[1:], SOBEL[1:])


def test_escape_takes_the_typing_back(bench: Bench) -> None:
    bench.press(Key.Key_F2, "77", Key.Key_Escape)
    assert np.array_equal(bench.grid.weights(), SOBEL)
    assert np.array_equal(bench.changes[-1], SOBEL)
    assert bench.cells.hasFocus()
    assert bench.cells.selected() == (0, 0)


def test_bad_typing_changes_nothing_and_stays_open(bench: Bench) -> None:
    bench.press("-", Key.Key_Return)
    assert bench.changes == []
    assert not bench.cells.hasFocus()
    bench.press("3", Key.Key_Return)
    assert bench.grid.weights()[0, 0] == -3.0
    assert bench.cells.hasFocus()


def test_the_owner_may_echo_and_correct_while_typing(bench: Bench) -> None:
    bench.grid.weights_changed.connect(bench.grid.set_weights)
    bench.press("1", ".", "50")
    editor = QApplication.focusWidget()
    assert isinstance(editor, NumberField)
    assert editor.objectName() == "kernel-cell-0-0"
    assert editor.text() == "1.50"
    bench.grid.set_weights(SOBEL)
    assert editor.text() == "1"
    bench.grid.set_weights(np.eye(2))
    assert not editor.isVisible()


def test_delete_sets_zero(bench: Bench) -> None:
    bench.press(Key.Key_Delete)
    assert bench.grid.weights()[0, 0] == 0.0
    assert bench.gestures == 1
    bench.press(Key.Key_Backspace)
    assert len(bench.changes) == 1


def test_copy_and_paste_of_another_size(bench: Bench) -> None:
    bench.press(Key.Key_C, modifier=Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\t0\t-1\n2\t0\t-2\n1\t0\t-1"
    QGuiApplication.clipboard().setText("1/4 1/2; 0 −1")
    bench.cells.select(2, 2)
    bench.press(Key.Key_V, modifier=Modifier.ControlModifier)
    assert bench.changes[-1].tolist() == [[0.25, 0.5], [0.0, -1.0]]
    assert bench.cells.selected() == (1, 1)
    assert bench.gestures == 1


@pytest.mark.parametrize("text", ["", "one two", "1 2; 3", "\n".join(["0"] * 32)])
def test_a_bad_paste_is_a_problem(bench: Bench, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    bench.grid.paste()
    assert len(bench.problems) == 1
    assert str(bench.problems[0]).endswith(".")
    assert bench.changes == []
    assert np.array_equal(bench.grid.weights(), SOBEL)


def test_small_cells_are_typed_below(bench: Bench) -> None:
    assert not bench.field().isVisible()
    bench.grid.set_weights(np.zeros((31, 9)))
    bench.cells.select(3, 4)
    assert bench.field().isVisible()
    bench.press("1/7")
    assert QApplication.focusWidget() is bench.field()
    assert bench.grid.weights()[3, 4] == 1 / 7
    bench.press(Key.Key_Return)
    assert bench.cells.hasFocus()
    assert bench.cells.selected() == (4, 4)
    assert bench.field().value() == 0.0
    bench.press("2", Key.Key_Escape)
    assert bench.grid.weights()[4, 4] == 0.0
    assert bench.cells.hasFocus()
    QTest.mouseDClick(bench.cells, Qt.MouseButton.LeftButton, Modifier.NoModifier, bench.cell(0, 0))
    assert QApplication.focusWidget() is bench.field()


def test_tab_leaves_the_grid(bench: Bench) -> None:
    bench.grid.set_weights(np.zeros((9, 9)))
    bench.cells.setFocus()
    bench.press(Key.Key_Tab)
    assert QApplication.focusWidget() is bench.field()
    bench.press(Key.Key_Tab)
    assert QApplication.focusWidget() is not bench.field()


def test_retranslate_reaches_every_part(bench: Bench) -> None:
    bench.grid.retranslate()
    assert bench.grid.accessibleName()
    assert bench.cells.accessibleName()
    assert bench.field().accessibleName()
    assert bench.field().toolTip()
