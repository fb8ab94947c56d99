#!/usr/bin/env python3
"""Set convviz up on this machine, then run it or test it: ``python3 packaging/dev.py --help``.

This file only finds a Python that is new enough. It must load on any Python 3; its neighbours need not.
"""

import os
import subprocess
import sys
from collections.abc import Callable

OLDEST = (3, 11)
# Our own tests run on 3.11, so it comes first.
NEWER_NAMES = ("python3.11", "python3.12", "python3.13", "python3.14")
NO_NEWER_PYTHON = "convviz needs Python 3.11 or newer; this is Python {}.{}, and no newer one is on PATH."


def works(command: str) -> bool:
    """Tell whether ``command`` starts a Python that is new enough.

    A name found on PATH proves little: pyenv's shims exist for versions that are not active, and fail.
    """
    probe = "import sys; sys.exit(sys.version_info < {})".format(OLDEST)  # noqa: UP032
    quiet = subprocess.DEVNULL
    try:
        return subprocess.call([command, "-c", probe], stdout=quiet, stderr=quiet) == 0
    except OSError:
        return False


# The annotations in quotes are those that an old Python could not evaluate.
def newer_python(is_working: "Callable[[str], bool]" = works) -> "str | None":
    """Return the name of a Python that is new enough; None if there is none."""
    return next((name for name in NEWER_NAMES if is_working(name)), None)


def main(version: "tuple[int, int]", args: "list[str]") -> int:
    """Do what ``args`` say, on a newer Python if this ``version`` is too old. Return the exit code."""
    if version >= OLDEST:
        import dev_commands

        return dev_commands.main(args)
    name = newer_python()
    if name is None:
        print(NO_NEWER_PYTHON.format(*version), file=sys.stderr)
        return 1
    return subprocess.call([name, os.path.abspath(__file__), *args])  # noqa: PTH100


if __name__ == "__main__":
    try:
        sys.exit(main(sys.version_info[:2], sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
