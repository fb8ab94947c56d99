"""The pieces that a line of arithmetic is written from, and sums of them that add up as shown."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from convviz.core.numbers import MINUS
from convviz.core.shown import Shown, adds_up, number, settle


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
class Entry:
    """One entry of a sum, and where it comes from."""

    shown: Shown
    kind: PieceKind
    term: int | None = None
    channel: int | None = None


def sign_of(value: float) -> PieceKind:
    """Return how a value is coloured; NaN as zero."""
    if value == 0 or math.isnan(value):
        return PieceKind.ZERO
    return PieceKind.NEGATIVE if value < 0 else PieceKind.POSITIVE


def runs(count: int, limit: int | None, kept: int | None = None) -> Iterator[tuple[int, int]]:
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


def left_out(count: int, total: Shown, more: str) -> Entry:
    """Return what stands for ``count`` entries that come to ``total``."""
    text = more.format(count=count, sum=total.signed)
    return Entry(replace(total, text=text, minus=False), PieceKind.SUM)


def elide(entries: Sequence[Entry], limit: int | None, more: str) -> list[Entry]:
    """Replace the middle of a long sum by how many entries it has and what they come to."""
    out: list[Entry] = []
    for start, stop in runs(len(entries), limit):
        if stop - start == 1:
            out.append(entries[start])
            continue
        parts = [entry.shown for entry in entries[start:stop]]
        total = number(settle(parts, sum(part.true for part in parts)))
        out.append(left_out(len(parts), replace(total, exact=adds_up(parts, total)), more))
    return out


def signed_sum(entries: Sequence[Entry], *, bracketed: bool = False) -> Iterator[Piece]:
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


def equals(entries: Sequence[Entry], total: float, kind: PieceKind, channel: int | None = None) -> Line:
    """Return ``= total``, or ``≈ total`` if a number in the line was rounded."""
    parts = [entry.shown for entry in entries]
    shown = number(settle(parts, total))
    return relation_piece(adds_up(parts, shown)), Piece(shown.signed, kind, None, channel)


def relation_piece(exact: bool) -> Piece:
    """Return ``=`` for what comes out exactly as shown, ``≈`` for what was rounded."""
    return Piece(" = " if exact else " ≈ ")


def result_piece(shown: Shown) -> Piece:
    """Return the piece that ends the arithmetic."""
    return Piece(shown.signed, PieceKind.RESULT)
