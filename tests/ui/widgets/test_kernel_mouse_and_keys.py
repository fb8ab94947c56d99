"""A kernel spun, dragged and clicked, its menu, and which keys are its own."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeySequence,
    QMouseEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.kernel_bench import Bench, Key, Modifier, bench

__all__ = ["bench"]


def _wheel(widget: QWidget, position: QPoint, notches: int, modifier: Qt.KeyboardModifier) -> bool:
    event = QWheelEvent(
        QPointF(position),
        QPointF(widget.mapToGlobal(position)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def _move(widget: QWidget, position: QPoint, button: Qt.MouseButton) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(position),
        QPointF(widget.mapToGlobal(position)),
        Qt.MouseButton.NoButton,
        button,
        Modifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def test_spinning_by_key(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.grid.gesture_finished, timeout=3000):
        bench.press(Key.Key_Up, Key.Key_Up, modifier=Modifier.ControlModifier)
        bench.press(Key.Key_Down, modifier=Modifier.ControlModifier | Modifier.ShiftModifier)
    assert [c[0, 0] for c in bench.changes] == [2.0, 3.0, 2.9]
    assert bench.gestures == 1


def test_the_wheel_turns_the_cell_under_the_pointer(bench: Bench) -> None:
    assert _wheel(bench.cells, bench.cell(1, 1), 2, Modifier.NoModifier)
    assert _wheel(bench.cells, bench.cell(1, 1), -1, Modifier.ShiftModifier)
    assert bench.grid.weights()[1, 1] == 1.9
    assert bench.cells.selected() == (1, 1)
    bench.cells.clearFocus()
    assert not _wheel(bench.cells, bench.cell(1, 1), 1, Modifier.NoModifier)
    assert bench.gestures == 1


def test_a_drag_turns_the_cell_like_a_knob(bench: Bench) -> None:
    start = bench.cell(2, 0)
    QTest.mousePress(bench.cells, Qt.MouseButton.LeftButton, Modifier.NoModifier, start)
    for up in range(0, 25, 4):
        _move(bench.cells, start - QPoint(0, up), Qt.MouseButton.LeftButton)
    assert [c[2, 0] for c in bench.changes] == [2.0, 3.0, 4.0]
    assert bench.gestures == 0
    QTest.mouseRelease(bench.cells, Qt.MouseButton.LeftButton, Modifier.NoModifier, start)
    assert bench.gestures == 1


def test_a_click_selects_and_a_double_click_types(bench: Bench) -> None:
    QTest.mouseClick(bench.cells, Qt.MouseButton.LeftButton, Modifier.NoModifier, bench.cell(1, 2))
    assert bench.cells.selected() == (1, 2)
    QTest.mouseDClick(bench.cells, Qt.MouseButton.LeftButton, Modifier.NoModifier, bench.cell(1, 2))
    bench.press("4")
    assert bench.grid.weights()[1, 2] == 4.0
    QTest.mouseClick(bench.cells, Qt.MouseButton.LeftButton, Modifier.NoModifier, bench.cell(0, 0))
    assert bench.cells.hasFocus()
    assert bench.changes[-1][1, 2] == 4.0
    assert bench.gestures == 1


def test_the_context_menu(bench: Bench, qtbot: QtBot) -> None:
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        position = bench.cell(0, 0)
        QApplication.sendEvent(
            bench.cells, QContextMenuEvent(reason, position, bench.cells.mapToGlobal(position))
        )
        menu = bench.grid.findChild(QMenu, "kernel-menu")
        assert isinstance(menu, QMenu)
        action = menu.findChild(QAction, "kernel-clear")
        assert isinstance(action, QAction)
        action.trigger()
        menu.close()
        qtbot.waitUntil(lambda: bench.grid.findChild(QMenu, "kernel-menu") is None)
    assert bench.grid.weights()[0, 0] == 0.0


@pytest.mark.parametrize("keys", ["Right", "Delete", "Ctrl+C", "Ctrl+Up", "1", "F2"])
def test_its_keys_win_over_the_windows_shortcuts(bench: Bench, keys: str) -> None:
    calls: list[str] = []
    shortcut = QShortcut(QKeySequence(keys), bench.window)
    shortcut.activated.connect(lambda: calls.append(keys))
    QTest.keySequence(bench.cells, QKeySequence(keys))
    assert calls == []


@pytest.mark.parametrize("keys", ["Space", "PgDown", "Ctrl+Z", "Alt+Left", "Esc"])
def test_other_keys_are_the_windows(bench: Bench, keys: str) -> None:
    calls: list[str] = []
    shortcut = QShortcut(QKeySequence(keys), bench.window)
    shortcut.activated.connect(lambda: calls.append(keys))
    QTest.keySequence(bench.cells, QKeySequence(keys))
    assert calls == [keys]
