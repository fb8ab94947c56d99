import os
from pathlib import Path

import pytest

from convviz.core.text import Problem
from convviz.files.folders import pictures_among, pictures_in


def test_pictures_of_a_folder_and_those_below_are_listed_in_order(tmp_path: Path) -> None:
    for name in ("b.png", "a.JPG", "notes.txt", ".hidden.png", "dogs/z.webp", "cats/y.tiff", ".git/x.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = [Path(each).relative_to(tmp_path).as_posix() for each in pictures_in(tmp_path)]
    assert found == ["a.JPG", "b.png", "cats/y.tiff", "dogs/z.webp"]


def test_a_folder_without_pictures_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(Problem, match=r"no pictures in .*choose another"):
        pictures_in(tmp_path)


@pytest.mark.parametrize("name", ["missing", "file.png"])
def test_what_is_no_folder_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.png").write_bytes(b"x")
    with pytest.raises(Problem, match=rf"no folder .*{name}"):
        pictures_in(tmp_path / name)


def test_a_folder_that_cannot_be_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(Problem, match="cannot be read: Permission denied"):
        pictures_in(tmp_path)


def test_a_link_back_to_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert len(pictures_in(tmp_path)) == 1


def test_listing_can_be_called_off(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")

    def check() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        pictures_in(tmp_path, check)


def test_folders_among_files_give_their_pictures_and_none_comes_twice(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for name in ("odd.name", "x/b.png", "x/a.png"):
        (tmp_path / name).write_bytes(b"x")
    odd, first, second = tmp_path / "odd.name", tmp_path / "x/a.png", tmp_path / "x/b.png"
    gone = tmp_path / "gone.png"
    assert pictures_among([odd, gone, second, str(tmp_path / "x"), odd]) == (odd, gone, second, first)


def test_an_empty_folder_among_files_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problem, match=r"no pictures in .*empty"):
        pictures_among([tmp_path / "a.png", tmp_path / "empty"])
