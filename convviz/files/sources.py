"""Opening a file for reading without ever waiting for it."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from convviz.core.text import QT_TRANSLATE_NOOP, Problem


def open_regular(path: Path) -> BinaryIO:
    """Open an ordinary, non-empty file for reading.

    Parameters
    ----------
    path : Path
        File to open. Pipes, devices and sockets are refused: reading them could wait for ever.

    Returns
    -------
    binary file
        Positioned at its start; the caller closes it.

    Raises
    ------
    Problem
        If it is missing, a folder, not an ordinary file, not readable or empty.
    """
    name = path.name or str(path)
    try:
        _check_regular(path.stat(), name)
        file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115 - Path.open() takes no opener
    except Problem:
        raise
    except (OSError, ValueError) as error:
        # A ValueError is a name the system cannot have, such as one with a zero byte in it.
        raise _refusal(name, error) from error
    try:
        _check_regular(os.fstat(file.fileno()), name)
    except BaseException:
        file.close()
        raise
    return file


def _open_at_once(path: str, flags: int) -> int:
    # Without O_NONBLOCK, a pipe put in the file's place meanwhile would still make open() wait.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check_regular(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} is a folder. Choose a picture inside it."), name=name
        )
    if not stat.S_ISREG(status.st_mode):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} is not an ordinary file but a device, pipe or socket. Choose a picture file.",
            ),
            name=name,
        )
    if status.st_size == 0:
        raise empty(name)


def empty(name: str) -> Problem:
    """Return the refusal of a file without a single byte."""
    return Problem(
        QT_TRANSLATE_NOOP("Sentence", "{name} is empty: there is not a single byte in it."), name=name
    )


def _refusal(name: str, error: OSError | ValueError) -> Problem:
    number = error.errno if isinstance(error, OSError) else errno.ENOENT
    if number in (errno.ENOENT, errno.ENOTDIR):
        return Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} was not found. It may have been moved or renamed."),
            name=name,
        )
    if number in (errno.EACCES, errno.EPERM):
        return Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} cannot be read: you are not allowed to open it."),
            name=name,
        )
    return unreadable(name, error)


def unreadable(name: str, error: OSError | ValueError) -> Problem:
    """Return the refusal of a file that the system failed to read."""
    return Problem(
        QT_TRANSLATE_NOOP("Sentence", "{name} cannot be read: {reason}."),
        name=name,
        reason=getattr(error, "strerror", None) or str(error),
    )
