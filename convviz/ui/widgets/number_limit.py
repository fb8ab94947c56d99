"""How large a number typed into the window may be."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.limits import MAX_WEIGHT
from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem


def check_numbers(values: NDArray[Any] | float) -> None:
    """Raise :class:`~convviz.core.text.Problem` unless all ``values`` are finite and within ±10³⁰."""
    if not (np.abs(values) <= MAX_WEIGHT).all():
        raise out_of_range(-MAX_WEIGHT, MAX_WEIGHT)


def out_of_range(low: float, high: float) -> Problem:
    """Return the problem that a number lies beyond ``low`` or ``high``."""
    return Problem(
        QT_TRANSLATE_NOOP("Sentence", "The number must be from {low} to {high}."),
        low=Amount(low),
        high=Amount(high),
    )
