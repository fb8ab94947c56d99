"""A small network written out as one expression F(P): with symbols, then with its numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.numbers import MINUS
from convviz.core.pieces import Line, Piece, PieceKind, sign_of
from convviz.core.shown import number
from convviz.nets.learn.plan import Function, LayerKind, LayerPlan, NetworkPlan, Pooling, Shape

MOST_TERMS = 80
"""Products beyond which a network is not written out."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_NAMES = {Function.RELU: "ReLU", Function.SIGMOID: "σ", Function.TANH: "tanh"}
# Letters of the weights and of the bias, layer by layer.
_LETTERS = (("w", "b"), ("v", "c"), ("u", "d"), ("t", "e"))


@dataclass(frozen=True)
class _Leaf:
    """One value of the input."""

    index: int


@dataclass(frozen=True)
class _Weight:
    """A learned number: its letter with index, and its value."""

    symbol: str
    value: float


@dataclass(frozen=True)
class _Sum:
    """Weights times values, and a bias."""

    terms: tuple[tuple[_Weight, "_Node"], ...]
    bias: _Weight


@dataclass(frozen=True)
class _Call:
    """A function of values."""

    name: str
    inside: tuple["_Node", ...]


_Node = _Leaf | _Sum | _Call


def expression(
    plan: NetworkPlan, given: Shape, weights: NDArray[np.float32], picture: NDArray[np.float32]
) -> tuple[Line, ...]:
    """Return the first output of a network as lines of text.

    Parameters
    ----------
    plan : NetworkPlan
        Layers that fit.
    given : (int, int, int)
        Shape (C, H, W) of the input.
    weights : ndarray of float32, shape (W,)
        As :func:`convviz.nets.learn.build.to_vector` gives them.
    picture : ndarray of float32, shape (C, H, W)
        What the last line is computed with.

    Returns
    -------
    tuple of Line
        With symbols; with the weights' numbers; with the picture's too. Empty if there are too many products.
    """
    if terms(plan, given) > MOST_TERMS:
        return ()
    nodes: NDArray[np.object_] = np.array([_Leaf(n) for n in range(int(np.prod(given)))], object)
    nodes = nodes.reshape(given)
    start = level = 0
    for layer in plan.layers:
        if layer.kind in (LayerKind.CONVOLUTION, LayerKind.DENSE):
            nodes, start = _learned(layer, nodes, weights, start, level)
            level += 1
        else:
            nodes = _fixed(layer, nodes)
    root: _Node = nodes.reshape(-1)[0]
    values = picture.reshape(-1)
    symbols = (Piece("F(P) = "), *_write(root, None, symbolic=True))
    numbers = (Piece("F(P) = "), *_write(root, None, symbolic=False))
    result = Piece(number(_value(root, values)).signed, PieceKind.RESULT)
    filled = (Piece("F(P) = "), *_write(root, values, symbolic=False), Piece(" ≈ "), result)
    return symbols, numbers, filled


def terms(plan: NetworkPlan, given: Shape) -> int:
    """Return how many products the first output of a network has when it is written out."""
    return int(_terms(plan, given, len(plan.layers)))


def _terms(plan: NetworkPlan, given: Shape, depth: int) -> float:
    """Return the products of one number behind ``depth`` layers, counted without writing them."""
    count = 1.0
    shapes = (given, *plan.shapes(given))
    for layer, shape in zip(plan.layers[:depth], shapes, strict=False):
        if layer.kind is LayerKind.CONVOLUTION:
            count *= layer.size[0] * layer.size[1] * shape[0]
        elif layer.kind is LayerKind.DENSE:
            count *= shape[0]
        elif layer.kind is LayerKind.POOLING:
            count *= layer.size[0] * layer.size[1]
    return count


def _learned(
    layer: LayerPlan, nodes: NDArray[np.object_], vector: NDArray[np.float32], start: int, level: int
) -> tuple[NDArray[np.object_], int]:
    """Return the values behind a layer with weights, and where the next one's weights begin."""
    letter, bias_letter = _LETTERS[min(level, len(_LETTERS) - 1)]
    is_map = layer.kind is LayerKind.CONVOLUTION
    inputs = nodes.shape[0] * (layer.size[0] * layer.size[1] if is_map else 1)
    kernel = vector[start : start + inputs * layer.count].reshape(layer.count, inputs)
    bias = vector[start + kernel.size : start + kernel.size + layer.count]
    named = [
        [_Weight(_symbol(letter, f * inputs + n, kernel.size), float(kernel[f, n])) for n in range(inputs)]
        for f in range(layer.count)
    ]
    biases = [_Weight(_symbol(bias_letter, f, layer.count), float(bias[f])) for f in range(layer.count)]

    def sums(reads: list[_Node | None]) -> list[_Sum]:
        return [
            _Sum(tuple((w, one) for w, one in zip(row, reads, strict=True) if one is not None), b)
            for row, b in zip(named, biases, strict=True)
        ]

    end = start + kernel.size + layer.count
    if not is_map:
        return _array(sums(list(nodes)), (layer.count,)), end
    border = layer.padding
    padded = np.full((nodes.shape[0], *(side + 2 * border for side in nodes.shape[1:])), None, object)
    padded[:, border : border + nodes.shape[1], border : border + nodes.shape[2]] = nodes
    rows = padded.shape[1] - layer.size[0] + 1
    columns = padded.shape[2] - layer.size[1] + 1
    cells: list[_Sum] = []
    for top in range(rows):
        for left in range(columns):
            window = padded[:, top : top + layer.size[0], left : left + layer.size[1]]
            cells += sums(list(window.reshape(-1)))
    return _array(cells, (rows, columns, layer.count)).transpose(2, 0, 1), end


def _fixed(layer: LayerPlan, nodes: NDArray[np.object_]) -> NDArray[np.object_]:
    if layer.kind is LayerKind.FLATTEN:
        return nodes.reshape(-1)
    if layer.kind is LayerKind.ACTIVATION:
        called = [_Call(_NAMES[layer.function], (one,)) for one in nodes.reshape(-1)]
        return _array(called, nodes.shape)
    name = "max" if layer.pooling is Pooling.MAXIMUM else "mean"
    rows, columns = (side // window for side, window in zip(nodes.shape[1:], layer.size, strict=True))
    cells = []
    for channel in nodes:
        for y in range(rows):
            for x in range(columns):
                top, left = y * layer.size[0], x * layer.size[1]
                window = channel[top : top + layer.size[0], left : left + layer.size[1]]
                cells.append(_Call(name, tuple(window.reshape(-1))))
    return _array(cells, (nodes.shape[0], rows, columns))


def _array(cells: list[_Sum] | list[_Call], shape: tuple[int, ...]) -> NDArray[np.object_]:
    out = np.empty(len(cells), object)
    out[:] = cells
    return out.reshape(shape)


def _symbol(letter: str, index: int, count: int) -> str:
    return letter if count == 1 else letter + str(index + 1).translate(_SUBSCRIPTS)


def _write(node: _Node, values: NDArray[np.float32] | None, *, symbolic: bool) -> list[Piece]:
    """Return the pieces of a value; ``values`` in place of the input's symbols if given."""
    if isinstance(node, _Leaf):
        text = "p" + str(node.index + 1).translate(_SUBSCRIPTS)
        return [Piece(text if values is None else number(float(values[node.index])).bracketed)]
    if isinstance(node, _Call):
        out = [Piece(f"{node.name}(")]
        for index, one in enumerate(node.inside):
            out += [Piece(", ")] if index else []
            out += _write(one, values, symbolic=symbolic)
        return [*out, Piece(")")]
    out = []
    for index, (weight, one) in enumerate(node.terms):
        out += _factor(weight, index == 0, symbolic)
        inside = _write(one, values, symbolic=symbolic)
        # A sum that is multiplied stands in brackets.
        brackets = isinstance(one, _Sum)
        out += [Piece("·("), *inside, Piece(")")] if brackets else [Piece("·"), *inside]
    return [*out, *_factor(node.bias, not node.terms, symbolic)]


def _factor(weight: _Weight, first: bool, symbolic: bool) -> list[Piece]:
    """Return a weight with the sign before it."""
    if symbolic:
        return [*([] if first else [Piece(" + ")]), Piece(weight.symbol, PieceKind.CHANNEL)]
    shown, kind = number(weight.value), sign_of(weight.value)
    if first:
        return [Piece(shown.signed, kind)]
    return [Piece(f" {MINUS} " if shown.minus else " + "), Piece(shown.text, kind)]


def _value(node: _Node, values: NDArray[np.float32]) -> float:
    if isinstance(node, _Leaf):
        return float(values[node.index])
    if isinstance(node, _Sum):
        return sum(weight.value * _value(one, values) for weight, one in node.terms) + node.bias.value
    inside = [_value(one, values) for one in node.inside]
    if node.name in ("max", "mean"):
        return max(inside) if node.name == "max" else sum(inside) / len(inside)
    if node.name == "ReLU":
        return max(inside[0], 0.0)
    return float(np.tanh(inside[0])) if node.name == "tanh" else float(1 / (1 + np.exp(-inside[0])))
