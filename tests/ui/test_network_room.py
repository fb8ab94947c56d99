"""The network room with a small real network: what it shows, its keys, its menu and its words."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from convviz.nets.records import INPUT
from convviz.ui.language import Language
from convviz.ui.rooms.network_bar import TABLE
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.network_room import CLASSES, SMALL, Catalogue, catalogue, desk, driver, press, shown

__all__ = ["catalogue", "driver"]


def test_nothing_of_it_is_made_before_the_first_visit(
    catalogue: Catalogue, make_window: Callable[..., Driver]
) -> None:
    driver = make_window(Room.CONVOLUTION)
    assert driver.window.network.desk is None
    assert catalogue.opened == []


def test_the_picture_is_traced_and_shown(driver: Driver) -> None:
    room = desk(driver)
    assert room.traced is not None
    trace = room.traced.trace
    assert room.traced.picture is driver.window.session.state.picture
    assert [layer.function for layer in trace.architecture.layers][:3] == ["conv2d", "relu", "max_pool2d"]
    # It begins with the first convolution, whose maps are those of the trace.
    assert room.strip.chosen_layer == 0
    assert shown(driver) is room.mosaic
    assert np.array_equal(room.maps.values(0), trace.outputs[0])
    bars = room.panel.classes.bars()
    assert {bar.name for bar in bars} == set(CLASSES)
    assert sum(bar.probability for bar in bars) == pytest.approx(1)
    # Set up once: what is remembered is what was asked for.
    assert driver.window.preferences.network == SMALL


def test_the_status_bar_names_network_weights_and_time(driver: Driver) -> None:
    label = driver.window.findChild(QLabel, "status-timing")
    assert isinstance(label, QLabel)
    assert label.text().startswith("Small · 635 parameters · forward ")
    driver.trigger("room-image")
    driver.settle()
    driver.trigger("room-network")
    driver.settle()
    assert label.text().startswith("Small · 635 parameters · forward ")
    assert "layer" in driver.read_out()


def test_keys_step_through_layers_and_maps(driver: Driver) -> None:
    room = desk(driver)
    room.setFocus()
    press(driver, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert room.strip.chosen_layer == 2
    assert room.mosaic.numbers() == list(range(6))
    press(driver, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert room.mosaic.chosen_map == 1
    press(driver, Qt.Key.Key_End)
    assert shown(driver) is room.vector
    # One comes for the answer.
    assert room.traced is not None
    assert room.vector.chosen_value == int(room.traced.trace.scores.argmax())
    press(driver, Qt.Key.Key_Home)
    assert room.strip.chosen_layer == INPUT
    assert len(room.maps.values(INPUT)) == 3


def test_menu_entries_do_what_the_keys_do(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-layer-forward")
    assert room.strip.chosen_layer == 1
    driver.trigger("network-map-forward")
    assert room.mosaic.chosen_map == 1
    driver.trigger("network-map-open")
    assert shown(driver) is room.large
    driver.trigger("network-leave")
    assert shown(driver) is room.mosaic
    driver.trigger("network-view-table")
    assert shown(driver) is room.table
    assert room.bar.view.choice() == TABLE
    driver.trigger("network-view-funnel")
    assert shown(driver) is room.funnel
    driver.trigger("network-view-maps")
    driver.trigger("network-order-maximum")
    assert room.mosaic.numbers() != list(range(6))
    assert sorted(room.mosaic.numbers()) == list(range(6))


def test_page_keys_are_left_to_the_lesson(driver: Driver) -> None:
    room = desk(driver)
    room.setFocus()
    press(driver, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    assert (room.strip.chosen_layer, room.mosaic.chosen_map) == (0, 0)


def test_enter_opens_a_map_large_and_escape_goes_back(driver: Driver) -> None:
    room = desk(driver)
    room.mosaic.setFocus()
    press(driver, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert shown(driver) is room.large
    content = room.large.map.content
    assert content is not None
    rows, columns = content.view.rows.positions, content.view.columns.positions
    assert np.array_equal(content.values[0], room.maps.values(0)[1][np.ix_(rows, columns)])
    assert room.large.photo.content is not None
    # The keys still go from map to map.
    press(driver, Qt.Key.Key_Down)
    assert room.mosaic.chosen_map == 2
    press(driver, Qt.Key.Key_Escape)
    assert shown(driver) is room.mosaic


def test_another_picture_is_traced_and_the_layer_stays(driver: Driver) -> None:
    room = desk(driver)
    room.maps.choose_layer(3)
    before = room.traced
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert room.traced is not before
    assert room.traced is not None
    assert before is not None
    assert room.traced.network is before.network
    assert room.traced.picture is driver.window.session.state.picture
    assert room.strip.chosen_layer == 3
    assert not room.stale


def test_without_the_panel_the_answer_stands_above_the_layers(driver: Driver) -> None:
    room = desk(driver)
    assert not room.bar.says.isVisible()
    driver.window.set_projector(True)
    driver.settle()
    assert not room.side.isVisible()
    assert room.bar.says.isVisible()
    first = room.panel.classes.bars()[0]
    assert room.bar.says.whole().startswith(f"{first.name} {first.percent}")
    driver.window.resize(640, 720)
    driver.settle()
    assert room.bar.says.text().startswith(f"{first.name} {first.percent}")
    driver.window.set_projector(False)


def test_every_text_follows_the_language(driver: Driver) -> None:
    room = desk(driver)
    driver.window.set_language(Language.RUSSIAN)
    driver.settle()
    assert room.title.text() == "свёртка 3×3"
    assert room.panel.map.accessibleName().startswith("Карта 0")
    assert room.table.layers.headings()[1] == "Имя"
    assert "слой" in driver.read_out()
