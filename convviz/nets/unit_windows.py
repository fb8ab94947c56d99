"""One unit of a convolution, a pooling or a linear layer taken apart."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from convviz.core.cells import ConvolutionCell, PoolingCell, Products, Term
from convviz.core.geometry import wrap
from convviz.core.specs import PaddingMode, PoolKind
from convviz.nets.records import Kind, Window
from convviz.nets.unit_cells import Contribution, LinearCell, MeanCell, Source
from convviz.nets.unit_parts import Asked, Feed, Parts

# A class reads the first few products of a linear layer, not all 25 088.
MOST_CONTRIBUTIONS = 12
# Windows with more values than this are written out by the largest alone.
MOST_TERMS = 64


def convolution(asked: Asked) -> Parts | None:
    """Take apart a unit of a two-dimensional convolution: every product, the sums per channel, the bias."""
    weights, window = asked.learned("weight"), asked.layer.window
    if weights is None or window is None or weights.ndim != 4 or asked.layer.function != "conv2d":
        return None
    values = asked.input()
    if values.ndim != 3:
        return None
    channel, y, x = asked.index
    per_group = weights.shape[1]
    first = channel // (len(weights) // window.groups) * per_group
    rows, columns = (
        _taps(window, axis, position, size)
        for axis, position, size in zip((0, 1), (y, x), weights.shape[2:], strict=True)
    )
    mode = PaddingMode(window.padding_mode)
    positions = np.array(rows, np.int64), np.array(columns, np.int64)
    ys, xs = (wrap(at, values.shape[1 + axis], mode) for axis, at in enumerate(positions))
    patch = _read(values[first : first + per_group], ys, xs)
    kernel, bias = weights[channel].astype(np.float64), asked.learned("bias")
    products = kernel * patch
    partial = tuple(products.sum(axis=(1, 2)).tolist())
    added = 0.0 if bias is None else float(bias[channel])
    cell = ConvolutionCell(
        Products(kernel, patch, first, positions, (ys, xs)), partial, added, sum(partial) + added
    )
    feed = Feed(asked.layer.inputs[0], (range(first, first + per_group), rows, columns))
    scale = float(np.abs(products).sum()) + abs(added)
    return Parts(cell, (feed,), scale, products.size + 1, patch, kernel)


def _taps(window: Window, axis: int, position: int, size: int) -> range:
    """Return the positions that a kernel of ``size`` taps reads for output ``position``."""
    start = position * window.stride[axis] - window.padding[axis]
    return range(start, start + size * window.dilation[axis], window.dilation[axis])


def _read(values: NDArray[np.float32], ys: NDArray[np.int64], xs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the values where ``ys`` and ``xs`` cross, 0 where one of them is −1: in the border of zeros."""
    out = np.zeros((len(values), len(ys), len(xs)))
    inside = np.ix_(ys >= 0, xs >= 0)
    rows, columns = ys[ys >= 0], xs[xs >= 0]
    out[:, inside[0], inside[1]] = values[:, rows[:, np.newaxis], columns]
    return out


def pooling(asked: Asked) -> Parts | None:
    """Take apart a unit of a max or average pooling, adaptive and global ones too."""
    layer, values = asked.layer, asked.input()
    # Neither a mean nor a maximum: the root of a sum of powers.
    if values.ndim != 3 or layer.function.startswith("lp_pool"):
        return None
    if layer.kind is Kind.GLOBAL_POOLING or "adaptive" in layer.function:
        return _adaptive(asked)
    if layer.window is None or len(asked.index) != 3:
        return None
    window, (_, y, x) = layer.window, asked.index
    rows, columns = (_taps(window, axis, (y, x)[axis], window.kernel[axis]) for axis in (0, 1))
    return _pooled(asked, rows, columns, window)


def _adaptive(asked: Asked) -> Parts | None:
    """Windows from ⌊i·n/m⌋ up to ⌈(i + 1)·n/m⌉, as ``torch.nn.AdaptiveAvgPool2d`` takes them."""
    shape, values = asked.output.shape, asked.input()
    cell, outputs = (asked.index[1:], shape[1:]) if len(shape) == 3 else ((0, 0), (1, 1))
    if shape[0] != len(values) or len(shape) not in (1, 3):
        return None
    rows, columns = (
        range(i * n // m, -((-(i + 1) * n) // m))
        for i, n, m in zip(cell, values.shape[1:], outputs, strict=True)
    )
    return _pooled(asked, rows, columns, None)


def _pooled(asked: Asked, rows: range, columns: range, window: Window | None) -> Parts:
    """Take apart a window; the mean over a large one by its largest values."""
    channel, values = asked.index[0], asked.input()[asked.index[0]]
    kind = PoolKind.MAX if "max" in asked.layer.function else PoolKind.AVG
    inside = [range_inside(r, n) for r, n in zip((rows, columns), values.shape, strict=True)]
    read = values[np.ix_(*inside)].astype(np.float64)
    if kind is PoolKind.AVG and read.size > MOST_TERMS:
        return _mean(asked, (rows, columns), (inside[0], inside[1]), read, window)
    winner = int(read.argmax()) if kind is PoolKind.MAX else -1
    cells = zip(read.ravel().tolist(), product(*inside), strict=True)
    terms = tuple(
        Term(None, v, channel, (y, x), (y, x), (rows.index(y), columns.index(x)), i == winner)
        for i, (v, (y, x)) in enumerate(cells)
    )
    count = len(terms) if kind is PoolKind.MAX else _divisor(asked, rows, columns, window, len(terms))
    total = float(read.max()) if kind is PoolKind.MAX else float(read.sum()) / count
    feed = Feed(asked.layer.inputs[0], (range(channel, channel + 1), rows, columns))
    scale = float(np.abs(read).sum()) / count
    return Parts(PoolingCell(kind, terms, count, total), (feed,), scale, len(terms))


def _mean(
    asked: Asked,
    given: tuple[range, range],
    inside: tuple[range, range],
    read: NDArray[np.float64],
    window: Window | None,
) -> Parts:
    channel, layer = asked.index[0], asked.layer.inputs[0]
    count, values = _divisor(asked, *given, window, read.size), read.ravel()
    order = np.argsort(-np.abs(values), kind="stable")
    shown, others = order[:MOST_CONTRIBUTIONS], order[MOST_CONTRIBUTIONS:]
    places = (divmod(int(at), read.shape[1]) for at in shown)
    largest = tuple(
        Source(layer, (channel, inside[0][y], inside[1][x]), float(read[y, x])) for y, x in places
    )
    total = float(values.sum()) / count
    cell = MeanCell(largest, len(others), float(values[others].sum()), count, total)
    feed = Feed(layer, (range(channel, channel + 1), *given))
    return Parts(cell, (feed,), float(np.abs(values).sum()) / count, values.size)


def range_inside(positions: range, size: int) -> range:
    """Return those of ``positions`` that are at least 0 and less than ``size``."""
    step = positions.step
    start = positions.start if positions.start >= 0 else positions.start % step
    return range(start, min(positions.stop, size), step)


def _divisor(asked: Asked, rows: range, columns: range, window: Window | None, inside: int) -> int:
    """Return what a mean is divided by: the border counts unless told otherwise."""
    override = int(asked.layer.numbers.get("divisor_override", 0))
    if override:
        return override
    if window is None or not window.count_padding:
        return inside
    sizes = asked.input().shape[1:]
    rows, columns = (
        range(r.start, min(r.stop, n + p))
        for r, n, p in zip((rows, columns), sizes, window.padding, strict=True)
    )
    return len(rows) * len(columns)


def _is_left_out(remains: float, bias: float, scale: float) -> bool:
    """Whether the network's value leaves no room for a bias: Swin v2's code sets that of its keys to 0."""
    return abs(remains) <= 1e-5 * scale < abs(remains - bias)


def linear(asked: Asked) -> Parts | None:
    """Take apart one number of a linear layer: its largest products, the sum of the others, the bias."""
    weights = asked.learned("weight")
    values = asked.input()
    row = asked.index[:-1]
    if weights is None or weights.ndim != 2 or values.shape[-1] != weights.shape[1]:
        return None
    number, vector = asked.index[-1], values[row].astype(np.float64)
    row_of, bias = weights[number].astype(np.float64), asked.learned("bias")
    products = row_of * vector
    order = np.argsort(-np.abs(products), kind="stable")
    shown, others = order[:MOST_CONTRIBUTIONS], order[MOST_CONTRIBUTIONS:]
    largest = tuple(Contribution(int(i), float(row_of[i]), float(vector[i])) for i in shown)
    rest, summed = float(products[others].sum()), float(products.sum())
    added = 0.0 if bias is None else float(bias[number])
    if added and _is_left_out(asked.own - summed, added, float(np.abs(products).sum())):
        added = 0.0
    total = summed + added
    cell = LinearCell(largest, len(others), rest, added, total)
    axes = (*(range(i, i + 1) for i in row), range(len(vector)))
    scale = float(np.abs(products).sum()) + abs(added)
    return Parts(cell, (Feed(asked.layer.inputs[0], axes),), scale, len(vector) + 1)
