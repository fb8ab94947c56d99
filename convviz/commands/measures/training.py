"""The training room in the real window: how long it is without an answer, and how soon it pauses.

A timer beats every 5 ms. The longest time between two beats is the longest the window could not have answered
a hand: on the clock, because a window that waits for its worker answers as little as one that computes. How
much of its processor's time that was stands in the note.
"""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from convviz.commands.measures.findings import Finding, Ratio, Wish
from convviz.commands.measures.windows import Opened, follow, start_application, wait_for
from convviz.nets.learn.data import Data
from convviz.nets.learn.plan import LayerKind, LayerPlan, NetworkPlan
from convviz.ui.state import Room

if TYPE_CHECKING:
    # Imported by the room itself, at the first visit: that is timed.
    from convviz.ui.training.desk import TrainingDesk

GAP_MS, PAUSE_MS = 100.0, 200.0
BEAT_MS = 5
_PLAY_SECONDS, _PAUSES = 2.0, 5
_KIND = LayerKind
_RELU = LayerPlan(_KIND.ACTIVATION)
# A step of it, over 256 pictures of 16 × 16, takes a third of a second on two cores.
LARGE = NetworkPlan(
    (
        LayerPlan(_KIND.CONVOLUTION, 64, (3, 3), 1),
        _RELU,
        LayerPlan(_KIND.CONVOLUTION, 64, (3, 3), 1),
        _RELU,
        LayerPlan(_KIND.POOLING, size=(2, 2)),
        LayerPlan(_KIND.FLATTEN),
        LayerPlan(_KIND.DENSE, 256),
        _RELU,
        LayerPlan(_KIND.DENSE, 10),
    )
)
_LARGE_BATCH = 256


class Pulse(QObject):
    """Feels the pulse of the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._beats: list[tuple[float, float]] = []
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    @Slot()
    def _beat(self) -> None:
        self._beats.append((time.perf_counter(), time.thread_time()))

    def gap(self, name: str, job: Callable[[], object]) -> Ratio:
        """Return the longest time between two beats while ``job`` runs the event loop."""
        self._beats = []
        self._timer.start()
        follow(0.05)
        job()
        follow(0.05)
        self._timer.stop()
        clock, worked = np.diff(self._beats, axis=0).max(axis=0) * 1000
        return Ratio(name, float(clock), GAP_MS, f"ms without an answer; of one's own {worked:.0f} ms")


def measure_training(wish: Wish) -> Iterator[Finding]:
    """Yield the longest gaps of the room, and how long a pause takes."""
    del wish
    opened = Opened(start_application(), None)
    window = opened.window
    pulse = Pulse(window)

    def visit() -> None:
        window.set_room(Room.TRAINING)
        wait_for(lambda: window.training.desk is not None)
        wait_for(lambda: desk().curves.complete and rests())

    def desk() -> "TrainingDesk":
        found = window.training.desk
        assert found is not None
        return found

    def rests() -> bool:
        return desk().trainer.run is not None and not desk().trainer.busy

    def begin(job: Callable[[], object]) -> None:
        job()
        wait_for(rests)

    def play() -> None:
        desk().play.click()
        follow(_PLAY_SECONDS)

    def make_large() -> None:
        trained = desk().samples
        assert trained is not None
        desk().layers.set_plan(LARGE, trained.shape)
        desk().form.batch.setValue(_LARGE_BATCH)
        desk().reset()

    yield pulse.gap("training/first-visit", visit)
    yield pulse.gap("training/small/playing", play)
    yield _pause("training/small/pause", desk())
    yield pulse.gap("training/digits/begin", lambda: begin(lambda: desk().open_data(Data.DIGITS)))
    yield pulse.gap("training/digits/playing", play)
    yield _pause("training/digits/pause", desk())
    yield pulse.gap("training/large/begin", lambda: begin(make_large))
    yield pulse.gap("training/large/playing", play)
    yield _pause("training/large/pause", desk())
    opened.close()


def _pause(name: str, desk: "TrainingDesk") -> Ratio:
    """Return the longest of some pauses: from the click until the worker rests and that is shown."""
    taken = []
    for _ in range(_PAUSES):
        if not desk.trainer.playing:
            desk.play.click()
            follow(0.2)
        started = time.perf_counter()
        desk.play.click()
        wait_for(lambda: not desk.trainer.busy)
        taken.append((time.perf_counter() - started) * 1000)
    note = f"ms from the click until nothing learns; the middle of {_PAUSES} is {np.median(taken):.0f}"
    return Ratio(name, max(taken), PAUSE_MS, note)
