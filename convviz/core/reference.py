"""The meaning of every operation, in slow and obviously right NumPy.

Everything faster must agree with these functions. All work in ``float64`` on arrays of shape (C, H, W).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Activation, Chain, ConvSpec, Magnitude, Op, PaddingMode, PoolKind, PoolSpec

Array = NDArray[np.float64]


def pad(values: Array, spec: ConvSpec) -> Array:
    """Return ``values`` (C, H, W) with the border of ``spec`` around it."""
    widths = ((0, 0), spec.border(0), spec.border(1))
    match spec.padding_mode:
        case PaddingMode.ZEROS:
            return np.pad(values, widths)
        case PaddingMode.REFLECT:
            return np.pad(values, widths, mode="reflect")
        case PaddingMode.REPLICATE:
            return np.pad(values, widths, mode="edge")
        case PaddingMode.CIRCULAR:
            return np.pad(values, widths, mode="wrap")


def convolve(values: Array, spec: ConvSpec) -> Array:
    """Return the feature maps (C_out, H', W') of ``values`` (C_in, H, W), the bias included.

    out(o, y, x) = Σ_c Σ_i Σ_j w(o, c, i, j) · in(c, y·s + i·d − p, x·s + j·d − p) + b(o), the definition of
    ``torch.nn.Conv2d``; for :attr:`Operation.CONVOLUTION` with w turned by 180°.
    """
    filters, height, width = spec.output_shape(values.shape)
    padded, weights = pad(values, spec), spec.applied_weights
    (sy, sx), (dy, dx), (reach_y, reach_x) = spec.stride, spec.dilation, spec.effective_size
    per_group, filters_per_group = weights.shape[1], filters // spec.groups
    out = np.empty((filters, height, width))
    for o in range(filters):
        first = o // filters_per_group * per_group
        channels = padded[first : first + per_group]
        for y in range(height):
            for x in range(width):
                top, left = y * sy, x * sx
                window = channels[:, top : top + reach_y : dy, left : left + reach_x : dx]
                out[o, y, x] = (window * weights[o]).sum() + spec.bias[o]
    return out


def pool(values: Array, spec: PoolSpec) -> Array:
    """Return the pooled maps (C, H', W') of ``values`` (C, H, W)."""
    channels, height, width = spec.output_shape(values.shape)
    (py, px), (sy, sx), (ny, nx) = spec.padding, spec.steps, spec.size
    border = {PoolKind.MAX: -np.inf, PoolKind.MIN: np.inf, PoolKind.AVG: 0.0}[spec.kind]
    keep: dict[PoolKind, Callable[[Array], float]] = {
        PoolKind.MAX: np.max,
        PoolKind.MIN: np.min,
        PoolKind.AVG: np.mean,
    }
    padded = np.pad(values, ((0, 0), (py, py), (px, px)), constant_values=border)
    out = np.empty((channels, height, width))
    for c in range(channels):
        for y in range(height):
            for x in range(width):
                out[c, y, x] = keep[spec.kind](padded[c, y * sy : y * sy + ny, x * sx : x * sx + nx])
    return out


def activate(values: Array, activation: Activation) -> Array:
    """Return ``activation`` of every value."""
    match activation:
        case Activation.NONE:
            return values
        case Activation.RELU:
            return np.maximum(values, 0.0)
        case Activation.ABS:
            return np.abs(values)
        case Activation.SIGMOID:
            # 1 / (1 + e^−x) written so that large |x| does not overflow.
            return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)))
        case Activation.TANH:
            return np.tanh(values)


def magnitude(values: Array) -> Array:
    """Return √(Σ v²) over the channels of ``values`` (C, H, W), shape (1, H, W)."""
    return np.asarray(np.sqrt((values**2).sum(axis=0, keepdims=True)))


def apply(values: Array, op: Op) -> Array:
    """Return ``values`` (C, H, W) after one operation."""
    match op:
        case ConvSpec():
            return convolve(values, op)
        case PoolSpec():
            return pool(values, op)
        case Activation():
            return activate(values, op)
        case Magnitude():
            return magnitude(values)


def run(values: Array, chain: Chain) -> Array:
    """Return ``values`` (C, H, W) after every operation of ``chain``."""
    for op in chain:
        values = apply(values, op)
    return values
