"""The pictures in folders."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.pictures import PICTURE_SUFFIXES


def pictures_in(
    folder: str | os.PathLike[str], check: Callable[[], object] = lambda: None
) -> tuple[str, ...]:
    """Return the picture files of a folder and of the folders in it, told by their names.

    Parameters
    ----------
    folder : str or path
        Where to look. Hidden files and folders are passed over, links to folders are not followed.
    check : callable
        Called for every folder; may raise.

    Returns
    -------
    tuple of str
        Absolute paths, folder after folder, sorted.

    Raises
    ------
    Problem
        If there is no such folder, it cannot be read, or it has no pictures.
    """
    root = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    if not root.is_dir():
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "There is no folder “{folder}”; choose another."), folder=str(root)
        )
    found: list[str] = []

    def refuse(error: OSError) -> None:
        if error.filename == str(root):
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "The folder “{folder}” cannot be read: {reason}."),
                folder=str(root),
                reason=error.strerror or str(error),
            ) from error

    for place, folders, files in os.walk(root, onerror=refuse):
        check()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            os.path.join(place, name)  # noqa: PTH118 - thousands of them
            for name in sorted(files)
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in PICTURE_SUFFIXES  # noqa: PTH122
        ]
    if not found:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "There are no pictures in “{folder}”; choose another folder."),
            folder=str(root),
        )
    return tuple(found)


def pictures_among(
    paths: Iterable[str | os.PathLike[str]], check: Callable[[], object] = lambda: None
) -> tuple[Path, ...]:
    """Return files as they are given, and in place of each folder the pictures in it and in its folders.

    Parameters
    ----------
    paths : iterable of str or path
        Files and folders. A file need not exist: opening it will say so.
    check : callable
        Called for every folder; may raise.

    Returns
    -------
    tuple of Path
        None of them twice.

    Raises
    ------
    Problem
        If a folder cannot be read, or has no pictures.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        found.update(dict.fromkeys(_inside(path, check) if path.is_dir() else [path]))
    return tuple(found)


def _inside(folder: Path, check: Callable[[], object]) -> list[Path]:
    """Return the pictures of a folder by paths that begin as its own does."""
    root = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    return [folder / Path(name).relative_to(root) for name in pictures_in(folder, check)]
