"""Answers as people type them, and questions that point out what is wrong."""

import pytest

from convviz.core.lessons import Blank, Question, parse_answer, text_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", 17.0),
        (" −4 ", -4.0),
        ("–4", -4.0),
        ("-4", -4.0),
        ("0,5", 0.5),
        ("0.5", 0.5),
        ("2 764 800", 2764800.0),
        ("2\u202f764\u202f800", 2764800.0),
        ("1e3", 1000.0),
        ("", None),
        ("?", None),
        ("inf", None),
        ("nan", None),
        ("1,2,3", None),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, number: float | None) -> None:
    assert parse_answer(text) == number


def test_the_blanks_that_are_wrong_are_told() -> None:
    question = Question({"en": "?"}, tuple(Blank(answer) for answer in (300.0, 0.0, 72.0, 2.0)))
    assert question.wrong_blanks((300.0, 0.0, 72.0, 2.0)) == ()
    assert question.wrong_blanks((300.0, 1.0, 72.0, None)) == (1, 3)


def test_a_text_is_in_another_language_where_there_is_none_in_this() -> None:
    assert text_in({"en": "a", "ru": "б"}, "ru") == "б"
    assert text_in({"en": "a"}, "ru") == "a"
    assert text_in({"en": "", "ru": "б"}, "en") == "б"
    assert text_in({}, "en") == ""
