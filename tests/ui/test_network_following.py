"""A unit followed back to the pixels, and explanations that stay while one steps from layer to layer."""

import threading
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt

from convviz.nets.records import INPUT
from convviz.nets.why.excite import Climb, excite
from convviz.nets.why.unit_evidence import UnitEvidence, UnitReason, strongest_map, unit_evidence
from convviz.ui import network_why
from convviz.ui.language import Language
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.rooms.seen_pixels import SeenPixels
from tests.ui.driver import Driver
from tests.ui.network_room import catalogue, desk, driver, shown

__all__ = ["catalogue", "driver"]


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for the picture that excites a map for a few steps only: it need not be a good one."""
    monkeypatch.setattr(network_why, "excite", partial(excite, climb=Climb(steps=6, show_every=2)))


def seen(driver: Driver) -> SeenPixels:
    """Return what lies over the photograph in the panel."""
    found = desk(driver).panel.photo._heat
    assert isinstance(found, SeenPixels)
    return found


def step(driver: Driver, key: Qt.Key) -> None:
    room = desk(driver)
    room.setFocus()
    driver.qtbot.keyClick(room, key)


@pytest.mark.parametrize("reason", list(UnitReason))
def test_every_way_back_is_shown_explained_and_taken_away(driver: Driver, reason: UnitReason) -> None:
    panel = desk(driver).panel
    driver.trigger(f"network-{reason.value}")
    driver.settle()
    assert panel.why.reason is reason
    assert (seen(driver).field.height, seen(driver).field.width) == (3, 3)
    assert panel.note.isVisible()
    assert "of map 0 of 0" in panel.note.text()
    assert not panel.photo.viewport.fitted
    driver.trigger(f"network-{reason.value}")
    driver.settle()
    assert not panel.photo.has_heat
    assert not panel.note.isVisible()
    assert panel.photo.viewport.fitted


def test_the_strongest_cell_is_meant_until_one_is_kept(driver: Driver) -> None:
    room = desk(driver)
    traced = room.traced
    assert traced is not None
    values = traced.trace.outputs[0][0]
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    driver.trigger("network-back-gradient")
    driver.settle()
    assert f"row {row}, column {column} of" in room.panel.note.text()
    room.pointing.pin(Spot(False, (5, 7)))
    driver.settle()
    assert "row 5, column 7 of" in room.panel.note.text()
    assert (seen(driver).field.top, seen(driver).field.left) == (4, 6)


def test_stepping_asks_for_the_strongest_map_of_each_layer(driver: Driver) -> None:
    room = desk(driver)
    traced = room.traced
    assert traced is not None
    driver.trigger("network-back-deconvolution")
    driver.settle()
    met = set()
    for _ in traced.trace.outputs:
        step(driver, Qt.Key.Key_Right)
        driver.settle()
        layer = room.maps.layer
        met.add(layer)
        number = strongest_map(traced.trace, layer)
        assert room.maps.number == number
        name = traced.trace.architecture.layers[layer].name
        kind = "value" if traced.trace.outputs[layer].ndim == 1 else "map"
        assert f"{kind} {number} of {name}:" in room.panel.note.text()
        assert seen(driver)
    assert len(met) > 2


def test_another_map_of_the_layer_is_explained_and_kept(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-back-guided")
    driver.settle()
    step(driver, Qt.Key.Key_Down)
    driver.settle()
    assert room.maps.number == 1
    assert "map 1 of 0" in room.panel.note.text()


def test_without_a_question_stepping_keeps_the_number_of_the_map(driver: Driver) -> None:
    room = desk(driver)
    room.maps.choose_map(2)
    step(driver, Qt.Key.Key_Right)
    driver.settle()
    assert room.maps.number == 2


def test_at_the_input_there_is_no_unit_and_nothing_is_laid_over_it(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-back-guided")
    driver.settle()
    step(driver, Qt.Key.Key_Home)
    driver.settle()
    assert room.maps.layer == INPUT
    assert not room.panel.photo.has_heat
    assert not room.panel.note.isVisible()
    step(driver, Qt.Key.Key_Right)
    driver.settle()
    assert room.panel.photo.has_heat


def test_a_step_gives_up_what_is_awaited_at_once(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    room = desk(driver)
    driver.trigger("network-back-guided")
    driver.settle()
    started, ended = threading.Event(), threading.Event()

    def endless(*args: object, **more: object) -> UnitEvidence:
        check = more["check"]
        assert callable(check)
        started.set()
        try:
            while True:
                check()
        finally:
            ended.set()

    monkeypatch.setattr(network_why, "unit_evidence", endless)
    step(driver, Qt.Key.Key_Right)
    driver.qtbot.waitUntil(started.is_set, timeout=5000)
    monkeypatch.setattr(network_why, "unit_evidence", unit_evidence)
    step(driver, Qt.Key.Key_Right)
    driver.settle()
    assert ended.is_set()
    layer = room.maps.layer
    traced = room.traced
    assert traced is not None
    assert f"of {traced.trace.architecture.layers[layer].name}:" in room.panel.note.text()


def test_a_way_back_that_is_called_off_leaves_what_was_shown(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    started = threading.Event()

    def endless(*args: object, **more: object) -> UnitEvidence:
        check = more["check"]
        assert callable(check)
        started.set()
        while True:
            check()

    monkeypatch.setattr(network_why, "unit_evidence", endless)
    driver.trigger("network-back-guided")
    driver.qtbot.waitUntil(started.is_set, timeout=5000)
    driver.trigger("network-cancel")
    driver.settle()
    assert room.panel.why.reason is None
    assert not room.panel.photo.has_heat


@pytest.mark.usefixtures("brief")
def test_what_excites_a_map_stays_and_follows_the_steps(driver: Driver) -> None:
    room = desk(driver)
    traced = room.traced
    assert traced is not None
    driver.trigger("network-excite")
    driver.settle()
    assert shown(driver) is room.ideal
    for _ in range(3):
        step(driver, Qt.Key.Key_Right)
        driver.settle()
        assert shown(driver) is room.ideal
        number = strongest_map(traced.trace, room.maps.layer)
        name = traced.trace.architecture.layers[room.strip.finished(room.maps.layer)].name
        assert room.ideal.accessibleName().startswith(f"What excites map {number} of {name}")
    step(driver, Qt.Key.Key_Escape)
    driver.settle()
    assert shown(driver) is not room.ideal


@pytest.mark.usefixtures("brief")
def test_what_excites_a_map_is_left_at_the_input(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-excite")
    driver.settle()
    step(driver, Qt.Key.Key_Home)
    driver.settle()
    assert shown(driver) is room.mosaic


def test_another_picture_leaves_what_excites_a_map_and_is_explained_after_it(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-back-guided")
    driver.settle()
    driver.trigger("network-excite")
    driver.qtbot.waitUntil(lambda: shown(driver) is room.ideal, timeout=5000)
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert shown(driver) is room.ideal
    assert room.panel.photo.has_heat


def test_a_view_chosen_meanwhile_ends_the_search(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-excite")
    driver.qtbot.waitUntil(lambda: shown(driver) is room.ideal, timeout=5000)
    driver.trigger("network-view-table")
    driver.settle()
    assert shown(driver) is room.table
    assert not room.why.seeks_ideal


def test_the_sentence_follows_the_language(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-back-deconvolution")
    driver.settle()
    driver.window.set_language(Language.RUSSIAN)
    assert "карты" in room.panel.note.text()
    assert room.panel.why.currentText().startswith("Карта")


def test_without_the_panel_the_way_back_is_shown_large(driver: Driver) -> None:
    room = desk(driver)
    driver.window.set_projector(True)
    driver.trigger("network-back-gradient")
    driver.settle()
    assert shown(driver) is room.large
    assert room.large.photo.has_heat
    assert room.large.note.isVisible()
    driver.window.set_projector(False)
