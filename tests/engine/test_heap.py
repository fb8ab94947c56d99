"""Freed memory is kept, and nothing breaks where it cannot be."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from convviz.engine import heap

_COUNT = """
import resource, threading
import numpy as np
from convviz.engine.heap import keep_memory

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def work():
    for _ in range(3):
        np.ones(30 << 18, np.float32)
    before = faults()
    for _ in range(20):
        np.ones(30 << 18, np.float32)
    counts.append(faults() - before)

kept, counts = keep_memory(), []
thread = threading.Thread(target=work)
work(), thread.start(), thread.join()
# Twenty times 30 MB are 150 000 pages, or 300 of the huge ones.
assert not kept or max(counts) < 50, counts
print(kept)
"""


def test_arrays_come_from_kept_memory() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _COUNT], check=True, timeout=60, capture_output=True, text=True
    )
    glibc = sys.platform == "linux" and hasattr(ctypes.CDLL(None), "gnu_get_libc_version")
    assert run.stdout.split() == [str(glibc)]


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not heap.keep_memory.__wrapped__()


def test_another_allocator_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: None) -> object:
        return object()

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", without)
    assert not heap.keep_memory.__wrapped__()


def test_a_refusal_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        def mallopt(self, parameter: int, value: int) -> int:
            asked.append((parameter, value))
            return 0

    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: Library())
    assert not heap.keep_memory.__wrapped__()
    assert {parameter for parameter, _ in asked} == {-1, -3, -8}


_HOLES = """
import numpy as np
from convviz.engine.heap import Surplus, keep_memory, resident_memory

keep_memory()
surplus, before = Surplus(), resident_memory()
kept = [np.ones(4 << 18, np.float32) for _ in range(150)]
# The last one keeps the heap from shrinking.
del kept[:-1]
full = resident_memory() - before
print(full >> 20, surplus.give_back(), (resident_memory() - before) >> 20, surplus.give_back())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's")
def test_what_is_free_between_what_is_used_goes_back_when_it_is_much() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _HOLES], check=True, timeout=60, capture_output=True, text=True
    )
    full, given, left, again = run.stdout.split()
    assert (given, again) == ("True", "False")
    assert int(full) > 500
    assert int(left) < 50


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux says how much memory there is")
def test_little_is_kept_and_another_allocator_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    held = [heap.resident_memory()]
    assert held[0] > 10 << 20
    monkeypatch.setattr(heap, "resident_memory", lambda: held[0])
    surplus = heap.Surplus()
    held[0] += 255 << 20
    assert not surplus.give_back()
    held[0] += 1 << 20
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert not surplus.give_back()


def test_where_nobody_says_how_much_there_is_nothing_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(self: Path, encoding: str) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", without)
    assert heap.resident_memory() == 0
    assert not heap.Surplus().give_back()
