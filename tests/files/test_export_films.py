"""Films: every picture is in the file, for as long as it should be, and giving up leaves the old file."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from convviz.core.text import Problem
from convviz.files import animation
from convviz.files.animation import Film, film_suffixes, save_film
from convviz.work.jobs import Cancelled

Pixels = NDArray[np.uint8]


def pictures(count: int = 5) -> list[Pixels]:
    """A dark picture in which one more square is lit each time; the last two are the same."""
    out = [np.full((21, 33, 3), 40, np.uint8)]
    for number in range(count - 2):
        picture = out[-1].copy()
        picture[4:9, 6 * number : 6 * number + 5] = (200, 30 * number % 256, 90)
        out.append(picture)
    return [*out, out[-1].copy()]


def film(frames: list[Pixels]) -> Film:
    return Film(iter(frames), 250, frames[-1])


def read(path: Path) -> tuple[list[Pixels], list[float]]:
    shown, durations = [], []
    with Image.open(path) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            shown.append(np.asarray(image.convert("RGB")))
            durations.append(float(image.info["duration"]))
        assert image.info["loop"] == 0
    return shown, durations


def test_an_apng_has_every_picture_exactly(tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    save_film(path, film(pictures()))
    shown, durations = read(path)
    assert len(shown) == 5
    assert all(np.array_equal(a, b) for a, b in zip(shown, pictures(), strict=True))
    assert durations == [250.0] * 5


def test_a_gif_has_every_picture_where_it_has_colours_enough(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    save_film(path, film(pictures()))
    shown, durations = read(path)
    # Two that are the same are one that is shown twice as long.
    assert sum(durations) == 5 * 250
    for picture, expected in zip(shown, pictures(), strict=False):
        assert np.abs(picture.astype(int) - expected).max() <= 4


def test_a_film_of_one_picture_is_a_film(tmp_path: Path) -> None:
    for name in ("one.gif", "one.png"):
        save_film(tmp_path / name, film(pictures()[:1]))
        with Image.open(tmp_path / name) as image:
            assert image.size == (33, 21)


@pytest.mark.parametrize("name", ["film.gif", "film.png"])
def test_giving_up_half_way_leaves_the_old_film(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")

    def given_up() -> Iterator[Pixels]:
        yield from pictures()[:2]
        raise Cancelled

    with pytest.raises(Cancelled):
        save_film(path, Film(given_up(), 100, pictures()[-1]))
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_without_ffmpeg_mp4_is_not_offered_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert film_suffixes() == (".gif", ".png")
    with pytest.raises(Problem, match=r"film\.mp4 was not saved: ffmpeg is not on the PATH"):
        save_film(tmp_path / "film.mp4", film(pictures()))


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"film\.avi was not saved: a film is written to"):
        save_film(tmp_path / "film.avi", film(pictures()))


@pytest.fixture
def fake_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in place of ffmpeg that notes its arguments and keeps what it is given."""
    program = tmp_path / "ffmpeg.py"
    program.write_text(
        "import pathlib, sys\n"
        "if 'fail' in (pathlib.Path(__file__).parent / 'mode').read_text():\n"
        "    sys.stdin.buffer.read(10)\n"
        "    sys.exit('Unknown encoder libx264')\n"
        "out = pathlib.Path(sys.argv[-1])\n"
        "out.write_bytes(' '.join(sys.argv[1:-1]).encode() + b'|' + sys.stdin.buffer.read())\n"
    )
    (tmp_path / "mode").write_text("good")
    start = tmp_path / "ffmpeg"
    start.write_text(f'#!/bin/sh\nexec {sys.executable} {program} "$@"\n')
    start.chmod(0o755)
    monkeypatch.setattr(animation, "ffmpeg", lambda: str(start))
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the program in place of ffmpeg is a shell script")
def test_an_mp4_is_what_ffmpeg_makes_of_the_pictures(fake_ffmpeg: Path) -> None:
    path = fake_ffmpeg / "film.mp4"
    assert film_suffixes() == (".gif", ".png", ".mp4")
    save_film(path, film(pictures()))
    arguments, _, data = path.read_bytes().partition(b"|")
    assert b"-s 32x20 -r 4/1" in arguments
    given = np.frombuffer(data, np.uint8).reshape(5, 20, 32, 3)
    assert np.array_equal(given, np.stack(pictures())[:, :20, :32])


@pytest.mark.skipif(os.name == "nt", reason="the program in place of ffmpeg is a shell script")
def test_what_ffmpeg_complains_of_is_told_and_the_old_film_is_kept(fake_ffmpeg: Path) -> None:
    path = fake_ffmpeg / "film.mp4"
    path.write_bytes(b"old")
    (fake_ffmpeg / "mode").write_text("fail")
    with pytest.raises(Problem, match="ffmpeg says “Unknown encoder libx264”"):
        save_film(path, film(pictures(200)))
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="the program in place of ffmpeg is a shell script")
def test_giving_up_an_mp4_ends_ffmpeg_and_leaves_no_file(fake_ffmpeg: Path) -> None:
    def given_up() -> Iterator[Pixels]:
        yield from pictures()[:2]
        raise Cancelled

    path = fake_ffmpeg / "film.mp4"
    with pytest.raises(Cancelled):
        save_film(path, Film(given_up(), 100, pictures()[-1]))
    assert not path.exists()
