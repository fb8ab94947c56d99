"""Ordinary pictures: right pixels, upright, and a sentence for what is none."""

import io
import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from convviz.core.picture import PictureKind
from convviz.core.text import Problem
from convviz.files.pictures import PICTURE_SUFFIXES, decode_picture, open_picture
from tests.files.picture_files import Rng, colours, notes, saved


@pytest.mark.parametrize(("colour_type", "samples"), [(0, 1), (2, 3)])
def test_png_pixels(make_png: Callable[..., bytes], rng: Rng, colour_type: int, samples: int) -> None:
    values = colours(rng, 12, 17, samples)
    picture = decode_picture(make_png(values, colour_type), "p.png")
    assert picture.values.dtype == np.uint8
    assert np.array_equal(picture.values, values)
    assert picture.values.flags.c_contiguous
    assert not picture.values.flags.writeable
    assert (picture.low, picture.high, picture.kind) == (0, 255, PictureKind.PHOTO)
    assert (picture.name, picture.source, picture.notes) == ("p.png", "", ())


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("WEBP", {"lossless": True}),
        ("PPM", {}),
    ],
)
def test_lossless_formats(rng: Rng, key: str, options: dict[str, Any]) -> None:
    values = colours(rng, 31, 18, 3)
    picture = decode_picture(saved(Image.fromarray(values), key, **options), f"p.{key.lower()}")
    assert np.array_equal(picture.values, values)
    assert picture.notes == ()


@pytest.mark.parametrize("key", ["JPEG", "WEBP", "AVIF", "HEIF"])
def test_lossy_formats(key: str) -> None:
    rows, columns = np.mgrid[0:64, 0:96]
    values = np.stack([rows * 4, columns * 2, 255 - rows * 2], -1).astype(np.uint8)
    picture = decode_picture(saved(Image.fromarray(values), key, quality=95), f"p.{key.lower()}")
    assert picture.values.shape == values.shape
    assert np.abs(picture.values.astype(int) - values).max() <= 12
    assert picture.notes == ()


def test_planar_8_bit_tiff(rng: Rng) -> None:
    values = colours(rng, 9, 8, 3)
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, values.transpose(2, 0, 1), photometric="rgb", planarconfig="separate")
    assert np.array_equal(decode_picture(buffer.getvalue(), "planar.tif").values, values)


# Stored pixels to upright ones, from the meaning of the tag (CIPA DC-008, 4.6.5).
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


@pytest.mark.parametrize("key", ["PNG", "JPEG", "TIFF", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(key: str, orientation: int) -> None:
    values = np.zeros((32, 48, 3), np.uint8)
    values[:16, :16], values[:16, 32:], values[16:, :16] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = decode_picture(saved(Image.fromarray(values), key, exif=exif, quality=100), f"p.{key.lower()}")
    expected = UPRIGHT[orientation](values)
    assert picture.values.shape == expected.shape
    centres = (slice(8, None, 16), slice(8, None, 16))
    assert np.abs(picture.values[centres].astype(int) - expected[centres]).max() <= 40
    if key in ("PNG", "JPEG", "TIFF", "WEBP", "HEIF"):
        assert (f"EXIF orientation {orientation}" in notes(picture)) == (orientation != 1)


def test_heic_turned_by_its_own_property_is_not_turned_twice() -> None:
    values = np.zeros((32, 48, 3), np.uint8)
    values[:16, :16], values[:16, 32:], values[16:, :16] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(Image.fromarray(values), "HEIF", exif=exif, quality=100)
    # The encoder pads to 64×64 and crops by a "clap" of 40 bytes, followed by "pixi" of 16: use its place.
    at = data.index(b"clap") - 4
    clap, pixi = data[at : at + 40], data[at + 40 : at + 56]
    assert clap[:4] == bytes([0, 0, 0, 40])
    assert pixi[4:8] == b"pixi"
    turn_left = struct.pack(">I4sB", 9, b"irot", 1) + pixi + struct.pack(">I4s", 31, b"free") + bytes(23)
    picture = decode_picture(data[:at] + turn_left + data[at + 56 :], "phone.heic")
    assert picture.values.shape == (64, 64, 3)
    # A quarter turn to the left: the green corner, top right in 48 columns, ends up above the red one.
    assert np.abs(picture.values[56, 8].astype(int) - (255, 0, 0)).max() <= 40
    assert np.abs(picture.values[64 - 40, 8].astype(int) - (0, 255, 0)).max() <= 40
    assert "EXIF" not in notes(picture)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_senseless_orientation_is_ignored(rng: Rng, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    values = colours(rng, 4, 6, 3)
    assert np.array_equal(
        decode_picture(saved(Image.fromarray(values), "PNG", exif=exif), "p").values, values
    )


def test_damaged_exif_is_ignored(make_png: Callable[..., bytes], rng: Rng) -> None:
    values = colours(rng, 4, 6, 3)
    for exif in (b"nonsense", b"MM\0*\0\0\0\x08\xff\xff", b"II*\0\x08\0\0\0\1\0\x12\1\3\0\xff\xff\xff\xff"):
        picture = decode_picture(make_png(values, 2, ((b"eXIf", exif),)), "p.png")
        assert np.array_equal(picture.values, values)


@pytest.mark.parametrize("key", ["GIF", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_first_of_several_frames(key: str) -> None:
    first, second = Image.new("RGB", (16, 16), (255, 0, 0)), Image.new("RGB", (16, 16), (0, 0, 255))
    picture = decode_picture(saved(first, key, save_all=True, append_images=[second]), f"m.{key.lower()}")
    assert np.abs(picture.values.astype(int) - (255, 0, 0)).max() <= 4
    assert "first" in notes(picture)


def refusal(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        open_picture(path)
    assert path.name in str(caught.value)
    return str(caught.value)


def test_missing_folder_empty(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.png") == "gone.png was not found. It may have been moved or renamed."
    assert "was not found" in refusal(tmp_path / "no" / "such.png")
    (tmp_path / "album.png").mkdir()
    assert refusal(tmp_path / "album.png") == "album.png is a folder. Choose a picture inside it."
    (tmp_path / "void.png").touch()
    assert "is empty" in refusal(tmp_path / "void.png")
    (tmp_path / "file").touch()
    assert "was not found" in refusal(tmp_path / "file" / "inside.png")
    assert "was not found" in refusal(Path("bad\0name.png"))
    assert "cannot be read" in refusal(tmp_path / ("long" * 100))


def test_pipes_devices_and_sockets_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "not an ordinary file" in refusal(tmp_path / "pipe.png")
    assert "not an ordinary file" in refusal(Path("/dev/zero"))
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "s"))
        assert "not an ordinary file" in refusal(tmp_path / "s")
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    assert "cannot be read" in refusal(tmp_path / "loop.png")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, whom no permission stops: the system's answer is put in its place.
    path = tmp_path / "secret.png"
    path.write_bytes(b"x")

    def denied(*args: Any, **kwargs: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert refusal(path) == "secret.png cannot be read: you are not allowed to open it."


def test_files_of_every_kind_open_by_path(tmp_path: Path, rng: Rng) -> None:
    values = rng.integers(0, 65536, (8, 9, 3), dtype=np.uint16)
    path = tmp_path / "deep.tif"
    tifffile.imwrite(path, values, photometric="rgb")
    assert np.array_equal(open_picture(str(path)).values, values)
    path = tmp_path / "array.npy"
    np.save(path, values)
    assert np.array_equal(open_picture(path).values, values)
    assert open_picture(path).source == str(path)


def test_suffixes() -> None:
    assert {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"} < set(PICTURE_SUFFIXES)
    assert {".avif", ".heic", ".heif", ".ppm", ".pgm", ".pbm", ".npy"} < set(PICTURE_SUFFIXES)
