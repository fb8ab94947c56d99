"""How numbers are written in the language in force: the decimal sign, and what parts thousands.

The layers that write numbers do not know which language the window speaks. Whoever chooses the language puts
a style in force; everything a person reads is written in it from then on. What programs read (files, code,
the clipboard's tables, the command line's JSON) is not written through here and keeps its point.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_GROUP = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+$)")
# Whole digits, and decimals if there are any; the digits of an exponent are never more than three.
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?")


# Styles are compared by identity: they are keys of caches that are asked for every cell.
@dataclass(frozen=True, eq=False)
class NumberStyle:
    """A way of writing numbers.

    Parameters
    ----------
    decimal : str
        Stands between the whole digits and the decimals.
    thousands : str
        Stands between groups of three whole digits.
    count_from : int
        Digits from which on a count, such as a number of weights, is grouped.
    value_from : int
        Digits from which on any other number is grouped.
    separator : str
        Stands between the numbers of a list; not to be taken for a decimal sign.
    """

    decimal: str
    thousands: str
    count_from: int
    value_from: int
    separator: str

    def written(self, plain: str) -> str:
        """Return ``plain``, text whose numbers have a point and no groups, in this style."""
        return _NUMBER.sub(lambda found: self._number(found[1], found[2], self.value_from), plain)

    def count(self, number: int) -> str:
        """Return a count in groups of three digits."""
        return _NUMBER.sub(lambda found: self._number(found[1], None, self.count_from), str(number))

    def _number(self, whole: str, decimals: str | None, least: int) -> str:
        if len(whole) >= least:
            whole = _GROUP.sub(self.thousands, whole)
        return whole if decimals is None else f"{whole}{self.decimal}{decimals}"


_NEVER = 1000
POINT = NumberStyle(".", "\u00a0", 4, _NEVER, ", ")
"""As English is written here: 0.75, 12345.5, counts as 12 345 678 with no-break spaces."""

COMMA = NumberStyle(",", "\u202f", 4, 5, "; ")
"""As Russian is written: 0,75 and, with narrow no-break spaces, 12 345 678; values from five digits on."""

_in_force = [POINT]


def number_style() -> NumberStyle:
    """Return the style in force."""
    return _in_force[0]


def put_in_force(style: NumberStyle) -> None:
    """Write numbers in ``style`` from now on."""
    _in_force[:] = [style]


def written(plain: str) -> str:
    """Return ``plain``, text whose numbers have a point and no groups, in the style in force."""
    return _in_force[0].written(plain)


def spelled(value: float, spec: str) -> str:
    """Return ``format(value, spec)`` with a true minus sign, in the style in force."""
    return written(format(value, spec).replace("-", "−"))


def listed(texts: Sequence[str]) -> str:
    """Return numbers that are written already as a list, its separator no decimal sign."""
    return _in_force[0].separator.join(texts)
