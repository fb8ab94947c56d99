"""Units of linear layers, normalisations and activations, against torch's own."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from convviz.core.arithmetic import ActivationCell
from convviz.nets.records import INPUT, Kind
from convviz.nets.unit_cells import Copy, CopyCell, FunctionCell, LinearCell, NormalisationCell, SoftmaxCell
from tests.nets.hand import Hand
from tests.nets.unit_checks import every_unit, explain


def test_a_linear_layer_shows_its_largest_products_and_adds_up_the_others() -> None:
    hand = Hand((1, 1, 300))
    weight, bias = hand.normal(5, 300), hand.normal(5)
    flat = hand.step(Kind.FLATTEN, "flatten", hand.input[None].flatten(1))
    out = F.linear(hand.outputs[flat][None], weight, bias)
    hand.step(Kind.LINEAR, "linear", out, parameters={"weight": weight, "bias": bias})
    for unit in every_unit(hand):
        cell = unit.cell
        assert isinstance(cell, LinearCell)
        sizes = [abs(c.product) for c in cell.contributions]
        assert sizes == sorted(sizes, reverse=True)
        everything = (weight[unit.channel] * hand.input[0, 0]).abs().double().sort(descending=True).values
        np.testing.assert_allclose(sizes, everything[: len(sizes)], rtol=1e-6)
        assert len(sizes) + cell.rest_count == 300
        assert sum(c.product for c in cell.contributions) + cell.rest + cell.bias == pytest.approx(cell.total)
    (line,) = explain(hand, (2,)).lines(limit=5)
    assert sum(piece.term is not None for piece in line) == 5
    assert "[295 more: " in "".join(piece.text for piece in line)


def test_a_linear_layer_over_tokens_reads_one_token() -> None:
    hand = Hand((2, 4, 6))
    weight = hand.normal(3, 6)
    hand.step(
        Kind.LINEAR, "linear", F.linear(hand.input[None], weight), parameters={"weight": weight}, fields=None
    )
    every_unit(hand)
    assert [len(axis) for axis in explain(hand, (1, 2, 0)).feeds[0].axes] == [1, 1, 6]


@pytest.mark.parametrize("affine", [True, False])
def test_a_batch_norm_uses_what_was_learned(affine: bool) -> None:
    hand = Hand((3, 4, 5))
    mean, var = hand.normal(3), hand.normal(3).abs() + 0.1
    learned = {"weight": hand.normal(3), "bias": hand.normal(3)} if affine else {}
    out = F.batch_norm(hand.input[None], mean, var, learned.get("weight"), learned.get("bias"), eps=0.01)
    parameters = {"running_mean": mean, "running_var": var, **learned}
    hand.step(Kind.NORMALISATION, "batch_norm", out, parameters=parameters, numbers={"eps": 0.01})
    unit = every_unit(hand)[-1]
    assert isinstance(unit.cell, NormalisationCell)
    assert (unit.cell.mean, unit.cell.variance, unit.cell.eps) == (mean[2].item(), var[2].item(), 0.01)
    assert unit.cell.gamma == (learned["weight"][2].item() if affine else 1.0)
    assert unit.cell.count is None


def test_a_layer_norm_takes_mean_and_variance_over_what_it_normalises() -> None:
    hand = Hand((3, 4, 5))
    weight, bias = hand.normal(5), hand.normal(5)
    out = F.layer_norm(hand.input[None], (5,), weight, bias, 1e-6)
    learned = {"weight": weight, "bias": bias}
    hand.step(Kind.NORMALISATION, "layer_norm", out, parameters=learned, numbers={"eps": 1e-6})
    unit = every_unit(hand)[3]
    assert isinstance(unit.cell, NormalisationCell)
    assert unit.cell.count == 5


def test_a_group_norm_takes_mean_and_variance_over_a_group_of_maps() -> None:
    hand = Hand((6, 4, 5))
    learned = {"weight": hand.normal(6), "bias": hand.normal(6)}
    out = F.group_norm(hand.input[None], 3, learned["weight"], learned["bias"], 1e-6)
    numbers = {"eps": 1e-6, "num_groups": 3.0}
    hand.step(Kind.NORMALISATION, "group_norm", out, parameters=learned, numbers=numbers)
    every_unit(hand)
    unit = explain(hand, (3, 1, 1))
    assert isinstance(unit.cell, NormalisationCell)
    assert unit.cell.count == 40
    assert unit.feeds[0].channels == range(2, 4)


ACTIVATIONS: dict[str, Callable[..., Tensor]] = {
    "relu": F.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "abs": torch.abs,
    "relu6": F.relu6,
    "hardtanh": F.hardtanh,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "silu": F.silu,
    "gelu": F.gelu,
    "hardsigmoid": F.hardsigmoid,
    "hardswish": F.hardswish,
    "softplus": F.softplus,
    "mish": F.mish,
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_is_torchs_own(name: str) -> None:
    hand = Hand((2, 5, 6))
    hand.input *= 4
    hand.step(Kind.ACTIVATION, name, ACTIVATIONS[name](hand.input[None]))
    for unit in every_unit(hand, most=60):
        assert isinstance(unit.cell, ActivationCell | FunctionCell)
        assert unit.cell.before == hand.input[unit.index].item()


def test_activations_follow_their_settings() -> None:
    hand = Hand((2, 3, 3))
    x = hand.input[None]
    slopes = torch.tensor([0.1, 0.7])
    hand.step(Kind.ACTIVATION, "leaky_relu_", F.leaky_relu(x, 0.3), (INPUT,), numbers={"negative_slope": 0.3})
    hand.step(Kind.ACTIVATION, "gelu", F.gelu(x, approximate="tanh"), (INPUT,))
    hand.step(Kind.ACTIVATION, "prelu", F.prelu(x, slopes), (INPUT,), parameters={"weight": slopes})
    limits = {"min_val": -0.5, "max_val": 0.25}
    hand.step(Kind.ACTIVATION, "hardtanh", F.hardtanh(x, -0.5, 0.25), (INPUT,), numbers=limits)
    for layer in range(4):
        every_unit(hand, layer)


def test_dropout_does_nothing_to_a_network_that_does_not_learn() -> None:
    hand = Hand((2, 5, 6))
    hand.step(Kind.DROPOUT, "dropout", F.dropout(hand.input[None], training=False))
    unit = every_unit(hand)[7]
    assert isinstance(unit.cell, CopyCell)
    assert unit.cell.how is Copy.DROPOUT


@pytest.mark.parametrize("size", [1.0, 300.0])
@pytest.mark.parametrize("logarithm", [False, True])
def test_a_softmax_is_taken_apart_into_powers(size: float, logarithm: bool) -> None:
    hand = Hand((1, 1, 30))
    hand.input *= size
    hand.step(Kind.FLATTEN, "flatten", hand.input[None].flatten(1))
    scores = hand.outputs[0][None]
    out = F.log_softmax(scores, 1) if logarithm else F.softmax(scores, 1)
    hand.step(Kind.SOFTMAX, "log_softmax" if logarithm else "softmax", out)
    for unit in every_unit(hand):
        cell = unit.cell
        assert isinstance(cell, SoftmaxCell)
        together = sum(term.power for term in cell.largest) + cell.rest
        share = cell.own.power / together
        if not logarithm:
            assert share == pytest.approx(unit.own, rel=1e-4, abs=1e-37)
        assert len(cell.largest) + cell.rest_count == 30
        assert len(unit.lines()) == 2
