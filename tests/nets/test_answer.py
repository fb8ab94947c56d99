"""A class's probability taken apart, held against torch's own softmax in float64."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from convviz.core.text import Problem
from convviz.core.wording import text_of
from convviz.nets.answer import Rule, explain_answer, score_unit, scores_of
from convviz.nets.answer_text import answer_lines
from convviz.nets.records import Kind, Trace, probabilities_of
from convviz.nets.unit import explain_unit
from tests.nets.hand import Hand

ENDINGS = {"": None, "softmax": Kind.SOFTMAX, "log_softmax": Kind.SOFTMAX, "sigmoid": Kind.ACTIVATION}


def ending(scores: Sequence[float], function: str = "") -> Trace:
    """Return the trace of a network that gives these scores, and ends with ``function`` of them."""
    hand = Hand((1, 2, 2))
    given = torch.tensor([list(scores)], dtype=torch.float32)
    hand.step(Kind.LINEAR, "linear", given)
    kind = ENDINGS[function]
    if kind is not None:
        output = torch.sigmoid(given) if function == "sigmoid" else getattr(torch, function)(given, dim=1)
        hand.step(kind, function, output)
    return hand.trace()


def torchs(scores: Sequence[float]) -> NDArray[np.float64]:
    """Return torch's softmax of float32 scores, in float64."""
    exact = torch.tensor(list(scores), dtype=torch.float32).double()
    return np.asarray(torch.softmax(exact, dim=0).numpy())


MANY = np.random.default_rng(5).normal(0, 3, 1000).astype(np.float32).tolist()


@pytest.mark.parametrize("function", ["", "softmax", "log_softmax"])
@pytest.mark.parametrize("scores", [[0.5, -1.25], [3.0, 3.0, 1.0], MANY, [1e4, 9999.0, -1e4]])
def test_every_class_has_torchs_own_share(scores: list[float], function: str) -> None:
    trace = ending(scores, function)
    expected = torchs(scores)
    for number in range(min(len(scores), 40)):
        answer = explain_answer(trace, number)
        assert answer.rule is Rule.SOFTMAX
        assert answer.probability == pytest.approx(expected[number], rel=1e-12, abs=1e-300)
        assert answer.agrees
        assert answer.layer == 0
        assert (answer.own is None) == (not function)
    assert trace.probabilities() == pytest.approx(expected, rel=1e-3, abs=1e-6)
    assert scores_of(trace) == pytest.approx(np.array(scores, np.float32))


def test_a_network_that_divides_by_something_else_is_found_out() -> None:
    trace = ending([1.0, 2.0], "softmax")
    trace.outputs[-1][:] *= np.float32(0.99)
    assert not explain_answer(trace, 0).agrees


@pytest.mark.parametrize("score", [0.3, -2.5, 0.0, 1e4, -1e4])
@pytest.mark.parametrize("function", ["", "sigmoid"])
def test_a_single_score_becomes_a_probability_by_the_sigmoid(score: float, function: str) -> None:
    trace = ending([score], function)
    answer = explain_answer(trace, 0)
    expected = float(torch.sigmoid(torch.tensor(score, dtype=torch.float32).double()))
    assert answer.rule is Rule.SIGMOID
    assert answer.probability == pytest.approx(expected, rel=1e-12, abs=1e-300)
    assert answer.agrees
    assert trace.probabilities() == pytest.approx([expected], rel=1e-6)


def test_where_each_class_has_a_sigmoid_they_need_not_add_up_to_1() -> None:
    trace = ending([2.0, 2.0, math.nan], "sigmoid")
    assert trace.probabilities()[:2] == pytest.approx([0.8808] * 2, abs=1e-4)
    assert text_of(answer_lines(explain_answer(trace, 1))) == "σ(2) = 1 / (1 + e^(−2)) ≈ 0.8808 ≈ 88.1 %"
    with pytest.raises(Problem, match="class 2 is NaN"):
        explain_answer(trace, 2)


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([1.0, math.nan, 2.0], "class 1 is NaN"),
        ([math.inf, 1.0], "class 0 is ∞"),
        ([-math.inf, -math.inf], "All scores are −∞"),
    ],
)
def test_what_is_no_number_gives_a_sentence(scores: list[float], said: str) -> None:
    trace = ending(scores)
    assert np.isnan(trace.probabilities()).any()
    with pytest.raises(Problem, match=said):
        explain_answer(trace, 0)


def test_a_score_of_minus_infinity_is_a_share_of_nothing() -> None:
    answer = explain_answer(ending([-math.inf, 1.0, 1.0]), 0)
    assert answer.probability == 0
    lines = text_of(answer_lines(answer, ("a", "b", "c"))).splitlines()
    assert lines[0] == "e^(−∞ − 1) ≈ e^(−∞) = 0"
    assert lines[2] == "0 / 2 = 0 = 0.0 %"


def test_there_is_no_class_beyond_the_last() -> None:
    for number in (-1, 2):
        with pytest.raises(IndexError):
            explain_answer(ending([1.0, 2.0]), number)


def test_a_softmax_over_maps_is_not_taken_for_one_over_classes() -> None:
    hand = Hand((1, 2, 2))
    given = hand.normal(1, 3, 2, 2)
    hand.step(Kind.OTHER, "same", given)
    hand.step(Kind.SOFTMAX, "softmax", torch.softmax(given, dim=1))
    with pytest.raises(Problem, match="ends with softmax"):
        explain_answer(hand.trace(), 0)


def test_it_is_written_with_every_number_in_its_place() -> None:
    answer = explain_answer(ending([2.0, 1.0, 0.5, 0.0, -1.0, -2.0, -3.0]), 1)
    names = ("cat", "dog", "owl", "ant", "bee", "cow", "eel")
    assert text_of(answer_lines(answer, names)).splitlines() == [
        "e^(1 − 2) = e^(−1) ≈ 0.3679",
        "Σ = 1 [cat] + 0.3679 [dog] + 0.2231 [owl] + 0.1353 [ant] + [3 more: 0.0748] ≈ 1.8012",
        "0.3679 / 1.8012 ≈ 0.2042 ≈ 20.4 %",
        "cat : dog = e^(2 − 1) = e^1 ≈ 2.7183",
    ]


def test_the_best_class_is_compared_with_the_second() -> None:
    lines = text_of(answer_lines(explain_answer(ending([0.0, 3.0, -1.0]), 1))).splitlines()
    assert lines[0] == "e^(3 − 3) = e^0 = 1"
    # Only two others: none of them is left out.
    assert lines[1] == "Σ = 1 [1] + 0.0498 [0] + 0.0183 [2] ≈ 1.0681"
    assert lines[3] == "1 : 0 = e^(3 − 0) = e^3 ≈ 20.0855"


def test_a_class_that_is_none_of_the_best_is_named_all_the_same() -> None:
    answer = explain_answer(ending([*range(8)], ""), 0)
    (_, total, share, odds) = text_of(answer_lines(answer)).splitlines()
    assert "+ 9.119e−4 [0] + [3 more:" in total
    assert share.startswith("9.119e−4 / ")
    assert odds.startswith("7 : 0 = e^(7 − 0)")


def test_huge_scores_are_written_without_a_number_no_computer_can_hold() -> None:
    answer = explain_answer(ending([1e4, -1e4]), 1)
    lines = text_of(answer_lines(answer)).splitlines()
    assert lines[0] == "e^(−10000 − 10000) = e^(−20000) ≈ 0"
    assert lines[3] == "0 : 1 = e^(10000 − (−10000)) = e^20000"


def test_a_term_is_the_number_of_its_class() -> None:
    answer = explain_answer(ending([2.0, 1.0, 0.5]), 2)
    lines = answer_lines(answer, ("cat", "dog", "owl"))
    terms = {piece.text: piece.term for piece in lines[1] if piece.term is not None}
    assert terms == {"1 [cat]": 0, "0.3679 [dog]": 1, "0.2231 [owl]": 2}
    assert [piece.term for piece in lines[0] if piece.text == "0.5"] == [2]
    assert [piece.term for piece in lines[3] if piece.term is not None] == [0, 2, 0, 2]


@pytest.mark.parametrize("function", ["", "softmax"])
def test_a_class_leads_to_the_unit_that_computes_its_score(function: str) -> None:
    hand = Hand((2, 3, 3))
    flat = hand.input.reshape(1, -1)
    hand.step(Kind.FLATTEN, "flatten", flat)
    weight, bias = hand.normal(4, 18), hand.normal(4)
    scores = torch.nn.functional.linear(flat, weight, bias)
    hand.step(Kind.LINEAR, "linear", scores, parameters={"weight": weight, "bias": bias})
    if function:
        hand.step(Kind.SOFTMAX, "softmax", torch.softmax(scores, dim=1))
    trace = hand.trace()
    layer, index = score_unit(trace, 2)
    assert (layer, index) == (1, (2,))
    unit = explain_unit(trace, hand.parameter, layer, index)
    assert unit.agrees
    assert unit.own == pytest.approx(explain_answer(trace, 2).score)


def test_scores_that_were_only_arranged_anew_come_from_maps() -> None:
    hand = Hand((2, 4, 4))
    pooled = hand.normal(1, 5, 1, 1)
    hand.step(Kind.GLOBAL_POOLING, "adaptive_avg_pool2d", pooled)
    hand.step(Kind.FLATTEN, "flatten", pooled.flatten(1))
    assert score_unit(hand.trace(), 3) == (0, (3, 0, 0))


def test_many_pictures_have_their_shares_at_once() -> None:
    last = ending([1.0, 2.0]).architecture.layers[-1]
    outputs = np.array([[1, 2], [5, 5], [-1e4, 1e4]], np.float32)
    assert probabilities_of(outputs, last) == pytest.approx(
        torch.softmax(torch.from_numpy(outputs).double(), dim=1).numpy()
    )
