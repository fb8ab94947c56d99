"""How a command ends that may have shown a window."""

import importlib
from contextlib import suppress


def ended(code: int) -> int:
    """Return the exit code, or end the process with it where a job of the window's would not stop.

    Python's own end crashes now and then while a worker is still inside PyTorch.
    """
    with suppress(ImportError):
        importlib.import_module("convviz.work.threads").leave(code)
    return code
