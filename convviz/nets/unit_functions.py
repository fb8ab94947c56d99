"""One unit of a normalisation, an activation or a softmax taken apart."""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from convviz.core.cells import ActivationCell
from convviz.core.specs import Activation
from convviz.nets.unit_cells import FunctionCell, NormalisationCell, Power, SoftmaxCell
from convviz.nets.unit_parts import Asked, Feed, Parts, one

# Scores up to here are raised as they are, as in the formula; larger ones would leave no room.
_LARGEST_SCORE = 60.0
MOST_POWERS = 8

Numbers = Mapping[str, float]


class _Function(NamedTuple):
    """Its name, what it means, and the function itself."""

    name: str
    formula: str
    of: Callable[[float, Numbers], float]


def _relu(x: float) -> float:
    # What is not a number stays so: max() would depend on the order.
    return x if math.isnan(x) else max(x, 0.0)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _softplus(x: float, numbers: Numbers | None = None) -> float:
    beta = (numbers or {}).get("beta", 1.0)
    return max(x, 0.0) + math.log1p(math.exp(-beta * abs(x))) / beta


def _normal(x: float) -> float:
    """Share of a normal distribution below ``x``."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


def _clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805

# As torch.nn defines them; the numbers are its defaults.
_FUNCTIONS = {
    "relu6": _Function("ReLU6", "min(max({x}, 0), 6)", lambda x, _: _clip(x, 0.0, 6.0)),
    "hardtanh": _Function(
        "hardtanh", "", lambda x, n: _clip(x, n.get("min_val", -1.0), n.get("max_val", 1.0))
    ),
    "leaky_relu": _Function("LeakyReLU", "", lambda x, n: x if x > 0 else n.get("negative_slope", 0.01) * x),
    "elu": _Function("ELU", "", lambda x, n: x if x > 0 else n.get("alpha", 1.0) * math.expm1(x)),
    "selu": _Function("SELU", "", lambda x, _: _SELU_SCALE * (x if x > 0 else _SELU_ALPHA * math.expm1(x))),
    "silu": _Function("SiLU", "{x}·σ({x})", lambda x, _: x * _sigmoid(x)),
    "gelu": _Function("GELU", "{x}·Φ({x})", lambda x, _: x * _normal(x)),
    "hardsigmoid": _Function("hardsigmoid", "min(max({x} + 3, 0), 6)/6", lambda x, _: _clip(x + 3, 0, 6) / 6),
    "hardswish": _Function(
        "hardswish", "{x}·min(max({x} + 3, 0), 6)/6", lambda x, _: x * _clip(x + 3, 0.0, 6.0) / 6
    ),
    "softplus": _Function("softplus", "", _softplus),
    "clamp": _Function("clamp", "", lambda x, n: _clip(x, n.get("min", -math.inf), n.get("max", math.inf))),
    "mish": _Function("mish", "{x}·tanh(ln(1 + e^{x}))", lambda x, _: x * math.tanh(_softplus(x))),
}

_CORE: dict[str, tuple[Activation, Callable[[float], float]]] = {
    "relu": (Activation.RELU, _relu),
    "sigmoid": (Activation.SIGMOID, _sigmoid),
    "tanh": (Activation.TANH, math.tanh),
    "abs": (Activation.ABS, abs),
}


def _tanh_gelu(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def activation(asked: Asked) -> Parts | None:
    """Take apart a unit of an activation: the value before, and what the function makes of it."""
    if asked.input().shape != asked.output.shape:
        return None
    source = asked.source(0, asked.index)
    x, name = source.value, asked.layer.function.rstrip("_")
    scale = abs(x) + abs(asked.own)
    if name in _CORE:
        which, function = _CORE[name]
        return Parts(ActivationCell(which, x, float(function(x))), (one(source),), scale)
    if name == "prelu":
        return _prelu(asked, x, scale)
    known = _FUNCTIONS.get(name)
    if known is None:
        return None
    total = known.of(x, asked.layer.numbers)
    # What approximates the normal distribution is no single number; the value itself tells.
    if name == "gelu" and abs(_tanh_gelu(x) - asked.own) < abs(total - asked.own):
        total, known = _tanh_gelu(x), known._replace(name="GELU (tanh)", formula="")
    return Parts(FunctionCell(known.name, known.formula, x, total), (one(source),), scale)


def _prelu(asked: Asked, x: float, scale: float) -> Parts | None:
    slopes = asked.learned("weight")
    if slopes is None:
        return None
    slope = float(slopes.ravel()[asked.index[0] if slopes.size > 1 else 0])
    total = x if x > 0 else slope * x
    return Parts(FunctionCell("PReLU", "", x, total), (one(asked.source(0, asked.index)),), scale)


def normalisation(asked: Asked) -> Parts | None:
    """Take apart a unit of a batch norm with learned statistics, or of a layer or group norm."""
    if asked.layer.function == "batch_norm":
        return _batch_norm(asked)
    if asked.layer.function == "layer_norm":
        return _layer_norm(asked)
    if asked.layer.function == "group_norm":
        return _group_norm(asked)
    return None


def _batch_norm(asked: Asked) -> Parts | None:
    mean, variance = asked.learned("running_mean"), asked.learned("running_var")
    if mean is None or variance is None:
        return None
    channel, source = asked.index[0], asked.source(0, asked.index)
    numbers = source.value, float(mean[channel]), float(variance[channel])
    return _normalised(asked, *numbers, channel, (one(source),), None)


def _layer_norm(asked: Asked) -> Parts | None:
    values, gamma = asked.input(), asked.learned("weight")
    axes = values.ndim - (gamma.ndim if gamma is not None else int(asked.layer.numbers.get("dims", 1)))
    if axes < 0:
        return None
    group = values[asked.index[:axes]].astype(np.float64)
    feed = Feed(
        asked.layer.inputs[0],
        (*(range(i, i + 1) for i in asked.index[:axes]), *(range(n) for n in values.shape[axes:])),
    )
    numbers = asked.value(0, asked.index), float(group.mean()), float(group.var())
    return _normalised(asked, *numbers, asked.index[axes:], (feed,), group.size)


def _group_norm(asked: Asked) -> Parts | None:
    values, groups = asked.input(), int(asked.layer.numbers.get("num_groups", 0))
    if not groups or len(values) % groups:
        return None
    size, channel = len(values) // groups, asked.index[0]
    start = channel // size * size
    group = values[start : start + size].astype(np.float64)
    feed = Feed(asked.layer.inputs[0], (range(start, start + size), *(range(n) for n in values.shape[1:])))
    numbers = asked.value(0, asked.index), float(group.mean()), float(group.var())
    return _normalised(asked, *numbers, channel, (feed,), group.size)


def _normalised(
    asked: Asked,
    x: float,
    mean: float,
    variance: float,
    place: int | tuple[int, ...],
    feeds: tuple[Feed, ...],
    count: int | None,
) -> Parts:
    eps = asked.layer.numbers.get("eps", 1e-5)
    weight, bias = asked.learned("weight"), asked.learned("bias")
    gamma = 1.0 if weight is None else float(weight[place])
    beta = 0.0 if bias is None else float(bias[place])
    deviation = math.sqrt(variance + eps)
    total = (x - mean) / deviation * gamma + beta
    scale = (abs(x) + abs(mean)) / deviation * abs(gamma) + abs(beta)
    cell = NormalisationCell(x, mean, variance, eps, gamma, beta, total, count)
    return Parts(cell, feeds, scale, count or 2)


def softmax(asked: Asked) -> Parts | None:
    """Take apart a unit of a softmax along the axis over which its outputs add up to 1."""
    logarithm = "log" in asked.layer.function
    axis = _softmax_axis(asked.output, logarithm)
    if axis is None or asked.input().shape != asked.output.shape:
        return None
    place = asked.index[:axis] + asked.index[axis + 1 :]
    scores = np.moveaxis(asked.input(), axis, -1)[place].astype(np.float64)
    shift = float(scores.max()) if np.abs(scores).max() > _LARGEST_SCORE else 0.0
    powers = np.exp(scores - shift)
    order = np.argsort(-powers, kind="stable")
    terms = [Power(int(i), float(scores[i]), float(powers[i])) for i in order[:MOST_POWERS]]
    rest, number = float(powers[order[MOST_POWERS:]].sum()), asked.index[axis]
    own = Power(number, float(scores[number]), float(powers[number]))
    share = own.power / float(powers.sum())
    total = own.score - shift - math.log(float(powers.sum())) if logarithm else share
    cell = SoftmaxCell(own, tuple(terms), len(order) - len(terms), rest, shift, total, logarithm)
    axes = [range(i, i + 1) for i in asked.index]
    axes[axis] = range(len(scores))
    size = float(np.abs(scores).max())
    scale = size + abs(total) if logarithm else share * (1 + size)
    return Parts(cell, (Feed(asked.layer.inputs[0], tuple(axes)),), scale, len(scores))


def _softmax_axis(output: NDArray[np.float32], logarithm: bool) -> int | None:
    """Return the last axis along which shares add up to 1; None if there is none."""
    shares = np.exp(output) if logarithm else output
    for axis in reversed(range(output.ndim)):
        if np.allclose(shares.sum(axis=axis), 1, atol=1e-3):
            return axis
    return None
