"""From the command to the first painted window with a picture in it: item 6.

The rival is a bare window of PySide6 and pyqtgraph with the same picture (:mod:`bare`). Both are processes of
their own that write a line when the picture has been painted; timed is from their start to that line.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PIL import Image

from convviz.commands.measures import bare
from convviz.commands.measures.edit import SMALL
from convviz.commands.measures.findings import Finding, LeftOut, Ratio, Wish, take_timed_turns
from convviz.commands.measures.items import folder, program, surroundings
from convviz.commands.measures.rivals import optional, photograph

LIMIT = 1.5
MOST_SECONDS = 60


def measure_start(wish: Wish) -> Iterator[Finding]:
    """Yield our time to the first painted picture over that of a bare window."""
    if getattr(sys, "frozen", False) or optional("pyqtgraph") is None:
        yield LeftOut("A bare window needs Python and pyqtgraph, so the start beside it is left out.")
        return
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "photograph.png"
        Image.fromarray(photograph(*SMALL)).save(path)
        # Without the user's settings, so that a plain window is opened, and with every module compiled, as
        # after an installation.
        environment = {
            **surroundings(),
            **dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "PYTHONPYCACHEPREFIX"), home),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        ours = [*program(), str(path), "--until-painted"]
        rival = [sys.executable, "-P", str(bare.__file__), str(path)]
        pairs = take_timed_turns(
            lambda: seconds_to_paint(ours, environment),
            lambda: seconds_to_paint(rival, environment),
            wish.pairs,
        )
    yield Ratio("start", pairs.ratio, LIMIT, pairs.note("a bare window"))


def seconds_to_paint(words: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the seconds from starting a process to the line it writes when its picture is painted.

    Raises
    ------
    RuntimeError
        If the process ends without that line, or takes longer than a minute.
    """
    started = time.perf_counter()
    with subprocess.Popen(words, cwd=folder(), env=dict(environment), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        guard = threading.Timer(MOST_SECONDS, process.kill)
        guard.start()
        try:
            line = process.stdout.readline()
            took = time.perf_counter() - started
            code = process.wait()
        finally:
            guard.cancel()
            process.kill()
    if line.strip() != bare.PAINTED.encode() or code != 0:
        raise RuntimeError(f"{' '.join(words)} ended with exit code {code} before its picture was painted")
    return took
