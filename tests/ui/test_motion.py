"""Nothing moves where the user asks for stillness: what would move is at its end at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from convviz.ui.motion import motion_reduced, motion_wanted, reduce_motion
from convviz.ui.preferences import Preferences
from convviz.ui.widgets.turn_animation import TurnAnimation
from tests.ui.driver import Driver


@pytest.fixture
def moving(driver: Driver) -> Iterator[Driver]:
    yield driver
    reduce_motion(False)


def turn(driver: Driver) -> TurnAnimation:
    """Turn the kernel by 180°, and return what would turn before one's eyes."""
    driver.trigger("kernel-rotate")
    found = driver.window.findChild(TurnAnimation, "kernel-turn")
    assert isinstance(found, TurnAnimation)
    return found


def test_the_kernel_turns_unless_stillness_is_asked_for(moving: Driver) -> None:
    sheet = turn(moving)
    assert sheet.running
    sheet.stop()
    moving.trigger("reduced-motion")
    assert not motion_wanted(moving.window.convolution.kernel.grid)
    assert not turn(moving).running
    moving.trigger("reduced-motion")
    assert turn(moving).running
    sheet.stop()
    moving.settle()


def test_what_moves_already_goes_to_its_end(moving: Driver) -> None:
    sheet = turn(moving)
    assert sheet.running
    with moving.qtbot.waitSignal(sheet.finished, timeout=600):
        moving.trigger("reduced-motion")
        QApplication.processEvents()
    assert not sheet.running
    moving.settle()


def test_the_wish_is_kept_and_holds_from_the_next_start_on(moving: Driver) -> None:
    assert not Preferences(QSettings()).reduced_motion
    moving.trigger("reduced-motion")
    assert Preferences(QSettings()).reduced_motion
    assert motion_reduced()
    assert moving.window.menus.commands.actions["reduced-motion"].isChecked()
