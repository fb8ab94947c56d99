"""Values of a result in files: read back by other programs, bit by bit."""

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from convviz.core.text import Problem
from convviz.files.matrices import parse_matrix
from convviz.files.pictures import open_picture
from convviz.files.result_files import save_result
from convviz.work.jobs import Cancelled

# Numbers that a decimal with seven digits would not bring back.
AWKWARD = np.array(
    [[[0.1, -1 / 3, 16777217, 1e-38], [3.4e38, -0.0, 2.5, np.float32(np.pi)]], [[0, 1, 2, 3], [4, 5, 6, 7]]],
    np.float32,
)


def pages(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


def bits(values: NDArray[Any]) -> list[int]:
    out: list[int] = np.ascontiguousarray(values, np.float32).view(np.uint32).ravel().tolist()
    return out


def test_a_tiff_brings_back_every_bit_a_page_for_each_map(tmp_path: Path) -> None:
    path = tmp_path / "maps.tif"
    save_result(path, AWKWARD)
    with Image.open(path) as image:
        assert pages(image) == 2
        for number, plane in enumerate(AWKWARD):
            image.seek(number)
            assert image.mode == "F"
            assert bits(np.asarray(image)) == bits(plane)
    with tifffile.TiffFile(path) as tiff:
        assert [bits(page.asarray()) for page in tiff.pages] == [bits(plane) for plane in AWKWARD]


def test_three_maps_in_a_tiff_are_not_taken_for_colours(tmp_path: Path) -> None:
    path = tmp_path / "maps.tiff"
    save_result(path, np.arange(3 * 4 * 3, dtype=np.float32).reshape(3, 4, 3))
    with Image.open(path) as image:
        assert (image.mode, image.size, pages(image)) == ("F", (3, 4), 3)


def test_a_map_in_a_tiff_opens_as_a_picture_again(tmp_path: Path) -> None:
    path = tmp_path / "map.tif"
    save_result(path, AWKWARD[1:])
    assert open_picture(str(path)).values[..., 0].tolist() == AWKWARD[1].tolist()


def test_an_array_keeps_its_axes_and_one_map_has_two(tmp_path: Path) -> None:
    path = tmp_path / "maps.npy"
    save_result(path, AWKWARD)
    assert bits(np.load(path)) == bits(AWKWARD)
    save_result(path, AWKWARD[:1])
    assert np.load(path).shape == (2, 4)


def test_a_table_brings_back_every_number_and_has_an_empty_line_between_maps(tmp_path: Path) -> None:
    path = tmp_path / "maps.csv"
    save_result(path, AWKWARD)
    text = path.read_text(encoding="ascii")
    assert text.startswith("0.1,-0.33333334,1.6777216e+07,")
    planes = [parse_matrix(block) for block in text.split("\n\n")]
    assert bits(np.stack(planes)) == bits(AWKWARD)


def test_another_ending_is_refused_and_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"maps\.bmp was not saved: values are written to a \.npy, \.csv or"):
        save_result(tmp_path / "maps.bmp", AWKWARD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["maps.npy", "maps.csv", "maps.tif"])
def test_what_is_not_finite_is_refused_and_the_old_file_is_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")
    with pytest.raises(Problem, match=name):
        save_result(path, np.array([[[1.0, np.inf]]], np.float32))
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["maps.npy", "maps.csv", "maps.tif"])
def test_a_read_only_folder_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(os, "access", lambda *args: False)
    with pytest.raises(Problem, match="is not allowed"):
        save_result(tmp_path / name, AWKWARD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["maps.npy", "maps.csv", "maps.tif"])
def test_a_full_disk_is_told_in_a_sentence_and_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="no room left"):
        save_result(path, AWKWARD)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_giving_up_half_way_leaves_the_old_table(tmp_path: Path) -> None:
    path = tmp_path / "maps.csv"
    path.write_bytes(b"old")
    checks = 0

    def check() -> None:
        nonlocal checks
        checks += 1
        if checks > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        save_result(path, AWKWARD, check)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["maps.csv"]
