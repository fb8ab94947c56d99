"""The number style in force reaches every number that is written for people, and none for programs."""

from collections.abc import Iterator

import numpy as np
import pytest

from convviz.core.arithmetic import Explainer, reader
from convviz.core.counting import inputs_formula
from convviz.core.lessons import parse_answer
from convviz.core.number_style import COMMA, POINT, listed, number_style, put_in_force, spelled
from convviz.core.numbers import Amount, format_number, format_percent, format_weight
from convviz.core.shown import grouped, number, product
from convviz.core.specs import PoolKind, PoolSpec
from convviz.core.text import Sentence
from convviz.core.wording import plain_text
from convviz.files.matrices import format_matrix, parse_matrix, parse_number


@pytest.fixture
def comma() -> Iterator[None]:
    put_in_force(COMMA)
    yield
    put_in_force(POINT)


def test_a_point_and_no_break_spaces_are_in_force_at_first() -> None:
    assert number_style() is POINT
    assert (format_number(0.75), format_number(12345.5)) == ("0.75", "12345.5")
    assert (grouped(1792), grouped(12345678)) == ("1\u00a0792", "12\u00a0345\u00a0678")


@pytest.mark.usefixtures("comma")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.75, "0,75"),
        (-0.75, "−0,75"),
        (1234.5, "1234,5"),
        (12345.5, "12\u202f345,5"),
        (-65535, "−65\u202f535"),
        (123456.7, "123\u202f456,7"),
        (1.5e-7, "1,5e−7"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
        (0, "0"),
    ],
)
def test_russian_numbers_have_a_comma_and_narrow_spaces_from_five_digits_on(
    value: float, expected: str
) -> None:
    assert format_number(value) == expected


@pytest.mark.usefixtures("comma")
def test_every_way_of_writing_a_number_follows_the_style() -> None:
    assert (grouped(1792), grouped(12345678)) == ("1\u202f792", "12\u202f345\u202f678")
    assert (format_weight(0.5), format_weight(1 / 9)) == ("0,5", "1/9")
    assert format_percent(0.395) == "39,5 %"
    assert spelled(-0.00012, ".1e") == "−1,2e−04"
    assert (number(-0.25).signed, product(0.5, -1.5).text) == ("−0,25", "0,5·(−1,5)")
    assert listed([format_number(0.5), format_number(1.5)]) == "0,5; 1,5"
    assert inputs_formula((3, 720, 1280)) == "720·1280·3 = 2\u202f764\u202f800"


def test_what_was_written_in_one_style_is_not_kept_for_the_other() -> None:
    said = []
    for style in (POINT, COMMA, POINT):
        put_in_force(style)
        said.append((number(0.123).text, product(0.25, 0.123).text))
    assert said == [("0.123", "0.25·0.123"), ("0,123", "0,25·0,123"), ("0.123", "0.25·0.123")]


@pytest.mark.usefixtures("comma")
def test_sums_are_as_exact_with_a_comma_as_with_a_point() -> None:
    shown = number(0.1)
    assert (shown.exact, float(shown.said)) == (True, 0.1)


@pytest.mark.usefixtures("comma")
def test_no_comma_of_a_list_touches_a_decimal_comma() -> None:
    values = np.array([[[0.5, 1.5], [2.5, -1]]])
    cell = Explainer(reader(values), (1, 2, 2), (PoolSpec(PoolKind.MAX, (2, 2)),)).explain(1, 0, (0, 0))
    assert plain_text(cell) == "max(0,5; 1,5; 2,5; −1) = 2,5"


def test_an_amount_in_a_sentence_is_written_when_the_sentence_is_said() -> None:
    said = Sentence("{a} {b} {c}", {"a": Amount(0.5), "b": Amount(7.123, ".2g"), "c": Amount(1234567, ",")})
    assert str(said) == "0.5 7.1 1\u00a0234\u00a0567"
    put_in_force(COMMA)
    try:
        assert str(said) == "0,5 7,1 1\u202f234\u202f567"
    finally:
        put_in_force(POINT)


@pytest.mark.usefixtures("comma")
@pytest.mark.parametrize(("text", "value"), [("0,75", 0.75), ("0.75", 0.75), ("−1,5e-3", -0.0015)])
def test_both_signs_are_read(text: str, value: float) -> None:
    assert parse_number(text) == parse_answer(text) == value


@pytest.mark.usefixtures("comma")
@pytest.mark.parametrize("value", [0.75, -12345.5, 65535.0, 1e6])
def test_what_is_shown_can_be_typed_in_again(value: float) -> None:
    assert parse_number(format_weight(value)) == value
    assert parse_answer(format_number(value)) == value


@pytest.mark.usefixtures("comma")
def test_tables_for_programs_keep_the_point() -> None:
    text = format_matrix(np.array([[0.5, 12345.0], [-1.25, 3.0]]))
    assert text == "0.5\t12345\n-1.25\t3"
    assert parse_matrix(text).tolist() == [[0.5, 12345.0], [-1.25, 3.0]]
