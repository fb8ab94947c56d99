"""One unit of a layer that shifts, cuts or puts in values, as transformers do, going by what it did."""

from itertools import combinations, permutations, product

import numpy as np
from numpy.typing import NDArray

from convviz.nets.attention_cells import ConstantCell, LearnedCell
from convviz.nets.unit_cells import Copy, CopyCell, FunctionCell, Index, PaddingCell, ProductCell, SumCell
from convviz.nets.unit_parts import Asked, Parts, one

Values = NDArray[np.float32]

# A value that occurs more often than this does not tell where it came from.
_MOST_PLACES = 64
_MADE = ("new_zeros", "new_ones", "new_full", "zeros_like", "ones_like", "full_like")


def rolled(asked: Asked) -> Parts | None:
    """Say where a value was before the layer shifted its input around."""
    values, output = asked.input(), asked.output
    if values.shape != output.shape or not output.size:
        return None
    axes, anchor = tuple(range(values.ndim)), _anchor(output)
    for place in _places(values, output[anchor]):
        shift = tuple((i - p) % n for i, p, n in zip(anchor, place, values.shape, strict=True))
        if np.array_equal(np.roll(values, shift, axes), output):
            before = ((i - s) % n for i, s, n in zip(asked.index, shift, values.shape, strict=True))
            return _copy(asked, tuple(before), Copy.ROLLED)
    return None


def _anchor(output: Values) -> Index:
    """Return a place whose value is found again: the largest, where others may be zeros of a border."""
    return tuple(int(i) for i in np.unravel_index(int(np.abs(output).argmax()), output.shape))


def _places(values: Values, value: np.generic) -> list[Index]:
    """Return where in ``values`` a value is, if it is not too often there."""
    found = np.argwhere(values == value)
    return [tuple(place) for place in found.tolist()] if len(found) <= _MOST_PLACES else []


def _copy(asked: Asked, place: Index, how: Copy) -> Parts:
    # Of a batch that was put in front of the input and taken off again, nothing is known there.
    source = asked.source(0, place[len(place) - asked.input().ndim :])
    return Parts(CopyCell(source, how, source.value), (one(source),), 0.0)


def permuted(asked: Asked) -> Parts | None:
    """Say where a value was before the layer permuted its axes, where the first of one is among them."""
    values, output = asked.input()[None], asked.output
    if values.size != output.size or values.ndim != output.ndim or values.ndim > 6:
        return None
    for order in permutations(range(values.ndim)):
        moved = values.transpose(order)
        if _same(moved, output):
            place = [0] * values.ndim
            for axis, position in zip(order, asked.index, strict=True):
                place[axis] = position
            return _copy(asked, tuple(place), Copy.PERMUTED)
    return None


def sliced(asked: Asked) -> Parts | None:
    """Say where a value was before the layer took a part of its input along several axes, or every n-th."""
    output = asked.output
    if not output.size or output.dtype.kind != "f":
        return None
    anchor = _anchor(output)
    for values in (asked.input(), asked.input()[None]):
        for kept in combinations(range(values.ndim), output.ndim):
            for place in _places(values, output[anchor]):
                part = _part(values, output, place, kept, anchor)
                if part is None:
                    continue
                before = list(place)
                for axis, cut, i in zip(kept, part, asked.index, strict=True):
                    before[axis] = cut[i]
                return _copy(asked, tuple(before), Copy.CUT_OUT)
    return None


def _part(
    values: Values, output: Values, place: Index, kept: tuple[int, ...], anchor: Index
) -> tuple[range, ...] | None:
    """Return which positions along the axes ``kept`` give the output, whose ``anchor`` lies at ``place``."""
    choices = []
    for axis, i, n in zip(kept, anchor, output.shape, strict=True):
        size = values.shape[axis]
        steps = range(1, (size - 1) // (n - 1) + 1) if n > 1 else range(1, 2)
        starts = ((place[axis] - step * i, step) for step in steps)
        choices.append([range(s, s + t * n, t) for s, t in starts if s >= 0 and s + t * (n - 1) < size])
    for cut in product(*choices):
        where: list[int | slice] = list(place)
        for axis, part in zip(kept, cut, strict=True):
            where[axis] = slice(part.start, part.stop, part.step)
        if np.array_equal(values[tuple(where)], output):
            return cut
    return None


def padded(asked: Asked) -> Parts | None:
    """Say of a value whether it is the input's or of a border of one number around it, on any axis."""
    values, output = asked.input(), asked.output
    if values.ndim != output.ndim:
        return None
    spare = [large - small for large, small in zip(output.shape, values.shape, strict=True)]
    if min(spare) < 0 or int(np.prod([n + 1 for n in spare])) > _MOST_PLACES:
        return None
    for start in product(*(range(n + 1) for n in spare)):
        inside = tuple(slice(s, s + n) for s, n in zip(start, values.shape, strict=True))
        if not np.array_equal(output[inside], values):
            continue
        place = tuple(i - s for i, s in zip(asked.index, start, strict=True))
        if all(0 <= p < n for p, n in zip(place, values.shape, strict=True)):
            return _copy(asked, place, Copy.PADDED)
        return Parts(PaddingCell(asked.own), asked.everything(), 0.0)
    return None


def learned_first(asked: Asked) -> Parts | None:
    """Take apart a concatenation of a learned part, as a class token is, and the only input."""
    names, values, output = asked.layer.parameters, asked.input(), asked.output
    learned = [(name, asked.parameter(name)) for name in names.values()]
    if len(asked.layer.inputs) != 1 or len(learned) != 1 or values.ndim != output.ndim:
        return None
    name, part = learned[0]
    part = part.reshape(part.shape[-output.ndim :])
    orders = ((axis, first) for axis in range(output.ndim) for first in (True, False))
    for axis, first in orders:
        parts = (part, values) if first else (values, part)
        if not _fit(part.shape, values.shape, axis) or not _same(np.concatenate(parts, axis), output):
            continue
        length, at = parts[0].shape[axis], asked.index[axis]
        before = (*asked.index[:axis], at if at < length else at - length, *asked.index[axis + 1 :])
        if (at < length) == first:
            return Parts(LearnedCell(name, float(part[before])), (), 0.0)
        return _copy(asked, before, Copy.CONCATENATED)
    return None


def _same(left: Values, right: Values) -> bool:
    return left.shape == right.shape and np.array_equal(left, right)


def _fit(left: tuple[int, ...], right: tuple[int, ...], axis: int) -> bool:
    """Whether two shapes differ along ``axis`` at most."""
    return left[:axis] == right[:axis] and left[axis + 1 :] == right[axis + 1 :]


def put_in(asked: Asked) -> Parts | None:
    """Say of a value of a tensor that the network's code fills whether it was kept, or put in."""
    function = asked.layer.function
    if function in _MADE:
        return Parts(ConstantCell(function, asked.own), (), 0.0)
    if function not in ("setitem", "masked_fill") or asked.input().shape != asked.output.shape:
        return None
    is_masked = function == "masked_fill" and len(asked.layer.inputs) == 2
    if is_masked:
        mask = np.broadcast_to(asked.input(1), asked.output.shape)
        kept = not mask[asked.index]
    else:
        kept = asked.value(0, asked.index) == asked.own
    if kept:
        return _copy(asked, asked.index, Copy.KEPT)
    # What is set may be another layer's value.
    known = is_masked or len(asked.layer.inputs) == 1
    return Parts(ConstantCell(function, asked.own), (), 0.0) if known else None


def compared(asked: Asked) -> Parts | None:
    """Take apart a comparison with 0, by which masks are made."""
    values, output, function = asked.input(), asked.output, asked.layer.function
    if function not in ("eq", "ne") or values.shape != output.shape:
        return None
    is_equal = values == 0 if function == "eq" else values != 0
    if not np.array_equal(is_equal, output):
        return None
    source = asked.source(0, asked.index)
    name = "[= 0]" if function == "eq" else "[≠ 0]"
    return Parts(FunctionCell(name, "", source.value, float(is_equal[asked.index])), (one(source),), 0.0)


def position_bias(asked: Asked) -> Parts | None:
    """Take apart a sum with a learned number for every distance of two tokens, looked up in a table.

    Liu et al., "Swin Transformer" (2021), section 3.2: B of softmax(QKᵀ/√d + B)·V. The table's places are in
    a buffer of the module beside it.
    """
    full = asked.layer.parameters.get("relative_position_bias_table")
    if full is None or len(asked.layer.inputs) != 1 or len(asked.index) < 3:
        return None
    table = asked.parameter(full)
    try:
        where = asked.parameter(full.removesuffix("bias_table") + "index").reshape(-1)
    except KeyError:
        return None
    *_, head, row, column = asked.index
    tokens = asked.output.shape[-1]
    if len(where) != tokens**2 or table.ndim != 2 or head >= table.shape[1]:
        return None
    source, added = asked.source(0, asked.index), float(table[where[row * tokens + column], head])
    cell = SumCell((source,), (1.0,), source.value + added, added)
    return Parts(cell, (one(source),), abs(source.value) + abs(added), 2)


def joined_with_learned(asked: Asked) -> Parts | None:
    """Take apart a sum or product with a number computed from learned ones alone, read off the result."""
    function = asked.layer.function
    if len(asked.layer.inputs) != 1 or not asked.layer.parameters:
        return None
    if asked.input().shape != asked.output.shape:
        return None
    source = asked.source(0, asked.index)
    if function == "add":
        added = asked.own - source.value
        return Parts(
            SumCell((source,), (1.0,), asked.own, added, is_read_off=True), (one(source),), abs(asked.own)
        )
    if function == "mul" and source.value:
        factor = asked.own / source.value
        cell = ProductCell(source, None, factor, asked.own, is_read_off=True)
        return Parts(cell, (one(source),), abs(asked.own))
    return None
