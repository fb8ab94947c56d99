"""Lessons from files: what a good one gives, and a sentence for each bad one."""

import contextlib
import random
from pathlib import Path

import pytest

from convviz.core.lessons import Lesson
from convviz.core.text import Problem
from convviz.files.lessons import MOST_BYTES, lesson_file, lesson_from, read_lesson

GOOD = """
format = 1
id = "one-two"
title = { en = "One", ru = "Один" }

[[steps]]
room = "convolution"
text = { en = "First.", ru = "Первый." }
notice = { en = "Look." }
picture = { sample = "conv-step" }
layer = { example = "conv-step" }
view = { step = 3, predict = true }
figure = { kind = "formula" }
[[steps.questions]]
text = { en = "How many?" }
answer = 9
why = { en = "3·3 = 9." }
[[steps.questions]]
text = { en = "Which?" }
choices = [{ en = "a" }, { en = "b" }]
right = 1

[[steps]]
text = { ru = "Второй." }
layer = { kernels = "sobel-x" }
[[steps.questions]]
text = { en = "Layer by layer?" }
blanks = [{ label = { en = "first" }, answer = 300 }, { label = { en = "second" }, answer = 0.5 }]

[[steps]]
room = "image"
text = { en = "Third." }
"""


def lesson(text: str = GOOD) -> Lesson:
    return lesson_from(text.encode(), "mine.lesson.toml")


def test_what_a_step_does_not_mention_is_as_in_the_step_before() -> None:
    first, second, third = lesson().steps
    assert [step.room for step in lesson().steps] == ["convolution", "convolution", "image"]
    assert first.picture == second.picture == third.picture == {"sample": "conv-step"}
    assert (first.layer, second.layer, third.layer) == (
        {"example": "conv-step"},
        {"kernels": "sobel-x"},
        {"kernels": "sobel-x"},
    )
    # These belong to one step alone.
    assert first.view == {"step": 3, "predict": True}
    assert second.view == second.figure == second.notice == {}
    assert first.figure == {"kind": "formula"}
    assert second.text == {"ru": "Второй."}


def test_questions_are_numbers_blanks_or_choices() -> None:
    first, second, _ = lesson().steps
    number, choice = first.questions
    assert [blank.answer for blank in number.blanks] == [9.0]
    assert number.why == {"en": "3·3 = 9."}
    assert (len(choice.choices), choice.right, choice.blanks) == (2, 1, ())
    assert [blank.answer for blank in second.questions[0].blanks] == [300.0, 0.5]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (changed("format = 1", "format = true"), "format"),
        (changed("format = 1\n", ""), "format"),
        (changed('id = "one-two"', 'id = "../x"'), "id"),
        (changed('id = "one-two"', "id = 3"), "id"),
        (changed('title = { en = "One", ru = "Один" }', 'title = "One"'), "title"),
        (changed('title = { en = "One", ru = "Один" }', "title = {}"), "title"),
        (changed('room = "convolution"', 'room = "cellar"'), "steps 1, room"),
        (changed('room = "convolution"\n', ""), "steps 1, room"),
        (changed('text = { en = "First.", ru = "Первый." }', ""), "steps 1, text"),
        (changed('text = { en = "First.", ru = "Первый." }', 'text = { de = "Erstens." }'), "steps 1, text"),
        (changed('picture = { sample = "conv-step" }', "picture = 3"), "steps 1, picture"),
        (changed("answer = 9", "answer = nan"), "steps 1, questions 1, answer"),
        (changed("answer = 9", 'answer = "9"'), "steps 1, questions 1, answer"),
        (changed("answer = 9", ""), "steps 1, questions 1, answer"),
        (changed("answer = 9", "answer = 9\nright = 0\nchoices = []"), "steps 1, questions 1, answer"),
        (changed("right = 1", "right = 2"), "steps 1, questions 2, right"),
        (changed("right = 1", ""), "steps 1, questions 2, right"),
        (changed('notice = { en = "Look." }', 'notise = { en = "Look." }'), "steps 1, notise"),
        (GOOD + '\n[extra]\nrun = "code"\n', "extra"),
        (GOOD.split("[[steps]]")[0], "steps"),
        (GOOD.split("[[steps]]")[0] + "steps = 3", "steps"),
        (GOOD.split("[[steps]]")[0] + "steps = []", "steps"),
    ],
)
def test_a_lesson_that_is_not_as_it_should_be_says_where(text: str, place: str) -> None:
    with pytest.raises(Problem) as caught:
        lesson(text)
    assert caught.value.sentence.values["name"] == "mine.lesson.toml"
    assert caught.value.sentence.values["place"] == place


def test_a_newer_lesson_says_so() -> None:
    with pytest.raises(Problem, match="newer version"):
        lesson(changed("format = 1", "format = 2"))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n", b"a = [", b"[" * 100_000, b"a = 1"])
def test_what_is_no_lesson_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(Problem, match=r"x\.toml is not a lesson"):
        lesson_from(data, "x.toml")


def test_damaged_lessons_get_a_sentence_or_are_lessons() -> None:
    data, chance = GOOD.encode(), random.Random(5)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.randint(0, 3)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 3))
            )
        with contextlib.suppress(Problem):
            assert lesson_from(bytes(damaged), "x.toml").steps


def test_files_that_are_missing_or_too_large_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        read_lesson(tmp_path / "nowhere.toml")
    large = tmp_path / "large.lesson.toml"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(Problem, match="larger than a lesson"):
        read_lesson(large)


def test_lessons_are_told_by_their_names() -> None:
    assert lesson_file(["a.png", "b.LESSON.toml", "c.lesson.toml"]) == "b.LESSON.toml"
    assert lesson_file(["pyproject.toml", "a.png"]) is None
