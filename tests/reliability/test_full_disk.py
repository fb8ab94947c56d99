"""No room, or no leave to write: whatever is written, there is a sentence, and the old file stays."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.cli import main
from convviz.core.text import Problem
from convviz.files.session_writing import write_session
from convviz.nets.dataset_downloads import fetch
from convviz.nets.download import download
from convviz.ui.sessions.autosave import Autosave
from convviz.ui.sessions.content import Content
from convviz.ui.state import Room
from convviz.ui.training.trainer import Save, _save
from convviz.work.jobs import JobContext
from convviz.work.threads import WorkerThread
from tests.reliability.exported import orders, state
from tests.reliability.fetched import content, md5, name, server
from tests.ui.driver import Driver

ROOT = Path(__file__).resolve().parents[2]
# Less than any file has.
FULL = 12
NOBODY = 65534


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow: the system then answers as a full disk does, with another number."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written in ``folder``; whom no permission stops is somebody else meanwhile."""
    is_root = os.geteuid() == 0
    folder.chmod(0o555)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that anybody may look into; those of pytest are for their owner alone."""
    with tempfile.TemporaryDirectory(prefix="convviz-full-") as outer:
        Path(outer).chmod(0o755)
        inner = Path(outer, "work")
        inner.mkdir()
        yield inner


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def check_refused(folder: Path, write: Callable[[], object], words: str) -> None:
    """Have something written, and fail if that is not refused in a sentence, or if a file has changed."""
    before = bytes_in(folder)
    with full_disk() if words == "no room" else read_only(folder), pytest.raises(Problem) as caught:
        write()
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")
    assert bytes_in(folder) == before


WAYS = ("no room", "is not allowed")


@pytest.mark.parametrize("words", WAYS)
def test_every_export_keeps_the_old_file(driver: Driver, folder: Path, words: str) -> None:
    driver.window.session.edit(state(3), "a grid")
    driver.settle()
    old = orders(driver.window, folder, 3)
    for write in old:
        write()
    assert len(bytes_in(folder)) > 18
    driver.window.session.edit(state(4), "another grid")
    driver.settle()
    for write in orders(driver.window, folder, 4):
        check_refused(folder, write, words)


@pytest.mark.parametrize("words", WAYS)
def test_a_session_keeps_the_old_file(folder: Path, words: str) -> None:
    path = folder / "a.convviz"
    write_session(path, Content(state(1), Room.IMAGE).saved())
    check_refused(folder, lambda: write_session(path, Content(state(2), Room.IMAGE).saved()), words)


@pytest.mark.parametrize("words", WAYS)
def test_work_that_cannot_be_kept_is_told_and_what_was_kept_stays(
    driver: Driver, folder: Path, words: str
) -> None:
    class Work:
        path, number = "", 0

        def own_content(self) -> Content:
            return Content(state(self.number), Room.IMAGE)

    thread, told = WorkerThread("save"), []
    work = Work()
    autosave = Autosave(work, folder, thread, driver.window)
    autosave.failed.connect(lambda sentence: told.append(str(sentence)))

    def keep() -> None:
        work.number += 1
        autosave.keep()
        driver.qtbot.waitUntil(lambda: not autosave.busy)

    keep()
    before = autosave.path.read_bytes()
    assert told == []
    with full_disk() if words == "no room" else read_only(folder):
        keep()
        keep()
    # Once is enough.
    (sentence,) = told
    assert sentence.startswith("Your work is not being kept in case of a crash.")
    assert words in sentence
    assert autosave.path.read_bytes() == before
    keep()
    assert autosave.path.read_bytes() != before
    autosave.end()
    assert thread.close(timeout_ms=10_000)


@pytest.mark.parametrize("words", WAYS)
def test_a_network_that_has_learned_keeps_the_old_file_and_its_card(folder: Path, words: str) -> None:
    from convviz.nets.learn.data import Data, load
    from convviz.nets.learn.run import Run
    from convviz.ui.training.table import Described

    described = Described.of({"data": "count-11", "epochs": 3})
    samples = load(Data.LECTURE, 1, "", lambda: None)
    run = Run(described.network(samples), described.plan(samples), samples)
    order = Save(run, 0, str(folder / "mine.safetensors"))
    _save(order, JobContext())
    assert set(bytes_in(folder)) == {"mine.safetensors", "mine.toml"}
    while run.epoch < 1:
        run.step(0.1)
    check_refused(folder, lambda: _save(Save(run, 1, order.path), JobContext()), words)


@pytest.mark.parametrize("words", WAYS)
def test_a_download_keeps_the_old_file_and_says_where_there_is_no_room(folder: Path, words: str) -> None:
    (folder / "changing.bin").write_bytes(content(0))
    with server() as address:
        url = f"{address}/1/changing.bin"
        with full_disk() if words == "no room" else read_only(folder), pytest.raises(Problem) as caught:
            download(url, folder, md5=md5(content(1)))
        assert f"changing.bin cannot be written to {folder}" in str(caught.value)
        assert "connection" not in str(caught.value)
        assert (folder / "changing.bin").read_bytes() == content(0)
        # Once there is room, it goes on.
        assert download(url, folder, md5=md5(content(1))).read_bytes() == content(1)
        assert download(f"{address}/2/{name(2)}", folder).read_bytes() == content(2)


@pytest.mark.parametrize("way", [full_disk, read_only])
def test_data_that_find_no_room_are_not_there_by_half(
    folder: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[..., AbstractContextManager[None]]
) -> None:
    from types import SimpleNamespace

    from convviz.nets import dataset_downloads
    from tests.reliability.fetched import ARCHIVE, UNPACKED, archive

    with server() as address:
        known = SimpleNamespace(url=f"{address}/0/{ARCHIVE}", tgz_md5=md5(archive()), base_folder=UNPACKED)
        monkeypatch.setattr(
            dataset_downloads, "_torchvision_datasets", lambda: SimpleNamespace(CIFAR10=known)
        )
        download(known.url, folder, md5=known.tgz_md5)
        before, refused = bytes_in(folder), pytest.raises(Problem, match="cannot be unpacked into")
        with way() if way is full_disk else way(folder), refused:
            fetch("cifar10", folder)
        assert bytes_in(folder) == before
        fetch("cifar10", folder)
        assert sorted(bytes_in(folder)) == [ARCHIVE, *(f"{UNPACKED}/{number}" for number in range(3))]


@pytest.mark.parametrize(
    "words",
    [
        ("apply", "in.npy", "--kernel", "box", "-o", "out.npy"),
        ("apply", "in.npy", "--kernel", "box", "-o", "out.png"),
        ("trace", "in.png", "--model", "lenet5", "-o", "out.npz"),
        ("embed", "in.png", "--model", "lenet5", "-o", "out.npy"),
        ("embed", "in.png", "--layer", "pixels", "-o", "out.csv"),
        ("export", "in.npy", "--kernel", "box", "-o", "out.py"),
    ],
)
def test_every_command_keeps_the_old_file(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(folder)
    values = np.random.default_rng(1).integers(0, 256, (30, 30)).astype(np.float32)
    np.save("in.npy", values)
    Image.fromarray(values.astype(np.uint8)).save("in.png")
    assert main(words) == 0
    Path(words[-1]).write_bytes(b"old")
    before = bytes_in(folder)
    with full_disk():
        assert main(words) == 1
    assert "was not saved: there is no room left" in capsys.readouterr().err
    assert bytes_in(folder) == before


def test_a_picture_of_the_window_keeps_the_old_file(folder: Path) -> None:
    path = folder / "window.png"
    path.write_bytes(b"old")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({FULL}, {FULL}));"
    script = (
        f"{limited} from convviz.cli import main; raise SystemExit(main(['--screenshot', {str(path)!r}]))"
    )
    done = subprocess.run(
        # Nothing is to be kept of what is imported: there is no room for that either.
        [sys.executable, "-B", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 1
    assert "window.png was not saved: there is no room left" in done.stderr
    assert bytes_in(folder) == {"window.png": b"old"}
