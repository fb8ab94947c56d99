"""Values as colours: 32-bit pixels that the window only has to copy to the screen."""

from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convviz.engine.elementwise import in_rows
from convviz.engine.native import library

Pixels = NDArray[np.uint32]

_OPAQUE = 0xFF000000


class Display(StrEnum):
    """How values become colours.

    ``SIGNED`` is blue – white – orange, centred on zero and scaled to whichever of low and high is farther
    from zero; ``CLIP`` grey from 0 to 255 with everything beyond cut off; ``ABSOLUTE`` grey from 0 to that
    same distance, the sign ignored; ``STRETCH`` (results) and ``LINEAR`` (input pictures) grey from low to
    high; ``PAPER`` white to light grey, for number grids that are to be read; ``VIRIDIS`` the colour map of
    that name from low to high.
    """

    SIGNED = "signed"
    CLIP = "clip"
    ABSOLUTE = "absolute"
    STRETCH = "stretch"
    LINEAR = "linear"
    PAPER = "paper"
    VIRIDIS = "viridis"


# Every eighth colour of viridis, by Eric Firing, Nathaniel J. Smith and Stefan van der Walt (CC0); what lies
# between is at most two levels off.
_VIRIDIS = """
440154 470D60 48186A 482374 472D7B 453781 424086 3E4989 3B528B 375B8D 33638D 2F6B8E 2C728E 297A8E 26828E
23898E 21918C 1F978B 1F9F88 21A685 27AD81 31B57B 3DBC74 4CC26C 5CC863 6ECE58 81D34D 95D840 AADC32 C0DF25
D5E21A EAE51A FDE725"""
_SIGNED = "2166AC FFFFFF D66012"
_GREY = "000000 FFFFFF"
_PAPER = "FFFFFF A8A8A8"
# As many colours on either side of white.
_HALF = 512


def _table(colours: str, count: int) -> Pixels:
    """Return ``count`` colours evenly spaced along the line through ``colours``."""
    stops = np.array([list(bytes.fromhex(colour)) for colour in colours.split()], np.float64)
    places = np.linspace(0, len(stops) - 1, count)
    red, green, blue = (
        np.rint(np.interp(places, np.arange(len(stops)), stops[:, band])).astype(np.uint32)
        for band in range(3)
    )
    table: Pixels = np.uint32(_OPAQUE) | red << np.uint32(16) | green << np.uint32(8) | blue
    table.flags.writeable = False
    return table


_TABLES = {
    Display.SIGNED: _table(_SIGNED, 2 * _HALF + 1),
    Display.PAPER: _table(_PAPER, 256),
    Display.VIRIDIS: _table(_VIRIDIS, 256),
}
_GREYS = _table(_GREY, 256)


def colour_table(display: Display) -> Pixels:
    """Return the colours of ``display`` from the lowest value to the highest, 0xFFRRGGBB, read-only."""
    return _TABLES.get(display, _GREYS)


def render(values: NDArray[Any], display: Display, low: float, high: float) -> Pixels:
    """Return the pixels of one map.

    Parameters
    ----------
    values : ndarray of uint8 or a float type, shape (h, w)
        In any memory order.
    display : Display
        How values become colours.
    low, high : float
        The range of values shown, as ``display`` says; all the same value is a middle grey.

    Returns
    -------
    ndarray of uint32, shape (h, w)
        0xFFRRGGBB, ready for ``QImage.Format_RGB32``.
    """
    table = colour_table(display)
    if values.dtype == np.uint8:
        # At most 256 different values: each is worked out once.
        return np.take(render(_BYTES, display, low, high), values)
    scale, native = _scale(display, low, high), library()
    if native is None:
        return table.take(_places(values, scale), mode="clip")
    numbers: NDArray[np.float32] = values.astype(np.float32, copy=False)
    rows = numbers if in_rows(numbers) else np.ascontiguousarray(numbers)
    return native.colour(rows, table, **scale._asdict())


_BYTES = np.arange(256, dtype=np.float32)[np.newaxis]

# Added to a number up to 4 million in size, it leaves the nearest whole number in the last bits of the sum:
# numpy turns floats into whole numbers one by one, but adds many at once.
_MAGIC = np.float32(1.5 * 2**23)
_MAGIC_BITS = int(_MAGIC.view(np.int32))


class _Scale(NamedTuple):
    """Where in a table the colour of v is: round((v − low)·factor) + centre, of |v| where that is meant.

    Rounded as if the centre were 0: both signs are then rounded alike, as it is an even number.
    """

    low: float
    factor: float
    centre: int
    absolute: bool


def _scale(display: Display, low: float, high: float) -> _Scale:
    """Return the scale on which ``low`` and ``high`` are the ends of what ``display`` shows."""
    centre, last = 0, len(colour_table(display)) - 1
    bound = max(abs(low), abs(high))
    if display is Display.SIGNED:
        low, span, steps, centre = 0.0, bound, _HALF, _HALF
    elif display is Display.ABSOLUTE:
        low, span, steps = 0.0, bound, last
    elif display is Display.CLIP:
        low, span, steps = 0.0, 255.0, last
    else:
        span, steps = high - low, last
        centre = 0 if span > 0 else last // 2
    with np.errstate(over="ignore"):
        factor = float(np.float32(steps / span if span > 0 else 0.0))
    return _Scale(low, factor, centre, display is Display.ABSOLUTE)


def _places(values: NDArray[Any], scale: _Scale) -> NDArray[np.int64]:
    """Return the place of every value in a table, below 0 or too high beyond its ends.

    What is not a number, or too large for one, has no right colour; it only must not be an error.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        numbers = values.astype(np.float32, copy=False)
        scaled = np.abs(numbers) if scale.absolute else np.subtract(numbers, np.float32(scale.low))
        scaled *= np.float32(scale.factor)
        scaled += _MAGIC
        # As bits, floats are in the same order as numbers, far beyond either end too.
        bits = scaled.view(np.int32)
        places: NDArray[np.int64] = np.subtract(bits, _MAGIC_BITS - scale.centre, dtype=np.int64)
    return places


def render_rgb(values: NDArray[Any], low: float, high: float) -> Pixels:
    """Return the pixels of a colour picture.

    Parameters
    ----------
    values : ndarray of uint8 or float32, shape (3, h, w)
        Red, green and blue.
    low, high : float
        Values shown as none and as all of a colour.

    Returns
    -------
    ndarray of uint32, shape (h, w)
        0xFFRRGGBB.
    """
    return _pack([_levels(plane, low, high) for plane in values])


def render_tinted(values: NDArray[Any], channel: int, low: float, high: float) -> Pixels:
    """Return the pixels of one channel of a colour picture, in its own colour.

    Parameters
    ----------
    values : ndarray of uint8 or float32, shape (h, w)
        The channel.
    channel : int
        0 red, 1 green, 2 blue.
    low, high : float
        Values shown as black and as the full colour.

    Returns
    -------
    ndarray of uint32, shape (h, w)
        0xFFRRGGBB with two of the colours zero.
    """
    levels: list[NDArray[np.uint8] | int] = [0, 0, 0]
    levels[channel] = _levels(values, low, high)
    return _pack(levels)


def _levels(plane: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Return how bright each value is, 0 to 255."""
    if plane.dtype != np.uint8:
        return _shades(plane, low, high)
    if (low, high) == (0, 255):
        return plane
    return np.take(_shades(_BYTES, low, high), plane)


def _shades(values: NDArray[np.float32], low: float, high: float) -> NDArray[np.uint8]:
    return _places(values, _scale(Display.LINEAR, low, high)).clip(0, 255).astype(np.uint8)


def _pack(levels: "list[NDArray[np.uint8]] | list[NDArray[np.uint8] | int]") -> Pixels:
    shape = next(level.shape for level in levels if isinstance(level, np.ndarray))
    # Bytes from the lowest on: blue, green, red, opaque.
    parts = np.empty((*shape, 4), np.uint8)
    for band, level in enumerate([levels[2], levels[1], levels[0], 255]):
        parts[..., band] = level
    return parts.view("<u4")[..., 0].astype(np.uint32, copy=False)


def colour_of(value: float, display: Display, low: float, high: float) -> int:
    """Return the colour 0xRRGGBB that :func:`render` gives ``value``."""
    pixel = render(np.array([[value]], np.float32), display, low, high)
    return int(pixel[0, 0]) & 0xFFFFFF
