"""Matrices and arithmetic as text: pasted elsewhere they are the same numbers, and LaTeX is well formed."""

import re

import numpy as np
import pytest

from convviz.core import reference
from convviz.core.arithmetic import Explainer, reader
from convviz.core.specs import Activation, Chain, ConvSpec, Magnitude, PoolKind, PoolSpec
from convviz.core.text import Problem
from convviz.core.wording import lines, plain_text
from convviz.files.arithmetic_text import ArithmeticFormat, arithmetic_text
from convviz.files.matrices import parse_matrix
from convviz.files.matrix_text import MOST_CELLS, MatrixFormat, matrix_text

MATRIX = np.array([[[1, -2.5, 0], [1 / 3, 1e-9, 4e20]]], np.float32)
VALUES = np.random.default_rng(2).integers(-4, 5, (2, 6, 6)).astype(float)
CONV = ConvSpec(np.random.default_rng(3).normal(0, 1, (2, 2, 3, 3)).round(2), (0.5, -1.0))


def check_latex(text: str) -> None:
    """Check what pdflatex with amsmath would stumble over first."""
    assert text.count("{") == text.count("}")
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    begun = re.findall(r"\\begin\{(\w+\*?)\}", text)
    assert begun == re.findall(r"\\end\{(\w+\*?)\}", text)[::-1]
    assert text.count("(") == text.count(")")
    outside = re.sub(r"\\text\{(?:[^{}]|\{\})*\}", "", text)
    assert outside.isascii(), outside
    known = {"begin", "end", "cdot", "text", "quad", "approx", "surd", "max", "min", "tanh", "sigma"}
    known |= {"operatorname", "left", "right"}
    assert set(re.findall(r"\\([a-zA-Z]+)", outside)) <= known
    for row in re.findall(r"^  (&.*?)(?: \\\\)?$", text, re.M):
        assert len(re.findall(r"(?<!\\)&", row)) == 1, row


def explained(chain: Chain, stage: int, cell: tuple[int, int] = (0, 0)) -> str:
    cell_parts = Explainer(reader(VALUES), VALUES.shape, chain).explain(stage, 0, cell)
    return arithmetic_text(
        "output_1[0, 0] =", lines(cell_parts, channel_names=("R", "50% & #2")), ArithmeticFormat.LATEX
    )


def test_a_table_with_tabs_is_read_back_to_the_same_float32() -> None:
    text = matrix_text(MATRIX, MatrixFormat.TSV)
    assert text == "1\t-2.5\t0\n0.33333334\t1e-09\t4e20"
    assert np.array_equal(parse_matrix(text).astype(np.float32), MATRIX[0])


def test_a_markdown_table_numbers_its_rows_and_columns() -> None:
    assert matrix_text(MATRIX[:, :, :2], MatrixFormat.MARKDOWN).splitlines() == [
        "| | 0 | 1 |",
        "|--:|--:|--:|",
        "| **0** | 1 | -2.5 |",
        "| **1** | 0.33333334 | 1e-09 |",
    ]


def test_numpy_text_is_an_expression_that_gives_the_same_array() -> None:
    two = np.concatenate([MATRIX, -MATRIX])
    for planes, shape in ((MATRIX, (2, 3)), (two, (2, 2, 3))):
        value = eval(matrix_text(planes, MatrixFormat.NUMPY), {"np": np})
        assert value.shape == shape
        assert np.array_equal(value.reshape(planes.shape), planes)


def test_a_wide_matrix_in_latex_has_a_column_for_every_number() -> None:
    text = matrix_text(np.arange(24, dtype=np.float32).reshape(1, 2, 12), MatrixFormat.LATEX)
    check_latex(text)
    assert "{array}{rrrrrrrrrrrr}" in text
    assert [row.count("&") for row in text.splitlines() if "&" in row] == [11, 11]
    assert r"4 \cdot 10^{20}" in matrix_text(MATRIX, MatrixFormat.LATEX)


def test_too_many_numbers_are_refused_with_the_way_out() -> None:
    many = np.zeros((1, 1, MOST_CELLS + 1), np.float32)
    with pytest.raises(Problem, match="Save them as a file instead"):
        matrix_text(many, MatrixFormat.TSV)


@pytest.mark.parametrize(
    ("chain", "stage"),
    [
        ((CONV,), 1),
        ((CONV, Activation.RELU), 2),
        ((CONV, Activation.SIGMOID), 2),
        ((CONV, Activation.TANH), 2),
        ((CONV, Activation.ABS), 2),
        ((CONV, PoolSpec(PoolKind.MAX)), 2),
        ((CONV, PoolSpec(PoolKind.MIN, (3, 3))), 2),
        ((CONV, PoolSpec(PoolKind.AVG, (4, 4))), 2),
        ((CONV, Magnitude()), 2),
    ],
    ids=str,
)
def test_arithmetic_of_every_operation_is_well_formed_latex(chain: Chain, stage: int) -> None:
    check_latex(explained(chain, stage))


def test_a_long_sum_is_broken_into_rows_that_a_page_can_hold() -> None:
    text = explained((CONV,), 1)
    assert all(row.count(r"\cdot") <= 5 for row in text.splitlines())
    assert text.count(r"\cdot") == 18
    assert r"\text{R: }" in text
    assert r"\text{50\% \& \#2: }" in text
    assert text.splitlines()[1].startswith(r"  & \text{output\_1}[0, 0] =")


def test_plain_and_markdown_say_what_the_line_says() -> None:
    parts = Explainer(reader(VALUES), VALUES.shape, (CONV,)).explain(1, 0, (1, 2))
    said = plain_text(parts)
    assert (
        arithmetic_text("output[1, 2] =", lines(parts), ArithmeticFormat.PLAIN) == f"output[1, 2] =\n{said}"
    )
    markdown = arithmetic_text("output[1, 2] =", lines(parts), ArithmeticFormat.MARKDOWN)
    total = reference.convolve(VALUES, CONV)[0, 1, 2]
    assert markdown.startswith(f"```text\noutput[1, 2] =\n{said}\n```\n\n**")
    result = float(markdown.rsplit("**", 2)[1].replace("−", "-"))
    assert result == pytest.approx(total, abs=1e-3)
