"""Reading a figure's table: a key that is unknown, of a wrong type or out of bounds gets a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from convviz.core.limits import Pair
from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem


class TableKeys:
    """Reads values by key.

    Parameters
    ----------
    table : mapping
        As it stands in a lesson's file.
    place : str
        What the table is called in sentences, such as ``layers[2]``; empty for the figure's own.
    """

    def __init__(self, table: Mapping[str, Any], place: str = "") -> None:
        self._table, self._place = table, place

    def only(self, known: Iterable[str]) -> None:
        """Raise a Problem if the table has a key that is none of ``known``."""
        names = list(known)
        for key in self._table:
            if key not in names:
                raise Problem(
                    QT_TRANSLATE_NOOP("Sentence", "The figure knows no {field}; it knows {names}."),
                    field=self.name(key),
                    names=", ".join(names),
                )

    def name(self, key: str) -> str:
        """Return what ``key`` is called in sentences."""
        return f"{self._place}.{key}" if self._place else key

    def has(self, key: str) -> bool:
        """Return whether the table says anything of ``key``."""
        return key in self._table

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``."""
        value = self._table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self._wrong_whole(key, low, high)
        return value

    def wholes(self, key: str, default: Sequence[int], low: int, high: int) -> tuple[int, ...]:
        """Return as many whole numbers from ``low`` to ``high`` as ``default`` has."""
        value = self._table.get(key, default)
        count = len(default)
        fits = isinstance(value, Sequence) and not isinstance(value, str) and len(value) == count
        if not fits or any(type(one) is not int or not low <= one <= high for one in value):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "{field} must be a list of {count} whole numbers from {low} to {high}."
                ),
                field=self.name(key),
                count=count,
                low=low,
                high=high,
            )
        return tuple(value)

    def pair(self, key: str, default: Pair, low: int, high: int) -> Pair:
        """Return rows and columns; a single number serves for both."""
        value = self._table.get(key, default)
        if not isinstance(value, Sequence):
            single = self.whole(key, 0, low, high)
            return single, single
        first, second = self.wholes(key, default, low, high)
        return first, second

    def number(self, key: str, low: float, high: float) -> float:
        """Return a number between ``low`` and ``high``, which must be there."""
        value = self._table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{field} must be a number from {low} to {high}."),
                field=self.name(key),
                low=Amount(low, "g"),
                high=Amount(high, "g"),
            )
        return float(value)

    def numbers(self, key: str, default: Sequence[float], most: int, bound: float) -> tuple[float, ...]:
        """Return from 1 to ``most`` numbers from -``bound`` to ``bound``."""
        value = self._table.get(key, default)
        fits = isinstance(value, Sequence) and not isinstance(value, str) and 1 <= len(value) <= most
        if not fits or not all(type(one) in (int, float) and -bound <= one <= bound for one in value):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "{field} must be a list of 1 to {most} numbers from {low} to {high}."
                ),
                field=self.name(key),
                most=most,
                low=Amount(-bound, "g"),
                high=Amount(bound, "g"),
            )
        return tuple(value)

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._table.get(key, default)
        if not isinstance(value, bool):
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{field} must be {yes} or {no}."),
                field=self.name(key),
                yes="true",
                no="false",
            )
        return value

    def text(self, key: str, default: str | None = None, most: int = 40) -> str:
        """Return words of one line; they must be there unless there is a ``default``."""
        value = self._table.get(key, default)
        if not isinstance(value, str) or not value.strip() or len(value) > most or "\n" in value:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{field} must be a text of one line, up to {most} letters."),
                field=self.name(key),
                most=most,
            )
        return value

    def choice(self, key: str, default: str | None, names: Iterable[str]) -> str:
        """Return one of ``names``."""
        known = list(names)
        value = self._table.get(key, default)
        if value not in known:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{field} must be one of {names}."),
                field=self.name(key),
                names=", ".join(known),
            )
        return str(value)

    def tables(self, key: str, default: Sequence[Mapping[str, Any]], most: int) -> list["TableKeys"]:
        """Return from 1 to ``most`` tables."""
        value = self._table.get(key, default)
        fits = isinstance(value, Sequence) and not isinstance(value, str) and 1 <= len(value) <= most
        if not fits or not all(isinstance(one, Mapping) for one in value):
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{field} must be a list of 1 to {most} tables."),
                field=self.name(key),
                most=most,
            )
        return [TableKeys(one, f"{self.name(key)}[{number}]") for number, one in enumerate(value, 1)]

    def _wrong_whole(self, key: str, low: int, high: int) -> Problem:
        return Problem(
            QT_TRANSLATE_NOOP("Sentence", "{field} must be a whole number from {low} to {high}."),
            field=self.name(key),
            low=low,
            high=high,
        )
