"""Encoders of our own, so that what is expected does not come from the decoder under test."""

import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

PngMaker = Callable[..., bytes]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _paeth(a: int, b: int, c: int) -> int:
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def _filtered(row: bytes, above: bytes, kind: int, step: int) -> bytes:
    """Apply one of PNG's five filters (specification, section 9)."""
    out = bytearray([kind])
    for at, value in enumerate(row):
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind]
        out.append((value - guess) & 255)
    return bytes(out)


def _make_png(values: NDArray[Any], colour_type: int, extra: tuple[tuple[bytes, bytes], ...] = ()) -> bytes:
    height, width = values.shape[:2]
    bits = values.dtype.itemsize * 8
    big = values.astype(values.dtype.newbyteorder(">")).reshape(height, -1)
    rows = [row.tobytes() for row in big]
    step = len(rows[0]) // width
    above = bytes(len(rows[0]))
    lines = []
    for number, row in enumerate(rows):
        lines.append(_filtered(row, above, number % 5, step))
        above = row
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header), *(_chunk(kind, data) for kind, data in extra)]
    chunks += [_chunk(b"IDAT", zlib.compress(b"".join(lines))), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture(scope="session")
def make_png() -> PngMaker:
    """Encode uint8 or uint16 values of shape (H, W, S), every filter in turn, with further chunks."""
    return _make_png


@pytest.fixture(scope="session")
def rng() -> np.random.Generator:
    return np.random.default_rng(20240607)
