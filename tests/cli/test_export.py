"""``convviz export``: films and programs from the command line."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation
from convviz.engine.evaluate import run as evaluate
from convviz.files.session_writing import write_session
from convviz.ui.sessions.content import Content
from convviz.ui.state import LayerSettings, Room, State
from tests.cli.helpers import LECTURE, ROOT, Convviz, check_failed, check_refused, expected


def program_result(path: str, capfd: pytest.CaptureFixture[str]) -> NDArray[Any]:
    """Run a program as it is, and return what it leaves."""
    found = np.asarray(runpy.run_path(path)["result"])
    capfd.readouterr()
    return found


@pytest.mark.parametrize("library", [None, "pytorch", "numpy", "opencv"])
def test_a_program_gives_the_numbers_of_apply(
    convviz: Convviz, grid: NDArray[Any], capfd: pytest.CaptureFixture[str], library: str | None
) -> None:
    words = ("--kernel", LECTURE, "--stride", "2", "--padding", "1", "--bias", "1.5", "--activation", "relu")
    chosen = () if library is None else ("--library", library)
    run = convviz("export", "grid.npy", *words, "-o", "layer.py", *chosen)
    assert (run.code, run.out, run.err) == (0, "", "")
    wanted = np.maximum(
        expected(grid, [[[[0, 1, 0], [-1, 2, -1], [0, 1, 0]]]], bias=(1.5,), stride=(2, 2), padding=(1, 1)), 0
    )
    np.testing.assert_array_equal(program_result("layer.py", capfd)[0], wanted)
    named = {None: "PyTorch", "pytorch": "PyTorch", "numpy": "NumPy", "opencv": "OpenCV"}[library]
    assert f"in {named}: " in Path("layer.py").read_text()


def test_a_photograph_is_read_from_its_file_or_from_an_array_beside_the_program(
    convviz: Convviz, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    values = np.random.default_rng(2).integers(0, 256, (40, 50, 3)).astype(np.uint8)
    Image.fromarray(values).save("photo.png")
    words = ("--kernel", "sobel-x", "--channels", "grey", "-o", "layer.py", "--library", "numpy")
    assert convviz("export", "photo.png", *words).err == ""
    assert str(folder / "photo.png") in Path("layer.py").read_text()
    exif = Image.Exif()
    exif[274] = 6
    Image.fromarray(values).save("turned.png", exif=exif)
    said = convviz("export", "turned.png", *words)
    assert (said.code, said.out) == (0, "")
    assert said.err == "Saved as layer.py, with the picture beside it in layer-picture.npy.\n"
    assert convviz("apply", "turned.png", *words[:4], "-o", "out.npy").code == 0
    np.testing.assert_allclose(program_result("layer.py", capfd)[0], np.load("out.npy"), rtol=1e-6)


def session(path: Path) -> State:
    """Write a session and return the state that is in it."""
    values = np.random.default_rng(1).integers(-9, 10, (6, 7, 1)).astype(np.float32)
    state = State(
        Picture(values, "numbers", -9, 9, PictureKind.GRID),
        FilterBank(np.arange(18.0).reshape(2, 1, 3, 3) - 8, ("a", "b"), (1.0, -2.0)),
        LayerSettings(stride=(1, 2), activation=Activation.ABS),
        channel_mode=ChannelMode.GREY,
    )
    write_session(path, Content(state, Room.NETWORK).saved())
    return state


def test_a_session_has_its_layer(convviz: Convviz, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    state = session(folder / "lecture.convviz")
    assert convviz("export", "lecture.convviz", "-o", "layer.py", "--library", "numpy").code == 0
    wanted = evaluate(np.moveaxis(state.picture.values, 2, 0), state.chain())
    np.testing.assert_array_equal(program_result("layer.py", capfd), wanted)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say which picture or session"),
        (("grid.npy", "grid.npy", "--kernel", "box"), "Say which picture or session"),
        (("grid.npy", "-o", "out.py"), "Say what to apply: --kernel"),
        (("grid.npy", "--kernel", "box"), "Say where to write"),
        (("grid.npy", "--kernel", "box", "-o", "out.npy"), "-o must be a .gif, .png, .mp4 or .py file"),
        (("grid.npy", "--kernel", "box", "-o", "none/out.py"), "there is no folder none"),
        (("grid.npy", "--kernel", "box", "-o", "none/out.gif"), "there is no folder none"),
        (("grid.npy", "--kernel", "box", "-o", "out.py", "--library", "tensorflow"), "--library must be"),
        (("grid.npy", "--kernel", "box", "-o", "out.gif", "--library", "numpy"), "--library says more about"),
        (("grid.npy", "--kernel", "box", "-o", "out.py", "--pace", "500"), "--pace says more about a film"),
        (("grid.npy", "--kernel", "box", "-o", "out.gif", "--pace", "5"), "--pace must be 20 to 10000 ms"),
        (("grid.npy", "--kernel", "box", "-o", "out.gif", "--steps", "0"), "--steps must be a whole number"),
        (("grid.npy", "--kernel", "box", "-o", "out.gif", "--scale", "4"), "--scale must be 1, 2 or 3"),
        (("grid.npy", "--kernel", "box", "-o", "out.gif", "--size", "5x5"), "--size must be from"),
        (("grid.npy", "--kernel", "box", "-o", "out.gif", "--language", "fr"), "--language must be en or ru"),
        (("grid.npy", "--kernel", "box", "-o", "out.gif", "--theme", "blue"), "--theme must be light"),
        (("photo.png", "--kernel", "box", "-o", "photo.png"), "is read here, so it cannot be written"),
        (("a.convviz", "--stride", "2", "-o", "out.py"), "A session has its layer: leave out --stride."),
        (("a.convviz", "--padding-mode", "reflect", "-o", "out.gif"), "leave out --padding-mode."),
        (("grid.npy", "--kernel", "no-such", "-o", "out.py"), "no-such"),
    ],
)
def test_what_makes_no_sense_is_refused(
    convviz: Convviz, grid: NDArray[Any], photo: NDArray[Any], words: tuple[str, ...], said: str
) -> None:
    before = Path("photo.png").read_bytes()
    check_refused(convviz("export", *words), said, "out.py")
    assert not Path("out.gif").exists()
    assert Path("photo.png").read_bytes() == before


def test_without_ffmpeg_there_is_no_mp4(
    convviz: Convviz, grid: NDArray[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    check_refused(
        convviz("export", "grid.npy", "--kernel", "box", "-o", "out.mp4"), "ffmpeg is not on the PATH"
    )


@pytest.mark.parametrize("output", ["out.py", "out.gif"])
def test_what_cannot_be_read_is_told(convviz: Convviz, folder: Path, output: str) -> None:
    (folder / "in.npy").write_bytes(b"no array")
    check_failed(convviz("export", "in.npy", "--kernel", "box", "-o", output), "not a picture")
    (folder / "in.convviz").write_bytes(b"no session")
    run = convviz("export", "in.convviz", "-o", output)
    check_failed(run, "is not a session, or is damaged", "in.convviz")
    assert not Path(output).exists()


def test_what_the_window_has_not_is_told(convviz: Convviz, folder: Path) -> None:
    np.save("in.npy", np.zeros((4, 6, 6), np.float32))
    np.save("kernel.npy", np.ones((4, 2, 3, 3)))
    run = convviz("export", "in.npy", "--kernel", "kernel.npy", "--groups", "2", "-o", "out.gif")
    check_refused(run, "which has no --groups", "out.gif")
    assert convviz("export", "in.npy", "--kernel", "kernel.npy", "--groups", "2", "-o", "out.py").code == 0
    words = ("--kernel", "[[1]]", "--channels", "each", "--bias", "1,2,3,4", "-o", "out.gif")
    check_refused(convviz("export", "in.npy", *words), "there is one for each filter, 1 here", "out.gif")


def filmed(*words: str) -> "subprocess.CompletedProcess[str]":
    """Have a film made, by a process of its own as always."""
    return subprocess.run(
        [sys.executable, "-m", "convviz", "export", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_a_film_has_a_picture_for_every_cell(folder: Path, grid: NDArray[Any]) -> None:
    words = ("grid.npy", "--kernel", LECTURE, "-o", "film.gif", "--pace", "200", "--size", "900x500")
    done = filmed(*words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Image.open("film.gif") as image:
        # 7 × 8 numbers under a kernel of 3 × 3.
        assert image.n_frames == 5 * 6  # type: ignore[attr-defined]  # of GIF and PNG alone
        assert image.info["duration"] == 200
        small = image.size
    done = filmed(*words[:3], "-o", "film.png", "--size", "900x500", "--steps", "4", "--scale", "2")
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open("film.png") as image:
        assert image.n_frames == 4  # type: ignore[attr-defined]
        assert image.size == (2 * small[0], 2 * small[1])


def test_a_film_of_a_session_that_cannot_be_as_long_as_asked_keeps_the_old_one(folder: Path) -> None:
    session(folder / "lecture.convviz")
    done = filmed(
        "lecture.convviz", "-o", "film.png", "--size", "900x500", "--language", "ru", "--theme", "dark"
    )
    assert (done.returncode, done.stderr) == (0, "")
    before = Path("film.png").read_bytes()
    with Image.open("film.png") as image:
        assert image.n_frames == 4 * 3  # type: ignore[attr-defined]
    done = filmed("lecture.convviz", "-o", "film.png", "--size", "900x500", "--steps", "13")
    assert done.returncode == 1
    assert done.stderr == "A film has 1 to 12 steps here, not 13.\n"
    assert Path("film.png").read_bytes() == before
