"""Numbers as they are shown: the text, what the text says exactly, and whether that is the number itself.

What is written on a blackboard must add up as written. These functions know, for every shown number, the
exact fraction its text stands for, so that a sum is called equal only when its shown numbers are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from convviz.core.numbers import MINUS, format_number, format_weight

# A shown number this close to the true one, relatively, counts as exact: what float32 keeps of 0.1.
_EXACT = 1e-7


@dataclass(frozen=True)
class Shown:
    """A number, or a product of two, as text.

    Parameters
    ----------
    text : str
        Without the minus sign in front.
    minus : bool
        Whether a minus sign belongs in front.
    said : Fraction
        What the text with its sign says.
    true : float
        The number before rounding.
    exact : bool
        Whether no number in the text was rounded.
    """

    text: str
    minus: bool
    said: Fraction
    true: float
    exact: bool

    @property
    def signed(self) -> str:
        """The text with its sign, as one number."""
        return f"{MINUS}{self.text}" if self.minus else self.text

    @property
    def bracketed(self) -> str:
        """The text with its sign, in brackets where an operator comes before it."""
        return f"({self.signed})" if self.minus else self.text


def grouped(count: int) -> str:
    """Return ``count`` in groups of three digits, held together by no-break spaces."""
    return f"{count:,}".replace(",", "\u00a0")


# Cell after cell shows the same weights over the same few values; a 31×31×3 kernel has 2883.
@lru_cache(maxsize=8192)
def number(value: float) -> Shown:
    """Show ``value`` with at most four decimals."""
    if not math.isfinite(value):
        return Shown("NaN" if math.isnan(value) else "∞", value < 0, Fraction(0), value, False)
    return _shown(format_number(value), value)


def product(weight: float, value: float) -> Shown:
    """Show ``weight · value``: ``1·3``, ``1·(−3)``; the sign in front is the weight's."""
    factor, shown = _weight(weight), number(value)
    text = f"{factor.text}·{shown.bracketed}"
    exact = factor.exact and shown.exact
    return Shown(text, factor.minus, factor.said * shown.said, weight * value, exact)


def settle(parts: Sequence[Shown], total: float) -> float:
    """Return the sum of exactly shown ``parts`` without the rounding of binary arithmetic, else ``total``.

    0.1·3 − 0.3·1 is 0, not 5.55e−17.
    """
    if not all(part.exact for part in parts) or not math.isfinite(total):
        return total
    exact = float(said(parts))
    scale = sum(abs(part.true) for part in parts)
    return exact if abs(exact - total) <= _EXACT * scale else total


def said(parts: Sequence[Shown]) -> Fraction:
    """Return the sum of ``parts`` as their texts say it."""
    return sum((part.said for part in parts), Fraction(0))


def adds_up(parts: Sequence[Shown], total: Shown, divisor: int = 1) -> bool:
    """Return whether no part was rounded and ``total`` is, as shown, their sum divided by ``divisor``."""
    return all(part.exact for part in parts) and said(parts) == total.said * divisor


@lru_cache(maxsize=8192)
def _weight(value: float) -> Shown:
    return _shown(format_weight(value), value)


def _shown(text: str, value: float) -> Shown:
    exactly = Fraction(text.replace(MINUS, "-"))
    exact = abs(float(exactly) - value) <= _EXACT * abs(value)
    return Shown(text.removeprefix(MINUS), text.startswith(MINUS), exactly, value, exact)
