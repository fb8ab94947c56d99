"""Results out: exact values as .npy, rounded ones as PNG."""

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.atomic import write_atomically
from convviz.files.exact import check_finite


def save_values(path: Path, values: NDArray[Any]) -> None:
    """Write values to a ``.npy`` file, as float32 and unscaled.

    Parameters
    ----------
    path : Path
        File to write; replaced in one step if it exists.
    values : ndarray, shape (C, H, W) or (H, W)
        What to write.

    Raises
    ------
    Problem
        If it cannot be written; the old file is kept.
    """
    if values.ndim not in (2, 3):
        raise ValueError(f"values are C×H×W or H×W, not {values.shape}")
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(values, np.float32), allow_pickle=False)
    write_atomically(path, buffer.getvalue())


def save_png(path: Path, values: NDArray[Any]) -> int:
    """Write values to an 8-bit PNG, rounded to whole numbers and clipped to 0..255.

    Parameters
    ----------
    path : Path
        File to write; replaced in one step if it exists.
    values : ndarray, shape (C, H, W) or (H, W)
        One channel gives a grey picture, three a colour one.

    Returns
    -------
    int
        How many values were below 0 or above 255 after rounding, and were clipped.

    Raises
    ------
    Problem
        If there are two channels or more than three, a value is not finite, or the file cannot be written.
    """
    if values.ndim not in (2, 3):
        raise ValueError(f"values are C×H×W or H×W, not {values.shape}")
    planes = values[np.newaxis] if values.ndim == 2 else values
    if planes.shape[0] not in (1, 3):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} was not saved: a PNG holds 1 or 3 channels, not {channels}. Save it as .npy instead.",
            ),
            name=path.name,
            channels=planes.shape[0],
        )
    check_finite(planes, path.name)
    rounded = np.rint(planes)
    clipped = int(np.count_nonzero((rounded < 0) | (rounded > 255)))
    pixels = np.moveaxis(np.clip(rounded, 0, 255).astype(np.uint8), 0, -1)
    image = Image.fromarray(np.ascontiguousarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    write_atomically(path, buffer.getvalue())
    return clipped
