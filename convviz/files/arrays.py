"""NumPy arrays as pictures, and .npy files read without trusting them."""

import io
from typing import IO, Any, BinaryIO, cast

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.deep import spread
from convviz.files.exact import check_finite, rounding_note, to_float32
from convviz.files.pillow import decoders
from convviz.files.pixels import row_blocks
from convviz.files.refusals import check_memory, check_size, cut_short, damaged, too_large

MAX_CHANNELS = 64
GRID_SIDE = 64
_COLOUR_CHANNELS = range(1, 5)


def from_array(values: NDArray[Any], name: str, *, channels_first: bool = False) -> Picture:
    """Return an array as a picture, its values unscaled.

    Two axes are rows and columns. Of three, the last is the channels if its length is 1 to 4, else the first
    if its length is; when both could be, the last is taken and a note says so. Up to 64 channels are
    possible: of two longer axes the shorter one is the channels, of two equal ones the first.

    Parameters
    ----------
    values : ndarray, shape (H, W), (H, W, C) or (C, H, W)
        Booleans, integers or floats.
    name : str
        What the user calls it.
    channels_first : bool
        Take the first axis for the channels when the first and the last both could be.

    Returns
    -------
    Picture
        ``uint8`` for such arrays, else ``float32``. A grid if neither side is over 64.

    Raises
    ------
    Problem
        If the array is empty, not numeric, complex, not finite, too large, or has another number of axes.
    """
    values = np.asarray(values)
    _check_dtype(values.dtype, name)
    last, notes = _layout(values.shape, name, channels_first)
    stored = values[..., np.newaxis] if values.ndim == 2 else values if last else np.moveaxis(values, 0, -1)
    try:
        check_memory(name, values.size, values.dtype.itemsize)
        check_finite(values, name)
        if values.dtype == np.uint8:
            result: NDArray[Any] = np.array(stored, order="C")
        else:
            result = np.empty(stored.shape, np.float32)
            notes += rounding_note(to_float32(stored, result, name))
    except MemoryError as error:
        raise too_large(name) from error
    kind = PictureKind.GRID if max(result.shape[:2]) <= GRID_SIDE else PictureKind.PHOTO
    low, high = _shown_range(result, kind)
    return Picture(result, name, low, high, kind, notes=notes)


def read_npy(file: BinaryIO, name: str, *, channels_first: bool = False) -> Picture:
    """Read an array saved by ``numpy.save``; pickled objects are refused.

    Parameters
    ----------
    file : binary file
        At its start. The header is checked before any of the data is read.
    name, channels_first
        As for :func:`from_array`.

    Raises
    ------
    Problem
        If it is damaged, cut short, or one of the arrays :func:`from_array` refuses.
    """
    shape, fortran, dtype = npy_header(file, name)
    start = file.tell()
    _check_dtype(dtype, name)
    _layout(shape, name, channels_first)
    count = int(np.prod(shape, dtype=object))
    check_memory(name, count, dtype.itemsize)
    if file.seek(0, 2) - start < count * dtype.itemsize:
        raise cut_short(name, "NPY")
    file.seek(start)
    try:
        data = np.empty(count * dtype.itemsize, np.uint8)
    except MemoryError as error:
        raise too_large(name) from error
    if cast(io.BufferedReader, file).readinto(data.data) < data.size:
        raise cut_short(name, "NPY")
    values = data.view(dtype).reshape(shape, order="F" if fortran else "C")
    return from_array(values, name, channels_first=channels_first)


def npy_header(file: IO[bytes], name: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return the shape of the array in a ``.npy`` file, whether it is column by column, and its type.

    Parameters
    ----------
    file : binary file
        At its start; left at the first number.
    name : str
        What the user calls it.

    Raises
    ------
    Problem
        If there is no such header.
    """
    try:
        with decoders():
            version = npy.read_magic(file)
            read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[version]
            shape, fortran, dtype = read(file)
    except Exception as error:
        # The header is Python source of a sort: a damaged one fails in many ways.
        raise damaged(name, "NPY") from error
    return shape, fortran, dtype


def _check_dtype(dtype: np.dtype[Any], name: str) -> None:
    if dtype.kind in "biuf":
        return
    if dtype.kind == "c":
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} holds complex numbers. Save their real part, imaginary part or absolute value.",
            ),
            name=name,
        )
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "{name} does not hold numbers but {type}. Save an array of numbers instead."
        ),
        name=name,
        type=f"“{dtype.name}”",
    )


def _layout(shape: tuple[int, ...], name: str, channels_first: bool) -> tuple[bool, tuple[Sentence, ...]]:
    """Return whether the channels are the last axis, and a note if they could have been the first."""
    if len(shape) not in (2, 3):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} has the shape {shape}. A picture has rows and columns, and perhaps channels first"
                " or last: 2 or 3 axes.",
            ),
            name=name,
            shape=_shape_text(shape),
        )
    if len(shape) == 2:
        check_size(name, shape[1], shape[0])
        return True, ()
    last, ambiguous = _channels_last(shape, channels_first)
    height, width, channels = shape if last else (shape[1], shape[2], shape[0])
    check_size(name, width, height)
    if not 1 <= channels <= MAX_CHANNELS:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} has the shape {shape}: neither its first nor its last axis can be the channels, of"
                " which there are 1 to {most}.",
            ),
            name=name,
            shape=_shape_text(shape),
            most=MAX_CHANNELS,
        )
    return last, (_layout_note(shape, last),) if ambiguous else ()


def _channels_last(shape: tuple[int, ...], channels_first: bool) -> tuple[bool, bool]:
    """Return whether the last of three axes is the channels, and whether the first could be as well."""
    first, last = shape[0] in _COLOUR_CHANNELS, shape[2] in _COLOUR_CHANNELS
    if first and last:
        return not channels_first, True
    if first or last:
        return last, False
    both = max(shape[0], shape[2]) <= MAX_CHANNELS
    return shape[2] < shape[0] and not (both and channels_first), both


def _layout_note(shape: tuple[int, ...], last: bool) -> Sentence:
    values = {"shape": _shape_text(shape), "channels": shape[2] if last else shape[0]}
    if last:
        return Sentence(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The shape {shape} was read as rows × columns × channels ({channels} channels); channels"
                " × rows × columns would be possible too.",
            ),
            values,
        )
    return Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The shape {shape} was read as channels × rows × columns ({channels} channels); rows × columns"
            " × channels would be possible too.",
        ),
        values,
    )


def _shape_text(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "1"


def _shown_range(values: NDArray[Any], kind: PictureKind) -> tuple[float, float]:
    """Return the values of black and white: 0 and 255 for what looks like pixels, else least and most."""
    low, high = float(values.min()), float(values.max())
    pixels = low >= 0 and 1 < high <= 255 and _whole(values)
    # The small numbers of a grid would all look black on a scale of 0 to 255.
    if kind is PictureKind.GRID and not (values.dtype == np.uint8 and values.shape[2] == 3):
        pixels = False
    return (0.0, 255.0) if pixels else spread(low, high)


def _whole(values: NDArray[Any]) -> bool:
    """Whether all values are whole numbers."""
    if values.dtype.kind != "f":
        return True
    blocks = (values[rows] for rows in row_blocks(values.shape[0], values[0].size))
    return all(bool((block == np.rint(block)).all()) for block in blocks)
