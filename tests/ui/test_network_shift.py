"""The picture moved in front of the network: which layers' maps move along."""

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from convviz.nets.why.shift import shift
from convviz.ui import network_shift
from convviz.ui.language import Language
from convviz.ui.map_colours import NO_NUMBER
from convviz.ui.rooms.network_desk import NetworkDesk
from tests.ui.driver import Driver
from tests.ui.network_room import catalogue, desk, driver

__all__ = ["catalogue", "driver"]


def opened(driver: Driver) -> NetworkDesk:
    """Return the room with the card open."""
    driver.trigger("network-shift")
    driver.settle()
    room = desk(driver)
    assert room.tools.shift.isVisible()
    return room


def differences(room: NetworkDesk) -> dict[int, float | None]:
    return {bar.layer: bar.difference for bar in room.tools.shift.bars.bars()}


def test_where_it_was_nothing_differs(driver: Driver) -> None:
    room = opened(driver)
    # Layers with maps, but for activations, which do the same to each value: ReLUs are 1 and 4.
    assert differences(room) == dict.fromkeys((0, 2, 3, 5), 0.0)
    assert room.tools.shift.right.hasFocus()


def test_one_pixel_is_lost_at_the_pooling_and_two_are_not(driver: Driver) -> None:
    room = opened(driver)
    card = room.tools.shift
    driver.qtbot.keyClick(card.right, Qt.Key.Key_Right)
    driver.settle()
    assert card.by == (0, 1)
    found = differences(room)
    assert found[0] == pytest.approx(0, abs=1e-5)
    assert found[2] is not None
    assert found[2] > 0.01
    assert "until 2" in card.said.text()
    assert "2 pixels apart" in card.said.text()
    driver.qtbot.keyClick(card.right, Qt.Key.Key_Right)
    driver.settle()
    again = differences(room)
    assert all(again[layer] == pytest.approx(0, abs=1e-5) for layer in (0, 2, 3))
    assert room.traced is not None
    network, trace = room.traced.network, room.traced.trace
    assert again[5] == shift(network.module, trace, 0, 2).layers[5].overlap


def test_a_bar_leads_to_its_layer_and_the_layer_to_its_bar(driver: Driver) -> None:
    room = opened(driver)
    bars = room.tools.shift.bars
    driver.qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.row(2).center().toPoint())
    driver.settle()
    assert room.strip.chosen_layer == 3
    driver.qtbot.keyClick(bars, Qt.Key.Key_Up)
    driver.settle()
    assert room.strip.chosen_layer == 2
    driver.trigger("network-layer-forward")
    assert bars.accessibleDescription().startswith("3: ")
    # The activation behind it is marked with it.
    driver.trigger("network-layer-forward")
    assert bars.accessibleDescription().startswith("3: ")


def test_another_picture_is_moved_as_well_and_closing_moves_it_back(driver: Driver) -> None:
    room = opened(driver)
    room.tools.shift.down.setValue(-3)
    driver.settle()
    before = differences(room)
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert room.tools.shift.by == (-3, 0)
    assert differences(room) != before
    driver.trigger("network-shift")
    assert not room.tools.isVisible()
    assert not room.panel.shift.isChecked()
    assert room.tools.shift.by == (0, 0)


def test_one_card_makes_way_for_the_other(driver: Driver) -> None:
    room = opened(driver)
    driver.trigger("network-try")
    driver.settle()
    assert room.tools.trial.isVisible()
    assert not room.panel.shift.isChecked()
    driver.trigger("network-shift")
    driver.settle()
    assert room.tools.shift.isVisible()
    assert not room.panel.attempt.isChecked()


def test_only_the_newest_of_many_shifts_is_computed_after_the_first(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened(driver)
    may_run, ran = threading.Event(), []

    def held(module: Any, trace: Any, down: int, right: int, check: Any) -> Any:
        assert may_run.wait(10)
        ran.append((down, right))
        return shift(module, trace, down, right, check)

    monkeypatch.setattr(network_shift, "shift", held)
    for value in (1, 2, 3, 4):
        room.tools.shift.right.setValue(value)
    may_run.set()
    driver.settle()
    assert ran == [(0, 1), (0, 4)]


def test_a_shift_can_be_called_off(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened(driver)
    started = threading.Event()

    def endless(module: Any, trace: Any, down: int, right: int, check: Any) -> Any:
        started.set()
        while True:
            check()

    monkeypatch.setattr(network_shift, "shift", endless)
    room.tools.shift.right.setValue(5)
    assert started.wait(10)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=5000)
    driver.qtbot.mouseClick(room.progress.cancel, Qt.MouseButton.LeftButton)
    driver.settle()
    assert room.tools.shift.by == (0, 0)
    assert differences(room) == dict.fromkeys((0, 2, 3, 5), 0.0)


def test_the_card_follows_the_language(driver: Driver) -> None:
    room = opened(driver)
    room.tools.shift.right.setValue(1)
    driver.settle()
    driver.window.set_language(Language.RUSSIAN)
    assert "до слоя 2" in room.tools.shift.said.text()


def test_the_difference_of_the_chosen_map_is_shown_as_a_picture(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-shift")
    driver.settle()
    pane = room.tools.shift.difference
    room.tools.shift.right.setValue(1)
    driver.settle()
    assert room.traced is not None
    assert pane.isVisible()
    assert pane.accessibleName().startswith("Map 0: difference")
    content = pane.content
    assert content is not None
    height, width = room.maps.values(0)[0].shape
    # Within the border the convolution moves along: white. What came in is grey.
    assert content.pixels[height // 2, width // 2] == 0xFFFFFFFF
    assert content.pixels[height // 2, 0] == NO_NUMBER
    room.maps.choose_layer(2)
    driver.trigger("network-map-forward")
    driver.settle()
    assert pane.accessibleName().startswith("Map 1: difference")
    pooled = pane.content
    assert pooled is not None
    # Behind a pooling of 2 a shift by one pixel does not: the values differ.
    assert np.nanmax(np.abs(pooled.values)) > 0
    driver.trigger("network-layer-last")
    driver.settle()
    assert not pane.isVisible()


def test_what_was_moved_of_one_network_is_not_shown_with_another(driver: Driver) -> None:
    room = opened(driver)
    card = room.tools.shift
    assert room.traced is not None
    trace = room.traced.trace
    card.show_map(trace, 0, 5)
    assert not card.difference.isHidden()
    # Of the same layers, but with more maps.
    card.show_map(replace(trace), 0, 99)
    assert card.difference.isHidden()
    card.show_map(trace, 0, 5)
    assert not card.difference.isHidden()
