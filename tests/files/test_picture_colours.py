"""Colours of pictures: in sRGB, of 8 bits, without transparency, and notes that say so."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from convviz.files.pictures import decode_picture
from tests.files.picture_files import Rng, colours, notes, saved


def data_folder() -> Path:
    import importlib.util

    spec = importlib.util.find_spec("skimage")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "data"


def profile_of(file: str) -> bytes:
    with Image.open(data_folder() / file) as image:
        profile: bytes = image.info["icc_profile"]
    return profile


def test_profile_is_converted_to_srgb() -> None:
    adobe = profile_of("rocket.jpg")
    values = np.array([[[200, 100, 50], [10, 200, 30], [128, 128, 128]]], np.uint8)
    picture = decode_picture(saved(Image.fromarray(values), "PNG", icc_profile=adobe), "wide.png")
    # Adobe RGB (1998): gamma 563/256, its primaries to sRGB's, from its specification, section 4.3.
    linear = (values[0] / 255.0) ** (563 / 256)
    to_xyz = np.array(
        [[0.57667, 0.18556, 0.18823], [0.29734, 0.62736, 0.07529], [0.02703, 0.07069, 0.99134]], np.float64
    )
    to_srgb = np.array(
        [[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]], np.float64
    )
    rgb = np.clip(linear @ to_xyz.T @ to_srgb.T, 0, 1)
    expected = np.where(rgb <= 0.0031308, rgb * 12.92, 1.055 * rgb ** (1 / 2.4) - 0.055) * 255
    assert np.abs(picture.values[0] - expected).max() <= 2
    assert notes(picture) == "Colours converted from the profile “Adobe RGB (1998)” to sRGB."


def test_an_srgb_profile_changes_nothing(rng: Rng) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for shape in ((16, 16, 3), (16, 16)):
        values = colours(rng, *shape)
        picture = decode_picture(saved(Image.fromarray(values), "PNG", icc_profile=srgb), "p.png")
        assert np.array_equal(picture.values.reshape(shape), values)
        assert picture.notes == ()


def test_profile_of_a_large_picture_is_applied_to_every_strip(rng: Rng) -> None:
    adobe = profile_of("rocket.jpg")
    row = colours(rng, 1, 4000, 3)
    tall = np.repeat(row, 1500, 0)
    picture = decode_picture(saved(Image.fromarray(tall), "TIFF", icc_profile=adobe), "tall.tif")
    assert (picture.values == picture.values[0]).all()
    assert not np.array_equal(picture.values[0], row[0])


def test_grey_profile_stays_grey() -> None:
    grey = np.arange(256, dtype=np.uint8).reshape(16, 16)
    data = saved(Image.fromarray(grey), "PNG", icc_profile=profile_of("page.png"))
    picture = decode_picture(data, "grey.png")
    assert picture.values.shape == (16, 16, 1)
    assert "Dot Gain 20%" in notes(picture)
    assert (np.diff(picture.values.reshape(-1).astype(int)) >= 0).all()


def test_broken_and_foreign_profiles_are_left_out(rng: Rng) -> None:
    values = colours(rng, 4, 4, 3)
    broken = decode_picture(saved(Image.fromarray(values), "PNG", icc_profile=b"nonsense"), "p.png")
    assert np.array_equal(broken.values, values)
    assert notes(broken) == "The colour profile is damaged and was left out."
    grey = decode_picture(saved(Image.fromarray(values), "PNG", icc_profile=profile_of("page.png")), "p.png")
    assert np.array_equal(grey.values, values)
    assert notes(grey) == "The colour profile does not fit the picture and was left out."


def test_cmyk_without_a_profile(rng: Rng) -> None:
    values = colours(rng, 8, 8, 4)
    picture = decode_picture(saved(Image.fromarray(values, "CMYK"), "TIFF"), "print.tif")
    c = values.astype(int)
    expected = (255 - c[..., :3]) * (255 - c[..., 3:]) / 255
    assert np.abs(picture.values - expected).max() <= 1
    assert "Printing colours (CMYK)" in notes(picture)


def test_cmyk_jpeg_is_not_inverted() -> None:
    ink = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    picture = decode_picture(saved(ink, "JPEG", quality=100), "red.jpg")
    assert np.abs(picture.values.astype(int) - (255, 0, 0)).max() <= 3


def cmyk_profile() -> bytes:
    """Build an ICC CMYK profile of one lookup table: Lab at the corners, from C = 1 − R and so on."""
    lightness = []
    for corner in range(16):
        ink = [(corner >> bit) & 1 for bit in (3, 2, 1, 0)]
        level = 100 * (1 - ink[3]) * (1 - sum(ink[:3]) / 4)
        lightness.append((round(level * 652.8), 0x8000, 0x8000))
    table = (
        b"mft2"
        + bytes(4)
        + bytes([4, 3, 2, 0])
        + struct.pack(">9i", *(65536, 0, 0, 0, 65536, 0, 0, 0, 65536))
    )
    table += struct.pack(">HH", 2, 2) + struct.pack(">HH", 0, 65535) * 4
    table += b"".join(struct.pack(">HHH", *entry) for entry in lightness) + struct.pack(">HH", 0, 65535) * 3
    title = b"desc" + bytes(4) + struct.pack(">I", 9) + b"Test ink\0" + bytes(8 + 3 + 67)
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    tags, body, at = [], b"", 128 + 4 + 12 * 3
    for name, content in ((b"desc", title), (b"A2B0", table), (b"wtpt", white)):
        content += bytes(-len(content) % 4)
        tags.append(name + struct.pack(">II", at + len(body), len(content)))
        body += content
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", 3) + b"".join(tags) + body


def test_cmyk_with_a_profile() -> None:
    values = np.array([[[0, 0, 0, 0], [0, 0, 0, 255], [255, 0, 0, 0], [255, 255, 255, 0]]], np.uint8)
    data = saved(Image.fromarray(values, "CMYK"), "TIFF", icc_profile=cmyk_profile())
    picture = decode_picture(data, "print.tif")
    assert "Colours converted from the profile “Test ink” to sRGB." in notes(picture)
    # L* = 100, 0, 75 and 25 as sRGB grey: 255, 0, 185, 59.
    assert np.abs(picture.values[0, :, 1].astype(int) - [255, 0, 185, 59]).max() <= 2
    assert np.ptp(picture.values.astype(int), axis=2).max() <= 2


def test_lab_tiff() -> None:
    lab = Image.merge("LAB", [Image.new("L", (2, 2), value) for value in (255, 128, 128)])
    picture = decode_picture(saved(lab, "TIFF"), "lab.tif")
    assert np.abs(picture.values.astype(int) - 255).max() <= 2
    assert "CIELAB" in notes(picture)


def test_palette(rng: Rng) -> None:
    palette = colours(rng, 256, 3)
    index = colours(rng, 10, 11)
    image = Image.fromarray(index).convert("P")
    image.putdata(index.reshape(-1).tolist())
    image.putpalette(palette.reshape(-1).tolist())
    for key in ("PNG", "GIF", "BMP", "TIFF"):
        picture = decode_picture(saved(image, key), f"p.{key.lower()}")
        assert np.array_equal(picture.values, palette[index]), key
        assert "palette" in notes(picture)


@pytest.mark.parametrize("transparency", [2, bytes([255, 128, 0, 255])])
def test_palette_with_transparency(transparency: int | bytes) -> None:
    palette = np.array([[10, 20, 30], [200, 100, 50], [1, 2, 3], [250, 250, 250]], np.uint8)
    index = np.array([[0, 1], [2, 3]], np.uint8)
    image = Image.fromarray(index).convert("P")
    image.putdata(index.reshape(-1).tolist())
    image.putpalette(palette.reshape(-1).tolist())
    background = (100, 0, 255)
    data = saved(image, "PNG", transparency=transparency)
    picture = decode_picture(data, "p.png", background=background)
    levels = list(transparency) if isinstance(transparency, bytes) else [255, 255, 0, 255]
    alpha = np.array(levels)[index][..., None]
    expected = np.rint((palette[index] * alpha + np.array(background) * (255 - alpha)) / 255)
    assert np.array_equal(picture.values, expected)
    assert "Transparent parts were laid over the colour #6400FF." in notes(picture)


def test_alpha_is_laid_over_the_background(make_png: Callable[..., bytes], rng: Rng) -> None:
    values = colours(rng, 30, 20, 4)
    values[0, :, 3], values[1, :, 3] = 0, 255
    for background in ((255, 255, 255), (0, 128, 64)):
        picture = decode_picture(make_png(values, 6), "a.png", background=background)
        alpha = values[..., 3:].astype(float)
        expected = np.rint((values[..., :3] * alpha + np.array(background) * (255 - alpha)) / 255)
        assert np.array_equal(picture.values, expected)
        assert "Transparent parts" in notes(picture)


def test_grey_with_alpha(make_png: Callable[..., bytes]) -> None:
    values = np.array([[[10, 255], [200, 0], [100, 51]]], np.uint8)
    assert decode_picture(make_png(values, 4), "a.png").values.tolist() == [[[10], [255], [224]]]
    red = decode_picture(make_png(values, 4), "a.png", background=(255, 0, 0))
    assert red.values.tolist() == [[[10, 10, 10], [255, 0, 0], [224, 20, 20]]]


def test_opaque_alpha_needs_no_note(make_png: Callable[..., bytes], rng: Rng) -> None:
    values = colours(rng, 5, 5, 4)
    values[..., 3] = 255
    picture = decode_picture(make_png(values, 6), "a.png")
    assert np.array_equal(picture.values, values[..., :3])
    assert picture.notes == ()


def test_transparent_colour(make_png: Callable[..., bytes]) -> None:
    values = np.array([[[1, 2, 3], [1, 2, 4]]], np.uint8)
    data = make_png(values, 2, ((b"tRNS", struct.pack(">HHH", 1, 2, 4)),))
    assert decode_picture(data, "k.png", background=(9, 8, 7)).values.tolist() == [[[1, 2, 3], [9, 8, 7]]]


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_grey_of_few_bits(bits: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    most = 2**bits - 1
    values = [0, 1, most, most - 1]
    row = 0
    for value in values:
        row = row << bits | value
    row <<= -4 * bits % 8
    body = zlib.compress(b"\0" + row.to_bytes(-(-4 * bits // 8), "big"))
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 1, bits, 0, 0, 0, 0))
    end = chunk(b"IDAT", body) + chunk(b"IEND", b"")
    picture = decode_picture(start + end, "few.png")
    assert picture.values.reshape(-1).tolist() == [value * 255 // most for value in values]
    assert ("1 bit per pixel" if bits == 1 else f"Grey of {bits} bits per pixel") in notes(picture)
    keyed = decode_picture(start + chunk(b"tRNS", b"\0\1") + end, "few.png", background=(7, 7, 7))
    expected = [7 if value == 1 else value * 255 // most for value in values]
    assert keyed.values.reshape(-1).tolist() == expected


@pytest.mark.parametrize("key", ["PNG", "TIFF", "BMP", "PPM"])
def test_one_bit_is_0_and_255(rng: Rng, key: str) -> None:
    bits = rng.random((13, 21)) < 0.5
    picture = decode_picture(saved(Image.fromarray(bits), key), f"b.{key.lower()}")
    assert np.array_equal(picture.values[..., 0], np.where(bits, 255, 0))
    assert "Black and white (1 bit per pixel) is shown as 0 and 255." in notes(picture)


def test_avif_of_10_bits_is_said_to_be_reduced() -> None:
    data = bytearray(saved(Image.new("RGB", (16, 16)), "AVIF"))
    assert "reduced to 8" not in notes(decode_picture(bytes(data), "p.avif"))
    from convviz.files.decode import _is_deep_avif

    at = data.index(b"av1C")
    data[at + 6] |= 0x40
    assert _is_deep_avif(io.BytesIO(data))


def test_gif_with_transparency() -> None:
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 200, 100, 50])
    image.putpixel((0, 0), 0)
    picture = decode_picture(saved(image, "GIF", transparency=0), "t.gif", background=(1, 2, 3))
    assert picture.values[0, 0].tolist() == [1, 2, 3]
    assert picture.values[3, 3].tolist() == [200, 100, 50]
