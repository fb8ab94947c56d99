"""Numbers as a class reads them: exact where they are short, rounded where they are not."""

import math
from dataclasses import dataclass
from fractions import Fraction

from convviz.core.number_style import number_style, spelled, written

MINUS = "−"
FLOAT32_DIGITS = 7
_FLOAT64_DIGITS = 15
# From here on, numbers are written in scientific notation.
_LARGE = 1e7


def format_number(value: float, digits: int = 4, significant: int = FLOAT32_DIGITS) -> str:
    """Return ``value`` as :func:`plain_number`, in the style in force: ``0.75``, in Russian ``0,75``."""
    return written(plain_number(value, digits, significant))


def plain_number(value: float, digits: int = 4, significant: int = FLOAT32_DIGITS) -> str:
    """Return ``value`` with at most ``digits`` decimals after a point, no trailing zeros, a true minus sign.

    Values too small for that many decimals, or 10⁷ and above, are written in scientific notation, so that no
    non-zero value ever reads as zero. What is not finite is ``∞``, ``−∞`` or ``NaN``.

    Parameters
    ----------
    value : float
        Any number.
    digits : int
        Most decimals.
    significant : int
        Most digits in all: by default as many as ``float32`` keeps of a decimal number. Those beyond would
        show its rounding, 11820.3096 where 11820.31 was meant.
    """
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    if value == 0:
        return "0"
    size = abs(value)
    if size < _LARGE and value == int(value):
        return str(int(value)).replace("-", MINUS)
    if size < _LARGE:
        whole = math.floor(math.log10(size)) + 1
        text = f"{value:.{max(0, min(digits, significant - whole))}f}"
        if 0 < abs(float(text)) < _LARGE:
            text = text.rstrip("0").rstrip(".") if "." in text else text
            return text.replace("-", MINUS)
    text = f"{value:.{max(min(digits, significant) - 1, 1)}e}"
    if math.isinf(float(text)):
        # The very largest would be rounded up to no number at all.
        text = f"{value:.{_FLOAT64_DIGITS + 1}e}"
    mantissa, exponent = text.split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def format_percent(share: float) -> str:
    """Return a share, 0 to 1, in per cent with one decimal; a smaller one, but for 0, with two digits."""
    percent = 100 * share
    if 0 < percent < 0.05:
        return f"{format_number(percent, significant=2)} %"
    return f"{spelled(percent, '.1f')} %" if math.isfinite(percent) else f"{format_number(percent)} %"


def whole_percent(share: float) -> str:
    """Return a share, 0 to 1, in whole per cent."""
    return f"{100 * share:.0f} %"


def format_weight(value: float, digits: int = 4) -> str:
    """Return a kernel weight as :func:`plain_weight`, in the number style in force."""
    return written(plain_weight(value, digits))


def plain_weight(value: float, digits: int = 4) -> str:
    """Return a kernel weight, as a fraction where it is one (1/9) and the decimals would not end."""
    if not math.isfinite(value):
        return plain_number(value)
    if Fraction(repr(value)).denominator <= 10**digits and abs(value) >= 10.0**-digits:
        return plain_number(value, digits, _FLOAT64_DIGITS)
    fraction = Fraction(value).limit_denominator(1000)
    if fraction and abs(float(fraction) - value) <= 1e-12 * abs(value):
        return f"{fraction.numerator}/{fraction.denominator}".replace("-", MINUS)
    return plain_number(value, digits, _FLOAT64_DIGITS)


@dataclass(frozen=True)
class Amount:
    """A number in a :class:`~convviz.core.text.Sentence`, written when the sentence is said.

    Parameters
    ----------
    value : float
        The number.
    spec : str
        As for :func:`format`; ``","`` for a count in groups; empty for :func:`format_number`.
    """

    value: float
    spec: str = ""

    def __str__(self) -> str:
        """Return the number in the style in force."""
        if self.spec == ",":
            return number_style().count(round(self.value))
        return spelled(self.value, self.spec) if self.spec else format_number(self.value)
