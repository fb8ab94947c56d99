"""The pictures in folders."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.signatures import PICTURE_SUFFIXES


def _nothing() -> None:
    """Do not stop."""


def pictures_in(paths: Iterable[str | Path], check: Callable[[], None] = _nothing) -> tuple[Path, ...]:
    """Return files as they are given, and in place of each folder the pictures in it and in its folders.

    Pictures in folders are told by their names' endings and sorted by path; hidden ones are left out, and
    links to folders are not followed. None is returned twice.

    Parameters
    ----------
    paths : iterable of str or Path
        Files and folders. A file need not exist: opening it will say so.
    check : callable
        Called for every folder; may raise.

    Raises
    ------
    Problem
        If a folder has no pictures in it or cannot be read.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        found.update(dict.fromkeys(_in_folder(path, check) if path.is_dir() else [path]))
    return tuple(found)


def _in_folder(folder: Path, check: Callable[[], None]) -> list[Path]:
    out: list[Path] = []

    def refuse(error: OSError) -> None:
        if error.filename == str(folder):
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "The folder {name} cannot be read: {reason}."),
                name=folder.name or str(folder),
                reason=error.strerror or str(error),
            ) from error

    for root, folders, names in os.walk(folder, onerror=refuse):
        check()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        pictures = (n for n in names if n.lower().endswith(PICTURE_SUFFIXES) and not n.startswith("."))
        out += [Path(root) / name for name in sorted(pictures)]
    if not out:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "There are no pictures in the folder {name}."),
            name=folder.name or str(folder),
        )
    return sorted(out)
