"""A check, what it found, and how what it found is compared with what is known."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Look = Callable[[], str]
"""Looks at one part of convviz; returns what it found, and raises what is wrong with it."""

Group = Callable[[], Iterator["Finding"]]
"""Yields the findings of several checks as they are made."""


class Mismatch(Exception):  # noqa: N818 - it is what the user is told, not a programming error
    """Something is not as it is known to be; the message says what."""


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Parameters
    ----------
    name : str
        Of the check.
    passed : bool
        Whether everything was as it should be.
    note : str
        What was found, or what is wrong.
    """

    name: str
    passed: bool
    note: str


def attempt(name: str, look: Look) -> Finding:
    """Return what a check found; whatever it raises is what is wrong."""
    try:
        return Finding(name, True, look())
    except Mismatch as mismatch:
        return Finding(name, False, str(mismatch))
    except Exception as error:
        # A part that is missing or broken may raise anything, and the other checks are wanted all the same.
        said = " ".join(str(error).split())
        return Finding(name, False, f"{type(error).__name__}: {said}" if said else type(error).__name__)


def same(what: str, found: object, known: object) -> None:
    """Compare two things that must be equal.

    Raises
    ------
    Mismatch
        If they are not.
    """
    if found != known:
        raise Mismatch(f"{what}: {found}, and it should be {known}")


def near(what: str, found: float, known: float, within: float) -> None:
    """Compare a number that depends on the machine's rounding.

    Raises
    ------
    Mismatch
        If it is further than ``within`` from what is known, or no number.
    """
    if math.isnan(found) or abs(found - known) > within:
        raise Mismatch(f"{what}: {found:.6g}, and it should be {known:.6g} ± {within:.1g}")
