"""Which maps stand beside each other in the convolution room, and where each lies over the picture. No Qt."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from convviz.core.channels import ChannelMode
from convviz.core.geometry import receptive_field
from convviz.core.kernels import rotate
from convviz.core.picture import PictureKind
from convviz.core.specs import Activation, Chain, Magnitude, Op, Operation, PoolSpec, Shape, stage_shapes
from convviz.ui.state import State

# A larger kernel is looked at in its own panel.
MOST_KERNEL_CELLS = 7


class ColumnKind(StrEnum):
    """What the maps of one column are."""

    INPUT = "input"
    KERNEL = "kernel"
    PARTIAL = "partial"
    CONVOLUTION = "convolution"
    ACTIVATION = "activation"
    POOLING = "pooling"
    MIX = "mix"
    MAGNITUDE = "magnitude"


@dataclass(frozen=True)
class Spot:
    """Where a map lies over the input.

    One cell is ``scale`` input cells wide; cell (0, 0) begins at (top, left).
    """

    scale: float
    top: float
    left: float


@dataclass(frozen=True)
class MapPlace:
    """One map on screen.

    Parameters
    ----------
    key : str
        Unique and stable: ``input-0``, ``partial-2``, ``stage-1-0``.
    chain : tuple of operations
        What the map comes from; empty for the input.
    stage : int
        How many of the operations it has behind it.
    channel : int
        Which map of that stage.
    shape : (int, int)
        Rows and columns.
    spot : Spot
        Where it lies.
    """

    key: str
    chain: Chain
    stage: int
    channel: int
    shape: tuple[int, int]
    spot: Spot

    def under(self, chain: Chain) -> "MapPlace":
        """Return the same map of a chain with other weights."""
        return MapPlace(self.key, chain, self.stage, self.channel, self.shape, self.spot)


@dataclass(frozen=True)
class Column:
    """Maps of one stage, one below the other, and the operation that made them."""

    kind: ColumnKind
    shape: Shape
    maps: tuple[MapPlace, ...]


def columns(state: State, *, every_stage: bool = True, kernels: bool = False) -> tuple[Column, ...]:
    """Return the columns from the input to the last maps.

    Parameters
    ----------
    state : State
        Its chain must fit its picture.
    every_stage : bool
        Whether to show what lies between the input and the result.
    kernels : bool
        Whether the kernels stand between a number grid and its maps, as on a blackboard; only small ones do.

    Raises
    ------
    Problem
        If the chain does not fit.
    """
    chain = state.chain()
    shapes = stage_shapes(chain, state.input_shape)
    out = [_column(state, ColumnKind.INPUT, chain, 0, shapes[0], "input")]
    if kernels and (kernel := _kernel_column(state)) is not None:
        out.append(kernel)
    partial = state.partial_sums()
    if partial is not None and every_stage:
        shape = partial.output_shape(state.input_shape)
        out.append(_column(state, ColumnKind.PARTIAL, (partial,), 1, shape, "partial"))
    for stage, op in enumerate(chain, start=1):
        if not every_stage and stage < len(chain):
            continue
        out.append(
            _column(state, _kind(state, chain, stage, op), chain, stage, shapes[stage], f"stage-{stage}")
        )
    return tuple(out)


def renewed(columns: tuple[Column, ...], state: State) -> tuple[Column, ...]:
    """Return ``columns`` with the weights of ``state``, which is like the state they were made for."""
    chain, partial = state.chain(), state.partial_sums()

    def renew(column: Column) -> Column:
        if column.kind in (ColumnKind.INPUT, ColumnKind.KERNEL):
            return column
        now = (partial,) if column.kind is ColumnKind.PARTIAL and partial is not None else chain
        return Column(column.kind, column.shape, tuple(place.under(now) for place in column.maps))

    return tuple(map(renew, columns))


def _kernel_column(state: State) -> Column | None:
    """Return the kernels as maps: those of the selected filter by channel, else one per filter."""
    height, width = state.bank.size
    grid = state.picture.kind is PictureKind.GRID and max(height, width) <= MOST_KERNEL_CELLS
    if not grid or state.settings.operation is None:
        return None
    kernels = min(state.bank.weights.shape[1], state.picture.channels)
    count = kernels if kernels_by_channel(state) else state.bank.count
    spot = place((), state.input_shape, (count, height, width), as_grid=True)
    maps = tuple(MapPlace(f"kernel-{n}", (), 0, n, (height, width), spot) for n in range(count))
    return Column(ColumnKind.KERNEL, (count, height, width), maps)


def kernels_by_channel(state: State) -> bool:
    """Return whether the kernels beside the input are those of the selected filter, one for each channel.

    Where each channel stands alone, the selected filter alone is at work, even on a single channel.
    """
    summed = state.channel_mode is ChannelMode.SUM and state.picture.channels > 1
    return summed or state.channel_mode is ChannelMode.EACH


def kernel_of(state: State, index: int) -> NDArray[np.float64]:
    """Return the kernel that map ``index`` of the kernel column shows, as it meets the input."""
    by_channel = kernels_by_channel(state)
    kernel = state.bank.kernel(
        state.selected if by_channel else index, index if by_channel else state.kernel_index
    )
    return rotate(kernel) if state.settings.operation is Operation.CONVOLUTION else kernel


def _kind(state: State, chain: Chain, stage: int, op: Op) -> ColumnKind:
    if isinstance(op, PoolSpec):
        return ColumnKind.POOLING
    if isinstance(op, Activation):
        return ColumnKind.ACTIVATION
    if isinstance(op, Magnitude):
        return ColumnKind.MAGNITUDE
    mixed = state.mix is not None and stage == len(chain)
    return ColumnKind.MIX if mixed else ColumnKind.CONVOLUTION


def _column(state: State, kind: ColumnKind, chain: Chain, stage: int, shape: Shape, prefix: str) -> Column:
    spot = place(chain[:stage], state.input_shape, shape, as_grid=state.picture.kind is PictureKind.GRID)
    maps = tuple(
        MapPlace(f"{prefix}-{c}", chain if kind is not ColumnKind.INPUT else (), stage, c, shape[1:], spot)
        for c in range(shape[0])
    )
    return Column(kind, shape, maps)


def place(chain: Chain, source: Shape, shape: Shape, *, as_grid: bool) -> Spot:
    """Return where a map of ``shape`` lies over an input of shape ``source``.

    A number grid keeps the size of its cells through all stages, centred, as on a blackboard. The maps
    of a photograph lie over what they were computed from: zooming shows the same part of the scene.
    """
    centred = Spot(1.0, (source[1] - shape[1]) / 2, (source[2] - shape[2]) / 2)
    if as_grid or not chain:
        return centred
    first = receptive_field(chain, (0, 0))
    after = receptive_field(chain, (1, 1))
    jump_y, jump_x = after.top - first.top, after.left - first.left
    scale = float(max(jump_y, jump_x))
    if jump_y != jump_x:
        return Spot(scale, (source[1] - shape[1] * scale) / 2, (source[2] - shape[2] * scale) / 2)
    return Spot(
        scale,
        first.top + first.height / 2 - scale / 2,
        first.left + first.width / 2 - scale / 2,
    )


def map_names(state: State, kind: ColumnKind) -> tuple[str, ...]:
    """Return what the maps of a column are called: R, G, B or numbers by channel, else by filter."""
    by_filter = kind not in (ColumnKind.INPUT, ColumnKind.PARTIAL) and state.settings.operation is not None
    if by_filter and state.channel_mode is not ChannelMode.EACH:
        return tuple(name or str(n + 1) for n, name in enumerate(state.bank.names))
    channels = state.input_shape[0]
    tints = [input_tint(state, c) for c in range(channels)]
    return tuple("RGB"[t] if t is not None else str(c + 1) for c, t in enumerate(tints))


def input_tint(state: State, channel: int) -> int | None:
    """Return which of red, green and blue (0, 1, 2) input plane ``channel`` is, or None."""
    if not state.picture.is_colour:
        return None
    single = {ChannelMode.RED: 0, ChannelMode.GREEN: 1, ChannelMode.BLUE: 2}
    if state.channel_mode in single:
        return single[state.channel_mode]
    return channel if state.channel_mode in (ChannelMode.EACH, ChannelMode.SUM) else None
