"""Picking lines out of an array, the border included, with as few and as long copies as possible."""

from bisect import bisect_left
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from convviz.core.geometry import Index

# With more runs than this, one indexed copy is faster than many sliced ones.
_MOST_RUNS = 32


class Run(NamedTuple):
    """A stretch of a lookup that one slice can copy: ``target`` gets ``source``."""

    target: slice
    source: slice


def runs(lookup: Index) -> list[Run] | None:
    """Return the stretches of ``lookup`` that are evenly spaced, in order; None if there are very many.

    Parameters
    ----------
    lookup : ndarray of int64
        Index into the source of every line; −1 where a line has no source. Those belong to no run.
    """
    steps = np.diff(lookup)
    outside = lookup < 0
    changes = np.flatnonzero(steps[1:] != steps[:-1]) + 1
    borders = np.flatnonzero(outside[1:] != outside[:-1]) + 1
    if len(changes) + len(borders) > 2 * _MOST_RUNS:
        return None
    ends, turns = borders.tolist(), changes.tolist()
    found, start, count = [], 0, len(lookup)
    while start < count:
        border = bisect_left(ends, start + 1)
        turn = bisect_left(turns, start + 1)
        stop = min(
            ends[border] if border < len(ends) else count, turns[turn] + 1 if turn < len(turns) else count
        )
        if not outside[start]:
            found.append(Run(slice(start, stop), _source(lookup, start, stop)))
        start = stop
    return found


def _source(lookup: Index, start: int, stop: int) -> slice:
    """Return the slice of the source behind lines ``start`` to ``stop``: one line if all are the same."""
    first, last = int(lookup[start]), int(lookup[stop - 1])
    if first == last:
        return slice(first, first + 1)
    step = (last - first) // (stop - start - 1)
    end = last + (1 if step > 0 else -1)
    return slice(first, None if end < 0 else end, step)


class Lookup:
    """Lines of a source along one axis, taken apart once for many copies.

    Parameters
    ----------
    lines : ndarray of int64
        Index into the source of every line; −1 where a line has no source.

    Attributes
    ----------
    runs : list of Run or None
        Its stretches, from :func:`runs`.
    has_border : bool
        Whether a line has no source.
    whole : slice or None
        The slice of the source that is all the lines, if one is; torch takes none that runs backwards.
    """

    def __init__(self, lines: Index) -> None:
        self.lines = lines
        self.runs = runs(lines)
        self.has_border = bool((lines < 0).any())
        self.whole = self._whole()

    def _whole(self) -> slice | None:
        if self.runs is None or len(self.runs) != 1:
            return None
        target, source = self.runs[0]
        forwards = len(self.lines) == 1 if source.step is None else source.step > 0
        return source if forwards and target == slice(0, len(self.lines)) else None


Lookups = tuple[Lookup, Lookup, Lookup]
"""Channels, rows and columns."""


def copy_lines(target: NDArray[Any], source: NDArray[Any], lookups: Lookups) -> None:
    """Fill ``target`` with the crossings of ``lookups`` in ``source``; what has no source is left alone.

    Parameters
    ----------
    target : ndarray, shape (C, h, w)
        Changed in place.
    source : ndarray of uint8 or float32, shape (C', h', w')
        Read only.
    lookups : three of Lookup, of C, h and w lines
        What is copied.
    """
    channels, rows, columns = (lookup.runs for lookup in lookups)
    if channels is not None and rows is not None and columns is not None:
        for c, y, x in product(channels, rows, columns):
            target[c.target, y.target, x.target] = source[c.source, y.source, x.source]
        return
    inside = [np.flatnonzero(lookup.lines >= 0) for lookup in lookups]
    chosen = [lookup.lines[keep] for lookup, keep in zip(lookups, inside, strict=True)]
    target[np.ix_(*inside)] = source[np.ix_(*chosen)]


def gather(
    source: NDArray[Any], lookups: Lookups, fill: float = 0.0, dtype: DTypeLike = np.float32
) -> NDArray[Any]:
    """Return the crossings of ``lookups`` in ``source`` as ``dtype``, ``fill`` where a line is −1.

    Returns
    -------
    ndarray of ``dtype``, shape (lines of each of lookups)
        In the memory order of ``source``. May share memory with it when it is of that type itself.
    """
    channels, rows, columns = (lookup.whole for lookup in lookups)
    if channels is not None and rows is not None and columns is not None:
        return source[channels, rows, columns].astype(dtype, copy=False)
    block = np.empty_like(source, dtype, shape=tuple(len(lookup.lines) for lookup in lookups))
    if any(lookup.has_border for lookup in lookups):
        block.fill(fill)
    copy_lines(block, source, lookups)
    return block
