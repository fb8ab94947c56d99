"""Mouse, touchpad and keyboard on a pane: it zooms, pans, points and pins."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.widgets.pane import Pane
from tests.ui.widgets.panes import (
    LECTURE,
    Maker,
    _light,
    click,
    colours_in,
    content_of,
    make,
    middle,
    pane,
    picture,
)

__all__ = ["_light", "make", "pane"]


def wheel(pane: Pane, point: QPointF, notches: float) -> None:
    event = QWheelEvent(
        point,
        pane.mapToGlobal(point),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane, event)


def test_the_wheel_zooms_at_the_pointer(make: Maker) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    point = QPointF(123, 98)
    before, zoom = pane.geometry_now().input_point(point), pane.viewport.zoom
    wheel(pane, point, 1)
    assert pane.viewport.zoom == pytest.approx(zoom * 1.25)
    assert pane.geometry_now().input_point(point) == pytest.approx(before)
    wheel(pane, point, 3)
    assert pane.geometry_now().input_point(point) == pytest.approx(before)
    wheel(pane, point, -4)
    assert pane.viewport.zoom == pytest.approx(zoom)


def drag(pane: Pane, qtbot: QtBot, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(pane, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(pane, (start + end) / 2)
    qtbot.mouseMove(pane, end)
    qtbot.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_pans_and_pins_nothing(make: Maker, qtbot: QtBot) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    pane.viewport.zoom_at((150, 200), 4)
    held = pane.geometry_now().input_point(QPointF(100, 100))
    with qtbot.assertNotEmitted(pane.pinned):
        drag(pane, qtbot, QPoint(100, 100), QPoint(140, 130))
    assert pane.geometry_now().input_point(QPointF(140, 130)) == pytest.approx(held)


def test_nothing_moves_while_everything_is_shown(pane: Pane, qtbot: QtBot) -> None:
    before = pane.geometry_now()
    drag(pane, qtbot, QPoint(100, 100), QPoint(140, 130))
    assert pane.geometry_now() == before


def test_a_double_click_fits(make: Maker, qtbot: QtBot) -> None:
    pane = make()
    pane.viewport.zoom_at((1, 1), 2)
    qtbot.mouseDClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert pane.viewport.fitted


def test_pointing_and_pinning(pane: Pane, qtbot: QtBot) -> None:
    seen: list[object] = []
    pane.hovered.connect(seen.append)
    for cell in ((2, 3), (2, 4)):
        qtbot.mouseMove(pane, middle(pane, cell))
        qtbot.mouseMove(pane, middle(pane, cell) + QPoint(2, 2))
    qtbot.mouseMove(pane, QPoint(1, 1))
    assert seen == [(2, 3), (2, 4), None]
    with qtbot.waitSignal(pane.pinned) as pinned:
        click(qtbot, pane, (2, 3))
    assert pinned.args == [(2, 3)]
    with qtbot.assertNotEmitted(pane.pinned):
        qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        qtbot.mouseClick(pane, Qt.MouseButton.RightButton, pos=middle(pane, (1, 1)))


def test_leaving_points_nowhere(pane: Pane, qtbot: QtBot) -> None:
    qtbot.mouseMove(pane, middle(pane, (2, 3)))
    with qtbot.waitSignal(pane.hovered) as hovered:
        QApplication.sendEvent(pane, QEvent(QEvent.Type.Leave))
    assert hovered.args == [None]


def test_a_pinch_on_the_touchpad_zooms(make: Maker) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    zoom, point = pane.viewport.zoom, QPointF(50, 60)
    before = pane.geometry_now().input_point(point)
    gesture = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        point,
        point,
        pane.mapToGlobal(point),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(pane, gesture)
    assert pane.viewport.zoom == pytest.approx(zoom * 1.5)
    assert pane.geometry_now().input_point(point) == pytest.approx(before)


def test_arrows_move_a_cursor_that_is_spoken(pane: Pane, qtbot: QtBot) -> None:
    seen: list[object] = []
    pane.hovered.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(pane, key)
    assert seen == [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
    qtbot.keyClick(pane, Qt.Key.Key_Up)
    assert pane.cursor_cell == (0, 0)
    assert pane.accessibleDescription() == "row 0, column 0, value 3"
    pane.set_content(content_of(pane.view(), LECTURE[None] - 7))
    assert pane.accessibleDescription() == "row 0, column 0, value −4"


def test_enter_pins_and_escape_unpins(pane: Pane, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(pane.pinned):
        qtbot.keyClick(pane, Qt.Key.Key_Return)
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    with qtbot.waitSignal(pane.pinned) as pinned:
        qtbot.keyClick(pane, Qt.Key.Key_Return)
    assert pinned.args == [(0, 0)]
    with qtbot.assertNotEmitted(pane.pinned):
        qtbot.keyClick(pane, Qt.Key.Key_Space)
    pane.space_pins = True
    with qtbot.waitSignal(pane.pinned):
        qtbot.keyClick(pane, Qt.Key.Key_Space)
    with qtbot.waitSignal(pane.unpinned):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)


def test_keys_zoom(make: Maker, qtbot: QtBot) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (220, 180))
    zoom = pane.viewport.zoom
    qtbot.keyClicks(pane, "+")
    assert pane.viewport.zoom == pytest.approx(zoom * 1.25)
    qtbot.keyClicks(pane, "1")
    assert pane.viewport.zoom == 1
    qtbot.keyClicks(pane, "0")
    assert pane.viewport.fitted
    qtbot.keyClicks(pane, "-")
    assert pane.viewport.zoom == pytest.approx(zoom * 0.8)


def test_the_cursor_scrolls_into_view(make: Maker, qtbot: QtBot) -> None:
    pane = make(np.zeros((1, 300, 400), np.float32), (420, 330))
    click(qtbot, pane, (10, 10))
    assert pane.cursor_cell is not None
    y, x = pane.cursor_cell
    pane.viewport.zoom_at((150, 200), 20)
    assert not QRectF(pane.rect()).contains(pane.cell_rect((y, x)))
    qtbot.keyClick(pane, Qt.Key.Key_Down)
    assert pane.cursor_cell == (y + 1, x)
    assert QRectF(pane.rect()).contains(pane.cell_rect((y + 1, x)))


def test_its_keys_are_kept_from_the_windows_shortcuts(pane: Pane) -> None:
    def wants(
        key: Qt.Key, text: str = "", modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier, text)
        event.ignore()
        QApplication.sendEvent(pane, event)
        return event.isAccepted()

    assert wants(Qt.Key.Key_Left)
    assert wants(Qt.Key.Key_0, "0")
    assert wants(Qt.Key.Key_Return, "\r")
    assert not wants(Qt.Key.Key_Space, " ")
    assert not wants(Qt.Key.Key_Escape)
    assert not wants(Qt.Key.Key_0, "0", Qt.KeyboardModifier.ControlModifier)
    assert not wants(Qt.Key.Key_PageDown)


def test_the_keyboards_place_is_seen(pane: Pane, qtbot: QtBot) -> None:
    pane.activateWindow()
    plain = picture(pane)
    pane.setFocus(Qt.FocusReason.MouseFocusReason)
    assert picture(pane) == plain
    pane.clearFocus()
    pane.setFocus(Qt.FocusReason.TabFocusReason)
    rim = QRectF(0, 40, 2, 100)
    assert QColor(theme.current().colours.focus).name() in colours_in(picture(pane), rim)
