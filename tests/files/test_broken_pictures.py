"""Cut short, damaged, misnamed: each opens correctly or is refused in a sentence."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convviz.core.picture import Picture
from convviz.files.pictures import decode_picture, open_picture
from tests.files.encoded_pictures import ENCODED, tried

STARTS = {kind: encode()[:64] for kind, encode in ENCODED.items()}


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
