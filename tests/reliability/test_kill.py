"""Killed at any moment while it saves, the program leaves the old file or the new one, never a broken one."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from convviz.files.sessions import read_session
from convviz.ui.sessions.leftovers import leftovers
from tests.reliability.kept import check_whole

# By then a dozen sessions have been written, one after the other.
LATEST = 0.25


def kill(what: str, place: Path, seconds: float) -> None:
    """Start a program that writes to ``place``, and kill it so long after its first file was there."""
    command = [sys.executable, "-m", "tests.reliability.kept", what, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "begun\n"
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(seconds)
        program.kill()
    assert program.returncode == -signal.SIGKILL


def check_saving(folder: Path, seed: int, times: int) -> None:
    path, rng, found = folder / "lecture.convviz", random.Random(seed), set()
    for _ in range(times):
        kill("save", path, rng.uniform(0, LATEST))
        found.add(check_whole(read_session(path)))
        # What was half written is no session by its name.
        assert [each for each in folder.iterdir() if each.name.endswith(".convviz")] == [path]
        for half in folder.glob(".*.tmp"):
            half.unlink()
    assert len(found) > 1


def check_keeping(folder: Path, seed: int, times: int) -> None:
    rng, found = random.Random(seed), set()
    for _ in range(times):
        kill("keep", folder, rng.uniform(0, LATEST))
        # The next start finds it, and clears away what was half written.
        (left,) = leftovers(folder)
        assert {each.suffix for each in folder.iterdir()} == {".convviz", ".lock"}
        found.add(check_whole(read_session(left.path)))
        left.discard()
        assert list(folder.iterdir()) == []
    assert len(found) > 1


def test_killed_while_it_saves(tmp_path: Path) -> None:
    check_saving(tmp_path, seed=1, times=12)


def test_killed_while_it_keeps_the_work(tmp_path: Path) -> None:
    check_keeping(tmp_path, seed=2, times=8)


@pytest.mark.slow
def test_killed_a_hundred_times_while_it_saves(tmp_path: Path) -> None:
    check_saving(tmp_path, seed=3, times=100)


@pytest.mark.slow
def test_killed_a_hundred_times_while_it_keeps_the_work(tmp_path: Path) -> None:
    check_keeping(tmp_path, seed=4, times=100)
