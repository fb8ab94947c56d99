"""The log: what went wrong, in files that do not grow for ever."""

import contextlib
import faulthandler
import logging
import platform
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from PySide6.QtCore import qVersion

from convviz import __version__
from convviz.ui.sessions.leftovers import state_folder

LOG = logging.getLogger("convviz")
# Without a file the log says nothing; who raises an error writes it to the error stream all the same.
LOG.addHandler(logging.NullHandler())

MOST_BYTES = 1_000_000
FILES = 3

_crash_log: IO[str] | None = None


def log_folder() -> Path:
    """Return the platform's folder for the log."""
    return state_folder() / "log"


def start_log() -> None:
    """Write the log to its files; where they cannot be written, there is none.

    ``convviz.log`` holds errors, the older ones in ``convviz.log.1`` and so on. If the process itself is
    brought down, what it was at is the last thing in ``crash.log``.
    """
    folder = log_folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "convviz.log", maxBytes=MOST_BYTES, backupCount=FILES, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.info("convviz %s, Qt %s, %s", __version__, qVersion(), platform.platform())
        _start_crash_log(folder / "crash.log")


def _start_crash_log(path: Path) -> None:
    global _crash_log
    end_crash_log()
    too_long = path.exists() and path.stat().st_size > MOST_BYTES
    # Stays open as long as the process: there is no opening files in the midst of a crash.
    _crash_log = path.open("w" if too_long else "a")
    faulthandler.enable(_crash_log)


def end_crash_log() -> None:
    """Write no more to what tells of a process that is brought down."""
    global _crash_log
    if _crash_log is not None:
        faulthandler.disable()
        _crash_log.close()
        _crash_log = None
