"""Numbers as a class reads them: exact where they are short, rounded where they are not."""

from fractions import Fraction

MINUS = "−"


def format_number(value: float, digits: int = 4) -> str:
    """Return ``value`` with at most ``digits`` decimals, no trailing zeros and a true minus sign.

    Values too small for that many decimals, or 10⁷ and above, are written in scientific notation, so that no
    non-zero value ever reads as zero.
    """
    if value == 0:
        return "0"
    if value == int(value) and abs(value) < 1e7:
        return str(int(value)).replace("-", MINUS)
    if abs(value) >= 1e7 or abs(value) < 0.5 * 10.0**-digits:
        mantissa, exponent = f"{value:.{max(digits - 1, 1)}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
    text = f"{value:.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def format_weight(value: float, digits: int = 4) -> str:
    """Return a kernel weight, as a fraction where it is one (1/9) and the decimals would not end."""
    if Fraction(repr(value)).denominator <= 10**digits and abs(value) >= 10.0**-digits:
        return format_number(value, digits)
    fraction = Fraction(value).limit_denominator(1000)
    if fraction and abs(float(fraction) - value) <= 1e-12 * abs(value):
        return f"{fraction.numerator}/{fraction.denominator}".replace("-", MINUS)
    return format_number(value, digits)
