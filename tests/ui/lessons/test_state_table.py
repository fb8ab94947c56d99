"""Layers and states as tables of a file: they come back to the bit, and bad ones get a sentence."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, Magnitude, Operation, PaddingMode, PoolKind
from convviz.core.text import Problem
from convviz.files.samples import load_examples, open_sample
from convviz.ui.lessons.state_table import (
    DISPLAYS,
    layer_from,
    layer_table,
    state_from,
)
from convviz.ui.opening import example_state
from convviz.ui.state import LayerSettings, Mix, State


def start(sample: str = "conv-step") -> State:
    return State(open_sample(sample), FilterBank(np.ones((1, 1, 3, 3))))


@pytest.mark.parametrize("example", load_examples(), ids=lambda example: example.id)
def test_a_worked_example_is_the_one_of_the_menu(example: Any) -> None:
    state = state_from({"sample": example.id}, {"example": example.id}, start("cat"))
    wanted = example_state(example, start())
    assert (state.bank, state.settings, state.channel_mode) == (
        wanted.bank,
        wanted.settings,
        wanted.channel_mode,
    )
    np.testing.assert_array_equal(state.picture.values, wanted.picture.values)


def test_what_is_not_mentioned_is_plain() -> None:
    before = start().with_settings(stride=(2, 2), activation=Activation.RELU)
    state = layer_from({"kernels": [[1, 2], [3, 4]]}, before)
    assert state.settings == LayerSettings()
    assert state.bank.weights.shape == (1, 1, 2, 2)
    assert state_from({}, {}, before) is before


pairs = st.tuples(st.integers(1, 5), st.integers(1, 5))


@st.composite
def states(draw: st.DrawFn) -> State:
    kernels = draw(st.sampled_from([1, 3]))
    count = draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    shape = count, kernels, draw(st.integers(1, 4)), draw(st.integers(1, 4))
    bank = FilterBank(
        rng.normal(size=shape), tuple(f"K{n}" for n in range(count)), tuple(rng.normal(size=count))
    )
    layer = LayerSettings(
        draw(st.none() | st.sampled_from(Operation)),
        draw(pairs),
        draw(pairs),
        draw(pairs | st.sampled_from(["same", "valid"])),
        draw(st.sampled_from(PaddingMode)),
        draw(st.sampled_from(Activation)),
        draw(st.none() | st.sampled_from(PoolKind)),
        draw(pairs),
        draw(st.none() | pairs),
        draw(pairs),
    )
    mix = draw(st.none() | st.just(Magnitude()) | st.builds(Mix, st.just((1.0, -2.5)), st.just(0.25)))
    values = rng.normal(size=(4, 5, 3)).astype(np.float32)
    return State(
        Picture(values, "mine", -2.0, 3.0, PictureKind.GRID),
        bank,
        layer,
        draw(st.integers(0, count - 1)),
        draw(st.integers(0, 2)) if kernels > 1 else None,
        draw(st.sampled_from(ChannelMode)),
        mix,
        draw(st.sampled_from(DISPLAYS)),
        draw(st.booleans()),
    )


@settings(max_examples=100, deadline=None)
@given(states())
def test_a_layer_comes_back_to_the_bit(state: State) -> None:
    back = layer_from(layer_table(state), replace(start(), picture=state.picture))
    assert back == state


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({"example": "none"}, "layer, example"),
        ({"kernal": 3}, "layer, kernal"),
        ({"kernels": [1, 2]}, "layer, kernels"),
        ({"kernels": [[1, "x"]]}, "layer, kernels"),
        ({"kernels": ["sobel-x", "box-5"]}, "layer, kernels"),
        ({"stride": 0}, "layer, stride"),
        ({"stride": [1, 2, 3]}, "layer, stride"),
        ({"padding": -1}, "layer, padding"),
        ({"padding": "full"}, "layer, padding"),
        ({"padding_mode": "mirror"}, "layer, padding_mode"),
        ({"pool": "median"}, "layer, pool"),
        ({"biases": [1, 2]}, "layer, biases"),
        ({"selected": 1}, "layer, selected"),
        ({"mix": [[1]]}, "layer, mix"),
        ({"mix": [1], "mix_bias": "a"}, "layer, mix_bias"),
        ({"tinted": 1}, "layer, tinted"),
        ({"display": "linear"}, "layer, display"),
        ({"magnitude": "yes"}, "layer, magnitude"),
    ],
)
def test_a_layer_that_is_not_as_it_should_be_says_where(table: dict[str, Any], place: str) -> None:
    with pytest.raises(Problem) as caught:
        layer_from(table, start())
    assert caught.value.sentence.values["place"] == place


def test_presets_and_several_filters_are_taken_by_name() -> None:
    state = layer_from({"kernels": ["sobel-x", "sobel-y"], "magnitude": True, "padding": 1}, start())
    assert state.bank.weights.shape == (2, 1, 3, 3)
    assert state.settings.padding == (1, 1)
    assert state.mix == Magnitude()
