"""Where the functions of a network put rows and columns, and what the cells see behind each of them."""

from collections.abc import Sequence
from typing import Any

from convviz.nets import fields
from convviz.nets.functions import POINTWISE
from convviz.nets.records import Field
from convviz.nets.space import Move, Size, Space, axes_of
from convviz.nets.space_rearranged import REARRANGING, rearrange


def follow(move: Move) -> Space | None:
    """Return where the rows and columns of a function's output are; None where there are none."""
    space = _follow(move)
    if space is None or max(space.axes) >= len(move.shape):
        return None
    return space


def _follow(move: Move) -> Space | None:
    name, space = move.function, move.spaces[0]
    if move.window is not None or name in ("adaptive_avg_pool2d", "adaptive_max_pool2d"):
        return _slide(move)
    if name == "batch_norm" and space is None and len(move.shape) == 4:
        return move.entire()
    if name in REARRANGING:
        return rearrange(move)
    if name in POINTWISE:
        return _meet(move, move.spaces, move.sizes)
    if name in ("cat", "concat"):
        return _concatenate(move)
    if space is None:
        return None
    if name in ("layer_norm", "rms_norm"):
        count = len(move.bound.get("normalized_shape", (0,)))
        return _mixed(move, space, any(axis >= len(move.shape) - count for axis in space.axes))
    if name in ("softmax", "log_softmax", "normalize"):
        dim = move.bound.get("dim")
        return _mixed(move, space, not isinstance(dim, int) or dim % len(move.shape) in space.axes)
    if name == "linear":
        return _mixed(move, space, len(move.shape) - 1 in space.axes)
    if name == "pad":
        return _pad(move, space)
    if name == "interpolate":
        return _enlarge(move, space)
    if name in ("mean", "sum", "amax", "amin", "max"):
        return _reduce(move, space)
    if name == "channel_shuffle":
        return space
    return move.entire(space.axes) if len(move.shape) == len(move.sizes[0]) else None


def _mixed(move: Move, space: Space, mixed: bool) -> Space:
    return move.entire(space.axes) if mixed else space


def _slide(move: Move) -> Space:
    """Through a convolution or a pooling, whose rows and columns are always the last two axes."""
    space, size, rank = move.spaces[0], move.sizes[0], len(move.shape)
    axes = (rank - 2, rank - 1)
    if space is None or space.axes != axes:
        return move.entire(axes)
    seen = []
    for at in (0, 1):
        before, length, limit = space.fields[at], size[axes[at]], move.limits[at]
        cells = move.shape[axes[at]]
        if move.function.startswith("adaptive"):
            seen.append(fields.through_adaptive(before, length, cells, limit))
        elif move.function == "conv_transpose2d":
            seen.append(_transposed(move, before, at))
        else:
            assert move.window is not None
            w = move.window
            seen.append(
                fields.through_window(before, w.kernel[at], w.stride[at], w.padding[at], w.dilation[at])
            )
    return Space(axes, (seen[0], seen[1]))


def _transposed(move: Move, seen: Field, at: int) -> Field:
    """Output cell o reads the cells i with o = i·s − p + d·t for a tap t of the kernel."""
    window, limit = move.window, move.limits[at]
    assert window is not None
    stride = window.stride[at]
    if seen.whole or seen.jump % stride:
        return fields.entire(limit)
    jump = seen.jump // stride
    reach = window.dilation[at] * (window.kernel[at] - 1)
    # i·s lies between o + p − d(k − 1) and o + p, so that i·jump·s does too, in steps of the new jump.
    return Field(
        seen.first + jump * (window.padding[at] - reach), seen.last + jump * window.padding[at], jump
    )


def _meet(move: Move, spaces: Sequence[Space | None], sizes: Sequence[Size]) -> Space | None:
    """Cell by cell from several tensors, which are lined up at their last axis."""
    rank = len(move.shape)
    placed = [
        None if space is None else space.behind(rank - len(size))
        for space, size in zip(spaces, sizes, strict=True)
    ]
    known = [space for space in placed if space is not None]
    if not known:
        return None
    axes = max(known, key=lambda space: move.shape[space.axes[0]]).axes
    if any(space is None or space.axes != axes for space in placed):
        return move.entire(axes)
    seen = []
    for at in (0, 1):
        branches = [
            (space.fields[at], size[axes[at] - rank + len(size)])
            for space, size in zip(known, sizes, strict=True)
        ]
        seen.append(fields.union(branches, move.limits[at]))
    return Space(axes, (seen[0], seen[1]))


def _concatenate(move: Move) -> Space | None:
    met = _meet(move, move.spaces, move.sizes)
    dim = move.bound.get("dim", 0)
    if met is not None and isinstance(dim, int) and dim % len(move.shape) in met.axes:
        return move.entire(met.axes)
    return met


def _pad(move: Move, space: Space) -> Space:
    amounts = pad_amounts(move.bound.get("pad"), len(move.shape))
    mode = move.bound.get("mode", "constant")
    seen = list(space.fields)
    for at in (0, 1):
        before, after = amounts[space.axes[at]]
        if not (before or after):
            continue
        if mode == "constant":
            seen[at] = fields.shifted(seen[at], -before)
        elif mode == "circular":
            seen[at] = fields.entire(move.limits[at])
        else:
            seen[at] = fields.mirrored(seen[at], before, after)
    return Space(space.axes, (seen[0], seen[1]))


def pad_amounts(pad: Any, rank: int) -> list[tuple[int, int]]:
    """Return what ``F.pad`` adds in front of and behind each of ``rank`` axes."""
    amounts = [(0, 0)] * rank
    given = [int(value) for value in pad or ()]
    for at in range(min(rank, len(given) // 2)):
        amounts[rank - 1 - at] = given[2 * at], given[2 * at + 1]
    return amounts


def _enlarge(move: Move, space: Space) -> Space:
    reach = {"nearest": 0, "nearest-exact": 0, "bilinear": 1}.get(str(move.bound.get("mode", "nearest")))
    seen = []
    for at in (0, 1):
        before, after = move.sizes[0][space.axes[at]], move.shape[space.axes[at]]
        if reach is None or after % before or move.bound.get("align_corners"):
            seen.append(fields.entire(move.limits[at]))
        else:
            seen.append(fields.enlarged(space.fields[at], after // before, reach, move.limits[at]))
    return Space(space.axes, (seen[0], seen[1]))


def _reduce(move: Move, space: Space) -> Space | None:
    """Sum, mean or extreme along axes."""
    rank, dims = len(move.sizes[0]), move.bound.get("dim")
    if len(move.shape) != rank or dims is None:
        lost = axes_of(dims, rank)
        if any(axis in lost for axis in space.axes):
            return None
        return space.without(lost)
    seen = list(space.fields)
    for at in (0, 1):
        if space.axes[at] in axes_of(dims, rank):
            seen[at] = fields.over_all(seen[at], move.sizes[0][space.axes[at]], move.limits[at])
    return Space(space.axes, (seen[0], seen[1]))
