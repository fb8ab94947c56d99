"""Products and their sums in lines, coloured as in the arithmetic line, broken between terms."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtGui import QFont

from convviz.core.pieces import Line, PieceKind
from convviz.ui import theme
from convviz.ui.figures.scene import advance

# Rather than in smaller design pixels, products are written on two lines.
LEAST_TERM_PX = 15
# A result, in sizes of the terms.
_RESULT = 1.35

Group = tuple[tuple[str, PieceKind], ...]


def wrapped(lines: Sequence[Line], room: float, pixels: float) -> list[list[Group]]:
    """Return the lines broken between terms, each operator in front of the term that follows it."""
    out: list[list[Group]] = []
    for line in lines:
        row: list[Group] = []
        wide = 0.0
        for group in groups(line):
            more = row_width([group], pixels)
            if row and wide + more > room:
                out.append(row)
                row, wide = [], 0.0
            row.append(group)
            wide += more
        out.append(row)
    return out


def fitting(lines: Sequence[Line], room: float, pixels: float) -> float:
    """Return the largest size at which no line is broken, or ``pixels`` if that is too small."""
    widest = max(row_width(groups(line), pixels) for line in lines)
    fitting = pixels * min(1.0, room / widest) * 0.99
    return fitting if fitting >= LEAST_TERM_PX else pixels


def groups(line: Line) -> list[Group]:
    """Return what must stay together: each term with the operator in front of it."""
    out: list[Group] = []
    pending: list[tuple[str, PieceKind]] = []
    for piece in line:
        pending.append((piece.text, piece.kind))
        if piece.kind is not PieceKind.PLAIN:
            out.append(tuple(pending))
            pending = []
    if pending:
        out.append(tuple(pending))
    return out


def row_width(row: Sequence[Group], pixels: float) -> float:
    """Return how wide terms beside each other are."""
    return sum(term_width(text, kind, pixels) for group in row for text, kind in group)


def term_width(text: str, kind: PieceKind, pixels: float) -> float:
    """Return how wide a piece of text is."""
    return _measured(text, theme.current().px(_size(kind, pixels)), _is_bold(kind))


# Layouts are tried at many sizes, and again from cell to cell; measuring takes longer than all the rest.
@lru_cache(maxsize=8192)
def _measured(text: str, pixels: int, bold: bool) -> float:
    return advance(theme.digits_font(pixels, bold=bold), text)


def _size(kind: PieceKind, pixels: float) -> float:
    return pixels * _RESULT if kind is PieceKind.RESULT else pixels


def _is_bold(kind: PieceKind) -> bool:
    return kind not in (PieceKind.PLAIN, PieceKind.ZERO)


def term_font(kind: PieceKind, pixels: float) -> QFont:
    """Return the font of a kind of piece; a result is larger."""
    return theme.current().digits(_size(kind, pixels), bold=_is_bold(kind))


def term_ink(kind: PieceKind) -> str:
    """Return the colour of a kind of piece, as in the arithmetic line."""
    colours = theme.current().colours
    return {
        PieceKind.NEGATIVE: colours.negative,
        PieceKind.POSITIVE: colours.positive,
        PieceKind.RESULT: colours.focus,
        PieceKind.CHANNEL: colours.muted,
    }.get(kind, colours.text)
