"""From cell to cell of the result: by keys, by a click, and with a prediction before it is shown."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from convviz.core.specs import PoolKind
from tests.ui.driver import Driver


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


def test_a_pointer_that_leaves_while_a_smaller_picture_is_arranged_is_heard_of_later(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = driver.window.convolution
    room.stages.pinned.emit("input-0", (127, 300))
    assert "input[127, 300]" in room.line.plain_text()
    arrange, told = room.stages.arrange, list[str]()

    def leave(*arguments: Any) -> None:
        arrange(*arguments)
        # Qt takes the pointer off what moves from under it at once.
        room.stages.hovered.emit("input-0", None)
        room.stages.hovered.emit("input-0", (3, 3))
        told.append(room.line.plain_text())

    monkeypatch.setattr(room.stages, "arrange", leave)
    driver.window.opener.show_example("conv-step")
    driver.settle()
    read_out = driver.window.findChild(QLabel, "status-read-out")
    assert isinstance(read_out, QLabel)
    assert told
    assert not any("127" in text or "input[3, 3]" in text for text in told)
    assert "input[3, 3]" in room.line.plain_text()
    assert "x 3 y 3" in read_out.text()
