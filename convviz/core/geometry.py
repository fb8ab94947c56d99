"""Which cells feed which: positions, borders, receptive fields and their reverse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Activation, Chain, ConvSpec, Magnitude, Op, PaddingMode, Pair, PoolSpec

Index = NDArray[np.int64]


def distinct(cells: Index) -> Index:
    """Return every one of ``cells`` once, in rising order.

    As ``np.unique`` does, which however imports all of NumPy's masked arrays when it is first called: that
    would be a good part of the time that the first picture takes.
    """
    ordered = np.sort(cells, axis=None)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


@dataclass(frozen=True)
class Ramp:
    """Evenly spaced positions along one axis: ``start``, ``start + step``, …, ``count`` of them."""

    start: int
    step: int
    count: int

    @property
    def positions(self) -> Index:
        """The positions themselves."""
        return self.start + self.step * np.arange(self.count, dtype=np.int64)

    @property
    def span(self) -> int:
        """Number of cells from the first position to the last, both included."""
        return 0 if self.count == 0 else (self.count - 1) * self.step + 1


@dataclass(frozen=True)
class Rect:
    """Cells from (top, left) over ``height`` rows and ``width`` columns; may reach into the padding."""

    top: int
    left: int
    height: int = 1
    width: int = 1


def window(op: Op, axis: int) -> tuple[int, int, int, int]:
    """Return (kernel, stride, dilation, cells of border before) of ``op`` along ``axis``."""
    match op:
        case ConvSpec():
            return op.kernel_size[axis], op.stride[axis], op.dilation[axis], op.border(axis)[0]
        case PoolSpec():
            return op.size[axis], op.steps[axis], 1, op.padding[axis]
        case Activation() | Magnitude():
            return 1, 1, 1, 0


def wrap(positions: Index, size: int, mode: PaddingMode) -> Index:
    """Return the input index behind each position along an axis of ``size`` cells; −1 where a zero is read.

    Positions may lie outside by as much as ``ConvSpec.check`` allows for ``mode``.
    """
    match mode:
        case PaddingMode.ZEROS:
            return np.where((positions >= 0) & (positions < size), positions, -1)
        case PaddingMode.REPLICATE:
            return np.clip(positions, 0, size - 1)
        case PaddingMode.CIRCULAR:
            return positions % size
        case PaddingMode.REFLECT:
            if size == 1:
                return np.where(positions == 0, 0, -1)
            period = 2 * (size - 1)
            folded = positions % period
            return np.where(folded < size, folded, period - folded)


def taps(op: Op, position: int, axis: int) -> Index:
    """Return the positions in the previous stage that output ``position`` of ``op`` reads along ``axis``.

    They may be negative or beyond the end: then they lie in the border.
    """
    kernel, stride, dilation, before = window(op, axis)
    return position * stride - before + dilation * np.arange(kernel, dtype=np.int64)


def receptive_field(chain: Chain, cell: Pair) -> Rect:
    """Return the rectangle of the chain's input that can reach output ``cell`` (y, x).

    The recursion of Araujo, Norris & Sim, "Computing receptive fields of convolutional neural networks"
    (Distill, 2019). The rectangle may reach into the padding.
    """
    first, last = list(cell), list(cell)
    for op in reversed(chain):
        for axis in (0, 1):
            kernel, stride, dilation, before = window(op, axis)
            first[axis] = first[axis] * stride - before
            last[axis] = last[axis] * stride - before + dilation * (kernel - 1)
    return Rect(first[0], first[1], last[0] - first[0] + 1, last[1] - first[1] + 1)


def fed_positions(op: Op, size: int, positions: Index, axis: int) -> Index:
    """Return the output positions of ``op`` that read any of ``positions`` of an input of ``size`` cells.

    A cell read through the border (reflect, replicate, circular) counts.
    """
    if isinstance(op, Activation | Magnitude):
        return positions
    kernel, stride, dilation, before = window(op, axis)
    read = positions
    if isinstance(op, ConvSpec):
        # What the border repeats; between its two sides every cell stands for itself.
        after = op.border(axis)[1]
        border = np.concatenate([np.arange(-before, 0), np.arange(size, size + after)])
        read = np.concatenate([read, border[np.isin(wrap(border, size, op.padding_mode), positions)]])
    starts = read[:, np.newaxis] + before - dilation * np.arange(kernel, dtype=np.int64)
    outputs, between = np.divmod(starts, stride)
    return distinct(outputs[(between == 0) & (outputs >= 0) & (outputs < op.output_length(size, axis))])


def fed_rect(chain: Chain, sizes: Pair, cell: Pair) -> Rect | None:
    """Return the rectangle of output cells that input ``cell`` (y, x) of a (H, W) = ``sizes`` input reaches.

    None if no output reads it, as with strides larger than the kernel.
    """
    starts, lengths = [], []
    for axis in (0, 1):
        size, positions = sizes[axis], np.array([cell[axis]], np.int64)
        for op in chain:
            positions = fed_positions(op, size, positions, axis)
            if not isinstance(op, Activation | Magnitude):
                size = op.output_length(size, axis)
        if positions.size == 0:
            return None
        starts.append(int(positions[0]))
        lengths.append(int(positions[-1] - positions[0]) + 1)
    return Rect(starts[0], starts[1], lengths[0], lengths[1])


def unread(op: ConvSpec | PoolSpec, size: int, axis: int, border: Pair = (0, 0)) -> NDArray[np.bool_]:
    """Return, for each of ``size`` cells along ``axis``, whether no output position reads it.

    The cells of a ``border`` come before and after them; one of those is read where a window lies over it. A
    cell of the input that is read through the border (reflect, replicate, circular) counts as read.
    """
    kernel, stride, dilation, before = window(op, axis)
    read = np.zeros(border[0] + size + border[1], bool)
    starts = stride * np.arange(op.output_length(size, axis), dtype=np.int64) - before
    for tap in range(kernel):
        positions = starts + dilation * tap
        read[positions[(positions >= -border[0]) & (positions < size + border[1])] + border[0]] = True
        if isinstance(op, ConvSpec):
            sources = wrap(positions, size, op.padding_mode)
            read[sources[sources >= 0] + border[0]] = True
    return ~read
