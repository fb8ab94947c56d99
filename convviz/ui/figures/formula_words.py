"""The formula of a convolution: with symbols, and with the numbers of one cell in their place."""

from convviz.core.numbers import MINUS, format_number
from convviz.core.pieces import Line, Piece, PieceKind
from convviz.core.specs import ConvSpec
from convviz.ui import theme
from convviz.ui.figures.typeset import Atom, Sum, Word, words

Place = tuple[int, int, int]
"""Filter, row and column of an output cell."""

_ASKED = (PieceKind.SUM, PieceKind.RESULT)


def symbols(layered: bool) -> list[Atom]:
    """Return the formula; that of a whole layer if it is ``layered``."""
    if layered:
        sums: tuple[Atom, ...] = (
            Sum("c = 0", f"C {MINUS} 1"),
            Sum("i = 0", f"h {MINUS} 1"),
            Sum("j = 0", f"w {MINUS} 1"),
        )
        tail = words("f(x + i, y + j, c) · w(i, j, c, c_out) + b(c_out)")
        return [*words("g(x, y, c_out) = "), *sums, *tail]
    sums = (Sum("i = 0", f"h {MINUS} 1"), Sum("j = 0", f"w {MINUS} 1"))
    return [*words("out(x, y) = "), *sums, *words("K(i, j) · in(x + i, y + j) + b")]


def placed(spec: ConvSpec, place: Place, layered: bool) -> list[Atom]:
    """Return the formula with the numbers of an output cell in place of x, y, c_out and b."""
    filters, row, column = place
    channels, height, width = spec.weights.shape[1:]
    bias = spec.bias[filters]
    sign = f" {MINUS if bias < 0 else '+'} "
    x, y, b = _here(str(row)), _here(str(column)), _here(format_number(abs(bias)))
    sums: tuple[Atom, ...] = (Sum("i = 0", str(height - 1)), Sum("j = 0", str(width - 1)))
    at = [x, *words(" + i, "), y, *words(" + j")]
    if not layered:
        head: list[Atom] = [Word("out("), x, Word(", "), y, Word(") = ")]
        return [*head, *sums, *words("K(i, j) · in("), *at, Word(")"), Word(sign), b]
    out = _here(str(filters))
    head = [*words("g("), x, Word(", "), y, Word(", "), out, Word(") = ")]
    sums = (Sum("c = 0", str(channels - 1)), *sums)
    return [*head, *sums, *words("f("), *at, *words(", c) · w(i, j, c, "), out, Word(")"), Word(sign), b]


def asked(line: Line) -> Line:
    """Return a line of products that does not tell what they come to."""
    if line[-1].kind not in _ASKED:
        return line
    return (*line[:-2], Piece(" = "), Piece("?", PieceKind.RESULT))


def _here(text: str) -> Word:
    return Word(text, ink=theme.current().colours.focus, bold=True)
