"""Correlation over a few rows of a large picture: whole rows are read, and only those that a window touches."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Index
from convviz.engine.backend import Backend
from convviz.engine.checks import Check
from convviz.engine.filters import Part
from convviz.engine.gather import Lookup, copy_lines
from convviz.engine.sampling import Axis

# Values read at a time, so that they are still in the processor's cache when they are multiplied.
_BUFFER = 1 << 20


def correlate_rows(
    backend: Backend,
    part: Part,
    source: NDArray[Any],
    channels: Index,
    rows: Axis,
    columns: Axis,
    check: Check,
) -> NDArray[np.float32]:
    """Return the maps of ``part`` where the windows lie apart vertically and slide horizontally.

    Parameters
    ----------
    backend : Backend
        Who multiplies and adds.
    part : Part
        Filters.
    source : ndarray of uint8 or float32, shape (C, h, w)
        What is read.
    channels : ndarray of int64
        Channels of ``source`` in the order of the weights.
    rows, columns : Axis
        How the windows lie; ``columns`` has a span.
    check : callable
        Called before every band.

    Returns
    -------
    ndarray of float32, shape (filters, n, m)
    """
    assert columns.span is not None
    (count, kernel), width = rows.reads.shape, len(columns.span)
    line = kernel * width * len(channels)
    most = min(count, max(1, _BUFFER // line))
    # Rows of a picture are read as they are stored, pixel by pixel.
    buffer = np.zeros((most, kernel, width, len(channels)), np.float32)
    maps, across = Lookup(channels), Lookup(columns.span)
    border = bool((rows.reads < 0).any())
    out = np.empty((len(part.weights), count, len(columns.reads)), np.float32)
    for top in range(0, count, most):
        check()
        reads = rows.reads[top : top + most]
        if border:
            buffer.fill(0.0)
        for tap in range(kernel):
            target = buffer[: len(reads), tap].transpose(2, 0, 1)
            copy_lines(target, source, (maps, Lookup(reads[:, tap]), across))
        block = buffer[: len(reads)].reshape(-1, width, len(channels)).transpose(2, 0, 1)
        stride, dilation = (kernel, columns.stride), (1, columns.dilation)
        out[:, top : top + len(reads)] = backend.correlate(
            block, part.weights, stride, dilation, part.groups, check
        )
    return out
