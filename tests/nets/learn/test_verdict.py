"""Who stands still far from the goal is called stuck; who moves on, or has arrived, is not."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from convviz.nets.learn.history import Figures
from convviz.nets.learn.made import digits, fragments, shapes
from convviz.nets.learn.run import Run
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.starts import start_network, start_settings
from convviz.nets.learn.verdict import COUNTED, goal, is_short, is_stuck, last_good


def told(losses: list[float], accuracy: float = 0.5) -> list[Figures]:
    nothing = np.zeros((1, 1), np.int64)
    return [
        Figures(epoch, epoch, loss, accuracy, loss, accuracy, (), nothing, (), 0.1)
        for epoch, loss in enumerate(losses)
    ]


def falling(start: float, by: float, epochs: int) -> list[float]:
    return [start * (1 - by) ** epoch for epoch in range(epochs + 1)]


def test_a_loss_that_does_not_move_is_stuck_after_forty_epochs_and_not_before() -> None:
    assert not is_stuck(told([1.0] * 40), COUNTED)
    assert is_stuck(told([1.0] * 41), COUNTED)


def test_slow_creep_is_stuck_and_a_loss_that_halves_is_not() -> None:
    # Over the last quarter of 60 epochs, 15, the one falls by 7 %, the other by a half.
    assert is_stuck(told(falling(0.5, 0.005, 60)), COUNTED)
    assert not is_stuck(told(falling(0.5, 0.05, 60)), COUNTED)


def test_high_accuracy_does_not_hide_a_loss_that_stands_still() -> None:
    assert is_stuck(told([0.05] * 61, accuracy=1.0), COUNTED)


def test_who_has_arrived_is_neither_stuck_nor_short() -> None:
    figures = told([1.0] * 30 + [0.009] * 50)
    assert not is_stuck(figures, COUNTED)
    assert not is_short(figures, COUNTED)
    assert is_short(told([1.0, 0.5]), COUNTED)


def test_epochs_that_scatter_do_not_hide_that_nothing_moves() -> None:
    random = np.random.default_rng(1)
    assert is_stuck(told(list(1 + random.random(81))), COUNTED)


def test_the_goal_is_half_of_what_the_best_constant_answer_has() -> None:
    assert goal(fragments(), squared_error=True) == COUNTED
    assert goal(shapes(), squared_error=False) == pytest.approx(np.log(3) / 2)
    assert goal(shapes(), squared_error=True) == pytest.approx((1 - 1 / 3) / 2)


@pytest.mark.parametrize("make", [shapes, digits])
def test_a_run_that_learns_is_never_called_stuck(make: Callable[[int], Samples]) -> None:
    data = make(1)
    run = Run(start_network(data), replace(start_settings(data), epochs=44), data)
    said = []
    while not run.done:
        run.step(run.plan.rate)
        said.append(run.stuck)
    assert not any(said)
    assert not run.short


def test_a_short_run_that_has_not_learned_is_short_at_its_end_only() -> None:
    data = shapes()
    run = Run(start_network(data), replace(start_settings(data), epochs=2), data)
    while not run.done:
        assert not run.short
        run.step(1e-6)
    assert run.short
    assert not run.stuck


@pytest.mark.parametrize(
    ("losses", "epoch"),
    [
        ([1.2, 0.9, 0.7], 2),
        ([1.2, 0.9, 1e30], 1),
        ([1.2, 1e30, 1e31], 0),
        # No worse than at the start, or than one and the same answer to all (log 3 is 1.0986).
        ([1.2, 0.9, 1.19], 2),
        ([0.1, 0.05, 1.09, 1.11], 2),
        ([1.2, 0.9, float("nan")], 1),
        ([float("inf"), float("nan")], 0),
    ],
)
def test_good_are_weights_that_do_no_worse_than_before_the_first_step(
    losses: list[float], epoch: int
) -> None:
    assert last_good(told(losses), shapes(), False).epoch == epoch


def test_weights_that_have_no_answer_to_some_validation_picture_are_not_good() -> None:
    figures = told([1.2, 0.9, 0.8])
    figures[2] = replace(figures[2], val_loss=float("inf"))
    assert last_good(figures, shapes(), False).epoch == 1


def test_only_epochs_that_are_kept_are_gone_back_to() -> None:
    assert last_good(told([1.2, 0.9, 0.8, 0.7, 1e30])[::2], shapes(), False).epoch == 2
