"""The training room goes on, pauses, and begins anew only when told to."""

import threading

import pytest

from convviz.engine.checks import Check, nothing
from convviz.nets.learn.run import Run
from convviz.ui.training.desk import TrainingDesk
from tests.ui.training_room import Until, action, desk, learn, rests, run_of, until

__all__ = ["desk", "until"]


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
