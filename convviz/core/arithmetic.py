"""One output cell taken apart: the products, the sums over channels, the bias, the total.

What is written on screen comes from here, in ``float64``, from the same specs that the engine computes with.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Index, taps, wrap
from convviz.core.reference import activate, magnitude
from convviz.core.specs import (
    Activation,
    Chain,
    ConvSpec,
    Magnitude,
    Pair,
    PoolKind,
    PoolSpec,
    Shape,
    stage_shapes,
)


@dataclass(frozen=True)
class Term:
    """One product ``weight · value``, or one value of a window or map (``weight`` is None).

    Parameters
    ----------
    weight : float or None
        Kernel weight as applied (after the 180° turn of a convolution).
    value : float
        What the previous stage holds there; for a cell of the border, the padded value.
    channel : int
        Channel of the previous stage.
    position : (int, int)
        Row and column in the previous stage, outside it for a cell of the border.
    source : (int, int) or None
        Cell the value was read from; None for a border of zeros, and for a pooling window's border.
    tap : (int, int)
        Row and column in the kernel as applied.
    wins : bool
        In a pooling window, whether this value is the one kept.
    """

    weight: float | None
    value: float
    channel: int
    position: Pair
    source: Pair | None
    tap: Pair
    wins: bool = False

    @property
    def product(self) -> float:
        """Contribution of the term to the sum."""
        return self.value if self.weight is None else self.weight * self.value

    @property
    def in_border(self) -> bool:
        """Whether the position lies outside the previous stage."""
        return self.source != self.position


@dataclass(frozen=True)
class ConvolutionCell:
    """A cell of a feature map: total = Σ over channels of the partial sums + bias."""

    terms: tuple[Term, ...]
    partial_sums: tuple[float, ...]
    bias: float
    total: float


@dataclass(frozen=True)
class PoolingCell:
    """A cell of a pooled map; ``count`` is what a mean divides by (the border of zeros included)."""

    kind: PoolKind
    terms: tuple[Term, ...]
    count: int
    total: float


@dataclass(frozen=True)
class ActivationCell:
    """A value before and after its activation."""

    activation: Activation
    before: float
    total: float


@dataclass(frozen=True)
class MagnitudeCell:
    """A cell of √(Σ v²); its terms are the values of the maps it combines."""

    terms: tuple[Term, ...]
    total: float


Cell = ConvolutionCell | PoolingCell | ActivationCell | MagnitudeCell
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
            case op:
                grid = [[self._total(op, stage, channel, (int(y), int(x))) for x in columns] for y in rows]
                return np.array(grid, np.float64).reshape(len(rows), len(columns))

    def _total(self, op: ConvSpec | PoolSpec, stage: int, channel: int, cell: Pair) -> float:
        if isinstance(op, ConvSpec):
            weights, windows = self._windows(op, stage, channel, cell)
            return float((weights * windows).sum()) + op.bias[channel]
        window = self._pool_window(op, stage, channel, cell)[0]
        return _keep(window, op)

    def _windows(
        self, op: ConvSpec, stage: int, channel: int, cell: Pair
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        weights = op.applied_weights[channel]
        rows, columns = (taps(op, cell[axis], axis) for axis in (0, 1))
        first = channel // (op.weights.shape[0] // op.groups) * weights.shape[0]
        windows = [self._padded(op, stage - 1, first + c, rows, columns) for c in range(weights.shape[0])]
        return weights, np.stack(windows)

    def _padded(
        self, op: ConvSpec, stage: int, channel: int, rows: Index, columns: Index
    ) -> NDArray[np.float64]:
        _, height, width = self.shapes[stage]
        ys, xs = wrap(rows, height, op.padding_mode), wrap(columns, width, op.padding_mode)
        out = np.zeros((len(ys), len(xs)))
        inside = np.ix_(ys >= 0, xs >= 0)
        out[inside] = self.values(stage, channel, ys[ys >= 0], xs[xs >= 0])
        return out

    def _convolution(self, op: ConvSpec, stage: int, channel: int, cell: Pair) -> ConvolutionCell:
        weights, windows = self._windows(op, stage, channel, cell)
        rows, columns = (taps(op, cell[axis], axis) for axis in (0, 1))
        _, height, width = self.shapes[stage - 1]
        ys, xs = wrap(rows, height, op.padding_mode), wrap(columns, width, op.padding_mode)
        first = channel // (op.weights.shape[0] // op.groups) * weights.shape[0]
        terms = tuple(
            Term(
                float(weights[c, i, j]),
                float(windows[c, i, j]),
                first + c,
                (int(rows[i]), int(columns[j])),
                (int(ys[i]), int(xs[j])) if ys[i] >= 0 and xs[j] >= 0 else None,
                (i, j),
            )
            for c, i, j in np.ndindex(weights.shape)
        )
        partial = tuple(float(s) for s in (weights * windows).sum(axis=(1, 2)))
        return ConvolutionCell(terms, partial, op.bias[channel], sum(partial) + op.bias[channel])

    def _magnitude(self, stage: int, cell: Pair) -> MagnitudeCell:
        values = [self.value(stage - 1, c, cell) for c in range(self.shapes[stage - 1][0])]
        terms = tuple(Term(None, value, c, cell, cell, (0, 0)) for c, value in enumerate(values))
        return MagnitudeCell(terms, float(np.sqrt(np.square(values).sum())))

    def _pool_window(
        self, op: PoolSpec, stage: int, channel: int, cell: Pair
    ) -> tuple[NDArray[np.float64], Index, Index]:
        _, height, width = self.shapes[stage - 1]
        rows, columns = (taps(op, cell[axis], axis) for axis in (0, 1))
        rows, columns = rows[(rows >= 0) & (rows < height)], columns[(columns >= 0) & (columns < width)]
        return self.values(stage - 1, channel, rows, columns), rows, columns

    def _pooling(self, op: PoolSpec, stage: int, channel: int, cell: Pair) -> PoolingCell:
        values, rows, columns = self._pool_window(op, stage, channel, cell)
        total = _keep(values, op)
        top, left = (int(taps(op, cell[axis], axis)[0]) for axis in (0, 1))
        winner = None if op.kind is PoolKind.AVG else tuple(np.argwhere(values == total)[0])
        terms = tuple(
            Term(None, float(values[i, j]), channel, (y, x), (y, x), (y - top, x - left), (i, j) == winner)
            for i, y in enumerate(rows.tolist())
            for j, x in enumerate(columns.tolist())
        )
        return PoolingCell(op.kind, terms, op.size[0] * op.size[1], total)


def _keep(values: NDArray[np.float64], op: PoolSpec) -> float:
    match op.kind:
        case PoolKind.MAX:
            return float(values.max())
        case PoolKind.MIN:
            return float(values.min())
        case PoolKind.AVG:
            return float(values.sum()) / (op.size[0] * op.size[1])


def reader(values: NDArray[np.generic]) -> Read:
    """Return a ``read`` for :class:`Explainer` over an array of shape (C, H, W)."""

    def read(channel: int, rows: Index, columns: Index) -> NDArray[np.float64]:
        return np.asarray(values[channel][np.ix_(rows, columns)], np.float64)

    return read
