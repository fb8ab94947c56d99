"""The lessons on learning and embeddings are there, in both languages, and their rooms understand them."""

import pytest

from convviz.ui.rooms import embeddings_table
from convviz.ui.training import table as training_table
from tests.files.lesson_texts import lesson

IDS = ("network-as-formula", "train-count-11", "embedding", "recoloured-cats")


def test_the_lessons_are_there_with_their_numbers_and_parts() -> None:
    places = [(lesson(name).number, lesson(name).part) for name in IDS]
    assert places == [(39, 6), (40, 6), (41, 7), (42, 7)]


@pytest.mark.parametrize("name", IDS)
def test_every_text_is_there_in_both_languages_and_short(name: str) -> None:
    for one in lesson(name).steps:
        assert 0 < len(one.text["en"]) <= 260
        assert 0 < len(one.text["ru"]) <= 320
        assert all(0 < len(one.notice[language]) <= 120 for language in ("en", "ru"))
        assert all(one.notes[language] for language in ("en", "ru"))
        for question in one.questions:
            texts = (question.text, question.why, *question.choices)
            assert all(text.keys() == {"en", "ru"} for text in texts)
    assert any(one.questions for one in lesson(name).steps)


@pytest.mark.parametrize("name", IDS)
def test_every_table_is_one_that_its_room_understands(name: str) -> None:
    for one in lesson(name).steps:
        training_table.Described.of(one.training)
        embeddings_table.Described.of(one.embeddings)
