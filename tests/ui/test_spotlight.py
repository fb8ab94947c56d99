"""Ctrl held on a projector lights up what the pointer is at; a shortcut does not."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from convviz.ui.spotlight import HOLD_MS, Spotlight
from convviz.ui.theme import ThemeName
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


def test_another_theme_does_not_pass_it_event_by_event(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[QEvent.Type] = []

    def watch(_self: Spotlight, _watched: QObject, event: QEvent) -> bool:
        seen.append(event.type())
        return False

    # Before there is one: Qt remembers which method it calls.
    monkeypatch.setattr(Spotlight, "eventFilter", watch)
    light = Spotlight(driver.window)
    driver.window.spotlight = light
    light.wanted = True
    QApplication.sendEvent(driver.window, QEvent(QEvent.Type.User))
    assert seen == [QEvent.Type.User]
    driver.window.set_theme(ThemeName.DARK)
    assert len(seen) < 50
    QApplication.sendEvent(driver.window, QEvent(QEvent.Type.User))
    assert seen[-1] is QEvent.Type.User
    light.wanted = False
