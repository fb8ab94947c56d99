"""The arrays of data sets from ``idx`` and ``npz`` files, read without trusting them."""

import gzip
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

# Pictures in one data set; MNIST has 60 000. Keeps what a forged header can claim within the memory.
MAX_PICTURES = 200_000


def read_idx(path: Path, axes: int) -> NDArray[np.uint8]:
    """Return the bytes of an ``idx`` file, as MNIST's authors store arrays.

    The format: two zero bytes, 8 for bytes, the number of axes, their lengths as big-endian 32-bit numbers,
    the values.

    Parameters
    ----------
    path : Path
        The file; packed with gzip if its name ends in ``.gz``.
    axes : int
        How many the array must have.

    Raises
    ------
    Problem
        If it is damaged, cut short or of another kind.
    """
    try:
        with path.open("rb") as plain:
            file: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=plain) if path.suffix == ".gz" else plain
            head = file.read(4 + 4 * axes)
            if len(head) < 4 + 4 * axes or head[:4] != bytes([0, 0, 8, axes]):
                raise damaged(path.name)
            shape = [int(length) for length in np.frombuffer(head, ">u4", offset=4)]
            check_count(path.name, shape[0])
            size = int(np.prod(shape, dtype=object))
            if size > MAX_PICTURES * 28 * 28:
                raise damaged(path.name)
            # One more than there should be: only at its end a packed file's checksum is looked at.
            data = file.read(size + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(path.name) from error
    if len(data) != size:
        raise damaged(path.name)
    return np.frombuffer(data, np.uint8).reshape(shape)


def read_npz(path: Path) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the arrays ``images`` and ``labels`` of an ``.npz`` file; they hold bytes.

    Raises
    ------
    Problem
        If it is damaged, or holds other arrays.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _npz_member(archive, "images"), _npz_member(archive, "labels")
    except Problem:
        raise
    except Exception as error:
        # A damaged archive or header fails in many ways.
        raise damaged(path.name) from error


def _npz_member(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """Return one array of an ``.npz`` file, its header checked before anything is unpacked."""
    with archive.open(f"{name}.npy") as file:
        header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[npy.read_magic(file)]
        shape, fortran, dtype = header(file)
        size = int(np.prod(shape, dtype=object))
        if dtype != np.uint8 or fortran or size > MAX_PICTURES * 28 * 28:
            raise ValueError(f"{name}: {dtype} {shape}")
        return np.frombuffer(file.read(size), np.uint8).reshape(shape)


def check_count(name: str, count: int) -> None:
    """See that ``count`` pictures in the file ``name`` are neither too few nor too many.

    Raises
    ------
    Problem
        If they are.
    """
    if not 20 <= count <= MAX_PICTURES:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} holds {count} pictures to train with; there must be from 20 to {most}."
            ),
            name=name,
            count=count,
            most=MAX_PICTURES,
        )


def damaged(name: str) -> Problem:
    """Return what is said of a file ``name`` that cannot be read."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "{name} is damaged, cut short or something else. Copy or download the data again."
        ),
        name=name,
    )
