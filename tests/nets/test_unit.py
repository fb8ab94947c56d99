"""How one value of a layer comes about: convolutions, poolings, and what no rule explains."""

import numpy as np
import pytest
import torch.nn.functional as F  # noqa: N812
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from convviz.core.arithmetic import ConvolutionCell, PoolingCell
from convviz.core.geometry import Rect
from convviz.core.specs import PoolKind
from convviz.core.wording import PieceKind, text_of
from convviz.nets.records import INPUT, Field, Kind, Placement, Window
from convviz.nets.unit import explain_unit
from convviz.nets.unit_cells import OpaqueCell
from tests.nets.hand import Hand
from tests.nets.unit_checks import every_unit, explain

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
