"""Where rows and columns are in a tensor on its way through a network, and what its cells see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from convviz.nets import fields
from convviz.nets.functions import POINTWISE, words
from convviz.nets.records import Field, Window

Size = tuple[int, ...]


@dataclass(frozen=True)
class Space:
    """A tensor's rows and columns.

    Parameters
    ----------
    axes : (int, int)
        Which of its axes, batch included, are the rows and the columns.
    fields : (Field, Field)
        What its cells see along these axes.
    """

    axes: tuple[int, int]
    fields: tuple[Field, Field]

    def is_of_maps(self, shape: Size) -> bool:
        """Whether a tensor of ``shape`` is one picture's maps (1, C, H, W)."""
        return len(shape) == 4 and shape[0] == 1 and self.axes == (2, 3)


@dataclass(frozen=True)
class Move:
    """What a function does to the tensor it is given first.

    Parameters
    ----------
    function : str
        Plain name.
    bound : mapping
        Its arguments by name.
    spaces : sequence of Space or None
        Of its inputs; None where rows and columns are lost.
    sizes : sequence of tuple of int
        Shapes of its inputs.
    shape : tuple of int
        Of its output.
    piece : int or None
        Which of several outputs this is.
    window : Window or None
        Of a convolution or pooling.
    limits : (int, int)
        Rows and columns of the network's input.
    """

    function: str
    bound: dict[str, Any]
    spaces: Sequence[Space | None]
    sizes: Sequence[Size]
    shape: Size
    piece: int | None
    window: Window | None
    limits: tuple[int, int]

    def entire(self, axes: tuple[int, int] = (2, 3)) -> Space:
        """Return the space of cells that may see everything."""
        return Space(axes, (fields.entire(self.limits[0]), fields.entire(self.limits[1])))


def start() -> Space:
    """Return the space of the network's input (1, C, H, W), each of whose cells sees itself."""
    return Space((2, 3), (Field(0, 0), Field(0, 0)))


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
    if name in _REARRANGING:
        return _rearrange(move)
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
        None if space is None else replace(space, axes=_lined_up(space.axes, rank - len(size)))
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


def _lined_up(axes: tuple[int, int], by: int) -> tuple[int, int]:
    return axes[0] + by, axes[1] + by


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
        lost = _dims(dims, rank)
        if any(axis in lost for axis in space.axes):
            return None
        return replace(space, axes=_without(space.axes, lost))
    seen = list(space.fields)
    for at in (0, 1):
        if space.axes[at] in _dims(dims, rank):
            seen[at] = fields.over_all(seen[at], move.sizes[0][space.axes[at]], move.limits[at])
    return Space(space.axes, (seen[0], seen[1]))


def _dims(dims: Any, rank: int) -> set[int]:
    if dims is None:
        return set(range(rank))
    return {int(dim) % rank for dim in (dims if isinstance(dims, (tuple, list)) else (dims,))}


def _without(axes: tuple[int, int], lost: set[int]) -> tuple[int, int]:
    return (
        axes[0] - sum(1 for dim in lost if dim < axes[0]),
        axes[1] - sum(1 for dim in lost if dim < axes[1]),
    )


def _rearrange(move: Move) -> Space | None:
    name, space, size = move.function, move.spaces[0], move.sizes[0]
    rank = len(size)
    if name in ("permute", "transpose", "t", "T", "mT", "movedim"):
        order = _order(move, rank)
        if order is None:
            return None
        if space is None:
            # Coming back from channels last: the axes that are put behind are rows and columns.
            return move.entire() if order == [0, 3, 1, 2] else None
        return replace(space, axes=(order.index(space.axes[0]), order.index(space.axes[1])))
    if name in ("view", "reshape", "flatten", "unflatten"):
        return _reshaped(move, space, size)
    if space is None:
        return None
    if name == "unsqueeze":
        dim = int(move.bound["dim"]) % len(move.shape)
        return replace(
            space, axes=(space.axes[0] + (dim <= space.axes[0]), space.axes[1] + (dim <= space.axes[1]))
        )
    if name == "squeeze":
        lost = {at for at in _dims(move.bound.get("dim"), rank) if size[at] == 1}
        return None if lost & set(space.axes) else replace(space, axes=_without(space.axes, lost))
    if name in ("chunk", "split", "unsafe_chunk", "unbind", "tensor_split"):
        dim = int(move.bound.get("dim", 0)) % rank
        if dim in space.axes:
            return move.entire(space.axes) if len(move.shape) == rank else None
        return space if len(move.shape) == rank else replace(space, axes=_without(space.axes, {dim}))
    return _indexed(move, space, rank)


_REARRANGING = frozenset(
    words(
        "permute transpose t T mT movedim view reshape flatten unflatten unsqueeze squeeze chunk split "
        "unsafe_chunk unbind tensor_split getitem"
    )
)


def _order(move: Move, rank: int) -> list[int] | None:
    """Return which axis of the input each axis of the output was."""
    bound, name = move.bound, move.function
    if name == "permute":
        dims = bound.get("dims", bound.get("1"))
        if not isinstance(dims, (tuple, list)):
            dims = [bound[str(at)] for at in range(1, rank + 1) if str(at) in bound]
        return [int(dim) % rank for dim in dims] if len(dims) == rank else None
    if name == "movedim":
        return None
    order = list(range(rank))
    if name in ("t", "T", "mT"):
        if name == "T" and rank != 2:
            return order[::-1]
        first, second = rank - 2, rank - 1
    else:
        first, second = int(bound.get("dim0", 0)) % rank, int(bound.get("dim1", 1)) % rank
    if rank < 2:
        return order
    order[first], order[second] = order[second], order[first]
    return order


def _reshaped(move: Move, space: Space | None, size: Size) -> Space | None:
    shape = move.shape
    if space is None:
        return move.entire() if len(shape) == 4 and shape[2:] == (1, 1) else None
    tail = len(size) - space.axes[0]
    if tail <= len(shape) and shape[len(shape) - tail :] == size[space.axes[0] :]:
        # Rows, columns and what is behind them stay as they are.
        by = len(shape) - len(size)
        return replace(space, axes=_lined_up(space.axes, by))
    if shape[: space.axes[1] + 1] == size[: space.axes[1] + 1]:
        return space
    return None


def _indexed(move: Move, space: Space, rank: int) -> Space | None:
    """Through ``x[...]`` with whole numbers, slices, new axes and one ellipsis."""
    index = move.bound.get("index")
    parts = list(index) if isinstance(index, tuple) else [index]
    if any(not (part is None or part is Ellipsis or type(part) in (int, slice)) for part in parts):
        return None
    if Ellipsis in parts:
        at = parts.index(Ellipsis)
        filled = rank - sum(1 for part in parts if part is not None and part is not Ellipsis)
        parts[at : at + 1] = [slice(None)] * filled
    parts += [slice(None)] * (rank - sum(1 for part in parts if part is not None))
    places: dict[int, int] = {}
    seen = list(space.fields)
    axis = out = 0
    for part in parts:
        if part is None:
            out += 1
            continue
        if isinstance(part, slice):
            places[axis] = out
            if axis in space.axes:
                which = space.axes.index(axis)
                start, _, step = part.indices(move.sizes[0][axis])
                seen[which] = fields.through_window(seen[which], 1, step, -start)
            out += 1
        axis += 1
    if any(axis not in places for axis in space.axes):
        return None
    return Space((places[space.axes[0]], places[space.axes[1]]), (seen[0], seen[1]))
