"""A matrix as text for other programs: a table of a document, LaTeX, NumPy."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

# What a clipboard, and whoever reads what is pasted, can still take.
MOST_CELLS = 250_000


class MatrixFormat(StrEnum):
    """How a matrix is written."""

    TSV = "tsv"
    MARKDOWN = "markdown"
    LATEX = "latex"
    NUMPY = "numpy"


def matrix_text(planes: NDArray[np.float32], form: MatrixFormat) -> str:
    """Return matrices as text, exactly: every number is read back as the same float32.

    Parameters
    ----------
    planes : ndarray of float32, shape (C, H, W)
        One matrix or several.
    form : MatrixFormat
        ``TSV`` pastes into a spreadsheet and back into this application, ``MARKDOWN`` is a table with the
        numbers of the columns above and those of the rows at the left, ``LATEX`` a display formula that
        needs no package and ``NUMPY`` an expression. Of several matrices, empty lines stand between the
        first three; ``NUMPY`` gives one array of three axes.

    Raises
    ------
    Problem
        If there are more numbers than text is good for.
    """
    if planes.size > MOST_CELLS:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{count} numbers are too many to be copied as text; at most {most} are."
                " Save them as a file instead.",
            ),
            count=int(planes.size),
            most=MOST_CELLS,
        )
    cells = [[[number_text(value) for value in row] for row in plane] for plane in planes]
    match form:
        case MatrixFormat.TSV:
            return "\n\n".join("\n".join("\t".join(row) for row in plane) for plane in cells)
        case MatrixFormat.MARKDOWN:
            return "\n\n".join(map(_markdown, cells))
        case MatrixFormat.LATEX:
            return "\n\n".join(map(_latex, cells))
        case MatrixFormat.NUMPY:
            return _numpy(cells)


def number_text(value: np.float32) -> str:
    """Return the shortest text that is read as the same float32; whole numbers without a point."""
    text = str(np.float32(value)).removesuffix(".0")
    # Adding 0 makes −0 zero: in a table it would only puzzle.
    return "0" if text == "-0" else text.replace("e+", "e")


def _markdown(rows: list[list[str]]) -> str:
    width = len(rows[0])
    head = "| | " + " | ".join(map(str, range(width))) + " |"
    line = "|--:|" + "--:|" * width
    body = [f"| **{number}** | " + " | ".join(row) + " |" for number, row in enumerate(rows)]
    return "\n".join([head, line, *body])


def _latex(rows: list[list[str]]) -> str:
    # Not bmatrix, which ends after ten columns.
    body = " \\\\\n".join("  " + " & ".join(map(_power, row)) for row in rows)
    return f"\\[\n\\left[\\begin{{array}}{{{'r' * len(rows[0])}}}\n{body}\n\\end{{array}}\\right]\n\\]"


def _power(text: str) -> str:
    """Return a number with its exponent written as a power of ten."""
    if "e" not in text:
        return text
    mantissa, exponent = text.split("e")
    return f"{mantissa} \\cdot 10^{{{int(exponent)}}}"


def _numpy(cells: list[list[list[str]]]) -> str:
    planes = ["[" + ",\n  ".join("[" + ", ".join(row) + "]" for row in plane) + "]" for plane in cells]
    inner = planes[0] if len(planes) == 1 else "[" + ",\n ".join(planes) + "]"
    return f"np.array({inner}, dtype=np.float32)"
