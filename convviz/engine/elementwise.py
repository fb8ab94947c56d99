"""Activations and pooling of blocks of float32 values."""

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Activation, PoolKind

Block = NDArray[np.float32]

BORDER = {PoolKind.MAX: -np.inf, PoolKind.MIN: np.inf, PoolKind.AVG: 0.0}
"""What the border counts as: never the winner, but zeros in a mean."""

_JOIN = {PoolKind.MAX: np.maximum, PoolKind.MIN: np.minimum, PoolKind.AVG: np.add}


def activate(values: Block, activation: Activation) -> Block:
    """Return ``activation`` of every value, as a new array (the same one for none)."""
    match activation:
        case Activation.NONE:
            return values
        case Activation.RELU:
            return np.maximum(values, np.float32(0))
        case Activation.ABS:
            return np.abs(values)
        case Activation.SIGMOID:
            # 1 / (1 + e^−x) written so that large |x| does not overflow.
            half = np.float32(0.5)
            return np.asarray(half * (np.tanh(half * values) + np.float32(1)))
        case Activation.TANH:
            return np.tanh(values)


def magnitude(values: Block) -> Block:
    """Return √(Σ v²) over the channels of ``values`` (C, h, w), shape (1, h, w)."""
    return np.asarray(np.sqrt(np.square(values).sum(axis=0, keepdims=True, dtype=np.float32)))


def join(kind: PoolKind, total: Block | None, values: Block) -> Block:
    """Take ``values`` into ``total``, in place, and return it: the larger, the smaller or the sum of both."""
    if total is None:
        return values.copy(order="K")
    _JOIN[kind](total, values, out=total)
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
    total: Block | None = None
    for tap in range(kernel):
        start = tap * dilation
        chosen = slice(start, start + (count - 1) * stride + 1, stride)
        total = join(kind, total, block[(slice(None),) * axis + (chosen,)])
    assert total is not None
    return total
