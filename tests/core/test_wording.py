import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.arithmetic import (
    ActivationCell,
    Cell,
    ConvolutionCell,
    Explainer,
    PoolingCell,
    Term,
    reader,
)
from convviz.core.reference import activate
from convviz.core.specs import Activation, ConvSpec, PoolKind, PoolSpec
from convviz.core.wording import Piece, PieceKind, lines, plain_text, text_of

LECTURE_PICTURE = [
    [3, 3, 5, 1, 2, 3],
    [3, 4, 0, 1, 4, 5],
    [5, 1, 2, 3, 2, 0],
    [5, 0, 4, 5, 2, 1],
    [3, 4, 3, 1, 0, 2],
    [2, 0, 4, 3, 5, 1],
]
LECTURE_KERNEL = [[0, 1, 0], [-1, 2, -1], [0, 1, 0]]


def explain(values: object, op: ConvSpec | PoolSpec, cell: tuple[int, int] = (0, 0)) -> Cell:
    array = np.array(values, np.float64)
    array = array[None] if array.ndim == 2 else array
    return Explainer(reader(array), array.shape, (op,)).explain(1, 0, cell)


def convolution(weights: list[list[float]], values: list[list[float]], bias: float = 0.0) -> ConvolutionCell:
    """One row of weights and values per channel."""
    terms = tuple(
        Term(w, v, channel, (0, i), (0, i), (0, i))
        for channel, (ws, vs) in enumerate(zip(weights, values, strict=True))
        for i, (w, v) in enumerate(zip(ws, vs, strict=True))
    )
    sums = tuple(float(np.dot(ws, vs)) for ws, vs in zip(weights, values, strict=True))
    return ConvolutionCell(terms, sums, bias, sum(sums) + bias)


def test_the_sketch_word_for_word() -> None:
    cell = explain(LECTURE_PICTURE, ConvSpec(np.array(LECTURE_KERNEL, float)[None, None]), (1, 1))
    assert plain_text(cell) == "0·4 + 1·0 + 0·1 − 1·1 + 2·2 − 1·3 + 0·0 + 1·4 + 0·5 = 4"


def test_kinds_go_by_what_a_term_contributes() -> None:
    cell = explain(LECTURE_PICTURE, ConvSpec(np.array(LECTURE_KERNEL, float)[None, None]), (1, 1))
    (line,) = lines(cell)
    kinds = [piece.kind for piece in line if piece.term is not None]
    z, p, n = PieceKind.ZERO, PieceKind.POSITIVE, PieceKind.NEGATIVE
    assert kinds == [z, z, z, n, p, n, z, p, z]
    assert [piece.term for piece in line if piece.term is not None] == list(range(9))
    assert line[-1] == Piece("4", PieceKind.RESULT)


@pytest.mark.parametrize(
    ("weight", "value", "expected"),
    [
        (-1, 3, "−1·3 − 1·3 = −6"),
        (2, -3, "2·(−3) + 2·(−3) = −12"),
        (-1, -3, "−1·(−3) − 1·(−3) = 6"),
        (0, -3, "0·(−3) + 0·(−3) = 0"),
        (-0.0, 3, "0·3 + 0·3 = 0"),
        (1 / 9, 9, "1/9·9 + 1/9·9 = 2"),
        (-1 / 9, 4, "−1/9·4 − 1/9·4 ≈ −0.8889"),
        (0.5, 0.25, "0.5·0.25 + 0.5·0.25 = 0.25"),
        (0.123456, 1, "0.1235·1 + 0.1235·1 ≈ 0.2469"),
        (1e-9, 1, "1e−9·1 + 1e−9·1 = 2e−9"),
    ],
)
def test_signs_and_rounding(weight: float, value: float, expected: str) -> None:
    assert plain_text(convolution([[weight, weight]], [[value, value]])) == expected


def test_binary_rounding_leaves_no_dust() -> None:
    assert plain_text(convolution([[0.1, -0.3]], [[3, 1]])) == "0.1·3 − 0.3·1 = 0"
    assert plain_text(convolution([[1 / 9] * 3], [[1, 1, 1]])) == "1/9·1 + 1/9·1 + 1/9·1 ≈ 0.3333"


def test_float32_values_count_as_the_decimals_they_stand_for() -> None:
    value = float(np.float32(0.1))
    assert plain_text(convolution([[2, 1]], [[value, value]])) == "2·0.1 + 1·0.1 = 0.3"


def test_bias_is_written_when_there_is_one() -> None:
    assert plain_text(convolution([[1, 1]], [[1, 1]], -1)) == "1·1 + 1·1 − 1 = 1"
    assert plain_text(convolution([[1, 1]], [[1, 1]], 2.5)) == "1·1 + 1·1 + 2.5 = 4.5"


def test_several_channels_give_partial_sums_and_always_the_bias() -> None:
    cell = convolution([[1, 2], [3, -1], [0, 1]], [[3, 2], [2, 1], [4, 7]])
    assert plain_text(cell, channel_names="RGB") == (
        "R: 1·3 + 2·2 = 7\nG: 3·2 − 1·1 = 5\nB: 0·4 + 1·7 = 7\n7 + 5 + 7 + 0 = 19"
    )
    assert plain_text(cell).startswith("c0: ")
    *channels, total = lines(cell)
    assert [line[0].kind for line in channels] == [PieceKind.CHANNEL] * 3
    assert [line[-1].channel for line in channels] == [0, 1, 2]
    assert [line[-1].kind for line in channels] == [PieceKind.SUM] * 3
    assert total[-1].kind is PieceKind.RESULT


def test_a_sum_of_rounded_partial_sums_is_not_called_exact() -> None:
    text = plain_text(convolution([[0.12345], [0.87655]], [[1], [1]]))
    assert text == "c0: 0.1235·1 ≈ 0.1235\nc1: 0.8766·1 ≈ 0.8766\n0.1235 + 0.8766 + 0 ≈ 1"


def test_negative_partial_sums_are_subtracted() -> None:
    text = plain_text(convolution([[1], [-1], [-1]], [[3], [2], [4]], -2))
    assert text.endswith("\n3 − 2 − 4 − 2 = −5")


def test_max_pooling_marks_the_winner() -> None:
    cell = explain([[3, 3], [5, -1]], PoolSpec(PoolKind.MAX))
    (line,) = lines(cell)
    assert text_of([line]) == "max(3, 3, 5, −1) = 5"
    assert [(p.text, p.term) for p in line if p.kind is PieceKind.WINNER] == [("5", 2)]
    assert plain_text(explain([[3, 3], [5, -1]], PoolSpec(PoolKind.MIN))) == "min(3, 3, 5, −1) = −1"


def test_mean_counts_the_zeros_of_the_border() -> None:
    assert plain_text(explain([[2, -4], [0, 1]], PoolSpec(PoolKind.AVG))) == "(2 + (−4) + 0 + 1) / 4 = −0.25"
    padded = explain([[-2, 4], [0, 1]], PoolSpec(PoolKind.AVG, padding=(1, 1)))
    assert plain_text(padded) == "(−2 + 0 + 0 + 0) / 4 = −0.5"
    thirds = explain([[1, 0, 0]], PoolSpec(PoolKind.AVG, (1, 3)))
    assert plain_text(thirds) == "(1 + 0 + 0) / 3 ≈ 0.3333"


def test_long_pooling_windows_keep_the_winner_in_sight() -> None:
    values = np.arange(25.0).reshape(5, 5)
    values[2, 2] = 99
    text = plain_text(explain(values, PoolSpec(PoolKind.MAX, (5, 5))), limit=4)
    assert text == "max(0, 1, [10 more: 11], 99, [10 more: 22], 23, 24) = 99"


@pytest.mark.parametrize(
    ("activation", "before", "expected"),
    [
        (Activation.RELU, -3, "ReLU(−3) = 0"),
        (Activation.ABS, -3, "|−3| = 3"),
        (Activation.SIGMOID, 0.5, "σ(0.5) ≈ 0.6225"),
        (Activation.SIGMOID, 0, "σ(0) = 0.5"),
        (Activation.SIGMOID, 50, "σ(50) ≈ 1"),
        (Activation.TANH, 1, "tanh(1) ≈ 0.7616"),
        (Activation.TANH, 0, "tanh(0) = 0"),
        (Activation.RELU, 1 / 3, "ReLU(0.3333) ≈ 0.3333"),
        (Activation.NONE, 2, "2 = 2"),
    ],
)
def test_activations(activation: Activation, before: float, expected: str) -> None:
    after = float(activate(np.array(before, float), activation))
    assert plain_text(ActivationCell(activation, before, after)) == expected


def test_overflow_is_written_not_raised() -> None:
    huge = Term(1e300, 1e300, 0, (0, 0), (0, 0), (0, 0))
    cell = ConvolutionCell((huge,) * 9, (math.inf,), 0.0, math.inf)
    assert plain_text(cell).endswith(" ≈ ∞")
    assert plain_text(cell, limit=2).endswith(" ≈ ∞")


def test_left_out_terms_keep_the_line_adding_up() -> None:
    cell = convolution([[1.0] * 100], [[float(i) for i in range(100)]])
    assert plain_text(cell, limit=4) == "1·0 + 1·1 + [96 more: 4752] + 1·98 + 1·99 = 4950"
    assert plain_text(cell, limit=2, more="[ещё {count}: {sum}]").startswith("1·0 + [ещё 98: 4851]")


def test_a_single_term_is_never_left_out() -> None:
    cell = convolution([[1.0] * 5], [[1.0] * 5])
    assert "more" not in plain_text(cell, limit=4)
    assert "[2 more: 2]" in plain_text(cell, limit=3)


# What a person with a pocket calculator does with the text.

_NUMBER = r"−?\d[\d./]*(?:e−?\d+)?"
_ENTRY = re.compile(
    rf"(?P<more>\[\d+ more: (?P<sub>{_NUMBER})\])|(?P<a>{_NUMBER})(?:·(?P<b>{_NUMBER}|\({_NUMBER}\)))?"
)


def _fraction(text: str) -> Fraction:
    return Fraction(text.strip("()").replace("−", "-"))


def _evaluate(text: str) -> Fraction:
    """Value of a sum such as ``1·3 − 1/9·(−2) + [3 more: 12] + 5``."""
    total = Fraction(0)
    for part in re.split(r" (?=[+−] )", text):
        sign = -1 if part.startswith("− ") else 1
        match = _ENTRY.fullmatch(part.removeprefix("+ ").removeprefix("− "))
        assert match, part
        if match["more"]:
            total += sign * _fraction(match["sub"])
        else:
            total += sign * _fraction(match["a"]) * _fraction(match["b"] or "1")
    return total


def _check_line(line: str) -> tuple[Fraction, bool]:
    """Return the shown total of a line, and whether it claims to be exact; check the claim."""
    left, relation, right = re.split(r" ([=≈]) ", line)
    total = _fraction(right)
    if relation == "=":
        assert _evaluate(left) == total
    return total, relation == "="


weights = st.one_of(
    st.integers(-9, 9).map(float),
    st.sampled_from([1 / 9, -1 / 9, 1 / 16, 0.5, -0.25, 1 / 3]),
)
values = st.one_of(st.integers(-255, 255).map(float), st.sampled_from([0.5, -0.25, 0.1]))


@st.composite
def cells(draw: st.DrawFn) -> ConvolutionCell:
    channels, count = draw(st.integers(1, 4)), draw(st.integers(1, 12))

    def rows(elements: st.SearchStrategy[float]) -> list[list[float]]:
        row = st.lists(elements, min_size=count, max_size=count)
        return draw(st.lists(row, min_size=channels, max_size=channels))

    return convolution(rows(weights), rows(values), draw(weights))


@given(cells(), st.one_of(st.none(), st.integers(2, 8)))
def test_what_is_written_adds_up(cell: ConvolutionCell, limit: int | None) -> None:
    text = plain_text(cell, limit=limit)
    *channels, last = text.splitlines()
    for line, partial in zip(channels, cell.partial_sums, strict=False):
        shown, _ = _check_line(line.split(": ", 1)[1])
        assert abs(float(shown) - partial) <= 1e-4 + 1e-6 * abs(partial)
    shown, exact = _check_line(last)
    assert abs(float(shown) - cell.total) <= 1e-4 + 1e-6 * abs(cell.total)
    integral = all(t.weight == int(t.weight or 0) and t.value == int(t.value) for t in cell.terms)
    if integral and cell.bias == int(cell.bias):
        assert exact
        assert "≈" not in text


@given(cells())
def test_every_term_is_in_the_text_once(cell: ConvolutionCell) -> None:
    terms = [piece.term for line in lines(cell) for piece in line if piece.term is not None]
    assert terms == list(range(len(cell.terms)))


@given(st.lists(values, min_size=1, max_size=30), st.sampled_from(PoolKind), st.integers(2, 8))
def test_pooling_adds_up_with_terms_left_out(numbers: list[float], kind: PoolKind, limit: int) -> None:
    cell = explain([numbers], PoolSpec(kind, (1, len(numbers))))
    assert isinstance(cell, PoolingCell)
    text = plain_text(cell, limit=limit)
    left, relation, right = re.split(r" ([=≈]) ", text)
    if kind is PoolKind.AVG:
        inner, count = re.fullmatch(r"\((.*)\) / (\d+)", left).groups()  # type: ignore[union-attr]
        value = _evaluate(re.sub(r" \+ \(−([\d.]+)\)", r" − \1", inner)) / int(count)
    else:
        entries = left[4:-1].split(", ")
        shown = [_fraction(re.sub(r"\[\d+ more: (.*)\]", r"\1", entry)) for entry in entries]
        value = max(shown) if kind is PoolKind.MAX else min(shown)
    assert (value == _fraction(right)) if relation == "=" else abs(float(value) - cell.total) < 1e-3
