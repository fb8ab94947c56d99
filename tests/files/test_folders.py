from pathlib import Path

import pytest

from convviz.core.text import Problem
from convviz.files.folders import pictures_in


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_gives_its_pictures_and_those_of_its_folders_sorted(tmp_path: Path) -> None:
    touch(tmp_path, "b.PNG", "a.jpg", "notes.txt", "in/c.npy", ".hidden.png", ".cache/d.png", "a/z.jpeg")
    found = [path.relative_to(tmp_path).as_posix() for path in pictures_in([tmp_path])]
    assert found == ["a/z.jpeg", "a.jpg", "b.PNG", "in/c.npy"]


def test_files_are_taken_as_they_are_and_none_twice(tmp_path: Path) -> None:
    touch(tmp_path, "odd.name", "x/a.png")
    odd, inside, gone = tmp_path / "odd.name", tmp_path / "x/a.png", tmp_path / "gone.png"
    assert pictures_in([odd, gone, inside, tmp_path / "x", odd]) == (odd, gone, inside)


@pytest.mark.parametrize("names", [(), ("notes.txt",), ("deep/.hidden.png",)])
def test_a_folder_without_pictures_says_so(tmp_path: Path, names: tuple[str, ...]) -> None:
    (tmp_path / "empty").mkdir()
    touch(tmp_path / "empty", *names)
    with pytest.raises(Problem, match="no pictures in the folder empty"):
        pictures_in([str(tmp_path / "empty")])


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path, "a.png")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert pictures_in([tmp_path]) == (tmp_path / "a.png",)


def test_a_long_search_can_be_stopped(tmp_path: Path) -> None:
    touch(tmp_path, "a/a.png", "b/b.png")

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        pictures_in([tmp_path], stop)
