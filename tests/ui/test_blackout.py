"""The black screen covers the window, takes every key, and leaves all as it was."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox

from convviz.ui.language import Language
from tests.ui.driver import Driver


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_Period])
def test_the_keys_of_remotes_cover_the_whole_window_with_black(driver: Driver, key: Qt.Key) -> None:
    driver.window.set_projector(True, remember=False)
    driver.settle()
    QTest.keyClick(driver.window, key)
    assert driver.window.blackout.isVisible()
    image = driver.window.grab().toImage()
    spots = [(x, y) for x in range(0, image.width(), 97) for y in range(0, image.height(), 83)]
    assert {image.pixelColor(x, y).name() for x, y in spots} == {QColor("black").name()}
    driver.window.resize(1400, 800)
    driver.qtbot.waitUntil(lambda: driver.window.blackout.size() == driver.window.size())


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_PageDown, Qt.Key.Key_Escape, Qt.Key.Key_Z])
def test_any_key_brings_the_picture_back_and_does_nothing_else(driver: Driver, key: Qt.Key) -> None:
    driver.window.lessons.open("conv-step")
    driver.settle()
    step, state = driver.window.lessons.course.index, driver.window.session.state
    driver.window.convolution.setFocus()
    before = driver.window.focusWidget()
    driver.trigger("lessons-blackout")
    QTest.keyPress(driver.window.blackout, Qt.Key.Key_Control)
    assert driver.window.blackout.isVisible()
    QTest.keyClick(driver.window.blackout, key)
    assert not driver.window.blackout.isVisible()
    assert driver.window.focusWidget() is before
    assert (driver.window.lessons.course.index, driver.window.session.state) == (step, state)


def test_a_click_brings_the_picture_back(driver: Driver) -> None:
    driver.trigger("lessons-blackout")
    QTest.mouseClick(driver.window.blackout, Qt.MouseButton.LeftButton)
    assert not driver.window.blackout.isVisible()


def test_the_lecturers_view_covers_it_too(driver: Driver) -> None:
    driver.window.lessons.present()
    notes = driver.window.lessons.notes
    assert notes is not None
    QTest.keyClick(notes, Qt.Key.Key_B)
    assert driver.window.blackout.isVisible()
    QTest.keyClick(notes, Qt.Key.Key_B)
    assert not driver.window.blackout.isVisible()


def test_it_is_said_in_the_language_in_force(driver: Driver) -> None:
    english = driver.window.blackout.accessibleName()
    driver.window.set_language(Language.RUSSIAN)
    assert driver.window.blackout.accessibleName() not in ("", english)


def test_who_had_the_keys_may_have_gone_behind_the_black(driver: Driver) -> None:
    field = QSpinBox(driver.window)
    field.show()
    field.setFocus()
    driver.trigger("lessons-blackout")
    shiboken6.delete(field)
    driver.trigger("lessons-blackout")
    assert not driver.window.blackout.isVisible()
    # The next time somebody else has them.
    driver.window.convolution.setFocus()
    driver.trigger("lessons-blackout")
    driver.trigger("lessons-blackout")
    assert driver.window.focusWidget() is driver.window.convolution
