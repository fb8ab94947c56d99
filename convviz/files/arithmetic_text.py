"""The arithmetic of one cell as text: plain, for a Markdown document, and for LaTeX."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from convviz.core.wording import Line, PieceKind


class ArithmeticFormat(StrEnum):
    """How a line of arithmetic is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    LATEX = "latex"


# A line of LaTeX does not break by itself: one of these many summands fits a page.
_SUMMANDS = 5
_SIGNS = {
    "·": r"\cdot ",
    "×": r"\times ",
    "−": "-",
    "≈": r"\approx ",
    "²": "^2",
    "σ": r"\sigma",
    "∞": r"\infty ",
    "ReLU": r"\operatorname{ReLU}",
    "tanh": r"\tanh",
    "max": r"\max",
    "min": r"\min",
    "?": r"\mathord{?}",
}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_EXPONENT = re.compile(r"(\d)e([-−]?\d+)")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_ROOT = "√("


def arithmetic_text(title: str, lines: Sequence[Line], form: ArithmeticFormat) -> str:
    """Return what the arithmetic line says.

    Parameters
    ----------
    title : str
        What is computed, such as ``output[1, 1] =``; may be empty.
    lines : sequence of Line
        From :func:`convviz.core.wording.lines`.
    form : ArithmeticFormat
        ``MARKDOWN`` is a block of code, in which nothing is taken for emphasis, the result in bold below;
        ``LATEX`` an ``align*`` of amsmath.
    """
    texts = ["".join(piece.text for piece in line) for line in lines]
    match form:
        case ArithmeticFormat.PLAIN:
            return "\n".join(filter(None, [title, *texts]))
        case ArithmeticFormat.MARKDOWN:
            block = "\n".join(filter(None, [title, *texts]))
            results = [p.text for line in lines for p in line if p.kind is PieceKind.RESULT]
            result = f"\n\n**{results[-1]}**" if results else ""
            return f"```text\n{block}\n```{result}"
        case ArithmeticFormat.LATEX:
            rows = [row for line in lines for row in _rows(line)]
            body = " \\\\\n".join(f"  {row}" for row in ([_head(title)] if title else []) + rows)
            return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"


def _head(title: str) -> str:
    """Return ``output[1, 2] =`` with the name upright."""
    name, bracket, rest = title.partition("[")
    index = bracket + rest.replace("=", "").rstrip() if bracket else ""
    return f"& \\text{{{_escaped(name.removesuffix('=').rstrip())}}}{index} ="


def _rows(line: Line) -> Iterator[str]:
    """Yield a line of arithmetic in as many rows as it needs."""
    row, summands, depth = "& ", 0, 0
    for piece in line:
        if piece.kind is PieceKind.CHANNEL:
            row += f"\\text{{{_escaped(piece.text)}}}"
            continue
        # Nothing is broken within brackets: \left and \right do not reach into the next row.
        if depth == 0 and summands >= _SUMMANDS and piece.text in (" + ", " "):
            yield row.rstrip()
            row, summands = "&\\quad {}", 0
        summands += piece.term is not None
        depth += piece.text.count("(") - piece.text.count(")")
        row += _formula(piece.text)
    yield row.rstrip()


def _formula(text: str) -> str:
    if text.startswith("[") or text.endswith("]"):
        # “[12 more: 3.5]” is said in words.
        return f"\\text{{{_escaped(text)}}}"
    if text == _ROOT:
        return r"\surd("
    text = _EXPONENT.sub(lambda found: f"{found[1]} \\cdot 10^{{{found[2]}}}", text)
    return _SIGN.sub(lambda found: _SIGNS[found[0]], text)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in text).replace("−", "$-$")
