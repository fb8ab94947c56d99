"""Lessons in files: those that come with convviz and a lecturer's own, read by the same code.

A lesson is a TOML file; the README documents it. Nothing in it is run: all that it can do is to show numbers
and texts.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from convviz.core.lessons import LANGUAGES, Blank, Lesson, Question, Step, Table, Texts
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.resources import asset
from convviz.files.sources import open_regular
from convviz.files.versions import is_version

FORMAT = 1
MOST_BYTES = 64_000_000
"""More is no lesson: pictures travel inside, so it is a lot."""

PARTS = 7
SUFFIX = ".lesson.toml"
"""How the names of lecturers' own lessons end."""

ROOMS = ("image", "convolution", "network", "training", "embeddings")
_KEPT = ("picture", "layer", "network", "training", "embeddings")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def shipped_lessons() -> tuple[Lesson, ...]:
    """Return the lessons that come with convviz, in their order.

    Raises
    ------
    Problem
        If one is missing or damaged.
    """
    return _shipped()


@cache
def _shipped() -> tuple[Lesson, ...]:
    files = sorted(asset("lessons").glob("*.toml"))
    return tuple(sorted((read_lesson(file) for file in files), key=lambda lesson: lesson.number))


def lesson_file(paths: Sequence[str]) -> str | None:
    """Return the first of these files that is named as a lesson, None if none is."""
    return next((path for path in paths if path.lower().endswith(SUFFIX)), None)


def read_lesson(path: Path) -> Lesson:
    """Read a lesson.

    Parameters
    ----------
    path : Path
        A TOML file.

    Raises
    ------
    Problem
        If it cannot be read, is damaged, or was made by a newer convviz; the sentence names file and place.
    """
    with open_regular(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} is larger than a lesson may be ({most} MB)."),
            name=path.name,
            most=MOST_BYTES // 1_000_000,
        )
    return lesson_from(data, path.name)


def lesson_from(data: bytes, name: str) -> Lesson:
    """Return the lesson that a file's bytes are; ``name`` and what it raises as for :func:`read_lesson`."""
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        # Not of UTF-8, not of TOML, or a number of more digits than Python reads.
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} is not a lesson, or is damaged: {reason}. Open another file, or a copy of it.",
            ),
            name=name,
            reason=str(error),
        ) from error
    return _Reader(name).lesson(content)


class _Reader:
    """Reads one file; every refusal names it and the place in it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def lesson(self, content: Mapping[str, Any]) -> Lesson:
        version = content.get("format")
        if not is_version(version, FORMAT, self._name):
            self._refuse("format")
        self._only(content, "", "format", "id", "number", "part", "title", "steps")
        identity = content.get("id")
        if not isinstance(identity, str) or not _ID.fullmatch(identity):
            self._refuse("id")
        steps = self._tables(content.get("steps"), "steps")
        if not steps:
            self._refuse("steps")
        made: list[Step] = []
        for number, table in enumerate(steps, 1):
            made.append(self._step(table, f"steps {number}", made[-1] if made else None))
        return Lesson(
            str(identity),
            self._texts(content.get("title"), "title", needed=True),
            tuple(made),
            self._whole(content.get("number", 0), "number", 10_000),
            self._whole(content.get("part", 0), "part", PARTS),
        )

    def _step(self, table: Table, where: str, before: Step | None) -> Step:
        self._only(table, where, "room", "text", "notice", "notes", *_KEPT, "view", "figure", "questions")
        room = table.get("room", before.room if before else None)
        if room not in ROOMS:
            self._refuse(f"{where}, room")
        kept = {
            key: self._table(table[key], f"{where}, {key}") if key in table else getattr(before, key, {})
            for key in _KEPT
        }
        return Step(
            str(room),
            self._texts(table.get("text"), f"{where}, text", needed=True),
            self._texts(table.get("notice", {}), f"{where}, notice"),
            self._texts(table.get("notes", {}), f"{where}, notes"),
            **kept,
            view=self._table(table.get("view", {}), f"{where}, view"),
            figure=self._table(table.get("figure", {}), f"{where}, figure"),
            questions=tuple(
                self._question(each, f"{where}, questions {number}")
                for number, each in enumerate(self._tables(table.get("questions", []), where), 1)
            ),
        )

    def _question(self, table: Table, where: str) -> Question:
        self._only(table, where, "text", "answer", "blanks", "choices", "right", "why")
        text = self._texts(table.get("text"), f"{where}, text", needed=True)
        why = self._texts(table.get("why", {}), f"{where}, why")
        if sum(key in table for key in ("answer", "blanks", "choices")) != 1:
            self._refuse(f"{where}, answer")
        if "answer" in table:
            return Question(text, (Blank(self._number(table["answer"], f"{where}, answer")),), why=why)
        if "blanks" in table:
            blanks = tuple(
                Blank(
                    self._number(each.get("answer"), f"{where}, blanks {n}, answer"),
                    self._texts(each.get("label"), f"{where}, blanks {n}, label", needed=True),
                )
                for n, each in enumerate(self._tables(table["blanks"], f"{where}, blanks"), 1)
            )
            if not blanks:
                self._refuse(f"{where}, blanks")
            return Question(text, blanks, why=why)
        choices = tuple(
            self._texts(each, f"{where}, choices {n}", needed=True)
            for n, each in enumerate(self._tables(table["choices"], f"{where}, choices"), 1)
        )
        right = self._whole(table.get("right"), f"{where}, right", len(choices) - 1)
        return Question(text, choices=choices, right=right, why=why)

    def _texts(self, value: object, where: str, *, needed: bool = False) -> Texts:
        texts = self._table(value, where)
        if not texts.keys() <= set(LANGUAGES) or not all(isinstance(text, str) for text in texts.values()):
            self._refuse(where)
        if needed and not any(text.strip() for text in texts.values()):
            self._refuse(where)
        return {language: text.strip() for language, text in texts.items()}

    def _table(self, value: object, where: str) -> Table:
        if not isinstance(value, Mapping):
            self._refuse(where)
        return value

    def _tables(self, value: object, where: str) -> Sequence[Table]:
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self._refuse(where)
        return value

    def _number(self, value: object, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < float("inf"):
            self._refuse(where)
        return float(value)

    def _whole(self, value: object, where: str, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self._refuse(where)
        return value

    def _only(self, table: Table, where: str, *known: str) -> None:
        unknown = next((key for key in table if key not in known), None)
        if unknown is not None:
            self._refuse(f"{where}, {unknown}" if where else unknown)

    def _refuse(self, where: str) -> NoReturn:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} is not a lesson as it should be: look at {place}. The README says what may be there.",
            ),
            name=self._name,
            place=where,
        )
