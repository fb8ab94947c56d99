"""Any numbers to float32, saying what that changes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.pixels import row_blocks
from convviz.files.refusals import not_finite

_SIGNIFICAND_BITS = 24


def check_finite(values: NDArray[Any], name: str) -> None:
    """Raise :class:`Problem` with the count and the first index if values are NaN or infinite."""
    if values.dtype.kind != "f":
        return
    count, first = 0, ()
    for rows in row_blocks(values.shape[0], values[0].size):
        bad = ~np.isfinite(values[rows])
        found = int(np.count_nonzero(bad))
        if found and not count:
            index = np.unravel_index(int(bad.argmax()), bad.shape)
            first = (rows.start + int(index[0]), *(int(at) for at in index[1:]))
        count += found
    if count:
        raise not_finite(name, count, first)


def to_float32(values: NDArray[Any], out: NDArray[np.float32], name: str) -> int:
    """Copy finite numbers into ``out`` and return how many float32 could not hold exactly.

    Parameters
    ----------
    values : ndarray
        Booleans, integers or finite floats.
    out : ndarray of float32
        Same shape as ``values``.
    name : str
        Name to use in the sentence.

    Raises
    ------
    Problem
        If a value is larger than float32 can hold, about 3.4·10³⁸.
    """
    kind, size = values.dtype.kind, values.dtype.itemsize
    certain = kind == "b" or (kind == "f" and size <= 4) or (kind in "iu" and size <= 2)
    inexact = 0
    for rows in row_blocks(values.shape[0], values[0].size):
        block = values[rows]
        with np.errstate(all="ignore"):
            out[rows] = block
            if certain:
                continue
            if kind in "iu":
                inexact += int(np.count_nonzero(~_fits(block)))
                continue
            if not np.isfinite(out[rows]).all():
                raise _too_big(name, block)
            inexact += int(np.count_nonzero(out[rows].astype(values.dtype) != block))
    return inexact


def _fits(integers: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each integer has at most 24 bits between its highest and its lowest one."""
    # Taking the magnitude modulo 2⁶⁴ also holds for the most negative number.
    magnitude = integers.astype(np.uint64)
    magnitude = np.where(integers < 0, np.uint64(0) - magnitude, magnitude)
    lowest = magnitude & (np.uint64(0) - magnitude)
    fits: NDArray[np.bool_] = ((magnitude >> np.uint64(_SIGNIFICAND_BITS)) < lowest) | (magnitude == 0)
    return fits


def _too_big(name: str, block: NDArray[Any]) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} contains values as large as {value}, more than 32-bit numbers can hold."
            " Scale them first.",
        ),
        name=name,
        value=Amount(float(np.abs(block).max()), ".3g"),
    )


def rounding_note(inexact: int) -> tuple[Sentence, ...]:
    """Return the note about ``inexact`` rounded values, or nothing if there are none."""
    if not inexact:
        return ()
    return (
        Sentence(
            QT_TRANSLATE_NOOP("Sentence", "Values rounded to 32-bit precision (about 7 digits): {count}."),
            {"count": inexact},
        ),
    )
