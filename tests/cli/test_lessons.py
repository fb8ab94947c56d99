"""``convviz lessons``: the list of lessons, and pictures of their steps."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from convviz.files.lessons import shipped_lessons
from tests.cli.helpers import Convviz, check_refused


@pytest.mark.parametrize("language", ["en", "ru"])
def test_all_lessons_are_listed_with_their_titles(convviz: Convviz, language: str) -> None:
    run = convviz("lessons", "--language", language)
    assert (run.code, run.err) == (0, "")
    head, *rows = run.out.splitlines()
    assert head.split() == ["number", "name", "steps", "title"]
    lessons = shipped_lessons()
    assert [row.split(maxsplit=3) for row in rows] == [
        [str(each.number), each.id, str(len(each.steps)), each.title[language]] for each in lessons
    ]


def test_a_lesson_that_is_not_there_is_said(convviz: Convviz) -> None:
    check_refused(convviz("lessons", "43"), "43")


def test_a_folder_that_cannot_be_made_is_said(convviz: Convviz, folder: Path) -> None:
    (folder / "slides").write_text("a file")
    check_refused(convviz("lessons", "3", "--screenshots", "slides"), "slides", "cannot be used")
    assert (folder / "slides").read_text() == "a file"


def test_every_step_is_pictured_in_the_size_asked_for(folder: Path) -> None:
    words = ["lessons", "3", "--screenshots", "slides", "--language", "ru", "--size", "1280x720"]
    run = subprocess.run(
        [sys.executable, "-m", "convviz", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    lesson = shipped_lessons()[2]
    names = sorted(path.name for path in (folder / "slides").iterdir())
    assert names == [f"03-{lesson.id}-{n + 1}-ru.png" for n in range(len(lesson.steps))]
    for name in names:
        with Image.open(folder / "slides" / name) as image:
            assert image.size == (1280, 720)
            assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 50
