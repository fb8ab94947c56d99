"""A run learns, the same way from the same seed, keeps every epoch, and stops when its numbers break."""

from dataclasses import replace

import numpy as np
import pytest

from convviz.nets.learn.build import fill, to_vector
from convviz.nets.learn.by_hand import PLAN, by_hand
from convviz.nets.learn.compare import figures_by_hand
from convviz.nets.learn.history import Figures, History
from convviz.nets.learn.look import look
from convviz.nets.learn.made import LECTURE, digits, fragments, shapes, stripes
from convviz.nets.learn.run import Diverged, Run
from convviz.nets.learn.settings import Optimiser
from convviz.nets.learn.starts import start_network, start_settings


def learned(seed: int, epochs: int) -> Run:
    data = fragments()
    run = Run(start_network(data), replace(start_settings(data, seed), epochs=epochs), data)
    while not run.done:
        run.step(run.plan.rate)
    return run


def steps(run: Run, rate: float) -> None:
    for _ in range(50):
        run.step(rate)


def test_the_weights_by_hand_count_all_64_pictures() -> None:
    data = fragments()
    run = Run(PLAN, start_settings(data), data, by_hand())
    assert run.history.figures[0].val_loss == 0
    assert run.history.figures[0].confusion.trace() == 64


def test_what_is_known_by_hand_is_computed_for_the_data_it_is_for() -> None:
    figures = figures_by_hand(fragments())
    assert figures is not None
    assert (figures.val_loss, figures.confusion.trace()) == (0, 64)
    assert figures_by_hand(shapes()) is None


@pytest.mark.parametrize(("seeds", "least"), [(5, 3), pytest.param(20, 13, marks=pytest.mark.slow)])
def test_most_seeds_reach_the_goal_and_the_others_are_called_stuck(seeds: int, least: int) -> None:
    runs = [learned(seed, 200) for seed in range(seeds)]
    reached = [run.history.figures[-1].loss < 0.01 for run in runs]
    assert sum(reached) >= least
    assert not all(reached)
    assert [run.stuck for run in runs] == [not one for one in reached]


def test_the_lecture_trains_with_its_three_pictures_only() -> None:
    data = fragments(lecture=True)
    assert (data.pixels[data.training][..., 0] // 255).tolist() == [
        [list(row) for row in one] for one in LECTURE
    ]
    assert data.labels[data.training].tolist() == [1, 2, 0]


def test_counting_fragments_is_learned() -> None:
    assert learned(0, 80).history.figures[-1].loss < 0.01


def test_the_same_seed_gives_the_same_weights_and_another_does_not() -> None:
    assert (to_vector(learned(4, 5).module) == to_vector(learned(4, 5).module)).all()
    assert (to_vector(learned(4, 5).module) != to_vector(learned(5, 5).module)).any()


def test_a_seed_that_does_not_move_on_is_called_stuck() -> None:
    data = fragments()
    dead = np.zeros_like(to_vector(learned(1, 1).module))
    run = Run(start_network(data), start_settings(data), data, dead)
    for _ in range(4 * 150):
        run.step(0.05)
    assert run.stuck
    assert not learned(0, 100).stuck


def test_a_past_epoch_looks_as_it_did() -> None:
    data = fragments()
    run = Run(start_network(data), start_settings(data), data)
    while run.epoch < 3:
        run.step(0.05)
    then = look(run, 27)
    while run.epoch < 9:
        run.step(0.05)
    again = look(run, 27, 3)
    assert again.figures is then.figures
    assert all((a.weights == b.weights).all() for a, b in zip(again.filters, then.filters, strict=True))
    assert all((a == b).all() for a, b in zip(again.maps, then.maps, strict=True))
    assert (look(run, 27).filters[0].weights != then.filters[0].weights).any()


def test_numbers_that_break_stop_the_run_and_the_last_good_weights_are_back() -> None:
    data = shapes()
    plan = replace(start_settings(data), optimiser=Optimiser.SGD)
    run = Run(start_network(data), plan, data)
    while run.epoch < 1:
        run.step(0.01)
    good = to_vector(run.module)
    run.step(1e30)
    with pytest.raises(Diverged, match=r"epoch 1 are back"):
        run.step(1e30)
    assert (to_vector(run.module) == good).all()
    assert run.epoch == 1


def test_weights_with_a_loss_that_is_huge_and_still_a_number_are_not_gone_back_to() -> None:
    data = fragments()
    run = Run(start_network(data), replace(start_settings(data), optimiser=Optimiser.SGD), data)
    while run.epoch < 2:
        run.step(0.01)
    good, then = to_vector(run.module), look(run, 27)
    fill(run.module, good * np.float32(1e7))
    while run.epoch < 4:
        run.step(1e-30)
    assert 1e20 < run.history.figures[-1].loss < np.inf
    with pytest.raises(Diverged, match=r"epoch 2 are back"):
        steps(run, 1e30)
    assert (to_vector(run.module) == good).all()
    assert (run.epoch, run.step_count, len(run.history.figures)) == (2, 8, 3)
    again = look(run, 27)
    assert again.figures is then.figures
    assert np.isfinite(again.answers).all()
    assert (again.answers == then.answers).all()
    # It goes on from there.
    while run.epoch < 3:
        run.step(0.01)
    assert run.history.figures[3].loss < run.history.figures[0].loss
    assert run.history.weights(3)[0] == 3


def test_without_a_good_epoch_the_first_weights_are_back() -> None:
    data = shapes()
    run = Run(start_network(data), replace(start_settings(data), optimiser=Optimiser.SGD), data)
    first = to_vector(run.module)
    with pytest.raises(Diverged, match=r"epoch 0 are back"):
        steps(run, 1e20)
    assert (to_vector(run.module) == first).all()
    assert (run.epoch, run.step_count) == (0, 0)


def test_the_worst_answers_are_wrong_ones_and_there_may_be_none() -> None:
    data = fragments()
    by_chance = Run(start_network(data), start_settings(data), data).history.figures[0]
    assert by_chance.worst
    assert all(taken != data.labels[picture] for picture, taken, _ in by_chance.worst)
    losses = [loss for _, _, loss in by_chance.worst]
    assert losses == sorted(losses, reverse=True)
    one = by_hand()
    # The neuron counts the fragment in the last place one and a half times.
    one[6] = 1.6
    nearly = Run(PLAN, start_settings(data), data, one).history.figures[0]
    wrong = int(nearly.confusion.sum() - nearly.confusion.trace())
    assert wrong > 0
    assert len(nearly.worst) == min(wrong, 8)
    assert Run(PLAN, start_settings(data), data, by_hand()).history.figures[0].worst == ()


def test_the_expression_has_the_value_of_the_network() -> None:
    run = learned(0, 3)
    seen = look(run, 27)
    assert len(seen.lines) == 3
    shown = "".join(piece.text for piece in seen.lines[2]).rpartition("≈ ")[2].replace("−", "-")
    assert float(shown) == pytest.approx(float(seen.answers[0]), abs=1e-4)


def test_a_large_network_is_not_written_out() -> None:
    data = shapes()
    run = Run(start_network(data), start_settings(data), data)
    assert look(run, 0).lines == ()


def test_drawn_data_are_the_same_for_the_same_seed() -> None:
    for make in (stripes, shapes, digits):
        assert (make(3).pixels == make(3).pixels).all()
        assert (make(3).pixels != make(4).pixels).any()
        assert not set(make(3).training) & set(make(3).validation)


def test_epochs_beyond_memory_and_disk_are_thinned_out_and_the_rest_come_back() -> None:
    history = History(10, memory=80, disk=160)
    nothing = np.zeros((1, 1), np.int64)
    for epoch in range(40):
        figures = Figures(epoch, epoch, 0, 0, 0, 0, (), nothing, (), 0.1)
        history.add(figures, np.full(10, epoch, np.float32))
    kept = [history.weights(epoch) for epoch in range(40)]
    assert all((weights == found).all() for found, weights in kept)
    assert len({found for found, _ in kept}) <= 6
    assert history.kept == tuple(sorted({found for found, _ in kept}))
    assert [found for found, _ in kept][-1] >= 32
    # What is forgotten makes room for what comes in its place.
    history.forget_after(20)
    assert len(history.figures) == 21
    assert max(history.kept) <= 20
    for epoch in range(21, 40):
        figures = Figures(epoch, epoch, 0, 0, 0, 0, (), nothing, (), 0.1)
        history.add(figures, np.full(10, -epoch, np.float32))
    assert all((history.weights(e)[1] == (e if e <= 20 else -e)).all() for e in history.kept)
    history.close()
