"""Lessons that are written are read back the same, or nothing is written."""

from pathlib import Path

import pytest

from convviz.core.lessons import Lesson
from convviz.core.text import Problem
from convviz.files.lesson_writing import lesson_text, write_lesson
from convviz.files.lessons import lesson_from, read_lesson
from tests.files.test_lessons import GOOD


def good() -> Lesson:
    return lesson_from(GOOD.encode(), "x")


def test_a_lesson_comes_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mine.lesson.toml"
    write_lesson(path, good())
    assert read_lesson(path) == good()


def test_what_is_as_in_the_step_before_is_written_once() -> None:
    assert lesson_text(good()).count("conv-step") == 2
    assert lesson_text(good()).count("sobel-x") == 1


def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        write_lesson(tmp_path / "nowhere" / "mine.lesson.toml", good())
    assert list(tmp_path.iterdir()) == []
