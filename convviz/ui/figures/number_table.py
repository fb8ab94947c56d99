"""Reading grids of numbers from a figure's table."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

Numbers = NDArray[np.float64]
MOST_VALUE = 1e6


def read_numbers(table: Mapping[str, Any], key: str, default: Any, most: Sequence[int]) -> Numbers:
    """Return nested lists of numbers as an array; outer lists that are left out are of length 1.

    Parameters
    ----------
    table : mapping
        As it stands in a lesson's file.
    key : str
        What is read.
    default : nested lists of float
        What is returned if the table says nothing of it.
    most : sequence of int
        The largest length along every axis, the outermost first; also the number of axes.

    Raises
    ------
    Problem
        If it is no such list, is ragged, or has a number beyond ±10⁶.
    """
    given = table.get(key, default)
    shape = _shape_of(given)
    if shape is None or not 1 <= len(shape) <= len(most):
        raise _wrong(key, most)
    full = (1,) * (len(most) - len(shape)) + shape
    if any(not 1 <= length <= limit for length, limit in zip(full, most, strict=True)):
        raise _wrong(key, most)
    return np.array(given, np.float64).reshape(full)


def nested(values: Numbers) -> Any:
    """Return ``values`` as nested lists, whole numbers as such."""
    if values.ndim:
        return [nested(one) for one in values]
    number = float(values)
    return int(number) if number.is_integer() else number


def _shape_of(given: Any) -> tuple[int, ...] | None:
    """Return the lengths of nested lists of numbers; None if they are ragged or hold something else."""
    if isinstance(given, int | float):
        fits = not isinstance(given, bool) and abs(given) <= MOST_VALUE
        return () if fits else None
    if not isinstance(given, Sequence) or isinstance(given, str):
        return None
    shapes = {_shape_of(one) for one in given}
    if len(shapes) != 1:
        return None
    inner = shapes.pop()
    return None if inner is None else (len(given), *inner)


def _wrong(key: str, most: Sequence[int]) -> Problem:
    if len(most) == 1:
        return Problem(
            QT_TRANSLATE_NOOP("Sentence", "{field} must be a list of 1 to {most} numbers from −10⁶ to 10⁶."),
            field=key,
            most=most[0],
        )
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{field} must be rows of numbers from −10⁶ to 10⁶, all of one length, at most {most} in size.",
        ),
        field=key,
        most="×".join(map(str, most)),
    )
