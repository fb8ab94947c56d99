"""The exact values of a result, written to a file that other programs read."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.atomic import check_place, write_atomically
from convviz.files.exact import check_finite
from convviz.files.outputs import save_values

SUFFIXES = (".npy", ".csv", ".tif", ".tiff")
"""What :func:`save_result` writes."""

# A TIFF of 32-bit offsets ends here.
_MOST_TIFF = 2**32 - 2**20

Check = Callable[[], None]


def _nothing() -> None:
    """Do not stop."""


def check_result_place(path: Path) -> None:
    """Raise :class:`Problem` if :func:`save_result` could not write to ``path``, as far as can be told."""
    if path.suffix.lower() not in SUFFIXES:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} was not saved: values are written to a .npy, .csv or .tif file."
            ),
            name=path.name,
        )
    check_place(path)


def save_result(path: Path, values: NDArray[np.float32], check: Check = _nothing) -> None:
    """Write the values of maps, every one as exact as float32 is.

    ``.npy``: the array. ``.csv``: a line for each row with commas between, and an empty line between the
    maps, as a matrix can be pasted again; each number has the fewest digits that are read back as the same
    float32. ``.tif``: 32-bit floating point, a page for each map, not compressed.

    Parameters
    ----------
    path : Path
        File to write; replaced in one step if it exists.
    values : ndarray of float32, shape (C, H, W)
        What to write. A single map is written to ``.npy`` with two axes.
    check : callable
        Called for every part; may raise, and then nothing is written.

    Raises
    ------
    Problem
        If the name ends in something else, a value is not finite, or the file cannot be written; the old
        one is kept.
    """
    if values.ndim != 3:
        raise ValueError(f"maps are C×H×W, not {values.shape}")
    check_result_place(path)
    check_finite(values, path.name)
    check()
    match path.suffix.lower():
        case ".npy":
            save_values(path, values[0] if len(values) == 1 else values)
        case ".csv":
            write_atomically(path, _table(values, check))
        case _:
            write_atomically(path, _tiff(path, values))


def _table(values: NDArray[np.float32], check: Check) -> Iterator[bytes]:
    for number, plane in enumerate(values):
        if number:
            yield b"\n"
        for row in plane:
            check()
            # As text, float32 has its own shortest digits; Python's numbers would have twice as many.
            yield (",".join(row.astype(np.float32).astype(str).tolist()) + "\n").encode()


def _tiff(path: Path, values: NDArray[np.float32]) -> bytes:
    import tifffile

    if values.nbytes > _MOST_TIFF:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} was not saved: a TIFF file holds at most 4 GB. Save the values as .npy instead.",
            ),
            name=path.name,
        )
    buffer = io.BytesIO()
    # Page by page: any reader takes a page for a picture of its own, and none takes three maps for colours.
    with tifffile.TiffWriter(buffer) as writer:
        for plane in np.ascontiguousarray(values, np.float32):
            writer.write(plane, photometric="minisblack", metadata=None, contiguous=False)
    return buffer.getvalue()
