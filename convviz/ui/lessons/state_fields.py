"""Fields of the tables that say what a lesson shows: read one by one, and refused with their place."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

from convviz.core.lessons import Table
from convviz.core.specs import Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Problem

MOST_SIDE = 20_000
"""What a size in a file may be at most."""

Choice = TypeVar("Choice", bound=StrEnum)


def array_from(given: object, where: str) -> NDArray[np.float64]:
    """Return finite numbers of any shape; ``where`` is the place that a refusal names."""
    try:
        values = np.array(given)
    except ValueError:
        refuse(where)
    if values.dtype.kind not in "iuf" or not np.isfinite(values).all():
        refuse(where)
    return values.astype(np.float64)


def list_of(table: Table, key: str, count: int | None) -> list[Any]:
    """Return a list under ``key`` of a layer, of ``count`` entries unless that is None."""
    given = table[key]
    if not isinstance(given, list) or (count is not None and len(given) != count):
        refuse(f"layer, {key}")
    return given


def pair_of(table: Table, key: str, default: object, least: int) -> Any:
    """Return a pair of whole numbers, each at least ``least``, that may be given as one number."""
    given = table.get(key, default)
    pair = [given, given] if is_whole(given, least, MOST_SIDE) else given
    fits = isinstance(pair, (list, tuple)) and len(pair) == 2
    if given is default:
        return given
    if not fits or not all(is_whole(n, least, MOST_SIDE) for n in pair):
        refuse(f"layer, {key}")
    made: Pair = pair[0], pair[1]
    return made


def choice_of(table: Table, key: str, kinds: type[Choice], default: Choice, where: str) -> Choice:
    """Return the member of ``kinds`` that a field of the table called ``where`` names."""
    try:
        return kinds(table.get(key, default))
    except ValueError:
        refuse(f"{where}, {key}")


def number_of(table: Table, key: str, default: float, where: str) -> float:
    """Return a finite number, not too large for float32, from the table called ``where``."""
    given = table.get(key, default)
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not abs(given) < 1e30:
        refuse(f"{where}, {key}")
    return float(given)


def whole_of(table: Table, key: str, default: int, most: int) -> int:
    """Return a whole number of a layer, from 0 to ``most``."""
    given = table.get(key, default)
    if not is_whole(given, 0, most):
        refuse(f"layer, {key}")
    return int(given)


def flag_of(table: Table, key: str, *, default: bool) -> bool:
    """Return whether a field of a layer is true; nothing but a boolean is taken."""
    given = table.get(key, default)
    if not isinstance(given, bool):
        refuse(f"layer, {key}")
    return given


def is_whole(value: object, least: int, most: int) -> bool:
    """Return whether ``value`` is a whole number from ``least`` to ``most``; booleans are none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def allow_only(table: Mapping[str, Any], where: str, known: tuple[str, ...]) -> None:
    """Refuse a table, called ``where``, that has a field beside those that are ``known``."""
    unknown = next((key for key in table if key not in known), None)
    if unknown is not None:
        refuse(f"{where}, {unknown}")


def refuse(where: str) -> NoReturn:
    """Raise the Problem that names the place: table and field, such as ``layer, stride``."""
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The lesson cannot be shown as it should be: look at {place}. The README says what may be there.",
        ),
        place=where,
    )
