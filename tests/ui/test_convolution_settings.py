"""The convolution room, clicked and typed into: every number stays the one of the reference."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from convviz.core.channels import ChannelMode
from convviz.core.specs import Activation
from convviz.files.samples import Example
from convviz.ui.language import Language
from tests.ui.convolution_room import EXAMPLES, choose, enter, expected
from tests.ui.driver import Driver


def test_it_starts_with_a_photograph_under_a_sobel_kernel(driver: Driver) -> None:
    shown = driver.values("stage-1-0")
    assert shown.std() > 1
    state = driver.window.session.state
    assert state.bank.kernel(0, 0).tolist() == [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    content = driver.window.convolution.stages.panes["stage-1-0"].content
    assert content is not None
    whole = expected(driver)[0]
    view = content.view
    assert (shown == whole[np.ix_(view.rows.positions, view.columns.positions)]).all()


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_every_worked_example_is_right_in_the_window(driver: Driver, example: Example) -> None:
    driver.window.opener.show_example(example.id)
    assert driver.result().tolist() == example.expected.tolist()
    stages = driver.window.convolution.stages
    for place in stages.columns[-1].maps:
        pane = stages.panes[place.key]
        for y, x in np.ndindex(*place.shape):
            pane.pinned.emit((y, x))
            found = driver.window.convolution.pointing.explanation
            assert found is not None
            assert found.value == example.expected[place.channel, y, x]
            text = driver.window.convolution.line.plain_text()
            assert (
                f"[{', '.join(map(str, (place.channel, y, x)[len(stages.columns[-1].maps) == 1 :]))}]" in text
            )


def test_typing_in_the_kernel_changes_the_result(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    grid = driver.window.convolution.kernel.grid
    cells = grid.cells()
    cells.setFocus()
    driver.qtbot.keyClick(cells, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    driver.qtbot.keyClicks(cells, "1")
    focused = QApplication.focusWidget()
    driver.qtbot.keyClicks(focused, "/9")
    driver.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    state = driver.window.session.state
    assert (state.bank.kernel(0, 0) == 1 / 9).sum() == 1
    assert np.allclose(driver.result(), expected(driver), rtol=1e-6)
    driver.trigger("undo")
    assert (driver.window.session.state.bank.kernel(0, 0) == 1 / 9).sum() == 0
    assert driver.result().tolist() == EXAMPLES["conv-step"].expected.tolist()


def test_settings_act_at_once_and_every_number_stays_right(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    steps: list[Callable[[], None]] = [
        lambda: enter(driver, "stride-vertical", "2"),
        lambda: enter(driver, "padding-vertical", "2"),
        lambda: choose(driver, "padding-mode", "reflect"),
        lambda: enter(driver, "dilation-vertical", "2"),
        lambda: choose(driver, "activation", "relu"),
        lambda: choose(driver, "pooling", "avg"),
        lambda: enter(driver, "pool-size-vertical", "3"),
        lambda: enter(driver, "bias", "-3/2"),
        lambda: driver.window.convolution.settings.operation.chosen.emit("convolution"),
    ]
    for act in steps:
        act()
        assert not driver.window.convolution.stale
        assert np.allclose(driver.result(), expected(driver), rtol=1e-5, atol=1e-5)
    before = driver.window.session.state
    while driver.window.session.undo_stack.canUndo():
        driver.trigger("undo")
    while driver.window.session.undo_stack.canRedo():
        driver.trigger("redo")
    assert driver.window.session.state == before
    assert np.allclose(driver.result(), expected(driver), rtol=1e-5, atol=1e-5)


def test_settings_that_cannot_work_say_why_and_keep_the_last_output(driver: Driver) -> None:
    driver.window.opener.show_example("conv-5x5")
    good = driver.result()
    room = driver.window.convolution
    for name in ("kernel-size-vertical", "kernel-size-horizontal"):
        enter(driver, name, "7")
    assert room.stale
    assert "7×7 is larger than the 5×5 input" in room.problem.text()
    assert driver.result().tolist() == good.tolist()
    assert room.stages.panes["stage-1-0"].stale
    assert not room.stages.panes["input-0"].stale
    button = room.problem.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not room.stale
    assert not room.problem.isVisible()
    assert driver.window.session.state.settings.padding == (1, 1)
    assert np.allclose(driver.result(), expected(driver))


def test_channels_summed_show_partial_results_that_add_up(driver: Driver) -> None:
    driver.window.opener.show_example("multi-channel")
    parts = [driver.values(f"partial-{c}") for c in range(3)]
    assert np.sum(parts, axis=0).tolist() == EXAMPLES["multi-channel"].expected[0].tolist()


def test_a_one_by_one_layer_on_three_filters_equals_the_composed_kernel(driver: Driver) -> None:
    driver.window.opener.show_example("three-filters")
    filters = driver.window.convolution.filters
    choose(driver, "combine", "weighted")
    driver.settle()
    assert len(filters.fields) == 4
    enter(driver, "mix-1", "-1")
    assert driver.result().tolist() == EXAMPLES["composed-kernel"].expected.tolist()


def test_filters_are_added_named_moved_and_removed(driver: Driver) -> None:
    filters = driver.window.convolution.filters
    filters.add.click()
    filters.add.click()
    assert driver.window.session.state.bank.count == 3
    assert len(driver.result()) == 3
    names = driver.window.findChild(QListWidget, "filters")
    assert isinstance(names, QListWidget)
    names.item(2).setText("third")
    assert driver.filter_names() == ["", "", "third"]
    filters.up.click()
    assert driver.filter_names() == ["", "third", ""]
    filters.remove.click()
    assert driver.filter_names() == ["", ""]


@pytest.mark.parametrize("mode", list(ChannelMode))
def test_every_channel_mode_on_a_photograph(driver: Driver, mode: ChannelMode) -> None:
    driver.window.convolution.mode.chosen.emit(mode.value)
    driver.settle()
    whole = expected(driver)
    for place in driver.window.convolution.stages.columns[-1].maps:
        content = driver.window.convolution.stages.panes[place.key].content
        assert content is not None
        rows, columns = content.view.rows.positions, content.view.columns.positions
        assert np.allclose(content.values[0], whole[place.channel][np.ix_(rows, columns)], atol=1e-3)


def test_cells_of_a_grid_are_edited_in_place(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    driver.window.convolution.stages.panes["input-0"].edited.emit(0, 1, 30.0)
    assert driver.window.session.state.picture.values[0, 1, 0] == 30
    assert driver.result()[0, 0, 0] == 9 + 27
    driver.trigger("undo")
    assert driver.result().tolist() == EXAMPLES["conv-step"].expected.tolist()


def test_problems_are_said_in_russian_too(driver: Driver) -> None:
    driver.window.set_language(Language.RUSSIAN)
    driver.window.opener.show_example("conv-5x5")
    driver.settle()
    enter(driver, "kernel-size-vertical", "7")
    text = driver.window.convolution.problem.text()
    assert text
    assert all(not ("a" <= c.lower() <= "z") for c in text)


def test_activation_shows_before_and_after(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    choose(driver, "activation", Activation.RELU.value)
    driver.settle()
    assert driver.values("stage-1-0").min() == -4
    assert driver.values("stage-2-0").min() == 0
