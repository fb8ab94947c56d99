"""Reading rows of numbers from the table of the turned kernel's figure."""

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

Array = NDArray[np.float64]


def numbers(value: object, field: str, depths: tuple[int, int]) -> Array:
    """Return ``value`` as an array with as many dimensions as one of ``depths``."""
    try:
        out = np.array(value)
    except ValueError:
        out = np.array("")
    fits = out.dtype.kind in "iuf" and out.ndim in depths and out.size
    if not fits or not (np.abs(out.astype(np.float64)) <= 1e6).all():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{field} must be numbers up to a million, in rows of the same length."
            ),
            field=field,
        )
    return out.astype(np.float64)
