"""The network room on a real X server: keys, wheel and mouse through the real event queue."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.state import Room
from tests.ui.driver import Driver

pytestmark = pytest.mark.xserver


def test_the_shipped_network_under_keys_and_mouse(make_window: Callable[..., Driver]) -> None:
    driver = make_window(Room.CONVOLUTION, (1280, 800))
    driver.qtbot.waitExposed(driver.window)
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    assert QGuiApplication.platformName() == "xcb"
    handle = driver.window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert driver.window.room is Room.NETWORK
    desk = driver.window.network.desk
    assert desk is not None
    assert "cat" in desk.panel.classes.bars()[0].name
    first = desk.strip.chosen_layer
    QTest.keyClick(handle, Qt.Key.Key_Right)
    QTest.keyClick(handle, Qt.Key.Key_Down)
    driver.settle()
    assert (desk.strip.chosen_layer, desk.mosaic.chosen_map) == (first + 1, 1)
    QTest.keyClick(handle, Qt.Key.Key_Return)
    driver.settle()
    assert desk.stack.currentWidget() is desk.large
    pane = desk.large.map
    inside = pane.mapTo(driver.window, pane.cell_rect((40, 60)).center().toPoint())
    QTest.mouseMove(handle, inside)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    QTest.mouseMove(handle, QPoint(2, 2))
    driver.settle()
    assert desk.pointing.pinned == Spot(False, (40, 60))
    assert "✓" in desk.line.plain_text()
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    driver.settle()
    assert desk.stack.currentWidget() is desk.mosaic
