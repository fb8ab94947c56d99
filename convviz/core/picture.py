"""A picture as numbers: the array every room starts from."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence

# Rec. 601 luma, the weights of JPEG, Pillow and OpenCV.
LUMA = (0.299, 0.587, 0.114)

# Values that are made grey at a time.
_BAND = 300_000


class PictureKind(StrEnum):
    """How a picture came to be, which decides how it is first shown."""

    PHOTO = "photo"
    GRID = "grid"


@dataclass(frozen=True, eq=False)
class Picture:
    """An immutable picture.

    Parameters
    ----------
    values : ndarray, shape (H, W, C)
        ``uint8`` for ordinary photographs, ``float32`` for everything else. Made read-only.
    name : str
        What the user calls it: a file name, a sample's name, "Pasted picture".
    low, high : float
        Values shown as black and as white: 0 and 255 for photographs, the format's own range for 16-bit and
        float pictures, the smallest and largest value for number grids.
    kind : PictureKind
        Photograph or number grid.
    source : str
        Path it was read from, or empty.
    notes : tuple of Sentence
        What was done to it on the way in (rotated as EXIF says, transparency flattened, 16 bits kept).

    Raises
    ------
    ValueError
        If the array is not three-dimensional, is empty or has another dtype.
    """

    values: NDArray[Any]
    name: str
    low: float = 0.0
    high: float = 255.0
    kind: PictureKind = PictureKind.PHOTO
    source: str = ""
    notes: tuple[Sentence, ...] = ()

    def __post_init__(self) -> None:
        values = self.values
        if values.ndim != 3 or values.size == 0 or values.dtype not in (np.uint8, np.float32):
            raise ValueError(
                f"a picture is a non-empty H×W×C array of uint8 or float32, not {values.shape} {values.dtype}"
            )
        if values.flags.writeable:
            values.flags.writeable = False

    @property
    def height(self) -> int:
        """Number of rows."""
        return int(self.values.shape[0])

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.values.shape[1])

    @property
    def channels(self) -> int:
        """Number of channels."""
        return int(self.values.shape[2])

    def with_cell(self, row: int, column: int, channel: int, value: float) -> "Picture":
        """Return the picture with one number replaced; a grid's shades follow its new extremes.

        Raises
        ------
        Problem
            If ``float32`` cannot hold the number.
        """
        if not abs(value) <= float(np.finfo(np.float32).max):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "{value} is more than 32-bit numbers can hold. Type a number up to {most} in size.",
                ),
                value=Amount(value),
                most=Amount(3.4e38),
            )
        values = self.values.astype(np.float32)
        values[row, column, channel] = value
        return self._with_values(values)

    def resized(self, height: int, width: int) -> "Picture":
        """Return the picture cut, or filled up with zeros, at its right and lower edges."""
        values = np.zeros((height, width, self.channels), np.float32)
        rows, columns = min(height, self.height), min(width, self.width)
        values[:rows, :columns] = self.values[:rows, :columns]
        return self._with_values(values)

    def shifted(self, down: int, right: int) -> "Picture":
        """Return the picture moved by whole pixels; what leaves it at one edge comes in at the other."""
        return replace(self, values=np.roll(self.values, (down, right), (0, 1)))

    def _with_values(self, values: NDArray[np.float32]) -> "Picture":
        low, high = self.low, self.high
        if (low, high) != (0.0, 255.0) or values.min() < 0 or values.max() > 255:
            low, high = float(values.min()), float(values.max())
        return replace(self, values=values, low=low, high=high)

    @property
    def is_colour(self) -> bool:
        """Whether the three channels are red, green and blue."""
        return self.channels == 3


def grey(values: NDArray[Any]) -> NDArray[Any]:
    """Return the luminance of an array of pixels (Rec. 601: 0.299 R + 0.587 G + 0.114 B).

    8-bit pixels give 8-bit grey, rounded to the nearest whole number as Pillow and OpenCV do, so that a class
    reads whole numbers; float pixels give the exact weighted sum. Pixels with neither one nor three
    channels give the mean of their channels.

    Parameters
    ----------
    values : ndarray, shape (..., C)
        ``uint8`` or float.

    Returns
    -------
    ndarray, shape (..., 1)
        Same dtype as ``values`` for ``uint8``, else ``float32``.
    """
    if values.shape[-1] == 1:
        return values
    out = np.empty((*values.shape[:-1], 1), np.uint8 if values.dtype == np.uint8 else np.float32)
    if values.ndim < 3:
        _grey_into(values, out[..., 0])
        return out
    # A few rows at a time: all of a photograph at once takes twenty times the memory of its grey.
    rows = max(1, _BAND // max(1, math.prod(values.shape[1:])))
    for top in range(0, len(values), rows):
        _grey_into(values[top : top + rows], out[top : top + rows, ..., 0])
    return out


def _grey_into(values: NDArray[Any], out: NDArray[Any]) -> None:
    """Write the luminance of pixels (..., C) into ``out`` (...)."""
    if values.dtype == np.uint8 and values.shape[-1] == 3:
        # The 16-bit fixed-point weights of Pillow's convert("L"), so that both give the same picture.
        total = np.multiply(values[..., 0], 19595, dtype=np.uint32)
        for channel, weight in ((1, 38470), (2, 7471)):
            total += np.multiply(values[..., channel], weight, dtype=np.uint32)
        total += 0x8000
        total >>= 16
        out[...] = total
        return
    weights = np.array(LUMA) if values.shape[-1] == 3 else np.full(values.shape[-1], 1 / values.shape[-1])
    exact = values @ weights
    out[...] = np.rint(exact) if values.dtype == np.uint8 else exact
