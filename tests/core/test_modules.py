"""Weights and multiply-adds of modules, against torch and against what was published."""

import numpy as np
import pytest
import torch
from torch import nn

from convviz.core.counting import multiply_adds, weights, weights_formula
from convviz.core.modules import Join, Listed, PartKind, count_module, weights_text
from convviz.core.shown import grouped
from convviz.core.specs import ConvSpec
from convviz.core.text import Problem

CONV, POOL = PartKind.CONV, PartKind.POOL


def test_a_branch_has_the_weights_of_the_same_layers_in_torch() -> None:
    module = count_module((192, 28, 28), [[Listed(CONV, 1, 96), Listed(CONV, 3, 128)]], Join.NONE)
    layers = nn.Sequential(nn.Conv2d(192, 96, 1), nn.Conv2d(96, 128, 3, padding=1))
    assert module.weights == sum(p.numel() for p in layers.parameters())
    assert [part.channels_in for part in module.parts] == [192, 96]
    assert layers(torch.zeros(1, 192, 28, 28)).shape[1:] == (module.channels, 28, 28)


def test_without_biases_a_filter_counts_one_less() -> None:
    with_them, without = (
        count_module((256, 56, 56), [[Listed(CONV, 1, 64)]], Join.NONE, biased=biased)
        for biased in (True, False)
    )
    assert with_them.weights - without.weights == 64
    assert with_them.multiply_adds == without.multiply_adds


def test_it_counts_as_the_whole_convolution_is_counted() -> None:
    spec = ConvSpec(np.zeros((32, 16, 5, 5)), bias=(0.0,) * 32, padding="same")
    module = count_module((16, 28, 28), [[Listed(CONV, 5, 32)]], Join.NONE)
    assert module.weights == weights(spec)
    assert module.multiply_adds == multiply_adds(spec, (16, 28, 28))
    text = weights_text(module.parts[0], biased=True)
    assert f"{text} = {grouped(module.weights)}" == weights_formula(spec)
    assert weights_text(module.parts[0], biased=False) == "5·5·16·32"


def test_a_pooling_has_no_weights_and_keeps_its_channels() -> None:
    module = count_module((192, 28, 28), [[Listed(POOL, 3)]], Join.NONE)
    assert (module.weights, module.multiply_adds, module.channels) == (0, 0, 192)
    assert weights_text(module.parts[0], biased=True) == "0"


def test_joined_branches_give_all_channels_added_ones_as_many_as_each() -> None:
    branches = [[Listed(CONV, 1, 64)], [Listed(CONV, 3, 64)]]
    assert count_module((64, 8, 8), branches, Join.CONCAT).channels == 128
    assert count_module((64, 8, 8), branches, Join.ADD).channels == 64
    assert count_module((64, 8, 8), [branches[0], []], Join.ADD).ends == (64, 64)


def test_a_large_layer_is_counted_without_being_made() -> None:
    module = count_module((2048, 512, 512), [[Listed(CONV, 11, 2048)]], Join.NONE)
    assert module.weights == (11 * 11 * 2048 + 1) * 2048


def test_what_cannot_be_joined_gets_a_sentence() -> None:
    with pytest.raises(Problem, match="these give 32, 64"):
        count_module((64, 8, 8), [[Listed(CONV, 1, 32)], []], Join.ADD)
    with pytest.raises(Problem, match="A module with 2 branches must join them"):
        count_module((64, 8, 8), [[], []], Join.NONE)
