"""What was learned and what was thought out by hand are judged by the same pictures."""

from dataclasses import replace

import numpy as np
import pytest

from convviz.nets.learn.build import fill
from convviz.nets.learn.by_hand import PLAN, by_hand
from convviz.nets.learn.look import look
from convviz.nets.learn.made import LECTURE, fragments, shapes
from convviz.nets.learn.run import Run
from convviz.nets.learn.settings import Loss
from convviz.nets.learn.starts import start_network, start_settings


@pytest.mark.parametrize("lecture", [False, True])
def test_the_weights_by_hand_have_no_loss_and_answer_all_64(lecture: bool) -> None:
    data = fragments(lecture=lecture)
    compared = look(Run(start_network(data), start_settings(data), data), 27).comparison
    assert compared is not None
    assert (compared.hand.lecture_loss, compared.hand.loss, compared.hand.right) == (0, 0, 64)
    assert "1·ReLU(1·p₁ + 1·p₂ − 1)" in "".join(piece.text for piece in compared.hand.lines[0])


def test_both_losses_of_what_is_learned_are_means_over_the_three_pictures_and_over_all() -> None:
    data = fragments()
    run = Run(PLAN, start_settings(data), data)
    # The filter 1 1 with bias 0: a single 1 is counted as well.
    weights = by_hand()
    weights[2] = 0
    fill(run.module, weights)
    compared = look(run, 27).comparison
    assert compared is not None
    ones = data.pixels[..., 0] // 255
    said = (ones[:, :, :-1] + ones[:, :, 1:]).sum((1, 2))
    errors = np.square(said.astype(float) - data.labels)
    three = [int((ones == np.array(one)).all((1, 2)).argmax()) for one in LECTURE]
    assert compared.learned.loss == pytest.approx(errors.mean())
    assert compared.learned.lecture_loss == pytest.approx(errors[three].mean())
    assert compared.learned.right == int((np.clip(said, 0, 4) == data.labels).sum())
    assert len(compared.learned.lines) == 2


def test_the_past_is_compared_as_it_was() -> None:
    data = fragments()
    run = Run(start_network(data), start_settings(data), data)
    first = look(run, 27).comparison
    while run.epoch < 5:
        run.step(0.05)
    again, now = look(run, 27, 0).comparison, look(run, 27).comparison
    assert first is not None
    assert again is not None
    assert now is not None
    assert again.learned.loss == first.learned.loss != now.learned.loss


def test_other_data_and_other_losses_are_not_compared() -> None:
    for data, loss in ((shapes(), Loss.CROSS_ENTROPY), (fragments(), Loss.CROSS_ENTROPY)):
        plan = replace(start_settings(data), loss=loss)
        layers = start_network(data).layers
        dense = replace(layers[-1], count=len(data.classes))
        network = replace(start_network(data), layers=(*layers[:-1], dense))
        assert look(Run(network, plan, data), 0).comparison is None
