"""Answers to the questions of lessons, computed again."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from convviz.core.channels import planes
from convviz.core.counting import multiply_adds, weights
from convviz.core.reference import activate, run
from convviz.core.specs import Activation
from convviz.files.samples import open_sample
from convviz.ui.lessons.state_table import state_from
from tests.files.shipped import (
    EXAMPLES,
    HERE,
    layer,
    length,
    lesson,
    output,
    run_state,
    shape,
    state,
    unbiased,
)


def reached(name: str, step: int, row: int, column: int) -> int:
    """Return how many output cells depend on an input cell, those that meet it with a weight of 0 too."""
    found = state(lesson(name).steps[step - 1])
    values = planes(found.picture.values, found.channel_mode).astype(np.float64)
    values[:, row, column] = np.nan
    return int(np.isnan(run(values, found.chain())).sum())


def sees(name: str, step: int) -> int:
    """Return how many input cells the pinned output cell depends on."""
    found = lesson(name).steps[step - 1]
    row, column = found.view["cell"]
    values = planes(state(found).picture.values, state(found).channel_mode).astype(np.float64)
    count = 0
    for y, x in np.ndindex(values.shape[1:]):
        spoilt = values.copy()
        spoilt[:, y, x] = np.nan
        count += int(np.isnan(run(spoilt, state(found).chain())[0, row, column]))
    return count


def pixels() -> Sequence[float]:
    return open_sample("photographer").values.size, np.array(
        lesson("pixels").steps[3].picture["values"]
    ).size * 4


def channels() -> Sequence[float]:
    grey = open_sample("photographer")
    return open_sample("cat").values.size, grey.height * grey.width * 3 / grey.values.size


def edge() -> Sequence[float]:
    found = state(lesson("vertical-edge").steps[2])
    picture = found.picture
    return (run_state(replace(found, picture=replace(picture, values=picture.values * 5))).max(),)


def shift() -> Sequence[float]:
    found = state(lesson("shift").steps[2])
    picture = found.picture
    moved = replace(picture, values=np.roll(picture.values, 3, axis=1))
    before, after = run_state(found)[0], run_state(replace(found, picture=moved))[0]
    return [n for n in range(4) if np.array_equal(before[:, : 5 - n], after[:, n:])]


def stride() -> Sequence[float]:
    conv = [state(lesson("stride-2").steps[step]).convolution() for step in (0, 1)]
    work = [multiply_adds(each, (1, 6, 6)) for each in conv if each is not None]
    return length(11, 3, 2), work[0] / work[1]


def shrink() -> Sequence[float]:
    rows_left = 28
    for _ in range(5):
        rows_left = length(rows_left, 3)
    return rows_left, length(32, 5), length(32, 5), 300 - length(300, 31)


def padding() -> Sequence[float]:
    same = next(p for p in range(9) if length(30, 5, padding=p) == 30)
    found = state(lesson("padding-1").steps[3])
    corners = [
        run_state(state_from({}, {"example": "padding-1", "padding_mode": mode}, found))[0, 0, 0]
        for mode in ("circular", "replicate")
    ]
    return same, *corners


def dilation() -> Sequence[float]:
    wide = next(n for n in range(30) if length(n, 3, dilation=4) == 1)
    same = next(p for p in range(9) if length(30, 3, padding=p, dilation=4) == 30)
    seen = 1
    for d in (1, 2, 4, 8):
        seen += length(99, 1) - length(99, 3, dilation=d)
    return wide, same, seen


def padding_stride() -> Sequence[float]:
    # Every cell is read if one more cell makes one more position.
    whole = next(n for n in range(7, 20) if length(n, 3, 2, 1) > length(n - 1, 3, 2, 1))
    return length(7, 3, 2, 1), length(224, 7, 2, 3), whole


def multi_channel() -> Sequence[float]:
    conv = state(lesson("multi-channel").steps[2]).convolution()
    assert conv is not None
    biased = state_from(
        {}, {"example": "multi-channel", "biases": [2]}, state(lesson("multi-channel").steps[2])
    )
    suit, white = np.array([[232, 129, 84], [255, 255, 255]]) @ [1, 0, -1]
    assert output("multi-channel", 4)[0, 300, 100] == suit
    return weights(conv), run_state(biased)[0, 0, 0], suit, white


def many_filters() -> Sequence[float]:
    conv = state(lesson("many-filters").steps[1]).convolution()
    assert conv is not None
    maps = shape(state(lesson("many-filters").steps[2]))[0]
    return run(np.ones((1, 3, 3)), (conv,))[1, 0, 0], weights(conv), weights(layer(5, 3, 4)), maps


def one_by_one() -> Sequence[float]:
    three = state(lesson("one-by-one").steps[1]).bank.weights[:, 0]
    single = np.tensordot([1, -1, 1], three, 1)
    assert np.array_equal(single, state(lesson("one-by-one").steps[3]).kernel)
    return unbiased(layer(1, 256, 64)), single[1, 1], single[0, 0]


def conv_layer() -> Sequence[float]:
    conv = state(lesson("conv-layer").steps[1]).convolution()
    assert conv is not None
    pair = unbiased(layer(3, 64, 64, 64)) + unbiased(layer(1, 64, 64))
    grouped = unbiased(layer(3, 64, 64)), unbiased(layer(3, 64, 64, 2))
    return weights(conv), weights(layer(3, 64, 128)), *grouped, pair


def max_pool() -> Sequence[float]:
    found = state(lesson("max-pool-3").steps[2])
    assert found.convolution() is None
    return 0, found.picture.values.size / run_state(found).size, length(55, 3, 2)


def average() -> Sequence[float]:
    return (float(open_sample("max-pool-2").values.mean()),)


def relu() -> Sequence[float]:
    before = EXAMPLES["conv-step"].expected
    half = activate(np.zeros((1, 1, 1)), Activation.SIGMOID)[0, 0, 0]
    assert output("relu", 5)[0, 2, 3] == half
    assert (output("relu", 5)[0][before[0] >= 7] >= 0.999).all()
    return (before < 0).sum(), (output("relu", 3) > 0).sum(), half


ANSWERS: dict[str, Callable[[], Sequence[float]]] = {
    "pixels": pixels,
    "rgb": lambda: (256**3,),
    "channels": channels,
    "too-many-features": lambda: (1280 * 720 * 3, 1280 * 720 * 3 * 1000, weights(layer(3, 3, 100))),
    "conv-step": lambda: (multiply_adds(layer(3, 1, 1), (1, 6, 6)),),
    "conv-5x5": lambda: (reached("conv-5x5", 4, 2, 2),),
    "vertical-edge": edge,
    "sobel": lambda: (math.hypot(-6, 8),),
    "formula": lambda: (36 - sees("formula", 3), 36 * 16 + 16),
    "shift": shift,
    "correlation-vs-convolution": lambda: np.correlate([1, 2, 3], [1, 2, 3], "full")[2:4].tolist(),
    "stride-2": stride,
    "shrink": shrink,
    "padding-1": padding,
    "dilation": dilation,
    "padding-stride": padding_stride,
    "multi-channel": multi_channel,
    "many-filters": many_filters,
    "one-by-one": one_by_one,
    "conv-layer": conv_layer,
    "max-pool-3": max_pool,
    "max-avg-pool": average,
    "pool-kinds": tuple,
    "relu": relu,
}


@pytest.mark.parametrize("name", HERE)
def test_answers_are_what_is_computed(name: str) -> None:
    questions = [question for step in lesson(name).steps for question in step.questions]
    given = [blank.answer for question in questions for blank in question.blanks]
    assert given == pytest.approx([float(answer) for answer in ANSWERS[name]()])
