"""How large the gradient is in every layer of a deep network, with and without skip connections."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from convviz.engine.checks import Check, nothing
from convviz.nets.records import Values

CLASSES = 10
"""Classes that the networks tell apart."""

TARGET = 0
"""The class that the loss says is right."""

# What torch.nn.BatchNorm2d adds to a variance.
_EPSILON = 1e-5


Layer = tuple[Any, Any]


class Start(StrEnum):
    """What the weights are drawn from; n is the number of inputs of a neuron.

    ``HE``: normal with the variance 2 / n (He et al., Delving deep into rectifiers, 2015), which keeps the
    size of what passes a ReLU; biases zero. ``SMALL``: uniform from −1/√n to 1/√n, biases too, as
    ``torch.nn.Conv2d`` and ``torch.nn.Linear`` begin; the variance is six times smaller. Without the biases,
    values would vanish on their way forth as gradients do on their way back, and ∂L/∂w, which is the product
    of both, would be equally small everywhere.
    """

    HE = "he"
    SMALL = "small"


@dataclass(frozen=True)
class Setting:
    """Which two networks.

    Both have the same weights: a convolution 3×3 from the picture's channels to ``channels``, then pairs of
    convolutions 3×3, each followed by a ReLU, then the mean of every map and a dense layer. The residual
    one adds to each pair's result, before its last ReLU, what went into the pair (He et al., Deep residual
    learning, 2015, as its networks for CIFAR-10, without strides).

    Parameters
    ----------
    depth : int
        Convolutions and the dense layer together; even, at least 4.
    channels : int
        Of all convolutions.
    norm : bool
        Whether batch normalisation follows every convolution, with the statistics of this one picture.
    start : Start
        What the weights and biases are drawn from.
    seed : int
        Which weights.
    """

    depth: int = 20
    channels: int = 16
    norm: bool = False
    start: Start = Start.SMALL
    seed: int = 1

    def __post_init__(self) -> None:
        if self.depth < 4 or self.depth % 2:
            raise ValueError(f"the depth must be even and at least 4, not {self.depth}")


@dataclass(frozen=True)
class GradientSizes:
    """The mean of |∂L/∂w| over the weights of each layer, from the first to the dense one."""

    plain: tuple[float, ...]
    residual: tuple[float, ...]


def ratio(sizes: Sequence[float]) -> float:
    """Return the first layer's gradient in those of the last; NaN if the last has none."""
    return sizes[0] / sizes[-1] if sizes[-1] else math.nan


def starting_weights(setting: Setting, inputs: int) -> list[Layer]:
    """Return weights and biases of all layers, ``torch.float64``, for a picture with ``inputs`` channels."""
    import torch

    generator = torch.Generator().manual_seed(setting.seed)
    count = setting.channels
    shapes = [(count, inputs, 3, 3), *[(count, count, 3, 3)] * (setting.depth - 2), (CLASSES, count)]
    out = []
    for shape in shapes:
        fan = math.prod(shape[1:])
        if setting.start is Start.HE:
            weight = torch.randn(shape, generator=generator, dtype=torch.float64) * math.sqrt(2 / fan)
            bias = torch.zeros(shape[0], dtype=torch.float64)
        else:
            weight, bias = (
                (2 * torch.rand(size, generator=generator, dtype=torch.float64) - 1) / math.sqrt(fan)
                for size in (shape, shape[:1])
            )
        out.append((weight, bias))
    return out


def gradient_sizes(setting: Setting, picture: Values, check: Check = nothing) -> GradientSizes:
    """Return the sizes of the gradients of both networks.

    The loss is the cross-entropy of the scores for ``picture`` against class :data:`TARGET`. In 64-bit
    numbers, as gradients that vanish soon leave the 32-bit ones.

    Parameters
    ----------
    setting : Setting
        Which networks.
    picture : ndarray of float32, shape (C, H, W)
        What they are given.
    check : callable
        Called before every layer; may raise.
    """
    import torch

    given = torch.from_numpy(np.array(picture, np.float64))[None]
    layers = starting_weights(setting, picture.shape[0])
    plain, residual = (tuple(_sizes(given, layers, setting.norm, skip, check)) for skip in (False, True))
    return GradientSizes(plain, residual)


def _sizes(given: Any, layers: list[Layer], norm: bool, skip: bool, check: Check) -> Iterator[float]:
    import torch
    from torch.nn import functional

    leaves = [weight.clone().requires_grad_() for weight, _ in layers]
    biases = [bias for _, bias in layers]
    scores = _scores(given, list(zip(leaves, biases, strict=True)), norm, skip, check)
    loss = functional.cross_entropy(scores, torch.tensor([TARGET]))
    check()
    for gradient in torch.autograd.grad(loss, leaves):
        yield float(gradient.abs().mean())


def _scores(given: Any, layers: list[Layer], norm: bool, skip: bool, check: Check) -> Any:
    """Return the scores (1, 10)."""
    from torch.nn import functional

    def convolved(values: Any, layer: Layer) -> Any:
        check()
        out = functional.conv2d(values, *layer, padding=1)
        return functional.batch_norm(out, None, None, training=True, eps=_EPSILON) if norm else out

    first, *pairs, dense = layers
    values = functional.relu(convolved(given, first))
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        inner = convolved(functional.relu(convolved(values, one)), other)
        values = functional.relu(values + inner if skip else inner)
    return functional.linear(values.mean((2, 3)), *dense)
