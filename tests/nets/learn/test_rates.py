"""Rates that changed on the way: what was in force where, also after the weights of an epoch before."""

from dataclasses import replace

import numpy as np
import pytest

from convviz.nets.learn.data import Data, load
from convviz.nets.learn.plan import with_outputs
from convviz.nets.learn.rates import changed_rates, rate_at, with_rate
from convviz.nets.learn.run import Diverged, Run
from convviz.nets.learn.settings import Optimiser
from convviz.nets.learn.starts import start_network, start_settings

RATES = ((0, 0, 0.1), (1, 3, 0.2), (4, 0, 0.05))


@pytest.mark.parametrize(
    ("place", "rate"),
    [((0, 0), 0.1), ((1, 2), 0.1), ((1, 3), 0.2), ((3, 9), 0.2), ((4, 0), 0.05), ((99, 0), 0.05)],
)
def test_a_rate_is_in_force_from_its_place_on(place: tuple[int, int], rate: float) -> None:
    assert rate_at(RATES, *place) == rate


def test_only_another_rate_is_noted_and_what_lies_behind_it_is_over() -> None:
    rates = with_rate((), 0, 0, 0.1)
    assert with_rate(rates, 0, 1, 0.1) == rates == ((0, 0, 0.1),)
    assert with_rate(RATES, 1, 3, 0.3) == ((0, 0, 0.1), (1, 3, 0.3))
    assert with_rate(RATES, 2, 0, 0.2) == RATES[:2]


def test_a_list_is_only_needed_where_a_rate_was_another() -> None:
    samples = load(Data.LECTURE, 1)
    plan = replace(start_settings(samples), rate=0.1)
    assert changed_rates(RATES, plan, 1) == ()
    assert changed_rates(RATES, plan, 4) == RATES[:2]
    assert changed_rates(RATES, replace(plan, rate=0.05), 1) == RATES[:1]


def test_a_run_that_went_astray_and_back_is_learned_again_without_that() -> None:
    samples = load(Data.LECTURE, 1)
    plan = replace(start_settings(samples), rate=0.01, batch=1, optimiser=Optimiser.SGD)
    network = with_outputs(start_network(samples), 1)
    run = Run(network, plan, samples)
    while run.epoch < 2:
        run.step(0.01)
    run.step(1e30)
    with pytest.raises(Diverged):
        run.step(1e30)
    while run.epoch < 4:
        run.step(0.005)
    assert run.rates == ((0, 0, 0.01), (2, 0, 0.005))
    again = Run(network, plan, samples)
    while again.epoch < 4:
        again.step(rate_at(run.rates, again.epoch, again.batch))
    np.testing.assert_array_equal(again.history.weights(4)[1], run.history.weights(4)[1])
