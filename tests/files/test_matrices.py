from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from convviz.core.text import Problem
from convviz.files import matrices
from convviz.files.matrices import format_matrix, parse_kernel, parse_matrix, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/9", 1 / 9),
        ("-1/9", -1 / 9),
        ("−2", -2),
        ("1e-3", 1e-3),
        ("1E+3", 1000),
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5),
        ("+7", 7),
        (" 3 ", 3),
        ("1 / 4", 0.25),
        ("1/−4", -0.25),
        ("1.5/3", 0.5),
        ("0,5", 0.5),
        ("\u00a04", 4),
        ("-0", 0),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not a number"),
        ("abc", "“abc” is not a number"),
        ("1/0", "“1/0” divides by zero"),
        ("1/0.0", "divides by zero"),
        ("nan", "is not a finite number"),
        ("-inf", "is not a finite number"),
        ("∞", "is not a finite number"),
        ("1e999", "is too large"),
        ("1e300/1e-300", "is too large"),
        ("1/2/3", "is not a number"),
        ("1_000", "is not a number"),
        ("٣", "is not a number"),
        ("0x10", "is not a number"),
        ("1,2,3", "is not a number"),
        ("--1", "is not a number"),
        ("1e", "is not a number"),
        ("x" * 5000, "…” is not a number"),
    ],
)
def test_not_numbers(text: str, words: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_number(text)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    "text",
    [
        "1 2 3\n4 5 6",
        "1\t2\t3\r\n4\t5\t6\r\n",
        "1\t2\t3\r4\t5\t6",
        "1, 2, 3\n4, 5, 6",
        "1,2,3;4,5,6",
        "1 2 3; 4 5 6;",
        "1,2,3,\n4,5,6,",
        "1\t2\t3\t\n4\t5\t6\t",
        "\n\n  1   2 3  \n\n 4 5 6 \n",
        "1 ,2 , 3;\n4 , 5,6",
        "[[1, 2, 3], [4, 5, 6]]",
        "[[1,2,3],[4,5,6],]",
        "[[1 2 3]\n [4 5 6]]",
        "[[1. 2. 3.] [4. 5. 6.]]",
        "[[1 2\n 3]\n [4\n 5 6]]",
        "[1 2 3; 4 5 6]",
        "[1, 2, 3\n 4, 5, 6]",
        "array([[1., 2., 3.],\n       [4., 5., 6.]], dtype=float32)",
        "np.array([[1,2,3],[4,5,6]])",
        "tensor([[1., 2., 3.],\n        [4., 5., 6.]])",
        "\ufeff1 2 3\n4 5 6",
        "2/2 2 6 / 2\n4 5 6",
    ],
)
def test_ways_to_write_a_matrix(text: str) -> None:
    for parse in (parse_matrix, parse_kernel):
        values = parse(text)
        assert values.dtype == np.float64
        assert values.tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5", [[5]]),
        ("1 -1", [[1, -1]]),
        ("[1, 2]", [[1, 2]]),
        ("[[1/9, 2]]", [[1 / 9, 2]]),
        ("1/9 1/9;1/9 1/9", [[1 / 9, 1 / 9], [1 / 9, 1 / 9]]),
        ("1/9", [[1 / 9]]),
        ("0,5\t1,5\n2\t-3,25", [[0.5, 1.5], [2, -3.25]]),
        ("−1 0 1", [[-1, 0, 1]]),
    ],
)
def test_matrices(text: str, values: list[Any]) -> None:
    assert parse_matrix(text).tolist() == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0 1 0/-1 2 -1/0 1 0", [[0, 1, 0], [-1, 2, -1], [0, 1, 0]]),
        ("0 1 0 / -1 2 -1 / 0 1 0", [[0, 1, 0], [-1, 2, -1], [0, 1, 0]]),
        ("1,0/0,1", [[1, 0], [0, 1]]),
        ("1/9", [[1], [9]]),
        ("1/9 1/9;1/9 1/9", [[1 / 9, 1 / 9], [1 / 9, 1 / 9]]),
        ("1/9 2\n3 4", [[1 / 9, 2], [3, 4]]),
        ("[[1/9]]", [[1 / 9]]),
        ("[[[1, 2]], [[3, 4]]]", [[[1, 2]], [[3, 4]]]),
        ("[[[[1]], [[-1]], [[1]]]]", [[[[1]], [[-1]], [[1]]]]),
        ("[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]", [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]),
    ],
)
def test_kernels(text: str, values: list[Any]) -> None:
    assert parse_kernel(text).tolist() == values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are no numbers here."),
        (" \n ;; ,\n", "There are no numbers here."),
        ("1 2\n3 4 5", "Row 2 has 3 numbers, but row 1 has 2."),
        ("1 2\n\n3 4\n5", "Row 3 has 1 numbers, but row 1 has 2."),
        ("[[1,2],[3]]", "Row 2 has 1 numbers, but row 1 has 2."),
        ("1 2\n3 x", "Row 2, column 2: “x” is not a number."),
        ("[[1,2],[3,x]]", "Row 2, column 2: “x” is not a number."),
        ("[[1, null]]", "Row 1, column 2: “null” is not a number."),
        ('"1"\t2', 'Row 1, column 1: “"1"” is not a number.'),
        ("1 nan", "Row 1, column 2: “nan” is not a finite number."),
        ("1,,3", "Row 1 has no number in column 2."),
        ("1\t\t3", "Row 1 has no number in column 2."),
        (",1,2", "Row 1 has no number in column 1."),
        ("1,2,,", "Row 1 has no number in column 3."),
        ("[[1, 2], [3, 4]", "The brackets do not match."),
        ("[[1, 2], [3, 4]]]", "The brackets do not match."),
        ("]1[", "The brackets do not match."),
        ("[[1, 2], 3]", "The brackets do not match."),
        ("[1, [2, 3]]", "The brackets do not match."),
        ("[1 2] [3 4]", "The brackets do not match."),
        ("k = [1 2]", "The brackets do not match."),
        ("[[1;2],[3;4]]", "The brackets do not match."),
        ("[]", "nothing between a pair of brackets"),
        ("[[], []]", "nothing between a pair of brackets"),
        ("[" * 5000, "nested too deeply"),
        ("[[[[[1]]]]]", "nested too deeply"),
    ],
)
def test_refused_matrices(text: str, words: str) -> None:
    for parse in (parse_matrix, parse_kernel):
        with pytest.raises(Problem) as caught:
            parse(text)
        assert words in str(caught.value), str(caught.value)


def test_uneven_parts_of_a_kernel() -> None:
    with pytest.raises(Problem, match="Part 2 has the shape 1 × 2, but part 1 has 2 × 2"):
        parse_kernel("[[[1,2],[3,4]], [[5,6]]]")
    with pytest.raises(Problem, match="Row 2 has 1 numbers, but row 1 has 2"):
        parse_kernel("[[[1,2],[3]], [[5,6],[7,8]]]")


def test_parts_of_different_depth() -> None:
    with pytest.raises(Problem, match="The brackets do not match"):
        parse_kernel("[[1], [[2]]]")


def test_a_matrix_has_two_axes() -> None:
    with pytest.raises(Problem, match="nested too deeply: 2 levels"):
        parse_matrix("[[[1]]]")


@pytest.mark.parametrize("sides", [(513, 1), (1, 513), (513, 513)])
@pytest.mark.parametrize("brackets", [False, True])
def test_more_than_512_is_too_large(sides: tuple[int, int], brackets: bool) -> None:
    rows = [" ".join(["1"] * sides[1])] * sides[0]
    text = "[" + ",".join(f"[{row}]" for row in rows) + "]" if brackets else "\n".join(rows)
    with pytest.raises(Problem, match="more than 512 × 512 numbers"):
        parse_matrix(text)
    with pytest.raises(Problem, match="more than 512 × 512 numbers"):
        parse_matrix("1" * 10_000_000)


def test_512_is_possible() -> None:
    values = np.arange(512 * 512, dtype=np.float64).reshape(512, 512) / 7
    assert np.array_equal(parse_matrix(format_matrix(values)), values)


def test_format() -> None:
    assert format_matrix(np.array([[1, -2.0], [0.5, 1e20]])) == "1\t-2\n0.5\t1e+20"
    assert format_matrix(np.array([[-0.0, 1 / 9]])) == "0\t0.1111111111111111"
    assert format_matrix(np.array([[3]], np.float32)) == "3"


@given(
    hnp.arrays(
        np.float64,
        hnp.array_shapes(min_dims=2, max_dims=2, max_side=8),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_what_is_formatted_reads_back_the_same(values: NDArray[np.float64]) -> None:
    text = format_matrix(values)
    assert np.array_equal(parse_matrix(text), values)
    assert np.array_equal(parse_kernel(text + "\n"), values)
    assert np.array_equal(parse_kernel(str(values.tolist())), values)


@given(st.text(alphabet="0123456789.,;/ \t\n[]-+eE−xnaif", max_size=60))
def test_any_text_is_a_matrix_or_a_sentence(text: str) -> None:
    for parse in (parse_matrix, parse_kernel):
        try:
            values = parse(text)
        except Problem as problem:
            message = str(problem)
        else:
            message = "."
            assert values.size > 0
            assert np.isfinite(values).all()
        assert message.endswith(".")


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    try:
        value = parse_number(text)
    except Problem:
        value = 0.0
    assert np.isfinite(value)


def _outcome(text: str) -> object:
    try:
        return parse_matrix(text).tolist()
    except Problem as problem:
        return problem.sentence


@given(st.text("0123456789.,;-+eE \t\n/", max_size=40))
def test_plain_numbers_read_the_same_at_once_and_one_by_one(text: str) -> None:
    at_once = _outcome(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrices, "_plain_numbers", lambda text: None)
        assert _outcome(text) == at_once


@pytest.mark.parametrize("separator", ["\t", " ", ",", ", ", "  "])
def test_large_plain_matrices_are_not_read_cell_by_cell(
    monkeypatch: pytest.MonkeyPatch, separator: str
) -> None:
    values = np.random.default_rng(3).normal(size=(40, 512))
    text = format_matrix(values).replace("\t", separator)
    monkeypatch.setattr(matrices, "parse_number", lambda text: pytest.fail("read one by one"))
    assert np.array_equal(parse_matrix(text), values)
