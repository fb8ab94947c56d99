"""Activations and pooling of blocks of float32 values."""

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Activation, PoolKind

Block = NDArray[np.float32]

BORDER = {PoolKind.MAX: -np.inf, PoolKind.MIN: np.inf, PoolKind.AVG: 0.0}
"""What the border counts as: never the winner, but zeros in a mean."""

_JOIN = {PoolKind.MAX: np.maximum, PoolKind.MIN: np.minimum, PoolKind.AVG: np.add}


def in_rows(values: Block) -> bool:
    """Return whether neighbours along the last axis lie side by side in memory."""
    return values.strides[-1] == values.itemsize


def activate(values: Block, activation: Activation, out: Block | None = None) -> Block:
    """Return ``activation`` of every value, in ``out`` or as a new array (``values`` itself for none)."""
    match activation:
        case Activation.NONE:
            return values
        case Activation.RELU:
            return _relu(values, out)
        case Activation.ABS:
            return np.abs(values, out=out)
        case Activation.SIGMOID:
            # 1 / (1 + e^−x) written so that large |x| does not overflow.
            half = np.float32(0.5)
            out = np.multiply(values, half, out=out)
            np.tanh(out, out=out)
            out += np.float32(1)
            out *= half
            return out
        case Activation.TANH:
            return np.tanh(values, out=out)


def _relu(values: Block, out: Block | None) -> Block:
    # Against a row of zeros where a row of values can meet it: with a single one numpy takes two and a half
    # times as long.
    zeros = np.zeros(values.shape[-1] if in_rows(values) else 1, np.float32)
    return np.maximum(values, zeros, out=out)


def magnitude(values: Block) -> Block:
    """Return √(Σ v²) over the channels of ``values`` (C, h, w), shape (1, h, w)."""
    return np.asarray(np.sqrt(np.square(values).sum(axis=0, keepdims=True, dtype=np.float32)))


def join(kind: PoolKind, total: Block | None, values: Block) -> Block:
    """Take ``values`` into ``total``, in place, and return it: the larger, the smaller or the sum of both."""
    if total is None:
        return values.copy(order="K")
    _JOIN[kind](total, values, out=total)
    return total


def join_all(kind: PoolKind, taps: list[Block], out: Block | None = None) -> Block:
    """Return the larger, the smaller or the sum of all ``taps``, one or more, in ``out`` or a new array."""
    if len(taps) == 1:
        return np.positive(taps[0], out=out)
    total: Block = _JOIN[kind](taps[0], taps[1], out=out)
    for tap in taps[2:]:
        _JOIN[kind](total, tap, out=total)
    return total


def finish(kind: PoolKind, total: Block, size: tuple[int, int]) -> Block:
    """Return the pooled values once everything is joined: a mean divides by the whole window."""
    if kind is PoolKind.AVG:
        total /= np.float32(size[0] * size[1])
    return total


def slide(
    kind: PoolKind, block: Block, axis: int, kernel: int, stride: int, count: int, dilation: int = 1
) -> Block:
    """Return ``kind`` over windows that slide over ``block`` along ``axis``, ``count`` of them."""
    across = (slice(None),) * axis
    length = (count - 1) * stride + 1
    if axis == block.ndim - 1 and stride > 1 and not in_rows(block):
        return _slide_everywhere(kind, block, kernel, dilation)[(*across, slice(0, length, stride))]
    starts = range(0, kernel * dilation, dilation)
    return join_all(kind, [block[(*across, slice(first, first + length, stride))] for first in starts])


def _slide_everywhere(kind: PoolKind, block: Block, kernel: int, dilation: int) -> Block:
    """Return ``kind`` over windows along the last axis, one for every cell; the last mean nothing.

    Neighbours along the axis do not lie side by side, so that windows at some places only would be short
    stretches of memory. All places together, from one end of the memory to the other, take a fourth of the
    time.
    """
    order = sorted(range(block.ndim), key=lambda n: -block.strides[n])
    memory = np.ascontiguousarray(block.transpose(order))
    step = memory.strides[order.index(block.ndim - 1)] // memory.itemsize * dilation
    flat, out = memory.reshape(-1), np.empty(memory.size, np.float32)
    length = flat.size - (kernel - 1) * step
    taps = [flat[tap * step : tap * step + length] for tap in range(kernel)]
    join_all(kind, taps, out[:length])
    return out.reshape(memory.shape).transpose(np.argsort(order))
