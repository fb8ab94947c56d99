"""The shift experiment: whether a layer's maps move along when the picture does.

A convolution is equivariant: shifted input, shifted map. Stride and pooling keep that only for shifts by
whole numbers of their steps, and padding ends it near the border. Azulay & Weiss, "Why do deep convolutional
networks generalize so poorly to small image transformations?" (2019).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.engine.checks import Check, nothing
from convviz.nets.records import Field, Layer, Trace, Values
from convviz.nets.why.run import Run, frozen, wire


@dataclass(frozen=True)
class Moved:
    """What the shift did to one layer's maps.

    Parameters
    ----------
    layer : int
        Index of the layer.
    cells : (float, float)
        How many cells down and right the maps should have moved: the shift divided by the layer's jump, or,
        where cells see everything, by how much smaller the map is than the input.
    whole : bool
        Whether these are whole numbers; otherwise the maps were compared at the nearest ones.
    inside : float or None
        Relative difference ‖shifted picture's maps − shifted maps‖ / ‖shifted maps‖ over the cells that see
        neither padding nor the edge of the shifted picture. 0 where equivariance holds, about 1.4 for maps
        that have nothing in common. None if there are no such cells.
    inside_cells : int
        How many there are in each map.
    overlap : float or None
        The same over all cells that both maps have, border included; None if they share none.
    """

    layer: int
    cells: tuple[float, float]
    whole: bool
    inside: float | None
    inside_cells: int
    overlap: float | None


@dataclass(frozen=True, eq=False)
class Shift:
    """The shifted picture in the network.

    Parameters
    ----------
    down, right : int
        The shift in cells of the input.
    input : ndarray of float32, shape (C, H, W)
        The shifted input; what comes in repeats the edge.
    outputs : mapping of int to ndarray of float32
        The layers' maps on it, by index.
    layers : tuple of Moved
        One for each layer with maps.
    """

    down: int
    right: int
    input: Values
    outputs: dict[int, Values]
    layers: tuple[Moved, ...]


def shift(module: Any, trace: Trace, down: int, right: int, check: Check = nothing) -> Shift:
    """Shift the input by whole cells and compare every layer's maps with the shifted maps.

    Parameters
    ----------
    module : torch.nn.Module
        The network; left as it is.
    trace : Trace
        The picture where it was.
    down, right : int
        Cells of the input; negative for up and left.
    check : callable
        Called before every function; may raise.
    """
    import torch

    moved = _shifted(trace.input, down, right)
    layers = [layer for layer in trace.architecture.layers if layer.is_map and layer.fields is not None]
    outputs: dict[int, Values] = {}

    def keep(index: int) -> Any:
        def tap(output: Any) -> Any:
            outputs[index] = frozen(output[0])
            return output

        return tap

    wires = wire(module, trace, check)
    with torch.no_grad():
        taps = {layer.index: keep(layer.index) for layer in layers}
        Run(taps, check=check).of(wires, torch.from_numpy(moved)[None])
    found = tuple(_compared(trace, layer, outputs[layer.index], (down, right)) for layer in layers)
    return Shift(down, right, frozen(moved), outputs, found)


def map_difference(trace: Trace, found: Shift, layer: int, number: int) -> Values:
    """Return a map of the moved picture less the moved map, cell by cell.

    Parameters
    ----------
    trace : Trace
        The picture where it was.
    found : Shift
        The moved picture.
    layer, number : int
        One of the layers of ``found.outputs``, and a map of it.

    Returns
    -------
    ndarray of float32, shape (H, W)
        0 where the map has moved along; NaN in cells that came in from outside the map.
    """
    moved = next(each for each in found.layers if each.layer == layer)
    before, after = trace.outputs[layer][number], found.outputs[layer][number]
    (rows, down), (columns, right) = (
        _met(move, size) for move, size in zip(moved.cells, after.shape, strict=True)
    )
    out = np.full(after.shape, np.nan, np.float32)
    here = np.ix_(rows, columns)
    out[here] = after[here] - before[np.ix_(rows - down, columns - right)]
    return frozen(out)


def _met(move: float, size: int) -> tuple[NDArray[np.int64], int]:
    """Return the cells along an axis that were there before they moved, and by how many whole ones."""
    step, cells = int(np.floor(move + 0.5)), np.arange(size)
    return cells[(cells - step >= 0) & (cells - step < size)], step


def _shifted(values: Values, down: int, right: int) -> Values:
    """Return maps moved by whole cells; what comes in repeats the edge."""
    _, height, width = values.shape
    rows = np.clip(np.arange(height) - down, 0, height - 1)
    columns = np.clip(np.arange(width) - right, 0, width - 1)
    return np.ascontiguousarray(values[:, rows[:, np.newaxis], columns])


def _compared(trace: Trace, layer: Layer, after: Values, by: tuple[int, int]) -> Moved:
    assert layer.fields is not None
    before = trace.outputs[layer.index]
    sizes = zip(trace.input.shape[1:], after.shape[1:], strict=True)
    jumps = [
        # Behind a squeeze-and-excitation, cells see everything, but still lie where they lay.
        before_it / cells if field.whole else field.jump
        for field, (before_it, cells) in zip(layer.fields, sizes, strict=True)
    ]
    moves = [amount / jump for amount, jump in zip(by, jumps, strict=True)]
    steps = [int(np.floor(move + 0.5)) for move in moves]
    inside, overlap = [], []
    for axis in (0, 1):
        cells = np.arange(after.shape[1 + axis])
        seen = (cells - steps[axis] >= 0) & (cells - steps[axis] < before.shape[1 + axis])
        overlap.append(cells[seen])
        field, size = layer.fields[axis], trace.input.shape[1 + axis]
        clean = _clean(field, cells, by[axis], size) & _clean(field, cells - steps[axis], 0, size)
        inside.append(cells[seen & clean])
    whole = all(float(move).is_integer() for move in moves)
    return Moved(
        layer.index,
        (moves[0], moves[1]),
        whole,
        _difference(before, after, inside, steps),
        len(inside[0]) * len(inside[1]),
        _difference(before, after, overlap, steps),
    )


def _clean(field: Field, cells: NDArray[np.int64], by: int, size: int) -> NDArray[np.bool_]:
    """Return which cells see only what the picture, moved ``by`` cells, has of its own."""
    if field.whole:
        return np.full(cells.shape, by == 0 and field.first >= 0 and field.last < size)
    first, last = cells * field.jump + field.first, cells * field.jump + field.last
    return np.asarray((first >= max(0, by)) & (last < min(size, size + by)))


def _difference(
    before: Values, after: Values, cells: list[NDArray[np.int64]], steps: list[int]
) -> float | None:
    rows, columns = cells
    if not len(rows) or not len(columns):
        return None
    now = after[:, rows[:, np.newaxis], columns].astype(np.float64)
    was = before[:, (rows - steps[0])[:, np.newaxis], columns - steps[1]].astype(np.float64)
    difference, size = float(np.linalg.norm(now - was)), float(np.linalg.norm(was))
    if difference == 0:
        return 0.0
    return difference / size if size else float("inf")
