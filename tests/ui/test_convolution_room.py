"""What must hold in the convolution room when its parts meet: modes, pictures, stepping, stale results."""

from dataclasses import replace

import numpy as np
import pytest

from convviz.core import reference
from convviz.core.channels import ChannelMode, planes
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, Magnitude, PoolKind
from convviz.core.text import Sentence
from convviz.engine.frames import FrameRequest
from convviz.engine.statistics import summarise
from convviz.ui.arrangement import ColumnKind, kernel_of, map_names
from convviz.ui.language import Language
from convviz.ui.state import State
from convviz.work.jobs import Outcome
from tests.ui.driver import Driver


def colour(
    height: int = 8, width: int = 9, channels: int = 3, kind: PictureKind = PictureKind.GRID
) -> Picture:
    values = np.random.default_rng(1).integers(0, 9, (height, width, channels)).astype(np.float32)
    return Picture(values, "random", 0, 8, PictureKind.GRID)


def edit(driver: Driver, **changes: object) -> None:
    state = replace(driver.window.session.state, **changes)  # type: ignore[arg-type]
    driver.window.session.edit(state, "test")
    driver.settle()


def expected(state: State) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return reference.run(planes(state.picture.values, state.channel_mode).astype(float), state.chain())


@pytest.mark.parametrize("mode", list(ChannelMode))
def test_the_kernel_that_is_edited_is_the_one_applied(driver: Driver, mode: ChannelMode) -> None:
    weights = np.random.default_rng(2).integers(-3, 4, (1, 3, 3, 3)).astype(float)
    edit(driver, picture=colour(), bank=FilterBank(weights), kernel_channel=2, channel_mode=mode)
    room = driver.window.convolution
    state = driver.window.session.state
    assert (room.kernel.grid.weights() == state.kernel).all()
    before = driver.result()
    room.kernel.grid.weights_changed.emit(state.kernel + 5)
    after = driver.result()
    assert (before != after).any()
    assert np.allclose(after, expected(driver.window.session.state), rtol=1e-5)


def test_statistics_of_another_channel_are_not_shown(driver: Driver) -> None:
    room, state = driver.window.convolution, driver.window.session.state
    wrong = summarise(np.array([1.0, 77777.0], np.float32))
    request = FrameRequest(state.picture, ChannelMode.RED, (), state.chain())
    driver.window.feed.measured.emit(request, wrong)
    right = FrameRequest(state.picture, state.channel_mode, (), state.chain())
    assert "77777" not in _texts(driver)
    driver.window.feed.measured.emit(right, wrong)
    assert "77777" in _texts(driver).replace("\u00a0", "")
    del room


def _texts(driver: Driver) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(w.text() for w in driver.window.convolution.values.findChildren(QLabel))


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1)])
def test_a_picture_too_small_for_the_settings_leaves_the_old_maps_usable(
    driver: Driver, size: tuple[int, int]
) -> None:
    before = driver.result()
    driver.window.opener.show_picture(colour(*size, 1))
    driver.settle()
    room = driver.window.convolution
    assert room.stale
    assert all(pane.stale for pane in room.stages.panes.values())
    for key, pane in room.stages.panes.items():
        pane.hovered.emit((200, 300))
        assert room.pointing.explanation is not None, key
    room.stages.edited.emit(0, 200, 300, 5.0)
    assert driver.result().tolist() == before.tolist()


@pytest.mark.parametrize("channels", [2, 4, 5])
def test_a_picture_without_colours_leaves_the_colour_modes(driver: Driver, channels: int) -> None:
    room = driver.window.convolution
    room.mode.chosen.emit("r")
    driver.window.opener.show_picture(colour(8, 9, channels))
    driver.settle()
    assert not room.stale
    room.mode.chosen.emit("b")
    driver.settle()
    assert room.stale
    assert "none is red, green or blue" in room.problem.text()
    for pane in room.stages.panes.values():
        pane.hovered.emit((0, 0))
    room.mode.chosen.emit("sum")
    assert np.allclose(driver.result(), expected(driver.window.session.state), rtol=1e-5)


def test_clicking_a_partial_result_while_stepping_moves_nothing(driver: Driver) -> None:
    edit(driver, picture=colour(), channel_mode=ChannelMode.SUM)
    edit(driver, settings=replace(driver.window.session.state.settings, pool=PoolKind.MAX))
    room = driver.window.convolution
    room.transport.last()
    position = room.transport.position
    room.stages.panes["partial-0"].pinned.emit((7, 8))
    assert room.transport.position == position
    assert room.pointing.explanation is not None
    assert room.pointing.explanation.key == "partial-0"


def test_hovering_does_not_give_away_what_is_to_be_predicted(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    room = driver.window.convolution
    room.transport.set_predict(True)
    room.transport.predict_toggled.emit(True)
    room.stages.panes["stage-1-0"].hovered.emit((0, 3))
    assert "= 6" not in room.line.plain_text()
    assert "output[0, 0]" in room.line.plain_text()
    room.transport.answer_given.emit(9.0)
    assert room.stages.panes["stage-1-0"].revealed == 1


def test_hovering_an_earlier_cell_does_not_change_the_question(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    room = driver.window.convolution
    room.transport.first()
    room.transport.forward()
    room.transport.set_predict(True)
    room.transport.predict_toggled.emit(True)
    room.stages.panes["stage-1-0"].hovered.emit((0, 0))
    assert "= 9" in room.line.plain_text()
    room.transport.answer_given.emit(2.0)
    assert room.stages.panes["stage-1-0"].revealed == 2


def test_a_failed_result_leaves_the_maps_marked_as_older(driver: Driver) -> None:
    room = driver.window.convolution
    failed = Outcome(99, 0, None, None, Sentence("There is not enough memory."))
    driver.window.feed._finish(failed)
    assert room.stages.panes["stage-1-0"].stale
    assert "memory" in room.problem.text()
    room.kernel.use_tool("negate")
    driver.settle()
    assert not room.stages.panes["stage-1-0"].stale


def test_editing_a_cell_keeps_zoom_and_centre(driver: Driver) -> None:
    edit(driver, picture=colour(30, 30, 1), channel_mode=ChannelMode.GREY)
    viewport = driver.window.convolution.stages.viewport
    viewport.zoom_at((20.0, 20.0), 3.0)
    driver.settle()
    zoom, centre = viewport.zoom, viewport.centre
    driver.window.convolution.stages.edited.emit(0, 20, 20, 77.0)
    driver.settle()
    assert (viewport.zoom, viewport.centre) == (zoom, centre)
    driver.trigger("undo")
    driver.settle()
    assert (viewport.zoom, viewport.centre) == (zoom, centre)


@pytest.mark.parametrize(
    ("mode", "edited"),
    [
        (ChannelMode.RED, 0),
        (ChannelMode.GREEN, 1),
        (ChannelMode.BLUE, 2),
        (ChannelMode.EACH, 1),
        (ChannelMode.SUM, 1),
    ],
)
def test_the_channel_that_is_seen_is_the_one_edited(mode: ChannelMode, edited: int) -> None:
    state = State(colour(), FilterBank(np.ones((1, 1, 3, 3))), channel_mode=mode)
    # A single channel is the only map; of all three, the second is meant here.
    channel = 1 if mode in (ChannelMode.EACH, ChannelMode.SUM) else 0
    values = state.with_cell(channel, 3, 4, 77.0).picture.values
    assert values[3, 4, edited] == 77
    assert np.count_nonzero(values != state.picture.values) == 1


def test_a_grey_value_of_a_colour_picture_is_not_edited(driver: Driver) -> None:
    edit(driver, picture=colour(), channel_mode=ChannelMode.GREY)
    before, room = driver.window.session.state, driver.window.convolution
    room.stages.edited.emit(0, 3, 4, 77.0)
    assert driver.window.session.state is before
    assert room.problem.text() == "A grey value is computed from three channels; edit R, G or B instead."


def test_step_outline_and_blank_cells_stay_together_when_the_map_changes(driver: Driver) -> None:
    driver.window.opener.show_example("padding-1")
    driver.settle()
    room = driver.window.convolution
    room.transport.last()
    driver.window.session.edit(driver.window.session.state.with_settings(padding=(0, 0)), "test")
    driver.settle()
    assert room.pointing.explanation is not None
    index = room.transport.position
    assert index == 3
    assert room.pointing.explanation.cell == (1, 1)
    assert room.stages.panes["stage-1-0"].revealed == 4


def test_maps_are_named_by_channel_or_by_filter() -> None:
    bank = FilterBank(np.ones((2, 1, 3, 3)), ("edge", ""), (0.0, 0.0))
    state = State(colour(), bank, channel_mode=ChannelMode.GREY)
    assert map_names(state, ColumnKind.CONVOLUTION) == ("edge", "2")
    each = replace(state, channel_mode=ChannelMode.EACH)
    assert map_names(each, ColumnKind.CONVOLUTION) == ("R", "G", "B")
    assert map_names(replace(each, picture=colour(channels=2)), ColumnKind.INPUT) == ("1", "2")


def test_without_any_operation_there_is_nothing_to_step_through(driver: Driver) -> None:
    driver.window.convolution.settings.operation.chosen.emit("none")
    driver.settle()
    room = driver.window.convolution
    room.transport.forward()
    assert room.transport.position is None
    assert not room.pointing.stepping


def test_several_kernels_stand_beside_their_maps(driver: Driver) -> None:
    driver.window.opener.show_example("three-filters")
    driver.settle()
    stages, state = driver.window.convolution.stages, driver.window.session.state
    for index in range(3):
        content = stages.panes[f"kernel-{index}"].content
        assert content is not None
        assert content.values[0].tolist() == kernel_of(state, index).tolist()
    turned = replace(state, settings=replace(state.settings, operation=state.settings.operation.CONVOLUTION))  # type: ignore[union-attr]
    assert kernel_of(turned, 0).tolist() == kernel_of(state, 0)[::-1, ::-1].tolist()


def test_choices_are_steps_of_their_own_to_undo(driver: Driver) -> None:
    panel = driver.window.convolution.settings
    for data in ("max", "avg"):
        index = panel.pool.findData(data)
        panel.pool.activated.emit(index)
    driver.trigger("undo")
    assert driver.window.session.state.settings.pool is PoolKind.MAX
    driver.trigger("undo")
    assert driver.window.session.state.settings.pool is None


def test_the_magnitude_of_two_gradients(driver: Driver) -> None:
    gradient = np.array([[[[1.0, 0, -1]] * 3], [[[1.0] * 3, [0.0] * 3, [-1.0] * 3]]])
    edit(driver, picture=colour(channels=1), bank=FilterBank(gradient, ("", ""), (0.0, 0.0)))
    edit(driver, channel_mode=ChannelMode.GREY, mix=Magnitude())
    parts = [driver.values(f"stage-1-{n}") for n in range(2)]
    assert np.allclose(driver.result()[0], np.hypot(*parts), rtol=1e-6)


def test_enter_after_the_right_prediction_goes_on(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    room = driver.window.convolution
    room.step("predict")
    for value in (9.0, 9.0, 2.0):
        room.transport.answer_given.emit(value)
    assert room.transport.position == 1
    assert room.stages.panes["stage-1-0"].revealed == 2


def test_the_maps_of_a_photograph_are_not_painted_at_the_zoom_of_an_example(driver: Driver) -> None:
    panes = driver.window.convolution.stages.panes
    assert panes["input-0"].content is not None
    driver.window.opener.show_example("conv-step")
    assert all(panes[key].content is None for key in ("input-0", "stage-1-0"))
    driver.settle()
    assert panes["input-0"].text_at((0, 0)) == ("3",)


@pytest.mark.parametrize("language", Language)
def test_every_setting_fits_into_its_panel(driver: Driver, language: Language) -> None:
    window = driver.window
    state = window.session.state
    window.set_language(language)
    settings = replace(state.settings, pool=PoolKind.MAX, activation=Activation.RELU)
    window.session.edit(replace(state, settings=settings), "layer")
    driver.settle()
    for panel in (window.convolution.kernel, window.convolution.settings, window.convolution.filters):
        content = panel.parentWidget()
        assert content is not None
        area = content.parentWidget()
        assert area is not None
        assert panel.minimumSizeHint().width() <= panel.width() <= area.width()
