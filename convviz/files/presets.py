"""A user's own kernels, kept in one file."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.limits import MAX_KERNEL
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.atomic import write_atomically
from convviz.files.sources import open_regular

_VERSION = 1
_MAX_FILE = 50_000_000


class _DamagedFileError(Exception):
    """The file does not hold kernels."""


@dataclass(frozen=True, eq=False)
class OwnKernel:
    """A kernel that the user gave a name.

    Parameters
    ----------
    name : str
        Not empty.
    weights : ndarray of float64, shape (kh, kw)
        Finite; made read-only.

    Raises
    ------
    ValueError
        If it is not a kernel with a name.
    """

    name: str
    weights: NDArray[np.float64]

    def __post_init__(self) -> None:
        weights = np.array(self.weights, np.float64)
        if not isinstance(self.name, str) or not self.name.strip():
            raise ValueError("a kernel of one's own has a name")
        if weights.ndim != 2 or not 1 <= min(weights.shape) <= max(weights.shape) <= MAX_KERNEL:
            raise ValueError(f"a kernel is 1×1 to {MAX_KERNEL}×{MAX_KERNEL}, not {weights.shape}")
        if not np.isfinite(weights).all():
            raise ValueError("weights are finite")
        weights.flags.writeable = False
        object.__setattr__(self, "weights", weights)


def load_kernels(path: Path) -> tuple[OwnKernel, ...]:
    """Return the kernels kept in ``path``; none if there is no such file.

    Raises
    ------
    Problem
        If the file cannot be read or is damaged.
    """
    if not path.exists():
        return ()
    try:
        return _read(path)
    except _DamagedFileError as error:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "Your own kernels could not be read: {name} is damaged. It will be kept as {backup} when you"
                " save a kernel.",
            ),
            name=path.name,
            backup=backup_of(path).name,
        ) from error


def save_kernels(path: Path, kernels: Iterable[OwnKernel]) -> None:
    """Write ``kernels`` to ``path`` in one step; a damaged file is renamed first, never overwritten.

    Raises
    ------
    Problem
        If it cannot be written.
    """
    entries = [{"name": kernel.name, "weights": kernel.weights.tolist()} for kernel in kernels]
    text = json.dumps({"version": _VERSION, "kernels": entries}, ensure_ascii=False, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _set_damaged_aside(path)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} was not saved: {reason}. Save it elsewhere."),
            name=path.name,
            reason=error.strerror or str(error),
        ) from error
    write_atomically(path, text.encode())


def _read(path: Path) -> tuple[OwnKernel, ...]:
    with open_regular(path) as file:
        data = file.read(_MAX_FILE)
    try:
        return _from_json(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _DamagedFileError from error


def _set_damaged_aside(path: Path) -> None:
    if not path.exists() or path.stat().st_size == 0:
        return
    try:
        _read(path)
    except _DamagedFileError:
        path.rename(backup_of(path))


def backup_of(path: Path) -> Path:
    """Return the first of ``.bak``, ``.bak2``, ``.bak3`` … behind a path that does not exist."""
    number = 1
    while True:
        backup = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        if not backup.exists():
            return backup
        number += 1


def _from_json(data: Any) -> tuple[OwnKernel, ...]:
    if data["version"] != _VERSION:
        raise ValueError(f"version {data['version']}")
    return tuple(OwnKernel(entry["name"], entry["weights"]) for entry in data["kernels"])
