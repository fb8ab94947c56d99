import csv
from pathlib import Path

import numpy as np
import pytest

from convviz.core.text import Problem
from convviz.files.vectors import names_beside, save_vectors

NAMES = ["a.png", 'with, comma and "quotes".png', "two\nlines.png", "\udcff broken bytes.png"]
VECTORS = np.random.default_rng(1).standard_normal((4, 5)).astype(np.float32)


def test_an_array_has_the_names_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "out.npy"
    save_vectors(path, NAMES, VECTORS)
    found = np.load(path, allow_pickle=False)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, VECTORS)
    lines = names_beside(path).read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    assert lines == [NAMES[0], NAMES[1], "two lines.png", NAMES[3], ""]


def test_a_table_gives_back_every_bit(tmp_path: Path) -> None:
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
    with pytest.raises(Problem, match="no folder"):
        save_vectors(tmp_path / "nowhere" / f"out{suffix}", NAMES, VECTORS)
    assert list(tmp_path.iterdir()) == []


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"\.npy or a \.csv"):
        save_vectors(tmp_path / "out.txt", NAMES, VECTORS)
