"""What a lesson is: texts, states of the rooms, and questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from convviz.core.numbers import MINUS
from convviz.core.prediction import agrees

LANGUAGES = ("en", "ru")

Texts = Mapping[str, str]
"""A text by language, in one of :data:`LANGUAGES` at least."""

Table = Mapping[str, Any]
"""What a room or a figure is to show; only it knows what may be in there."""


@dataclass(frozen=True)
class Blank:
    """A number to be filled in.

    Parameters
    ----------
    answer : float
        The right one.
    label : mapping of str to str
        What it is, by language; empty where the question says it.
    """

    answer: float
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Something to answer before going on; nobody is kept from going on.

    Parameters
    ----------
    text : mapping of str to str
        The question by language.
    blanks : tuple of Blank
        Numbers to type; empty if there are choices.
    choices : tuple of mapping of str to str
        Answers to choose from; empty if there are blanks.
    right : int
        Which of the choices is right.
    why : mapping of str to str
        What is said once it is answered, by language; may be empty.
    """

    text: Texts
    blanks: tuple[Blank, ...] = ()
    choices: tuple[Texts, ...] = ()
    right: int = 0
    why: Texts = field(default_factory=dict)

    def wrong_blanks(self, answers: "tuple[float | None, ...]") -> tuple[int, ...]:
        """Return which blanks are not filled in as they should be; None is no number at all."""
        pairs = enumerate(zip(answers, self.blanks, strict=True))
        return tuple(n for n, (given, blank) in pairs if given is None or not agrees(given, blank.answer))


@dataclass(frozen=True)
class Step:
    """One state of the application, with what is said about it.

    What a step does not mention is as in the step before it: :func:`convviz.files.lessons.read_lesson` has
    filled that in, so that every step can be gone to from anywhere.

    Parameters
    ----------
    room : str
        Name of the room.
    text, notice, notes : mapping of str to str
        By language: what the class reads, what to look at, and what only the lecturer sees. The last two may
        be empty.
    picture, layer, network, training, embeddings : mapping
        What the rooms show. Empty where the room stays as it is.
    view : mapping
        What is pointed at and what is hidden until it is revealed.
    figure : mapping
        A picture that no room has, shown in place of the room; empty for none.
    questions : tuple of Question
        What to ask.
    """

    room: str
    text: Texts
    notice: Texts = field(default_factory=dict)
    notes: Texts = field(default_factory=dict)
    picture: Table = field(default_factory=dict)
    layer: Table = field(default_factory=dict)
    network: Table = field(default_factory=dict)
    training: Table = field(default_factory=dict)
    embeddings: Table = field(default_factory=dict)
    view: Table = field(default_factory=dict)
    figure: Table = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Parameters
    ----------
    id : str
        What the command line calls it.
    title : mapping of str to str
        By language.
    steps : tuple of Step
        At least one.
    number : int
        Its place among those that come with the application, from 1; 0 for others.
    part : int
        Which part of the course it belongs to, from 1; 0 for none.
    """

    id: str
    title: Texts
    steps: tuple[Step, ...]
    number: int = 0
    part: int = 0


def text_in(texts: Texts, language: str) -> str:
    """Return a text in ``language``, or in another one if it is only there; empty if there is none."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def parse_answer(text: str) -> float | None:
    """Return a number as people type it: with a point or a comma, any minus, spaces between thousands."""
    plain = "".join(text.split()).replace(MINUS, "-").replace("–", "-").replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
