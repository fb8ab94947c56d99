"""Units that are added, multiplied, read off or moved: each part is named by where it was."""

from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from convviz.core.arithmetic import ConvolutionCell
from convviz.core.wording import text_of
from convviz.nets.records import INPUT, Field, Kind, Window
from convviz.nets.unit_cells import Copy, CopyCell, MeanCell, PaddingCell, ProductCell, SumCell
from tests.nets.hand import Hand
from tests.nets.unit_checks import every_unit, explain


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
