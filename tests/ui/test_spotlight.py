"""Ctrl held on a projector lights up what the pointer is at; a shortcut does not."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from convviz.ui.spotlight import HOLD_MS
from tests.ui.driver import Driver


def send(driver: Driver, kind: QEvent.Type, key: Qt.Key) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(driver.window, QKeyEvent(kind, key, modifiers))


def hold(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    send(driver, QEvent.Type.KeyPress, Qt.Key.Key_Control)


def test_it_lights_up_while_ctrl_is_held(driver: Driver) -> None:
    driver.window.set_projector(True)
    hold(driver)
    light = driver.window.spotlight
    assert not light.isVisible()
    driver.qtbot.waitUntil(light.isVisible, timeout=10 * HOLD_MS)
    assert light.size() == driver.window.size()
    light.grab()
    send(driver, QEvent.Type.KeyRelease, Qt.Key.Key_Control)
    assert not light.isVisible()


def test_a_shortcut_does_not_light_up(driver: Driver) -> None:
    driver.window.set_projector(True)
    hold(driver)
    assert driver.window.spotlight.waits
    send(driver, QEvent.Type.KeyPress, Qt.Key.Key_B)
    assert not driver.window.spotlight.waits
    assert not driver.window.spotlight.isVisible()


def test_at_a_desk_there_is_none(driver: Driver) -> None:
    hold(driver)
    assert not driver.window.spotlight.waits
    assert not driver.window.spotlight.isVisible()
