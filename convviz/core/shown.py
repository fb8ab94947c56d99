"""Numbers as they are shown: the text, what the text says exactly, and whether that is the number itself.

What is written on a blackboard must add up as written. These functions know, for every shown number, the
exact fraction its text stands for, so that a sum is called equal only when its shown numbers are.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from operator import mul

import numpy as np

from convviz.core.number_style import NumberStyle, number_style
from convviz.core.numbers import MINUS, plain_number, plain_weight

# A shown number this close to the true one, relatively, counts as exact: what float32 keeps of 0.1.
_EXACT = 1e-7
# Different numbers among which it is still looked for one that was rounded.
_MOST_DIFFERENT = 2048


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
    """Return ``count`` in groups of three digits, held together by no-break spaces of the style in force."""
    return number_style().count(count)


def number(value: float) -> Shown:
    """Show ``value`` with at most four decimals."""
    return _number(value, number_style())


# Cell after cell shows the same weights over the same few values; a 31×31×3 kernel has 2883.
@lru_cache(maxsize=8192)
def _number(value: float, style: NumberStyle) -> Shown:
    if not math.isfinite(value):
        return Shown("NaN" if math.isnan(value) else "∞", value < 0, Fraction(0), value, False)
    return _shown(plain_number(value), value, style)


def product(weight: float, value: float) -> Shown:
    """Show ``weight · value``: ``1·3``, ``1·(−3)``; the sign in front is the weight's."""
    factor, shown = _weight(weight), number(value)
    text = f"{factor.text}·{shown.bracketed}"
    exact = factor.exact and shown.exact
    return Shown(text, factor.minus, factor.said * shown.said, weight * value, exact)


def rounded(shown: Shown) -> Shown:
    """Return what stands for many numbers nobody looked at one by one: it counts as rounded."""
    return replace(shown, exact=False)


def power_text(score: float, shift: float = 0.0) -> str:
    """Write ``e^2.5``, ``e^(−1)`` or, where something is subtracted first, ``e^(70 − 68)``."""
    shown = number(score)
    if shift:
        return f"e^({shown.signed} {MINUS} {number(shift).bracketed})"
    return f"e^{shown.bracketed}"


def product_sum(weights: Sequence[float], values: Sequence[float]) -> Shown:
    """Show Σ ``weight · value``, each factor shown on its own, as one number; fast for thousands.

    It counts as exact if no factor was rounded and its text is their exact sum. Where there are more
    different numbers than a photograph and a kernel have, that is not looked into: it counts as rounded.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        products = np.multiply(weights, values)
    true = float(products.sum())
    if not math.isfinite(true):
        return number(true)
    exactly = _exact_sum(weights, values)
    if exactly is None:
        return replace(number(true), exact=False)
    close = abs(float(exactly) - true) <= _EXACT * float(np.abs(products).sum())
    shown = number(float(exactly) if close else true)
    return replace(shown, exact=shown.said == exactly)


def _exact_sum(weights: Sequence[float], values: Sequence[float]) -> Fraction | None:
    """Return Σ ``weight · value`` as the factors' texts say it; None if one of them was rounded."""
    left, right = _numerators(weights, _weight), _numerators(values, number)
    if left is None or right is None:
        return None
    (over, first), (under, second) = left, right
    total = sum(map(mul, map(first.__getitem__, weights), map(second.__getitem__, values)))
    return Fraction(total, over * under)


def _numerators(
    numbers: Sequence[float], show: Callable[[float], Shown]
) -> tuple[int, dict[float, int]] | None:
    """Return a common denominator of what ``numbers`` say, and their numerators over it."""
    different = set(numbers)
    if len(different) > _MOST_DIFFERENT:
        return None
    ratios: dict[float, tuple[int, int]] = {}
    for value in different:
        shown = show(value)
        if not shown.exact:
            return None
        ratios[value] = shown.said.as_integer_ratio()
    common = math.lcm(*{under for _, under in ratios.values()})
    return common, {value: over * (common // under) for value, (over, under) in ratios.items()}


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
    # In whole numbers over one denominator: adding up fractions takes ten times as long.
    ratios = [part.said.as_integer_ratio() for part in parts]
    common = math.lcm(*(under for _, under in ratios))
    return Fraction(sum(over * (common // under) for over, under in ratios), common)


def adds_up(parts: Sequence[Shown], total: Shown, divisor: int = 1) -> bool:
    """Return whether no part was rounded and ``total`` is, as shown, their sum divided by ``divisor``."""
    return all(part.exact for part in parts) and said(parts) == total.said * divisor


def _weight(value: float) -> Shown:
    return _styled_weight(value, number_style())


@lru_cache(maxsize=8192)
def _styled_weight(value: float, style: NumberStyle) -> Shown:
    return _shown(plain_weight(value), value, style)


def _shown(plain: str, value: float, style: NumberStyle) -> Shown:
    exactly = Fraction(plain.replace(MINUS, "-"))
    exact = abs(float(exactly) - value) <= _EXACT * abs(value)
    text = style.written(plain.removeprefix(MINUS))
    return Shown(text, plain.startswith(MINUS), exactly, value, exact)
