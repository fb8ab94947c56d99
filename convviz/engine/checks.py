"""How a long computation lets itself be stopped, and what becomes of numbers that are too large."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

Check = Callable[[], None]
"""Called every few dozen milliseconds; raises when nobody wants the result any more."""


def nothing() -> None:
    """Do not stop."""


def check_finite(values: NDArray[np.float32]) -> None:
    """Raise :class:`Problem` if a computed value is infinite or not a number."""
    if values.size:
        # Both extremes are NaN if any value is, and finding them needs no second array.
        check_extremes(float(values.min()), float(values.max()))


def check_extremes(low: float, high: float) -> None:
    """Raise :class:`Problem` unless the smallest and the largest of computed values are finite."""
    if not (np.isfinite(low) and np.isfinite(high)):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The result is too large for 32-bit numbers; use smaller weights or a smaller bias.",
            )
        )
