"""Numbers typed, spun and dragged in the real field."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.widgets.number_field import NumberField

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier


class Bench:
    """A field in a window, and what it has announced."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        self.field = NumberField(self.window)
        self.other = NumberField(self.window)
        layout.addWidget(self.field)
        layout.addWidget(self.other)
        self.values: list[float] = []
        self.gestures = 0
        self.field.value_changed.connect(self.values.append)
        self.field.gesture_finished.connect(self._count)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.field.setFocus()

    def _count(self) -> None:
        self.gestures += 1


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def _wheel(widget: QWidget, notches: int, modifiers: Qt.KeyboardModifier = _Modifier.NoModifier) -> bool:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def _drag(widget: QWidget, start: QPoint, way: QPoint, release: bool = True) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, _Modifier.NoModifier, start)
    for part in range(1, 9):
        _move(widget, start + way * part / 8)
    if release:
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, _Modifier.NoModifier, start + way)


def _move(widget: QWidget, position: QPoint) -> None:
    # QTest.mouseMove holds no button.
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(position),
        QPointF(widget.mapToGlobal(position)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        _Modifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def test_typing_announces_every_number_on_the_way(bench: Bench) -> None:
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "12.5")
    assert bench.values == [1.0, 12.0, 12.5]  # "12." means 12 still
    assert bench.gestures == 0
    QTest.keyClick(bench.field, _Key.Key_Return)
    assert bench.gestures == 1
    assert bench.field.text() == "12.5"


def test_fractions_and_minus_signs(bench: Bench) -> None:
    for typed, value, shown in (("1/9", 1 / 9, "1/9"), ("−2", -2.0, "−2"), ("-1e-3", -0.001, "−0.001")):
        bench.field.selectAll()
        for character in typed:
            # QTest types Latin characters only, and − is none.
            key = QKeyEvent(QEvent.Type.KeyPress, 0, _Modifier.NoModifier, character)
            QApplication.sendEvent(bench.field, key)
        QTest.keyClick(bench.field, _Key.Key_Return)
        assert bench.field.value() == value
        assert bench.field.text() == shown


def test_bad_text_keeps_the_last_good_value_and_says_why(bench: Bench) -> None:
    bench.field.set_value(3.0)
    help_text = bench.field.toolTip()
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "5x")
    assert bench.field.value() == 5.0
    assert bench.field.problem() is not None
    assert "5x" in bench.field.toolTip()
    QTest.keyClick(bench.field, _Key.Key_Escape)
    assert bench.field.value() == 3.0
    assert bench.field.problem() is None
    assert bench.field.toolTip() == help_text
    assert bench.values == [5.0, 3.0]
    assert bench.gestures == 1


def test_leaving_shows_the_value_in_force(bench: Bench) -> None:
    bench.field.set_value(3.0)
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "abc")
    bench.other.setFocus()
    assert bench.field.text() == "3"
    assert bench.field.problem() is None
    assert bench.values == []
    assert bench.gestures == 0


def test_set_value_is_silent_and_leaves_typing_alone(bench: Bench) -> None:
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "1.0")
    bench.field.set_value(1.0)
    assert bench.field.text() == "1.0"
    bench.field.set_value(7.0)
    assert bench.field.text() == "7"
    assert bench.values == [1.0]


@pytest.mark.parametrize(
    ("modifier", "step"),
    [(_Modifier.NoModifier, 1.0), (_Modifier.ShiftModifier, 0.1), (_Modifier.ControlModifier, 10.0)],
)
def test_spinning_by_key_and_wheel(bench: Bench, modifier: Qt.KeyboardModifier, step: float) -> None:
    for _ in range(3):
        QTest.keyClick(bench.field, _Key.Key_Up, modifier)
    assert bench.field.value() == pytest.approx(3 * step)
    assert bench.field.text() in ("3", "0.3", "30")
    assert _wheel(bench.field, -2, modifier)
    QTest.keyClick(bench.field, _Key.Key_Down, modifier)
    assert bench.field.value() == 0.0


def test_spinning_a_fraction_and_back_keeps_it(bench: Bench) -> None:
    bench.field.set_value(1 / 9)
    QTest.keyClick(bench.field, _Key.Key_Up, _Modifier.ShiftModifier)
    QTest.keyClick(bench.field, _Key.Key_Down, _Modifier.ShiftModifier)
    assert bench.field.text() == "1/9"


def test_the_wheel_scrolls_the_panel_while_the_field_has_no_focus(bench: Bench) -> None:
    bench.other.setFocus()
    assert not _wheel(bench.field, 1)
    assert bench.values == []


def test_spinning_is_one_gesture_after_a_pause(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.field.gesture_finished, timeout=3000):
        QTest.keyClick(bench.field, _Key.Key_Up)
        QTest.keyClick(bench.field, _Key.Key_Up)
    assert bench.gestures == 1


def test_dragging_turns_the_value_and_ends_with_the_release(bench: Bench) -> None:
    start = bench.field.rect().center()
    _drag(bench.field, start, QPoint(0, -40), release=False)
    assert bench.field.value() == 5.0
    assert bench.gestures == 0
    QTest.mouseRelease(bench.field, Qt.MouseButton.LeftButton, _Modifier.NoModifier, start)
    assert bench.gestures == 1
    _drag(bench.field, start, QPoint(-16, 0))
    assert bench.field.value() == 3.0
    assert bench.gestures == 2


def test_a_click_selects_all_and_changes_nothing(bench: Bench) -> None:
    bench.field.set_value(42.0)
    bench.other.setFocus()
    QTest.mouseClick(bench.field, Qt.MouseButton.LeftButton)
    assert bench.field.selectedText() == "42"
    assert bench.values == []


def test_the_range_stops_spins_and_refuses_typing(bench: Bench) -> None:
    bench.field.set_range(-1, 2)
    for _ in range(4):
        QTest.keyClick(bench.field, _Key.Key_Up)
    assert bench.field.value() == 2.0
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "7")
    assert bench.field.value() == 2.0
    assert "−1" in bench.field.toolTip()


@pytest.mark.parametrize("typed", ["1.1e30", "-1e31", "1e999", "inf", "nan"])
def test_numbers_too_large_for_any_sum_are_refused(bench: Bench, typed: str) -> None:
    bench.field.setText(typed)
    bench.field.textEdited.emit(typed)
    assert bench.field.problem() is not None
    assert bench.values == []
    bench.field.setText("-1e30")
    bench.field.textEdited.emit("-1e30")
    assert bench.values == [-1e30]
    assert bench.field.problem() is None


def test_spinning_stops_at_the_largest_number(bench: Bench) -> None:
    bench.field.set_value(1e30)
    QTest.keyClick(bench.field, _Key.Key_Up, _Modifier.ControlModifier)
    assert bench.field.value() == 1e30


def test_enter_says_in_the_window_what_is_wrong(bench: Bench) -> None:
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "5x")
    QTest.keyClick(bench.field, _Key.Key_Return)
    note = bench.window.findChild(QLabel, "number-problem")
    assert isinstance(note, QLabel)
    assert note.isVisible()
    assert not note.isWindow()  # as a tool tip is, which cannot be raised on every platform
    assert not QToolTip.isVisible()
    assert "5x" in note.text()
    QTest.keyClick(bench.field, _Key.Key_Backspace)
    assert not note.isVisible()


def test_whole_numbers_only(bench: Bench) -> None:
    bench.field.set_range(1, 16)
    bench.field.set_value(1.0)
    bench.field.set_whole(2)
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "2.5")
    assert bench.field.value() == 2.0
    assert bench.field.problem() is not None
    QTest.keyClick(bench.field, _Key.Key_Escape)
    QTest.keyClick(bench.field, _Key.Key_Up, _Modifier.ShiftModifier)
    assert bench.field.value() == 2.0


@pytest.mark.parametrize("keys", [QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo])
def test_undo_belongs_to_the_window(bench: Bench, keys: QKeySequence.StandardKey) -> None:
    calls: list[str] = []
    shortcut = QShortcut(QKeySequence(keys), bench.window)
    shortcut.activated.connect(lambda: calls.append("window"))
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "12")
    QTest.keySequence(bench.field, QKeySequence(keys))
    assert calls == ["window"]
    assert bench.field.text() == "12"


def test_escape_is_left_to_the_window_unless_something_was_typed(bench: Bench) -> None:
    calls: list[str] = []
    shortcut = QShortcut(QKeySequence(_Key.Key_Escape), bench.window)
    shortcut.activated.connect(lambda: calls.append("window"))
    QTest.keyClick(bench.field, _Key.Key_Escape)
    assert calls == ["window"]
    QTest.keyClicks(bench.field, "8")
    QTest.keyClick(bench.field, _Key.Key_Escape)
    assert calls == ["window"]
    assert bench.field.value() == 0.0


def test_retranslate_keeps_the_problem(bench: Bench) -> None:
    bench.field.selectAll()
    QTest.keyClicks(bench.field, "?")
    bench.field.retranslate()
    assert "?" in bench.field.toolTip()
