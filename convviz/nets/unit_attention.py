"""One unit of an attention layer, or of the matrix products an attention is written with, taken apart."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from convviz.nets.attention_cells import (
    Attended,
    AttentionCell,
    Factors,
    Head,
    LengthCell,
    MatrixCell,
    Role,
)
from convviz.nets.records import INPUT, Architecture, Kind
from convviz.nets.unit_cells import Index
from convviz.nets.unit_parts import Asked, Feed, Parts

Numbers = NDArray[np.float64]

MOST_HEADS = 3
MOST_TOKENS = 16
MOST_FACTORS = 64
# As of a softmax: scores up to here are raised as they are.
_LARGEST_SCORE = 60.0
# What may lie between a matrix product and the softmax it is for: scale, position, mask, reshape.
_BETWEEN = (Kind.ADD, Kind.MULTIPLY, Kind.RESHAPE, Kind.DROPOUT)
_STEPS_BETWEEN = 6


class _Projected(NamedTuple):
    """Scores and values of every token in every head, and the sizes of what the values are added up from."""

    scores: Numbers
    values: Numbers
    sizes: Numbers


def attention(asked: Asked) -> Parts | None:
    """Take apart a unit of an attention: softmax(QKᵀ/√d)·V, and the projection behind it if it has one.

    Vaswani et al., "Attention is all you need" (2017), sections 3.2.1 and 3.2.2.

    Returns
    -------
    Parts or None
        None where the layer was given what a trace does not hold, more keys or another order of arguments.
    """
    if asked.layer.function == "multi_head_attention_forward":
        return _multi_head(asked)
    if asked.layer.function == "scaled_dot_product_attention":
        return _single_head(asked)
    return None


def _multi_head(asked: Asked) -> Parts | None:
    heads, width = int(asked.layer.numbers.get("num_heads", 0)), asked.output.shape[-1]
    out = asked.learned("out_proj_weight")
    if out is None or not heads or width % heads or len(asked.layer.inputs) != 3:
        return None
    if asked.layer.numbers.get("piece", 0):
        # The second result is the shares themselves, averaged over the heads.
        return None
    query, keys, values = (_tokens(asked.input(n)) for n in range(3))
    token, channel = int(np.ravel_multi_index(asked.index, asked.output.shape)) // width, asked.index[-1]
    mix, bias = out[channel].astype(np.float64).reshape(heads, -1), asked.learned("out_proj_bias")
    found = _project(asked, query[token], keys, values, mix)
    if found is None:
        return None
    added = 0.0 if bias is None else float(bias[channel])
    feeds = _feeds(asked, (range(token, token + 1), range(len(keys)), range(len(values))))
    return _parts(found, token, added, feeds, is_mixed=True)


def _tokens(values: NDArray[np.float32]) -> Numbers:
    """Return the tokens (n, width), without the batch of one that lies in the middle."""
    return values.reshape(-1, values.shape[-1]).astype(np.float64)


def _project(asked: Asked, query: Numbers, keys: Numbers, values: Numbers, mix: Numbers) -> _Projected | None:
    """Return the scores (heads, tokens) of a query, and what each token's value comes to behind ``mix``.

    k·q of all tokens is x·(Wᵀq): so no key and no value has to be made.
    """
    heads, depth = mix.shape
    weights = _in_weights(asked, heads * depth)
    if weights is None:
        return None
    learned = asked.learned("in_proj_bias")
    biases = np.zeros((3, heads, depth)) if learned is None else learned.astype(np.float64)
    biases = biases.reshape(3, heads, depth)
    w_q, w_k, w_v = (w.astype(np.float64).reshape(heads, depth, -1) for w in weights)
    q = w_q @ query + biases[0]
    scores = np.einsum("hd,hde->he", q, w_k) @ keys.T + (q * biases[1]).sum(axis=1, keepdims=True)
    spoken = np.einsum("hd,hde->he", mix, w_v) @ values.T + (mix * biases[2]).sum(axis=1, keepdims=True)
    size = np.abs(mix)
    sizes = np.einsum("hd,hde->he", size, np.abs(w_v)) @ np.abs(values).T
    sizes += (size * np.abs(biases[2])).sum(axis=1, keepdims=True)
    return _Projected(scores / math.sqrt(depth), spoken, sizes)


def _in_weights(asked: Asked, width: int) -> tuple[NDArray[np.float32], ...] | None:
    """Return the weights that make queries, keys and values, packed in one parameter or in three."""
    packed = asked.learned("in_proj_weight")
    if packed is not None:
        return tuple(packed.reshape(3, width, -1))
    apart = [asked.learned(f"{name}_proj_weight") for name in "qkv"]
    found = tuple(weight for weight in apart if weight is not None)
    return found if len(found) == 3 else None


def _single_head(asked: Asked) -> Parts | None:
    if len(asked.layer.inputs) not in (3, 4):
        return None
    *lead, token, channel = asked.index
    of = [_matrix(asked, n, tuple(lead)) for n in range(len(asked.layer.inputs))]
    query, keys, values = of[:3]
    if query.shape[1] != keys.shape[1] or len(keys) != len(values):
        return None
    scale = asked.layer.numbers.get("scale", 1 / math.sqrt(query.shape[1]))
    scores = keys @ query[token] * scale
    if len(of) == 4:
        mask = np.broadcast_to(of[3], (len(query), len(keys)))[token]
        is_choice = asked.input(3).dtype.kind == "b"
        scores = np.where(mask != 0, scores, -math.inf) if is_choice else scores + mask
    spoken = values[:, channel]
    places = (range(token, token + 1), range(len(keys)), range(len(values)))
    feeds, number = _feeds(asked, places), lead[-1] if lead else 0
    back = np.where(np.arange(len(keys)) > token, -math.inf, scores)
    # Without a mask of its own it may have been told to look back only: that is seen in what it gives.
    found = [
        _parts(_Projected(tried[None], spoken[None], np.abs(spoken)[None]), token, 0.0, feeds, first=number)
        for tried in ((scores, back) if len(of) == 3 else (scores,))
    ]
    return min(found, key=lambda parts: abs(parts.cell.total - asked.own))


def _matrix(asked: Asked, number: int, lead: Index) -> Numbers:
    """Return the last two axes of an argument at place ``lead`` of the others, which it may repeat."""
    values = asked.input(number)
    axes = values.shape[:-2]
    before = lead[max(0, len(lead) - len(axes)) :]
    place = tuple(0 if n == 1 else i for i, n in zip(before, axes[len(axes) - len(before) :], strict=True))
    return np.asarray(values[(0,) * (len(axes) - len(place)) + place], np.float64)


def _feeds(asked: Asked, tokens: tuple[range, ...]) -> tuple[Feed, ...]:
    """Return what is read of queries, keys and values; all heads of a token."""
    feeds = []
    for number, read in enumerate(tokens):
        shape = asked.input(number).shape
        axes = [range(n) for n in shape]
        # Tokens first in torch's own layer, with a batch of one behind; last but one elsewhere.
        axis = (
            0 if asked.layer.function == "multi_head_attention_forward" and shape[0] != 1 else len(shape) - 2
        )
        axes[axis] = read
        feeds.append(Feed(asked.layer.inputs[number], tuple(axes)))
    merged = {feed.layer: feed for feed in feeds}
    return tuple(merged.values())


def _parts(
    found: _Projected,
    token: int,
    bias: float,
    feeds: tuple[Feed, ...],
    *,
    is_mixed: bool = False,
    first: int = 0,
) -> Parts:
    heads = [_head(first + h, found.scores[h], found.values[h]) for h in range(len(found.scores))]
    order = sorted(range(len(heads)), key=lambda h: -abs(heads[h].total))
    # Where a single one is left, it takes as much room as to say so.
    kept = MOST_HEADS if len(order) > MOST_HEADS + 1 else len(order)
    shown, others = order[:kept], order[kept:]
    rest = sum(heads[h].total for h in others)
    total = sum(head.total for head in heads) + bias
    tokens = found.scores.shape[1]
    cell = AttentionCell(
        token, tokens, tuple(heads[h] for h in shown), len(others), rest, bias, is_mixed, total
    )
    shares = np.stack([_shares(scores)[0] for scores in found.scores])
    # An error of a score is one of its share: by as much as its size.
    reach = 1 + np.abs(np.where(np.isfinite(found.scores), found.scores, 0)).max()
    scale = float((shares * found.sizes).sum() * reach) + abs(bias)
    return Parts(cell, feeds, scale, found.scores.size)


def _shares(scores: Numbers) -> tuple[Numbers, float, float]:
    """Return the softmax, the sum of powers and what was subtracted before."""
    finite = scores[np.isfinite(scores)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    shift = float(finite.max()) if largest > _LARGEST_SCORE else 0.0
    powers = np.exp(scores - shift)
    return powers / powers.sum(), float(powers.sum()), shift


def _head(number: int, scores: Numbers, values: Numbers) -> Head:
    shares, powers, shift = _shares(scores)
    products = shares * values
    order = np.argsort(-np.abs(products), kind="stable")

    def of(token: int) -> Attended:
        return Attended(token, float(scores[token]), float(shares[token]), float(values[token]))

    shown, others = order[:MOST_TOKENS], order[MOST_TOKENS:]
    largest = tuple(of(int(token)) for token in shown)
    rest, focus = float(products[others].sum()), of(int(shares.argmax()))
    return Head(number, largest, len(others), rest, focus, shift, powers, float(products.sum()))


def product(asked: Asked) -> Parts | None:
    """Take apart a unit of a matrix product: a row of one times a column of the other, or times a row.

    Which of the two an ``einsum`` takes is seen in what it gives.
    """
    if asked.layer.function not in ("matmul", "bmm", "mm", "einsum") or len(asked.layer.inputs) != 2:
        return None
    if min(len(asked.index), asked.input(0).ndim, asked.input(1).ndim) < 2:
        return None
    *lead, row, column = asked.index
    left, right = (_matrix(asked, n, tuple(lead)) for n in (0, 1))
    turns = (False, True) if asked.layer.function == "einsum" else (False,)
    found = [_row_by_column(asked, left, right.T if turned else right, row, column) for turned in turns]
    fits = [parts for parts in found if parts is not None]
    return min(fits, key=lambda parts: abs(parts.cell.total - asked.own), default=None)


def _row_by_column(asked: Asked, left: Numbers, right: Numbers, row: int, column: int) -> Parts | None:
    if left.shape[1] != right.shape[0] or row >= len(left) or column >= right.shape[1]:
        return None
    ours, theirs = left[row], right[:, column]
    products = ours * theirs
    order = np.argsort(-np.abs(products), kind="stable")
    shown, others = order[:MOST_FACTORS], order[MOST_FACTORS:]
    factors = tuple(Factors(int(i), float(ours[i]), float(theirs[i])) for i in shown)
    layers = asked.layer.inputs[0], asked.layer.inputs[1]
    role = _role(asked.trace.architecture, asked.layer.index, layers[0])
    rest, total = float(products[others].sum()), float(products.sum())
    cell = MatrixCell(factors, len(others), rest, layers, role, total)
    return Parts(cell, asked.everything(), float(np.abs(products).sum()), products.size)


def _role(architecture: Architecture, layer: int, left: int) -> Role:
    """Return what a matrix product is for: a softmax lies close before its rows, or close behind it."""
    layers, before = architecture.layers, left
    for _ in range(_STEPS_BETWEEN):
        if before == INPUT:
            break
        if layers[before].kind is Kind.SOFTMAX:
            return Role.MIXTURE
        if layers[before].kind not in _BETWEEN:
            break
        before = layers[before].inputs[0] if layers[before].inputs else INPUT
    reached = {layer}
    for after in layers[layer + 1 : layer + 1 + _STEPS_BETWEEN * 8]:
        if not reached.intersection(after.inputs):
            continue
        if after.kind is Kind.SOFTMAX:
            return Role.SCORES
        if after.kind in _BETWEEN:
            reached.add(after.index)
    return Role.PLAIN


def normalised(asked: Asked) -> Parts | None:
    """Take apart a unit of a vector that is divided by its Euclidean length."""
    numbers, values = asked.layer.numbers, asked.input()
    if asked.layer.function != "normalize" or numbers.get("p", 2.0) != 2.0:
        return None
    # Counted from the end the batch makes no difference; from the front it comes first.
    dim = int(numbers.get("dim", 1))
    axis = dim % values.ndim if dim < 0 else dim - 1
    if not 0 <= axis < values.ndim:
        return None
    rest = asked.index[:axis] + asked.index[axis + 1 :]
    vector = np.moveaxis(values, axis, -1)[rest].astype(np.float64)
    length, x = float(np.sqrt((vector**2).sum())), asked.value(0, asked.index)
    total = x / max(length, numbers.get("eps", 1e-12))
    axes = [range(i, i + 1) for i in asked.index]
    axes[axis] = range(len(vector))
    feed = Feed(asked.layer.inputs[0], tuple(axes))
    return Parts(LengthCell(x, length, len(vector), total), (feed,), abs(total), len(vector))
