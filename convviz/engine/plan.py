"""What has to be read and computed for some positions of a chain's output, whatever the weights.

A plan is a tree: its root is what is asked for; each node names the node that it works on, or none for the
planes themselves. Making one takes longer than it is worth repeating at every edit of a weight.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from convviz.core.geometry import Index
from convviz.core.specs import Shape
from convviz.engine.filters import Part
from convviz.engine.gather import Lookup, Lookups
from convviz.engine.tiles import TileAxis


class Cost(NamedTuple):
    """What it takes, more or less.

    Parameters
    ----------
    values : int
        Temporary values, without those of the planes.
    blocks, tiles : int
        Values of the planes that are laid out, for windows that slide and in tiles.
    work : int
        Multiply-adds.
    """

    values: int = 0
    blocks: int = 0
    tiles: int = 0
    work: int = 0

    def plus(self, *others: "Cost") -> "Cost":
        """Return the sum."""
        return Cost(*map(sum, zip(self, *others, strict=True)))


@dataclass(frozen=True, eq=False)
class Read:
    """Cells of the planes as they are: crossings of channels, rows and columns."""

    lookups: Lookups
    cost: Cost


@dataclass(frozen=True, eq=False)
class Nothing:
    """No values at all, of a shape with a zero in it."""

    shape: Shape
    cost: Cost


@dataclass(frozen=True, eq=False)
class Each:
    """The activation behind ``stage``, of every value of ``source``."""

    stage: int
    source: "Plan"
    cost: Cost


@dataclass(frozen=True, eq=False)
class Combine:
    """The maps of ``source`` as one, which is given ``times`` times over."""

    source: "Plan"
    times: int
    cost: Cost


@dataclass(frozen=True, eq=False)
class Slide:
    """Windows that slide over a block of rows and columns."""

    rows: Lookup
    columns: Lookup
    stride: tuple[int, int]
    dilation: tuple[int, int]
    key: tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Tiles:
    """Groups of windows that lie apart; the groups' first windows, second windows, … are a map each."""

    rows: TileAxis
    columns: TileAxis
    key: tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Convolve:
    """The convolution behind ``stage`` at one or several sets of positions, which give a map each per filter.

    Parameters
    ----------
    stage : int
        Number of operations up to this one.
    source : Plan or None
        The maps before; None for the planes.
    filters : ndarray of int64
        Which filters.
    parts : tuple of Part
        How they are divided; ``inputs`` are channels of ``source``.
    readings : tuple of Slide or Tiles
        One per set of positions, or tiles for all of them.
    cost : Cost
        Together with that of ``source``.
    """

    stage: int
    source: "Plan | None"
    filters: Index
    parts: tuple[Part, ...]
    readings: tuple[Slide | Tiles, ...]
    cost: Cost


@dataclass(frozen=True, eq=False)
class Interleave:
    """Maps of ``shape`` put together from sets of positions, row by row: one plan for all, or one each."""

    shape: Shape
    rows: tuple[slice, ...]
    columns: tuple[slice, ...]
    sources: "tuple[Plan, ...]"
    cost: Cost


@dataclass(frozen=True, eq=False)
class Pool:
    """The pooling behind ``stage`` over a block, as in :class:`Slide`, or over what each tap reads.

    ``channels`` are those of ``source``; ``rows`` and ``columns`` are one lookup of the block each, or as
    many as the window has taps.
    """

    stage: int
    source: "Plan | None"
    channels: Lookup
    rows: tuple[Lookup, ...]
    columns: tuple[Lookup, ...]
    slides: "PoolSlide | None"
    cost: Cost


class PoolSlide(NamedTuple):
    """How pooling windows slide over a block: strides, dilations and numbers of windows."""

    stride: tuple[int, int]
    dilation: tuple[int, int]
    shape: tuple[int, int]


@dataclass(frozen=True, eq=False)
class PoolTaps:
    """The pooling behind ``stage`` of a convolution of which just the windows' taps are computed.

    ``convolution`` gives a map per tap; the stages between are activations.
    """

    stage: int
    convolution: Convolve
    cost: Cost


Plan = Read | Nothing | Each | Combine | Convolve | Interleave | Pool | PoolTaps


def nothing_of(channels: int, rows: int, columns: int) -> Nothing:
    """Return the plan for no values."""
    return Nothing((channels, rows, columns), Cost())


def read_planes(channels: Index, rows: Index, columns: Index) -> Read:
    """Return the plan for cells of the planes."""
    cost = Cost(len(channels) * len(rows) * len(columns))
    return Read((Lookup(channels), Lookup(rows), Lookup(columns)), cost)


def bytes_of(*lines: Index) -> tuple[bytes, ...]:
    """Return what tells some lines from all others in a key."""
    return tuple(np.ascontiguousarray(line).tobytes() for line in lines)
