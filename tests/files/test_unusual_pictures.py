"""Pictures of unusual shapes and from everywhere on the machine, also in several threads at once."""

import importlib.util
import io
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.core.text import Problem
from convviz.files.pictures import decode_picture
from tests.files.encoded_pictures import ENCODED, npy, tried


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
