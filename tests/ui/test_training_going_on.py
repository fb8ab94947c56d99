"""The training room goes on, begins anew only when told to, says who stands still, compares and downloads."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.entries import Progress, silent
from convviz.nets.learn.build import fill
from convviz.nets.learn.data import Data, load
from convviz.nets.learn.run import Run
from convviz.nets.learn.samples import Samples
from convviz.ui.state import Room
from convviz.ui.training import source, trainer
from convviz.ui.training.desk import TrainingDesk
from convviz.work.jobs import Cancelled
from tests.nets import tiny
from tests.ui.driver import WAIT_MS, Driver

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def desk(make_window: Callable[..., Driver]) -> TrainingDesk:
    driver = make_window(Room.TRAINING)
    found = driver.window.training.desk
    assert found is not None
    driver.qtbot.waitUntil(lambda: rests(found), timeout=WAIT_MS)
    return found


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    def until(done: Callable[[], bool]) -> None:
        qtbot.waitUntil(done, timeout=WAIT_MS)

    return until


def rests(desk: TrainingDesk) -> bool:
    return desk.trainer.run is not None and not desk.trainer.busy and not desk._restart.isActive()


def run_of(desk: TrainingDesk) -> Run:
    assert desk.trainer.run is not None
    return desk.trainer.run


def learn(desk: TrainingDesk, epochs: int, until: Until) -> Run:
    """Run some epochs one by one."""
    run = run_of(desk)
    for number in range(run.epoch + 1, run.epoch + epochs + 1):
        desk.epoch.click()
        until(lambda number=number: run.epoch == number and rests(desk))  # type: ignore[misc]  # bound at once
    return run


def action(desk: TrainingDesk) -> QPushButton:
    found = desk.problem.findChild(QPushButton, "problem-action")
    assert found is not None
    return found


def test_more_epochs_go_on_with_the_same_run(desk: TrainingDesk, until: Until) -> None:
    desk.form.epochs.setValue(2)
    run = learn(desk, 2, until)
    assert run.done
    desk.form.epochs.setValue(3)
    assert not desk.problem.text()
    learn(desk, 1, until)
    assert run_of(desk) is run
    assert desk.scrubber.maximum() == 3
    assert "epoch 3 of 3" in desk.state.text()
    assert len(run.history.figures) == 4


def test_fewer_epochs_than_have_been_run_are_refused_with_a_sentence(
    desk: TrainingDesk, until: Until
) -> None:
    run = learn(desk, 2, until)
    desk.form.epochs.setValue(1)
    assert "Epoch 2 is reached already" in desk.problem.text()
    assert (desk.form.epochs.value(), run.plan.epochs) == (2, 2)
    assert run_of(desk) is run


def test_a_run_that_ends_far_from_its_goal_offers_more_epochs(desk: TrainingDesk, until: Until) -> None:
    desk.form.epochs.setValue(2)
    run = run_of(desk)
    desk.play.click()
    until(lambda: run.done and rests(desk))
    assert "still far from its goal of 0.01" in desk.problem.text()
    assert action(desk).text() == "2 more epochs"
    action(desk).click()
    until(lambda: run.epoch == 4 and rests(desk))
    assert run_of(desk) is run


def test_a_seed_that_stands_still_is_told_at_the_end_and_not_while_it_plays(
    desk: TrainingDesk, until: Until
) -> None:
    desk.form.seed.setValue(3)
    until(lambda: rests(desk) and run_of(desk).plan.seed == 3)
    desk.form.epochs.setValue(60)
    said = []
    desk.trainer.seen.connect(lambda seen: said.append((desk.trainer.playing, desk.problem.text())))
    desk.play.click()
    until(lambda: run_of(desk).done and rests(desk))
    assert "the training is stuck" in desk.problem.text()
    assert not any(text for playing, text in said if playing)
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).plan.seed == 4)
    assert run_of(desk).step_count == 0


def test_what_stopped_a_run_stays_said(
    desk: TrainingDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Run, "stuck", True)
    desk.form.optimiser.setCurrentIndex(desk.form.optimiser.findData("SGD"))
    until(lambda: rests(desk) and run_of(desk).plan.optimiser == "SGD")
    desk.form.rate.setValue(1000)
    desk.play.click()
    until(lambda: not desk.trainer.playing and rests(desk))
    assert "beyond all bounds" in desk.problem.text()


def test_what_begins_anew_says_so_and_closing_that_keeps_the_run(desk: TrainingDesk, until: Until) -> None:
    run = learn(desk, 1, until)
    desk.form.batch.setValue(8)
    assert "begins a new run; the present one (epochs: 1, steps: 4)" in desk.problem.text()
    assert run_of(desk) is run
    desk.problem.dismissed.emit()
    assert desk.form.batch.value() == 16
    assert run_of(desk) is run
    desk.form.batch.setValue(8)
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk) is not run)
    assert (run_of(desk).plan.batch, run_of(desk).step_count) == (8, 0)


def test_to_play_what_was_edited_begins_it(desk: TrainingDesk, until: Until) -> None:
    run = learn(desk, 1, until)
    desk.form.seed.setValue(7)
    desk.epoch.click()
    until(lambda: rests(desk) and run_of(desk) is not run and run_of(desk).epoch == 1)
    assert run_of(desk).plan.seed == 7


def test_other_data_and_weights_by_hand_ask_first_too(desk: TrainingDesk, until: Until) -> None:
    run = learn(desk, 1, until)
    desk.hand.click()
    assert "begins a new run" in desk.problem.text()
    desk.problem.dismissed.emit()
    desk.form.data.setCurrentIndex(desk.form.data.findData("shapes"))
    desk.form.data.activated.emit(desk.form.data.currentIndex())
    assert "begins a new run" in desk.problem.text()
    assert run_of(desk) is run
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).samples.title == "Shapes")


def test_layers_that_do_not_fit_stay_said_whatever_is_looked_at(desk: TrainingDesk, until: Until) -> None:
    run = learn(desk, 1, until)
    desk.layers.list.setCurrentRow(2)
    desk.layers.remove.click()
    assert "put a flatten before it" in desk.layers.problem.text()
    desk.scrubber.setValue(0)
    until(lambda: rests(desk) and "epoch 0" in desk.state.text())
    assert not desk.play.isEnabled()
    assert run_of(desk) is run


def test_learned_and_by_hand_stand_beside_each_other(desk: TrainingDesk, until: Until) -> None:
    learn(desk, 1, until)
    desk.pages.button("expression").click()
    texts = {
        name: label.text()
        for name in ("right-learned", "right-hand", "loss-learned", "loss-hand", "lecture-hand")
        if (label := desk.findChild(QLabel, f"compared-{name}")) is not None
    }
    figures = run_of(desk).history.figures[-1]
    assert texts["right-hand"] == "64 / 64"
    assert texts["right-learned"] == f"{figures.confusion.trace()} / 64"
    assert texts["loss-learned"] == f"{figures.loss:.4f}"
    assert texts["loss-hand"] == texts["lecture-hand"] == "0.0000"
    assert "1·ReLU(1·p₁ + 1·p₂ − 1)" in desk.expression.hand.plain_text()
    assert "v₁·ReLU" in desk.expression.learned.plain_text()
    before = desk.expression.learned.plain_text()
    learn(desk, 1, until)
    assert desk.expression.learned.plain_text() != before


def test_both_sets_of_weights_stand_beside_each_other(desk: TrainingDesk) -> None:
    desk.pages.button("expression").click()
    texts = {
        name: label.text().split("\n")
        for name in ("filters-learned", "filters-hand", "neurons-learned", "neurons-hand")
        if (label := desk.findChild(QLabel, f"compared-{name}")) is not None
    }
    assert texts["filters-hand"] == ["1  1 | −1"]
    assert texts["neurons-hand"] == ["1  1  1  1 | 0"]
    first, last = run_of(desk).module[0], run_of(desk).module[3]
    assert len(texts["filters-learned"]) == len(first.weight)
    written = texts["filters-learned"][1].replace("−", "-").replace("|", "").split()
    values = [*first.weight[1].flatten().tolist(), first.bias[1].item()]
    assert [float(one) for one in written] == pytest.approx(values, abs=5e-5)
    written = texts["neurons-learned"][0].replace("−", "-").replace("|", "").split()
    assert [float(one) for one in written] == pytest.approx(
        [*last.weight[0].tolist(), *last.bias.tolist()], abs=5e-5
    )


def test_only_wrong_answers_are_called_wrong_and_without_one_that_is_said(
    desk: TrainingDesk, until: Until
) -> None:
    samples = run_of(desk).samples
    assert desk.worst.isEnabled()
    assert desk.none_wrong.isHidden()
    assert all(tile.caption.split("→")[0] != tile.caption.split("→")[1] for _, tile in desk.worst._places)
    desk.hand.click()
    until(lambda: rests(desk) and desk.is_by_hand)
    assert not desk.none_wrong.isHidden()
    assert desk.none_wrong.text() == f"None of the {len(samples)} pictures asked is answered wrongly."
    assert not desk.worst._places
    assert not desk.worst.isEnabled()


def test_the_picture_whose_maps_are_shown_is_chosen_by_its_number_too(
    desk: TrainingDesk, until: Until
) -> None:
    assert (desk.picture.minimum(), desk.picture.maximum()) == (1, 64)
    assert desk.picture.value() == desk.trainer.picture + 1
    desk.picture.setValue(64)
    until(lambda: rests(desk) and desk._look is not None and desk._look[2].picture == 63)
    # All ones: four fragments.
    assert desk.maps._rows[0].title == "4"
    desk.worst.chosen.emit(5)
    until(lambda: rests(desk) and desk.picture.value() == 6)
    learn(desk, 1, until)
    assert desk.picture.value() == 6
    desk.open_data(Data.SHAPES)
    until(lambda: rests(desk) and run_of(desk).samples.title == "Shapes")
    assert desk.picture.maximum() == len(run_of(desk).samples)


def test_a_picture_that_is_chosen_stays_while_older_maps_come(desk: TrainingDesk, until: Until) -> None:
    values: list[int] = []
    desk.play.click()
    desk.picture.setValue(9)
    desk.trainer.seen.connect(lambda seen: values.append(desk.picture.value()))
    until(lambda: len(values) >= 3)
    desk.play.click()
    until(lambda: rests(desk))
    assert set(values) == {9}
    assert desk._look is not None
    assert desk._look[2].picture == 8


def test_a_run_that_diverged_is_shown_as_it_is_again(desk: TrainingDesk, until: Until) -> None:
    run = learn(desk, 2, until)
    before = desk.state.text()
    lost = np.full(run.history.weights(0)[1].shape, 1e7, np.float32)
    fill(run.module, lost)
    desk.form.rate.setValue(0.000001)
    learn(desk, 1, until)
    assert run.history.figures[-1].loss > 1e20
    fill(run.module, lost * np.float32(1e20))
    desk.step.click()
    until(lambda: "epoch 2 are back" in desk.problem.text() and rests(desk))
    assert desk.state.text() == before
    assert (desk.scrubber.value(), desk.scrubber.maximum()) == (2, 2)
    desk.form.rate.setValue(0.01)
    learn(desk, 1, until)
    assert (run.epoch, len(run.history.figures)) == (3, 4)


def test_what_is_not_written_out_has_no_page_for_it(desk: TrainingDesk, until: Until) -> None:
    assert desk.pages.isVisible()
    desk.pages.button("expression").click()
    desk.open_data(Data.SHAPES)
    until(lambda: rests(desk) and run_of(desk).samples.title == "Shapes")
    assert not desk.pages.isVisible()
    assert desk.stack.currentIndex() == 0


def test_a_pause_stops_an_epoch_between_two_steps(
    desk: TrainingDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    stepped, go_on = threading.Event(), threading.Event()
    step = Run.step

    def slow(self: Run, rate: float, check: Check = nothing) -> float:
        loss = step(self, rate, check)
        stepped.set()
        assert go_on.wait(10)
        return loss

    monkeypatch.setattr(Run, "step", slow)
    desk.epoch.click()
    until(stepped.is_set)
    desk.trainer.stop()
    go_on.set()
    until(lambda: rests(desk))
    assert (run_of(desk).step_count, run_of(desk).epoch) == (1, 0)
    assert "step 1" in desk.state.text()


def test_other_data_cancel_the_load_of_the_first(
    desk: TrainingDesk, until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, given_up, go_on = threading.Event(), threading.Event(), threading.Event()

    def slow(data: Data, seed: int, folder: str = "", check: Check = nothing) -> object:
        if data is Data.FOLDER:
            loading.set()
            assert go_on.wait(10)
            try:
                check()
            except Cancelled:
                given_up.set()
                raise
        return load(data, seed, folder, check)

    monkeypatch.setattr(trainer, "load", slow)
    desk.open_data(Data.FOLDER, str(tmp_path))
    until(loading.is_set)
    desk.open_data(Data.STRIPES)
    go_on.set()
    until(lambda: rests(desk) and run_of(desk).samples.title == "Stripes by direction")
    assert given_up.is_set()
    assert not desk.problem.text()


class SlowShapes:
    """Stands in for the loading of data: shapes come when they are let."""

    def __init__(self) -> None:
        self.loading, self.go_on = threading.Event(), threading.Event()

    def load(self, data: Data, seed: int, folder: str = "", check: Check = nothing) -> Samples:
        if data is Data.SHAPES:
            self.loading.set()
            assert self.go_on.wait(10)
        return load(data, seed, folder, check)


@pytest.mark.parametrize("edit", ["reset", "seed"])
def test_what_is_done_while_data_are_on_their_way_does_not_lose_them(
    desk: TrainingDesk, until: Until, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    slow = SlowShapes()
    monkeypatch.setattr(trainer, "load", slow.load)
    choose(desk, Data.SHAPES)
    until(slow.loading.is_set)
    if edit == "reset":
        desk.again.click()
    else:
        desk.form.seed.setValue(7)
        until(lambda: not desk._restart.isActive())
    slow.go_on.set()
    until(lambda: rests(desk))
    assert run_of(desk).samples.title == "Shapes"
    assert run_of(desk).plan.seed == (1 if edit == "reset" else 7)
    assert desk.form.data.currentData() == Data.SHAPES


def choose(desk: TrainingDesk, data: Data) -> None:
    """Choose data as a click on their name does."""
    desk.form.data.setCurrentIndex(desk.form.data.findData(data.value))
    desk.form.data.activated.emit(desk.form.data.currentIndex())


def test_the_data_that_are_named_are_those_learned_from(desk: TrainingDesk, until: Until) -> None:
    learn(desk, 1, until)
    choose(desk, Data.DIGITS)
    desk.hand.click()
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).epoch == 0)
    assert desk.is_by_hand
    assert run_of(desk).samples.counts
    assert desk.form.data.currentData() == Data.FRAGMENTS


def test_another_seed_for_data_that_wait_to_be_begun_with_does_not_lose_them(
    desk: TrainingDesk, until: Until
) -> None:
    learn(desk, 1, until)
    choose(desk, Data.SHAPES)
    desk.form.seed.setValue(5)
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).epoch == 0)
    assert (run_of(desk).samples.title, run_of(desk).plan.seed) == ("Shapes", 5)


def test_an_epoch_is_seen_on_its_way_and_a_click_on_a_picture_does_not_end_it(
    desk: TrainingDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(trainer, "_SLICE_SECONDS", 0.0)
    step = Run.step

    def slow(self: Run, rate: float, check: Check = nothing) -> float:
        assert self.step_count < 2 or go_on.wait(10)
        return step(self, rate, check)

    monkeypatch.setattr(Run, "step", slow)
    desk.epoch.click()
    until(lambda: "epoch 0 of 200   step 2 " in desk.state.text())
    desk.worst.chosen.emit(5)
    assert desk.trainer.moving
    go_on.set()
    until(lambda: rests(desk))
    assert (run_of(desk).step_count, run_of(desk).epoch) == (4, 1)
    assert desk.trainer.picture == 5


def test_a_loss_that_grows_out_of_all_bounds_is_written_with_a_power(
    desk: TrainingDesk, until: Until
) -> None:
    run = learn(desk, 1, until)
    run.history.figures[-1] = replace(run.history.figures[-1], loss=1.25e32, val_loss=2e5)
    desk.trainer.go("look")
    until(lambda: rests(desk))
    assert "loss 1.250e+32 / 200000.0000" in desk.state.text()


class Server:
    """Stands in for the fetching of a data set: writes a small one when it is let."""

    def __init__(self) -> None:
        self.asked, self.go_on, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.fails = False

    def fetch(self, data: str, folder: Path, check: Check = nothing, progress: Progress = silent) -> None:
        progress(0.25, None)
        self.asked.set()
        try:
            assert self.go_on.wait(10)
            check()
            if self.fails:
                raise Problem(QT_TRANSLATE_NOOP("Sentence", "No connection."))
            tiny.write_idx(folder)
        finally:
            self.ended.set()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(source, "fetch", server.fetch)
    return server


def offered(desk: TrainingDesk, folder: Path, until: Until) -> None:
    desk.open_data(Data.MNIST, str(folder))
    until(lambda: "holds no MNIST" in desk.problem.text())
    assert action(desk).text() == "Download them there"


def test_data_that_are_missing_are_downloaded_and_opened(
    desk: TrainingDesk, until: Until, tmp_path: Path, server: Server
) -> None:
    offered(desk, tmp_path, until)
    action(desk).click()
    until(lambda: server.asked.is_set() and desk.progress.bar.value() == 250)
    assert desk.progress.isVisible()
    # A network can learn meanwhile.
    learn(desk, 1, until)
    server.go_on.set()
    until(lambda: not desk.progress.isVisible())
    # There is something to lose by now.
    until(lambda: "begins a new run" in desk.problem.text())
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).samples.title == "MNIST")
    assert desk.form.data.currentData() == "mnist"


def test_a_download_is_called_off(desk: TrainingDesk, until: Until, tmp_path: Path, server: Server) -> None:
    run = run_of(desk)
    offered(desk, tmp_path, until)
    action(desk).click()
    until(server.asked.is_set)
    desk.progress.cancel.click()
    assert not desk.progress.isVisible()
    server.go_on.set()
    until(server.ended.is_set)
    assert not (tmp_path / "MNIST").exists()
    assert run_of(desk) is run


def test_a_download_that_fails_is_told_and_can_be_tried_again(
    desk: TrainingDesk, until: Until, tmp_path: Path, server: Server
) -> None:
    offered(desk, tmp_path, until)
    server.fails = True
    server.go_on.set()
    action(desk).click()
    until(lambda: "No connection" in desk.problem.text())
    server.fails = False
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).samples.title == "MNIST")


def test_a_folder_of_one_s_own_is_not_downloaded(desk: TrainingDesk, until: Until, tmp_path: Path) -> None:
    desk.open_data(Data.FOLDER, str(tmp_path))
    until(lambda: "does not hold two folders" in desk.problem.text())
    assert not action(desk).isVisible()
