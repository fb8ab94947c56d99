"""The maps of several stages of a chain, band by band; what one stage gives, the next is computed from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp, Rect, window
from convviz.core.specs import Chain, ConvSpec, Shape, stage_shapes
from convviz.engine.checks import Check, nothing
from convviz.engine.evaluate import evaluate

Values = NDArray[np.float32]
Span = tuple[int, int]
"""The first of some rows or columns, and one past the last."""

# Values of the largest stage in one band: some ten milliseconds of work, and small ones cost more in all.
_BAND = 1_000_000


@dataclass(frozen=True, eq=False)
class Block:
    """Cells of all maps of one stage.

    Parameters
    ----------
    stage : int
        How many operations are behind them.
    top, left : int
        Row and column of the first.
    values : ndarray of float32, shape (C, rows, columns)
        In any memory order.
    """

    stage: int
    top: int
    left: int
    values: Values


@dataclass(frozen=True)
class Band:
    """Blocks that belong together.

    Parameters
    ----------
    share : float
        How much of all there is has come with this one, more than 0 and at most 1.
    blocks : tuple of Block
        At most one of each stage.
    """

    share: float
    blocks: tuple[Block, ...]


def bands(
    planes: NDArray[Any], chain: Chain, regions: Mapping[int, Rect], *, check: Check = nothing
) -> Iterator[Band]:
    """Yield the values of some stages of a chain, every row of their regions once, from top to bottom.

    Parameters
    ----------
    planes : ndarray of uint8 or float32, shape (C, H, W)
        Input.
    chain : tuple of operations
        Operations.
    regions : mapping of int to Rect
        Which cells of which stages, 0 being the input; none empty. The blocks have just their columns.
    check : callable
        Called every few dozen milliseconds; may raise to stop.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    """
    walk = _Walk(planes, chain, dict(sorted(regions.items())), check)
    last = walk.regions[walk.stages[-1]]
    lines = walk.lines()
    for top in range(last.top, last.top + last.height, lines):
        bottom = min(top + lines, last.top + last.height)
        yield Band((bottom - last.top) / last.height, walk.blocks(top, bottom))


class _Walk:
    """What :func:`bands` needs for every band."""

    def __init__(self, planes: NDArray[Any], chain: Chain, regions: dict[int, Rect], check: Check) -> None:
        self.planes, self.chain, self.regions, self.check = planes, chain, regions, check
        self.stages = list(regions)
        channels, height, width = planes.shape
        self.shapes: tuple[Shape, ...] = stage_shapes(chain, (channels, height, width))

    def lines(self) -> int:
        """Return how many rows of the last region make a band."""
        rows = self.regions[self.stages[-1]].height
        most = max(self.shapes[stage][0] * part.height * part.width for stage, part in self.regions.items())
        return max(1, _BAND * rows // most)

    def blocks(self, top: int, bottom: int) -> tuple[Block, ...]:
        """Return the blocks of all stages that belong to rows ``top`` to ``bottom`` of the last one."""
        own = {stage: (self._begin(stage, top), self._begin(stage, bottom)) for stage in self.stages}
        needed = {stage: (own[stage], _columns(part)) for stage, part in self.regions.items()}
        for before, stage in reversed(list(pairwise(self.stages))):
            ops = self.chain[before:stage]
            if _local(ops):
                needed[before] = self._joined(needed[before], needed[stage], before, ops)
        made: list[Block] = []
        for stage in self.stages:
            made.append(self._compute(stage, needed[stage], made[-1] if made else None))
        return tuple(self._cut(block, own[block.stage]) for block in made)

    def _begin(self, stage: int, row: int) -> int:
        """Return the first row of ``stage`` that goes with ``row`` of the last one and those after it."""
        whole, last = self.regions[stage], self.regions[self.stages[-1]]
        if row <= last.top:
            return whole.top
        end = whole.top + whole.height
        if row >= last.top + last.height:
            return end
        first = _reads(self.chain[stage : self.stages[-1]], (row, row + 1), 0)[0]
        return min(max(first, whole.top), end)

    def _joined(
        self, here: tuple[Span, Span], after: tuple[Span, Span], stage: int, ops: Chain
    ) -> tuple[Span, Span]:
        """Return the rows and columns of ``stage`` that are wanted there or read for ``after``."""
        found = []
        for axis in (0, 1):
            if after[axis][0] == after[axis][1]:
                found.append(here[axis])
                continue
            size = self.shapes[stage][1 + axis]
            low, high = _reads(ops, after[axis], axis)
            low, high = min(max(low, 0), here[axis][0]), max(min(high, size), here[axis][1])
            # The first cell has to be one at which a window may begin, were it at the border.
            found.append((low - low % _stride(ops, axis), high))
        return found[0], found[1]

    def _compute(self, stage: int, needed: tuple[Span, Span], before: Block | None) -> Block:
        (top, bottom), (left, right) = needed
        if top == bottom:
            return Block(stage, top, left, np.zeros((self.shapes[stage][0], 0, right - left), np.float32))
        ops = self.chain[before.stage : stage] if before is not None else ()
        planes: NDArray[Any]
        if before is not None and _local(ops):
            planes = before.values
            y, x = before.top // _stride(ops, 0), before.left // _stride(ops, 1)
        else:
            planes, ops, y, x = self.planes, self.chain[:stage], 0, 0
        rows, columns = Ramp(top - y, 1, bottom - top), Ramp(left - x, 1, right - left)
        return Block(stage, top, left, evaluate(planes, ops, rows, columns, check=self.check))

    def _cut(self, block: Block, rows: Span) -> Block:
        part = self.regions[block.stage]
        values = block.values[
            :,
            rows[0] - block.top : rows[1] - block.top,
            part.left - block.left : part.left - block.left + part.width,
        ]
        return Block(block.stage, rows[0], part.left, values)


def _columns(part: Rect) -> Span:
    return part.left, part.left + part.width


def _local(ops: Chain) -> bool:
    """Whether every window of ``ops`` lies where it is computed from, so that a part of the input will do."""
    return not any(isinstance(op, ConvSpec) and any((*op.border(0), *op.border(1))) for op in ops)


def _reads(ops: Chain, cells: Span, axis: int) -> Span:
    """Return the cells that ``cells`` after ``ops`` read; they may lie in the border."""
    low, high = cells
    for op in reversed(ops):
        kernel, stride, dilation, before = window(op, axis)
        low, high = low * stride - before, (high - 1) * stride - before + dilation * (kernel - 1) + 1
    return low, high


def _stride(ops: Chain, axis: int) -> int:
    return int(np.prod([window(op, axis)[1] for op in ops]))
