"""Brackets as JSON, NumPy and MATLAB write them around numbers."""

from collections.abc import Callable
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

Nested = list[Any]
# Takes text without brackets and the number of its first row; returns rows of numbers.
ParseRows = Callable[[str, int], list[list[float]]]


def parse_brackets(text: str, parse_rows: ParseRows, most: int) -> Nested:
    """Return the nested lists that ``text`` says.

    ``[[1, 2], [3, 4]]``, ``[[1 2] [3 4]]``, NumPy's print with its line ends, and ``[1 2; 3 4]``.

    Parameters
    ----------
    text : str
        One pair of brackets with anything inside.
    parse_rows : callable
        Turns the text inside innermost brackets into rows of numbers; also gets the number of its first row.
    most : int
        How deep the brackets may be nested.

    Returns
    -------
    nested list
        Lists of equal depth; the innermost hold floats.

    Raises
    ------
    Problem
        If brackets are not balanced, too deep, or mixed with numbers beside them.
    """
    open_lists: list[Nested] = []
    root: Nested | None = None
    words = ""
    for char in text:
        if char not in "[]":
            words += char
            continue
        if root is not None:
            raise _unbalanced()
        if char == "[":
            _check_only_separators(words)
            open_lists.append([])
            if len(open_lists) > most:
                raise _too_deep(most)
        else:
            if not open_lists:
                raise _unbalanced()
            closed = open_lists.pop()
            if closed:
                _check_only_separators(words)
            else:
                closed = _innermost(words, parse_rows, open_lists)
            if open_lists:
                open_lists[-1].append(closed)
            else:
                root = closed
        words = ""
    if root is None or words.strip(" \t\n,;"):
        raise _unbalanced()
    _check_even(root)
    return root


def _innermost(words: str, parse_rows: ParseRows, around: list[Nested]) -> Nested:
    """Return the numbers of innermost brackets: one row, or several if these are the only brackets."""
    # NumPy breaks long rows; inside nested brackets a line end separates nothing but cells.
    if around:
        words = words.strip().replace("\n", " ")
    rows = parse_rows(words, len(around[-1]) if around else 0)
    if not rows:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "There is nothing between a pair of brackets. Type numbers there.")
        )
    if not around:
        return rows
    if len(rows) > 1:
        raise _unbalanced()
    return list(rows[0])


def _check_only_separators(words: str) -> None:
    if words.strip(" \t\n,;"):
        raise _unbalanced()


def _check_even(node: Nested) -> None:
    if len({isinstance(part, list) for part in node}) > 1:
        raise _unbalanced()
    depths = {_depth(part) for part in node if isinstance(part, list)}
    if len(depths) > 1:
        raise _unbalanced()


def _depth(node: Any) -> int:
    return 1 + max(map(_depth, node)) if isinstance(node, list) else 0


def _unbalanced() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "The brackets do not match. Write a matrix as [[1, 2], [3, 4]] or without brackets."
        )
    )


def _too_deep(most: int) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Sentence", "The brackets are nested too deeply: {most} levels are possible here."),
        most=most,
    )
