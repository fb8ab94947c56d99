"""The arithmetic of an attention written out as a class reads it, in the arithmetic line's pieces."""

from convviz.core.pieces import (
    Entry,
    Line,
    Piece,
    PieceKind,
    equals,
    left_out,
    relation_piece,
    result_piece,
    sign_of,
    signed_sum,
)
from convviz.core.shown import number, power_text, product, rounded
from convviz.nets.attention_cells import Attended, AttentionCell, Factors, Head, LengthCell, MatrixCell

# Of tokens that a class reads in one line: each is a share times a value, both of four decimals.
MOST_TOKENS = 5


def attention_lines(cell: AttentionCell, limit: int | None, more: str) -> tuple[Line, ...]:
    """Write an attention out: the largest share of the strongest head, that head, and the sum of all.

    Parameters
    ----------
    cell : AttentionCell
        From :func:`convviz.nets.unit_attention.attention`.
    limit : int or None
        How many tokens of a head are written out, at most :data:`MOST_TOKENS`; None for all that are known.
    more : str
        What stands for the others, see :func:`convviz.core.pieces.left_out`.

    Returns
    -------
    tuple of Line
        ``a[0, 17] = e^1.54 / 12.3 ≈ 0.41`` is what head 0 gives token 17; ``h[0] = 0.41·0.8 + …`` what
        the head comes to; the last line adds up the heads and the bias.
    """
    share = _share(cell.heads[0])
    if not cell.is_mixed:
        return share, _head(cell.heads[0], limit, more, PieceKind.RESULT)
    entries = [Entry(rounded(number(head.total)), PieceKind.SUM) for head in cell.heads]
    if cell.rest_count:
        entries.append(left_out(cell.rest_count, rounded(number(cell.rest)), more))
    if cell.bias:
        entries.append(Entry(number(cell.bias), PieceKind.SUM))
    strongest = _head(cell.heads[0], limit, more, PieceKind.SUM)
    return share, strongest, (*signed_sum(entries), *equals(entries, cell.total, PieceKind.RESULT))


def _share(head: Head) -> Line:
    focus = head.focus
    power = power_text(focus.score, head.shift)
    return (
        Piece(f"a[{head.number}, {focus.token}] = ", PieceKind.CHANNEL),
        Piece(power, PieceKind.POSITIVE),
        Piece(" / "),
        Piece(number(head.powers).text, PieceKind.SUM),
        relation_piece(exact=False),
        Piece(number(focus.share).text, PieceKind.POSITIVE),
    )


def _head(head: Head, limit: int | None, more: str, kind: PieceKind) -> Line:
    kept = len(head.largest) if limit is None else max(1, min(limit, MOST_TOKENS, len(head.largest)))
    hidden = head.largest[kept:]
    entries = [_entry(seen) for seen in head.largest[:kept]]
    rest_count, rest = head.rest_count + len(hidden), head.rest + sum(seen.product for seen in hidden)
    if rest_count:
        entries.append(left_out(rest_count, rounded(number(rest)), more))
    name = Piece(f"h[{head.number}] = ", PieceKind.CHANNEL)
    return name, *signed_sum(entries), *equals(entries, head.total, kind)


def _entry(seen: Attended) -> Entry:
    return Entry(rounded(product(seen.share, seen.value)), sign_of(seen.product))


def matrix_line(cell: MatrixCell, limit: int | None, more: str) -> Line:
    """Write a matrix product's unit out: ``0.2·3 − 0.1·4 + [40 more: 0.7] ≈ 0.9``."""
    kept = len(cell.largest) if limit is None else max(1, min(limit, len(cell.largest)))
    hidden = cell.largest[kept:]
    entries = [_factors(at, factors) for at, factors in enumerate(cell.largest[:kept])]
    rest_count, rest = cell.rest_count + len(hidden), cell.rest + sum(factors.product for factors in hidden)
    if rest_count:
        entries.append(left_out(rest_count, rounded(number(rest)), more))
    return *signed_sum(entries), *equals(entries, cell.total, PieceKind.RESULT)


def _factors(at: int, factors: Factors) -> Entry:
    return Entry(product(factors.left, factors.right), sign_of(factors.product), at)


def length_line(cell: LengthCell) -> Line:
    """Write ``0.5 / 3.2 ≈ 0.1563``: a value, the length of its vector, and the quotient."""
    x, length, total = number(cell.x), number(cell.length), number(cell.total)
    value, under = Piece(x.signed, sign_of(cell.x)), Piece(length.text, PieceKind.SUM)
    return value, Piece(" / "), under, relation_piece(exact=False), result_piece(total)
