"""Windows that lie in small groups far apart, as under a pooling seen from afar: each group's cells once.

The windows of a group overlap. Their cells together, a tile, are fetched once; several windows over one tile
are then one matrix product, whose matrix holds each filter at each of its places in the tile (a Toeplitz
matrix in two dimensions).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from convviz.core.geometry import Index, distinct, wrap
from convviz.engine.columns import Fetch
from convviz.engine.native import SPARE
from convviz.engine.sampling import Window

Values = NDArray[np.float32]
Multiply = Callable[[Values, NDArray[Any]], Values]


@dataclass(frozen=True, eq=False)
class TileAxis:
    """One axis of tiles.

    Parameters
    ----------
    reads : ndarray of int64, shape (n, t)
        Index in the previous stage of every line of every tile; −1 in a border without values.
    places : ndarray of int64, shape (p, k)
        Which line of the tile tap j of the group's window i reads.
    """

    reads: Index
    places: Index

    @property
    def phases(self) -> int:
        """Number p of windows in a group."""
        return len(self.places)

    @property
    def inside(self) -> Index:
        """The cells that are read, in order, each once."""
        return distinct(self.reads[self.reads >= 0])

    def relative(self, inside: Index) -> "TileAxis":
        """Return the same with its cells numbered by their place in ``inside``."""
        return TileAxis(np.where(self.reads < 0, -1, np.searchsorted(inside, self.reads)), self.places)


def tile_axis(win: Window, groups: list[Index], size: int) -> TileAxis | None:
    """Return tiles for windows at ``groups``, the positions of every group's first, second, … window.

    None unless all groups are alike.
    """
    first = groups[0]
    ahead = [group - first for group in groups if len(group) == len(first)]
    if len(ahead) < len(groups) or any((steps != steps[0]).any() for steps in ahead):
        return None
    taps = win.dilation * np.arange(win.kernel, dtype=np.int64)
    offsets = np.array([steps[0] * win.stride for steps in ahead])[:, np.newaxis] + taps
    lines = distinct(offsets)
    positions = (first * win.stride - win.before)[:, np.newaxis] + lines
    return TileAxis(wrap(positions, size, win.mode), np.searchsorted(lines, offsets))


def spread(weights: Values, rows: TileAxis, columns: TileAxis) -> Values:
    """Return every filter at each of its places in the tile.

    Parameters
    ----------
    weights : ndarray of float32, shape (F, C, kh, kw)
        Filters as applied.
    rows, columns : TileAxis
        With p × q places.

    Returns
    -------
    ndarray of float32, shape (F·p·q, C, t, u)
        Filter by filter, its places row by row.
    """
    filters, channels = weights.shape[:2]
    size = rows.reads.shape[1], columns.reads.shape[1]
    if rows.phases * columns.phases == 1 and size == weights.shape[2:]:
        return weights
    wide = np.zeros((filters, rows.phases, columns.phases, channels, *size), np.float32)
    for p, taps in enumerate(rows.places):
        for q, across in enumerate(columns.places):
            wide[:, p, q, :, taps[:, np.newaxis], across] = weights.transpose(2, 3, 0, 1)
    return wide.reshape(-1, channels, *size)


class RestingTiles:
    """Tiles at rest, as the rows of a matrix. See :class:`convviz.engine.backend.Resting`.

    Parameters
    ----------
    fetch : callable
        Lays them out; see :data:`convviz.engine.columns.Fetch`.
    shape : (int, int, int, int, int)
        Channels, lines and columns of a tile, rows and columns of tiles.
    dtype : data type
        float32, or uint8 where ``fetch`` gives nothing else.
    """

    def __init__(self, fetch: Fetch, shape: tuple[int, int, int, int, int], dtype: DTypeLike) -> None:
        memory = np.zeros(math.prod(shape) + SPARE, dtype)
        self._matrix = memory[:-SPARE].reshape(shape)
        fetch(self._matrix, 0)
        self.nbytes = self._matrix.nbytes

    def correlate(self, weights: Values, groups: int, multiply: Multiply) -> Values:
        """Return the products of every tile with ``weights``, newly made.

        Parameters
        ----------
        weights : ndarray of float32, shape (F, C / groups, t, u)
            From :func:`spread`; writable.
        groups : int
            Number of independent groups of channels and filters.
        multiply : callable
            :meth:`convviz.engine.backend.Backend.multiply`.

        Returns
        -------
        ndarray of float32, shape (F, n, m)
        """
        rows, columns = self._matrix.shape[3:]
        kernel = weights.reshape(groups, len(weights) // groups, -1)
        matrix = self._matrix.reshape(groups, kernel.shape[2], rows * columns)
        return multiply(kernel, matrix).reshape(-1, rows, columns)
