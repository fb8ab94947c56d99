"""Which pixels of the photograph a cell of a map sees, and which cells see a pixel."""

import math

from convviz.core.geometry import Rect
from convviz.core.picture import Picture
from convviz.core.specs import Pair
from convviz.nets.records import INPUT, Field, Trace

_ITSELF = (Field(0, 0), Field(0, 0))


def fields_of(trace: Trace, layer: int) -> tuple[Field, Field] | None:
    """Return the receptive fields along rows and columns; those of the input are its own cells."""
    return _ITSELF if layer == INPUT else trace.architecture.layers[layer].fields


def pixels_seen(trace: Trace, layer: int, cell: Pair, picture: Picture) -> Rect | None:
    """Return the pixels of ``picture`` that cell (y, x) of a layer's maps sees.

    Whole pixels, cut off at the picture's edges: beyond them there is only padding. None if the layer's
    output is no map, or the cell sees nothing but padding.
    """
    fields = fields_of(trace, layer)
    if fields is None:
        return None
    (top, bottom), (left, right) = (axis.of(c) for axis, c in zip(fields, cell, strict=True))
    on_photo = trace.placement.on_photo(top, left, bottom - top + 1, right - left + 1)
    rows = _whole(on_photo[0], on_photo[2], picture.height)
    columns = _whole(on_photo[1], on_photo[3], picture.width)
    if rows is None or columns is None:
        return None
    return Rect(rows[0], columns[0], rows[1], columns[1])


def input_on_photo(trace: Trace, picture: Picture) -> Rect | None:
    """Return the pixels of ``picture`` that the network was given; None if that is all of them."""
    _, height, width = trace.architecture.input_shape
    top, left, tall, wide = trace.placement.on_photo(0, 0, height, width)
    rows, columns = _whole(top, tall, picture.height), _whole(left, wide, picture.width)
    if rows is None or columns is None or (rows, columns) == ((0, picture.height), (0, picture.width)):
        return None
    return Rect(rows[0], columns[0], rows[1], columns[1])


def _whole(start: float, length: float, size: int) -> Pair | None:
    """Return first pixel and number of the pixels that a stretch touches, within ``size``."""
    # Float noise must not add a pixel at either side.
    first = max(0, math.floor(start + 1e-6))
    last = min(size, math.ceil(start + length - 1e-6))
    return (first, last - first) if last > first else None


def cells_seeing(trace: Trace, layer: int, pixel: Pair) -> Rect | None:
    """Return the cells of a layer's maps that see pixel (y, x) of the photograph.

    None if the layer's output is no map, or no cell sees the pixel, as where the picture was cropped.
    """
    fields = fields_of(trace, layer)
    shape = trace.architecture.input_shape if layer == INPUT else trace.architecture.layers[layer].shape
    if fields is None or len(shape) != 3:
        return None
    place = trace.placement
    inputs = (
        math.floor((pixel[0] + 0.5 - place.top) / place.scale_y),
        math.floor((pixel[1] + 0.5 - place.left) / place.scale_x),
    )
    if any(not 0 <= at < size for at, size in zip(inputs, trace.architecture.input_shape[1:], strict=True)):
        return None
    spans = [_span(axis, at, size) for axis, at, size in zip(fields, inputs, shape[1:], strict=True)]
    if any(first > last for first, last in spans):
        return None
    (top, bottom), (left, right) = spans
    return Rect(top, left, bottom - top + 1, right - left + 1)


def _span(axis: Field, at: int, size: int) -> Pair:
    """Return the first and last cell, within ``size``, that see input cell ``at``."""
    if axis.whole:
        return 0, size - 1
    first = math.ceil((at - axis.last) / axis.jump)
    last = math.floor((at - axis.first) / axis.jump)
    return max(0, first), min(size - 1, last)
