"""Animated PNG, written picture by picture.

As in the third edition of the PNG specification (W3C, 2025), chunks acTL, fcTL and fdAT. Pillow writes it
too, but looks at all pictures before it writes the first, so that they all have to be in memory.
"""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Flags = NDArray[np.bool_]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Eight bits; red, green, blue and opacity; the only compression and filtering there are; not interlaced.
_RGBA8 = (8, 6, 0, 0, 0)
_KEEP, _OVER = 0, 1


def apng_bytes(pictures: Iterator[Pixels], milliseconds: int) -> bytes:
    """Return a file that shows pictures one after the other, again and again.

    Parameters
    ----------
    pictures : iterator of ndarray of uint8, shape (H, W, 3)
        At least one, all of one size.
    milliseconds : int
        How long each is shown.
    """
    before = next(pictures)
    height, width = before.shape[:2]
    chunks = [_chunk(b"fcTL", _control(0, (0, 0, height, width), milliseconds))]
    chunks.append(_chunk(b"IDAT", _packed(before, np.ones((height, width), bool))))
    count = number = 1
    for pixels in pictures:
        # What is as before is left transparent, which takes next to no room.
        different = (before != pixels).any(axis=2)
        box = _bounds(different)
        top, left, tall, wide = box
        chunks.append(_chunk(b"fcTL", _control(number, box, milliseconds)))
        part = np.s_[top : top + tall, left : left + wide]
        chunks.append(_chunk(b"fdAT", struct.pack(">I", number + 1) + _packed(pixels[part], different[part])))
        number, count, before = number + 2, count + 1, pixels
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, *_RGBA8))
    # How many there are, which is known only now, and that they are shown without end.
    return b"".join(
        [_SIGNATURE, head, _chunk(b"acTL", struct.pack(">II", count, 0)), *chunks, _chunk(b"IEND", b"")]
    )


def _bounds(different: Flags) -> tuple[int, int, int, int]:
    """Return top, left, height and width of what is different; one pixel if nothing is."""
    rows, columns = np.flatnonzero(different.any(axis=1)), np.flatnonzero(different.any(axis=0))
    if not len(rows):
        return 0, 0, 1, 1
    top, left = int(rows[0]), int(columns[0])
    return top, left, int(rows[-1]) + 1 - top, int(columns[-1]) + 1 - left


def _control(number: int, box: tuple[int, int, int, int], milliseconds: int) -> bytes:
    top, left, height, width = box
    return struct.pack(">IIIIIHHBB", number, width, height, left, top, milliseconds, 1000, _KEEP, _OVER)


def _packed(pixels: Pixels, opaque: Flags) -> bytes:
    """Return pixels compressed, row by row behind the number of the filter, none."""
    height, width = opaque.shape
    shown = np.zeros((height, width, 4), np.uint8)
    shown[opaque, :3], shown[opaque, 3] = pixels[opaque], 255
    rows = np.zeros((height, 1 + 4 * width), np.uint8)
    rows[:, 1:] = shown.reshape(height, 4 * width)
    return zlib.compress(rows.tobytes(), 6)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
