"""Vectors of pictures out: as a table or as an array."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.atomic import write_atomically

SUFFIXES = (".npy", ".csv")
"""What :func:`save_vectors` writes."""


def names_beside(path: Path) -> Path:
    """Return where the names of the pictures go that belong to a ``.npy`` file."""
    return path.with_name(f"{path.name}.names.txt")


def save_vectors(path: Path, names: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Write vectors (N, D) and the names of their pictures.

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

    Raises
    ------
    Problem
        If the name ends in neither, or a file cannot be written; the old one is kept.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} was not saved: vectors are written to a .npy or a .csv file."
            ),
            name=path.name,
        )
    if suffix == ".csv":
        write_atomically(path, _table(names, vectors))
        return
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(vectors, np.float32), allow_pickle=False)
    # The names first: an array without them would be of no use.
    lines = "".join(f"{' '.join(name.splitlines())}\n" for name in names)
    write_atomically(names_beside(path), lines.encode("utf-8", "surrogateescape"))
    write_atomically(path, buffer.getvalue())


def _table(names: Sequence[str], vectors: NDArray[np.float32]) -> bytes:
    buffer = io.BytesIO()
    text = io.TextIOWrapper(buffer, "utf-8", errors="surrogateescape", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["picture", *range(vectors.shape[1])])
    for name, vector in zip(names, vectors, strict=True):
        # As text, float32 has its own shortest digits; Python's numbers would have twice as many.
        writer.writerow([name, *np.asarray(vector, np.float32).astype(str)])
    return buffer.getvalue()
