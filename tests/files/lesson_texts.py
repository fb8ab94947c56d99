"""Steps of the lessons that come with convviz: their numbers in words, and the answers to their questions."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
import torch

from convviz.core.lessons import Lesson, Step
from convviz.files.lessons import shipped_lessons

NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Threads that wait for each other would take longer than the small networks themselves."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@cache
def lesson(name: str) -> Lesson:
    return next(one for one in shipped_lessons() if one.id == name)


def step(name: str, number: int) -> Step:
    """Return a step, counted from 1."""
    return lesson(name).steps[number - 1]


def words(one: Step, language: str) -> str:
    """Return all that a step says, with decimal points, thousands together, without the names of networks."""
    texts = [one.text, one.notice, one.notes]
    for question in one.questions:
        texts += [question.text, question.why, *question.choices, *(blank.label for blank in question.blanks)]
    whole = "\n".join(text[language] for text in texts if text)
    if language == "ru":
        assert not re.search(r"\d\.\d", whole), "Russian numbers have a decimal comma"
        whole = re.sub(r"(?<=\d),(?=\d)", ".", whole)
    return re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", whole).replace("EfficientNet-Lite0", "")


def check(name: str, number: int, computed: Iterable[object]) -> None:
    """Check that a step says just these numbers, in both languages."""
    expected = {str(one) for one in computed}
    for language in ("en", "ru"):
        assert set(NUMBER.findall(words(step(name, number), language))) == expected, language


def answers(name: str, number: int) -> list[float]:
    return [blank.answer for question in step(name, number).questions for blank in question.blanks]
