"""One unit of a layer that joins or moves values: add, multiply, concatenate, reshape, pad, dropout."""

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import wrap
from convviz.core.specs import PaddingMode
from convviz.nets.unit_cells import Copy, CopyCell, Index, PaddingCell, ProductCell, Source, SumCell
from convviz.nets.unit_parts import Asked, Feed, Parts, one

Values = NDArray[np.float32]


def add(asked: Asked) -> Parts | None:
    """Take apart a unit of a sum or a difference of layers, or of one and a learned or fixed number."""
    sources = _operands(asked)
    sign = -1.0 if asked.layer.function.strip("_") in ("sub", "isub", "subtract") else 1.0
    constant = _constant(asked) if len(sources) == 1 else 0.0
    if constant is None:
        return None
    weights, added = (1.0, *(sign for _ in sources[1:])), sign * constant
    total = sum(w * s.value for w, s in zip(weights, sources, strict=True)) + added
    scale = sum(abs(source.value) for source in sources) + abs(added)
    cell = SumCell(tuple(sources), weights, total, added)
    return Parts(cell, tuple(map(one, sources)), scale, len(sources) + 1)


def _constant(asked: Asked) -> float | None:
    """Return the learned or fixed number that the only operand is joined with; None if it is not known."""
    if "scalar" in asked.layer.numbers:
        return asked.layer.numbers["scalar"]
    names = list(asked.layer.parameters)
    learned = asked.learned(names[0]) if len(names) == 1 else None
    if learned is None or learned.ndim > len(asked.index) + 1:
        return None
    place = _broadcast(asked.index, learned.shape)
    fits = all(i < n for i, n in zip(place, learned.shape, strict=True))
    return float(learned[place]) if fits else None


def multiply(asked: Asked) -> Parts | None:
    """Take apart a unit of a product: a map's value and its gate, or a learned factor."""
    sources = _operands(asked)
    if len(sources) == 2:
        # The gate is the smaller one: one number per map.
        source, gate = sorted(sources, key=lambda s: -_size(asked, s))
        total = source.value * gate.value
        feeds = (one(source), one(gate))
        return Parts(ProductCell(source, gate, gate.value, total), feeds, abs(total))
    factor = _constant(asked) if len(sources) == 1 else None
    if factor is None:
        return None
    factor = 1 / factor if asked.layer.function == "div" and factor else factor
    total = sources[0].value * factor
    return Parts(ProductCell(sources[0], None, factor, total), (one(sources[0]),), abs(total))


def _operands(asked: Asked) -> list[Source]:
    return [
        asked.source(number, _broadcast(asked.index, asked.input(number).shape))
        for number in range(len(asked.layer.inputs))
    ]


def _size(asked: Asked, source: Source) -> int:
    return asked.input(asked.layer.inputs.index(source.layer)).size


def _broadcast(index: Index, shape: tuple[int, ...]) -> Index:
    """Return where an operand of ``shape`` is read for ``index`` of the result."""
    index, shape_ = index[max(0, len(index) - len(shape)) :], shape[max(0, len(shape) - len(index)) :]
    place = tuple(0 if n == 1 else i for i, n in zip(index, shape_, strict=True))
    return (0,) * (len(shape) - len(place)) + place


def concatenate(asked: Asked) -> Parts | None:
    """Say from which input a value of a concatenation comes, and where it was there."""
    shapes, shape = [asked.input(n).shape for n in range(len(asked.layer.inputs))], asked.output.shape
    if any(len(s) != len(shape) for s in shapes):
        return None
    for axis, length in enumerate(shape):
        if sum(s[axis] for s in shapes) != length:
            continue
        place, number = asked.index[axis], 0
        while place >= shapes[number][axis]:
            place, number = place - shapes[number][axis], number + 1
        index = (*asked.index[:axis], place, *asked.index[axis + 1 :])
        if all(i < n for i, n in zip(index, shapes[number], strict=True)):
            return _copy(asked.source(number, index), Copy.CONCATENATED)
    return None


def _copy(source: Source, how: Copy) -> Parts:
    return Parts(CopyCell(source, how, source.value), (one(source),), 0.0)


def same(asked: Asked) -> Parts | None:
    """Say of a dropout, which does nothing unless the network learns, where its value comes from."""
    if asked.input().shape != asked.output.shape:
        return None
    return _copy(asked.source(0, asked.index), Copy.DROPOUT)


def moved(asked: Asked) -> Parts | None:
    """Say where a value was before the layer reshaped, permuted or cut its input, going by the values.

    What such a layer was told (dimensions, offsets) is seen in what it did: the rule that gives its whole
    output is the one it followed.
    """
    if not asked.layer.inputs:
        return None
    values, output = asked.input(), asked.output
    if values.size == output.size and _equal(values.reshape(output.shape), output):
        flat = int(np.ravel_multi_index(asked.index, output.shape))
        index = tuple(int(i) for i in np.unravel_index(flat, values.shape))
        return _copy(asked.source(0, index), Copy.SAME if values.shape == output.shape else Copy.RESHAPED)
    return _permuted(asked) or _cut(asked)


def _equal(left: Values, right: Values) -> bool:
    return left.shape == right.shape and np.array_equal(left, right, equal_nan=left.dtype.kind == "f")


def _permuted(asked: Asked) -> Parts | None:
    values, output = asked.input(), asked.output
    if values.size != output.size or values.ndim != output.ndim or values.ndim > 5:
        return None
    for order in permutations(range(values.ndim)):
        if _equal(values.transpose(order), output):
            index = [0] * values.ndim
            for axis, position in zip(order, asked.index, strict=True):
                index[axis] = position
            return _copy(asked.source(0, tuple(index)), Copy.PERMUTED)
    return None


def _cut(asked: Asked) -> Parts | None:
    """Look for the output as a part of the input: what ``chunk``, ``split`` and indexing give."""
    for offset, dropped in _offsets(asked.input(), asked.output):
        place = list(asked.index)
        if dropped is not None:
            place.insert(dropped, 0)
        index = tuple(i + o for i, o in zip(place, offset, strict=True))
        return _copy(asked.source(0, index), Copy.CUT_OUT)
    return None


def _offsets(values: Values, output: Values) -> Iterator[tuple[Index, int | None]]:
    """Yield where along one axis the output lies in the input, and which axis of length 1 was dropped."""
    for axis in range(values.ndim):
        dropped = axis if output.ndim == values.ndim - 1 else None
        part = np.expand_dims(output, axis) if dropped is not None else output
        rest = [n for i, n in enumerate(values.shape) if i != axis]
        if part.ndim != values.ndim or [n for i, n in enumerate(part.shape) if i != axis] != rest:
            continue
        length = part.shape[axis]
        for start in range(values.shape[axis] - length + 1):
            window = values[(slice(None),) * axis + (slice(start, start + length),)]
            if _equal(window, part):
                yield (0,) * axis + (start,) + (0,) * (values.ndim - axis - 1), dropped


def pad(asked: Asked) -> Parts | None:
    """Say of a value of a padding layer whether it is its input's or the border's, going by the values.

    How wide the border is and what it holds is seen in what the layer did: the first border that gives the
    whole map is taken. One that holds a single value is a constant, another repeats what lies within.
    """
    values, output = asked.input(), asked.output
    if values.ndim != 3 or output.ndim != 3 or len(values) != len(output):
        return None
    channel, *cell = asked.index
    for at, mode in _borders(values[channel], output[channel]):
        y, x = (int(wrap(p, n, mode)[i]) for p, n, i in zip(at, values.shape[1:], cell, strict=True))
        if y >= 0 and x >= 0:
            return _copy(asked.source(0, (channel, y, x)), Copy.PADDED)
        around = tuple(range(int(p[i]), int(p[i]) + 1) for p, i in zip(at, cell, strict=True))
        feed = Feed(asked.layer.inputs[0], (range(channel, channel + 1), *around))
        return Parts(PaddingCell(asked.own), (feed,), 0.0)
    return None


def _borders(before: Values, after: Values) -> Iterator[tuple[list[NDArray[np.int64]], PaddingMode]]:
    """Yield the positions read, and the mode, for every border that makes ``after`` of ``before``."""
    spare = [large - small for large, small in zip(after.shape, before.shape, strict=True)]
    for top, left in product(*(range(n + 1) for n in spare)):
        inside = slice(top, top + before.shape[0]), slice(left, left + before.shape[1])
        if not _equal(after[inside], before):
            continue
        border = np.ones(after.shape, np.bool_)
        border[inside] = False
        at = [np.arange(n, dtype=np.int64) - b for n, b in zip(after.shape, (top, left), strict=True)]
        if np.unique(after[border]).size <= 1:
            yield at, PaddingMode.ZEROS
        for mode in (PaddingMode.REFLECT, PaddingMode.REPLICATE, PaddingMode.CIRCULAR):
            read = [wrap(p, n, mode) for p, n in zip(at, before.shape, strict=True)]
            if all((r >= 0).all() for r in read) and _equal(before[np.ix_(*read)], after):
                yield at, mode
