"""Random chains that fit their input, and what torch makes of them."""

import math
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core import reference
from convviz.core.geometry import Ramp
from convviz.core.specs import (
    Activation,
    Chain,
    ConvSpec,
    Magnitude,
    Op,
    Operation,
    PaddingMode,
    PoolKind,
    PoolSpec,
    Shape,
    SpecProblem,
)
from convviz.engine.backend import Backend, native_backend, numpy_backend, torch_backend

assert native_backend is not None, "the engine's C files were not compiled"
BACKENDS: dict[str, Backend] = {"numpy": numpy_backend, "torch": torch_backend, "native": native_backend}

Values = NDArray[np.float64]


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    return draw(st.integers(1, 4)), draw(st.integers(1, 12)), draw(st.integers(1, 12))


@st.composite
def planes(draw: st.DrawFn, shape: Shape) -> NDArray[Any]:
    """Whole numbers or fractions, in either memory order."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    height_width_channels = (*shape[1:], shape[0])
    if draw(st.booleans()):
        values: NDArray[Any] = rng.integers(0, 256, height_width_channels, dtype=np.uint8)
    else:
        values = rng.normal(0, 50, height_width_channels).astype(np.float32)
    values = values.transpose(2, 0, 1)
    values = values if draw(st.booleans()) else np.ascontiguousarray(values)
    values.flags.writeable = False
    return values


@st.composite
def convolutions(draw: st.DrawFn, shape: Shape, largest: int = 5, whole: bool = False) -> ConvSpec:
    """Any convolution that fits maps of ``shape``."""
    groups = draw(st.sampled_from([g for g in range(1, shape[0] + 1) if shape[0] % g == 0]))
    filters = groups * draw(st.integers(1, 5 if groups == 1 else 2))
    kernel = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weight_shape = (filters, shape[0] // groups, *kernel)
    weights = rng.integers(-3, 4, weight_shape) if whole else rng.normal(0, 1, weight_shape)
    numbers = st.integers(-5, 5) if whole else st.floats(-5, 5)
    pair = st.tuples(st.integers(1, 3), st.integers(1, 3))
    spec = ConvSpec(
        weights.astype(np.float64),
        tuple(float(draw(numbers)) for _ in range(filters)),
        draw(st.sampled_from(Operation)),
        draw(pair),
        draw(st.one_of(st.sampled_from(("same", "valid")), st.tuples(st.integers(0, 4), st.integers(0, 4)))),
        draw(st.sampled_from(PaddingMode)),
        draw(pair),
        groups,
    )
    return _nearest(spec, shape)


def _nearest(spec: ConvSpec, shape: Shape) -> ConvSpec:
    """Return what the program itself proposes for settings that do not fit; a 1×1 kernel when it gives up."""
    for _ in range(4):
        try:
            spec.check(shape)
        except SpecProblem as problem:
            if not isinstance(problem.fix, ConvSpec):
                break
            spec = problem.fix
        else:
            return spec
    return ConvSpec(spec.weights[:, :, :1, :1], spec.bias, stride=spec.stride, groups=spec.groups)


@st.composite
def poolings(draw: st.DrawFn, shape: Shape) -> PoolSpec:
    """Any pooling that fits maps of ``shape``."""
    size = draw(st.integers(1, min(4, shape[1]))), draw(st.integers(1, min(4, shape[2])))
    stride = draw(st.one_of(st.none(), st.tuples(st.integers(1, 4), st.integers(1, 4))))
    padding = draw(st.integers(0, size[0] // 2)), draw(st.integers(0, size[1] // 2))
    return PoolSpec(draw(st.sampled_from(PoolKind)), size, stride, padding)


@st.composite
def chains(draw: st.DrawFn, shape: Shape) -> Chain:
    """Nothing, or up to convolution, activation, pooling, convolution or magnitude, 1×1 convolution."""
    ops: list[Op] = []
    for kind in draw(
        st.sampled_from(
            ["", "c", "p", "a", "ca", "cap", "capc", "cac", "cc", "pc", "capcl", "m", "cm", "camp", "capm"]
        )
    ):
        op: Op
        if kind == "c":
            op = draw(convolutions(shape))
        elif kind == "l":
            weights = np.arange(1.0, 1 + 2 * shape[0]).reshape(2, shape[0], 1, 1)
            op = ConvSpec(weights, (0.5, -1.0))
        elif kind == "m":
            op = Magnitude()
        elif kind == "p":
            op = draw(poolings(shape))
        else:
            op = draw(st.sampled_from(Activation))
        shape = shape if isinstance(op, Activation) else op.output_shape(shape)
        ops.append(op)
    return tuple(ops)


@st.composite
def ramps(draw: st.DrawFn, size: int) -> Ramp:
    """Any evenly spaced positions along an axis of ``size`` cells."""
    start, step = draw(st.integers(0, size - 1)), draw(st.integers(1, 5))
    return Ramp(start, step, draw(st.integers(1, (size - 1 - start) // step + 1)))


def scale_of(values: NDArray[Any], chain: Chain) -> float:
    """Return the largest sum of absolute products anywhere on the way: what rounding is relative to."""
    bound, largest = np.abs(values.astype(np.float64)), 1.0
    for op in chain:
        if isinstance(op, ConvSpec):
            size = np.abs(op.weights).sum(axis=(1, 2, 3)).max() * bound.max() + np.abs(op.bias).max()
            bound = np.full(op.output_shape(_shape(bound)), size)
        elif isinstance(op, PoolSpec):
            bound = np.full(op.output_shape(_shape(bound)), bound.max())
        elif isinstance(op, Magnitude):
            bound = np.full(op.output_shape(_shape(bound)), bound.max() * len(bound))
        largest = max(largest, float(bound.max()))
    return largest


def _shape(values: NDArray[Any]) -> Shape:
    channels, height, width = values.shape
    return channels, height, width


def close(values: NDArray[Any], expected: NDArray[Any], scale: float) -> bool:
    """Whether ``values`` are ``expected`` up to the rounding of float32."""
    return values.shape == expected.shape and bool(np.allclose(values, expected, rtol=0, atol=2e-6 * scale))


def by_reference(values: NDArray[Any], chain: Chain) -> Values:
    return reference.run(values.astype(np.float64), chain)


def by_torch(values: NDArray[Any], chain: Chain) -> Values:
    """Return the result of ``chain`` by torch's own layers, in float64."""
    tensor = torch.from_numpy(values.astype(np.float64))[None]
    for op in chain:
        tensor = _layer(tensor, op)
    array: Values = tensor[0].numpy()
    return array


def _layer(tensor: torch.Tensor, op: Op) -> torch.Tensor:
    match op:
        case Magnitude():
            return tensor.square().sum(dim=1, keepdim=True).sqrt()
        case ConvSpec():
            mode = "constant" if op.padding_mode is PaddingMode.ZEROS else str(op.padding_mode)
            padded = F.pad(tensor, (*op.border(1), *op.border(0)), mode=mode)
            weights = torch.from_numpy(op.applied_weights.copy())
            return F.conv2d(
                padded,
                weights,
                torch.tensor(op.bias, dtype=torch.float64),
                op.stride,
                0,
                op.dilation,
                op.groups,
            )
        case PoolSpec(kind=PoolKind.AVG):
            return F.avg_pool2d(tensor, op.size, op.steps, op.padding)
        case PoolSpec(kind=PoolKind.MAX):
            return F.max_pool2d(tensor, op.size, op.steps, op.padding)
        case PoolSpec():
            return -F.max_pool2d(-tensor, op.size, op.steps, op.padding)
        case Activation.NONE:
            return tensor
        case Activation.RELU:
            return tensor.relu()
        case Activation.ABS:
            return tensor.abs()
        case Activation.SIGMOID:
            return tensor.sigmoid()
        case Activation.TANH:
            return tensor.tanh()


def filled(shape: tuple[int, ...], seed: int) -> NDArray[np.uint8]:
    """Return a photograph's worth of bytes, always the same, stored as photographs are: (H, W, C)."""
    count = math.prod(shape)
    return np.random.default_rng(seed).integers(0, 256, count, dtype=np.uint8).reshape(shape)
