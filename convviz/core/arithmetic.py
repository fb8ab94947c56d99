"""One output cell taken apart: the products, the sums over channels, the bias, the total.

What is written on screen comes from here, in ``float64``, from the same specs that the engine computes with.
"""

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from convviz.core.cells import (
    ActivationCell,
    Cell,
    ConvolutionCell,
    MagnitudeCell,
    PoolingCell,
    Products,
    Term,
)
from convviz.core.geometry import Index, distinct, taps, wrap
from convviz.core.reference import activate, magnitude
from convviz.core.specs import (
    Activation,
    Chain,
    ConvSpec,
    Magnitude,
    PaddingMode,
    Pair,
    PoolKind,
    PoolSpec,
    Shape,
    stage_shapes,
)

__all__ = [
    "ActivationCell",
    "Cell",
    "ConvolutionCell",
    "Explainer",
    "MagnitudeCell",
    "PoolingCell",
    "Read",
    "Term",
    "reader",
]

Read = Callable[[int, Index, Index], NDArray[np.float64]]


class Explainer:
    """Exact values of single cells at any stage of a chain, computed on demand.

    Parameters
    ----------
    read : callable
        ``read(channel, rows, columns)`` gives the input's values where ``rows`` and ``columns`` cross,
        shape (len(rows), len(columns)).
    shape : (int, int, int)
        Input shape (C, H, W).
    chain : tuple of operations
        At least one.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.

    Notes
    -----
    The cost of one cell is that of the cells it rests on: the picture's size does not matter.
    """

    def __init__(self, read: Read, shape: Shape, chain: Chain) -> None:
        self._read = read
        self._chain = chain
        self.shapes = stage_shapes(chain, shape)

    def explain(self, stage: int, channel: int, cell: Pair) -> Cell:
        """Take apart the value at ``cell`` (y, x) of map ``channel`` after ``stage`` operations (1 or more).

        Raises
        ------
        IndexError
            If there is no such stage, map or cell.
        """
        if not 1 <= stage <= len(self._chain):
            raise IndexError(f"stage {stage} of {len(self._chain)}")
        shape = self.shapes[stage]
        if not (0 <= channel < shape[0] and 0 <= cell[0] < shape[1] and 0 <= cell[1] < shape[2]):
            raise IndexError(f"map {channel}, cell {cell} of {shape}")
        match self._chain[stage - 1]:
            case ConvSpec() as op:
                return self._convolution(op, stage, channel, cell)
            case PoolSpec() as op:
                return self._pooling(op, stage, channel, cell)
            case Magnitude():
                return self._magnitude(stage, cell)
            case Activation() as op:
                before = self.value(stage - 1, channel, cell)
                return ActivationCell(op, before, float(activate(np.array(before), op)))

    def value(self, stage: int, channel: int, cell: Pair) -> float:
        """Return the exact value at ``cell`` (y, x) of map ``channel`` at ``stage``."""
        return float(self.values(stage, channel, np.array([cell[0]]), np.array([cell[1]]))[0, 0])

    def values(self, stage: int, channel: int, rows: Index, columns: Index) -> NDArray[np.float64]:
        """Return the values of map ``channel`` at ``stage`` at the crossings of ``rows`` and ``columns``."""
        if stage == 0:
            return self._read(channel, rows, columns)
        match self._chain[stage - 1]:
            case Activation() as op:
                return activate(self.values(stage - 1, channel, rows, columns), op)
            case Magnitude():
                maps = [self.values(stage - 1, c, rows, columns) for c in range(self.shapes[stage - 1][0])]
                return np.asarray(magnitude(np.stack(maps))[0])
            case ConvSpec() as op:
                return self._convolved(op, stage, channel, rows, columns)
            case PoolSpec() as op:
                return self._pooled(op, stage, channel, rows, columns)

    def _convolved(
        self, op: ConvSpec, stage: int, channel: int, rows: Index, columns: Index
    ) -> NDArray[np.float64]:
        down, across = self._read_by(op, stage, rows, 0), self._read_by(op, stage, columns, 1)
        out = np.full((len(rows), len(columns)), op.bias[channel])
        for source, kernel in zip(self._inputs(op, channel), op.applied_weights[channel], strict=True):
            block = self._block(stage - 1, source, down.cells, across.cells, 0.0)
            # (u, m, kw) @ (kw, kh): what each kernel row makes of each line that is read, once.
            lines = block[:, across.places] @ kernel.T
            taps_of = np.arange(kernel.shape[0])
            out += lines[down.places, :, taps_of].sum(axis=1)
        return out

    def _pooled(
        self, op: PoolSpec, stage: int, channel: int, rows: Index, columns: Index
    ) -> NDArray[np.float64]:
        down, across = self._read_by(op, stage, rows, 0), self._read_by(op, stage, columns, 1)
        join, border = _JOINS[op.kind]
        block = self._block(stage - 1, channel, down.cells, across.cells, border)
        lines = join.reduce(block[:, across.places], axis=2)
        total = np.asarray(join.reduce(lines[down.places], axis=1))
        return total / (op.size[0] * op.size[1]) if op.kind is PoolKind.AVG else total

    def _read_by(self, op: ConvSpec | PoolSpec, stage: int, positions: Index, axis: int) -> "_Reads":
        """Return what the windows at ``positions`` read along ``axis``; −1 for a border's own value."""
        size = self.shapes[stage - 1][1 + axis]
        mode = op.padding_mode if isinstance(op, ConvSpec) else PaddingMode.ZEROS
        read = wrap(positions[:, np.newaxis] * _step(op, axis) + taps(op, 0, axis), size, mode)
        cells = distinct(read)
        return _Reads(cells, np.searchsorted(cells, read))

    def _block(
        self, stage: int, channel: int, rows: Index, columns: Index, border: float
    ) -> NDArray[np.float64]:
        """Return values of a stage where ``rows`` and ``columns`` cross, ``border`` where one is −1."""
        out = np.full((len(rows), len(columns)), border)
        inside = np.ix_(rows >= 0, columns >= 0)
        out[inside] = self.values(stage, channel, rows[rows >= 0], columns[columns >= 0])
        return out

    def _inputs(self, op: ConvSpec, channel: int) -> range:
        """Return the channels of the previous stage that filter ``channel`` reads."""
        filters, per_group = op.weights.shape[:2]
        first = channel // (filters // op.groups) * per_group
        return range(first, first + per_group)

    def _convolution(self, op: ConvSpec, stage: int, channel: int, cell: Pair) -> ConvolutionCell:
        weights = op.applied_weights[channel]
        rows, columns = (taps(op, cell[axis], axis) for axis in (0, 1))
        _, height, width = self.shapes[stage - 1]
        ys, xs = wrap(rows, height, op.padding_mode), wrap(columns, width, op.padding_mode)
        inputs = self._inputs(op, channel)
        windows = np.stack([self._block(stage - 1, source, ys, xs, 0.0) for source in inputs])
        partial = tuple((weights * windows).sum(axis=(1, 2)).tolist())
        terms = Products(weights, windows, inputs[0], (rows, columns), (ys, xs))
        return ConvolutionCell(terms, partial, op.bias[channel], sum(partial) + op.bias[channel])

    def _magnitude(self, stage: int, cell: Pair) -> MagnitudeCell:
        values = [self.value(stage - 1, c, cell) for c in range(self.shapes[stage - 1][0])]
        terms = tuple(Term(None, value, c, cell, cell, (0, 0)) for c, value in enumerate(values))
        return MagnitudeCell(terms, float(np.sqrt(np.square(values).sum())))

    def _pooling(self, op: PoolSpec, stage: int, channel: int, cell: Pair) -> PoolingCell:
        _, height, width = self.shapes[stage - 1]
        rows, columns = (taps(op, cell[axis], axis) for axis in (0, 1))
        top, left = int(rows[0]), int(columns[0])
        rows, columns = rows[(rows >= 0) & (rows < height)], columns[(columns >= 0) & (columns < width)]
        values = self.values(stage - 1, channel, rows, columns)
        join = _JOINS[op.kind][0]
        total, count = float(join.reduce(values, axis=None)), op.size[0] * op.size[1]
        # The first of several alike; of NaN, which equals nothing, too.
        winner = {PoolKind.MAX: int(values.argmax()), PoolKind.MIN: int(values.argmin())}.get(op.kind)
        cells = zip(values.ravel().tolist(), product(rows.tolist(), columns.tolist()), strict=True)
        terms = tuple(
            Term(None, value, channel, (y, x), (y, x), (y - top, x - left), index == winner)
            for index, (value, (y, x)) in enumerate(cells)
        )
        return PoolingCell(op.kind, terms, count, total / count if op.kind is PoolKind.AVG else total)


class _Reads(NamedTuple):
    """What windows read along one axis: each cell once, and its place for every window and tap."""

    cells: Index
    places: Index


# What joins the values of a window, and what the border counts as.
_JOINS = {
    PoolKind.MAX: (np.maximum, -np.inf),
    PoolKind.MIN: (np.minimum, np.inf),
    PoolKind.AVG: (np.add, 0.0),
}


def _step(op: ConvSpec | PoolSpec, axis: int) -> int:
    return op.stride[axis] if isinstance(op, ConvSpec) else op.steps[axis]


def reader(values: NDArray[np.generic]) -> Read:
    """Return a ``read`` for :class:`Explainer` over an array of shape (C, H, W)."""

    def read(channel: int, rows: Index, columns: Index) -> NDArray[np.float64]:
        return np.asarray(values[channel][np.ix_(rows, columns)], np.float64)

    return read
