"""A filter of the network edited in its place: maps and classes follow until it is reset."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.trial import Trial
from convviz.ui import theme
from convviz.ui.language import Language
from convviz.ui.rooms.network_desk import NetworkDesk
from tests.ui.driver import Driver
from tests.ui.network_room import OTHER, catalogue, driver
from tests.ui.trials import edit, opened

__all__ = ["catalogue", "driver"]


def classes(room: NetworkDesk) -> dict[str, float]:
    return {bar.name: bar.probability for bar in room.panel.classes.bars()}


def test_an_edited_weight_moves_maps_and_classes_and_reset_brings_them_back(driver: Driver) -> None:
    room = opened(driver)
    assert room.traced is not None
    base, before, maps = room.traced, classes(room), room.maps.values(0).copy()
    card = room.tools.trial
    own = card.filter()
    assert own is not None
    assert np.array_equal(own, base.network.parameter("0.weight")[0])
    assert not card.mark.isVisible()
    edit(driver, 4.0)
    assert classes(room) != before
    assert not np.array_equal(room.maps.values(0)[0], maps[0])
    assert np.array_equal(room.maps.values(0)[1:], maps[1:])
    assert card.mark.isVisible()
    assert "filter 0 of 0" in room.bar.origin.whole()
    assert room.bar.origin.property("role") == "warning"
    # The network that was opened is as it was.
    assert np.array_equal(own, base.network.parameter("0.weight")[0])
    driver.qtbot.mouseClick(card.back, Qt.MouseButton.LeftButton)
    driver.settle()
    assert room.traced is base
    assert classes(room) == before
    assert not card.mark.isVisible()
    assert np.array_equal(card.grid.weights(), own[0].astype(np.float64))
    assert "edited" not in room.bar.origin.whole()


def test_the_arithmetic_and_the_reasons_are_of_the_edited_network(driver: Driver) -> None:
    room = opened(driver)
    edit(driver, 4.0)
    driver.trigger("network-cam")
    driver.trigger("network-layer-last")
    driver.settle()
    assert "✓" in room.line.plain_text()
    assert room.panel.photo.has_heat
    driver.trigger("network-layer-first")
    driver.trigger("network-layer-forward")
    room.mosaic.set_chosen(0)
    room.maps.show_map(0)
    assert room.panel.filter.weights()[0, 0, 0] == 4.0


def test_the_card_stays_with_the_edited_filter_and_else_follows_the_map(driver: Driver) -> None:
    room = opened(driver)
    card = room.tools.trial
    assert room.traced is not None
    weights = room.traced.network.parameter("0.weight").copy()
    driver.trigger("network-map-forward")
    own = card.filter()
    assert own is not None
    assert np.array_equal(own, weights[1])
    edit(driver, -3.0)
    driver.trigger("network-map-forward")
    room.maps.choose_layer(4)
    driver.settle()
    found = card.filter()
    assert found is not None
    assert found.shape == (3, 3, 3)
    assert found[0, 0, 0] == -3.0
    driver.trigger("network-reset")
    driver.settle()
    deeper = card.filter()
    assert deeper is not None
    assert deeper.shape == (6, 3, 3)


def test_every_input_channel_can_be_edited_and_a_filter_silenced(driver: Driver) -> None:
    room = opened(driver)
    card = room.tools.trial
    own = card.filter()
    assert own is not None
    card.channel.value_changed.emit(2.0)
    card.channel.set_value(2.0)
    card.channel.value_changed.emit(2.0)
    assert np.array_equal(card.grid.weights(), own[2].astype(np.float64))
    edit(driver, 1.5)
    changed = card.filter()
    assert changed is not None
    assert changed[2, 0, 0] == 1.5
    assert np.array_equal(changed[:2], own[:2])
    driver.qtbot.mouseClick(card.zero, Qt.MouseButton.LeftButton)
    driver.settle()
    assert np.ptp(room.maps.values(0)[0]) == 0
    assert not card.grid.weights().any()


def test_negated_twice_it_is_the_networks_own_again(driver: Driver) -> None:
    room = opened(driver)
    base = room.traced
    driver.qtbot.mouseClick(room.tools.trial.negate, Qt.MouseButton.LeftButton)
    driver.settle()
    assert room.traced is not base
    driver.qtbot.mouseClick(room.tools.trial.negate, Qt.MouseButton.LeftButton)
    driver.settle()
    assert room.traced is base
    assert not room.tools.trial.mark.isVisible()


@pytest.mark.parametrize("leave", ["network", "card"])
def test_leaving_puts_the_network_back(driver: Driver, leave: str) -> None:
    room = opened(driver)
    assert room.traced is not None
    own = room.traced.network
    edit(driver, 4.0)
    if leave == "network":
        room.choose_network(OTHER)
    else:
        room.tools.trial.closed.emit()
    driver.settle()
    assert not room.trying.is_edited
    assert not room.tools.trial.mark.isVisible()
    assert room.tools.trial.isVisible() is (leave != "card")
    assert (room.traced.network is own) is (leave != "network")


def test_only_the_newest_of_many_edits_is_computed_after_the_first(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened(driver)
    run, may_run, ran = Trial.run, threading.Event(), []

    def held(self: Trial, layer: int, channel: int, weights: Any, check: Callable[[], None]) -> Any:
        assert may_run.wait(10)
        ran.append(float(weights[0, 0, 0]))
        return run(self, layer, channel, weights, check)

    monkeypatch.setattr(Trial, "run", held)
    for value in (1.0, 2.0, 3.0, 4.0):
        room.tools.trial.grid.cells().set_weight(value)
    may_run.set()
    driver.settle()
    assert ran == [1.0, 4.0]
    assert room.traced is not None
    assert room.traced.network.parameter("0.weight")[0, 0, 0, 0] == 4.0


def test_an_edit_can_be_called_off(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    room = opened(driver)
    base, own = room.traced, room.tools.trial.filter()
    started = threading.Event()

    def endless(self: Trial, layer: int, channel: int, weights: Any, check: Callable[[], None]) -> Any:
        started.set()
        while True:
            check()

    monkeypatch.setattr(Trial, "run", endless)
    room.tools.trial.grid.cells().set_weight(2.0)
    assert started.wait(10)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=5000)
    driver.qtbot.mouseClick(room.progress.cancel, Qt.MouseButton.LeftButton)
    driver.settle()
    assert room.traced is base
    assert own is not None
    assert np.array_equal(room.tools.trial.grid.weights(), own[0].astype(np.float64))
    assert not room.tools.trial.mark.isVisible()


def test_a_network_that_refuses_says_so_and_the_card_goes_back(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = opened(driver)
    base = room.traced

    def refuse(*args: object) -> Any:
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no “{path}”."), path="copy")

    monkeypatch.setattr(Trial, "run", refuse)
    edit(driver, 2.0)
    assert room.problem.text() == "There is no “copy”."
    assert room.traced is base
    assert not room.tools.trial.mark.isVisible()


def test_where_there_is_no_kernel_the_card_says_so(driver: Driver) -> None:
    room = opened(driver)
    driver.trigger("network-layer-last")
    driver.settle()
    assert not room.tools.trial.grid.isVisible()
    hint = room.tools.trial.findChild(QLabel, "trial-hint")
    assert isinstance(hint, QLabel)
    assert hint.isVisible()


def test_the_card_follows_the_language(driver: Driver) -> None:
    room = opened(driver)
    edit(driver, 2.0)
    driver.window.set_language(Language.RUSSIAN)
    assert room.tools.trial.mark.text() == "изменено"
    assert room.bar.origin.whole() == "изменено: фильтр 0 слоя 0"
    assert room.tools.trial.mark.isVisible()


@pytest.mark.parametrize("projector", [False, True])
@pytest.mark.parametrize("side", [3, 5, 7, 11])
def test_digits_on_the_card_are_read_from_the_back_row(driver: Driver, projector: bool, side: int) -> None:
    driver.window.set_projector(projector, remember=False)
    if projector:
        driver.window.resize(1920, 1080)
    room = opened(driver)
    card = room.tools.trial
    weights = np.random.default_rng(side).normal(0, 0.1, (3, side, side)).round(3).astype(np.float32)
    card.show_filter(weights, "filter")
    driver.settle()
    least = 24 if projector else 14
    lettering = card.grid.cells().picture().lettering
    if side < 8:
        assert lettering.texts
        assert lettering.pixels >= least
    else:
        assert card.grid.findChild(QLabel) is not None
    assert theme.current().digits().pixelSize() >= least
    # All columns are in sight; what is too high scrolls.
    cells, tools = card.grid.cells(), room.tools
    right = cells.mapTo(tools.viewport(), cells.rect().bottomRight()).x()
    assert right <= tools.viewport().width()


def test_a_cell_that_is_reached_by_keyboard_is_brought_into_sight(driver: Driver) -> None:
    driver.window.resize(1280, 720)
    room = opened(driver)
    tools, cells = room.tools, room.tools.trial.grid.cells()
    room.tools.trial.show_filter(np.zeros((1, 7, 7), np.float32), "filter")
    driver.settle()

    def in_sight() -> bool:
        box = cells.cell_rect(*cells.selected())
        return tools.viewport().rect().contains(cells.mapTo(tools.viewport(), box.center()))

    assert in_sight()
    for _ in range(6):
        driver.qtbot.keyClick(cells, Qt.Key.Key_Down)
    assert cells.selected() == (6, 0)
    assert in_sight()
    assert tools.verticalScrollBar().value() > 0
