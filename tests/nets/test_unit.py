import math
from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from convviz.core.arithmetic import ActivationCell, ConvolutionCell, PoolingCell
from convviz.core.geometry import Rect
from convviz.core.specs import PoolKind
from convviz.core.wording import PieceKind, text_of
from convviz.nets.records import INPUT, Field, Kind, Placement, Window
from convviz.nets.unit import UnitExplanation, explain_unit
from convviz.nets.unit_cells import (
    Copy,
    CopyCell,
    FunctionCell,
    LinearCell,
    MeanCell,
    NormalisationCell,
    OpaqueCell,
    PaddingCell,
    ProductCell,
    SoftmaxCell,
    SumCell,
)
from tests.nets.hand import Hand


def explain(hand: Hand, index: tuple[int, ...], layer: int = -1) -> UnitExplanation:
    """Explain a unit of the last layer, or of another."""
    return explain_unit(hand.trace(), hand.parameter, layer % len(hand.layers), index)


def every_unit(hand: Hand, layer: int = -1, most: int = 40) -> list[UnitExplanation]:
    """Explain up to ``most`` units of a layer, spread evenly, and see that each is the network's own."""
    trace, at = hand.trace(), layer % len(hand.layers)
    shape = trace.outputs[at].shape
    size = math.prod(shape)
    flat = sorted({round(i * (size - 1) / max(1, min(most, size) - 1)) for i in range(min(most, size))})
    found = [
        explain_unit(trace, hand.parameter, at, tuple(int(i) for i in np.unravel_index(f, shape)))
        for f in flat
    ]
    for unit in found:
        assert unit.agrees, (unit.layer, unit.index, unit.own, unit.total)
        assert unit.own == trace.outputs[at][unit.index]
        # A bound so wide that all passes would be no bound.
        assert unit.rounding <= 1e-3 * max(1.0, unit.parts.scale)
    return found


pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def convolutions(draw: st.DrawFn) -> tuple[Hand, Window]:
    groups = draw(st.sampled_from((1, 2, 4)))
    mode = draw(st.sampled_from(("zeros", "reflect", "replicate", "circular")))
    kernel, dilation = draw(st.tuples(st.integers(1, 4), st.integers(1, 3))), draw(pairs)
    window = Window(kernel, draw(pairs), draw(st.tuples(st.integers(0, 3), st.integers(0, 4))), dilation)
    hand = Hand((4, draw(st.integers(10, 13)), draw(st.integers(10, 13))), draw(st.integers(0, 99)))
    window = Window(kernel, window.stride, window.padding, dilation, groups, mode)
    hand.conv(4 * draw(st.integers(1, 2)), window, bias=draw(st.booleans()))
    return hand, window


@given(convolutions())
@settings(deadline=None, max_examples=60)
def test_a_unit_of_any_convolution_is_what_torch_computes(case: tuple[Hand, Window]) -> None:
    hand, window = case
    for unit in every_unit(hand, most=9):
        assert isinstance(unit.cell, ConvolutionCell)
        assert unit.patch is not None
        assert unit.patch.shape == (4 // window.groups, *window.kernel)
        assert unit.products is not None
        assert unit.products.sum() + unit.cell.bias == pytest.approx(unit.total)
        (feed,) = unit.feeds
        assert len(feed.channels) == 4 // window.groups


def test_a_convolution_says_which_channels_and_cells_it_reads_and_shows_their_numbers() -> None:
    hand = Hand((4, 9, 9))
    hand.conv(6, Window((3, 2), (2, 1), (1, 0), (2, 1), groups=2))
    unit = explain(hand, (4, 1, 3))
    (feed,) = unit.feeds
    assert feed.layer == INPUT
    assert (list(feed.channels), list(feed.axes[1]), list(feed.axes[2])) == ([2, 3], [1, 3, 5], [3, 4])
    assert feed.rect == Rect(1, 3, 5, 2)
    np.testing.assert_array_equal(unit.patch, hand.input[2:4, 1:6:2, 3:5].double())
    np.testing.assert_array_equal(unit.weights, hand.state["0.weight"][4].double())
    assert isinstance(unit.cell, ConvolutionCell)
    products = hand.input[2:4, 1:6:2, 3:5].double() * hand.state["0.weight"][4].double()
    np.testing.assert_allclose(unit.cell.partial_sums, products.sum(dim=(1, 2)))
    assert unit.cell.bias == hand.state["0.bias"][4].item()


def test_a_changed_network_value_does_not_agree() -> None:
    hand = Hand((3, 8, 8))
    hand.conv(2, Window((3, 3)))
    hand.outputs[0] = hand.outputs[0] + 1e-3
    unit = explain(hand, (1, 2, 2))
    assert not unit.agrees
    assert unit.difference == pytest.approx(1e-3, rel=0.01)


def test_the_receptive_field_is_placed_on_the_photograph() -> None:
    hand = Hand((3, 12, 12))
    hand.conv(2, Window((3, 3), (2, 2), (1, 1)))
    hand.conv(2, Window((3, 3), (1, 1), (1, 1)))
    trace = hand.trace(Placement(10.0, 20.0, 2.0, 4.0))
    unit = explain_unit(trace, hand.parameter, 1, (0, 2, 3))
    # Row 2 of the second map sees rows 1 to 3 of the first, these rows 1 to 7 of the input.
    assert unit.field == Rect(1, 3, 7, 7)
    assert unit.photo == (12.0, 32.0, 14.0, 28.0)
    assert (unit.channel, unit.place) == (0, (2, 3))


@given(
    st.booleans(),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    pairs,
    st.booleans(),
    st.booleans(),
    st.data(),
)
@settings(deadline=None, max_examples=60)
def test_a_unit_of_any_pooling_is_what_torch_computes(
    largest: bool,
    kernel: tuple[int, int],
    stride: tuple[int, int],
    ceil: bool,
    counts: bool,
    data: st.DataObject,
) -> None:
    padding = data.draw(st.integers(0, kernel[0] // 2)), data.draw(st.integers(0, kernel[1] // 2))
    dilation = data.draw(pairs) if largest else (1, 1)
    hand = Hand((2, 11, 9))
    x = hand.input[None]
    if largest:
        out = F.max_pool2d(x, kernel, stride, padding, dilation, ceil_mode=ceil)
    else:
        out = F.avg_pool2d(x, kernel, stride, padding, ceil, counts)
    window = Window(kernel, stride, padding, dilation, ceil_mode=ceil, count_padding=counts)
    hand.step(Kind.POOLING, "max_pool2d" if largest else "avg_pool2d", out, window=window)
    for unit in every_unit(hand):
        assert isinstance(unit.cell, PoolingCell)
        winners = [term for term in unit.cell.terms if term.wins]
        assert len(winners) == largest
        for term in unit.cell.terms:
            assert term.value == hand.input[term.channel][term.position].item()
        if largest:
            assert winners[0].value == unit.own


@pytest.mark.parametrize("size", [(1, 1), (3, 4), (7, 5)])
@pytest.mark.parametrize("kind", ["avg", "max"])
def test_an_adaptive_pooling_takes_windows_of_different_sizes(size: tuple[int, int], kind: str) -> None:
    hand = Hand((3, 7, 9))
    pool = F.adaptive_avg_pool2d if kind == "avg" else F.adaptive_max_pool2d
    out: Tensor = pool(hand.input[None], size)
    hand.step(Kind.POOLING, f"adaptive_{kind}_pool2d", out)
    for unit in every_unit(hand, most=60):
        assert isinstance(unit.cell, PoolingCell)
        assert unit.cell.kind is (PoolKind.AVG if kind == "avg" else PoolKind.MAX)


@pytest.mark.parametrize("keep", [True, False])
def test_a_global_pooling_is_the_mean_over_all_cells_of_one_map(keep: bool) -> None:
    hand = Hand((3, 7, 9))
    whole = (Field(0, 6, 1, whole=True), Field(0, 8, 1, whole=True))
    hand.step(Kind.GLOBAL_POOLING, "mean", hand.input[None].mean((2, 3), keepdim=keep), fields=whole)
    units = every_unit(hand)
    assert [len(unit.cell.terms) for unit in units if isinstance(unit.cell, PoolingCell)] == [63] * 3
    assert units[1].field == Rect(0, 0, 7, 9)
    assert text_of(units[1].lines(limit=4)).count("more") == 1


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


def test_a_sum_names_both_of_its_summands() -> None:
    hand = Hand((2, 3, 3))
    hand.step(Kind.ACTIVATION, "relu", hand.input[None].relu())
    hand.step(Kind.ADD, "add", (hand.input + hand.outputs[0])[None], (0, INPUT))
    for unit in every_unit(hand):
        assert isinstance(unit.cell, SumCell)
        assert [source.layer for source in unit.cell.sources] == [0, INPUT]
        assert unit.cell.sources[1].value == hand.input[unit.index].item()


@pytest.mark.parametrize("function", ["add", "sub"])
def test_a_number_that_is_added_or_subtracted_is_named(function: str) -> None:
    hand = Hand((2, 3, 3))
    sign, learned = (1 if function == "add" else -1), hand.normal(1, 2, 1, 1)
    hand.step(Kind.ADD, function, (hand.input + sign * 3)[None], (INPUT,), numbers={"scalar": 3.0})
    hand.step(Kind.ADD, function, hand.input[None] + sign * learned, (INPUT,), parameters={"shift": learned})
    for layer, constant in ((0, sign * 3), (1, sign * learned[0, 1, 0, 0].item())):
        unit = every_unit(hand, layer)[-1]
        assert isinstance(unit.cell, SumCell)
        assert unit.cell.constant == constant


@pytest.mark.parametrize("function", ["mul", "div"])
def test_a_factor_that_is_learned_or_fixed_is_named(function: str) -> None:
    hand = Hand((2, 3, 3))
    learned = hand.normal(2, 1, 1)
    by = [torch.tensor(8.0), learned]
    outputs = [hand.input * b if function == "mul" else hand.input / b for b in by]
    hand.step(Kind.MULTIPLY, function, outputs[0][None], (INPUT,), numbers={"scalar": 8.0})
    hand.step(Kind.MULTIPLY, function, outputs[1][None], (INPUT,), parameters={"layer_scale": learned})
    for layer in (0, 1):
        for unit in every_unit(hand, layer):
            assert isinstance(unit.cell, ProductCell)
            assert unit.cell.gate is None


def test_a_table_that_is_looked_up_is_not_called_a_summand_but_read_off() -> None:
    hand = Hand((2, 3, 3))
    table = hand.normal(40, 2)
    output = (hand.input + table[:9].T.reshape(2, 3, 3))[None]
    hand.step(Kind.ADD, "add", output, (INPUT,), parameters={"table": table})
    unit = explain(hand, (1, 2, 0))
    assert isinstance(unit.cell, SumCell)
    assert unit.cell.is_read_off
    assert not unit.is_computed


def test_the_mean_over_a_large_map_shows_its_largest_values() -> None:
    hand = Hand((2, 20, 30))
    hand.step(Kind.GLOBAL_POOLING, "mean", hand.input[None].mean((2, 3), keepdim=True))
    for unit in every_unit(hand):
        cell = unit.cell
        assert isinstance(cell, MeanCell)
        values = hand.input[unit.channel]
        assert cell.largest[0].value == values.flatten()[values.abs().argmax()].item()
        assert all(hand.input[source.index].item() == source.value for source in cell.largest)
        assert cell.count == len(cell.largest) + cell.rest_count == 600
        whole = sum(source.value for source in cell.largest) + cell.rest
        assert whole == pytest.approx(values.double().sum().item())
        (line,) = unit.lines(limit=5)
        assert sum(piece.term is not None for piece in line) == 5
        assert "[595 more: " in text_of([line])


def test_a_convolution_over_many_channels_is_written_out_by_those_that_matter_most() -> None:
    hand = Hand((40, 5, 5))
    hand.conv(2, Window((3, 3)))
    unit = explain(hand, (1, 1, 1))
    assert isinstance(unit.cell, ConvolutionCell)
    lines = unit.lines(limit=27)
    assert len(lines) == 7
    sums = np.array(unit.cell.partial_sums)
    shown = [line[0].channel for line in lines[:-1]]
    assert shown == sorted(np.argsort(-np.abs(sums))[:6].tolist())
    for line in lines[:-1]:
        terms = [piece.term for piece in line if piece.term is not None]
        assert terms == list(range(9 * (line[0].channel or 0), 9 * (line[0].channel or 0) + 9))
        assert unit.cell.terms[terms[0]].channel == line[0].channel
    assert "[34 more: " in text_of(lines[-1:])


def test_squeeze_and_excitation_names_the_map_and_its_gate_in_either_order() -> None:
    hand = Hand((3, 4, 4))
    gate = hand.step(Kind.GLOBAL_POOLING, "mean", hand.input[None].mean((2, 3), keepdim=True))
    for inputs in ((INPUT, gate), (gate, INPUT)):
        hand.step(Kind.MULTIPLY, "mul", (hand.input * hand.outputs[gate])[None], inputs)
        for unit in every_unit(hand):
            assert isinstance(unit.cell, ProductCell)
            assert unit.cell.source.index == unit.index
            assert unit.cell.gate is not None
            assert (unit.cell.gate.layer, unit.cell.gate.index) == (gate, (unit.channel, 0, 0))


def test_a_concatenation_says_which_input_and_which_of_its_channels() -> None:
    hand = Hand((3, 4, 4))
    first = hand.step(Kind.ACTIVATION, "relu", hand.input[None, :2].relu())
    hand.step(Kind.CONCATENATE, "cat", torch.cat([hand.outputs[first], hand.input])[None], (first, INPUT))
    every_unit(hand, most=80)
    for channel, layer, before in [(1, first, 1), (2, INPUT, 0), (4, INPUT, 2)]:
        cell = explain(hand, (channel, 1, 2)).cell
        assert isinstance(cell, CopyCell)
        assert (cell.source.layer, cell.source.index) == (layer, (before, 1, 2))
        assert cell.how is Copy.CONCATENATED


@pytest.mark.parametrize(
    ("change", "how"),
    cast(
        list[tuple[Callable[[Tensor], Tensor], Copy]],
        [
            (lambda x: x.flatten(1), Copy.RESHAPED),
            (lambda x: x.view(-1, 2, 2, 3, 4), Copy.RESHAPED),
            (lambda x: x.permute(0, 2, 3, 1), Copy.PERMUTED),
            (lambda x: x.chunk(2, 1)[1], Copy.CUT_OUT),
            (lambda x: x[:, 3], Copy.CUT_OUT),
            (lambda x: x * 1, Copy.SAME),
        ],
    ),
)
def test_a_value_that_is_only_moved_is_followed_to_where_it_was(
    change: Callable[[Tensor], Tensor], how: Copy
) -> None:
    hand = Hand((4, 3, 4))
    hand.step(Kind.RESHAPE, "moved", change(hand.input[None]))
    for unit in every_unit(hand, most=60):
        assert isinstance(unit.cell, CopyCell)
        assert unit.cell.how is how
        assert hand.input[unit.cell.source.index].item() == unit.own


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_a_padding_layer_tells_the_border_from_what_lies_within(mode: str) -> None:
    hand = Hand((2, 5, 6))
    out = F.pad(hand.input[None], (2, 1, 1, 3), mode=mode)
    hand.step(Kind.PAD, "pad", out, fields=(Field(-1, -1), Field(-2, -2)))
    kinds = {type(unit.cell) for unit in every_unit(hand, most=200)}
    assert kinds == ({CopyCell, PaddingCell} if mode == "constant" else {CopyCell})
    inside = explain(hand, (1, 3, 4)).cell
    assert isinstance(inside, CopyCell)
    assert inside.source.index == (1, 2, 2)


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


def test_what_no_rule_explains_says_what_it_depends_on() -> None:
    hand = Hand((2, 3, 3))
    hand.step(Kind.ACTIVATION, "relu", hand.input[None].relu())
    hand.step(Kind.OTHER, "cumsum", hand.outputs[0][None].cumsum(2), (0, INPUT))
    unit = explain(hand, (1, 2, 2))
    assert isinstance(unit.cell, OpaqueCell)
    assert unit.cell.layers == (0, INPUT)
    assert unit.agrees
    assert [feed.axes[0] for feed in unit.feeds] == [range(2), range(2)]


def test_a_reshape_that_does_something_else_is_not_called_a_reshape() -> None:
    hand = Hand((2, 3, 3))
    hand.step(Kind.RESHAPE, "flip", hand.input[None].flip(2))
    assert isinstance(explain(hand, (0, 0, 0)).cell, OpaqueCell)


@pytest.mark.parametrize("index", [(0, 0), (2, 0, 0), (0, 3, 0), (-1, 0, 0)])
def test_there_is_no_unit_outside_the_layer(index: tuple[int, ...]) -> None:
    hand = Hand((2, 3, 3))
    hand.step(Kind.ACTIVATION, "relu", hand.input[None].relu())
    with pytest.raises(IndexError):
        explain(hand, index)
    with pytest.raises(IndexError):
        explain_unit(hand.trace(), hand.parameter, 1, (0, 0, 0))


def test_every_kind_of_unit_is_written_out_and_ends_with_its_value() -> None:
    hand = Hand((2, 4, 4))
    x = hand.input[None]
    hand.conv(2, Window((3, 3)))
    hand.step(Kind.ACTIVATION, "silu", F.silu(x), (INPUT,))
    hand.step(Kind.ADD, "add", x + hand.outputs[1][None], (INPUT, 1))
    hand.step(Kind.MULTIPLY, "mul", x * hand.outputs[1][None], (INPUT, 1))
    hand.step(Kind.DROPOUT, "dropout", x, (INPUT,))
    mean, var = hand.normal(2), hand.normal(2).abs()
    statistics = {"running_mean": mean, "running_var": var}
    hand.step(Kind.NORMALISATION, "batch_norm", F.batch_norm(x, mean, var), (INPUT,), parameters=statistics)
    for layer in range(len(hand.layers)):
        lines = explain(hand, (1, 0, 1), layer).lines(limit=6)
        assert lines[-1][-1].kind is PieceKind.RESULT
        assert sum(piece.kind is PieceKind.RESULT for line in lines for piece in line) == 1
