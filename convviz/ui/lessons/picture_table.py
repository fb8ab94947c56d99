"""A picture as a table of a file, and back."""

import base64
import binascii
import io
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.lessons import Table
from convviz.core.picture import Picture, PictureKind
from convviz.core.text import QT_TRANSLATE_NOOP
from convviz.files.samples import open_sample
from convviz.ui.lessons.state_fields import (
    MOST_SIDE,
    allow_only,
    array_from,
    choice_of,
    is_whole,
    number_of,
    refuse,
)

MOST_VALUES = 200_000_000
"""What a picture inside a file may unpack to: a damaged one could claim anything."""

_PICTURE = ("sample", "values", "packed", "shape", "bytes", "name", "low", "high", "kind")


def picture_from(table: Table) -> Picture:
    """Return the picture that a table describes.

    Parameters
    ----------
    table : mapping
        ``sample``, the id of one that comes with convviz; or ``values``, rows of numbers, or a list of such
        for the channels; or ``packed``, base64 of zlib of the raw values, with ``shape`` and ``bytes`` (1 or
        4 for each value).

    Raises
    ------
    Problem
        If something is not as it should be; the sentence names the field.
    """
    allow_only(table, "picture", _PICTURE)
    sample = table.get("sample")
    if sample is not None:
        try:
            return open_sample(str(sample))
        except KeyError:
            refuse("picture, sample")
    values = _unpacked(table) if "packed" in table else _typed(table.get("values"))
    name = table.get("name", QT_TRANSLATE_NOOP("Sentence", "Numbers of a lesson"))
    kind = choice_of(table, "kind", PictureKind, PictureKind.GRID, "picture")
    low, high = float(values.min()), float(values.max())
    if values.dtype == np.uint8:
        low, high = 0.0, 255.0
    low, high = number_of(table, "low", low, "picture"), number_of(table, "high", high, "picture")
    if not isinstance(name, str) or not low <= high:
        refuse("picture, name" if low <= high else "picture, low")
    return Picture(values, name, low, high, kind)


def picture_table(picture: Picture) -> dict[str, Any]:
    """Return the table that gives a picture back, to the bit."""
    table: dict[str, Any] = {"name": picture.name, "kind": picture.kind.value}
    table |= {"low": picture.low, "high": picture.high}
    values = np.ascontiguousarray(picture.values)
    if values.size <= 1024 and values.dtype == np.float32 and np.isfinite(values).all():
        return table | {"values": np.moveaxis(values, -1, 0).tolist()}
    packed = zlib.compress(values.tobytes(), 9)
    table |= {"shape": list(values.shape), "bytes": values.itemsize}
    return table | {"packed": base64.b64encode(packed).decode("ascii")}


def _typed(given: object) -> NDArray[Any]:
    values = array_from(given, "picture, values").astype(np.float32)
    if values.ndim == 2:
        values = values[np.newaxis]
    if values.ndim != 3 or values.size == 0:
        refuse("picture, values")
    return np.ascontiguousarray(np.moveaxis(values, 0, -1))


def _unpacked(table: Table) -> NDArray[Any]:
    shape, each = table.get("shape"), table.get("bytes")
    plain = isinstance(shape, list) and len(shape) == 3 and all(is_whole(n, 1, MOST_SIDE) for n in shape)
    if not plain or not isinstance(shape, list) or int(np.prod(shape)) > MOST_VALUES:
        refuse("picture, shape")
    if each not in (1, 4):
        refuse("picture, bytes")
    size = int(np.prod(shape)) * each
    try:
        packed = base64.b64decode(str(table["packed"]), validate=True)
        # What it unpacks to is known: no more of it is unpacked.
        data = zlib.decompressobj().decompress(packed, size + 1)
    except (binascii.Error, zlib.error, ValueError):
        refuse("picture, packed")
    if len(data) != size:
        refuse("picture, packed")
    values = np.frombuffer(io.BytesIO(data).getbuffer(), np.uint8 if each == 1 else np.dtype("<f4"))
    values = np.array(values.reshape(shape), np.uint8 if each == 1 else np.float32)
    if not np.isfinite(values).all():
        refuse("picture, packed")
    return values
