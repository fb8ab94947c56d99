"""Sessions that were kept for a crash and are still there: their window did not end as it should."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDateTime, QLockFile, QStandardPaths

from convviz.files.kept import backup_of
from convviz.files.sessions import SUFFIX

LOCK_SUFFIX = ".lock"


def state_folder() -> Path:
    """Return the platform's folder for what convviz writes of its own accord."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.StateLocation))


def kept_folder() -> Path:
    """Return the folder of the sessions that are kept for a crash."""
    return state_folder() / "kept"


def lock_of(path: Path) -> QLockFile:
    """Return the lock of a kept session; who holds it alone may write or remove it."""
    lock = QLockFile(str(path.with_suffix(LOCK_SUFFIX)))
    # A lock is as old as its window; only of a process that is gone does it count no more.
    lock.setStaleLockTime(0)
    return lock


@dataclass(frozen=True, eq=False)
class Leftover:
    """A session whose window is gone, held by its lock so that only one window offers it.

    Parameters
    ----------
    path : Path
        Its file.
    lock : QLockFile
        Its lock, held.
    """

    path: Path
    lock: QLockFile

    @property
    def time(self) -> QDateTime:
        """When it was written."""
        return QDateTime.fromMSecsSinceEpoch(int(self.path.stat().st_mtime * 1000))

    def discard(self) -> None:
        """Remove it."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        self.lock.unlock()

    def set_aside(self) -> None:
        """Offer it no more, as it cannot be read, but keep it."""
        with contextlib.suppress(OSError):
            self.path.rename(backup_of(self.path))
        self.lock.unlock()

    def leave(self) -> None:
        """Leave it for the next start."""
        self.lock.unlock()


def leftovers(folder: Path) -> list[Leftover]:
    """Return the sessions of a folder that belong to no living window, the newest first.

    What was only half written when its window went is removed.
    """
    with contextlib.suppress(OSError):
        _remove_halves(folder)
    try:
        paths = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []
    found = []
    for path in paths:
        lock = lock_of(path)
        if lock.tryLock(0):
            found.append(Leftover(path, lock))
    return found


def _remove_halves(folder: Path) -> None:
    """Remove what :func:`convviz.files.atomic.write_atomically` could not, being killed."""
    for half in folder.glob(f".*{SUFFIX}.*.tmp"):
        lock = lock_of(half.with_name(half.name[1:].split(SUFFIX)[0] + SUFFIX))
        if lock.tryLock(0):
            half.unlink()
            lock.unlock()
