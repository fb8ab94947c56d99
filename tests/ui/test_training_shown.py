"""What the training room shows of a run: weights, answers, maps, and what stopped it."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from convviz.engine.checks import Check, nothing
from convviz.nets.learn.build import fill
from convviz.nets.learn.data import Data
from convviz.nets.learn.run import Run
from convviz.ui.training import trainer
from convviz.ui.training.desk import TrainingDesk
from tests.ui.training_room import Until, desk, learn, rests, run_of, until

__all__ = ["desk", "until"]


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
