"""Making plans: the chain is walked from its last operation back to the input.

Each step asks the one before it for the cells that it reads, and for no others. Of a photograph zoomed out
that is every q-th row and column; zoomed in, the visible window.
"""

from collections.abc import Hashable
from itertools import product

import numpy as np

from convviz.core.geometry import Index, Ramp, distinct
from convviz.core.specs import Activation, Chain, ConvSpec, Magnitude, PoolSpec, Shape, stage_shapes
from convviz.engine.filters import Part, inputs_of, parts
from convviz.engine.gather import Lookup
from convviz.engine.plan import (
    Combine,
    Convolve,
    Cost,
    Each,
    Interleave,
    Plan,
    Pool,
    PoolSlide,
    PoolTaps,
    Slide,
    Tiles,
    bytes_of,
    nothing_of,
    read_planes,
)
from convviz.engine.sampling import Axis, Window, phases, read_axis
from convviz.engine.tiles import TileAxis, tile_axis

# Pooling windows with more taps than this are taken from whole maps.
_MOST_TAPS = 9
# Strips of columns that a backend computes side by side, and columns from which on they matter.
_MOST_LANES = 16
_WIDE = 512


def geometry(chain: Chain) -> Hashable:
    """Return all of ``chain`` but its weights and biases: what a plan depends on."""
    return tuple(
        (op.weights.shape, op.stride, op.dilation, op.padding, op.padding_mode, op.groups)
        if isinstance(op, ConvSpec)
        else op
        for op in chain
    )


def make_plan(
    shape: Shape, chain: Chain, rows: Ramp, columns: Ramp, channels: tuple[int, ...] | None
) -> Plan:
    """Return the plan for where ``rows`` and ``columns`` of some of the output's ``channels`` cross.

    Parameters
    ----------
    shape : (int, int, int)
        Shape (C, H, W) of the planes.
    chain : tuple of operations
        Their weights do not matter.
    rows, columns : Ramp
        Positions in cells of the chain's output.
    channels : tuple of int or None
        Which maps; None for all.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    IndexError
        If a position or channel is outside the output.
    """
    shapes = stage_shapes(chain, shape)
    picked = np.arange(shapes[-1][0]) if channels is None else np.asarray(channels, np.int64)
    ys, xs = rows.positions, columns.positions
    for positions, size in zip((picked, ys, xs), shapes[-1], strict=True):
        if len(positions) and (positions.min() < 0 or positions.max() >= size):
            raise IndexError(f"positions {positions.min()} to {positions.max()} of {size}")
    return _Planner(chain, shapes).plan(len(chain), picked, ys, xs)


class _Planner:
    def __init__(self, chain: Chain, shapes: tuple[Shape, ...]) -> None:
        self._chain, self._shapes = chain, shapes

    def plan(self, stage: int, picked: Index, ys: Index, xs: Index) -> Plan:
        """Return the plan for maps ``picked`` of ``stage`` where ``ys`` and ``xs``, in order, cross."""
        if len(ys) == 0 or len(xs) == 0 or len(picked) == 0:
            return nothing_of(len(picked), len(ys), len(xs))
        if stage == 0:
            return read_planes(picked, ys, xs)
        op, values = self._chain[stage - 1], len(picked) * len(ys) * len(xs)
        if isinstance(op, Activation):
            source = self.plan(stage - 1, picked, ys, xs)
            return Each(stage, source, source.cost.plus(Cost(values)))
        if isinstance(op, Magnitude):
            # There is one map, which may be asked for several times over.
            source = self.plan(stage - 1, np.arange(self._shapes[stage - 1][0]), ys, xs)
            return Combine(source, len(picked), source.cost.plus(Cost(values)))
        if isinstance(op, PoolSpec):
            return self._taps(stage, op, picked, ys, xs) or self._pools(stage, op, picked, ys, xs)
        return self._convolutions(stage, op, picked, ys, xs)

    def _convolutions(self, stage: int, op: ConvSpec, picked: Index, ys: Index, xs: Index) -> Plan:
        rows, columns = tuple(phases(ys)), tuple(phases(xs))
        found = self._convolve(stage, op, picked, [ys[y] for y in rows], [xs[x] for x in columns])
        if len(rows) * len(columns) == 1:
            return found
        return Interleave((len(picked), len(ys), len(xs)), rows, columns, (found,), found.cost)

    def _convolve(
        self, stage: int, op: ConvSpec, picked: Index, ys: list[Index], xs: list[Index]
    ) -> Convolve:
        """Return the plan for all crossings of one of ``ys`` with one of ``xs``."""
        axes = self._read(stage, op, ys, 0), self._read(stage, op, xs, 1)
        tiles = self._tiles(stage, op, (ys, xs), axes)
        sides: list[tuple[Axis | TileAxis, Axis | TileAxis]] = [tiles] if tiles else list(product(*axes))
        needed = inputs_of(op, picked)
        source, sides, places = self._source(stage, needed, sides)
        found = tuple(
            Part(part.outputs, part.filters, places[part.inputs], part.groups, part.in_order)
            for part in parts(op, picked)
        )
        readings = tuple(_reading(rows, columns) for rows, columns in sides)
        maps = len(picked) * sum(map(len, ys)) * sum(map(len, xs))
        own = Cost(maps, *_read_values(readings, len(needed)), maps * op.weights[0].size)
        if source is not None:
            own = source.cost.plus(own._replace(values=own.values + own.blocks, blocks=0, tiles=0))
        return Convolve(stage, source, picked, found, readings, own)

    def _read(self, stage: int, op: ConvSpec | PoolSpec, positions: list[Index], axis: int) -> list[Axis]:
        window, size = Window.of(op, axis), self._shapes[stage - 1][1 + axis]
        return [read_axis(window, chosen, size) for chosen in positions]

    def _tiles(
        self,
        stage: int,
        op: ConvSpec,
        positions: tuple[list[Index], list[Index]],
        axes: tuple[list[Axis], list[Axis]],
    ) -> tuple[TileAxis, TileAxis] | None:
        """Return tiles if they are less to fetch than what the windows of every phase read by themselves."""
        apart = any(axis.span is None for axis in (*axes[0], *axes[1]))
        found = [
            tile_axis(Window.of(op, axis), positions[axis], self._shapes[stage - 1][1 + axis])
            for axis in (0, 1)
        ]
        rows, columns = found
        if rows is None or columns is None:
            return None
        together = rows.reads.size * columns.reads.size
        alone = sum(len(axis.lines) for axis in axes[0]) * sum(len(axis.lines) for axis in axes[1])
        return (rows, columns) if apart or 2 * together <= alone else None

    def _source(
        self, stage: int, needed: Index, sides: list[tuple[Axis | TileAxis, Axis | TileAxis]], strips: int = 1
    ) -> tuple[Plan | None, list[tuple[Axis | TileAxis, Axis | TileAxis]], Index]:
        """Return the plan for what is read, the same reads in it, and the place of every channel in it.

        It gives whole ``strips`` of columns; what is beyond the last that is read means nothing.
        """
        if stage == 1:
            return None, sides, np.arange(self._shapes[0][0])
        inside_y, inside_x = (
            distinct(np.concatenate([side[axis].inside for side in sides])) for axis in (0, 1)
        )
        spare = 1 + np.arange(-len(inside_x) % strips, dtype=np.int64)
        source = self.plan(stage - 1, needed, inside_y, np.append(inside_x, inside_x[-1:] + spare))
        places = np.full(self._shapes[stage - 1][0], -1)
        places[needed] = np.arange(len(needed))
        return source, [(y.relative(inside_y), x.relative(inside_x)) for y, x in sides], places

    def _taps(self, stage: int, op: PoolSpec, picked: Index, ys: Index, xs: Index) -> PoolTaps | None:
        """Return the plan for pooling windows that lie apart and do not reach into the border, if it pays."""
        below = stage - 1
        while below and isinstance(self._chain[below - 1], Activation):
            below -= 1
        conv = self._chain[below - 1] if below else None
        if not isinstance(conv, ConvSpec) or not 1 < op.size[0] * op.size[1] <= _MOST_TAPS:
            return None
        (rows,), (columns,) = (self._read(stage, op, [at], axis) for axis, at in enumerate((ys, xs)))
        if any(_overlap(axis.reads) or (axis.reads < 0).any() for axis in (rows, columns)):
            return None
        if all(_touch(axis.reads) for axis in (rows, columns)):
            return None
        found = self._convolve(below, conv, picked, list(rows.reads.T), list(columns.reads.T))
        return PoolTaps(stage, found, found.cost)

    def _pools(self, stage: int, op: PoolSpec, picked: Index, ys: Index, xs: Index) -> Plan:
        rows, columns = tuple(phases(ys)), tuple(phases(xs))
        found = tuple(self._pool(stage, op, picked, ys[y], xs[x]) for y, x in product(rows, columns))
        if len(found) == 1:
            return found[0]
        cost = Cost().plus(*(each.cost for each in found))
        return Interleave((len(picked), len(ys), len(xs)), rows, columns, found, cost)

    def _strips(self, stage: int, op: PoolSpec, columns: Axis) -> int:
        """Return how many columns at a time a convolution should give for pooling windows beside each other.

        Where it comes in strips, side by side, none of the windows then reaches from one into the next.
        """
        below = stage - 1
        while below and isinstance(self._chain[below - 1], Activation):
            below -= 1
        first = below == 1 and isinstance(self._chain[0], ConvSpec)
        wide = columns.span is not None and len(columns.span) >= _WIDE
        return _MOST_LANES * op.steps[1] if first and wide and _touch(columns.reads) else 1

    def _pool(self, stage: int, op: PoolSpec, picked: Index, ys: Index, xs: Index) -> Pool:
        (rows,), (columns,) = self._read(stage, op, [ys], 0), self._read(stage, op, [xs], 1)
        strips = self._strips(stage, op, columns)
        source, ((down, across),), places = self._source(stage, picked, [(rows, columns)], strips)
        assert isinstance(down, Axis)
        assert isinstance(across, Axis)
        values = len(picked) * (len(down.lines) * len(across.lines) if source is None else 0)
        own = Cost(values + len(picked) * len(ys) * len(xs), 0, 0, len(picked) * len(ys) * len(xs))
        cost = own if source is None else source.cost.plus(own)
        channels = Lookup(places[picked])
        if down.span is None or across.span is None:
            high, wide = (tuple(Lookup(tap) for tap in axis.reads.T) for axis in (down, across))
            return Pool(stage, source, channels, high, wide, None, cost)
        slides = PoolSlide((down.stride, across.stride), (down.dilation, across.dilation), (len(ys), len(xs)))
        return Pool(stage, source, channels, (Lookup(down.span),), (Lookup(across.span),), slides, cost)


def _reading(rows: Axis | TileAxis, columns: Axis | TileAxis) -> Slide | Tiles:
    if isinstance(rows, TileAxis) and isinstance(columns, TileAxis):
        return Tiles(
            rows, columns, (rows.reads.shape, columns.reads.shape, *bytes_of(rows.reads, columns.reads))
        )
    assert isinstance(rows, Axis)
    assert isinstance(columns, Axis)
    if rows.span is None or columns.span is None:
        rows, columns = (
            TileAxis(axis.reads, np.arange(axis.reads.shape[1])[np.newaxis]) for axis in (rows, columns)
        )
        return _reading(rows, columns)
    stride, dilation = (rows.stride, columns.stride), (rows.dilation, columns.dilation)
    key = (rows.reads.shape, columns.reads.shape, stride, dilation, *bytes_of(rows.span, columns.span))
    return Slide(Lookup(rows.span), Lookup(columns.span), stride, dilation, key)


def _read_values(readings: tuple[Slide | Tiles, ...], channels: int) -> tuple[int, int]:
    """Return how many values ``readings`` lay out as blocks and as tiles."""
    blocks = sum(len(r.rows.lines) * len(r.columns.lines) for r in readings if isinstance(r, Slide))
    tiles = sum(r.rows.reads.size * r.columns.reads.size for r in readings if isinstance(r, Tiles))
    return channels * blocks, channels * tiles


def _touch(reads: Index) -> bool:
    """Return whether every window begins where the one before it ends."""
    return bool((reads[1:, 0] == reads[:-1, -1] + 1).all())


def _overlap(reads: Index) -> bool:
    """Return whether a window begins before the one before it ends."""
    return bool((reads[1:, 0] <= reads[:-1, -1]).any())
