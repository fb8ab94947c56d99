"""One picture in every format that convviz opens, and what opening anything else may do."""

import io
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pillow_heif
import tifffile
from numpy.typing import NDArray
from PIL import Image

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.files.pictures import decode_picture

pillow_heif.register_heif_opener()


MAX_SECONDS = 5.0


def photograph() -> NDArray[np.uint8]:
    rows, columns = np.mgrid[0:48, 0:64]
    noise = np.random.default_rng(1).integers(0, 40, (48, 64, 3))
    return (np.stack([rows * 4, columns * 3, rows + columns], -1) + noise).clip(0, 255).astype(np.uint8)


def encoded(key: str, **options: Any) -> bytes:
    image = Image.fromarray(photograph())
    if options.pop("animated", False):
        options |= {"save_all": True, "append_images": [image.transpose(Image.Transpose.ROTATE_180)]}
    if mode := options.pop("mode", ""):
        image = image.convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, key, **options)
    return buffer.getvalue()


def deep_tiff(**options: Any) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(
        buffer, photograph().astype(np.uint16) * 257, photometric="rgb", rowsperstrip=8, **options
    )
    return buffer.getvalue()


def npy(values: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, values)
    return buffer.getvalue()


def plain_ppm() -> bytes:
    return b"P3\n64 48\n255\n" + " ".join(map(str, photograph().reshape(-1))).encode() + b"\n"


ENCODED: dict[str, Callable[[], bytes]] = {
    "png": lambda: encoded("PNG"),
    "png-palette": lambda: encoded("PNG", mode="P"),
    "apng": lambda: encoded("PNG", animated=True),
    "jpeg": lambda: encoded("JPEG"),
    "jpeg-progressive": lambda: encoded("JPEG", progressive=True),
    "jpeg-cmyk": lambda: encoded("JPEG", mode="CMYK"),
    "webp": lambda: encoded("WEBP"),
    "webp-lossless": lambda: encoded("WEBP", lossless=True),
    "webp-animated": lambda: encoded("WEBP", animated=True),
    "gif": lambda: encoded("GIF"),
    "gif-animated": lambda: encoded("GIF", animated=True),
    "bmp": lambda: encoded("BMP"),
    "bmp-palette": lambda: encoded("BMP", mode="P"),
    "tiff": lambda: encoded("TIFF"),
    "tiff-lzw": lambda: encoded("TIFF", compression="tiff_lzw"),
    "tiff-jpeg": lambda: encoded("TIFF", compression="jpeg"),
    "tiff-fax": lambda: encoded("TIFF", compression="group4", mode="1"),
    "tiff-16": lambda: deep_tiff(),
    "tiff-16-zlib": lambda: deep_tiff(compression="zlib"),
    "avif": lambda: encoded("AVIF"),
    "heic": lambda: encoded("HEIF"),
    "ppm": lambda: encoded("PPM"),
    "ppm-plain": plain_ppm,
    "pbm": lambda: encoded("PPM", mode="1"),
    "npy": lambda: npy(photograph()),
}


def tried(data: bytes, name: str) -> Picture | Problem:
    """Open ``data``; whatever is not a picture must be a sentence that names the file, and soon."""
    before = time.monotonic()
    result: Picture | Problem
    try:
        result = decode_picture(data, name)
    except Problem as problem:
        result = problem
    assert time.monotonic() - before < MAX_SECONDS
    if isinstance(result, Problem):
        assert name in str(result)
        assert str(result).endswith(".")
        assert "{" not in str(result)
    return result
