"""A network as a list of layers on an input: shapes, weights and multiply-adds, with the numbers in place."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from convviz.core import counting
from convviz.core.limits import Pair, Shape
from convviz.core.shown import grouped
from convviz.core.specs import Activation, ConvSpec, PoolKind, PoolSpec, size_formula
from convviz.core.text import QT_TRANSLATE_NOOP, Problem

MOST_LAYERS = 16
MOST_FILTERS = 4096
MOST_SIDE = 1024

Dims = tuple[int, ...]
"""(C, H, W) of maps, (N,) of a vector."""


class ListedKind(StrEnum):
    """What a layer of the list does."""

    CONV = "conv"
    MAX_POOL = "max_pool"
    AVG_POOL = "avg_pool"
    ACTIVATION = "activation"
    FLATTEN = "flatten"
    DENSE = "dense"


POOLINGS = {ListedKind.MAX_POOL: PoolKind.MAX, ListedKind.AVG_POOL: PoolKind.AVG}


@dataclass(frozen=True)
class Listed:
    """One layer; only the fields of its kind matter.

    Parameters
    ----------
    kind : ListedKind
        What it does.
    count : int
        Filters of a convolution, units of a dense layer; 1 to 4096.
    size, stride, padding, dilation : (int, int)
        Of the window of a convolution or a pooling, vertical and horizontal.
    bias : bool
        Whether each filter or unit has one.
    function : Activation
        Of an activation.
    """

    kind: ListedKind
    count: int = 1
    size: Pair = (3, 3)
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    dilation: Pair = (1, 1)
    bias: bool = True
    function: Activation = Activation.RELU

    def window(self, channels: int) -> ConvSpec | PoolSpec | None:
        """Return one filter over ``channels`` maps, or the pooling; None for a layer without a window."""
        if self.kind is ListedKind.CONV:
            weights = np.zeros((1, channels, *self.size))
            return ConvSpec(weights, stride=self.stride, padding=self.padding, dilation=self.dilation)
        pooling = POOLINGS.get(self.kind)
        return PoolSpec(pooling, self.size, self.stride, self.padding) if pooling is not None else None


@dataclass(frozen=True)
class Counted:
    """A layer on what reaches it.

    Parameters
    ----------
    layer : Listed
        The layer.
    before, after : tuple of int
        Shapes, (C, H, W) or (N,).
    weights, multiply_adds : int
        Learned numbers; products per input.
    size_sum : str
        The number of rows of its output written out, ``10 − 5 + 1 = 6``; empty where nothing slides.
    weight_sum : str
        The number of weights written out, ``4·(5·5·3) = 300``; ``0`` where nothing is learned.
    """

    layer: Listed
    before: Dims
    after: Dims
    weights: int
    multiply_adds: int
    size_sum: str
    weight_sum: str


def count_layers(given: Shape, layers: tuple[Listed, ...]) -> tuple[Counted, ...]:
    """Return every layer on what reaches it, for an input ``given`` (C, H, W).

    Raises
    ------
    Problem
        If there are too many layers, or one cannot work on what reaches it; names the layer.
    """
    if not 1 <= len(layers) <= MOST_LAYERS:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "The list has {count} layers; from 1 to {most} are possible."),
            count=len(layers),
            most=MOST_LAYERS,
        )
    found: list[Counted] = []
    shape: Dims = given
    for number, layer in enumerate(layers, 1):
        try:
            found.append(_counted(layer, shape))
        except Problem as problem:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "Layer {number} of the list: {reason}"),
                number=number,
                reason=problem.sentence,
            ) from None
        shape = found[-1].after
    return tuple(found)


def total_sum(counted: tuple[Counted, ...]) -> str:
    """Return the weights of the layers that have any as a sum, ``300 + 72 + 2 = 374``; else ``0``."""
    learned = [one.weights for one in counted if one.weights]
    total = grouped(sum(learned))
    return f"{' + '.join(map(grouped, learned))} = {total}" if len(learned) > 1 else total


def _counted(layer: Listed, before: Dims) -> Counted:
    match layer.kind:
        case ListedKind.CONV | ListedKind.MAX_POOL | ListedKind.AVG_POOL:
            return _sliding(layer, _maps(before))
        case ListedKind.ACTIVATION:
            return Counted(layer, before, before, 0, 0, "", "0")
        case ListedKind.FLATTEN:
            return Counted(layer, before, (math.prod(before),), 0, 0, "", "0")
        case ListedKind.DENSE:
            return _dense(layer, before)


def _maps(before: Dims) -> Shape:
    if len(before) != 3:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "a window slides over maps, but a vector reaches it; move it up.")
        )
    return before


def _sliding(layer: Listed, before: Shape) -> Counted:
    spec = layer.window(before[0])
    assert spec is not None
    _, rows, columns = spec.output_shape(before)
    size_sum = _size_sum(layer, spec, before[1], rows)
    if isinstance(spec, PoolSpec):
        return Counted(layer, before, (before[0], rows, columns), 0, 0, size_sum, "0")
    # The spec is one filter, with its bias.
    weights = layer.count * (counting.weights(spec) - (0 if layer.bias else 1))
    products = layer.count * counting.multiply_adds(spec, before)
    bias = " + 1" if layer.bias else ""
    inside = f"({layer.size[0]}·{layer.size[1]}·{before[0]}{bias})"
    weight_sum = f"{layer.count}·{inside} = {grouped(weights)}"
    return Counted(layer, before, (layer.count, rows, columns), weights, products, size_sum, weight_sum)


def _size_sum(layer: Listed, spec: ConvSpec | PoolSpec, size: int, result: int) -> str:
    """Return the formula in its short form where nothing but the window matters."""
    kernel, stride = layer.size[0], layer.stride[0]
    plain = layer.padding[0] == 0 and layer.dilation[0] == 1
    if plain and stride == 1:
        return f"{size} − {kernel} + 1 = {result}"
    if plain and stride == kernel and size % kernel == 0:
        return f"{size} / {kernel} = {result}"
    if stride == 1 and layer.dilation[0] == 1:
        return f"{size} + 2·{layer.padding[0]} − {kernel} + 1 = {result}"
    return size_formula(spec, size, 0)


def _dense(layer: Listed, before: Dims) -> Counted:
    if len(before) != 1:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "a dense layer reads a vector; put a flatten layer before it."),
        )
    products = before[0] * layer.count
    weights = products + (layer.count if layer.bias else 0)
    inside = f"({grouped(before[0])} + 1)" if layer.bias else grouped(before[0])
    weight_sum = f"{grouped(layer.count)}·{inside} = {grouped(weights)}"
    return Counted(layer, before, (layer.count,), weights, products, "", weight_sum)
