import csv
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from convviz.core.text import Problem
from convviz.files import vectors as module
from convviz.files.vectors import check_vectors_place, names_beside, save_vectors

NAMES = ["a.png", 'with, comma and "quotes".png', "two\nlines.png", "\udcff broken bytes.png"]
VECTORS = np.random.default_rng(1).standard_normal((4, 5)).astype(np.float32)


class StoppedError(Exception):
    """What a job raises that nobody wants any more."""


def test_an_array_has_the_names_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "out.npy"
    save_vectors(path, NAMES, VECTORS)
    found = np.load(path, allow_pickle=False)
    expected = tmp_path / "expected.npy"
    np.save(expected, VECTORS)
    assert path.read_bytes() == expected.read_bytes()
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, VECTORS)
    lines = names_beside(path).read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    assert lines == [NAMES[0], NAMES[1], "two lines.png", NAMES[3], ""]


@pytest.mark.parametrize("part", [1, 3, 20_000])
def test_a_table_gives_back_every_bit(tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORDS", part)
    path = tmp_path / "out.CSV"
    save_vectors(path, NAMES, VECTORS)
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == ["picture", "0", "1", "2", "3", "4"]
    assert [row[0] for row in rows] == NAMES
    np.testing.assert_array_equal(np.array([row[1:] for row in rows], np.float32), VECTORS)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / "nowhere" / f"out{suffix}"
    for refused in (lambda: check_vectors_place(target), lambda: save_vectors(target, NAMES, VECTORS)):
        with pytest.raises(Problem, match=rf"^out\{suffix} was not saved: there is no folder"):
            refused()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("taken", ["out.npy", "out.npy.names.txt"])
def test_each_of_the_two_files_is_named_that_cannot_be_written(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).mkdir()
    path = tmp_path / "out.npy"
    for refused in (lambda: check_vectors_place(path), lambda: save_vectors(path, NAMES, VECTORS)):
        with pytest.raises(Problem, match=rf"^{taken} was not saved: it is a folder"):
            refused()
    assert [found.name for found in tmp_path.iterdir()] == [taken]


@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_writing_needs_little_memory_beside_the_vectors(tmp_path: Path, suffix: str) -> None:
    vectors = np.random.default_rng(2).standard_normal((40, 100_000)).astype(np.float32)
    tracemalloc.start()
    try:
        save_vectors(tmp_path / f"out{suffix}", ["name"] * 40, vectors)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 0.5 * vectors.nbytes


@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_writing_can_be_stopped_and_the_old_file_stays(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_NUMBERS", 4)
    path = tmp_path / f"out{suffix}"
    path.write_text("old")
    left = iter(range(3))

    def stop() -> None:
        if next(left, None) is None:
            raise StoppedError

    with pytest.raises(StoppedError):
        save_vectors(path, NAMES, VECTORS, stop)
    assert path.read_text() == "old"
    assert {found.name for found in tmp_path.iterdir()} <= {path.name, names_beside(path).name}


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"\.npy or a \.csv"):
        save_vectors(tmp_path / "out.txt", NAMES, VECTORS)
