"""What excites a map, looked for in the room: sleeping, dead and oddly shaped maps."""

from threading import Event
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from torch import Tensor, nn

from convviz.core.geometry import Rect
from convviz.nets.records import Trace
from convviz.nets.why.excite import Climb, excite
from convviz.nets.why.gradients import Target
from convviz.ui import network_why
from convviz.ui.language import Language
from convviz.ui.network_why import Ideal
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.rooms.network_face import CELL, WHOLE
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.widgets.pane import Mark, MarkKind
from tests.ui.driver import Driver
from tests.ui.made_networks import OpenRoom, open_room

__all__ = ["open_room"]


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for pictures briefly."""
    climb = Climb(steps=96)

    def brief(module: Any, trace: Trace, target: Target, **more: Any) -> Any:
        return excite(module, trace, target, climb, **more)

    monkeypatch.setattr(network_why, "excite", brief)


def rectified(weights: float, bias: float) -> nn.Module:
    """Return a convolution whose maps see nothing but brightness, its ReLU and three scores."""
    conv = nn.Conv2d(3, 4, 3)
    conv.weight.data.fill_(weights)
    assert conv.bias is not None
    conv.bias.data.fill_(bias)
    return nn.Sequential(conv, nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))


def ideal(driver: Driver, room: NetworkDesk) -> Ideal:
    """Ask for the picture and return what is found in the end."""
    found: list[Ideal] = []
    room.why.drawn.connect(found.append)
    driver.trigger("network-excite")
    driver.settle()
    assert room.pages.shows_ideal
    assert found[-1].is_final
    return found[-1]


def test_a_map_that_noise_leaves_at_0_is_excited_all_the_same(open_room: OpenRoom) -> None:
    driver, room = open_room({"sleeping": lambda: rectified(0.02, -0.5)})
    found = ideal(driver, room)
    assert found.noise == 0
    assert found.value > 0
    assert room.ideal.accessibleName().startswith("What excites map 0 of 1")
    assert "on grey noise 0" in room.ideal.accessibleName()


def test_of_a_dead_map_it_is_said_that_it_is_one_until_one_looks_elsewhere(open_room: OpenRoom) -> None:
    driver, room = open_room({"dead": lambda: rectified(0.0, -1.0)})
    found = ideal(driver, room)
    assert (found.noise, found.value) == (0, 0)
    assert room.problem.isVisible()
    assert "No picture was found that excites map 0 of 1" in room.problem.text()
    driver.window.set_language(Language.RUSSIAN)
    assert "No picture" not in room.problem.text()
    assert "0" in room.problem.text()
    driver.window.set_language(Language.ENGLISH)
    room.ideal.setFocus()
    driver.qtbot.keyClick(room.ideal, Qt.Key.Key_Escape)
    driver.settle()
    assert not room.problem.isVisible()


def test_a_map_that_answers_to_brightness_alone_is_said_to(open_room: OpenRoom) -> None:
    driver, room = open_room({"bright": lambda: rectified(0.5, 0.0)})
    found = ideal(driver, room)
    assert found.value > 0
    assert "nearly one colour" in room.problem.text()


class Grouped(nn.Module):
    """A network that puts its maps into groups on the way, as a shuffle of channels does."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.fc = nn.Conv2d(3, 6, 3, padding=1), nn.Linear(6, 3)

    def forward(self, x: Tensor) -> Tensor:
        """Return three scores."""
        grouped = self.conv(x).view(1, 2, 3, 32, 32)
        scores: Tensor = self.fc(torch.relu(grouped).mean((3, 4)).flatten(1))
        return scores


def test_maps_in_groups_are_excited_one_by_one(open_room: OpenRoom) -> None:
    driver, room = open_room({"grouped": Grouped})
    defects: list[str] = []
    room.defect.connect(defects.append)
    assert room.traced is not None
    layer = next(found for found in room.traced.trace.architecture.layers if len(found.shape) == 4)
    room.maps.choose_layer(layer.index)
    room.maps.choose_map(4)
    found = ideal(driver, room)
    assert defects == []
    assert found.wish.number == 4
    given = found.planes
    steps = room.traced.network.preprocessing
    mean, std = (np.array(values, np.float32)[:, None, None] for values in (steps.mean, steps.std))
    with torch.no_grad():
        maps = room.traced.network.module.conv(torch.from_numpy((given - mean) / std)[None]).relu()
    assert found.value == pytest.approx(float(maps[0, 4].mean()), rel=1e-4)


def layered() -> nn.Module:
    """Return two convolutions, so that a cell of the second sees 5 × 5 pixels and no more."""
    head = nn.Conv2d(3, 6, 3), nn.ReLU(), nn.Conv2d(6, 4, 3)
    return nn.Sequential(*head, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))


def choose_aim(driver: Driver, room: NetworkDesk, aim: str) -> None:
    """Choose the whole map or one cell, by the mouse."""
    driver.qtbot.mouseClick(room.aim.button(aim), Qt.MouseButton.LeftButton)
    driver.settle()


@pytest.fixture
def aimed(open_room: OpenRoom) -> tuple[Driver, NetworkDesk, list[Ideal]]:
    """Return a room where what excites cell (7, 9) of map 2 of the second convolution was looked for."""
    driver, room = open_room({"layered": layered})
    found: list[Ideal] = []
    room.why.drawn.connect(found.append)
    room.maps.choose_layer(2)
    room.maps.choose_map(2)
    driver.settle()
    room.pointing.pin(Spot(False, (7, 9)))
    driver.settle()
    driver.trigger("network-excite")
    driver.settle()
    assert found[-1].wish.place is None
    choose_aim(driver, room, CELL)
    return driver, room, found


def test_one_kept_cell_is_excited_alone_and_what_it_sees_is_framed(
    aimed: tuple[Driver, NetworkDesk, list[Ideal]],
) -> None:
    _, room, found = aimed
    assert room.pages.shows_ideal
    assert found[-1].is_final
    assert found[-1].wish.place == (7, 9)
    assert room.ideal.accessibleName().startswith("What excites cell (7, 9) of map 2 of 2")
    assert room.ideal.marks == (Mark(Rect(7, 9, 5, 5), MarkKind.FOCUS),)
    assert room.traced is not None
    steps = room.traced.network.preprocessing
    mean, std = (np.array(values, np.float32)[:, None, None] for values in (steps.mean, steps.std))
    with torch.no_grad():
        given = torch.from_numpy((found[-1].planes - mean) / std)[None]
        maps = room.traced.network.module[:3](given)
    assert found[-1].value == pytest.approx(float(maps[0, 2, 7, 9]), rel=1e-4)
    assert found[-1].noise is not None
    assert found[-1].value > found[-1].noise + 0.1


def test_another_kept_cell_is_excited_in_its_turn_and_then_the_whole_map_again(
    aimed: tuple[Driver, NetworkDesk, list[Ideal]],
) -> None:
    driver, room, found = aimed
    room.pointing.pin(Spot(False, (3, 4)))
    driver.settle()
    assert found[-1].wish.place == (3, 4)
    count = len(found)
    room.pointing.refresh()
    driver.settle()
    assert len(found) == count
    choose_aim(driver, room, WHOLE)
    assert found[-1].wish.place is None
    assert room.ideal.marks == ()
    room.pages.leave()
    assert not room.aim.isVisible()


def test_without_a_kept_cell_the_strongest_is_excited(
    aimed: tuple[Driver, NetworkDesk, list[Ideal]],
) -> None:
    driver, room, found = aimed
    room.pointing.let_go()
    driver.settle()
    values = room.maps.values(2)[2]
    place = found[-1].wish.place
    assert place is not None
    assert values[place] == values.max()


def test_a_vector_has_no_cells_to_choose(open_room: OpenRoom) -> None:
    driver, room = open_room({"layered": layered})
    room.aim.set_choice(CELL)
    room.maps.choose_layer(5)
    driver.settle()
    assert ideal(driver, room).wish.place is None
    assert not room.aim.isEnabled()


def test_looking_for_what_excites_a_cell_can_be_called_off(
    open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, room = open_room({"layered": layered})
    begun, go_on = Event(), Event()

    def held(*_: Any, check: Any, **__: Any) -> Any:
        begun.set()
        assert go_on.wait(10)
        check()
        raise AssertionError("nobody has called it off")

    monkeypatch.setattr(network_why, "excite", held)
    room.aim.set_choice(CELL)
    room.maps.choose_layer(2)
    driver.trigger("network-excite")
    assert begun.wait(10)
    defects: list[str] = []
    room.defect.connect(defects.append)
    room.cancel()
    go_on.set()
    driver.settle()
    assert not room.why.busy
    assert defects == []
