"""Vectors laid out on a plane: their principal components."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from convviz.core.distances import Numbers

# Numbers that are taken into float64 at a time. Beside the vectors themselves no more than a few such blocks
# are needed, and what is done to one of them takes well under a tenth of a second.
_BLOCK = 500_000
# Components of so many vectors, or of so many numbers in each, are those of a matrix of this side at most;
# with more of both it would be larger than the work it saves.
_MOST_SIDE = 1200
# Eigenvectors of a matrix up to this side are computed at once: LAPACK cannot be stopped.
_AT_ONCE = 300
# Rounds of repeated multiplication: by the vectors themselves, and by a matrix made of them, which is cheap.
_ROUNDS, _CHEAP_ROUNDS = 60, 600
# Directions that are followed beside the two wanted: the more, the sooner it ends.
_SPARE = 8
# A component with a smaller share of the variance of the first is nothing but rounding.
_NOTHING = 1e-13

Check = Callable[[], None]


@dataclass(frozen=True, eq=False)
class Plane:
    """Where vectors lie on the plane that shows most of how they differ.

    Parameters
    ----------
    places : ndarray of float64, shape (N, 2)
        Along the first and the second principal component, measured from the mean.
    shares : (float, float)
        How much of the variance each of them shows, 0 to 1.
    """

    places: Numbers
    shares: tuple[float, float]


def _nothing() -> None:
    """Do not stop."""


def principal_plane(vectors: NDArray[np.generic], check: Check = _nothing) -> Plane:
    """Project vectors (N, D) onto their first two principal components.

    Principal component analysis (Pearson, 1901), as a singular value decomposition of the vectors without
    their mean. Components are turned such that their largest number is positive, so that the same vectors
    always give the same picture. Vectors that do not differ lie at (0, 0).

    The vectors are read block by block, several times: in float64 all at once they would need twice the
    memory they are in.

    Parameters
    ----------
    vectors : ndarray, shape (N, D)
        Finite.
    check : callable
        Called at least every tenth of a second; may raise.
    """
    count, size = vectors.shape
    if count < 2 or not size:
        return Plane(np.zeros((count, 2)), (0.0, 0.0))
    found = _of_few(vectors, check) if count <= min(size, _MOST_SIDE) else _of_many(vectors, check)
    total = found.total
    shares = (found.places**2).sum(axis=0) / total if total else np.zeros(2)
    return Plane(found.places, (float(shares[0]), float(shares[1])))


@dataclass(frozen=True, eq=False)
class _Found:
    """Places (N, 2), and the sum of squares of all that differs from the mean."""

    places: Numbers
    total: float


# Few vectors of many numbers: from how they lie to each other


def _columns(vectors: NDArray[np.generic], check: Check) -> Iterator[Numbers]:
    """Yield some columns of all vectors without their mean, shape (N, some)."""
    width = max(1, _BLOCK // len(vectors))
    for left in range(0, vectors.shape[1], width):
        check()
        block = vectors[:, left : left + width].astype(np.float64)
        block -= block.mean(axis=0)
        yield block


def _of_few(vectors: NDArray[np.generic], check: Check) -> _Found:
    """Return the places from XXᵀ, whose eigenvectors they are up to a factor."""
    count = len(vectors)
    products = np.zeros((count, count))
    for block in _columns(vectors, check):
        products += block @ block.T
    squares, turned = _largest(products, check)
    lengths = np.sqrt(np.where(squares > _NOTHING * squares.max(), squares, 0.0))
    # Which way round: the largest number of a component is not kept, only seen go by.
    most, signs = np.zeros(2), np.ones(2)
    for block in _columns(vectors, check):
        part = block.T @ turned
        for which in range(2):
            largest = part[np.abs(part[:, which]).argmax(), which]
            if abs(largest) > most[which]:
                most[which], signs[which] = abs(largest), np.sign(largest)
    return _Found(turned * (lengths * signs), float(np.trace(products)))


# Many vectors: from the components themselves


def _rows(vectors: NDArray[np.generic], mean: Numbers, check: Check) -> Iterator[tuple[int, Numbers]]:
    """Yield the number of the first of some vectors, and these without the mean, shape (some, D)."""
    height = max(1, _BLOCK // vectors.shape[1])
    for top in range(0, len(vectors), height):
        check()
        block = vectors[top : top + height].astype(np.float64)
        block -= mean
        yield top, block


def _of_many(vectors: NDArray[np.generic], check: Check) -> _Found:
    """Return the places as projections on the components."""
    count, size = vectors.shape
    mean = np.zeros(size)
    for _, block in _rows(vectors, np.zeros(size), check):
        mean += block.sum(axis=0) / count
    if size <= _MOST_SIDE:
        products = np.zeros((size, size))
        for _, block in _rows(vectors, mean, check):
            products += block.T @ block
        squares, axes = _largest(products, check)
    else:
        squares, axes = _subspace(partial(_scattered, vectors, mean, check), size, _ROUNDS, check)
    axes = axes * (squares > _NOTHING * squares.max())
    for axis in axes.T:
        axis *= np.sign(axis[np.abs(axis).argmax()]) or 1.0
    places, total = np.empty((count, 2)), 0.0
    for top, block in _rows(vectors, mean, check):
        places[top : top + len(block)] = block @ axes
        total += float((block**2).sum())
    return _Found(places, total)


def _scattered(vectors: NDArray[np.generic], mean: Numbers, check: Check, axes: Numbers) -> Numbers:
    """Return XᵀX times some directions (D, some), X being the vectors without their mean."""
    out = np.zeros_like(axes)
    for _, block in _rows(vectors, mean, check):
        out += block.T @ (block @ axes)
    return out


# Eigenvectors


def _largest(products: Numbers, check: Check) -> tuple[Numbers, Numbers]:
    """Return the two largest eigenvalues of a matrix (S, S) and their vectors (S, 2); zeros where S is 1."""
    side = len(products)
    if side > _AT_ONCE:
        return _subspace(partial(np.matmul, products), side, _CHEAP_ROUNDS, check)
    check()
    values, vectors = np.linalg.eigh(products)
    squares, turned = np.zeros(2), np.zeros((side, 2))
    few = min(2, side)
    squares[:few], turned[:, :few] = values[::-1][:few], vectors[:, ::-1][:, :few]
    return squares, turned


def _subspace(
    multiply: Callable[[Numbers], Numbers], side: int, rounds: int, check: Check
) -> tuple[Numbers, Numbers]:
    """Return the two largest eigenvalues of a symmetric matrix and their vectors, by subspace iteration.

    Halko, Martinsson & Tropp, "Finding structure with randomness" (2011), algorithm 4.4, with the
    Rayleigh–Ritz step in every round, until a round changes nothing more.
    """
    axes, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((side, 2 + _SPARE)))
    before = np.zeros(2)
    for _ in range(rounds):
        check()
        spread = multiply(axes)
        squares, turned = np.linalg.eigh(axes.T @ spread)
        found = axes @ turned[:, ::-1][:, :2]
        changed = np.abs(squares[::-1][:2] - before)
        before = squares[::-1][:2]
        if (changed <= 1e-12 * max(float(before[0]), 0.0)).all():
            break
        axes, _ = np.linalg.qr(spread)
    return np.maximum(before, 0.0), found
