"""A drawn digit made what the digits of MNIST are: of one size, in the middle, light on dark."""

import numpy as np
from numpy.typing import NDArray

SIDE = 28
"""Rows and columns of a digit of MNIST."""

BOX = 20
"""The longer side of what is drawn, as MNIST has it."""

# A trace of ink below this share of full ink does not count as drawn.
_LEAST = 0.02


def as_mnist(ink: NDArray[np.floating]) -> NDArray[np.uint8] | None:
    """Return a drawing as MNIST would hold it.

    What is drawn is cut out, scaled with its proportions so that it just fits into :data:`BOX` ×
    :data:`BOX` pixels, each of them the mean of what it covers, and put into :data:`SIDE` × :data:`SIDE`
    pixels with its centre of mass in the middle (LeCun et al., The MNIST database of handwritten digits).

    Parameters
    ----------
    ink : ndarray, shape (H, W)
        0 where nothing is drawn, 1 where everything is.

    Returns
    -------
    ndarray of uint8, shape (28, 28), or None
        0, dark, to 255, light. None if nothing is drawn.
    """
    rows, columns = (np.flatnonzero((ink > _LEAST).any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    drawn = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float64)
    longer = max(drawn.shape)
    height, width = (max(1, round(BOX * side / longer)) for side in drawn.shape)
    small = _means(drawn.shape[0], height) @ drawn @ _means(drawn.shape[1], width).T
    top, left = (
        min(max(round(SIDE / 2 - centre), 0), SIDE - side)
        for centre, side in zip(_centre_of_mass(small), small.shape, strict=True)
    )
    out = np.zeros((SIDE, SIDE), np.uint8)
    out[top : top + height, left : left + width] = np.rint(255 * np.clip(small, 0.0, 1.0))
    return out


def _means(count: int, parts: int) -> NDArray[np.float64]:
    """Return the matrix (parts, count) that takes the means of equal stretches of ``count`` cells."""
    edges = np.linspace(0, count, parts + 1)
    cells = np.arange(count)
    overlap = np.minimum(edges[1:, None], cells + 1) - np.maximum(edges[:-1, None], cells)
    return np.asarray(np.clip(overlap, 0.0, None) * (parts / count))


def _centre_of_mass(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the row and the column of the centre of mass, counted from the upper left corner."""
    total = values.sum()
    row, column = (
        float((values.sum(axis=axis) * (np.arange(values.shape[1 - axis]) + 0.5)).sum() / total)
        for axis in (1, 0)
    )
    return row, column
