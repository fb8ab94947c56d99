"""An input photograph made smaller for the screen: the mean of every block, so that nothing flickers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convviz.core.geometry import Ramp
from convviz.engine.compute import View

# Pixels that are made smaller at a time.
_BAND = 1_000_000


def reduced(values: NDArray[Any], view: View) -> NDArray[Any]:
    """Return the mean of every block of cells that one point of the screen stands for.

    Parameters
    ----------
    values : ndarray of uint8 or float32, shape (H, W, C)
        A picture.
    view : View
        Position r covers the cells from r to r + step − 1, as far as there are any.

    Returns
    -------
    ndarray, shape (view.rows.count, view.columns.count, C)
        Same dtype; 8-bit means are whole numbers, by Pillow's arithmetic less than one level off. At step 1 a
        view of ``values``.

    Raises
    ------
    IndexError
        If a position is outside the picture.
    """
    edges = [_edges(ramp, size) for ramp, size in zip((view.rows, view.columns), values.shape, strict=False)]
    (top, bottom), (left, right) = ((int(e[0]), int(e[-1])) for e in edges)
    visible = values[top:bottom, left:right]
    steps = view.rows.step, view.columns.step
    if steps == (1, 1):
        return visible
    if values.dtype == np.uint8 and values.shape[2] in (1, 3):
        return _by_pillow(visible, steps, (view.rows.count, view.columns.count))
    means = _block_means(visible, edges[0] - top, edges[1] - left)
    return np.rint(means).astype(np.uint8) if values.dtype == np.uint8 else means.astype(np.float32)


def _by_pillow(
    values: NDArray[np.uint8], steps: tuple[int, int], shape: tuple[int, int]
) -> NDArray[np.uint8]:
    """Return the block means of ``values``, ``shape`` of them, by whole-number sums."""
    small = np.empty((*shape, values.shape[2]), np.uint8)
    # Pillow copies what it is given: a few rows at a time stay in the processor's cache.
    lines = max(1, _BAND // (steps[0] * values.shape[1]))
    for top in range(0, shape[0], lines):
        part = values[top * steps[0] : (top + lines) * steps[0]]
        picture = Image.fromarray(part[..., 0] if values.shape[2] == 1 else part)
        small[top : top + lines] = np.asarray(picture.reduce((steps[1], steps[0]))).reshape(
            -1, shape[1], values.shape[2]
        )
    return small


def _edges(ramp: Ramp, size: int) -> NDArray[np.int64]:
    """Return where the blocks of ``ramp`` begin, and where the last one ends."""
    starts = ramp.positions
    if not 0 <= ramp.start <= int(starts[-1]) < size:
        raise IndexError(f"positions {ramp.start} to {int(starts[-1])} of {size}")
    return np.append(starts, min(int(starts[-1]) + ramp.step, size))


def _block_means(
    values: NDArray[Any], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    sums = np.add.reduceat(values, rows[:-1], axis=0, dtype=np.float64)
    sums = np.add.reduceat(sums, columns[:-1], axis=1)
    counts = np.outer(np.diff(rows), np.diff(columns))
    return np.asarray(sums / counts[..., np.newaxis])
