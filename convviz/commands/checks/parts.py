"""The files that come with convviz, the kinds of pictures it reads, and what it writes."""

import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from convviz.commands.checks.checking import Finding, attempt, near, same
from convviz.core import kernels
from convviz.core.lessons import LANGUAGES
from convviz.core.specs import ConvSpec
from convviz.engine.evaluate import run
from convviz.files.lessons import shipped_lessons
from convviz.files.outputs import save_png, save_values
from convviz.files.pictures import decode_picture, open_picture
from convviz.files.pillow import decoders
from convviz.files.samples import PHOTO_SAMPLES, open_sample

# Height, width and channels of every photograph, and the sum of its values where the format loses none.
PHOTOGRAPHS: Mapping[str, tuple[tuple[int, int, int], int | None]] = {
    "cat": ((300, 451, 3), 46_802_357),
    "astronaut": ((512, 512, 3), 90_124_324),
    "coffee": ((400, 600, 3), 71_003_487),
    "rocket": ((427, 640, 3), None),
    "motorcycle": ((500, 741, 3), 119_713_739),
    "galaxies": ((872, 1000, 3), None),
    "photographer": ((512, 512, 1), 33_832_495),
    "coins": ((303, 384, 1), 11_269_333),
    "bricks": ((512, 512, 1), 29_217_353),
    "page": ((191, 384, 1), 13_578_375),
}
LESSONS = 42
# Formats by the names Pillow writes them under, and how far a value may be off after a loss.
FORMATS: Mapping[str, int] = {
    "PNG": 0,
    "BMP": 0,
    "TIFF": 0,
    "PPM": 0,
    "WEBP": 24,
    "JPEG": 24,
    "AVIF": 24,
    "HEIF": 24,
}
# Of the photographer under Sobel's kernel for vertical edges: the sum of all |values|, exact in float32, and
# that of the PNG's pixels.
EDGES, EDGE_PIXELS = 8_511_093, 3_652_382


def check_parts() -> Iterator[Finding]:
    """Yield what is found of files that come with convviz, are read, and are written."""
    yield attempt("photographs", photographs)
    yield attempt("lessons", lessons)
    yield attempt("pictures", pictures)
    yield attempt("export", export)


def photographs() -> str:
    """Open every sample photograph."""
    same("the sample photographs", sorted(each.id for each in PHOTO_SAMPLES), sorted(PHOTOGRAPHS))
    for name, (shape, total) in PHOTOGRAPHS.items():
        values = open_sample(name).values
        same(f"{name}: height, width and channels", values.shape, shape)
        if total is not None:
            same(f"{name}: sum of all values", int(values.sum(dtype=np.int64)), total)
    return f"{len(PHOTOGRAPHS)} photographs"


def lessons() -> str:
    """Read every lesson."""
    found = shipped_lessons()
    same("lessons", len(found), LESSONS)
    same("their order", [lesson.number for lesson in found], list(range(1, LESSONS + 1)))
    steps = [step for lesson in found for step in lesson.steps]
    for language in LANGUAGES:
        silent = sum(not step.text.get(language) for step in steps)
        same(f"steps without words in the language {language}", silent, 0)
    return f"{LESSONS} lessons, {len(steps)} steps"


def pictures() -> str:
    """Read a picture of every kind that can be made here."""
    across, down = np.meshgrid(np.arange(48) * 5, np.arange(32) * 7)
    values = np.stack([across, down, 255 - across], axis=2).astype(np.uint8)
    import pillow_heif

    pillow_heif.register_heif_opener()
    with decoders():
        files = {name: _encoded(values, name) for name in FORMATS}
    for name, within in FORMATS.items():
        read = decode_picture(files[name], f"picture.{name.lower()}").values
        same(f"{name}: height, width and channels", read.shape, values.shape)
        off = int(np.abs(read.astype(np.int64) - values).max())
        near(f"{name}: largest error of a value", off, 0, within)
    return ", ".join(FORMATS)


def _encoded(values: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], name: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, name, **({} if FORMATS[name] == 0 else {"quality": 95}))
    return buffer.getvalue()


def export() -> str:
    """Write a result as values and as a picture, and read both again."""
    planes = np.moveaxis(open_sample("photographer").values, -1, 0)
    weights = kernels.preset("sobel-x").weights
    result = run(planes, (ConvSpec(weights[np.newaxis, np.newaxis]),))
    with tempfile.TemporaryDirectory(prefix="convviz-selfcheck-") as folder:
        array, picture = Path(folder, "result.npy"), Path(folder, "result.png")
        save_values(array, result)
        save_png(picture, result)
        back = np.load(array)
        same("NPY: shape", back.shape, (1, 510, 510))
        near("NPY: sum of all sizes", float(np.abs(back).sum(dtype=np.float64)), EDGES, 0)
        pixels = open_picture(picture).values
    same("PNG: height, width and channels", pixels.shape, (510, 510, 1))
    same("PNG: sum of all pixels", int(pixels.sum(dtype=np.int64)), EDGE_PIXELS)
    return "NPY and PNG"
