"""Vectors of pictures out: as a table or as an array."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.atomic import check_place, write_atomically, write_together

SUFFIXES = (".npy", ".csv")
"""What :func:`save_vectors` writes."""

# Numbers that are written at a time: as an array, and as text, where one takes some hundred bytes.
_NUMBERS, _WORDS = 1_000_000, 20_000

Check = Callable[[], None]


def _nothing() -> None:
    """Do not stop."""


def names_beside(path: Path) -> Path:
    """Return where the names of the pictures go that belong to a ``.npy`` file."""
    return path.with_name(f"{path.name}.names.txt")


def check_vectors_place(path: Path) -> None:
    """Raise :class:`Problem` if :func:`save_vectors` could not write to ``path``, as far as can be told."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} was not saved: vectors are written to a .npy or a .csv file."
            ),
            name=path.name,
        )
    check_place(path)
    if suffix == ".npy":
        check_place(names_beside(path))


def save_vectors(
    path: Path, names: Sequence[str], vectors: NDArray[np.float32], check: Check = _nothing
) -> None:
    """Write vectors (N, D) and the names of their pictures, part by part.

    ``.csv``: a heading, then a line for each picture, its name and its numbers with as many digits as
    float32 has. ``.npy``: the array as float32, and beside it a text file with a name in each line.

    Parameters
    ----------
    path : Path
        File to write; replaced in one step if it exists.
    names : sequence of str
        One for each vector.
    vectors : ndarray of float32, shape (N, D)
        What to write.
    check : callable
        Called for every part; may raise, and then nothing is written.

    Raises
    ------
    Problem
        If the name ends in neither, or a file cannot be written; the old one is kept.
    """
    check_vectors_place(path)
    if path.suffix.lower() == ".csv":
        write_atomically(path, _table(names, vectors, check))
        return
    # Together: an array is of no use without the names.
    lines = "".join(f"{' '.join(name.splitlines())}\n" for name in names)
    text = lines.encode("utf-8", "surrogateescape")
    write_together({names_beside(path): text, path: _array(vectors, check)})


def _array(vectors: NDArray[np.float32], check: Check) -> Iterator[bytes | memoryview]:
    """Yield a ``.npy`` file: its head, and the numbers as they are in memory."""
    values = np.ascontiguousarray(vectors, "<f4")
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, np.lib.format.header_data_from_array_1_0(values))
    yield head.getvalue()
    flat = values.ravel()
    for start in range(0, len(flat), _NUMBERS):
        check()
        yield flat[start : start + _NUMBERS].data.cast("B")


def _table(names: Sequence[str], vectors: NDArray[np.float32], check: Check) -> Iterator[bytes]:
    size = vectors.shape[1]
    yield b"picture"
    yield from _words(np.arange(size), check)
    for name, vector in zip(names, vectors, strict=True):
        yield b"\n" + _quoted(name)
        # As text, float32 has its own shortest digits; Python's numbers would have twice as many.
        yield from _words(np.asarray(vector, np.float32), check)
    yield b"\n"


def _words(numbers: NDArray[np.generic], check: Check) -> Iterator[bytes]:
    """Yield numbers with a comma before each."""
    for start in range(0, len(numbers), _WORDS):
        check()
        words = numbers[start : start + _WORDS].astype(str)
        yield f",{','.join(words.tolist())}".encode()


def _quoted(name: str) -> bytes:
    """Return a name as a cell of a table."""
    cell = io.StringIO()
    # What is in the end of a line is what is quoted: both, as either ends a line for some reader.
    end = "\r\n"
    csv.writer(cell, lineterminator=end).writerow([name])
    return cell.getvalue().removesuffix(end).encode("utf-8", "surrogateescape")
