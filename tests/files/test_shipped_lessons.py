"""The lessons that come with convviz: their files, their texts, and the states they bring the rooms into."""

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from convviz.core.channels import planes
from convviz.core.lessons import Lesson
from convviz.core.number_style import COMMA, POINT
from convviz.core.picture import Picture, PictureKind
from convviz.files.lessons import read_lesson
from convviz.ui.lessons.view_table import ImageView, LayerView
from tests.files.equations import equations
from tests.files.shipped import (
    EXAMPLES,
    FILES,
    HERE,
    PLACES,
    all_texts,
    lesson,
    output,
    run_state,
    shape,
    state,
)

MOST = {"text": {"en": 260, "ru": 320}, "notice": {"en": 120, "ru": 120}}
"""What a panel beside the room has space for, in characters."""


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def shipped(request: pytest.FixtureRequest) -> Lesson:
    file = request.param
    assert isinstance(file, Path)
    return read_lesson(file)


def test_the_course_is_as_in_the_lectures() -> None:
    assert len(PLACES) == 42
    assert {f"{PLACES[name][0]:02}-{name}" for name in HERE} <= {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_named_by_number_and_id(file: Path) -> None:
    found = read_lesson(file)
    assert file.name == f"{found.number:02}-{found.id}.toml"
    assert PLACES[found.id] == (found.number, found.part)


# Texts


def test_every_text_is_there_in_both_languages_and_short_enough(shipped: Lesson) -> None:
    for kind, texts in all_texts(shipped):
        assert texts.keys() == {"en", "ru"}, texts
        for language, text in texts.items():
            assert text.strip(), texts
            assert len(text) <= MOST.get(kind, {}).get(language, 400), (kind, len(text), text)


def test_russian_is_written_in_cyrillic_and_is_another_text(shipped: Lesson) -> None:
    for _, texts in all_texts(shipped):
        # R, G and B, names of layers, are the same in both.
        if re.search("[a-z]{3}", texts["en"]):
            assert re.search("[а-яё]", texts["ru"]), texts
            assert texts["ru"] != texts["en"]
        assert not re.search("[а-яё]", texts["en"], re.IGNORECASE), texts


def test_typography(shipped: Lesson) -> None:
    for _, texts in all_texts(shipped):
        for language, text in texts.items():
            assert not re.search("[\"'!*]", text), text
            assert not re.search(r"(?<![A-Za-z])-\d|\d-|\.\.\.|  | [.,;:]", text), text
            # A number of several groups must not be torn apart at the end of a line.
            assert not re.search(r"(?<!\d)(?<![\d,] )\d{1,3} \d{3}(?!\d)", text), text
            assert not re.search(r"\d,\d" if language == "en" else r"\d\.\d", text), text


# Numbers of four digits that are no counts: years, and what a distance comes to.
_PLAIN = {"1998", "2012", "2014", "2015", "2019", "1689", "2170", "3240", "3363", "6727"}


def test_thousands_are_parted_as_the_window_parts_them(shipped: Lesson) -> None:
    for _, texts in all_texts(shipped):
        for language, style in (("en", POINT), ("ru", COMMA)):
            text = texts[language]
            for found in re.finditer(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)", text):
                # Rows of a map, and an end of a sum, have ordinary spaces between their numbers.
                if " " not in found[0]:
                    assert found[0] == style.count(int(re.sub(r"\s", "", found[0]))), text
            # Sizes of pictures, written with × or as a product with their channels, are no counts.
            plain = re.sub(r"\d+(?:×\d+)+|1280·720·3", "", text)
            assert set(re.findall(r"(?<![\d.,])\d{4,}(?![\d.,]\d)", plain)) <= _PLAIN, text


def test_steps_are_few_and_each_lesson_asks_something(shipped: Lesson) -> None:
    assert 2 <= len(shipped.steps) <= 5
    assert any(step.questions or step.view.get("predict") for step in shipped.steps)
    for step in shipped.steps:
        for question in step.questions:
            for language in ("en", "ru"):
                choices = [choice[language] for choice in question.choices]
                assert len(set(choices)) == len(choices)


# Arithmetic in the texts


def test_what_the_texts_say_is_equal_is_equal(shipped: Lesson) -> None:
    for _, texts in all_texts(shipped):
        for text in texts.values():
            for shown, left, right in equations(text):
                assert math.isclose(left, right, rel_tol=1e-9), (shown, text)


def sides(text: str) -> list[tuple[float, float]]:
    return [(float(left), float(right)) for _, left, right in equations(text)]


def test_sums_in_texts_are_found() -> None:
    assert sides("Here 1280·720·3 = 2\u00a0764\u00a0800.") == [(2764800, 2764800)]
    assert sides("⌊(6 − 3) / 2⌋ + 1 = 2, √(36 + 64) = 10") == [(2, 2), (10, 10)]
    assert sides("(2 − 4 + 0 + 1) / 4 = −1/4 = −0,25.") == [(-0.25, -0.25)] * 2
    assert sides("2⁸ = 255") == [(256, 255)]
    assert sides("k = 3, p = 1: n − k + 1 = 4 positions") == []
    found = [e for name in HERE for _, t in all_texts(lesson(name)) for x in t.values() for e in equations(x)]
    assert len(found) > 200


# States of the rooms


def small(picture: Picture) -> Picture:
    """Return a corner of a photograph: the reference takes its time."""
    if picture.kind is PictureKind.GRID:
        return picture
    return replace(picture, values=np.ascontiguousarray(picture.values[:40, :40]))


def test_every_step_brings_the_room_into_a_state_that_computes(shipped: Lesson) -> None:
    for step in shipped.steps:
        found = state(step)
        if step.room == "convolution":
            rows, columns = shape(found)[1:]
            assert np.isfinite(run_state(replace(found, picture=small(found.picture)))).all()
            view = LayerView.of(step.view)
            assert view.step is None or view.step < rows * columns
            assert view.cell is None or (view.cell[0] < rows and view.cell[1] < columns)
        elif step.room == "image":
            pixel = ImageView.of(step.view).pixel
            assert pixel is None or (pixel[0] < found.picture.height and pixel[1] < found.picture.width)


def test_worked_examples_give_what_the_lectures_have(shipped: Lesson) -> None:
    for step in shipped.steps:
        if step.layer.keys() == {"example"} and "sample" in step.picture and step.room == "convolution":
            example = EXAMPLES[step.layer["example"]]
            found = state(step)
            assert np.array_equal(planes(found.picture.values, found.channel_mode), example.input)
            assert np.allclose(run_state(found), example.expected)


def test_each_worked_example_of_layers_is_in_a_lesson() -> None:
    used = {str(step.layer.get("example")) for name in HERE for step in lesson(name).steps}
    # Counting fragments belongs to learning; the 1×1 layer stands on top of three-filters.
    assert {name for name in EXAMPLES if not name.startswith("count-11")} - used == {"one-by-one"}
    assert np.allclose(output("one-by-one", 2), EXAMPLES["one-by-one"].expected)
    assert np.allclose(output("one-by-one", 2), output("one-by-one", 4))
