"""Keeping freed memory, because getting it anew costs more than computing.

glibc hands every array of more than some megabytes back to the system when it is freed, and the next one
of its size is made of fresh pages, each zeroed when it is first touched. Where that is slow (2.5 µs a page in
a virtual machine) a result of 11 MB costs 7 ms that are no computation.

What is kept lies in pieces between what is in use, and after many networks there can be more of it than of
all else: now and then it has to go back.
"""

import ctypes
import os
import sys
from functools import cache
from pathlib import Path

# Numbers of the parameters in glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
# Arrays up to this size are kept; larger ones still go back at once. Older versions accept 32 MB at most.
_KEPT_ARRAYS = 64 << 20, 32 << 20
# Free memory at the end of the heap that is kept.
_KEPT_FREE = 128 << 20
# By so much the process has to have grown for a look at what is free to be worth its while.
_MUCH = 256 << 20


@cache
def keep_memory() -> bool:
    """Have glibc keep freed memory; does nothing where there is another allocator.

    Best called before other threads are started: a thread stays with the heap of its first allocation, and
    only the main heap keeps all that it is told to. See ``mallopt(3)``.

    Returns
    -------
    bool
        Whether memory is kept from now on.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    kept = any(mallopt(_MMAP_THRESHOLD, size) == 1 for size in _KEPT_ARRAYS)
    # The others are asked for, whichever is refused.
    others = [mallopt(_TRIM_THRESHOLD, _KEPT_FREE), mallopt(_ARENA_MAX, 1)]
    return kept and all(answer == 1 for answer in others)


def resident_memory() -> int:
    """Return the bytes of memory that the process has in use or keeps; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def trim() -> bool:
    """Give what is free back to the system, see ``malloc_trim(3)``; return whether there is a way.

    That takes some 15 ms for every gigabyte, in which no thread gets memory. What is computed next takes
    longer once.
    """
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        # Another allocator, which has its own ways.
        return False
    return True


class Surplus:
    """Gives free memory back to the system when there can be much of it."""

    def __init__(self) -> None:
        self._least = resident_memory()

    def give_back(self) -> bool:
        """Give back what is free with :func:`trim`, if the process has grown by much since it last did.

        Returns
        -------
        bool
            Whether it has been tried.
        """
        held = resident_memory()
        self._least = min(self._least, held)
        if held < self._least + _MUCH:
            return False
        if not trim():
            return False
        self._least = resident_memory()
        return True
