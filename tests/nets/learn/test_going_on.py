"""A run goes on where it stopped: with more epochs, after a pause, in a step or at the end of an epoch."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from convviz.nets.learn import run as module
from convviz.nets.learn.build import to_vector
from convviz.nets.learn.made import fragments, shapes
from convviz.nets.learn.run import Run
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Optimiser
from convviz.nets.learn.starts import start_network, start_settings


class Stopped(Exception):  # noqa: N818 - it is a way out, not an error
    """What a check raises that wants to stop."""


def begun(epochs: int, optimiser: Optimiser = Optimiser.ADAM, data: Samples | None = None) -> Run:
    data = fragments() if data is None else data
    plan = replace(start_settings(data, 3), epochs=epochs, optimiser=optimiser)
    return Run(start_network(data), plan, data)


def to_the_end(run: Run) -> Run:
    while not run.done:
        run.step(0.02)
    return run


def stopping(calls: int) -> Callable[[], None]:
    """Return a check that raises when it is called for the ``calls``-th time, and only then."""
    left = calls

    def check() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Stopped

    return check


def same(first: Run, second: Run) -> bool:
    weights = (to_vector(first.module) == to_vector(second.module)).all()
    losses = [[one.loss for one in run.history.figures] for run in (first, second)]
    return bool(weights) and losses[0] == losses[1] and first.step_count == second.step_count


@pytest.mark.parametrize("optimiser", Optimiser)
def test_ten_epochs_and_ten_more_are_twenty_bit_for_bit(optimiser: Optimiser) -> None:
    run = to_the_end(begun(10, optimiser))
    known = list(run.history.figures)
    run.extend(20)
    assert not run.done
    to_the_end(run)
    assert run.epoch == 20
    assert run.history.figures[:11] == known
    assert same(run, to_the_end(begun(20, optimiser)))


def test_fewer_epochs_than_have_been_run_end_it_where_it_is() -> None:
    run = to_the_end(begun(5))
    run.extend(2)
    assert (run.plan.epochs, run.done) == (5, True)


@pytest.mark.parametrize("calls", range(1, 9))
def test_a_step_that_is_stopped_anywhere_is_done_again_as_if_nothing_had_been(
    calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every picture is a part of its own, so that there is much to be stopped in.
    monkeypatch.setattr(module, "_PART", 1)
    undisturbed, run = begun(3), begun(3)
    with pytest.raises(Stopped):
        run.step(0.02, stopping(calls))
    assert run.step_count == 0
    assert run.gradients() == ()
    assert same(to_the_end(run), to_the_end(undisturbed))


def test_the_end_of_an_epoch_that_is_stopped_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    run, undisturbed = begun(2), begun(2)
    for _ in range(3):
        run.step(0.02)
    # The third question is asked behind the fourth batch: after the step's and the batch's.
    with pytest.raises(Stopped):
        run.step(0.02, stopping(3))
    assert (run.step_count, run.epoch, len(run.history.figures)) == (4, 0, 1)
    run.step(0.02)
    assert (run.step_count, run.epoch, len(run.history.figures)) == (4, 1, 2)
    assert same(to_the_end(run), to_the_end(undisturbed))


def test_a_batch_in_parts_has_the_gradient_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    data = shapes()
    whole = begun(1, Optimiser.SGD, data)
    # Five pictures: the last part of 32 is smaller than the others.
    monkeypatch.setattr(module, "_PART", 5 * start_network(data).multiply_adds(data.shape))
    parts = begun(1, Optimiser.SGD, data)
    assert parts.step(0.1) == pytest.approx(whole.step(0.1), rel=1e-6)
    np.testing.assert_allclose(to_vector(parts.module), to_vector(whole.module), atol=1e-6)
