"""Lessons into files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from convviz.core.lessons import Lesson, Question, Step, Texts
from convviz.files.atomic import write_atomically
from convviz.files.lessons import FORMAT


def write_lesson(path: Path, lesson: Lesson) -> None:
    """Write a lesson, the whole of it or nothing.

    Parameters
    ----------
    path : Path
        Where to; its folder must exist. A file that is there is replaced.
    lesson : Lesson
        :func:`convviz.files.lessons.read_lesson` gives it back.

    Raises
    ------
    Problem
        If it cannot be written. The old file is kept.
    """
    write_atomically(path, lesson_text(lesson).encode())


def lesson_text(lesson: Lesson) -> str:
    """Return what stands in a lesson's file."""
    import tomli_w

    content: dict[str, Any] = {"format": FORMAT, "id": lesson.id}
    if lesson.number:
        content["number"] = lesson.number
    if lesson.part:
        content["part"] = lesson.part
    content["title"] = dict(lesson.title)
    steps, before = [], None
    for step in lesson.steps:
        steps.append(_step(step, before))
        before = step
    return tomli_w.dumps(content | {"steps": steps})


def _step(step: Step, before: Step | None) -> dict[str, Any]:
    table: dict[str, Any] = {"room": step.room, "text": dict(step.text)}
    for name in ("notice", "notes"):
        if getattr(step, name):
            table[name] = dict(getattr(step, name))
    for name in ("picture", "layer", "network", "training", "embeddings"):
        value = getattr(step, name)
        # What is as in the step before is not said again: a picture is the largest part of a file.
        if value != (getattr(before, name) if before is not None else {}):
            table[name] = _plain(value)
    for name in ("view", "figure"):
        if getattr(step, name):
            table[name] = _plain(getattr(step, name))
    if step.questions:
        table["questions"] = [_question(question) for question in step.questions]
    return table


def _question(question: Question) -> dict[str, Any]:
    table: dict[str, Any] = {"text": dict(question.text)}
    if question.choices:
        table |= {"choices": [dict(choice) for choice in question.choices], "right": question.right}
    elif len(question.blanks) == 1 and not _said(question.blanks[0].label):
        table["answer"] = question.blanks[0].answer
    else:
        table["blanks"] = [{"label": dict(b.label), "answer": b.answer} for b in question.blanks]
    if _said(question.why):
        table["why"] = dict(question.why)
    return table


def _said(texts: Texts) -> bool:
    return any(texts.values())


def _plain(value: Any) -> Any:
    """Return tables as dicts and rows as lists; TOML has no other."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
