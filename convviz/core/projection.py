"""Vectors laid out on a plane: their principal components."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.distances import Numbers

# Up to so many vectors, or numbers in each, the components are computed exactly; with more of both, by
# repeated multiplication, which ends when it changes nothing more.
_EXACT = 1200
_MOST_ROUNDS = 60
# Directions that are followed beside the two wanted: the more, the sooner it ends.
_SPARE = 8


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


def principal_plane(vectors: NDArray[np.generic], check: Callable[[], None] = _nothing) -> Plane:
    """Project vectors (N, D) onto their first two principal components.

    Principal component analysis (Pearson, 1901), as a singular value decomposition of the vectors without
    their mean. Components are turned such that their largest number is positive, so that the same vectors
    always give the same picture. Vectors that do not differ lie at (0, 0).

    Parameters
    ----------
    vectors : ndarray, shape (N, D)
        Finite.
    check : callable
        Called now and then; may raise.
    """
    count, size = vectors.shape
    if count < 2 or not size:
        return Plane(np.zeros((count, 2)), (0.0, 0.0))
    centred = vectors.astype(np.float64)
    centred -= centred.mean(axis=0)
    check()
    axes = _exact_axes(centred) if min(count, size) <= _EXACT else _axes(centred, check)
    axes = axes[:2]
    for axis in axes:
        axis *= np.sign(axis[np.abs(axis).argmax()]) or 1.0
    places = np.zeros((count, 2))
    places[:, : len(axes)] = centred @ axes.T
    total = float((centred**2).sum())
    shares = (places**2).sum(axis=0) / total if total else np.zeros(2)
    return Plane(places, (float(shares[0]), float(shares[1])))


def _exact_axes(centred: Numbers) -> Numbers:
    """Return the first components, shape (2, D) or fewer, from the smaller of XᵀX and XXᵀ."""
    count, size = centred.shape
    few = min(2, count, size)
    if size <= count:
        _, vectors = np.linalg.eigh(centred.T @ centred)
        return np.ascontiguousarray(vectors[:, ::-1][:, :few].T)
    _, vectors = np.linalg.eigh(centred @ centred.T)
    axes = np.ascontiguousarray((centred.T @ vectors[:, ::-1][:, :few]).T)
    lengths = np.linalg.norm(axes, axis=1, keepdims=True)
    return np.asarray(axes / np.where(lengths > 0, lengths, 1.0))


def _axes(centred: Numbers, check: Callable[[], None]) -> Numbers:
    """Return the first two components by subspace iteration, shape (2, D).

    Halko, Martinsson & Tropp, "Finding structure with randomness" (2011), algorithm 4.4.
    """
    axes = np.random.default_rng(0).standard_normal((centred.shape[1], 2 + _SPARE))
    before = np.zeros(2)
    for _ in range(_MOST_ROUNDS):
        check()
        axes, _ = np.linalg.qr(axes)
        spread = centred @ axes
        check()
        axes = centred.T @ spread
        sizes = np.sort((spread**2).sum(axis=0))[::-1][:2]
        if np.allclose(sizes, before, rtol=1e-9, atol=0.0):
            break
        before = sizes
    axes, _ = np.linalg.qr(axes)
    _, _, turned = np.linalg.svd(centred @ axes, full_matrices=False)
    return np.ascontiguousarray((axes @ turned[:2].T).T)
