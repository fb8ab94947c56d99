"""Where rows and columns are once axes are put elsewhere, split, joined, picked from, or written anew."""

from dataclasses import replace

from convviz.nets import fields
from convviz.nets.functions import words
from convviz.nets.space import Move, Size, Space, axes_of

REARRANGING = frozenset(
    words(
        "permute transpose t T mT movedim view reshape flatten unflatten unsqueeze squeeze chunk split "
        "unsafe_chunk unbind tensor_split getitem"
    )
)
"""Functions that move or select values and compute none."""


def rearrange(move: Move) -> Space | None:
    """Return where rows and columns are behind one of :data:`REARRANGING`; None where they are lost."""
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
        lost = {at for at in axes_of(move.bound.get("dim"), rank) if size[at] == 1}
        return None if lost & set(space.axes) else space.without(lost)
    if name in ("chunk", "split", "unsafe_chunk", "unbind", "tensor_split"):
        dim = int(move.bound.get("dim", 0)) % rank
        if dim in space.axes:
            return move.entire(space.axes) if len(move.shape) == rank else None
        return space if len(move.shape) == rank else space.without({dim})
    return _indexed(move, space, rank)


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
        return space.behind(by)
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
