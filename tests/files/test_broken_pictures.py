"""Cut short, damaged, misnamed, enormous: each opens correctly or is refused in a sentence."""

import importlib.util
import io
import random
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import psutil  # type: ignore[import-untyped]
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.files.pictures import MAX_PIXELS, decode_picture, open_picture

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

STARTS = {kind: encode()[:64] for kind, encode in ENCODED.items()}


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


@pytest.mark.parametrize("kind", ENCODED)
def test_cut_at_every_tenth(kind: str) -> None:
    data = ENCODED[kind]()
    whole = decode_picture(data, f"whole.{kind}")
    assert whole.values.shape[:2] == (48, 64)
    for tenth in range(10):
        found = tried(data[: len(data) * tenth // 10], f"part-{tenth}.{kind}")
        if isinstance(found, Picture):
            # What the cut took away was not the picture itself.
            assert np.array_equal(found.values, whole.values), (
                f"{tenth}/10 of {kind} opened with other pixels"
            )


@pytest.mark.parametrize("kind", ENCODED)
def test_changed_bytes(kind: str) -> None:
    data = ENCODED[kind]()
    rnd = random.Random(kind)
    for _ in range(25):
        changed = bytearray(data)
        for _ in range(rnd.choice((1, 3, 20))):
            changed[rnd.randrange(rnd.choice((len(data), 100)))] = rnd.choice((0, 255, rnd.randrange(256)))
        tried(bytes(changed), f"changed.{kind}")


@given(st.binary(max_size=300), st.sampled_from(sorted(ENCODED)), st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_any_bytes_after_a_real_start(tail: bytes, kind: str, kept: int) -> None:
    tried(STARTS[kind][:kept] + tail, "any.png")


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif", "bmp", "tiff", "avif", "heic", "ppm", "npy"])
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".npy", ".txt", ""])
def test_a_misleading_name_does_not_matter(kind: str, suffix: str, tmp_path: Path) -> None:
    data = ENCODED[kind]()
    path = tmp_path / f"picture{suffix}"
    path.write_bytes(data)
    picture = open_picture(path)
    assert np.array_equal(picture.values, decode_picture(data, f"right.{kind}").values)
    belongs = {".png": "png", ".jpg": "jpeg", ".tif": "tiff", ".npy": "npy"}.get(suffix, "")
    said = any(str(note).startswith(f"The name ends in {suffix}") for note in picture.notes)
    assert said == (suffix != "" and belongs != kind)
    assert picture.source == str(path)
    assert picture.name == path.name


@pytest.mark.parametrize(
    ("start", "title"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "EPS"),
        (b"\xc5\xd0\xd3\xc6" + bytes(30), "EPS"),
        (b"%PDF-1.7\n", "PDF"),
        (b"8BPS\0\1", "Photoshop"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "SVG"),
        (b"<svg/>", "SVG"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"\0\0\1\0\1\0", "ICO"),
        (b"PK\3\4", "ZIP"),
        (b"qoif", "QOI"),
    ],
)
def test_other_formats_are_named(start: bytes, title: str) -> None:
    problem = tried(start + bytes(100), "other.png")
    assert str(problem).startswith(f"other.png is a {title} file, which convviz does not open.")


@pytest.mark.parametrize("data", [b"hello", b"\x7fELF" + bytes(60), b"\0" * 100, b"GIF", b"<html>"])
def test_not_a_picture(data: bytes) -> None:
    assert str(tried(data, "notes.png")).startswith("notes.png is not a picture.")


def test_empty() -> None:
    assert str(tried(b"", "void.png")) == "void.png is empty: there is not a single byte in it."


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


@pytest.mark.parametrize("kind", ["png", "bmp", "tiff", "jpeg", "ppm", "gif", "npy"])
@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (2, 65535), (65535, 2)])
def test_extreme_shapes(kind: str, shape: tuple[int, int]) -> None:
    if kind == "jpeg":
        shape = (min(shape[0], 65500), min(shape[1], 65500))
    values = (np.arange(shape[0] * shape[1]) % 251).astype(np.uint8).reshape(shape)
    if kind == "npy":
        data = npy(values)
    else:
        buffer = io.BytesIO()
        Image.fromarray(values).save(buffer, {"ppm": "PPM"}.get(kind, kind.upper()))
        data = buffer.getvalue()
    picture = decode_picture(data, f"thin.{kind}")
    assert picture.values.shape[:2] == shape
    if kind != "jpeg":
        assert np.array_equal(picture.values[..., 0], values)


def test_largest_webp_side() -> None:
    values = np.zeros((2, 16383, 3), np.uint8)
    values[:, ::2] = 255
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, "WEBP", lossless=True)
    assert np.array_equal(decode_picture(buffer.getvalue(), "wide.webp").values, values)


def installed_pictures() -> Iterator[Path]:
    """Yield the picture files of the packages installed beside NumPy."""
    spec = importlib.util.find_spec("numpy")
    assert spec is not None
    assert spec.origin is not None
    packages = Path(spec.origin).parent.parent
    suffixes = {
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".webp",
        ".ico",
        ".npy",
        ".svg",
        ".ppm",
    }
    for path in sorted(packages.rglob("*")):
        if path.suffix.lower() in suffixes and path.is_file():
            yield path


def test_every_picture_of_the_installed_packages() -> None:
    opened = refused = 0
    for path in installed_pictures():
        found = tried(path.read_bytes(), path.name)
        if isinstance(found, Problem):
            refused += 1
            assert path.suffix in (".ico", ".svg", ".npy"), f"{path}: {found}"
            continue
        opened += 1
        if path.suffix == ".npy" or found.values.dtype != np.uint8:
            continue
        with Image.open(path) as image:
            assert found.values.shape[:2] == (image.height, image.width), path
            plain = image.mode in ("RGB", "L") and not image.info.get("icc_profile")
            if plain and not image.has_transparency_data and image.getexif().get(0x0112, 1) == 1:
                expected = np.asarray(image).reshape(found.values.shape)
                assert np.array_equal(found.values, expected), path
    assert opened >= 30


def test_several_threads_at_once() -> None:
    expected = {kind: decode_picture(encode(), kind).values for kind, encode in ENCODED.items()}
    wrong: list[str] = []

    def work(kinds: list[str]) -> None:
        found = {kind: decode_picture(ENCODED[kind](), kind).values for kind in kinds}
        wrong.extend(kind for kind in kinds if not np.array_equal(found[kind], expected[kind]))

    threads = [threading.Thread(target=work, args=(random.sample(sorted(ENCODED), 12),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not wrong
    assert not any(thread.is_alive() for thread in threads)
