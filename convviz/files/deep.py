"""Pictures of more than eight bits per channel, whose values are kept as they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.exact import check_finite, rounding_note, to_float32
from convviz.files.pixels import (
    Colour,
    Pixels,
    is_grey,
    orientation_note,
    row_blocks,
    transparency_note,
    upright_array,
)
from convviz.files.refusals import check_memory


@dataclass(frozen=True, eq=False)
class Samples:
    """Values of a picture as its file holds them.

    Parameters
    ----------
    values : ndarray, shape (H, W, S)
        One or three colour channels, then perhaps alpha; integers or floats.
    bits : int
        Bits per value that the file uses.
    alpha : bool
        Whether the last channel is alpha.
    premultiplied : bool
        Whether the colours were multiplied by alpha.
    key : tuple of int or None
        The one colour that stands for transparent.
    highest : int or None
        White, if the file names it; else it follows from the values and ``bits``.
    orientation : int
        EXIF orientation.
    notes : tuple of Sentence
        What else there is to say.
    """

    values: NDArray[Any]
    bits: int
    alpha: bool = False
    premultiplied: bool = False
    key: tuple[int, ...] | None = None
    highest: int | None = None
    orientation: int = 1
    notes: tuple[Sentence, ...] = ()


def keep_range(samples: Samples, name: str, background: Colour) -> Pixels:
    """Return ``samples`` as upright float32 pixels with the range they have in the file.

    Parameters
    ----------
    samples : Samples
        What the file holds.
    name : str
        Name to use in sentences.
    background : (int, int, int)
        Colour that shows through transparency, 0 to 255; it is scaled to the range.

    Raises
    ------
    Problem
        If values are not finite, too large for float32, or take too much memory.
    """
    values = samples.values
    height, width, count = values.shape
    check_memory(name, values.size, values.dtype.itemsize)
    check_finite(values, name)
    colours = values[..., : 3 if count - samples.alpha >= 3 else 1]
    low, high = _range(samples, colours)
    transparent = samples.alpha or samples.key is not None
    channels = 3 if colours.shape[2] == 3 or (transparent and not is_grey(background)) else 1
    upright, stored = upright_array(height, width, channels, np.float32, samples.orientation)
    inexact = to_float32(np.broadcast_to(colours, stored.shape), stored, name)
    notes = [*orientation_note(samples.orientation), _range_note(samples, low, high), *samples.notes]
    notes += rounding_note(inexact)
    if transparent and _lay_over(samples, colours, stored, _paper(background, low, high)):
        notes.append(transparency_note(background))
    return Pixels(upright, low, high, tuple(notes))


def _range(samples: Samples, colours: NDArray[Any]) -> tuple[float, float]:
    """Return the values of black and white."""
    if samples.highest is not None:
        return 0.0, float(samples.highest)
    if colours.dtype.kind == "u" and samples.bits <= 16:
        return 0.0, float(2**samples.bits - 1)
    low, high = float(colours.min()), float(colours.max())
    if colours.dtype.kind == "f" and low >= 0 and high <= 1:
        return 0.0, 1.0
    return spread(low, high)


def spread(low: float, high: float) -> tuple[float, float]:
    """Return two different values of black and white for data from ``low`` to ``high``."""
    if low < high:
        return low, high
    return (0.0, 1.0) if low == 0 else (min(low, 0.0), max(low, 0.0))


def _range_note(samples: Samples, low: float, high: float) -> Sentence:
    values = {"bits": samples.bits, "low": Amount(low, "g"), "high": Amount(high, ".7g")}
    if samples.values.dtype.kind == "f":
        return Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{bits}-bit decimal numbers per channel, kept as they are; {low} is shown as black,"
                " {high} as white.",
            ),
            values,
        )
    return Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{bits} bits per channel, kept as they are; {low} is shown as black, {high} as white.",
        ),
        values,
    )


def _paper(background: Colour, low: float, high: float) -> NDArray[np.float32]:
    share = np.array(background, np.float64) / 255
    return np.asarray(low + share * (high - low), np.float32)


def _lay_over(
    samples: Samples, colours: NDArray[Any], stored: NDArray[np.float32], paper: NDArray[np.float32]
) -> bool:
    """Lay ``stored`` over ``paper`` in place; return whether any of it is transparent."""
    paper = paper[: stored.shape[2]]
    see_through = False
    for rows in row_blocks(stored.shape[0], stored.shape[1] * 4):
        if samples.key is not None:
            alpha = (colours[rows] != np.array(samples.key)).any(-1, keepdims=True).astype(np.float32)
        else:
            alpha = samples.values[rows, :, -1:].astype(np.float32) / _alpha_most(samples)
        part = (alpha < 1).any(-1)
        if not part.any():
            continue
        see_through = True
        # Only what is transparent is touched, so that opaque values stay exact.
        a, block = alpha[part], stored[rows]
        block[part] = (block[part] if samples.premultiplied else block[part] * a) + paper * (1 - a)
    return see_through


def _alpha_most(samples: Samples) -> float:
    if samples.values.dtype.kind == "f":
        return 1.0
    return float(samples.highest or 2**samples.bits - 1)
