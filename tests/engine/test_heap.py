"""Freed memory is kept, and nothing breaks where it cannot be."""

import ctypes
import subprocess
import sys

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
