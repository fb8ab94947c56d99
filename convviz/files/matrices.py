"""Matrices as people type and paste them, and back."""

import re
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.brackets import Nested, parse_brackets

MAX_SIDE = 512
# A cell of the largest matrix may take 32 characters; more text than that is no matrix.
_MAX_TEXT = MAX_SIDE * MAX_SIDE * 32

_DECIMAL = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER = re.compile(rf"({_DECIMAL})(?:\s*/\s*({_DECIMAL}))?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?")
# Characters with which Python's own reading of a number is the same as :func:`parse_number`'s.
_PLAIN = re.compile(r"[0-9+\-.eE \t,\n;]*")
_WRAPPER = re.compile(
    r"(?:(?:np|numpy|torch)\.)?(?:array|tensor)\s*\((.*?)(?:,\s*dtype\s*=[^\[\]]*)?\)", re.S
)
# What stands between thousands; an ordinary space is left to be a mistake.
_THOUSANDS = re.compile(r"(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_MINUS = str.maketrans({"−": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\ufeff": " "})


def parse_number(text: str) -> float:
    """Return the number that ``text`` says: ``0.5``, ``-2``, ``−2``, ``1e-3``, or a fraction such as ``1/9``.

    A decimal comma is understood too (``0,5``), and the spaces that numbers are shown with.

    Raises
    ------
    Problem
        If it is not a number, is infinite or NaN, or divides by zero.
    """
    plain = _THOUSANDS.sub("", text).translate(_MINUS).strip()
    if _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        _refuse_number(text)
    value = float(match[1])
    if match[2] is not None:
        divisor = float(match[2])
        if divisor == 0:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{text} divides by zero. Type a fraction such as 1/9."),
                text=_shown(text),
            )
        value /= divisor
    if not np.isfinite(value):
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{text} is too large a number. Type a smaller one."),
            text=_shown(text),
        )
    return value


def _refuse_number(text: str) -> NoReturn:
    if text.strip().lower().lstrip("+-−") in ("nan", "inf", "infinity", "∞"):
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{text} is not a finite number. Type one such as 0.5 or 1/9."),
            text=_shown(text),
        )
    raise Problem(
        QT_TRANSLATE_NOOP("Sentence", "{text} is not a number. Type one such as 0.5, -2 or 1/9."),
        text=_shown(text),
    )


def _shown(text: str) -> str:
    text = text.strip()
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def parse_matrix(text: str) -> NDArray[np.float64]:
    """Return the matrix that ``text`` says.

    Rows are separated by line ends or semicolons, cells by tabs, spaces or commas; one separator may stand at
    the end of a row. Brackets as JSON, NumPy and MATLAB write them are understood. In rows with tabs, as
    spreadsheets copy them, ``0,5`` is a number with a decimal comma.

    Parameters
    ----------
    text : str
        Numbers as :func:`parse_number` takes them.

    Returns
    -------
    ndarray of float64, shape (rows, columns)
        At most 512 × 512.

    Raises
    ------
    Problem
        If there are no numbers, a row has another length than the first, a cell is not a number, or the
        matrix is too large.
    """
    return _parse(text, slash_rows=False, most_axes=2)


def parse_kernel(text: str) -> NDArray[np.float64]:
    """Return the kernel that ``text`` says.

    As :func:`parse_matrix`, and also three- or four-dimensional in nested brackets: (C_in, kh, kw) or (C_out,
    C_in, kh, kw). Without brackets, line ends and semicolons, ``/`` separates rows (``0 1 0/-1 2 -1/0 1 0``);
    with any of them it makes a fraction.

    Returns
    -------
    ndarray of float64, 2 to 4 axes
        No side over 512; a smaller limit for kernels is for the caller to check.

    Raises
    ------
    Problem
        As :func:`parse_matrix`.
    """
    return _parse(text, slash_rows=True, most_axes=4)


def _parse(text: str, slash_rows: bool, most_axes: int) -> NDArray[np.float64]:
    if len(text) > _MAX_TEXT:
        raise _too_large()
    plain = text.translate(_MINUS).replace("\r\n", "\n").replace("\r", "\n").strip(" \n")
    numbers = _plain_numbers(plain)
    if numbers is not None:
        return numbers
    wrapped = _WRAPPER.fullmatch(plain)
    if wrapped:
        plain = wrapped[1].strip()
    if "[" in plain or "]" in plain:
        values = _from_nested(parse_brackets(plain, _rows, most_axes), ())
    else:
        if slash_rows and not re.search(r"[\n;]", plain):
            plain = plain.replace("/", "\n")
        values = _rows(plain)
    if not values:
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "There are no numbers here. Type some, such as 1 0 -1."))
    array = np.array(values, np.float64)
    if max(array.shape) > MAX_SIDE:
        raise _too_large()
    return array[np.newaxis] if array.ndim == 1 else array


def _plain_numbers(text: str) -> NDArray[np.float64] | None:
    """Return the matrix of a text with equal rows of decimals and one kind of separator; None for any other.

    The same numbers as by :func:`_rows`, which also says what is wrong, at a fraction of the time.
    """
    if _PLAIN.fullmatch(text) is None or ("\t" in text and "," in text):
        return None
    separator = "\t" if "\t" in text else "," if "," in text else None
    rows: list[list[float]] = []
    try:
        for line in text.replace(";", "\n").split("\n"):
            cells = line.strip(" ").split(separator)
            if len(cells) > 1 and cells[-1].strip(" ") == "":
                cells.pop()
            if line.strip(" \t,"):
                rows.append([float(cell) for cell in cells])
    except ValueError:
        return None
    width = len(rows[0]) if rows else 0
    if not 0 < width <= MAX_SIDE or len(rows) > MAX_SIDE or any(len(row) != width for row in rows):
        return None
    values = np.array(rows, np.float64)
    return values if np.isfinite(values).all() else None


def _from_nested(node: Nested, path: tuple[int, ...]) -> list[Any]:
    """Check that what is nested at ``path`` has parts of equal shapes; return it as lists of numbers."""
    if not node or not isinstance(node[0], list):
        return node
    parts = [_from_nested(part, (*path, at)) for at, part in enumerate(node) if isinstance(part, list)]
    shapes = [np.shape(part) for part in parts]
    for at, shape in enumerate(shapes):
        if shape != shapes[0]:
            _refuse_ragged(at, shape, shapes[0])
    return parts


def _refuse_ragged(at: int, shape: tuple[int, ...], first: tuple[int, ...]) -> NoReturn:
    if len(shape) == len(first) == 1:
        raise _ragged(at, shape[0], first[0])
    raise Problem(
        QT_TRANSLATE_NOOP("Sentence", "Part {number} has the shape {shape}, but part 1 has {first}."),
        number=at + 1,
        shape=" × ".join(map(str, shape)),
        first=" × ".join(map(str, first)),
    )


def _ragged(at: int, count: int, first: int) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Sentence", "Row {row} has {count} numbers, but row 1 has {first}."),
        row=at + 1,
        count=count,
        first=first,
    )


def _rows(text: str, first: int = 0) -> list[list[float]]:
    """Return the rows of text without brackets; ``first`` is the number of its first row, from 0."""
    # Spaces around the stroke of a fraction do not make cells.
    text = re.sub(r" */ *", "/", text)
    lines = [line for line in re.split(r"[\n;]", text) if line.strip(" \t,")]
    if len(lines) > MAX_SIDE:
        raise _too_large()
    rows = [_cells(line, at) for at, line in enumerate(lines, first)]
    for at, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise _ragged(at, len(row), len(rows[0]))
    return rows


def _cells(line: str, row: int) -> list[float]:
    cells = _split(line)
    if len(cells) > MAX_SIDE:
        raise _too_large()
    if "" in cells:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "Row {row} has no number in column {column}. Type one, or 0."),
            row=row + 1,
            column=cells.index("") + 1,
        )
    numbers = []
    for at, cell in enumerate(cells):
        try:
            numbers.append(parse_number(cell))
        except Problem as problem:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "Row {row}, column {column}: {problem}"),
                row=row + 1,
                column=at + 1,
                problem=problem.sentence,
            ) from problem
    return numbers


def _split(line: str) -> list[str]:
    """Split a row into cells; an empty one is a number left out."""
    if "\t" in line and any(_DECIMAL_COMMA.fullmatch(cell.strip()) for cell in line.split("\t")):
        cells = line.strip(" ").split("\t")
    else:
        cells = re.split(r" *[\t,] *| +", line.strip(" "))
    if len(cells) > 1 and cells[-1].strip() == "":
        cells.pop()
    return [cell.strip() for cell in cells]


def _too_large() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "This is more than {most} × {most} numbers. Open it as a file (.npy) instead."
        ),
        most=MAX_SIDE,
    )


def format_matrix(values: NDArray[Any]) -> str:
    """Return a matrix as text that :func:`parse_matrix` reads back to the same numbers.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        Finite numbers.

    Returns
    -------
    str
        One line per row, cells separated by tabs, as spreadsheets take them; whole numbers without a point.
    """
    if values.ndim != 2:
        raise ValueError(f"a matrix has two axes, not {values.ndim}")
    return "\n".join("\t".join(_format(float(value)) for value in row) for row in values)


def _format(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
