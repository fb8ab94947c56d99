"""A program whose children write for ever, to be killed.

What they need is imported once, here; each child is a process of its own that has begun with nothing. For
every line ``WHAT PLACE`` on its input a child is made, which says ``begun PID`` once its first file is there;
how it ended is said after that.
"""

import os
import sys
from pathlib import Path

from tests.reliability.exported import export_for_ever
from tests.reliability.fetched import fetch_for_ever
from tests.reliability.kept import keep_for_ever, save_for_ever

WHAT = {
    "save": save_for_ever,
    "keep": keep_for_ever,
    "fetch": fetch_for_ever,
    "export": export_for_ever,
}


def begun() -> None:
    """Say that the first file is there, and who has written it."""
    print(f"begun {os.getpid()}", flush=True)


if __name__ == "__main__":
    for line in sys.stdin:
        what, place = line.rstrip("\n").split(" ", 1)
        child = os.fork()
        if child == 0:
            WHAT[what](Path(place), begun)
        _, status = os.waitpid(child, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)
