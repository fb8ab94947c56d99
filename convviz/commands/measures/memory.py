"""A photograph of 24 megapixels, open and edited: item 5.

Measured is the resident memory of the application itself, with torch loaded and a small photograph open, and
again after a large one has been opened from a file, edited fifty times, zoomed in and out, and left to rest
until all of its result had been measured.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QTimer

from convviz.commands.measures.edit import LARGE
from convviz.commands.measures.findings import Finding, LeftOut, Ratio, Wish
from convviz.commands.measures.machine import resident_memory
from convviz.commands.measures.rivals import photograph
from convviz.commands.measures.windows import Editor, Opened, start_application, wait_for
from convviz.core.channels import ChannelMode
from convviz.engine.heap import trim

LIMIT = 6.0
EDITS = 50
# Grey, as after a first start, is a plane of its own; each channel is seen where it lies.
MODES = (ChannelMode.GREY, ChannelMode.EACH)
SIZE = "6000x4000"


def measure_memory(wish: Wish) -> Iterator[Finding]:
    """Yield the bytes per picture value over the idle application, at rest and at most meanwhile."""
    del wish
    if resident_memory() is None:
        yield LeftOut("The system does not say how much memory is in use, so memory is left out.")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photograph.jpg"
        _write(path)
        yield from _measure(path)


def _write(path: Path) -> None:
    Image.fromarray(photograph(*LARGE[SIZE])).save(path, quality=90)


def _measure(path: Path) -> Iterator[Finding]:
    rows, columns = LARGE[SIZE]
    values = rows * columns * 3
    opened = Opened(start_application(), None)
    edit = Editor(opened)
    for mode in MODES:
        _use(opened, mode)
        edit()
    opened.rest()
    # What writing the photograph and the start have left free is not in use, but would be taken first.
    trim()
    watch = _Watch()
    idle = watch.now()
    opened.window.opener.open_path(str(path))
    wait_for(lambda: opened.session.state.picture.height == rows)
    for mode in MODES:
        _use(opened, mode)
        for _ in range(EDITS // len(MODES)):
            edit()
        for zoomed in (True, False):
            opened.zoom(zoomed)
            edit()
        opened.rest()
    rest = watch.now()
    opened.close()
    for name, found, what in (("rest", rest, "at rest"), ("peak", watch.peak, "at most, meanwhile")):
        note = f"bytes per value {what}: {idle / 2**20:.0f} MB idle, {found / 2**20:.0f} MB"
        yield Ratio(f"memory/{SIZE}/{name}", (found - idle) / values, LIMIT, note)


def _use(opened: Opened, mode: ChannelMode) -> None:
    state = opened.session.state
    opened.session.edit(replace(state, channel_mode=mode), "channels")
    opened.settle()


class _Watch:
    """Looks at the memory in use every few milliseconds."""

    def __init__(self) -> None:
        self.peak = 0
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self.now)
        self._timer.start()

    def now(self) -> int:
        """Return the bytes in use."""
        found = resident_memory() or 0
        self.peak = max(self.peak, found)
        return found
