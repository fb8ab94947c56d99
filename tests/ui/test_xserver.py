"""On a real X server: the keyboard, the clipboard and the window manager's side of things."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convviz.ui.state import Room
from tests.ui.driver import Driver

pytestmark = pytest.mark.xserver


def shown(make_window: Callable[..., Driver]) -> Driver:
    driver = make_window()
    driver.qtbot.waitExposed(driver.window)
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    driver.window.setFocus()
    assert QGuiApplication.platformName() == "xcb"
    return driver


def test_menu_shortcuts_work(make_window: Callable[..., Driver]) -> None:
    driver = shown(make_window)
    QTest.keyClick(driver.window.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert driver.window.room is Room.IMAGE
    QTest.keyClick(driver.window.windowHandle(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert driver.window.convolution.isVisible()
    QTest.keyClick(driver.window.windowHandle(), Qt.Key.Key_F5)
    assert driver.window.projector
    QTest.keyClick(driver.window.windowHandle(), Qt.Key.Key_F5)
    assert not driver.window.projector


def test_stepping_by_key_through_the_real_event_queue(make_window: Callable[..., Driver]) -> None:
    driver = shown(make_window)
    driver.window.opener.show_example("conv-step")
    driver.settle()
    handle = driver.window.windowHandle()
    for _ in range(6):
        QTest.keyClick(handle, Qt.Key.Key_Right)
    room = driver.window.convolution
    assert room.stages.panes["stage-1-0"].revealed == 6
    assert room.pointing.explanation is not None
    assert room.pointing.explanation.value == 4
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    assert room.stages.panes["stage-1-0"].revealed is None


def test_a_kernel_goes_through_the_clipboard_and_back(make_window: Callable[..., Driver]) -> None:
    driver = shown(make_window)
    grid = driver.window.convolution.kernel.grid
    grid.copy()
    assert QApplication.clipboard().text() == "1\t0\t-1\n2\t0\t-2\n1\t0\t-1"
    QApplication.clipboard().setText("1/4 1/2\n0; 1")
    QApplication.clipboard().setText("1 2 3\n4 5 6")
    grid.paste()
    assert driver.window.session.state.bank.kernel(0, 0).tolist() == [[1, 2, 3], [4, 5, 6]]
    driver.settle()
    assert driver.window.convolution.kernel.kernel_size.pair() == (2, 3)


def test_the_pointer_over_an_output_cell_explains_it(make_window: Callable[..., Driver]) -> None:
    driver = shown(make_window)
    driver.window.opener.show_example("conv-step")
    driver.settle()
    pane = driver.window.convolution.stages.panes["stage-1-0"]
    inside = pane.mapTo(driver.window, pane.cell_rect((2, 0)).center().toPoint())
    QTest.mouseMove(driver.window.windowHandle(), inside)
    QTest.mouseClick(
        driver.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside
    )
    driver.settle()
    found = driver.window.convolution.pointing.explanation
    assert found is not None
    assert (found.cell, found.value) == ((2, 0), -4)
