"""What a reader does while it reads: the time and the memory it takes, and whether it does anything else."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROC = Path("/proc/self")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What only somebody does who does more than read; see the table of audit events in Python's documentation.
_NEVER = (
    *("exec", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"),
    *("subprocess.Popen", "pickle.find_class", "marshal.loads", "ctypes.dlopen", "code.__new__"),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"),
    *("os.putenv", "shutil.copyfile", "shutil.move", "shutil.rmtree", "shutil.unpack_archive", "tempfile"),
    *("socket.connect", "socket.bind", "urllib.Request", "webbrowser.open", "builtins.input"),
)


@dataclass
class Watch:
    """What is being watched for, and what was seen.

    Parameters
    ----------
    on : bool
        Whether somebody is reading now.
    seen : list of str
        What he did besides.
    """

    on: bool = False
    seen: list[str] = field(default_factory=list)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take note of what Python says is done."""
        if not self.on:
            return
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if (writes or event.startswith(_NEVER)) and not _importing():
            self.seen.append(f"{event} {str(arguments)[:200]}")
            raise PermissionError(f"a reader may not do this: {event}")


def _importing() -> bool:
    """Return whether a module is being imported: that may happen at any time."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back  # type: ignore[assignment]  # None at the very end
    return False


WATCH = Watch()
# For good: Python has no way to take one off again.
sys.addaudithook(WATCH.hear)


@dataclass
class Cost:
    """What a reading took: seconds of this thread, and bytes of memory at its peak beyond what was there."""

    seconds: float = 0.0
    memory: int = 0


@contextmanager
def watched() -> Iterator[Cost]:
    """Watch what is read within; fail if it does more than read."""
    cost = Cost()
    before = _start_memory()
    begun = time.thread_time()
    WATCH.seen.clear()
    WATCH.on = True
    try:
        yield cost
    finally:
        WATCH.on = False
        cost.seconds = time.thread_time() - begun
        cost.memory = _peak() - before
    assert WATCH.seen == [], WATCH.seen


def _start_memory() -> int:
    """Let the peak begin anew, where the system can do that, and return the memory there is."""
    if (PROC / "clear_refs").exists():
        (PROC / "clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    for line in (PROC / "status").read_text().splitlines() if PROC.is_dir() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0
