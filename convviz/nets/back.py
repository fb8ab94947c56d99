"""The thread from the photograph into the network: which units can see a pixel."""

from convviz.core.geometry import Rect
from convviz.nets.records import Architecture, Field, Placement


def reached(architecture: Architecture, layer: int, cells: Rect) -> Rect | None:
    """Return the cells of a layer's maps that can see any of some cells of the network's input.

    Cell i of an axis sees ``i·jump + first`` to ``i·jump + last``; it sees one of p to q if the two overlap.
    Solved for i: from ⌈(p − last) / jump⌉ to ⌊(q − first) / jump⌋.

    Parameters
    ----------
    architecture : Architecture
        At the size of the input.
    layer : int
        Index of a layer.
    cells : Rect
        Cells of the input; a single one for a single pixel.

    Returns
    -------
    Rect or None
        Rows and columns of the layer's maps; None if no unit sees the cells. A layer without maps is one cell
        that sees everything.

    Notes
    -----
    No unit that sees the cells is left out. One too many may be counted where dilation or strides leave gaps
    in a receptive field, and at a border, where part of what a unit reads is padding of the layer before.
    """
    found = architecture.layers[layer]
    _, height, width = architecture.input_shape
    inside = _overlap(0, height - 1, cells.top, cells.height) and _overlap(
        0, width - 1, cells.left, cells.width
    )
    if not inside:
        return None
    if found.fields is None or len(found.shape) != 3:
        return Rect(0, 0)
    rows = _seeing(found.fields[0], found.shape[1], cells.top, cells.height)
    columns = _seeing(found.fields[1], found.shape[2], cells.left, cells.width)
    if not rows or not columns:
        return None
    return Rect(rows[0], columns[0], len(rows), len(columns))


def reached_everywhere(architecture: Architecture, cells: Rect) -> tuple[Rect | None, ...]:
    """Return :func:`reached` for every layer."""
    return tuple(reached(architecture, layer.index, cells) for layer in architecture.layers)


def _seeing(field: Field, size: int, start: int, length: int) -> range:
    if field.whole:
        return range(size if _overlap(field.first, field.last, start, length) else 0)
    low = -((field.last - start) // field.jump)
    high = (start + length - 1 - field.first) // field.jump
    return range(max(low, 0), min(high, size - 1) + 1)


def _overlap(first: int, last: int, start: int, length: int) -> bool:
    return start <= last and start + length > first


def input_cells(architecture: Architecture, placement: Placement, y: float, x: float) -> Rect | None:
    """Return the cell of the network's input that shows a point of the photograph; None if none does.

    Parameters
    ----------
    architecture : Architecture
        At the size of the input.
    placement : Placement
        Where the input lies on the photograph.
    y, x : float
        Row and column of the photograph; 0.5 is the middle of the first pixel.
    """
    _, height, width = architecture.input_shape
    row, column = (y - placement.top) / placement.scale_y, (x - placement.left) / placement.scale_x
    if not (0 <= row < height and 0 <= column < width):
        return None
    return Rect(int(row), int(column))
