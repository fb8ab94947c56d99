"""One output cell written out as a class reads it: every product, the partial sums, the bias, the total.

The pieces of text say what they are, so that a view can colour them; joined, they are the plain text.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from convviz.core.cells import (
    ActivationCell,
    Cell,
    ConvolutionCell,
    MagnitudeCell,
    PoolingCell,
    factors,
)
from convviz.core.numbers import MINUS
from convviz.core.shown import Shown, adds_up, number, product, product_sum, settle
from convviz.core.specs import Activation, PoolKind
from convviz.core.text import QT_TRANSLATE_NOOP

# What stands for the terms left out of a long line: how many, and what they come to.
MORE = QT_TRANSLATE_NOOP("Sentence", "[{count} more: {sum}]")

_ACTIVATIONS = {
    Activation.NONE: ("", ""),
    Activation.RELU: ("ReLU(", ")"),
    Activation.ABS: ("|", "|"),
    Activation.SIGMOID: ("σ(", ")"),
    Activation.TANH: ("tanh(", ")"),
}


class PieceKind(StrEnum):
    """What a piece of text is; a view chooses its colour and weight by it."""

    PLAIN = "plain"
    NEGATIVE = "negative"
    POSITIVE = "positive"
    ZERO = "zero"
    SUM = "sum"
    RESULT = "result"
    WINNER = "winner"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Piece:
    """A run of text.

    A line may be broken at the spaces of a ``PLAIN`` piece, but not after its last word: that belongs to
    what follows. Other pieces must not be broken.

    Parameters
    ----------
    text : str
        Spaces between pieces are part of them.
    kind : PieceKind
        ``NEGATIVE``, ``POSITIVE`` and ``ZERO`` go by what the term contributes, not by its weight alone.
    term : int or None
        Index into the cell's ``terms``; None for what is not a single term.
    channel : int or None
        Channel of the previous stage, for terms, channel names and the partial sums of several channels.
    """

    text: str
    kind: PieceKind = PieceKind.PLAIN
    term: int | None = None
    channel: int | None = None


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class _Entry:
    """One entry of a sum, and where it comes from."""

    shown: Shown
    kind: PieceKind
    term: int | None = None
    channel: int | None = None


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
    bias = _Entry(number(cell.bias), PieceKind.SUM)
    count = len(cell.terms) // len(cell.partial_sums)
    if len(cell.partial_sums) == 1:
        shown = _products(cell, 0, count, limit, more) + ([bias] if cell.bias else [])
        return ((*_sum(shown), *_equals(shown, cell.total, PieceKind.RESULT)),)
    out: list[Line] = []
    partial_sums: list[_Entry] = []
    for index, partial in enumerate(cell.partial_sums):
        shown = _products(cell, index * count, count, limit, more)
        channel = cell.terms[index * count].channel
        name = names[channel] if channel < len(names) else f"c{channel}"
        head = Piece(f"{name}: ", PieceKind.CHANNEL, None, channel)
        out.append((head, *_sum(shown), *_equals(shown, partial, PieceKind.SUM, channel)))
        parts = [entry.shown for entry in shown]
        said = number(settle(parts, partial))
        # What rests on rounded numbers is not exact, even where its own digits come out.
        said = replace(said, exact=said.exact and adds_up(parts, said))
        partial_sums.append(_Entry(said, PieceKind.SUM, None, channel))
    partial_sums = [*_elide(partial_sums, limit, more), bias]
    return (*out, (*_sum(partial_sums), *_equals(partial_sums, cell.total, PieceKind.RESULT)))


def _mean(cell: PoolingCell, limit: int | None, more: str) -> Line:
    """``(2 + (−4) + 0 + 1) / 4 = −0.25``; the zeros of the border come last and are counted."""
    entries = [
        _Entry(number(term.value), _sign(term.value), index, term.channel)
        for index, term in enumerate(cell.terms)
    ]
    entries += [_Entry(number(0.0), PieceKind.ZERO)] * (cell.count - len(cell.terms))
    entries = _elide(entries, limit, more)
    parts = [entry.shown for entry in entries]
    total = number(settle(parts, cell.total * cell.count) / cell.count)
    quotient = (Piece(")"), Piece(" / "), Piece(str(cell.count)))
    relation = _relation(adds_up(parts, total, cell.count))
    return (Piece("("), *_sum(entries, bracketed=True), *quotient, relation, _result(total))


def _extreme(cell: PoolingCell, limit: int | None, more: str) -> Line:
    """``max(3, 5, 1) = 5``; the values left out are represented by their own maximum."""
    keep = max if cell.kind is PoolKind.MAX else min
    winner = next(index for index, term in enumerate(cell.terms) if term.wins)
    pieces, exact = [Piece(f"{cell.kind}(")], True
    for start, stop in _runs(len(cell.terms), limit, winner):
        kept = number(keep(term.value for term in cell.terms[start:stop]))
        exact = exact and kept.exact
        if stop - start > 1:
            text = more.format(count=stop - start, sum=kept.signed)
            pieces.append(Piece(text, PieceKind.SUM))
        else:
            kind = PieceKind.WINNER if start == winner else PieceKind.PLAIN
            pieces.append(Piece(kept.signed, kind, start, cell.terms[start].channel))
        pieces += [Piece(","), Piece(" ")] if stop < len(cell.terms) else []
    return (*pieces, Piece(")"), _relation(exact), _result(number(cell.total)))


def _activation(cell: ActivationCell) -> Line:
    before, after = number(cell.before), number(cell.total)
    opening, closing = _ACTIVATIONS[cell.activation]
    # σ and tanh of anything but 0 are irrational: what is shown is rounded.
    rational = cell.before == 0 or cell.activation not in (Activation.SIGMOID, Activation.TANH)
    relation = _relation(rational and before.exact and after.exact)
    value = Piece(before.signed, _sign(cell.before))
    return (Piece(opening), value, Piece(closing), relation, _result(after))


def _magnitude(cell: MagnitudeCell) -> Line:
    """``√(3² + (−4)²) = 5``."""
    pieces = [Piece("√(")]
    for index, term in enumerate(cell.terms):
        shown = number(term.value).signed
        squared = f"({shown})²" if term.value < 0 else f"{shown}²"
        pieces += [Piece(" + ")] if index else []
        pieces.append(Piece(squared, _sign(term.value), index, term.channel))
    total = number(cell.total)
    shown_values = [number(term.value) for term in cell.terms]
    exact = total.exact and all(s.exact for s in shown_values) and float(cell.total).is_integer()
    return (*pieces, Piece(")"), _relation(exact), _result(total))


def _sign(value: float) -> PieceKind:
    if value == 0 or math.isnan(value):
        return PieceKind.ZERO
    return PieceKind.NEGATIVE if value < 0 else PieceKind.POSITIVE


def _runs(count: int, limit: int | None, kept: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, stop) of what is written as one piece: single entries, and the runs that are left out."""
    limit = max(2, count if limit is None else limit)
    # Leaving out a single entry would save nothing.
    head, tail = ((limit + 1) // 2, count - limit // 2) if count > limit + 1 else (count, count)
    start = 0
    while start < count:
        stop = start + 1
        if head <= start < tail and start != kept:
            stop = kept if kept is not None and start < kept < tail else tail
        yield start, stop
        start = stop


def _products(cell: ConvolutionCell, first: int, count: int, limit: int | None, more: str) -> list[_Entry]:
    """Return ``count`` products from the one numbered ``first`` on, those in the middle as their sum."""
    out: list[_Entry] = []
    for start, stop in _runs(count, limit):
        start, stop = first + start, first + stop
        if stop - start == 1:
            term = cell.terms[start]
            shown = product(term.weight or 0.0, term.value)
            out.append(_Entry(shown, _sign(term.product), start, term.channel))
        else:
            out.append(_left_out(stop - start, product_sum(*factors(cell.terms, start, stop)), more))
    return out


def _left_out(count: int, total: Shown, more: str) -> _Entry:
    """Return what stands for ``count`` entries that come to ``total``."""
    text = more.format(count=count, sum=total.signed)
    return _Entry(replace(total, text=text, minus=False), PieceKind.SUM)


def _elide(entries: Sequence[_Entry], limit: int | None, more: str) -> list[_Entry]:
    """Replace the middle of a long sum by how many entries it has and what they come to."""
    out: list[_Entry] = []
    for start, stop in _runs(len(entries), limit):
        if stop - start == 1:
            out.append(entries[start])
            continue
        parts = [entry.shown for entry in entries[start:stop]]
        total = number(settle(parts, sum(part.true for part in parts)))
        out.append(_left_out(len(parts), replace(total, exact=adds_up(parts, total)), more))
    return out


def _sum(entries: Sequence[_Entry], *, bracketed: bool = False) -> Iterator[Piece]:
    """Yield ``a + b − c``, or ``a + b + (−c)`` if ``bracketed``."""
    for index, entry in enumerate(entries):
        shown = entry.shown
        if index == 0:
            text = shown.signed
        elif bracketed or not shown.minus:
            text = shown.bracketed
            yield Piece(" + ")
        else:
            text = f"{MINUS} {shown.text}"
            yield Piece(" ")
        yield Piece(text, entry.kind, entry.term, entry.channel)


def _equals(entries: Sequence[_Entry], total: float, kind: PieceKind, channel: int | None = None) -> Line:
    """Return ``= total``, or ``≈ total`` if a number in the line was rounded."""
    parts = [entry.shown for entry in entries]
    shown = number(settle(parts, total))
    return _relation(adds_up(parts, shown)), Piece(shown.signed, kind, None, channel)


def _relation(exact: bool) -> Piece:
    return Piece(" = " if exact else " ≈ ")


def _result(shown: Shown) -> Piece:
    return Piece(shown.signed, PieceKind.RESULT)
