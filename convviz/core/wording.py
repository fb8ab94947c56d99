"""One output cell written out as a class reads it: every product, the partial sums, the bias, the total.

The pieces of text say what they are, so that a view can colour them; joined, they are the plain text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from convviz.core.cells import (
    ActivationCell,
    Cell,
    ConvolutionCell,
    MagnitudeCell,
    PoolingCell,
    factors,
)
from convviz.core.number_style import number_style
from convviz.core.pieces import (
    Entry,
    Line,
    Piece,
    PieceKind,
    elide,
    equals,
    left_out,
    relation_piece,
    result_piece,
    runs,
    sign_of,
    signed_sum,
)
from convviz.core.shown import adds_up, number, product, product_sum, settle
from convviz.core.specs import Activation, PoolKind
from convviz.core.text import QT_TRANSLATE_NOOP

__all__ = ["MORE", "Line", "Piece", "PieceKind", "lines", "plain_text", "text_of"]

# What stands for the terms left out of a long line: how many, and what they come to.
MORE = QT_TRANSLATE_NOOP("Sentence", "[{count} more: {sum}]")

_ACTIVATIONS = {
    Activation.NONE: ("", ""),
    Activation.RELU: ("ReLU(", ")"),
    Activation.ABS: ("|", "|"),
    Activation.SIGMOID: ("σ(", ")"),
    Activation.TANH: ("tanh(", ")"),
}


def lines(
    cell: Cell, *, limit: int | None = None, channel_names: Sequence[str] = (), more: str = MORE
) -> tuple[Line, ...]:
    """Write out ``cell``.

    Parameters
    ----------
    cell : ConvolutionCell, PoolingCell, ActivationCell or MagnitudeCell
        From :class:`convviz.core.arithmetic.Explainer`.
    limit : int, optional
        Most terms per line, 2 or more. Those in the middle are replaced by their number and subtotal, so that
        the line still adds up; the winner of a pooling window is kept beyond the limit.
    channel_names : sequence of str, optional
        Names of the previous stage's channels, such as ``("R", "G", "B")``; others are called c0, c1, ….
    more : str, optional
        Translation of :data:`MORE`, with the fields ``count`` and ``sum``.

    Returns
    -------
    tuple of Line
        One line; for a convolution over several channels one per channel, then the sum of the partial sums
        and the bias. ``=`` stands where the numbers as shown come out exactly; ``≈`` where one was rounded.
    """
    match cell:
        case ConvolutionCell():
            return _convolution(cell, limit, channel_names, more)
        case PoolingCell(kind=PoolKind.AVG):
            return (_mean(cell, limit, more),)
        case PoolingCell():
            return (_extreme(cell, limit, more),)
        case ActivationCell():
            return (_activation(cell),)
        case MagnitudeCell():
            return (_magnitude(cell),)


def text_of(pieces: Iterable[Line]) -> str:
    """Return lines of pieces as plain text, one line of text each."""
    return "\n".join("".join(piece.text for piece in line) for line in pieces)


def plain_text(
    cell: Cell, *, limit: int | None = None, channel_names: Sequence[str] = (), more: str = MORE
) -> str:
    """Return ``cell`` written out as plain text; the parameters are those of :func:`lines`."""
    return text_of(lines(cell, limit=limit, channel_names=channel_names, more=more))


def _convolution(
    cell: ConvolutionCell, limit: int | None, names: Sequence[str], more: str
) -> tuple[Line, ...]:
    bias = Entry(number(cell.bias), PieceKind.SUM)
    count = len(cell.terms) // len(cell.partial_sums)
    if len(cell.partial_sums) == 1:
        shown = _products(cell, 0, count, limit, more) + ([bias] if cell.bias else [])
        return ((*signed_sum(shown), *equals(shown, cell.total, PieceKind.RESULT)),)
    out: list[Line] = []
    partial_sums: list[Entry] = []
    for index, partial in enumerate(cell.partial_sums):
        shown = _products(cell, index * count, count, limit, more)
        channel = cell.terms[index * count].channel
        name = names[channel] if channel < len(names) else f"c{channel}"
        head = Piece(f"{name}: ", PieceKind.CHANNEL, None, channel)
        out.append((head, *signed_sum(shown), *equals(shown, partial, PieceKind.SUM, channel)))
        parts = [entry.shown for entry in shown]
        said = number(settle(parts, partial))
        # What rests on rounded numbers is not exact, even where its own digits come out.
        said = replace(said, exact=said.exact and adds_up(parts, said))
        partial_sums.append(Entry(said, PieceKind.SUM, None, channel))
    partial_sums = [*elide(partial_sums, limit, more), bias]
    return (*out, (*signed_sum(partial_sums), *equals(partial_sums, cell.total, PieceKind.RESULT)))


def _mean(cell: PoolingCell, limit: int | None, more: str) -> Line:
    """``(2 + (−4) + 0 + 1) / 4 = −0.25``; the zeros of the border come last and are counted."""
    entries = [
        Entry(number(term.value), sign_of(term.value), index, term.channel)
        for index, term in enumerate(cell.terms)
    ]
    entries += [Entry(number(0.0), PieceKind.ZERO)] * (cell.count - len(cell.terms))
    entries = elide(entries, limit, more)
    parts = [entry.shown for entry in entries]
    total = number(settle(parts, cell.total * cell.count) / cell.count)
    quotient = (Piece(")"), Piece(" / "), Piece(str(cell.count)))
    relation = relation_piece(adds_up(parts, total, cell.count))
    return (Piece("("), *signed_sum(entries, bracketed=True), *quotient, relation, result_piece(total))


def _extreme(cell: PoolingCell, limit: int | None, more: str) -> Line:
    """``max(3, 5, 1) = 5``; the values left out are represented by their own maximum."""
    keep = max if cell.kind is PoolKind.MAX else min
    winner = next(index for index, term in enumerate(cell.terms) if term.wins)
    pieces, exact = [Piece(f"{cell.kind}(")], True
    between = number_style().separator.rstrip()
    for start, stop in runs(len(cell.terms), limit, winner):
        kept = number(keep(term.value for term in cell.terms[start:stop]))
        exact = exact and kept.exact
        if stop - start > 1:
            text = more.format(count=stop - start, sum=kept.signed)
            pieces.append(Piece(text, PieceKind.SUM))
        else:
            kind = PieceKind.WINNER if start == winner else PieceKind.PLAIN
            pieces.append(Piece(kept.signed, kind, start, cell.terms[start].channel))
        pieces += [Piece(between), Piece(" ")] if stop < len(cell.terms) else []
    return (*pieces, Piece(")"), relation_piece(exact), result_piece(number(cell.total)))


def _activation(cell: ActivationCell) -> Line:
    before, after = number(cell.before), number(cell.total)
    opening, closing = _ACTIVATIONS[cell.activation]
    # σ and tanh of anything but 0 are irrational: what is shown is rounded.
    rational = cell.before == 0 or cell.activation not in (Activation.SIGMOID, Activation.TANH)
    relation = relation_piece(rational and before.exact and after.exact)
    value = Piece(before.signed, sign_of(cell.before))
    return (Piece(opening), value, Piece(closing), relation, result_piece(after))


def _magnitude(cell: MagnitudeCell) -> Line:
    """``√(3² + (−4)²) = 5``."""
    pieces = [Piece("√(")]
    for index, term in enumerate(cell.terms):
        shown = number(term.value).signed
        squared = f"({shown})²" if term.value < 0 else f"{shown}²"
        pieces += [Piece(" + ")] if index else []
        pieces.append(Piece(squared, sign_of(term.value), index, term.channel))
    total = number(cell.total)
    shown_values = [number(term.value) for term in cell.terms]
    exact = total.exact and all(s.exact for s in shown_values) and float(cell.total).is_integer()
    return (*pieces, Piece(")"), relation_piece(exact), result_piece(total))


def _products(cell: ConvolutionCell, first: int, count: int, limit: int | None, more: str) -> list[Entry]:
    """Return ``count`` products from the one numbered ``first`` on, those in the middle as their sum."""
    out: list[Entry] = []
    for start, stop in runs(count, limit):
        start, stop = first + start, first + stop
        if stop - start == 1:
            term = cell.terms[start]
            shown = product(term.weight or 0.0, term.value)
            out.append(Entry(shown, sign_of(term.product), start, term.channel))
        else:
            out.append(left_out(stop - start, product_sum(*factors(cell.terms, start, stop)), more))
    return out
