"""Drawing a digit and looking at its numbers: with the mouse, a finger and the keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputDevice, QKeySequence, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.figures.digit_figure import DigitFigure
from convviz.ui.figures.drawing_field import CELLS, DrawingField
from convviz.ui.figures.seen_digit import SeenDigit
from convviz.ui.figures.strokes import MOST_POINTS
from convviz.work.threads import Threads
from tests.ui.figures.digit_figure import field_of, figure_of, settled, threads

__all__ = ["threads"]


Key = Qt.Key


def test_the_mouse_draws_inside_the_field_only(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.resize(400, 300)  # the square is 300 wide and starts at 50
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(field, left, pos=QPoint(20, 100))
    assert not field.strokes
    QTest.mousePress(field, left, pos=QPoint(50 + 150, 30))
    QTest.mouseMove(field, QPoint(50 + 150, 150))
    QTest.mouseMove(field, QPoint(50 + 150, 290 + 100))  # beyond the edge: to the edge
    QTest.mouseRelease(field, left, pos=QPoint(50 + 150, 290))
    QTest.mouseMove(field, QPoint(60, 10))
    assert field.strokes == (((0.5, 0.1), (0.5, 0.5), (0.5, 1.0)),)
    QTest.mousePress(field, Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    assert len(field.strokes) == 1


def test_a_finger_draws_and_a_second_one_does_not(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.resize(200, 200)
    field.show()
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen, QInputDevice.Capability.Position)
    assert isinstance(device, QPointingDevice)
    QTest.touchEvent(field, device).press(0, QPoint(20, 20), field)
    QTest.touchEvent(field, device).move(0, QPoint(20, 100), field).press(1, QPoint(180, 180), field)
    QTest.touchEvent(field, device).release(0, QPoint(20, 100), field).release(1, QPoint(180, 180), field)
    assert field.strokes == (((0.1, 0.1), (0.1, 0.5)),)


def test_the_keys_draw_lift_and_clear(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Key.Key_Left)
    assert field.strokes == ()
    assert field.brush == (CELLS // 2 - 1, CELLS // 2)
    QTest.keyClick(field, Key.Key_Space)
    assert field.lowered
    assert len(field.strokes) == 1
    for _ in range(3):
        QTest.keyClick(field, Key.Key_Down)
    x = (CELLS // 2 - 0.5) / CELLS
    assert field.strokes == (tuple((x, (CELLS // 2 + n + 0.5) / CELLS) for n in range(4)),)
    assert "Space lifts it" in field.accessibleDescription()
    QTest.keyClick(field, Key.Key_Space)
    QTest.keyClick(field, Key.Key_Down)
    assert len(field.strokes[0]) == 4
    for _ in range(2 * CELLS):
        QTest.keyClick(field, Key.Key_Down)
    assert field.brush[1] == CELLS - 1
    QTest.keyClick(field, Key.Key_Delete)
    assert field.strokes == ()
    QTest.keyClick(field, Key.Key_Space)
    QTest.keyClick(field, Key.Key_Backspace)
    assert field.strokes == ()
    assert not field.lowered


@pytest.mark.parametrize("kind", [DrawingField, SeenDigit])
def test_its_keys_are_kept_from_the_shortcuts_of_menus(qtbot: QtBot, kind: type[QWidget]) -> None:
    window = QMainWindow()
    part = kind()
    window.setCentralWidget(part)
    qtbot.addWidget(window)
    stolen: list[bool] = []
    for key in (Key.Key_Left, Key.Key_A):
        action = QAction(window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: stolen.append(True))
        window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
    part.setFocus()
    before = part.accessibleDescription()
    QTest.keyClick(part, Key.Key_Left)
    assert stolen == []
    assert part.accessibleDescription() != before
    QTest.keyClick(part, Key.Key_A)
    assert len(stolen) == 1


def test_a_digit_drawn_with_the_keys_is_recognised(qtbot: QtBot, threads: Threads) -> None:
    figure = figure_of(qtbot, threads, {})
    field = field_of(figure)
    for key, times in [
        (Key.Key_Up, 6),
        (Key.Key_Left, 4),
        (Key.Key_Space, 1),
        (Key.Key_Right, 8),
        (Key.Key_Down, 13),
        (Key.Key_Space, 1),
    ]:
        for _ in range(times):
            QTest.keyClick(field, key)
    settled(qtbot, figure)
    assert figure.shown()["digit"] == "7"


def test_the_numbers_follow_the_mouse_and_the_keys(qtbot: QtBot) -> None:
    seen = SeenDigit()
    qtbot.addWidget(seen)
    seen.resize(296, 140)
    values = np.arange(784, dtype=np.int64).reshape(28, 28).astype(np.uint8)
    seen.set_values(values)
    assert seen.squares()[0].width() == 140  # five pixels a cell
    QTest.mouseMove(seen, QPoint(52, 102))
    assert seen.corner == (18, 8)
    np.testing.assert_array_equal(seen.lens(), values[18:23, 8:13])
    assert "rows 19 to 23, columns 9 to 13" in seen.accessibleDescription()
    QTest.keyClick(seen, Key.Key_Up)
    QTest.keyClick(seen, Key.Key_Right)
    assert seen.corner == (17, 9)
    QTest.mouseMove(seen, QPoint(1, 139))
    assert seen.corner == (23, 0)


def test_a_long_stroke_goes_on_as_the_next(qtbot: QtBot) -> None:
    field = DrawingField()
    qtbot.addWidget(field)
    field.resize(1000, 1000)
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(0, 500))
    for n in range(MOST_POINTS + 20):
        QTest.mouseMove(field, QPoint(500, 100 if n % 2 else 900))
    assert [len(stroke) for stroke in field.strokes] == [MOST_POINTS, 22]
    assert DigitFigure({"strokes": field.strokes}).table()["strokes"]
