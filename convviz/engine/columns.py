"""Correlation as one matrix product: the values under each tap are laid out as the rows of a matrix."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Index
from convviz.engine.checks import Check, nothing
from convviz.engine.gather import Lookup, copy_lines

# Values laid out at a time, so that they are still in the processor's cache when they are multiplied.
_BUFFER = 1 << 20

Fetch = Callable[[NDArray[Any], int], None]
"""``fetch(columns, top)`` fills ``columns`` (C, kh, kw, rows, m) for the output rows from ``top`` on."""


def correlate_columns(
    fetch: Fetch, weights: NDArray[np.float32], shape: tuple[int, int], groups: int, check: Check = nothing
) -> NDArray[np.float32]:
    """Return Σ weights · values for every output position.

    Chellapilla, Puri & Simard, "High performance convolutional neural networks for document processing"
    (2006), in bands of output rows.

    Parameters
    ----------
    fetch : callable
        Lays out the values.
    weights : ndarray of float32, shape (C_out, C_in / groups, kh, kw)
        Filters as applied.
    shape : (int, int)
        Output rows n and columns m.
    groups : int
        Number of independent groups of channels and filters.
    check : callable
        Called before every band.

    Returns
    -------
    ndarray of float32, shape (C_out, n, m)
    """
    filters, per_group, kh, kw = weights.shape
    (rows, width), channels = shape, per_group * groups
    kernel = weights.reshape(groups, filters // groups, per_group * kh * kw)
    line = channels * kh * kw * width
    most = min(max(1, _BUFFER // max(line, 1)), rows)
    buffer = np.zeros(line * most, np.float32)
    out = np.empty((filters, rows, width), np.float32)
    for top in range(0, rows, max(most, 1)):
        check()
        count = min(most, rows - top)
        columns = buffer[: line * count].reshape(channels, kh, kw, count, width)
        fetch(columns, top)
        product = kernel @ columns.reshape(groups, per_group * kh * kw, count * width)
        out[:, top : top + count] = product.reshape(filters, count, width)
    return out


def fetch_windows(
    block: NDArray[np.float32], kernel: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int]
) -> Fetch:
    """Return a ``fetch`` for windows that slide over ``block`` (C, h, w)."""

    def fetch(columns: NDArray[Any], top: int) -> None:
        rows, width = columns.shape[3:]
        for i, j in np.ndindex(kernel):
            y, x = top * stride[0] + i * dilation[0], j * dilation[1]
            columns[:, i, j] = block[
                :,
                y : y + (rows - 1) * stride[0] + 1 : stride[0],
                x : x + (width - 1) * stride[1] + 1 : stride[1],
            ]

    return fetch


def fetch_reads(source: NDArray[np.generic], channels: Index, rows: Index, columns: Index) -> Fetch:
    """Return a ``fetch`` for windows that lie anywhere in ``source`` (C, h, w).

    Parameters
    ----------
    source : ndarray of uint8 or float32
        What is read.
    channels : ndarray of int64
        Channels of ``source`` in the order of the weights.
    rows, columns : ndarray of int64, shapes (n, kh) and (m, kw)
        Index that each tap of each window reads; −1 reads a zero.
    """
    zeros = bool((rows < 0).any() or (columns < 0).any())
    maps, across = Lookup(channels), [Lookup(tap) for tap in columns.T]

    def fetch(target: NDArray[Any], top: int) -> None:
        if zeros:
            target.fill(0)
        for i, tap in enumerate(rows[top : top + target.shape[3]].T):
            down = Lookup(tap)
            for j, lookup in enumerate(across):
                copy_lines(target[:, i, j], source, (maps, down, lookup))

    return fetch
