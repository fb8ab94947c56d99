"""The training room in the real window: it learns, pauses, looks back, saves, and says what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QSpinBox

from convviz.nets.learn.data import Data
from convviz.nets.learn.plan import LayerKind
from convviz.ui import theme
from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.training.desk import TrainingDesk
from tests.ui.driver import WAIT_MS, Driver
from tests.ui.questions import BUTTONS, Questions, questions

__all__ = ["questions"]


@pytest.fixture
def room(make_window: Callable[..., Driver]) -> Driver:
    driver = make_window(Room.TRAINING)
    wait(driver, lambda: desk(driver).trainer.run is not None)
    return driver


def desk(driver: Driver) -> TrainingDesk:
    found = driver.window.training.desk
    assert found is not None
    return found


def wait(driver: Driver, until: Callable[[], bool]) -> None:
    driver.qtbot.waitUntil(lambda: until() and not desk(driver).trainer.busy, timeout=WAIT_MS)


def epoch(driver: Driver) -> int:
    run = desk(driver).trainer.run
    assert run is not None
    return run.epoch


def test_space_plays_and_pauses(room: Driver) -> None:
    desk(room).setFocus()
    room.qtbot.keyClick(desk(room), Qt.Key.Key_Space)
    room.qtbot.waitUntil(lambda: epoch(room) >= 3, timeout=WAIT_MS)
    assert desk(room).play.text() == "Pause"
    room.qtbot.keyClick(desk(room), Qt.Key.Key_Space)
    wait(room, lambda: not desk(room).trainer.playing)
    assert desk(room).play.text() == "Play"


def test_a_step_and_an_epoch_go_as_far_as_they_say(room: Driver) -> None:
    desk(room).step.click()
    run = desk(room).trainer.run
    assert run is not None
    wait(room, lambda: run.step_count == 1)
    desk(room).epoch.click()
    wait(room, lambda: run.epoch == 1)
    assert run.step_count == 4
    assert "epoch 1 of 200" in desk(room).state.text()


def test_the_scrubber_shows_the_network_as_it_was_and_play_goes_on_from_now(room: Driver) -> None:
    before = desk(room).state.text()
    for number in range(1, 4):
        desk(room).epoch.click()
        wait(room, lambda number=number: epoch(room) == number)  # type: ignore[misc]  # bound at once
    assert desk(room).state.text() != before
    desk(room).scrubber.setValue(0)
    wait(room, lambda: desk(room).state.text() == before)
    desk(room).epoch.click()
    wait(room, lambda: epoch(room) == 4)
    assert desk(room).scrubber.value() == 4


def test_the_learning_rate_takes_effect_while_it_learns(room: Driver) -> None:
    run = desk(room).trainer.run
    assert run is not None
    desk(room).form.rate.setValue(0.5)
    desk(room).epoch.click()
    wait(room, lambda: run.epoch == 1)
    assert desk(room).trainer.run is run
    assert run.history.figures[-1].rate == 0.5


def test_layers_that_do_not_fit_are_named_and_learn_nothing(room: Driver) -> None:
    layers = desk(room).layers
    window = layers.findChild(QSpinBox, "training-layer-columns")
    assert window is not None
    layers.list.setCurrentRow(0)
    window.setValue(9)
    assert "layer 1, 1 × 9, does not fit on the maps of 2 × 3" in layers.problem.text()
    assert not desk(room).play.isEnabled()
    window.setValue(2)
    wait(room, lambda: desk(room).play.isEnabled())
    assert not layers.problem.text()


def test_layers_are_added_moved_and_removed(room: Driver) -> None:
    layers = desk(room).layers
    layers.list.setCurrentRow(1)
    layers.kind.setCurrentIndex(layers.kind.findData("pooling"))
    layers.add.click()
    assert [one.kind for one in layers.plan.layers][2] is LayerKind.POOLING
    layers.up.click()
    assert [one.kind for one in layers.plan.layers][1] is LayerKind.POOLING
    layers.remove.click()
    assert LayerKind.POOLING not in [one.kind for one in layers.plan.layers]
    listed = layers.findChild(QListWidget, "training-layers")
    assert listed is not None
    assert listed.count() == 4


def test_the_solution_by_hand_answers_all_pictures(room: Driver) -> None:
    desk(room).hand.click()
    wait(room, lambda: "these are by hand" in desk(room).state.text())
    assert "pictures right: 64" in desk(room).state.text()
    assert "1·ReLU(1·p₁ + 1·p₂ − 1)" in desk(room).formula.plain_text()


def test_another_loss_makes_the_network_fit(room: Driver) -> None:
    form = desk(room).form
    form.loss.setCurrentIndex(form.loss.findData("cross-entropy"))
    wait(room, lambda: desk(room).trainer.run is not None)
    assert desk(room).layers.plan.layers[-1].count == 5
    assert not desk(room).layers.problem.text()


def test_a_folder_that_cannot_be_learned_from_leaves_the_run(room: Driver, tmp_path: Path) -> None:
    run = desk(room).trainer.run
    desk(room).open_data(Data.FOLDER, str(tmp_path))
    wait(room, lambda: bool(desk(room).problem.text()))
    assert "does not hold two folders" in desk(room).problem.text()
    assert desk(room).trainer.run is run
    assert desk(room).form.data.currentData() == "fragments"


def test_numbers_that_break_stop_it_with_a_sentence(room: Driver) -> None:
    form = desk(room).form
    form.optimiser.setCurrentIndex(form.optimiser.findData("SGD"))
    wait(room, lambda: desk(room).trainer.run is not None and not desk(room)._restart.isActive())
    form.rate.setValue(1000)
    desk(room).play.click()
    wait(room, lambda: bool(desk(room).problem.text()))
    assert "beyond all bounds" in desk(room).problem.text()
    assert not desk(room).trainer.playing


def test_a_saved_network_opens_in_the_network_room(room: Driver, tmp_path: Path) -> None:
    path = tmp_path / "counted"
    desk(room).save_to(str(path))
    wait(room, lambda: "Saved" in desk(room).problem.text())
    assert (tmp_path / "counted.toml").is_file()
    desk(room).problem.acted.emit()
    assert room.window.room is Room.NETWORK
    room.settle()
    network = room.window.network.desk
    assert network is not None
    assert network.traced is not None
    assert network.traced.network.title == "counted"


@pytest.mark.parametrize(
    ("typed", "there", "asked"),
    [
        ("net", "net.safetensors", "net.safetensors"),
        ("net", "net.toml", "net.toml"),
        ("net.safetensors", "net.toml", "net.toml"),
        # Of this one the dialog has asked.
        ("net.safetensors", "net.safetensors", None),
    ],
)
def test_no_file_is_replaced_unasked(
    room: Driver,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    questions: Questions,
    typed: str,
    there: str,
    asked: str | None,
) -> None:
    (tmp_path / there).write_text("old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    desk(room).save.click()
    wait(room, lambda: True)
    assert questions.asked == ([] if asked is None else [f"{asked} is there already. Replace it?"])
    may = asked is None or questions.answer == BUTTONS.Yes
    assert ((tmp_path / there).read_bytes() == b"old") == (not may)


def test_back_from_the_projector_everything_is_as_wide_and_as_high_as_before(room: Driver) -> None:
    def measures() -> tuple[int, int, int]:
        room.settle()
        return desk(room).side.width(), desk(room).layers.list.height(), desk(room).scrubber.minimumHeight()

    before = measures()
    room.window.set_projector(True)
    # What is hidden then has its scale all the same.
    room.window.set_language(Language.RUSSIAN)
    assert all(large > small for large, small in zip(measures(), before, strict=True))
    room.window.set_projector(False)
    assert measures() == before
    room.window.set_language(Language.ENGLISH)
    assert measures() == before


def test_with_little_room_the_scrubber_comes_down_to_a_line_of_its_own(room: Driver) -> None:
    shown = desk(room)

    def below() -> int:
        return shown.scrubber.mapTo(shown, QPoint()).y() - shown.play.mapTo(shown, QPoint()).y()

    assert below() < shown.play.height()
    room.window.set_projector(True)
    room.window.resize(832, 720)
    room.qtbot.waitUntil(lambda: below() >= shown.play.height(), timeout=WAIT_MS)
    room.settle()
    assert shown.scrubber.width() >= theme.current().px(96)
    # Its pages are beside each other, and nothing of the room is out of sight.
    assert shown.pages.height() == shown.pages.sizeHint().height()
    assert shown.width() <= 832
    room.window.set_projector(False)


def test_closing_the_window_ends_the_training(room: Driver) -> None:
    desk(room).play.click()
    room.qtbot.waitUntil(lambda: epoch(room) >= 1, timeout=WAIT_MS)
    assert room.window._threads.close(timeout_ms=1000)
