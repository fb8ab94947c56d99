"""The exact values of a chain of operations at just the positions that are asked for.

The cost follows what is on the screen: of a photograph zoomed out, every q-th row and column; zoomed in, the
visible window. The chain is walked from its last operation back to the input; each step asks the one before
it for the cells that it reads, and for no others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Index, Ramp
from convviz.core.specs import Activation, Chain, ConvSpec, Magnitude, PoolSpec, Shape, stage_shapes
from convviz.engine.backend import Backend, current
from convviz.engine.checks import Check, nothing
from convviz.engine.columns import correlate_columns, fetch_reads
from convviz.engine.elementwise import BORDER, activate, finish, join, magnitude, slide
from convviz.engine.filters import Part, inputs_of, parts
from convviz.engine.gather import gather
from convviz.engine.sampling import Axis, phases, read_axis

Values = NDArray[np.float32]

# Temporary values of one band of output rows (24 MB: 1280×720×3 is one band), and its multiply-adds.
_BAND_VALUES = 6_000_000
_BAND_MULTIPLY_ADDS = 1_000_000_000


def evaluate(
    planes: NDArray[Any],
    chain: Chain,
    rows: Ramp,
    columns: Ramp,
    *,
    check: Check = nothing,
    channels: Sequence[int] | None = None,
    backend: Backend | None = None,
) -> Values:
    """Return the values of a chain's output where the sampled rows and columns cross.

    Parameters
    ----------
    planes : ndarray of uint8 or float32, shape (C, H, W)
        The input, in any memory order; not changed.
    chain : tuple of operations
        May be empty: then the input itself is sampled.
    rows, columns : Ramp
        Positions in cells of the chain's output.
    check : callable
        Called every few dozen milliseconds; may raise to stop.
    channels : sequence of int, optional
        The output channels to compute, in this order; by default all.
    backend : Backend, optional
        By default the one in use.

    Returns
    -------
    ndarray of float32, shape (channels, rows.count, columns.count)
        Equal to the reference up to rounding; exact for whole numbers that ``float32`` can hold. May be in
        any memory order, and may share memory with ``planes`` if the chain is empty.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    IndexError
        If a position or channel is outside the output.

    Notes
    -----
    Works in bands of rows, so that temporaries stay near 24 MB however large the result is.
    """
    task = _Task(planes, chain, _shapes(planes, chain), backend or current(), check)
    shape = task.shapes[-1]
    picked = np.arange(shape[0]) if channels is None else np.asarray(channels, np.int64)
    ys, xs = rows.positions, columns.positions
    for positions, size in zip((picked, ys, xs), shape, strict=True):
        if len(positions) and (positions.min() < 0 or positions.max() >= size):
            raise IndexError(f"positions {positions.min()} to {positions.max()} of {size}")
    return _in_bands(task, picked, ys, xs)


def run(
    planes: NDArray[Any], chain: Chain, *, check: Check = nothing, backend: Backend | None = None
) -> Values:
    """Return the whole result of a chain; parameters and errors as for :func:`evaluate`."""
    _, height, width = _shapes(planes, chain)[-1]
    return evaluate(planes, chain, Ramp(0, 1, height), Ramp(0, 1, width), check=check, backend=backend)


def _shapes(planes: NDArray[Any], chain: Chain) -> tuple[Shape, ...]:
    channels, height, width = planes.shape
    return stage_shapes(chain, (channels, height, width))


@dataclass(frozen=True, eq=False)
class _Task:
    planes: NDArray[Any]
    chain: Chain
    shapes: tuple[Shape, ...]
    backend: Backend
    check: Check


def _in_bands(task: _Task, picked: Index, ys: Index, xs: Index) -> Values:
    stage, count = len(task.chain), len(ys)
    values, multiply_adds = _cost(task, stage, len(picked), ys, xs)
    bands = max(1, -(-values // _BAND_VALUES), -(-multiply_adds // _BAND_MULTIPLY_ADDS))
    lines = max(1, -(-count // bands))
    task.check()
    first = _values(task, stage, picked, ys[:lines], xs)
    if lines >= count:
        return first
    out = np.empty_like(first, shape=(len(picked), count, len(xs)))
    out[:, :lines] = first
    for top in range(lines, count, lines):
        task.check()
        out[:, top : top + lines] = _values(task, stage, picked, ys[top : top + lines], xs)
    return out


def _cost(task: _Task, stage: int, channels: int, ys: Index, xs: Index) -> tuple[int, int]:
    """Return about how many temporary values and multiply-adds ``channels`` maps of ``stage`` take."""
    here = channels * len(ys) * len(xs)
    if stage == 0 or here == 0:
        return here, 0
    op = task.chain[stage - 1]
    if isinstance(op, Activation):
        values, work = _cost(task, stage - 1, channels, ys, xs)
        return values + here, work
    if isinstance(op, Magnitude):
        values, work = _cost(task, stage - 1, task.shapes[stage - 1][0], ys, xs)
        return values + here, work
    rows, columns = _axes(task, stage, op, ys, xs)
    if isinstance(op, ConvSpec):
        channels = min(channels * op.weights.shape[1], task.shapes[stage - 1][0])
    values, work = _cost(task, stage - 1, channels, _inside(rows), _inside(columns))
    if stage == 1 and _apart(rows, columns):
        # They are read through a small buffer.
        values = 0
    return values + here, work + here * int(np.prod(_window_size(op)))


def _window_size(op: ConvSpec | PoolSpec) -> tuple[int, ...]:
    return op.weights.shape[1:] if isinstance(op, ConvSpec) else op.size


def _axes(task: _Task, stage: int, op: ConvSpec | PoolSpec, ys: Index, xs: Index) -> tuple[Axis, Axis]:
    _, height, width = task.shapes[stage - 1]
    return read_axis(op, ys, height, 0), read_axis(op, xs, width, 1)


def _apart(rows: Axis, columns: Axis) -> bool:
    """Whether windows lie so far apart that the values under each tap are better fetched by themselves."""
    return rows.span is None or columns.span is None


def _inside(axis: Axis) -> Index:
    """Return the cells of the previous stage that are read, in order, each once."""
    lines = axis.lines
    return np.unique(lines[lines >= 0])


def _values(task: _Task, stage: int, picked: Index, ys: Index, xs: Index) -> Values:
    """Return maps ``picked`` of ``stage`` where rows ``ys`` and columns ``xs``, in rising order, cross."""
    if stage == 0:
        return gather(task.planes, (picked, ys, xs))
    if len(ys) == 0 or len(xs) == 0 or len(picked) == 0:
        return np.zeros((len(picked), len(ys), len(xs)), np.float32)
    op = task.chain[stage - 1]
    if isinstance(op, Activation):
        return activate(_values(task, stage - 1, picked, ys, xs), op)
    if isinstance(op, Magnitude):
        # There is one map, which may be asked for several times over.
        combined = magnitude(_values(task, stage - 1, np.arange(task.shapes[stage - 1][0]), ys, xs))
        return combined if len(picked) == 1 else np.repeat(combined, len(picked), axis=0)
    row_phases, column_phases = phases(ys), phases(xs)
    if len(row_phases) * len(column_phases) == 1:
        return _windows(task, stage, op, picked, ys, xs)
    out = np.empty((len(picked), len(ys), len(xs)), np.float32)
    for y in row_phases:
        for x in column_phases:
            out[:, y, x] = _windows(task, stage, op, picked, ys[y], xs[x])
    return out


def _windows(task: _Task, stage: int, op: ConvSpec | PoolSpec, picked: Index, ys: Index, xs: Index) -> Values:
    rows, columns = _axes(task, stage, op, ys, xs)
    needed = inputs_of(op, picked) if isinstance(op, ConvSpec) else picked
    if stage == 1:
        source: NDArray[Any] = task.planes
        places = np.arange(len(source))
    else:
        inside_y, inside_x = _inside(rows), _inside(columns)
        source = _values(task, stage - 1, needed, inside_y, inside_x)
        rows, columns = _relative(rows, inside_y), _relative(columns, inside_x)
        places = np.full(task.shapes[stage - 1][0], -1)
        places[needed] = np.arange(len(needed))
    if isinstance(op, PoolSpec):
        return _pool(op, source, places[picked], rows, columns)
    return _convolve(task, op, picked, source, places, rows, columns)


def _relative(axis: Axis, inside: Index) -> Axis:
    """Return ``axis`` with its cells numbered by their place in ``inside``."""

    def place(cells: Index) -> Index:
        return np.where(cells < 0, -1, np.searchsorted(inside, cells))

    span = None if axis.span is None else place(axis.span)
    # Reads between the lines of the span do not occur: the span holds them all.
    return Axis(place(axis.reads), span, axis.stride, axis.dilation)


def _convolve(
    task: _Task,
    op: ConvSpec,
    picked: Index,
    source: NDArray[Any],
    places: Index,
    rows: Axis,
    columns: Axis,
) -> Values:
    found = parts(op, picked)
    maps = [_correlate(task, part, source, places[part.inputs], rows, columns) for part in found]
    if len(found) == 1 and found[0].in_order:
        out = maps[0]
    else:
        out = np.empty_like(maps[0], shape=(len(picked), *maps[0].shape[1:]))
        for part, values in zip(found, maps, strict=True):
            out[part.outputs] = values
    bias = np.asarray(op.bias, np.float32)[picked]
    if bias.any():
        out += bias[:, np.newaxis, np.newaxis]
    return out


def _correlate(
    task: _Task, part: Part, source: NDArray[Any], channels: Index, rows: Axis, columns: Axis
) -> Values:
    if rows.span is None or columns.span is None:
        fetch = fetch_reads(source, channels, rows.reads, columns.reads)
        shape = len(rows.reads), len(columns.reads)
        return correlate_columns(fetch, part.weights, shape, part.groups, task.check)
    block = gather(source, (channels, rows.span, columns.span))
    stride, dilation = (rows.stride, columns.stride), (rows.dilation, columns.dilation)
    resting = task.backend.rest(block, part.weights.shape[2:], stride, dilation)
    return resting.correlate(part.weights, part.groups, task.check).natural()


def _pool(op: PoolSpec, source: NDArray[Any], channels: Index, rows: Axis, columns: Axis) -> Values:
    fill = BORDER[op.kind]
    if rows.span is None or columns.span is None:
        total: Values | None = None
        for i, j in np.ndindex(op.size):
            lookups = (channels, rows.reads[:, i], columns.reads[:, j])
            total = join(op.kind, total, gather(source, lookups, fill))
        assert total is not None
        return finish(op.kind, total, op.size)
    block = gather(source, (channels, rows.span, columns.span), fill)
    high = slide(op.kind, block, 1, op.size[0], rows.stride, len(rows.reads), rows.dilation)
    wide = slide(op.kind, high, 2, op.size[1], columns.stride, len(columns.reads), columns.dilation)
    return finish(op.kind, wide, op.size)
