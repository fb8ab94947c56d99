"""Pictures in: from a file, from pasted bytes, from an array."""

import io
import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from convviz.core.picture import Picture
from convviz.files.arrays import from_array, read_npy
from convviz.files.decode import decode
from convviz.files.pixels import Colour
from convviz.files.refusals import MAX_PIXELS
from convviz.files.signatures import HEAD_LENGTH, PICTURE_SUFFIXES, misnamed, recognise
from convviz.files.sources import empty, open_regular, unreadable

__all__ = ["MAX_PIXELS", "PICTURE_SUFFIXES", "decode_picture", "from_array", "open_picture"]

WHITE: Colour = (255, 255, 255)


def open_picture(
    path: str | os.PathLike[str], *, background: Colour = WHITE, channels_first: bool = False
) -> Picture:
    """Open a picture file.

    PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, PPM (PGM, PBM) and NPY, told apart by their content. The
    picture is turned upright, its colours are converted to sRGB, transparency is laid over ``background``;
    notes say what was done. Pictures of more than 8 bits, and arrays, keep their values.

    Parameters
    ----------
    path : str or path
        File to open.
    background : (int, int, int)
        Colour that shows through transparency.
    channels_first : bool
        For ``.npy``: take the first axis for the channels when the first and the last both could be.

    Returns
    -------
    Picture
        ``uint8`` of shape (H, W, 1) or (H, W, 3) for ordinary pictures, else ``float32``.

    Raises
    ------
    Problem
        If it cannot be opened, in one sentence that names the file. Nothing over 200 megapixels is decoded.
    """
    path = Path(path)
    with open_regular(path) as file:
        try:
            picture = _read(file, path.name, background, channels_first)
        except OSError as error:
            raise unreadable(path.name, error) from error
    return replace(picture, source=os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def decode_picture(data: bytes, name: str, *, background: Colour = WHITE) -> Picture:
    """Decode a picture that came as bytes, from the clipboard for example.

    Parameters
    ----------
    data : bytes
        Content of a picture file of any of the formats of :func:`open_picture`.
    name : str
        What to call it.
    background : (int, int, int)
        Colour that shows through transparency.

    Raises
    ------
    Problem
        If it cannot be decoded.
    """
    if not data:
        raise empty(name)
    return _read(io.BytesIO(data), name, background, channels_first=False)


def _read(file: BinaryIO, name: str, background: Colour, channels_first: bool) -> Picture:
    form = recognise(file.read(HEAD_LENGTH), name)
    file.seek(0)
    notes = misnamed(form, name)
    if form.key == "NPY":
        picture = read_npy(file, name, channels_first=channels_first)
        return replace(picture, notes=notes + picture.notes)
    pixels = decode(file, form, name, background)
    return Picture(pixels.values, name, pixels.low, pixels.high, notes=notes + pixels.notes)
