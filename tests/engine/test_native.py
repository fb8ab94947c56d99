"""The compiled library: its sums and counts, its threads, what it refuses, and a system without it."""

import multiprocessing
import threading
from pathlib import Path
from typing import Any

import native_build
import numpy as np
import pytest

from convviz.engine import native
from convviz.engine.native import SPARE, Library
from convviz.engine.native_conv import NativeBackend
from tests.engine.compiled import correlate, library, own
from tests.engine.test_torch_conv import picture, truth

__all__ = ["library"]


@pytest.mark.parametrize("columns", [1, 7, 8, 23, 24, 25, 63, 64, 65, 129, 4097])
def test_weighted_sums_of_lines(library: Library, columns: int) -> None:
    rng = np.random.default_rng(columns)
    backend = NativeBackend(library, lambda: False)
    for groups, filters, lines in ((1, 1, 1), (3, 4, 16), (2, 7, 5), (1, 13, 300)):
        kernel = rng.integers(-9, 10, (groups, filters, lines)).astype(np.float32)
        for dtype in (np.float32, np.uint8):
            memory: Any = rng.integers(0, 256, groups * lines * columns + SPARE).astype(dtype)
            matrix = memory[:-SPARE].reshape(groups, lines, columns)
            got = backend.multiply(kernel, matrix)
            assert np.array_equal(got, kernel.astype(np.float64) @ matrix.astype(np.float64))
            turned = np.asfortranarray(kernel)
            assert np.array_equal(backend.multiply(turned, matrix), got)


def test_nothing_to_add_up_is_nothing() -> None:
    backend = NativeBackend(own(), lambda: False)
    empty = np.zeros(SPARE, np.float32)[:0]
    assert np.array_equal(
        backend.multiply(empty.reshape(2, 3, 0), empty.reshape(2, 0, 5)), np.zeros((2, 3, 5))
    )
    assert backend.multiply(np.ones((1, 2, 3), np.float32), empty.reshape(1, 3, 0)).shape == (1, 2, 0)


def test_arrays_of_another_kind_do_not_reach_what_is_compiled() -> None:
    library = own()
    matrix: Any = np.ones((1, 3, 70), np.float32)
    kernel = np.ones((1, 2, 3), np.float32)
    others: tuple[Any, ...] = (kernel.astype(np.float64), np.ones((1, 3, 2), np.float32).transpose(0, 2, 1))
    for wrong in others:
        with pytest.raises(AssertionError):
            library.multiply(wrong, matrix)
    with pytest.raises(AssertionError):
        library.multiply(kernel, matrix.astype(np.float16))
    with pytest.raises(AssertionError):
        library.count(np.ones(3), 0.0, 1.0, 4)  # type: ignore[arg-type]


def test_what_is_no_number_counts_as_the_lowest() -> None:
    values = np.array([np.nan, -5, np.inf, -np.inf, 2.5, 3.5], np.float32)
    assert own().count(values, 0.0, 1.0, 4).tolist() == [3, 0, 1, 0, 2]


def test_threads_may_call_at_the_same_time() -> None:
    library, begin = own(), threading.Barrier(4)
    wrong: list[int] = []
    block = picture((3, 200, 300), 6)
    weights = np.random.default_rng(7).integers(-9, 10, (3, 1, 7, 7)).astype(np.float32)
    expected = truth(block, weights, (1, 1), (1, 1), 3)

    def call() -> None:
        begin.wait(timeout=10)
        results = (correlate(library, block, weights, 3) for _ in range(20))
        wrong.extend(1 for result in results if not np.array_equal(result, expected))

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert wrong == []


def _in_child(answer: Any) -> None:
    block = picture((3, 300, 400), 8)
    weights = np.ones((3, 1, 9, 9), np.float32)
    answer.put(float(correlate(own(), block, weights, 3).sum(dtype=np.float64)))


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_starts_threads_of_its_own() -> None:
    context = multiprocessing.get_context("fork")
    here, there = context.Queue(), context.Queue()
    _in_child(here)
    child = context.Process(target=_in_child, args=(there,))
    child.start()
    assert there.get(timeout=60) == here.get(timeout=60)
    child.join(timeout=60)
    assert child.exitcode == 0


def test_the_library_is_made_of_the_sources_that_are_there() -> None:
    assert own().sources == native_build.fingerprint()


def test_without_a_library_or_with_another_one_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text.so").write_text("no library", encoding="utf-8")
    for file in (tmp_path / "gone.so", tmp_path / "text.so"):
        with pytest.raises(OSError, match=file.name):
            Library(file)
    monkeypatch.setattr(native, "_INTERFACE", -1)
    with pytest.raises(OSError, match="not of this version"):
        Library(native.FILE)
    native.library.cache_clear()
    assert native.library() is None
    native.library.cache_clear()
