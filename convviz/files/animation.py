"""Pictures one after the other in one file: GIF, APNG, and MP4 where ffmpeg is installed."""

import contextlib
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.apng import apng_bytes
from convviz.files.atomic import check_place, write_atomically

Pixels = NDArray[np.uint8]

ALWAYS = (".gif", ".png")
WITH_FFMPEG = ".mp4"
# GIF counts in hundredths of a second.
SHORTEST_MS, LONGEST_MS = 20, 10_000


def ffmpeg() -> str | None:
    """Return where ffmpeg is; None if it is not on the PATH."""
    return shutil.which("ffmpeg")


def film_suffixes() -> tuple[str, ...]:
    """Return the endings of the files that :func:`save_film` can write here."""
    return (*ALWAYS, WITH_FFMPEG) if ffmpeg() else ALWAYS


def check_film_place(path: Path) -> None:
    """Raise :class:`Problem` if :func:`save_film` could not write to ``path``, as far as can be told."""
    suffix = path.suffix.lower()
    if suffix == WITH_FFMPEG and ffmpeg() is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} was not saved: ffmpeg is not on the PATH. Install it, or save a .gif or a .png.",
            ),
            name=path.name,
        )
    if suffix not in (*ALWAYS, WITH_FFMPEG):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} was not saved: a film is written to a .gif, .png or .mp4 file."
            ),
            name=path.name,
        )
    check_place(path)


@dataclass(frozen=True, eq=False)
class Film:
    """Pictures that are shown one after the other, again and again.

    Parameters
    ----------
    pictures : iterable of ndarray of uint8, shape (H, W, 3)
        At least one, all of one size; made as they are needed. What raises there ends the writing.
    milliseconds : int
        How long each is shown, 20 to 10 000.
    colours : ndarray of uint8, shape (H, W, 3)
        A picture with the colours of all of them, of which a GIF keeps 256.
    """

    pictures: Iterable[Pixels]
    milliseconds: int
    colours: Pixels


def save_film(path: Path, film: Film) -> None:
    """Write a film: ``.gif`` with 256 colours, ``.png`` (APNG) with all of them, or ``.mp4`` (H.264).

    Raises
    ------
    Problem
        If the file cannot be written; the old one is kept.
    """
    check_film_place(path)
    write_atomically(path, film_bytes(path.suffix.lower(), film))


def film_bytes(suffix: str, film: Film) -> bytes:
    """Return the file that :func:`save_film` writes for ``suffix``."""
    milliseconds = min(max(film.milliseconds, SHORTEST_MS), LONGEST_MS)
    if suffix == WITH_FFMPEG:
        return _mp4(iter(film.pictures), milliseconds)
    if suffix == ".gif":
        return _gif(film, milliseconds)
    return apng_bytes(iter(film.pictures), milliseconds)


def _gif(film: Film, milliseconds: int) -> bytes:
    # One palette for all: only then a picture is stored as what is different from the one before.
    palette = Image.fromarray(film.colours).quantize(256, method=Image.Quantize.MEDIANCUT)

    def indexed(pixels: Pixels) -> Image.Image:
        # Not dithered: cells are even.
        return Image.fromarray(pixels).quantize(palette=palette, dither=Image.Dither.NONE)

    images = map(indexed, film.pictures)
    first = next(images)
    buffer = io.BytesIO()
    first.save(buffer, "GIF", save_all=True, append_images=images, duration=milliseconds, loop=0)
    return buffer.getvalue()


def _mp4(pictures: Iterator[Pixels], milliseconds: int) -> bytes:
    program = ffmpeg()
    if program is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "The film was not made: ffmpeg is not on the PATH. Install it.")
        )
    first = next(pictures)
    height, width = (side - side % 2 for side in first.shape[:2])
    rate = Fraction(1000, milliseconds)
    with tempfile.TemporaryDirectory(prefix="convviz-") as folder:
        out = Path(folder, "film.mp4")
        command = [
            *(program, "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"),
            *("-s", f"{width}x{height}", "-r", f"{rate.numerator}/{rate.denominator}", "-i", "-"),
            *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "16", "-movflags", "+faststart", str(out)),
        ]
        log = Path(folder, "said.txt")
        with log.open("wb") as said:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
            _feed(process, chain([first], pictures), height, width)
        if process.returncode or not out.is_file():
            raise _ffmpeg_failed(log.read_text("utf-8", "replace"))
        return out.read_bytes()


def _feed(process: "subprocess.Popen[bytes]", pictures: Iterable[Pixels], height: int, width: int) -> None:
    """Hand pictures over, cut to even sides as H.264 wants them; ends the process whatever happens."""
    assert process.stdin is not None
    try:
        # It says itself why it reads no more.
        with contextlib.suppress(BrokenPipeError):
            for pixels in pictures:
                process.stdin.write(np.ascontiguousarray(pixels[:height, :width]).tobytes())
            process.stdin.close()
    except BaseException:
        process.kill()
        raise
    finally:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.wait()


def _ffmpeg_failed(said: str) -> Problem:
    last = [line for line in said.splitlines() if line.strip()][-1:] or ["ffmpeg"]
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "The film was not made: ffmpeg says “{said}”. Save it as a .gif or a .png instead."
        ),
        said=last[0].strip()[:200],
    )
