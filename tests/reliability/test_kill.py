"""Killed at any moment while it writes, the program leaves the old file or the new one, none is broken."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from convviz.files.sessions import read_session
from convviz.ui.sessions.leftovers import leftovers
from tests.reliability.exported import check_exports
from tests.reliability.fetched import COUNT, check_fetched, fetch_one, server
from tests.reliability.kept import check_whole

# By then a dozen files have been written, one after the other.
LATEST = 0.25


class Doomed:
    """A program that has children, and they are killed."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.reliability.doomed"]
        self._program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def kill(self, what: str, place: Path, seconds: float) -> None:
        """Have something written to ``place``, and kill who does so long after its first file was there."""
        assert self._program.stdin is not None
        print(what, place, file=self._program.stdin, flush=True)
        begun, pid = self._line().split()
        assert begun == "begun"
        assert self._program.stdout is not None
        # Until then it must not end by itself.
        assert select.select([self._program.stdout], [], [], seconds) == ([], [], [])
        os.kill(int(pid), signal.SIGKILL)
        assert self._line() == f"ended {-signal.SIGKILL}"

    def _line(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().rstrip("\n")

    def end(self) -> None:
        """End it, and with it what it may still be waiting for."""
        self._program.communicate(timeout=30)


@pytest.fixture(scope="module")
def doomed() -> Iterator[Doomed]:
    program = Doomed()
    yield program
    program.end()


def check_saving(doomed: Doomed, folder: Path, seed: int, times: int) -> None:
    path, rng, found = folder / "lecture.convviz", random.Random(seed), set()
    for _ in range(times):
        doomed.kill("save", path, rng.uniform(0, LATEST))
        found.add(check_whole(read_session(path)))
        # What was half written is no session by its name.
        assert [each for each in folder.iterdir() if each.name.endswith(".convviz")] == [path]
        for half in folder.glob(".*.tmp"):
            half.unlink()
    assert len(found) > 1


def check_keeping(doomed: Doomed, folder: Path, seed: int, times: int) -> None:
    rng, found = random.Random(seed), set()
    for _ in range(times):
        doomed.kill("keep", folder, rng.uniform(0, LATEST))
        # The next start finds it, and clears away what was half written.
        (left,) = leftovers(folder)
        assert {each.suffix for each in folder.iterdir()} == {".convviz", ".lock"}
        found.add(check_whole(read_session(left.path)))
        left.discard()
        assert list(folder.iterdir()) == []
    assert len(found) > 1


def check_fetching(doomed: Doomed, folder: Path, seed: int, times: int) -> None:
    rng, halves, found = random.Random(seed), 0, set()
    with server() as address:
        for number in range(times):
            place = folder / str(number)
            place.mkdir()
            (place / "address").write_text(address)
            doomed.kill("fetch", place, rng.uniform(0, LATEST))
            found.add(check_fetched(place))
            parts = list(place.rglob("*.part"))
            halves += len(parts)
            # The next start goes on where this one was.
            last = max(place.glob("[0-9]*"), key=lambda path: int(path.name))
            for each in range(COUNT):
                fetch_one(address, last, each)
            assert not list(place.rglob("*.part"))
            assert check_fetched(last) == 5 * COUNT + 1
            shutil.rmtree(place)
    assert len(found) > 1
    assert halves


def check_exporting(doomed: Doomed, folder: Path, seed: int, times: int) -> None:
    rng, found = random.Random(seed), set()
    for _ in range(times):
        doomed.kill("export", folder, rng.uniform(0, 3 * LATEST))
        numbers = check_exports(folder)
        # Those that were written last are of this round, the others of the one before.
        assert max(numbers) - min(numbers) <= 1
        found |= numbers
        for half in folder.glob(".*.tmp"):
            half.unlink()
    assert len(found) > 1


CHECKS = {
    "save": check_saving,
    "keep": check_keeping,
    "fetch": check_fetching,
    "export": check_exporting,
}


@pytest.mark.parametrize(("what", "times"), [("save", 12), ("keep", 12), ("fetch", 12), ("export", 6)])
def test_killed_while_it_writes(doomed: Doomed, tmp_path: Path, what: str, times: int) -> None:
    CHECKS[what](doomed, tmp_path, 1, times)


@pytest.mark.slow
@pytest.mark.parametrize("what", CHECKS)
def test_killed_two_hundred_times_while_it_writes(doomed: Doomed, tmp_path: Path, what: str) -> None:
    CHECKS[what](doomed, tmp_path, 2, 200)
