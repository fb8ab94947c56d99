"""A network of the user's making as a list of layers, checked layer by layer against what reaches it."""

from dataclasses import dataclass
from enum import StrEnum

from convviz.core.counting import filter_multiply_adds, filter_weights
from convviz.core.limits import output_length
from convviz.core.numbers import Amount
from convviz.core.specs import Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence

Shape = tuple[int, ...]

MOST_LAYERS = 16
MOST_WEIGHTS = 2_000_000
MOST_FILTERS = 256
MOST_NEURONS = 1024
MOST_SIDE = 15


class LayerKind(StrEnum):
    """What a layer of the list does."""

    CONVOLUTION = "convolution"
    POOLING = "pooling"
    ACTIVATION = "activation"
    FLATTEN = "flatten"
    DENSE = "dense"


class Pooling(StrEnum):
    """What a pooling takes of each window."""

    MAXIMUM = "max"
    AVERAGE = "average"


class Function(StrEnum):
    """What an activation does to every value."""

    RELU = "relu"
    SIGMOID = "sigmoid"
    TANH = "tanh"


@dataclass(frozen=True)
class LayerPlan:
    """One layer; only the fields of its kind matter.

    Parameters
    ----------
    kind : LayerKind
        What it does.
    count : int
        Filters of a convolution, neurons of a dense layer.
    size : (int, int)
        Rows and columns of the window of a convolution or a pooling, which moves by its own size.
    padding : int
        Rows and columns of zeros around the input of a convolution.
    pooling : Pooling
        Of a pooling.
    function : Function
        Of an activation.
    """

    kind: LayerKind
    count: int = 1
    size: Pair = (3, 3)
    padding: int = 0
    pooling: Pooling = Pooling.MAXIMUM
    function: Function = Function.RELU


class PlanProblem(Problem):
    """A layer that cannot work on what reaches it.

    Attributes
    ----------
    layer : int
        Which one, from 0.
    """

    def __init__(self, layer: int, template: str, **values: object) -> None:
        super().__init__(template, number=layer + 1, **values)
        self.layer = layer


@dataclass(frozen=True)
class NetworkPlan:
    """The layers of a network, the first one first.

    Parameters
    ----------
    layers : tuple of LayerPlan
        May be such that they cannot work; :meth:`shapes` says so.
    """

    layers: tuple[LayerPlan, ...]

    def shapes(self, given: Shape) -> tuple[Shape, ...]:
        """Return the shape behind every layer, (C, H, W) or (N,), for an input ``given`` (C, H, W).

        Raises
        ------
        PlanProblem
            From the first layer that cannot work.
        """
        found: list[Shape] = []
        shape = given
        for number, layer in enumerate(self.layers):
            if number >= MOST_LAYERS:
                raise PlanProblem(
                    number,
                    QT_TRANSLATE_NOOP("Sentence", "Layer {number} is one too many: remove a layer."),
                )
            shape = _RULES[layer.kind](number, layer, shape)
            found.append(shape)
        return tuple(found)

    def weights(self, given: Shape) -> tuple[int, ...]:
        """Return the learned numbers of every layer, biases included."""
        before = (given, *self.shapes(given)[:-1]) if self.layers else ()
        return tuple(_weights(layer, shape) for layer, shape in zip(self.layers, before, strict=True))

    def multiply_adds(self, given: Shape) -> int:
        """Return the multiply-adds of one picture's way through all layers."""
        shapes = (given, *self.shapes(given))
        steps = zip(self.layers, shapes, shapes[1:], strict=False)
        return sum(_multiply_adds(layer, before, after) for layer, before, after in steps)

    def check(self, given: Shape, outputs: int) -> None:
        """Raise a PlanProblem unless the layers turn ``given`` (C, H, W) into ``outputs`` numbers."""
        shapes = self.shapes(given)
        last = len(self.layers) - 1
        if not shapes or len(shapes[-1]) != 1:
            raise PlanProblem(
                max(last, 0),
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "The network ends with maps, not with numbers: add a flatten and a dense layer behind "
                    "layer {number}.",
                ),
            )
        if self.layers[last].kind is LayerKind.DENSE and shapes[-1][0] != outputs:
            raise PlanProblem(
                last,
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "Layer {number} gives {given} numbers, but data and loss ask for {wanted}: give it "
                    "{wanted} neurons.",
                ),
                given=shapes[-1][0],
                wanted=outputs,
            )
        if shapes[-1][0] != outputs:
            raise PlanProblem(
                last,
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "Layer {number} gives {given} numbers, but data and loss ask for {wanted}: add a dense "
                    "layer with {wanted} neurons behind it.",
                ),
                given=shapes[-1][0],
                wanted=outputs,
            )
        weights = self.weights(given)
        if not any(weights):
            raise PlanProblem(
                last,
                QT_TRANSLATE_NOOP("Sentence", "Nothing can be learned: put a dense layer behind {number}."),
            )
        if sum(weights) > MOST_WEIGHTS:
            largest = max(range(len(weights)), key=weights.__getitem__)
            raise PlanProblem(
                largest,
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "Layer {number} alone has {given} weights; the whole network may have {most}. Make it "
                    "smaller, or put a pooling before it.",
                ),
                given=Amount(weights[largest], ","),
                most=Amount(MOST_WEIGHTS, ","),
            )


def _convolution(number: int, layer: LayerPlan, shape: Shape) -> Shape:
    if len(shape) != 3:
        raise PlanProblem(
            number,
            QT_TRANSLATE_NOOP(
                "Sentence", "Layer {number} needs maps, but behind a flatten there are none: move it up."
            ),
        )
    border = layer.padding
    sides = tuple(
        output_length(side, window, 1, border, border, 1)
        for side, window in zip(shape[1:], layer.size, strict=True)
    )
    if min(sides) < 1:
        raise _too_large(number, layer, shape)
    return layer.count, *sides


def _pooling(number: int, layer: LayerPlan, shape: Shape) -> Shape:
    if len(shape) != 3:
        raise PlanProblem(
            number,
            QT_TRANSLATE_NOOP(
                "Sentence", "Layer {number} needs maps, but behind a flatten there are none: move it up."
            ),
        )
    sides = tuple(
        output_length(side, window, window, 0, 0, 1)
        for side, window in zip(shape[1:], layer.size, strict=True)
    )
    if min(sides) < 1:
        raise _too_large(number, layer, shape)
    return shape[0], *sides


def _too_large(number: int, layer: LayerPlan, shape: Shape) -> PlanProblem:
    return PlanProblem(
        number,
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The window of layer {number}, {window}, does not fit on the maps of {maps} that reach it: make "
            "it smaller, or take out a layer before it.",
        ),
        window=f"{layer.size[0]} × {layer.size[1]}",
        maps=f"{shape[1]} × {shape[2]}",
    )


def _flatten(number: int, layer: LayerPlan, shape: Shape) -> Shape:
    del layer
    if len(shape) != 3:
        raise PlanProblem(
            number,
            QT_TRANSLATE_NOOP("Sentence", "Layer {number} flattens what is flat already: remove it."),
        )
    return (shape[0] * shape[1] * shape[2],)


def _dense(number: int, layer: LayerPlan, shape: Shape) -> Shape:
    if len(shape) != 1:
        raise PlanProblem(
            number,
            QT_TRANSLATE_NOOP(
                "Sentence", "Layer {number}, dense, takes numbers and is given maps: put a flatten before it."
            ),
        )
    return (layer.count,)


def _activation(number: int, layer: LayerPlan, shape: Shape) -> Shape:
    del number, layer
    return shape


_RULES = {
    LayerKind.CONVOLUTION: _convolution,
    LayerKind.POOLING: _pooling,
    LayerKind.ACTIVATION: _activation,
    LayerKind.FLATTEN: _flatten,
    LayerKind.DENSE: _dense,
}


def _weights(layer: LayerPlan, shape: Shape) -> int:
    """Return the learned numbers of a layer that is given ``shape``."""
    if layer.kind is LayerKind.CONVOLUTION:
        return filter_weights(layer.count, shape[0], layer.size)
    return filter_weights(layer.count, shape[0]) if layer.kind is LayerKind.DENSE else 0


def _multiply_adds(layer: LayerPlan, shape: Shape, after: Shape) -> int:
    """Return the multiply-adds of a layer that turns ``shape`` into ``after``."""
    if layer.kind is LayerKind.CONVOLUTION:
        return filter_multiply_adds((after[0], after[1], after[2]), shape[0], layer.size)
    return filter_multiply_adds((layer.count, 1, 1), shape[0]) if layer.kind is LayerKind.DENSE else 0


def with_outputs(plan: NetworkPlan, outputs: int) -> NetworkPlan:
    """Return ``plan`` with as many neurons in its last dense layer as data and loss ask for."""
    last = max((n for n, one in enumerate(plan.layers) if one.kind is LayerKind.DENSE), default=None)
    if last is None or any(one.kind is not LayerKind.ACTIVATION for one in plan.layers[last + 1 :]):
        return plan
    layers = list(plan.layers)
    layers[last] = LayerPlan(LayerKind.DENSE, outputs)
    return NetworkPlan(tuple(layers))


def describe(layer: LayerPlan) -> Sentence:
    """Return what a layer is, in a few words."""
    size = f"{layer.size[0]}×{layer.size[1]}"
    texts: dict[LayerKind, tuple[str, dict[str, object]]] = {
        LayerKind.CONVOLUTION: (
            QT_TRANSLATE_NOOP("Sentence", "Conv {size} · {count}"),
            {"size": size, "count": layer.count},
        ),
        LayerKind.POOLING: (
            QT_TRANSLATE_NOOP("Sentence", "Max pooling {size}")
            if layer.pooling is Pooling.MAXIMUM
            else QT_TRANSLATE_NOOP("Sentence", "Average pooling {size}"),
            {"size": size},
        ),
        LayerKind.ACTIVATION: (
            QT_TRANSLATE_NOOP("Sentence", "Activation {name}"),
            {"name": {"relu": "ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}[layer.function.value]},
        ),
        LayerKind.FLATTEN: (QT_TRANSLATE_NOOP("Sentence", "Flatten"), {}),
        LayerKind.DENSE: (QT_TRANSLATE_NOOP("Sentence", "Dense · {count}"), {"count": layer.count}),
    }
    return Sentence(*texts[layer.kind])
