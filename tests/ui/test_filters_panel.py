"""The weights of the 1×1 layer go with the filters whose maps they weigh."""

from dataclasses import replace

import pytest

from convviz.core.channels import ChannelMode
from convviz.ui.rooms.filters_panel import FiltersPanel
from convviz.ui.state import Mix
from tests.ui.driver import Driver

START = (2.0, 3.0, 5.0)


@pytest.fixture
def panel(driver: Driver) -> FiltersPanel:
    session = driver.window.session
    state = session.state
    bank = state.bank.added(0).added(0)
    mode = replace(state, bank=bank, mix=Mix(START, 0.5), channel_mode=ChannelMode.GREY, selected=1)
    session.edit(mode, "three filters")
    driver.settle()
    return driver.window.convolution.filters


def _weights(panel: FiltersPanel) -> tuple[float, ...]:
    mix = panel._session.state.mix
    assert isinstance(mix, Mix)
    assert mix.bias == 0.5
    return mix.weights


def test_a_copy_takes_its_weight_along(panel: FiltersPanel) -> None:
    panel.add.click()
    assert _weights(panel) == (2.0, 3.0, 3.0, 5.0)


def test_a_filter_removed_takes_its_weight_away(panel: FiltersPanel) -> None:
    panel.remove.click()
    assert _weights(panel) == (2.0, 5.0)


def test_a_filter_moved_keeps_its_weight(panel: FiltersPanel) -> None:
    panel.up.click()
    assert _weights(panel) == (3.0, 2.0, 5.0)
    panel.down.click()
    panel.down.click()
    assert _weights(panel) == (2.0, 5.0, 3.0)
    panel._session.undo_stack.undo()
    assert _weights(panel) == START


def test_weights_not_yet_given_are_1(panel: FiltersPanel) -> None:
    session = panel._session
    session.edit(replace(session.state, mix=Mix((4.0,), 0.5), selected=0), "weights")
    panel.down.click()
    assert _weights(panel) == (1.0, 4.0, 1.0)


def test_weights_of_channels_stay_with_the_channels(panel: FiltersPanel) -> None:
    session = panel._session
    session.edit(replace(session.state, channel_mode=ChannelMode.EACH), "each channel")
    panel.up.click()
    assert _weights(panel) == START


def test_the_list_is_as_high_as_its_rows_at_every_scale(panel: FiltersPanel, driver: Driver) -> None:
    for on in (True, False):
        driver.window.set_projector(on, remember=False)
        rows = panel.list.count() * panel.list.sizeHintForRow(0)
        assert panel.list.height() == rows + 2 * panel.list.frameWidth() + 4
