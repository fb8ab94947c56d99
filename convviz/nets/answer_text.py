"""A class's probability written out as a class reads it, in the same pieces as everywhere."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from convviz.core.number_style import written
from convviz.core.numbers import MINUS, format_number, format_percent
from convviz.core.pieces import Entry, Line, Piece, PieceKind, left_out, relation_piece, sign_of, signed_sum
from convviz.core.shown import Shown, number
from convviz.core.wording import MORE
from convviz.nets.answer import Answer, Rule

MOST_NAMED = 4
"""Classes whose powers are named in the sum; the class itself comes on top."""

# The largest power of e that a float64 holds is e^709.
_LARGEST_EXPONENT = 700.0
# Of a smaller number four decimals would say too little.
_SMALL = 1e-3


def answer_lines(answer: Answer, names: Sequence[str] = (), *, more: str = MORE) -> tuple[Line, ...]:
    """Write out how probable a network calls a class.

    Parameters
    ----------
    answer : Answer
        From :func:`convviz.nets.answer.explain_answer`.
    names : sequence of str
        Of the classes; those without one are called by their number.
    more : str, optional
        Translation of :data:`convviz.core.wording.MORE`.

    Returns
    -------
    tuple of Line
        Of a softmax: the class's power of e, the sum of all powers, their quotient, and how many times
        likelier the best class is than this one, or than the second if this is the best. Of a sigmoid one.
        ``term`` of a piece is the number of the class it belongs to.
    """
    if answer.rule is Rule.SIGMOID:
        return (_sigmoid(answer),)
    lines = [_power(answer), _sum(answer, names, more), _quotient(answer)]
    rival = answer.rival
    if rival is not None:
        best, other = (answer.number, rival) if answer.number == answer.best else (rival, answer.number)
        lines.append(_odds(answer, best, other, names))
    return tuple(lines)


def name_of(names: Sequence[str], at: int) -> str:
    """Return what class ``at`` is called; its number if it has no name."""
    return names[at] if at < len(names) else str(at)


def _difference(left: float, right: float, terms: tuple[int, int]) -> list[Piece]:
    """Return ``e^(9.1453 − 9.3142)``, and what the exponent comes to."""
    first, second = number(left), number(right)
    exponent = left - right
    pieces = [
        Piece("e^("),
        Piece(first.signed, sign_of(left), terms[0]),
        Piece(f" {MINUS} "),
        Piece(second.bracketed, sign_of(right), terms[1]),
        Piece(")"),
    ]
    # That of −∞ is no number one could subtract from.
    shown = "0" if exponent == 0 else format_number(exponent)
    exact = left == right or (
        first.exact and second.exact and first.said - second.said == number(exponent).said
    )
    raised = f"({shown})" if shown.startswith(MINUS) else shown
    return [*pieces, relation_piece(exact), Piece(f"e^{raised}")]


def _shown(value: float) -> Shown:
    """Show a number that is not negative, a small one with four digits, as it is divided."""
    if not 0 < value < _SMALL:
        return number(value)
    mantissa, exponent = f"{value:.3e}".split("e")
    text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}".replace("-", MINUS)
    return replace(number(value), text=written(text))


def _power(answer: Answer) -> Line:
    """``e^(9.1453 − 9.3142) ≈ e^(−0.1689) ≈ 0.8446``: the largest score subtracted, then e to that power."""
    largest = float(answer.scores[answer.best])
    pieces = _difference(answer.score, largest, (answer.number, answer.best))
    # e⁰ is 1; no other power of e by a rational number is a number that could be written down.
    exact = answer.power in (0.0, 1.0) and answer.score in (largest, -math.inf)
    return (*pieces, relation_piece(exact), Piece(_shown(answer.power).text, PieceKind.SUM, answer.number))


def _sum(answer: Answer, names: Sequence[str], more: str) -> Line:
    """``Σ = 1 [tabby] + 0.8446 [tiger cat] + [998 more: 0.41] ≈ 2.25``."""
    named = [int(n) for n in answer.order[:MOST_NAMED]]
    if answer.number not in named:
        named.append(answer.number)
    rest = len(answer.scores) - len(named)
    if rest == 1:
        # Naming the only one left takes no more room than saying that it is left out.
        named, rest = [int(n) for n in answer.order], 0
    entries = [_entry(answer, at, names) for at in named]
    if rest:
        others = float(np.delete(answer.powers, named).sum())
        entries.append(left_out(rest, _shown(others), more))
    total = number(answer.total)
    return (
        Piece("Σ = "),
        *signed_sum(entries),
        relation_piece(exact=len(answer.scores) == 1),
        Piece(total.text, PieceKind.SUM),
    )


def _entry(answer: Answer, at: int, names: Sequence[str]) -> Entry:
    shown = _shown(float(answer.powers[at]))
    text = f"{shown.text} [{name_of(names, at)}]"
    kind = PieceKind.WINNER if at == answer.number else PieceKind.POSITIVE
    return Entry(Shown(text, False, shown.said, shown.true, shown.exact), kind, at)


def _quotient(answer: Answer) -> Line:
    """``0.8446 / 2.25 ≈ 0.3754 ≈ 37.5 %``."""
    return (
        Piece(_shown(answer.power).text, PieceKind.SUM, answer.number),
        Piece(" / "),
        Piece(number(answer.total).text, PieceKind.SUM),
        *_ending(answer.probability),
    )


def _ending(probability: float) -> Line:
    """``≈ 0.3754 ≈ 37.5 %``; what is certain is equal."""
    exact = probability in (0.0, 1.0)
    return (
        relation_piece(exact),
        Piece(_shown(probability).text),
        relation_piece(exact),
        Piece(format_percent(probability), PieceKind.RESULT),
    )


def _odds(answer: Answer, best: int, other: int, names: Sequence[str]) -> Line:
    """``tabby : tiger cat = e^(9.3142 − 9.1453) ≈ e^0.1689 ≈ 1.184``: how many times likelier."""
    left, right = float(answer.scores[best]), float(answer.scores[other])
    pieces = [
        Piece(name_of(names, best), PieceKind.SUM, best),
        Piece(" : "),
        Piece(name_of(names, other), PieceKind.SUM, other),
        Piece(" = "),
        *_difference(left, right, (best, other)),
    ]
    if left - right <= _LARGEST_EXPONENT:
        times = number(math.exp(left - right))
        pieces += [relation_piece(exact=left == right), Piece(times.text, PieceKind.SUM)]
    return tuple(pieces)


def _sigmoid(answer: Answer) -> Line:
    """``σ(1.5) = 1 / (1 + e^(−1.5)) ≈ 0.8176 ≈ 81.8 %``."""
    score = number(answer.score)
    opposite = number(-answer.score)
    exponent = f"({opposite.signed})" if opposite.minus else opposite.text
    return (
        Piece("σ("),
        Piece(score.signed, sign_of(answer.score), answer.number),
        Piece(f") = 1 / (1 + e^{exponent})"),
        *_ending(answer.probability),
    )
