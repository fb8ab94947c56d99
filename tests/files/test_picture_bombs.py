"""Pictures that claim to be huge are refused before anything is decoded."""

import io
import struct
import zlib

import psutil  # type: ignore[import-untyped]
import pytest
from PIL import Image

from convviz.core.text import Problem
from convviz.files.pictures import MAX_PIXELS
from tests.files.encoded_pictures import ENCODED, encoded, photograph, tried


def png_claiming(width: int, height: int, bits: int = 8, colour_type: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b"")


def npy_claiming(shape: str, descr: str = "'<f4'") -> bytes:
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(64)


def claiming(key: str, width: int, height: int) -> bytes:
    """Change the size in a small picture's header."""
    data = bytearray(encoded(key))
    if key == "BMP":
        data[18:26] = struct.pack("<ii", width, height)
    elif key == "GIF":
        at = data.index(b",", 13 + 3 * 256)
        data[6:10] = data[at + 5 : at + 9] = struct.pack("<HH", width, height)
    elif key == "JPEG":
        at = data.index(b"\xff\xc0")
        data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    elif key == "AVIF":
        at = data.index(b"ispe")
        data[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(data)


BOMBS: dict[str, bytes] = {
    "png": png_claiming(20000, 20000),
    "png-16": png_claiming(20000, 20000, 16),
    "png-just-over": png_claiming(1, MAX_PIXELS + 1),
    "png-16-memory": png_claiming(13000, 13000, 16, 6),
    "bmp": claiming("BMP", 20000, 20000),
    "gif": claiming("GIF", 20000, 20000),
    "jpeg": claiming("JPEG", 20000, 20000),
    "webp-lossless": b"RIFF\x20\0\0\0WEBPVP8L\x14\0\0\0\x2f"
    + struct.pack("<I", 16382 | 16382 << 14)
    + bytes(15),
    "ppm": b"P6 20000 20000 255\n",
    "ppm-plain": b"P1 20000 20000\n1",
    "npy": npy_claiming("(20000, 20000)"),
    "npy-huge": npy_claiming(f"({10**15}, {10**15}, 3)"),
    "npy-channels": npy_claiming("(14000, 14000, 64)"),
    "npy-row": npy_claiming(f"(1, {10**12})"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_are_refused_before_decoding(kind: str) -> None:
    before = psutil.Process().memory_info().rss
    problem = tried(BOMBS[kind], f"bomb.{kind}")
    assert isinstance(problem, Problem)
    assert any(word in str(problem) for word in ("megapixels", "too much memory")), str(problem)
    assert psutil.Process().memory_info().rss - before < 100_000_000


def test_tiff_and_heif_bombs() -> None:
    buffer = io.BytesIO()
    Image.fromarray(photograph()).save(buffer, "TIFF", compression="tiff_lzw")
    data = bytearray(buffer.getvalue())
    for tag in (b"\x00\x01\x04\x00\x01\x00\x00\x00", b"\x01\x01\x04\x00\x01\x00\x00\x00"):
        if tag not in data:
            tag = tag.replace(b"\x04\x00\x01", b"\x03\x00\x01")
        at = data.index(tag)
        data[at + 2 : at + 12] = struct.pack("<HII", 4, 1, 20000)
    assert "20000 × 20000, 400 megapixels" in str(tried(bytes(data), "bomb.tif"))
    assert isinstance(tried(claiming("AVIF", 40000, 40000), "bomb.avif"), Problem)


def test_the_limit_itself_is_not_over_it() -> None:
    # Refused because there are no pixels behind the header, not because of the size.
    assert "cut short" in str(tried(b"P4 20000 10000\n", "limit.pbm"))


def test_decoders_leave_no_trace() -> None:
    before = Image.MAX_IMAGE_PIXELS
    for data in (BOMBS["png"], ENCODED["png"](), b"GIF89a"):
        tried(data, "a.png")
    assert before == Image.MAX_IMAGE_PIXELS
