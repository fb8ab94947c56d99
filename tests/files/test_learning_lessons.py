"""The lessons on learning: every number in their texts and questions is computed here."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from convviz.files.samples import load_examples
from convviz.nets.learn.by_hand import PLAN, SHAPE, by_hand
from convviz.nets.learn.compare import figures_by_hand
from convviz.nets.learn.data import Data, load
from convviz.nets.learn.look import Look, look
from convviz.nets.learn.run import Run
from convviz.ui.training import table as training_table
from tests.files.lesson_texts import answers, check, one_thread, step

__all__ = ["one_thread"]


@cache
def run(name: str, number: int) -> Run:
    """Return the run that a step of a lesson shows, at its end."""
    described = training_table.Described.of(step(name, number).training)
    plan = described.plan(load(described.data, 1))
    samples = load(described.data, plan.seed)
    made = Run(described.network(samples), plan, samples, by_hand() if described.by_hand else None)
    while made.epoch < (plan.epochs if described.run else described.epoch):
        made.step(plan.rate)
    return made


def seen(made: Run) -> Look:
    return look(made, int(made.samples.training[0]))


def right(made: Run) -> int:
    compared = seen(made).comparison
    assert compared is not None
    return compared.learned.right


def answered(made: Run) -> list[float]:
    return [float(look(made, int(one)).answers[0]) for one in made.samples.training]


def test_the_convolution_of_the_formula() -> None:
    example = next(one for one in load_examples() if one.id == "count-11-2")
    assert step("network-as-formula", 1).layer == {"example": example.id}
    assert example.input.tolist() == [[[1, 1, 0], [0, 1, 1]]]
    assert example.expected[0, 0, 0] == 1 * 1 + 1 * 1 - 1
    weights = PLAN.weights(SHAPE)
    assert (weights[0], sum(weights[1:]), sum(weights)) == (2 + 1, 4 + 1, 8)
    # A 1×2 filter on 2×3 pixels has 2·2 positions; the last one covers the last two pixels.
    assert PLAN.shapes(SHAPE)[0] == (1, 2, 2)
    assert answers("network-as-formula", 1) == [5, 6]
    assert answers("network-as-formula", 2) == [8]
    check("network-as-formula", 1, [1, 2, 3])
    check("network-as-formula", 2, [2, 1, 3, 4, 5, 8])


def test_the_formula_by_hand_counts_in_all_pictures() -> None:
    made = run("network-as-formula", 3)
    assert right(made) == len(made.samples) == 2**6 == 64
    every = made.samples.inputs()
    counts = [float(look(made, number).answers[0]) for number in range(64)]
    wanted = [sum(max(p + q - 1, 0) for row in one[0] for p, q in pairwise(row)) for one in every]
    assert counts == wanted
    two = next(n for n, one in enumerate(every) if one[0].tolist() == [[1, 1, 0], [0, 1, 1]])
    assert answers("network-as-formula", 3) == [counts[two], counts[63]] == [2, 4]
    check("network-as-formula", 3, [0, 1, 2, 3, 4, 11, 64])


def test_the_formula_with_numbers_drawn_at_random() -> None:
    made = run("network-as-formula", 4)
    compared = seen(made).comparison
    assert compared is not None
    assert compared.hand.lecture_loss == 0
    assert made.plan.seed == 2
    check("network-as-formula", 4, [f"{compared.learned.lecture_loss:.4f}", 0, 2])


def test_the_loss_of_three_pictures() -> None:
    made = run("train-count-11", 1)
    wanted = made.samples.labels[made.samples.training].tolist()
    assert wanted == [1, 2, 0]
    loss = sum((given - y) ** 2 for given, y in zip(answered(made), wanted, strict=True))
    assert made.history.figures[0].loss == pytest.approx(loss / 3)
    assert answers("train-count-11", 1) == [sum((1 - y) ** 2 for y in wanted)]
    first, mean = f"{loss / 3:.4f}", f"{2 / 3:.3f}"
    check("train-count-11", 1, [0, 1, 2, 3, 11, first, mean])


def test_a_seed_that_learns() -> None:
    made = run("train-count-11", 2)
    losses = [one.loss for one in made.history.figures]
    below = next(epoch for epoch, loss in enumerate(losses) if loss < 0.01)
    assert [round(one, 3) for one in answered(made)] == [1, 2, 0]
    assert losses[-1] < 1e-6 < 1 < made.history.figures[-1].val_loss
    assert answers("train-count-11", 2) == [made.step_count] == [200]
    check("train-count-11", 2, [made.plan.seed, 0.1, 0.01, below, 0, 1, 3, 64, 200])


def test_a_seed_that_gets_stuck() -> None:
    made = run("train-count-11", 3)
    assert made.stuck
    assert made.gradients()[0] == 0
    assert answered(made) == pytest.approx([1, 1, 1])
    assert answers("train-count-11", 3) == [1]
    stuck = []
    for seed in range(1, 13):
        table = dict(step("train-count-11", 3).training) | {"seed": seed}
        plan = training_table.Described.of(table).plan(made.samples)
        other = Run(made.network, plan, made.samples)
        while not other.done:
            other.step(plan.rate)
        stuck += [seed] if other.stuck else []
    assert stuck == [1, 3, 4, 10, 12]
    loss = f"{made.history.figures[-1].loss:.4f}"
    check("train-count-11", 3, [*stuck, 2, 0, loss])


def test_three_examples_are_not_how_to_count() -> None:
    made, samples = run("train-count-11", 4), load(Data.LECTURE, 1)
    compared, hand = seen(made).comparison, figures_by_hand(samples)
    assert compared is not None
    assert hand is not None
    assert int(np.trace(hand.confusion)) == compared.hand.right == 64
    assert f"{compared.learned.lecture_loss:.4f}" == f"{compared.hand.lecture_loss:.4f}" == "0.0000"
    assert step("train-count-11", 4).questions[0].right == 1
    check("train-count-11", 4, [made.plan.seed, made.epoch, 0, right(made), 64])


def test_all_pictures_teach_the_idea_of_the_weights_by_hand() -> None:
    made = run("train-count-11", 5)
    assert right(made) == 64
    _, weights = made.history.weights(made.epoch)
    w, v, c = weights[0], weights[3], weights[7]
    np.testing.assert_allclose(weights, [w, w, -w, v, v, v, v, c], atol=1e-4)
    assert abs(c) < 1e-4
    assert v * w == pytest.approx(1, abs=1e-4)
    assert answers("train-count-11", 5) == [1]
    check("train-count-11", 5, [made.plan.seed, 64, 11, 0, 1, f"{w:.4f}", f"{v:.4f}"])
