"""What is said of a picture, as tables of a file and back: they can be said in any language again.

A sentence is a template with fields, and a template from a file could ask for more than a value: for what
hangs on it, or for a thousand million digits of it. Only fields that are plain names are let through.
"""

import re
import string
from collections.abc import Mapping, Sequence
from typing import Any

from convviz.core.numbers import Amount
from convviz.core.text import Sentence

MOST_NOTES, MOST_VALUES, LONGEST = 20, 12, 1000
_DEEPEST = 3
# How numbers in notes are written.
_SPEC = re.compile(r",|(\.\d)?[efg]?")


def note_tables(notes: Sequence[Sentence]) -> list[dict[str, Any]]:
    """Return tables that :func:`notes_from` makes the notes from."""
    return [_table(note) for note in notes]


def _table(note: Sentence) -> dict[str, Any]:
    table: dict[str, Any] = {"text": note.template}
    if note.values:
        table["values"] = {name: _value(value) for name, value in note.values.items()}
    return table


def _value(value: object) -> Any:
    if isinstance(value, Sentence):
        return _table(value)
    if isinstance(value, Amount):
        return {"number": value.value, "format": value.spec}
    return value if isinstance(value, int | float | str) else str(value)


def notes_from(given: object) -> tuple[Sentence, ...]:
    """Return the notes that a list of tables is.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not isinstance(given, list) or len(given) > MOST_NOTES:
        raise ValueError("a short list of notes")
    return tuple(_note(each, 0) for each in given)


def _note(table: object, depth: int) -> Sentence:
    if not isinstance(table, Mapping) or not table.keys() <= {"text", "values"} or depth > _DEEPEST:
        raise ValueError("a note is a table")
    text, values = table.get("text"), table.get("values", {})
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError("a text")
    if not isinstance(values, Mapping) or len(values) > MOST_VALUES:
        raise ValueError("a few values")
    for _, field, spec, conversion in string.Formatter().parse(text):
        if field is not None and (field not in values or not field.isidentifier() or spec or conversion):
            raise ValueError("fields are plain names of values")
    return Sentence(text, {str(name): _value_from(value, depth) for name, value in values.items()})


def _value_from(value: object, depth: int) -> object:
    if isinstance(value, Mapping) and value.keys() == {"number", "format"}:
        number, spec = value["number"], value["format"]
        if not _is_number(number) or not isinstance(spec, str) or not _SPEC.fullmatch(spec):
            raise ValueError("an amount")
        return Amount(number, spec)
    if isinstance(value, Mapping):
        return _note(value, depth + 1)
    if isinstance(value, str) and len(value) <= LONGEST:
        return value
    if not _is_number(value):
        raise ValueError("a number or a short text")
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e30
