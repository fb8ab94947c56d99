"""Looking into a network: cells, pixels, filters taken to the lab, Grad-CAM, what excites a map."""

import numpy as np
from PySide6.QtCore import Qt

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Rect
from convviz.core.numbers import format_number
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.state import Room
from convviz.ui.unit_link import pixels_seen
from tests.ui.driver import Driver
from tests.ui.network_room import catalogue, desk, driver, press, shown

__all__ = ["catalogue", "driver"]


def test_a_clicked_cell_marks_the_pixels_it_sees_and_is_written_out(driver: Driver) -> None:
    room = desk(driver)
    press(driver, Qt.Key.Key_Right, Qt.Key.Key_Right)
    room.maps.choose_layer(3)
    driver.settle()
    pane = room.panel.map
    point = pane.cell_rect((5, 6)).center().toPoint()
    driver.qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=point)
    driver.settle()
    assert room.pointing.pinned == Spot(False, (5, 6))
    assert room.traced is not None
    picture = driver.window.session.state.picture
    seen = pixels_seen(room.traced.trace, 3, (5, 6), picture)
    assert seen is not None
    assert seen in [mark.cells for mark in room.panel.photo.marks]
    assert [mark.cells for mark in pane.marks] == [Rect(5, 6)]
    value = float(room.maps.values(3)[0, 5, 6])
    assert "map 0, row 5, column 6" in driver.read_out()
    text = room.line.plain_text()
    assert text.startswith("Filter 0 lies on 6 maps of 2, 3 × 3 values of each")
    assert " 3[0, 5, 6] =" in text
    assert "✓" in text
    assert f" {format_number(value)} " in text
    press(driver, Qt.Key.Key_Escape)
    assert room.pointing.pinned is None


def test_a_clicked_pixel_marks_the_cells_that_see_it_in_every_layer(driver: Driver) -> None:
    room = desk(driver)
    picture = driver.window.session.state.picture
    middle = (picture.height // 2, picture.width // 2)
    room.pointing.pin(Spot(True, middle))
    before = [mark.cells for mark in room.panel.map.marks]
    assert [(rect.height, rect.width) for rect in before] == [(3, 3)]
    assert "seen by 3 × 3 cells" in driver.read_out()
    room.strip.setFocus()
    press(driver, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert room.pointing.pinned == Spot(True, middle)
    assert [(rect.height, rect.width) for rect in (m.cells for m in room.panel.map.marks)] == [(2, 2)]


def test_a_value_of_the_answer_is_written_out(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-layer-last")
    driver.settle()
    assert f" 7[{room.vector.chosen_value}] =" in room.line.plain_text()
    driver.trigger("network-map-back")
    driver.trigger("network-map-back")
    driver.settle()
    assert " 7[0] =" in room.line.plain_text()


def test_the_filter_of_the_first_layer_is_a_colour_picture(driver: Driver) -> None:
    room = desk(driver)
    assert room.traced is not None
    assert room.panel.filter.shows_colours
    assert np.array_equal(room.panel.filter.weights(), room.traced.network.parameter("0.weight")[0])
    # Behind the activation it still is the convolution's, of the second convolution channel by channel.
    room.maps.choose_layer(4)
    assert room.panel.filter.weights().shape == (6, 3, 3)
    assert not room.panel.filter.shows_colours
    room.maps.choose_layer(5)
    assert room.panel.filter.isHidden()


def test_a_filter_is_taken_to_the_lab(driver: Driver) -> None:
    room = desk(driver)
    assert room.traced is not None
    weights = room.traced.network.parameter("0.weight")
    driver.trigger("network-map-forward")
    driver.qtbot.mouseClick(room.panel.lab, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.window.room is Room.CONVOLUTION
    state = driver.window.session.state
    assert state.channel_mode is ChannelMode.SUM
    assert np.array_equal(state.bank.weights, weights[1:2].astype(np.float64))
    assert state.bank.names == ("filter 1",)
    # The result is what the network's filter gives on the picture's own pixels.
    assert np.abs(driver.result()).max() > 0
    driver.trigger("undo")
    assert driver.window.session.state.bank.weights.shape == (1, 1, 3, 3)


def test_a_deeper_filter_goes_to_the_lab_channel_by_channel(driver: Driver) -> None:
    room = desk(driver)
    room.maps.choose_layer(4)
    driver.trigger("network-lab")
    driver.settle()
    assert room.traced is not None
    filters = room.traced.network.parameter("3.weight")[0]
    strongest = filters[np.abs(filters).sum(axis=(1, 2)).argmax()]
    state = driver.window.session.state
    assert state.channel_mode is ChannelMode.GREY
    assert np.array_equal(state.bank.kernel(0, 0), strongest.astype(np.float64))


def test_without_a_filter_there_is_nothing_for_the_lab(driver: Driver) -> None:
    room = desk(driver)
    room.maps.choose_layer(5)
    assert not room.panel.lab.isVisible()
    driver.trigger("network-lab")
    assert driver.window.room is Room.NETWORK


def test_grad_cam_is_laid_over_the_photograph_and_taken_away(driver: Driver) -> None:
    room = desk(driver)
    plain = room.panel.photo.content
    assert plain is not None
    driver.trigger("network-cam")
    driver.settle()
    assert room.panel.photo.has_heat
    heated = room.panel.photo.content
    assert heated is not None
    assert (heated.pixels != plain.pixels).any()
    # The values under the colours stay those of the photograph.
    assert np.array_equal(heated.values, plain.values)
    driver.trigger("network-cam")
    driver.settle()
    again = room.panel.photo.content
    assert again is not None
    assert np.array_equal(again.pixels, plain.pixels)


def test_what_excites_a_map_is_found(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-map-forward")
    driver.trigger("network-excite")
    driver.settle()
    assert shown(driver) is room.ideal
    content = room.ideal.content
    assert content is not None
    assert content.values.shape[0] == 3
    assert 0 <= content.values.min() < content.values.max() <= 1
    assert room.ideal.accessibleName().startswith("What excites map 1 of 1 ")
    room.ideal.setFocus()
    press(driver, Qt.Key.Key_Escape)
    assert shown(driver) is room.mosaic
