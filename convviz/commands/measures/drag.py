"""A weight changes every 16 ms for three seconds: item 4.

Of the window's thread it is asked how long it worked without answering: processor time of that thread between
two beats of a timer. Time on the clock would count what other programs take from it as well; it stands in the
note, because on a machine with nothing else to do both are the same but for waiting for the worker.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from convviz.commands.measures.edit import LARGE, SMALL, generated
from convviz.commands.measures.findings import Finding, Ratio, Wish
from convviz.commands.measures.windows import EACH, Editor, Layer, Opened, follow, start_application
from convviz.core.channels import ChannelMode

SECONDS, STEP_MS, BEAT_MS = 3.0, 16, 2
# Four frames painted of five that the engine could deliver.
FRAMES_LIMIT = 1 / 0.8
BLOCKED_LIMIT_MS = 30.0
# One kernel on R, G and B each; four filters summed over them, eleven maps in all; the largest kernel.
LAYERS = {
    "each": EACH,
    "sum": Layer(ChannelMode.SUM, filters=4),
    "31x31": Layer(ChannelMode.GREY, size=31),
}
DRAGS = {
    "drag/1280x720/each": (SMALL, "each"),
    "drag/6000x4000/each": (LARGE["6000x4000"], "each"),
    "drag/6000x4000/sum": (LARGE["6000x4000"], "sum"),
    "drag/6000x4000/31x31": (LARGE["6000x4000"], "31x31"),
}
# Quiet edits that tell how fast the engine is.
QUIET_EDITS = 9


@dataclass(frozen=True)
class Dragged:
    """What came of a drag: times in seconds."""

    painted: int
    last_is_shown: bool
    worked: float
    silent: float


class Hand(QObject):
    """Drags the middle weight of an opened window, and feels the pulse of its thread meanwhile."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened.window)
        self._opened = opened
        self._values = iter(np.linspace(-6, 6, int(SECONDS * 1000 / STEP_MS)))
        self._pulse: list[tuple[float, float]] = []
        self._hand = self._timer(STEP_MS)
        self._hand.timeout.connect(self._move)
        self._heart = self._timer(BEAT_MS)
        self._heart.timeout.connect(self._beat)

    def _timer(self, milliseconds: int) -> QTimer:
        return QTimer(self, interval=milliseconds, timerType=Qt.TimerType.PreciseTimer)

    @Slot()
    def _move(self) -> None:
        value = next(self._values, None)
        if value is not None:
            self._opened.set_middle(float(value))

    @Slot()
    def _beat(self) -> None:
        self._pulse.append((time.perf_counter(), time.thread_time()))

    def drag(self) -> Dragged:
        """Drag for three seconds, and let the last value arrive."""
        paints = self._opened.paints
        before = paints.count
        self._hand.start()
        self._heart.start()
        follow(SECONDS)
        painted = paints.count - before
        self._hand.stop()
        self._opened.settle()
        self._heart.stop()
        silent, worked = np.diff(self._pulse, axis=0).max(axis=0)
        return Dragged(painted, self._opened.last_is_shown, float(worked), float(silent))


def measure_drag(wish: Wish) -> Iterator[Finding]:
    """Yield how many frames were missing, the longest block, and whether the last value was shown."""
    application = start_application()
    for name, (shape, layer) in DRAGS.items():
        if wish.includes(name):
            yield from _drags(name, Opened(application, generated(shape), LAYERS[layer]), wish)


def _drags(name: str, opened: Opened, wish: Wish) -> Iterator[Finding]:
    edit = Editor(opened)
    for _ in range(QUIET_EDITS):
        edit()
    engine = statistics.median(opened.engine_seconds[-QUIET_EDITS:])
    possible = min(SECONDS * 1000 / STEP_MS, SECONDS / engine)
    drags = [Hand(opened).drag() for _ in range(3 if wish.pairs > 5 else 1)]
    painted = statistics.median(drag.painted for drag in drags)
    worked, silent = (max(getattr(drag, name) for drag in drags) * 1000 for name in ("worked", "silent"))
    lost = sum(not drag.last_is_shown for drag in drags)
    opened.close()
    note = f"{possible:.0f} frames possible in {SECONDS:.0f} s, {painted:.0f} painted"
    yield Ratio(f"{name}/frames", possible / max(painted, 1), FRAMES_LIMIT, note)
    note = f"ms of work between two answers; {silent:.0f} ms on the clock"
    yield Ratio(f"{name}/blocked", worked, BLOCKED_LIMIT_MS, note)
    yield Ratio(f"{name}/last", float(lost), 0.0, f"last values not on screen, of {len(drags)} drags")
