"""Units written out in the room, against torch's own numbers."""

import re
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from torch import Tensor, nn

from convviz.core.numbers import format_number
from convviz.nets.records import INPUT
from convviz.ui.language import Language
from convviz.ui.map_colours import NO_NUMBER
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.rooms.network_pointing import Spot
from tests.ui.driver import Driver
from tests.ui.made_networks import OpenRoom, open_room

__all__ = ["open_room"]


def wide(channels: int) -> nn.Module:
    """Return a network whose second convolution reads ``channels`` maps."""
    head = nn.Conv2d(3, channels, 3, padding=1), nn.ReLU(), nn.Conv2d(channels, 4, 3, padding=1)
    return nn.Sequential(*head, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))


def click(driver: Driver, room: NetworkDesk, layer: int, cell: tuple[int, int]) -> None:
    """Go to a layer and click a cell of its first map."""
    room.maps.choose_layer(layer)
    driver.settle()
    pane = room.panel.map
    driver.qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=pane.cell_rect(cell).center().toPoint())
    driver.settle()


def sums(module: Any, given: Any, cell: tuple[int, int]) -> list[float]:
    """Return torch's partial sum of every input channel, of filter 0 of the second convolution at a cell."""
    with torch.no_grad():
        read = module[1](module[0](torch.from_numpy(given.copy())[None]))
        alone = [
            nn.functional.conv2d(read[:, c : c + 1], module[2].weight[:1, c : c + 1], padding=1)[0, 0]
            for c in range(read.shape[1])
        ]
    return [float(values[cell]) for values in alone]


@pytest.mark.parametrize("channels", [4, 5, 7, 8, 20, 64])
def test_a_unit_over_many_channels_shows_those_that_matter_most(open_room: OpenRoom, channels: int) -> None:
    driver, room = open_room({"wide": lambda: wide(channels)})
    defects: list[str] = []
    room.defect.connect(defects.append)
    cell = (5, 6)
    click(driver, room, 2, cell)
    assert defects == []
    assert room.traced is not None
    expected = sums(room.traced.network.module, room.traced.trace.input, cell)
    text = room.line.plain_text()
    listed = re.findall(r"^c(\d+): .*? [=≈] (\S+)$", text, re.MULTILINE)
    count = channels if channels <= 4 else 3
    strongest = sorted(np.argsort(-np.abs(np.array(expected)), kind="stable")[:count].tolist())
    assert [int(number) for number, _ in listed] == strongest
    for number, said in listed:
        assert said == format_number(expected[int(number)])
    others = sum(value for n, value in enumerate(expected) if n not in strongest)
    if channels == count:
        assert "more channels" not in text
    else:
        assert f"… and {channels - count} more channels" in text
        assert f"[{channels - count} more: {format_number(others)}]" in text.splitlines()[-1]
    assert format_number(float(room.maps.values(2)[0][cell])) in text.splitlines()[-1]


class Padded(nn.Module):
    """A network that puts a border around the picture in a layer of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.pad, self.conv, self.fc = nn.ZeroPad2d(1), nn.Conv2d(3, 4, 3), nn.Linear(4, 3)

    def forward(self, x: Tensor) -> Tensor:
        """Return three scores."""
        scores: Tensor = self.fc(self.conv(self.pad(x)).mean((2, 3)))
        return scores


def test_behind_a_border_the_channels_are_still_red_green_and_blue(open_room: OpenRoom) -> None:
    driver, room = open_room({"padded": Padded})
    click(driver, room, 1, (5, 6))
    text = room.line.plain_text()
    assert [text.count(f"\n{name}: ") for name in "RGB"] == [1, 1, 1]
    assert "c0:" not in text


def test_a_transposed_convolution_shows_and_tries_the_filter_of_its_map(open_room: OpenRoom) -> None:
    def made() -> nn.Module:
        up = nn.ConvTranspose2d(4, 6, 3, 2, groups=2)
        return nn.Sequential(nn.Conv2d(3, 4, 3), up, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3))

    driver, room = open_room({"up": made})
    defects: list[str] = []
    room.defect.connect(defects.append)
    assert room.traced is not None
    base, weights = room.traced, room.traced.network.parameter("1.weight")
    room.maps.choose_layer(1)
    room.maps.choose_map(4)
    driver.settle()
    # Map 4 is the second of the second group, which reads channels 2 and 3.
    assert np.array_equal(room.panel.filter.weights(), weights[2:4, 1])
    driver.trigger("network-try")
    driver.settle()
    room.tools.trial.grid.cells().set_weight(4.0)
    driver.settle()
    assert defects == []
    maps = zip(room.maps.values(1), base.trace.outputs[1], strict=True)
    assert [n for n, (now, before) in enumerate(maps) if not np.array_equal(now, before)] == [4]


@pytest.mark.parametrize("on_photo", [False, True])
def test_a_cell_of_the_image_leads_from_the_photograph_to_what_the_network_is_given(
    open_room: OpenRoom, on_photo: bool
) -> None:
    driver, room = open_room({"wide": lambda: wide(4)})
    assert room.traced is not None
    room.maps.choose_layer(INPUT)
    room.maps.choose_map(1)
    driver.settle()
    trace, picture, steps = room.traced.trace, room.traced.picture, room.traced.network.preprocessing
    top, left, tall, across = trace.placement.on_photo(5, 6, 1, 1)
    pixel = int(top + tall / 2), int(left + across / 2)
    if on_photo:
        room.pointing.pin(Spot(True, pixel))
    else:
        pane = room.panel.map
        driver.qtbot.mouseClick(
            pane, Qt.MouseButton.LeftButton, pos=pane.cell_rect((5, 6)).center().toPoint()
        )
    driver.settle()
    text = room.line.plain_text()
    assert "image[1, 5, 6] =" in text
    red, green, blue = (format_number(float(value)) for value in picture.values[pixel])
    assert f"R {red} G {green} B {blue}" in text
    for at, name in enumerate("RGB"):
        value = float(trace.input[at, 5, 6])
        before = round((value * steps.std[at] + steps.mean[at]) * 255)
        said = f"{name}: ({before}/255 − {steps.mean[at]}) / {steps.std[at]} ≈ {format_number(value)}"
        assert said in text
        # Another network's input, made by hand.
        assert (before / 255 - steps.mean[at]) / steps.std[at] == pytest.approx(value, abs=1e-4)
    room.pointing.let_go()
    driver.settle()
    assert "Click a cell" in room.line.plain_text()


def test_a_class_chosen_in_one_network_is_not_chosen_in_another_by_its_number(open_room: OpenRoom) -> None:
    names = {"one": ("cat", "dog", "bird"), "other": ("0", "1", "2"), "third": ("cat", "dog", "bird")}
    driver, room = open_room(dict.fromkeys(names, lambda: wide(4)), classes=names)
    bars = room.panel.classes
    driver.qtbot.keyClick(bars, Qt.Key.Key_Down)
    driver.settle()
    chosen = bars.chosen_class
    assert chosen != bars.bars()[0].number
    # On another picture it stays.
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert bars.chosen_class == chosen
    for key in ("other", "third"):
        room.choose_network(key)
        driver.settle()
        assert bars.chosen_class == bars.bars()[0].number
        driver.qtbot.keyClick(bars, Qt.Key.Key_Down)
        driver.settle()


def test_what_is_not_a_number_has_a_colour_of_its_own_and_is_counted(open_room: OpenRoom) -> None:
    def made() -> nn.Module:
        module = wide(4)
        module.get_parameter("0.weight").data[1] = torch.nan
        return module

    driver, room = open_room({"broken": made})
    room.maps.choose_layer(0)
    room.maps.choose_map(1)
    driver.settle()
    content = room.panel.map.content
    assert content is not None
    assert (content.pixels == NO_NUMBER).all()
    assert "not numbers (NaN, grey): 1\u00a0024" in room.facts.whole()
    picture = room.panel.filter.grab().toImage()
    assert picture.pixelColor(picture.width() // 40, picture.height() // 4).rgb() == NO_NUMBER
    assert {bar.percent for bar in room.panel.classes.bars()} == {"NaN"}
    room.maps.choose_map(0)
    driver.settle()
    content = room.panel.map.content
    assert content is not None
    assert (content.pixels != NO_NUMBER).all()


def test_a_pooling_by_powers_is_the_networks_own_value(open_room: OpenRoom) -> None:
    def made() -> nn.Module:
        pool = nn.LPPool2d(2, 2)
        return nn.Sequential(nn.Conv2d(3, 4, 3), pool, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))

    driver, room = open_room({"powers": made})
    click(driver, room, 1, (5, 6))
    text = room.line.plain_text()
    assert text.startswith("lp_pool2d is not taken apart here")
    assert "(the network’s own value)".replace(" ", "\u00a0") in text
    assert "Lp pool 2×2 /2" in room.title.text()


def test_the_numbers_of_a_unit_stand_in_grids_for_every_channel(open_room: OpenRoom) -> None:
    driver, room = open_room({"wide": lambda: wide(20)})
    card = room.tools.unit
    room.maps.choose_layer(2)
    driver.settle()
    driver.qtbot.mouseClick(room.panel.numbers, Qt.MouseButton.LeftButton)
    driver.settle()
    assert card.isVisible()
    assert not card.patch.isVisible()
    assert card.said.isVisible()
    click(driver, room, 2, (5, 6))
    assert room.traced is not None
    expected = sums(room.traced.network.module, room.traced.trace.input, (5, 6))
    strongest = np.argsort(-np.abs(np.array(expected)), kind="stable").tolist()
    assert card.channels.count() == 20
    assert [card.channels.itemData(n) for n in range(20)] == strongest
    given, weights = room.traced.trace.outputs[1], room.traced.network.parameter("2.weight")
    for place in (0, 19):
        card.channels.setCurrentIndex(place)
        at = strongest[place]
        patch = given[at, 4:7, 5:8]
        grids = (card.patch, patch), (card.filter, weights[0, at]), (card.products, patch * weights[0, at])
        for pane, values in grids:
            assert pane.isVisible()
            content = pane.content
            assert content is not None
            np.testing.assert_allclose(content.values[0], values, atol=1e-6)
        assert f"c{at}: Σ {format_number(expected[at])}" == card.channels.currentText()
        assert all(card.products.text_at((row, column)) for row in range(3) for column in range(3))
    # Another cell of the same layer: the channel stays.
    click(driver, room, 2, (8, 9))
    assert card.channel == strongest[19]
    # A card at a time, and no unit of an activation.
    driver.trigger("network-shift")
    assert not card.isVisible()
    assert not room.panel.numbers.isChecked()
    room.do("numbers")
    assert card.isVisible()
    assert not room.tools.shift.isVisible()
    click(driver, room, 1, (5, 6))
    assert not card.patch.isVisible()
    card.closed.emit()
    assert not room.tools.isVisible()


class Attentive(nn.Module):
    """A network that cuts the picture into patches and lets them attend to each other."""

    def __init__(self) -> None:
        super().__init__()
        self.patches, self.attention = nn.Conv2d(3, 8, 8, 8), nn.MultiheadAttention(8, 2)
        self.fc = nn.Linear(8, 3)

    def forward(self, x: Tensor) -> Tensor:
        """Return three scores."""
        tokens = self.patches(x).flatten(2).permute(2, 0, 1)
        seen, _ = self.attention(tokens, tokens, tokens, need_weights=False)
        pairs = seen.reshape(1, 2, 2, 4, 8) * 2
        scores: Tensor = self.fc(pairs.flatten(1, 3).mean(1))
        return scores


def test_a_unit_of_an_attention_is_written_out_and_checked(open_room: OpenRoom) -> None:
    driver, room = open_room({"attentive": Attentive})
    assert room.traced is not None
    layer = next(found for found in room.traced.trace.architecture.layers if "multi_head" in found.function)
    room.maps.choose_layer(layer.index)
    room.maps.choose_map(5)
    driver.settle()
    room.pointing.pin(Spot(False, (0, 3)))
    driver.settle()
    text = room.line.plain_text()
    assert text.startswith("Token 5 shares its attention out among 16 tokens")
    assert "\nh[" in text
    value = float(room.traced.trace.outputs[layer.index][5, 0, 3])
    assert f"≈ {format_number(value)}" in text.splitlines()[-1]
    assert "✓" in text.splitlines()[-1]
    # Which pixels a token sees is not told by the shape of its layer.
    assert "padding" not in driver.read_out()
    driver.window.set_language(Language.RUSSIAN)
    driver.settle()
    room.pointing.pin(Spot(False, (0, 4)))
    driver.settle()
    assert "Token" not in room.line.plain_text()


def test_a_unit_of_maps_in_groups_is_told_by_all_its_places(open_room: OpenRoom) -> None:
    driver, room = open_room({"attentive": Attentive})
    assert room.traced is not None
    layer = next(found for found in room.traced.trace.architecture.layers if len(found.shape) == 4)
    room.maps.choose_layer(layer.index)
    room.maps.choose_map(3)
    driver.settle()
    room.pointing.pin(Spot(False, (2, 7)))
    driver.settle()
    assert f"{layer.name}[1, 1, 2, 7] =" in room.line.plain_text()
    assert f"{format_number(float(room.maps.values(layer.index)[3, 2, 7]))}" in room.line.plain_text()


class Deep(nn.Module):
    """A network in a network whose names are long."""

    def __init__(self) -> None:
        super().__init__()
        self.feature_extraction_part = nn.ModuleDict({"first_convolutional_stage": wide(4)})

    def forward(self, x: Tensor) -> Tensor:
        """Return three scores."""
        scores: Tensor = self.feature_extraction_part["first_convolutional_stage"](x)
        return scores


def test_a_long_name_leaves_room_for_the_arithmetic(open_room: OpenRoom) -> None:
    driver, room = open_room({"deep": Deep})
    click(driver, room, 2, (5, 6))
    assert room.traced is not None
    name = room.traced.trace.architecture.layers[2].name
    assert name == "feature_extraction_part.first_convolutional_stage.2"
    assert "  ….first_convolutional_stage.2[0, 5, 6] =" in room.line.plain_text()
