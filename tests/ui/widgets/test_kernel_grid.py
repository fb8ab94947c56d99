"""A kernel typed, spun, dragged, pasted and copied in the real grid."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.text import Sentence
from convviz.ui import theme
from convviz.ui.widgets.kernel_grid import KernelGrid
from convviz.ui.widgets.kernel_view import KernelView
from convviz.ui.widgets.number_field import NumberField

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
SOBEL = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])


class Bench:
    """A grid in a window, and what it has announced."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.grid = KernelGrid(self.window)
        self.grid.set_weights(SOBEL)
        QVBoxLayout(self.window).addWidget(self.grid)
        self.changes: list[NDArray[np.float64]] = []
        self.problems: list[Sentence] = []
        self.gestures = 0
        self.grid.weights_changed.connect(self.changes.append)
        self.grid.problem.connect(self.problems.append)
        self.grid.gesture_finished.connect(self._count)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.cells = self.grid.cells()
        self.cells.setFocus()

    def _count(self) -> None:
        self.gestures += 1

    def press(self, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier = _Modifier.NoModifier) -> None:
        """Press keys in whatever has the focus."""
        for key in keys:
            # Typing moves the focus: the first character opens the line over the cell.
            for stroke in key if isinstance(key, str) else (key,):
                focus = QApplication.focusWidget()
                assert focus is not None
                if isinstance(stroke, str):
                    QTest.keyClicks(focus, stroke)
                else:
                    QTest.keyClick(focus, stroke, modifier)

    def cell(self, row: int, column: int) -> QPoint:
        """Return the middle of a cell."""
        return self.cells.cell_rect(row, column).center()

    def field(self) -> NumberField:
        """Return the line below the cells."""
        found = self.grid.findChild(NumberField, "kernel-weight")
        assert isinstance(found, NumberField)
        return found


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


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
        _Modifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def test_arrows_and_ends_select(bench: Bench) -> None:
    bench.press(_Key.Key_Right, _Key.Key_Down, _Key.Key_Down, _Key.Key_Down)
    assert bench.cells.selected() == (2, 1)
    bench.press(_Key.Key_End)
    assert bench.cells.selected() == (2, 2)
    bench.press(_Key.Key_Home, _Key.Key_Left, _Key.Key_Up)
    assert bench.cells.selected() == (1, 0)
    assert bench.changes == []
    assert bench.cells.accessibleDescription() == "row 1, column 0, weight 2"


def test_typing_is_live_and_enter_goes_down(bench: Bench) -> None:
    bench.press("-1/9")
    assert [c[0, 0] for c in bench.changes] == [-1.0, -1 / 9]
    assert bench.gestures == 0
    assert bench.grid.weights()[0, 0] == -1 / 9
    bench.press(_Key.Key_Return)
    assert bench.gestures == 1
    assert bench.cells.selected() == (1, 0)
    assert bench.cells.hasFocus()
    bench.press("7", _Key.Key_Tab, "8", _Key.Key_Tab, "9", _Key.Key_Tab)
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
    bench.press(_Key.Key_F2, "77", _Key.Key_Escape)
    assert np.array_equal(bench.grid.weights(), SOBEL)
    assert np.array_equal(bench.changes[-1], SOBEL)
    assert bench.cells.hasFocus()
    assert bench.cells.selected() == (0, 0)


def test_bad_typing_changes_nothing_and_stays_open(bench: Bench) -> None:
    bench.press("-", _Key.Key_Return)
    assert bench.changes == []
    assert not bench.cells.hasFocus()
    bench.press("3", _Key.Key_Return)
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


def test_spinning_by_key(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.grid.gesture_finished, timeout=3000):
        bench.press(_Key.Key_Up, _Key.Key_Up, modifier=_Modifier.ControlModifier)
        bench.press(_Key.Key_Down, modifier=_Modifier.ControlModifier | _Modifier.ShiftModifier)
    assert [c[0, 0] for c in bench.changes] == [2.0, 3.0, 2.9]
    assert bench.gestures == 1


def test_delete_sets_zero(bench: Bench) -> None:
    bench.press(_Key.Key_Delete)
    assert bench.grid.weights()[0, 0] == 0.0
    assert bench.gestures == 1
    bench.press(_Key.Key_Backspace)
    assert len(bench.changes) == 1


def test_the_wheel_turns_the_cell_under_the_pointer(bench: Bench) -> None:
    assert _wheel(bench.cells, bench.cell(1, 1), 2, _Modifier.NoModifier)
    assert _wheel(bench.cells, bench.cell(1, 1), -1, _Modifier.ShiftModifier)
    assert bench.grid.weights()[1, 1] == 1.9
    assert bench.cells.selected() == (1, 1)
    bench.cells.clearFocus()
    assert not _wheel(bench.cells, bench.cell(1, 1), 1, _Modifier.NoModifier)
    assert bench.gestures == 1


def test_a_drag_turns_the_cell_like_a_knob(bench: Bench) -> None:
    start = bench.cell(2, 0)
    QTest.mousePress(bench.cells, Qt.MouseButton.LeftButton, _Modifier.NoModifier, start)
    for up in range(0, 25, 4):
        _move(bench.cells, start - QPoint(0, up), Qt.MouseButton.LeftButton)
    assert [c[2, 0] for c in bench.changes] == [2.0, 3.0, 4.0]
    assert bench.gestures == 0
    QTest.mouseRelease(bench.cells, Qt.MouseButton.LeftButton, _Modifier.NoModifier, start)
    assert bench.gestures == 1


def test_a_click_selects_and_a_double_click_types(bench: Bench) -> None:
    QTest.mouseClick(bench.cells, Qt.MouseButton.LeftButton, _Modifier.NoModifier, bench.cell(1, 2))
    assert bench.cells.selected() == (1, 2)
    QTest.mouseDClick(bench.cells, Qt.MouseButton.LeftButton, _Modifier.NoModifier, bench.cell(1, 2))
    bench.press("4")
    assert bench.grid.weights()[1, 2] == 4.0
    QTest.mouseClick(bench.cells, Qt.MouseButton.LeftButton, _Modifier.NoModifier, bench.cell(0, 0))
    assert bench.cells.hasFocus()
    assert bench.changes[-1][1, 2] == 4.0
    assert bench.gestures == 1


def test_copy_and_paste_of_another_size(bench: Bench) -> None:
    bench.press(_Key.Key_C, modifier=_Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\t0\t-1\n2\t0\t-2\n1\t0\t-1"
    QGuiApplication.clipboard().setText("1/4 1/2; 0 −1")
    bench.cells.select(2, 2)
    bench.press(_Key.Key_V, modifier=_Modifier.ControlModifier)
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


def test_small_cells_are_typed_below(bench: Bench) -> None:
    assert not bench.field().isVisible()
    bench.grid.set_weights(np.zeros((31, 9)))
    bench.cells.select(3, 4)
    assert bench.field().isVisible()
    bench.press("1/7")
    assert QApplication.focusWidget() is bench.field()
    assert bench.grid.weights()[3, 4] == 1 / 7
    bench.press(_Key.Key_Return)
    assert bench.cells.hasFocus()
    assert bench.cells.selected() == (4, 4)
    assert bench.field().value() == 0.0
    bench.press("2", _Key.Key_Escape)
    assert bench.grid.weights()[4, 4] == 0.0
    assert bench.cells.hasFocus()
    QTest.mouseDClick(bench.cells, Qt.MouseButton.LeftButton, _Modifier.NoModifier, bench.cell(0, 0))
    assert QApplication.focusWidget() is bench.field()


def test_tab_leaves_the_grid(bench: Bench) -> None:
    bench.grid.set_weights(np.zeros((9, 9)))
    bench.cells.setFocus()
    bench.press(_Key.Key_Tab)
    assert QApplication.focusWidget() is bench.field()
    bench.press(_Key.Key_Tab)
    assert QApplication.focusWidget() is not bench.field()


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (7, 1), (2, 5), (31, 31), (1, 31)])
@pytest.mark.parametrize("scale", [theme.DESK_SCALE, theme.PROJECTOR_SCALE])
def test_every_shape_fits_its_place(bench: Bench, shape: tuple[int, int], scale: float) -> None:
    theme.install(theme.Theme(scale=scale))
    try:
        bench.grid.set_weights(np.linspace(-1, 1, shape[0] * shape[1]).reshape(shape))
        bench.window.grab()
        rows, columns = shape
        assert bench.cells.rect().contains(bench.cells.cell_rect(rows - 1, columns - 1))
        assert bench.cells.width() <= 260 * scale
        assert bench.cells.height() <= 260 * scale
        assert bench.cells.cell_rect(0, 0).width() >= int(7 * scale)
    finally:
        theme.install(theme.Theme())


def test_retranslate_reaches_every_part(bench: Bench) -> None:
    bench.grid.retranslate()
    assert bench.grid.accessibleName()
    assert bench.cells.accessibleName()
    assert bench.field().accessibleName()
    assert bench.field().toolTip()


@pytest.mark.parametrize("extent", [250, 90])
@pytest.mark.parametrize("size", [1, 3, 7, 9, 31])
def test_cells_painted_one_by_one_look_like_all_painted_at_once(qtbot: QtBot, size: int, extent: int) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    random = np.random.default_rng(size)
    weights = random.integers(-9, 10, (size, size)).astype(float)
    view = KernelView(extent, host)
    view.set_weights(weights)
    shown = view.grab().toImage()
    for value in (1.0, 0.25, -30.0, 1 / 9, 0.123456789):
        row, column = random.integers(0, size, 2).tolist()
        before = view.picture()
        weights = weights.copy()
        weights[row, column] = value
        view.set_weights(weights)
        cells = view.picture().changed_cells(before)
        areas = [view.rect()] if cells is None else [view.painted_rect(*cell) for cell in cells]
        for area in areas:
            painter = QPainter(shown)
            painter.drawImage(area.topLeft(), view.grab(area).toImage())
            painter.end()
        fresh = KernelView(extent, host)
        fresh.set_weights(weights)
        assert shown == fresh.grab().toImage()


def test_who_computes_hears_of_a_weight_before_it_is_drawn(bench: Bench) -> None:
    seen: list[object] = []
    picture = bench.cells.picture()
    bench.grid.weights_changed.connect(lambda _: seen.append(bench.cells.picture()))
    bench.cells.set_weight(7.0)
    assert seen == [picture]
    assert bench.cells.picture() is not picture
    assert bench.grid.weights()[bench.cells.selected()] == 7
