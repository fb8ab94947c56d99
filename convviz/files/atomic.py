"""Writing files so that a full disk or a crash leaves the old file as it was."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_atomically(path: Path, data: bytes | Iterable[bytes | memoryview]) -> None:
    """Write ``data`` to ``path``: the whole of it, or nothing.

    The bytes go to a new file in the same folder, are flushed to the disk, and only then take the place of
    the old file in one step. A link is followed, so that the file it points to is replaced.

    Parameters
    ----------
    path : Path
        Where to write. Its folder must exist.
    data : bytes, or iterable of bytes or memoryview
        What to write, perhaps part by part, so that it need not all be in memory. If making a part
        raises, the old file is kept too.

    Raises
    ------
    Problem
        If it cannot be written. The old file is kept and nothing is left behind.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes | Iterable[bytes | memoryview]]) -> None:
    """Write files that are of no use without each other: all of them, or none.

    All are on the disk before the first takes its place, so that a full disk leaves every old file. Only a
    process that is killed within the moment in which they take their places leaves some old and some new.

    Parameters
    ----------
    files : mapping of Path to bytes, or to an iterable of bytes or memoryview
        Where to write what, as for :func:`write_atomically`; they take their places in this order.

    Raises
    ------
    Problem
        If one of them cannot be written; it is named. The old files are kept and nothing is left behind.
    """
    made: list[tuple[Path, Path, Path]] = []
    path = Path()
    try:
        try:
            for path, data in files.items():
                target = Path(os.path.realpath(path))
                _check_target(target)
                beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
                made.append((path, beside, target))
                _write_new(beside, [data] if isinstance(data, bytes) else data)
                if target.exists():
                    beside.chmod(target.stat().st_mode & 0o777)
            for at, beside, target in made:
                path = at
                beside.replace(target)
        except BaseException:
            # Also when interrupted: the half-written files must not stay.
            for _, beside, _ in made:
                with contextlib.suppress(OSError):
                    beside.unlink()
            raise
        for folder in {target.parent for _, _, target in made}:
            _sync_folder(folder)
    except (OSError, ValueError) as error:
        # A ValueError is a name the system cannot have, such as one with a zero byte in it.
        raise _refusal(path, error) from error


def check_place(path: Path) -> None:
    """Raise the :class:`Problem` that :func:`write_atomically` would, if that can be told beforehand.

    For what takes long to make: nobody is to wait for a result that cannot be kept. Nothing is written.

    Parameters
    ----------
    path : Path
        Where something is to be written.
    """
    try:
        target = Path(os.path.realpath(path))
        _check_target(target)
        # Raises what is wrong with a folder that is not there, or is none.
        with os.scandir(target.parent):
            pass
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from error


def _check_target(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        # A rename would replace a read-only file without asking.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _write_new(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    with path.open("xb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(path: Path, error: OSError | ValueError) -> Problem:
    number = error.errno if isinstance(error, OSError) else None
    name, folder = path.name or str(path), str(path.parent)
    if number in _FULL:
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} was not saved: there is no room left in {folder}. Free some space or save elsewhere.",
            ),
            name=name,
            folder=folder,
        )
    if number in _DENIED:
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} was not saved: writing in {folder} is not allowed. Save it in another folder.",
            ),
            name=name,
            folder=folder,
        )
    if number == errno.EISDIR:
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} was not saved: it is a folder. Give the name of a file in it."
            ),
            name=name,
        )
    if number in (errno.ENOENT, errno.ENOTDIR):
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} was not saved: there is no folder {folder}. Create it or save elsewhere.",
            ),
            name=name,
            folder=folder,
        )
    return Problem(
        QT_TRANSLATE_NOOP("Sentence", "{name} was not saved: {reason}. Save it elsewhere."),
        name=name,
        reason=getattr(error, "strerror", None) or str(error),
    )
