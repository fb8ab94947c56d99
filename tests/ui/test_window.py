"""The real window, clicked and typed into."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QPushButton

from convviz.core import reference
from convviz.core.channels import ChannelMode, planes
from convviz.core.specs import Activation, PoolKind
from convviz.files.samples import Example, load_examples
from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.theme import ThemeName
from convviz.ui.widgets.number_field import NumberField
from tests.ui.driver import Driver

EXAMPLES = {example.id: example for example in load_examples()}


def enter(driver: Driver, name: str, text: str) -> None:
    """Type ``text`` into the number field called ``name``."""
    field = driver.window.findChild(NumberField, name)
    assert isinstance(field, NumberField), name
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, text)
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(driver: Driver, name: str, data: str) -> None:
    combo = driver.window.findChild(QComboBox, name)
    assert isinstance(combo, QComboBox)
    index = combo.findData(data)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def expected(driver: Driver) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    state = driver.window.session.state
    return reference.run(planes(state.picture.values, state.channel_mode).astype(float), state.chain())


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


def test_stepping_by_keys_fills_the_output_cell_by_cell(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    room, window = driver.window.convolution, driver.window
    window.setFocus()
    pane = room.stages.panes["stage-1-0"]
    for index in range(3):
        driver.qtbot.keyClick(window, Qt.Key.Key_Right)
        assert pane.revealed == index + 1
        assert room.pointing.explanation is not None
        assert room.pointing.explanation.cell == (0, index)
    assert "= 2" in room.line.plain_text()
    driver.qtbot.keyClick(window, Qt.Key.Key_Left)
    assert pane.revealed == 2
    driver.qtbot.keyClick(window, Qt.Key.Key_End)
    assert pane.revealed == 16
    driver.qtbot.keyClick(window, Qt.Key.Key_Home)
    assert pane.revealed == 1
    driver.qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert pane.revealed is None


def test_a_prediction_is_checked_and_the_wrong_term_is_pointed_out(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    room = driver.window.convolution
    room.transport.set_predict(True)
    room.transport.predict_toggled.emit(True)
    pane = room.stages.panes["stage-1-0"]
    assert pane.revealed == 0
    assert "= 9" not in room.line.plain_text()
    room.transport.answer_given.emit(6.0)
    assert pane.revealed == 0
    assert any(mark.kind == "wrong" for mark in room.stages.panes["input-0"].marks)
    room.transport.answer_given.emit(9.0)
    assert pane.revealed == 1
    assert "= 9" in room.line.plain_text()


def test_pooling_marks_the_winner(driver: Driver) -> None:
    driver.window.opener.show_example("max-pool-3")
    driver.settle()
    stages = driver.window.convolution.stages
    last = stages.columns[-1].maps[0].key
    stages.panes[last].pinned.emit((0, 0))
    winners = [m for m in stages.panes["input-0"].marks if m.kind == "winner"]
    assert [(m.cells.top, m.cells.left) for m in winners] == [(0, 2)]


def test_the_winner_is_not_marked_before_it_is_predicted(driver: Driver) -> None:
    driver.window.opener.show_example("max-pool-3")
    driver.settle()
    room = driver.window.convolution
    room.step("predict")
    pane = room.stages.panes["input-0"]
    assert [mark.kind for mark in pane.marks] == ["tap"]
    room.pointing.point_at_term(0)
    room.pointing.point_at_term(None)
    assert [mark.kind for mark in pane.marks] == ["tap"]
    # A value of the window that is not the largest is pointed out, the largest still is not.
    room.transport.answer_given.emit(4.0)
    assert "winner" not in [mark.kind for mark in pane.marks]
    room.transport.answer_given.emit(5.0)
    assert [mark.kind for mark in pane.marks] == ["tap", "winner"]


def test_what_feeds_the_winner_is_not_outlined_before_it_is_predicted(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    state = driver.window.session.state
    pooled = replace(state, settings=replace(state.settings, pool=PoolKind.MAX))
    driver.window.session.edit(pooled, "pooling")
    driver.settle()
    room = driver.window.convolution
    room.every_stage.setChecked(True)
    room.step("predict")
    pane = room.stages.panes["input-0"]
    assert [mark.kind for mark in pane.marks] == ["soft"]
    room.transport.answer_given.emit(9.0)
    assert [mark.kind for mark in pane.marks] == ["soft", "focus"]


def test_broken_files_say_why_and_the_picture_stays(driver: Driver, tmp_path: Path) -> None:
    before = driver.window.session.state.picture
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    for path in (broken, tmp_path / "missing.png", tmp_path):
        driver.window.opener.open_path(str(path))
        driver.settle()
        assert driver.window.problem.isVisible()
        assert path.name in driver.window.problem.text()
        assert driver.window.session.state.picture is before


def test_a_dropped_file_opens_and_is_remembered(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "green.png"
    Image.new("RGB", (30, 20), (0, 200, 0)).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    assert driver.window.opener.take(mime)
    driver.settle()
    assert driver.window.session.state.picture.name == "green.png"
    assert driver.window.preferences.recent == (str(path),)
    assert driver.window.windowTitle().startswith("green.png")


def test_pasted_pictures_and_matrices_open(driver: Driver) -> None:
    image = QImage(4, 3, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    mime = QMimeData()
    mime.setImageData(image)
    assert driver.window.opener.take(mime)
    driver.settle()
    picture = driver.window.session.state.picture
    assert picture.values.shape == (3, 4, 3)
    assert picture.notes
    red, green, blue = (int(v) for v in picture.values[0, 0])
    assert red == 255
    assert green == blue
    assert abs(green - 127) <= 1
    text = QMimeData()
    text.setText("1\t2\n3\t4")
    assert driver.window.opener.take(text)
    driver.settle()
    assert driver.window.session.state.picture.values[..., 0].tolist() == [[1, 2], [3, 4]]
    text.setText("1 2\n3")
    assert driver.window.opener.take(text)
    driver.settle()
    assert driver.window.problem.isVisible()


def test_cells_of_a_grid_are_edited_in_place(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    driver.window.convolution.stages.panes["input-0"].edited.emit(0, 1, 30.0)
    assert driver.window.session.state.picture.values[0, 1, 0] == 30
    assert driver.result()[0, 0, 0] == 9 + 27
    driver.trigger("undo")
    assert driver.result().tolist() == EXAMPLES["conv-step"].expected.tolist()


def test_hovering_a_pixel_reads_out_position_value_and_colour(make_window: Callable[..., Driver]) -> None:
    driver = make_window(Room.IMAGE)
    driver.window.image.panes["picture"].hovered.emit((106, 161))
    pixel = driver.window.session.state.picture.values[106, 161]
    text = driver.read_out()
    assert "x 161 y 106" in text
    assert f"R {pixel[0]} G {pixel[1]} B {pixel[2]}" in text
    assert "#{:02X}{:02X}{:02X}".format(*pixel) in text


def test_the_image_room_shows_the_three_channels(make_window: Callable[..., Driver]) -> None:
    driver = make_window(Room.IMAGE)
    picture = driver.window.session.state.picture
    for channel in range(3):
        content = driver.window.image.panes[str(channel)].content
        assert content is not None
        assert content.values.shape[0] == 1
    assert driver.window.image.histogram.isVisible()
    assert "300 × 451 × 3" in driver.window.image.panel.shape.text()
    assert str(picture.values.size) in driver.window.image.panel.inputs.text().replace("\u00a0", "")


def test_languages_switch_while_running(driver: Driver) -> None:
    window = driver.window
    room = window.bar.rooms[Room.CONVOLUTION]
    assert room.text() == "Convolution"
    window.set_language(Language.RUSSIAN)
    assert room.text() == "Свёртка"
    window.set_language(Language.ENGLISH)
    assert room.text() == "Convolution"


def test_problems_are_said_in_russian_too(driver: Driver) -> None:
    driver.window.set_language(Language.RUSSIAN)
    driver.window.opener.show_example("conv-5x5")
    driver.settle()
    enter(driver, "kernel-size-vertical", "7")
    text = driver.window.convolution.problem.text()
    assert text
    assert all(not ("a" <= c.lower() <= "z") for c in text)


@pytest.mark.parametrize("name", list(ThemeName))
def test_themes_and_projector_scale_switch_while_running(driver: Driver, name: ThemeName) -> None:
    driver.window.set_theme(name)
    driver.window.set_projector(True)
    driver.settle()
    assert driver.window.projector
    driver.window.set_projector(False)
    assert not driver.window.projector


def test_rooms_open_by_key_and_are_remembered(driver: Driver) -> None:
    driver.trigger("room-image")
    driver.settle()
    assert driver.window.room is Room.IMAGE
    assert driver.window.preferences.room is Room.IMAGE
    driver.trigger("room-convolution")
    assert driver.window.convolution.isVisible()


def test_clicking_an_output_cell_pins_it(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    driver.settle()
    pane = driver.window.convolution.stages.panes["stage-1-0"]
    point = pane.cell_rect((1, 1)).center().toPoint()
    driver.qtbot.mouseMove(pane, point)
    driver.qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=point)
    driver.qtbot.mouseMove(pane, QPoint(1, 1))
    found = driver.window.convolution.pointing.explanation
    assert found is not None
    assert (found.cell, found.value) == ((1, 1), 4)
    assert "= 4" in driver.window.convolution.line.plain_text()


def test_activation_shows_before_and_after(driver: Driver) -> None:
    driver.window.opener.show_example("conv-step")
    choose(driver, "activation", Activation.RELU.value)
    driver.settle()
    assert driver.values("stage-1-0").min() == -4
    assert driver.values("stage-2-0").min() == 0
