"""Edits of a filter of the network: undone and redone, kept with other pictures, pasted."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.trial import Trial
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.network_room import OTHER, catalogue, desk, driver
from tests.ui.trials import edit, opened, step

__all__ = ["catalogue", "driver"]


def first_weight(room: NetworkDesk) -> float:
    """Return the first weight of the network on screen."""
    assert room.traced is not None
    return float(room.traced.network.parameter("0.weight")[0, 0, 0, 0])


def press(driver: Driver, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    driver.qtbot.keyClick(desk(driver).tools.trial.grid.cells(), key, modifiers)
    driver.settle()


def test_undo_and_redo_go_through_the_edits_of_a_kernel_that_is_tried(driver: Driver) -> None:
    room = opened(driver)
    base, own = room.traced, first_weight(room)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    actions = driver.window.menus.commands.actions
    assert not actions["undo"].isEnabled()
    step(driver, 4.0)
    step(driver, 5.0)
    assert actions["undo"].text() == "&Undo edit of filter 0 of 0"
    press(driver, Qt.Key.Key_Z, control)
    assert first_weight(room) == room.tools.trial.grid.weights()[0, 0] == 4.0
    press(driver, Qt.Key.Key_Z, control)
    assert room.traced is base
    assert not room.tools.trial.mark.isVisible()
    assert not actions["undo"].isEnabled()
    press(driver, Qt.Key.Key_Z, control | shift)
    press(driver, Qt.Key.Key_Z, control | shift)
    assert first_weight(room) == 5.0
    assert room.tools.trial.mark.isVisible()
    driver.trigger("network-reset")
    driver.settle()
    assert first_weight(room) == own
    press(driver, Qt.Key.Key_Z, control)
    assert first_weight(room) == 5.0


def test_one_gesture_is_one_step_and_undo_shows_the_channel_it_changes(driver: Driver) -> None:
    room = opened(driver)
    card, base = room.tools.trial, room.traced
    card.channel.set_value(2.0)
    card.channel.value_changed.emit(2.0)
    for value in (1.0, 2.0, 3.0):
        edit(driver, value)
    card.grid.gesture_finished.emit()
    driver.qtbot.mouseClick(card.negate, Qt.MouseButton.LeftButton)
    card.channel.set_value(0.0)
    card.channel.value_changed.emit(0.0)
    driver.trigger("undo")
    driver.settle()
    assert card.shown_channel() == 2
    assert card.grid.weights()[0, 0] == 3.0
    driver.trigger("undo")
    driver.settle()
    assert room.traced is base


def test_undo_means_the_session_again_when_the_card_is_closed_or_another_room_is_open(driver: Driver) -> None:
    room = opened(driver)
    step(driver, 4.0)
    actions = driver.window.menus.commands.actions
    driver.window.set_room(Room.CONVOLUTION)
    assert not actions["undo"].isEnabled()
    driver.window.set_room(Room.NETWORK)
    assert actions["undo"].isEnabled()
    driver.qtbot.keyClick(room.tools.trial.grid.cells(), Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    driver.trigger("network-try")
    assert not room.tools.trial.isVisible()
    assert not actions["undo"].isEnabled()


def test_an_edit_stays_when_the_picture_changes_until_it_is_reset(driver: Driver) -> None:
    room = opened(driver)
    step(driver, 4.0)
    assert room.traced is not None
    shown: list[bool] = []
    room.described.connect(lambda _: shown.append(first_weight(room) == 4.0))
    driver.window.opener.open_sample("coffee")
    driver.settle()
    # At no time are classes of the unedited network on screen.
    assert shown
    assert all(shown)
    assert room.trying.is_edited
    assert room.traced.picture is driver.window.session.state.picture
    assert not room.stale
    edited = room.traced
    expected = edited.network.trace(edited.picture)
    np.testing.assert_allclose(edited.trace.scores, expected.scores, rtol=1e-4, atol=1e-5)
    assert "edited" in room.bar.origin.whole()
    card = room.tools.trial.filter()
    assert card is not None
    assert card[0, 0, 0] == 4.0
    # What was done can be undone on the other picture.
    assert room.trying.steps.count() == 1
    driver.trigger("undo")
    driver.settle()
    assert not room.trying.is_edited
    assert first_weight(room) != 4.0
    assert room.traced.picture is edited.picture
    driver.trigger("redo")
    driver.settle()
    assert first_weight(room) == 4.0
    driver.trigger("network-reset")
    driver.settle()
    assert first_weight(room) != 4.0


def test_an_edit_that_does_not_run_on_the_next_picture_leaves_the_network_as_it_is(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened(driver)
    step(driver, 4.0)

    def refuse(*args: object) -> Any:
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no “{path}”."), path="kernel")

    monkeypatch.setattr(Trial, "run", refuse)
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert room.problem.text() == "There is no “kernel”."
    assert room.traced is not None
    assert room.traced.picture is driver.window.session.state.picture
    assert first_weight(room) != 4.0
    assert not room.trying.is_edited
    assert not room.stale


def test_another_network_leaves_nothing_to_undo(driver: Driver) -> None:
    room = opened(driver)
    step(driver, 4.0)
    room.choose_network(OTHER)
    driver.settle()
    assert room.trying.steps.count() == 0
    assert not room.trying.is_edited


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (
            "1 2\n3 4",
            "The filter has 3 × 3 weights a channel, and 2 × 2 were pasted: paste as many as it has.",
        ),
        ("no numbers", ""),
    ],
)
def test_what_cannot_be_pasted_is_said_until_the_next_edit(driver: Driver, pasted: str, said: str) -> None:
    room = opened(driver)
    base, card = room.traced, room.tools.trial
    own = card.grid.weights().copy()
    QApplication.clipboard().setText(pasted)
    press(driver, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert room.problem.isVisible()
    assert room.problem.text() == said or (not said and room.problem.text())
    assert room.traced is base
    assert np.array_equal(card.grid.weights(), own)
    QApplication.clipboard().setText("1 2 3\n4 5 6\n7 8 9")
    press(driver, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not room.problem.isVisible()
    assert first_weight(room) == 1.0


def test_a_refused_paste_brings_back_what_was_said_before(driver: Driver) -> None:
    room = desk(driver)
    room.choose_network(OTHER)
    driver.settle()
    said = room.problem.text()
    assert said
    opened(driver)
    for text in ("1 2", "1 2 3"):
        QApplication.clipboard().setText(text)
        press(driver, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert room.problem.text() != said
    edit(driver, 4.0)
    assert room.problem.text() == said
