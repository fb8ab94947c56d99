"""16-bit, float and other pictures whose values must survive."""

import io
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image, ImageCms

from convviz.core.text import Problem
from convviz.files import tiff as tiff_module
from convviz.files.pictures import decode_picture

Rng = np.random.Generator


def notes(picture: Any) -> str:
    return " ".join(str(note) for note in picture.notes)


def wide(rng: Rng, *shape: int) -> NDArray[np.uint16]:
    values = rng.integers(0, 65536, shape, dtype=np.uint16)
    values.flat[0], values.flat[1] = 0, 65535
    return values


@pytest.mark.parametrize(("colour_type", "samples"), [(0, 1), (2, 3)])
def test_16_bit_png_keeps_every_bit(
    make_png: Callable[..., bytes], rng: Rng, colour_type: int, samples: int
) -> None:
    values = wide(rng, 13, 11, samples)
    picture = decode_picture(make_png(values, colour_type), "deep.png")
    assert picture.values.dtype == np.float32
    assert np.array_equal(picture.values, values)
    assert (picture.low, picture.high) == (0, 65535)
    assert "16 bits per channel" in notes(picture)


@pytest.mark.parametrize(("colour_type", "colours"), [(4, 1), (6, 3)])
def test_16_bit_png_with_alpha_lies_over_the_background(
    make_png: Callable[..., bytes], rng: Rng, colour_type: int, colours: int
) -> None:
    values = wide(rng, 9, 12, colours + 1)
    values[0, :, -1], values[1, :, -1] = 0, 65535
    background = (51, 51, 51) if colours == 1 else (255, 0, 51)
    picture = decode_picture(make_png(values, colour_type), "a.png", background=background)
    alpha = values[..., -1:].astype(np.float64) / 65535
    paper = np.array(background[:colours]) / 255 * 65535
    expected = values[..., :colours] * alpha + paper * (1 - alpha)
    assert picture.values.shape == expected.shape
    assert np.abs(picture.values - expected).max() < 0.02
    assert np.array_equal(picture.values[1], values[1, :, :colours])
    assert np.array_equal(picture.values[0], np.broadcast_to(np.float32(paper), (12, colours)))
    assert "Transparent parts" in notes(picture)


def test_16_bit_grey_alpha_over_a_colour_becomes_colour(make_png: Callable[..., bytes]) -> None:
    values = np.array([[[1000, 65535], [1000, 0]]], np.uint16)
    picture = decode_picture(make_png(values, 4), "a.png", background=(255, 0, 0))
    assert picture.values.tolist() == [[[1000, 1000, 1000], [65535, 0, 0]]]


def test_16_bit_transparent_colour_is_compared_with_all_bits(make_png: Callable[..., bytes]) -> None:
    values = np.array([[[257, 258, 259], [257, 258, 260]]], np.uint16)
    key = (b"tRNS", struct.pack(">HHH", 257, 258, 260))
    picture = decode_picture(make_png(values, 2, (key,)), "a.png", background=(0, 0, 0))
    assert picture.values.tolist() == [[[257, 258, 259], [0, 0, 0]]]
    grey = np.array([[[256], [257]]], np.uint16)
    picture = decode_picture(make_png(grey, 0, ((b"tRNS", struct.pack(">H", 257)),)), "g.png")
    assert picture.values.tolist() == [[[256], [65535]]]


def test_interlaced_16_bit_png(rng: Rng) -> None:
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    values = wide(rng, 3, 3, 3)
    # Adam7 of 3×3: passes 1, 4, 5 (one row), 6 (two rows) and 7 have pixels.
    passes = [[(0, 0)], [(0, 2)], [(2, 0), (2, 2)], [(0, 1)], [(2, 1)], [(1, 0), (1, 1), (1, 2)]]
    body = b"".join(b"\0" + b"".join(values[at].astype(">u2").tobytes() for at in row) for row in passes)
    header = struct.pack(">IIBBBBB", 3, 3, 16, 2, 0, 0, 1)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(body))
    picture = decode_picture(data + chunk(b"IEND", b""), "adam.png")
    assert np.array_equal(picture.values, values)


def test_16_bit_png_turned_by_exif(make_png: Callable[..., bytes], rng: Rng) -> None:
    values = wide(rng, 4, 6, 3)
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = decode_picture(make_png(values, 2, ((b"eXIf", exif.tobytes()[6:]),)), "turned.png")
    assert np.array_equal(picture.values, np.rot90(values, -1))


def test_profile_of_a_deep_picture_is_left_out_with_a_note(make_png: Callable[..., bytes], rng: Rng) -> None:
    import zlib

    values = wide(rng, 4, 4, 3)
    with Image.open(Path(_skimage_data()) / "rocket.jpg") as rocket:
        adobe = rocket.info["icc_profile"]
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile, said in ((adobe, True), (srgb, False)):
        chunk = (b"iCCP", b"p\0\0" + zlib.compress(profile))
        picture = decode_picture(make_png(values, 2, (chunk,)), "deep.png")
        assert np.array_equal(picture.values, values)
        assert ("colour profile was not applied" in notes(picture)) is said


def _skimage_data() -> str:
    import importlib.util

    spec = importlib.util.find_spec("skimage")
    assert spec is not None
    assert spec.submodule_search_locations
    return f"{spec.submodule_search_locations[0]}/data"


def tiff(values: NDArray[Any], **options: Any) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, values, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("byteorder", ["<", ">"])
@pytest.mark.parametrize("compression", [None, "zlib"])
@pytest.mark.parametrize("layout", ["grey", "contig", "separate", "tiled"])
def test_16_bit_tiff(rng: Rng, byteorder: str, compression: str | None, layout: str) -> None:
    values = wide(rng, 20, 18, 1 if layout == "grey" else 3)
    options: dict[str, Any] = {"byteorder": byteorder, "compression": compression}
    if layout == "grey":
        data = tiff(values[..., 0], photometric="minisblack", **options)
    elif layout == "separate":
        data = tiff(values.transpose(2, 0, 1), photometric="rgb", planarconfig="separate", **options)
    else:
        if layout == "tiled":
            options["tile"] = (16, 16)
        data = tiff(values, photometric="rgb", **options)
    picture = decode_picture(data, "deep.tif")
    assert np.array_equal(picture.values, values)
    assert (picture.low, picture.high) == (0, 65535)


def test_lzw_16_bit_tiffs_go_through_pillow(rng: Rng, monkeypatch: pytest.MonkeyPatch) -> None:
    grey = wide(rng, 9, 7)
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "TIFF", compression="tiff_lzw")
    assert np.array_equal(decode_picture(buffer.getvalue(), "lzw.tif").values[..., 0], grey)
    # Nothing here writes 16-bit colour with LZW, so another compression stands in for it.
    monkeypatch.setattr(tiff_module, "_tifffile_reads", lambda page: False)
    for byteorder in "<>":
        for samples in (3, 4):
            values = wide(rng, 9, 7, samples)
            values[..., 3:] = 65535
            extra: dict[str, Any] = {"extrasamples": ["unassalpha"]} if samples == 4 else {}
            data = tiff(values, photometric="rgb", compression="zlib", byteorder=byteorder, **extra)
            picture = decode_picture(data, "colour.tif")
            assert np.array_equal(picture.values, values[..., :3]), (byteorder, samples, sys.byteorder)
    unsigned = np.array([[0, 2**31], [2**32 - 256, 512]], np.uint32)
    data = tiff(unsigned, photometric="minisblack", compression="zlib")
    assert np.array_equal(decode_picture(data, "u.tif").values[..., 0], unsigned)
    planar = tiff(wide(rng, 3, 9, 7), photometric="rgb", planarconfig="separate", compression="zlib")
    with pytest.raises(Problem, match=r"planar\.tif cannot be read: it is a rare variant of TIFF"):
        decode_picture(planar, "planar.tif")


@pytest.mark.parametrize("dtype", ["<f2", "<f4", ">f4", "<f8", "<i2", "<i4", "<u4", "<i1"])
@pytest.mark.parametrize("channels", [1, 3])
def test_other_tiff_numbers(rng: Rng, dtype: str, channels: int) -> None:
    values = rng.integers(-100, 100, (8, 9, channels)).astype(dtype)
    if dtype[1] == "u":
        values = rng.integers(0, 2**24, (8, 9, channels)).astype(dtype)
    data = tiff(
        values if channels == 3 else values[..., 0],
        photometric="rgb" if channels == 3 else "minisblack",
        byteorder=dtype[0],
    )
    picture = decode_picture(data, "n.tif")
    assert np.array_equal(picture.values, values.astype(np.float32))
    assert (picture.low, picture.high) == (values.min(), values.max())


def test_float_tiff_between_0_and_1_is_shown_from_0_to_1(rng: Rng) -> None:
    values = (rng.random((5, 6, 3)) * 0.5).astype(np.float32)
    picture = decode_picture(tiff(values, photometric="rgb"), "f.tif")
    assert np.array_equal(picture.values, values)
    assert (picture.low, picture.high) == (0, 1)
    assert "32-bit decimal numbers per channel" in notes(picture)


def test_float64_tiff_says_how_many_values_were_rounded() -> None:
    picture = decode_picture(tiff(np.array([[0.1, 0.5], [0.2, 1]])), "f.tif")
    assert "Values rounded to 32-bit precision (about 7 digits): 2." in notes(picture)


def test_float_tiff_with_nan_is_refused() -> None:
    values = np.ones((3, 4), np.float32)
    values[1, 2] = values[2, 0] = np.nan
    with pytest.raises(Problem, match=r"holes\.tif contains .* 2 in all, the first at index \[1, 2, 0\]"):
        decode_picture(tiff(values), "holes.tif")


def test_float_rgba_and_premultiplied_tiff() -> None:
    pixel = np.array([[[0.5, 0.25, 0.0, 0.5]]], np.float32)
    straight = tiff(pixel, photometric="rgb", extrasamples=["unassalpha"])
    assert decode_picture(straight, "s.tif").values.tolist() == [[[0.75, 0.625, 0.5]]]
    multiplied = tiff(pixel, photometric="rgb", extrasamples=["assocalpha"])
    assert decode_picture(multiplied, "m.tif").values.tolist() == [[[1.0, 0.75, 0.5]]]


def test_further_channels_are_left_out_with_a_note(rng: Rng) -> None:
    values = wide(rng, 4, 5, 5)
    data = tiff(values, photometric="rgb", extrasamples=["unspecified"] * 2, planarconfig="contig")
    picture = decode_picture(data, "five.tif")
    assert np.array_equal(picture.values, values[..., :3])
    assert "Channels beyond the colours were left out: 2." in notes(picture)


def test_white_is_zero(rng: Rng) -> None:
    values = wide(rng, 4, 5)
    picture = decode_picture(tiff(values, photometric="miniswhite"), "w.tif")
    assert np.array_equal(picture.values[..., 0], 65535 - values.astype(int))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_16_bit_tiff_is_turned_upright(rng: Rng, orientation: int) -> None:
    values = wide(rng, 4, 6, 3)
    data = tiff(values, photometric="rgb", extratags=[(274, 3, 1, orientation, True)])
    assert np.array_equal(decode_picture(data, "t.tif").values, UPRIGHT[orientation](values))


# What EXIF says where the stored first row and first column are (CIPA DC-008, 4.6.5).
UPRIGHT: dict[int, Callable[[NDArray[Any]], NDArray[Any]]] = {
    1: lambda v: v,
    2: lambda v: v[:, ::-1],
    3: lambda v: v[::-1, ::-1],
    4: lambda v: v[::-1],
    5: lambda v: v.transpose(1, 0, 2),
    6: lambda v: v[::-1].transpose(1, 0, 2),
    7: lambda v: v[::-1, ::-1].transpose(1, 0, 2),
    8: lambda v: v.transpose(1, 0, 2)[::-1],
}


def test_strips_beyond_the_end_of_a_tiff_are_not_zeros(rng: Rng) -> None:
    data = tiff(wide(rng, 40, 40, 3), photometric="rgb", rowsperstrip=4)
    with pytest.raises(Problem, match=r"short\.tif is cut short"):
        decode_picture(data[: len(data) - 500], "short.tif")


def test_10_bit_heic_keeps_its_range() -> None:
    pillow_heif.register_heif_opener()
    ramp = np.linspace(0, 65535, 64).astype(np.uint16)
    values = np.stack([np.tile(ramp, (64, 1))] * 3, -1)
    buffer = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", (64, 64), values.tobytes()).save(buffer, quality=-1)
    picture = decode_picture(buffer.getvalue(), "phone.heic")
    assert picture.values.dtype == np.float32
    assert picture.high == 1023
    assert np.abs(picture.values - (values >> 6)).max() <= 4
    assert "10 bits per channel" in notes(picture)


@pytest.mark.parametrize(
    ("data", "expected", "high"),
    [
        (b"P2\n# a comment\n3 1\n15\n0 7 15\n", [[[0], [7], [15]]], 15),
        (b"P3 1 1 1000\n1 500 1000", [[[1, 500, 1000]]], 1000),
        (b"P5 2 1 65535\n\x01\x02\xff\xff", [[[258], [65535]]], 65535),
        (b"P5 2 1 100\n\x01\x64", [[[1], [100]]], 100),
        (b"P6 1 1 4095\n\x00\x01\x00\x02\x0f\xff", [[[1, 2, 4095]]], 4095),
    ],
)
def test_pnm_with_another_highest_value(data: bytes, expected: list[Any], high: float) -> None:
    picture = decode_picture(data, "n.pgm")
    assert picture.values.dtype == np.float32
    assert picture.values.tolist() == expected
    assert (picture.low, picture.high) == (0, high)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"P1\n3 2\n1 0 1\n0#x\n10", [[[0], [255], [0]], [[255], [0], [255]]]),
        (b"P4\n10 1\n\xaa\x40", [[[0], [255], [0], [255], [0], [255], [0], [255], [255], [0]]]),
        (b"P2 2 1 255 0 200", [[[0], [200]]]),
        (b"P3\n1 1\n255\n1 2 3\n", [[[1, 2, 3]]]),
        (b"P5 2 1 255\n\x07\xff", [[[7], [255]]]),
        (b"P6#c\n 1 1\r255\n\x07\xff\x00", [[[7, 255, 0]]]),
    ],
)
def test_ordinary_pnm(data: bytes, expected: list[Any]) -> None:
    picture = decode_picture(data, "n.ppm")
    assert picture.values.dtype == np.uint8
    assert picture.values.tolist() == expected


@pytest.mark.parametrize(
    "data",
    [
        b"P5 ",
        b"P5 2",
        b"P5 2 2 255\nabc",
        b"P5 2 2 0\nabcd",
        b"P5 2 2 70000\n",
        b"P2 2 1 9 1 10",
        b"P2 1 1 9 x",
        b"P1 2 1 1 2",
        b"P5 0 1 255\n",
        b"P5 99999999999 1 255\n",
        b"P5 99999 99999 255\n",
        b"P3 20000 9999 9 1",
    ],
)
def test_damaged_pnm(data: bytes) -> None:
    with pytest.raises(Problem, match=r"bad\.ppm"):
        decode_picture(data, "bad.ppm")
