"""A filter taken from the network to the lab: there it does what it does in the network, or it stays."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from PySide6.QtCore import Qt
from torch import Tensor, nn

from convviz.core.picture import grey
from convviz.core.specs import Operation
from convviz.nets.records import Values
from convviz.ui.language import Language
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.made_networks import OpenRoom, open_room

__all__ = ["open_room"]


def network(second: nn.Module) -> Callable[[], nn.Module]:
    """Return how to make a network with ``second`` behind its first convolution, which gives four maps."""
    return lambda: nn.Sequential(
        nn.Conv2d(3, 4, 3), second, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3)
    )


def look_at_second(driver: Driver, room: NetworkDesk) -> Values:
    """Look at map 4 of the second layer, and return the strongest channel of its filter."""
    room.maps.choose_layer(1)
    room.maps.choose_map(4)
    driver.settle()
    weights, _ = room.maps.filter()
    assert weights is not None
    return np.asarray(weights[np.abs(weights).sum(axis=(1, 2)).argmax()])


def given(driver: Driver) -> Tensor:
    """Return the grey picture that the lab's kernel slides over."""
    picture = driver.window.session.state.picture
    return torch.from_numpy(np.asarray(grey(picture.values), np.float32)[:, :, 0])[None, None]


@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("transposed", [True, False])
def test_the_kernel_in_the_lab_acts_as_the_filter_does_in_the_network(
    open_room: OpenRoom, transposed: bool, dilation: int
) -> None:
    make = nn.ConvTranspose2d if transposed else nn.Conv2d
    driver, room = open_room({"second": network(make(4, 6, 3, padding=1, dilation=dilation))})
    kernel = torch.from_numpy(look_at_second(driver, room).copy())[None, None]
    assert room.panel.lab.isEnabled()
    driver.qtbot.mouseClick(room.panel.lab, Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.window.room is Room.CONVOLUTION
    settings = driver.window.session.state.settings
    assert settings.operation is (Operation.CONVOLUTION if transposed else Operation.CROSS_CORRELATION)
    slide = F.conv_transpose2d if transposed else F.conv2d
    expected = slide(given(driver), kernel, padding=dilation, dilation=dilation)[0].numpy()
    np.testing.assert_allclose(driver.result(), expected, atol=1e-3 * float(np.abs(expected).max()))


@pytest.mark.parametrize("stride", [2, (1, 3)])
def test_a_filter_that_spreads_values_stays_and_it_is_said_why(
    open_room: OpenRoom, stride: int | tuple[int, int]
) -> None:
    driver, room = open_room({"up": network(nn.ConvTranspose2d(4, 6, 3, stride))})
    plain = room.panel.lab.toolTip()
    assert room.panel.lab.isEnabled()
    look_at_second(driver, room)
    assert room.panel.lab.isVisible()
    assert not room.panel.lab.isEnabled()
    said = "with stride 2," if stride == 2 else "with stride 1 × 3,"
    assert said in room.panel.lab.toolTip()
    driver.trigger("network-lab")
    driver.settle()
    assert driver.window.room is Room.NETWORK
    assert said in room.problem.text()
    driver.window.set_language(Language.RUSSIAN)
    assert room.panel.lab.toolTip() == room.problem.text() != ""
    assert "stride" not in room.panel.lab.toolTip()
    driver.window.set_language(Language.ENGLISH)
    room.maps.choose_layer(0)
    driver.settle()
    assert room.panel.lab.isEnabled()
    assert room.panel.lab.toolTip() == plain
