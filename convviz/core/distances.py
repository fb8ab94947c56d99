"""How far two vectors are apart: Euclidean, maximum and cosine distance, written out and in bulk."""

import math
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from convviz.core.pieces import Line, Piece, PieceKind, relation_piece, result_piece, sign_of
from convviz.core.shown import number

Numbers = NDArray[np.float64]

TERMS = 3
"""How many terms of a sum or a maximum are written out."""

# Numbers that are subtracted at a time: a matrix of thousands of numbers must not need gigabytes.
_AT_ONCE = 1_000_000


class Distance(StrEnum):
    """The three distances.

    ``EUCLIDEAN`` is √Σ(aᵢ − bᵢ)², ``MAXIMUM`` is max |aᵢ − bᵢ|, ``COSINE`` is 1 − a·b / (‖a‖·‖b‖): 0 for the
    same direction, 1 for a right angle, 2 for opposite directions.
    """

    EUCLIDEAN = "euclidean"
    MAXIMUM = "maximum"
    COSINE = "cosine"


def _nothing() -> None:
    """Do not stop."""


def length(vector: NDArray[np.generic]) -> float:
    """Return the Euclidean length ‖a‖ of a vector (D,), computed in float64."""
    return float(np.linalg.norm(vector.astype(np.float64)))


def distance(kind: Distance, a: NDArray[np.generic], b: NDArray[np.generic]) -> float:
    """Return how far two vectors (D,) are apart, computed in float64.

    Returns
    -------
    float
        0 or more. NaN for the cosine distance of a vector of zeros, which has no direction.
    """
    return float(distances_from(kind, a, b[np.newaxis])[0])


def distances_from(
    kind: Distance,
    vector: NDArray[np.generic],
    others: NDArray[np.generic],
    check: Callable[[], None] = _nothing,
) -> Numbers:
    """Return how far a vector (D,) is from each of several (N, D), shape (N,), computed in float64.

    Parameters
    ----------
    kind : Distance
        Which distance.
    vector : ndarray, shape (D,)
        Where from.
    others : ndarray, shape (N, D)
        Where to.
    check : callable
        Called now and then; may raise.

    Returns
    -------
    ndarray of float64, shape (N,)
        NaN where there is no cosine distance, because one of the two is all zeros.
    """
    out = np.empty(len(others))
    one = vector.astype(np.float64)
    rows = max(1, _AT_ONCE // max(1, len(one)))
    for top in range(0, len(others), rows):
        check()
        part = others[top : top + rows].astype(np.float64)
        out[top : top + rows] = _DISTANCES[kind](one, part)
    return out


def matrix(kind: Distance, vectors: NDArray[np.generic], check: Callable[[], None] = _nothing) -> Numbers:
    """Return the distance of each of several vectors (N, D) from each, shape (N, N), computed in float64.

    Symmetric; the diagonal is 0, but for the cosine distance of a vector of zeros, which is NaN.
    """
    count = len(vectors)
    out = np.zeros((count, count))
    for row in range(count):
        out[row, row:] = distances_from(kind, vectors[row], vectors[row:], check)
        out[row:, row] = out[row, row:]
    return out


def _euclidean(one: Numbers, others: Numbers) -> Numbers:
    return np.asarray(np.linalg.norm(others - one, axis=1))


def _maximum(one: Numbers, others: Numbers) -> Numbers:
    return np.asarray(np.abs(others - one).max(axis=1, initial=0.0))


def _cosine(one: Numbers, others: Numbers) -> Numbers:
    lengths = np.linalg.norm(others, axis=1) * np.linalg.norm(one)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - others @ one / lengths
    # Vectors that are equal have distance 0, whatever the last digit of their lengths makes of it.
    found[(others == one).all(axis=1) & (lengths > 0)] = 0.0
    found[lengths == 0] = np.nan
    return np.asarray(np.maximum(found, 0.0))


_DISTANCES = {Distance.EUCLIDEAN: _euclidean, Distance.MAXIMUM: _maximum, Distance.COSINE: _cosine}


def angle(a: NDArray[np.generic], b: NDArray[np.generic]) -> float:
    """Return the angle between two vectors (D,) in degrees, 0 to 180; NaN if one is all zeros.

    From the chord between the unit vectors (Kahan, "How futile are mindless assessments of roundoff", 2006),
    which keeps small angles that an arc cosine would round away.
    """
    one, other = length(a), length(b)
    if not one or not other:
        return math.nan
    first, second = a.astype(np.float64) / one, b.astype(np.float64) / other
    half = math.atan2(float(np.linalg.norm(first - second)), float(np.linalg.norm(first + second)))
    return math.degrees(2 * half)


# The arithmetic


def written(kind: Distance, a: NDArray[np.generic], b: NDArray[np.generic], undefined: str) -> Line:
    """Return a distance written out with its numbers; of a long sum the first terms alone, and ``⋯``.

    Parameters
    ----------
    kind : Distance
        Which distance.
    a, b : ndarray, shape (D,)
        The two vectors.
    undefined : str
        What is written where there is no distance.

    Returns
    -------
    Line
        ``√((3 − 0)² + (4 − 0)²) = √25 = 5``, ``max(|3 − 0|, |4 − 0|) = 4`` or
        ``1 − a·b / (‖a‖·‖b‖) = 1 − 24 / (5·5) = 0.04``; ``≈`` where a number was rounded.
    """
    one, other = a.astype(np.float64), b.astype(np.float64)
    write = {Distance.EUCLIDEAN: _sum, Distance.MAXIMUM: _largest, Distance.COSINE: _turn}[kind]
    return write(one, other, distance(kind, a, b), undefined)


def _sum(one: Numbers, other: Numbers, value: float, undefined: str) -> Line:
    del undefined
    parts: list[Piece] = []
    exact = True
    for place in range(min(TERMS, len(one))):
        piece, is_exact = _difference(one[place], other[place], "(", ")²", place)
        parts += [Piece(" + ")] if parts else []
        parts.append(piece)
        exact &= is_exact
    if len(one) > TERMS:
        parts.append(Piece(" + ⋯"))
    squares = number(float(((one - other) ** 2).sum()))
    total = number(value)
    return (
        Piece("√("),
        *parts,
        Piece(")"),
        relation_piece(exact and squares.exact),
        Piece(f"√{squares.text}", PieceKind.SUM),
        # The terms may have been rounded, and their sum not: of a vector and itself it is 0.
        relation_piece(squares.exact and total.exact),
        result_piece(total),
    )


def _largest(one: Numbers, other: Numbers, value: float, undefined: str) -> Line:
    """Write the first terms and the largest, which wins."""
    del undefined
    winner = int(np.abs(one - other).argmax()) if len(one) else 0
    shown = sorted({*range(min(TERMS - 1, len(one))), winner} if len(one) > TERMS else range(len(one)))
    parts: list[Piece] = []
    exact, before = True, -1
    for place in shown:
        parts += [Piece(", ")] if parts else []
        parts += [Piece("⋯, ")] if place != before + 1 else []
        piece, is_exact = _difference(one[place], other[place], "|", "|", place)
        parts.append(replace(piece, kind=PieceKind.WINNER) if place == winner else piece)
        exact &= is_exact
        before = place
    if before + 1 < len(one):
        parts.append(Piece(", ⋯"))
    total = number(value)
    return (Piece("max("), *parts, Piece(")"), relation_piece(exact and total.exact), result_piece(total))


def _turn(one: Numbers, other: Numbers, value: float, undefined: str) -> Line:
    product = number(float(one @ other))
    lengths = number(float(np.linalg.norm(one))), number(float(np.linalg.norm(other)))
    head = (
        Piece("1 − a·b / (‖a‖·‖b‖)"),
        relation_piece(product.exact and lengths[0].exact and lengths[1].exact),
        Piece("1 − "),
        Piece(product.bracketed, sign_of(product.true)),
        Piece(" / "),
        Piece(f"({lengths[0].text}·{lengths[1].text})", PieceKind.SUM),
    )
    if math.isnan(value):
        return (*head, Piece(": "), Piece(undefined, PieceKind.RESULT))
    total = number(value)
    exact = all(shown.exact for shown in (product, *lengths, total))
    return (*head, relation_piece(exact), result_piece(total))


def _difference(a: float, b: float, opening: str, closing: str, place: int) -> tuple[Piece, bool]:
    """Return ``(a − b)²`` or ``|a − b|``, and whether no number in it was rounded."""
    first, second = number(float(a)), number(float(b))
    text = f"{opening}{first.signed} − {second.bracketed}{closing}"
    return Piece(text, sign_of(float(a) - float(b)), place), first.exact and second.exact
