"""From the edit of a kernel cell to the painted result, beside OpenCV's filter2D on the same picture.

The rival computes the whole picture, in float32, without showing it. The figures are printed (``-s``).
"""

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.core.specs import Activation, PoolKind
from convviz.engine.backend import load_torch
from convviz.ui.state import LayerSettings
from tests.ui.driver import Driver

pytestmark = pytest.mark.benchmark

SIZES = {"1280x720": (720, 1280), "6000x4000": (4000, 6000)}
# Three times what is measured, 31 to 58 and 0.6 to 0.9, on two processors that others use too.
MOST_TIMES_RIVAL = {"1280x720": 120.0, "6000x4000": 2.1}
PAIRS = 7
DRAGS = 3
DRAG_STEPS = 60
KERNEL = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])


def photograph(height: int, width: int) -> Picture:
    """Return a picture with structure at every scale, the same each time."""
    random = np.random.default_rng(0)
    values = np.zeros((height, width, 3), np.float32)
    for cell in (4, 32, 256):
        coarse = random.random((-(-height // cell), -(-width // cell), 3), np.float32)
        values += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return Picture((values * 85).astype(np.uint8), f"{width}×{height}")


@dataclass(frozen=True)
class Layer:
    """What is dragged at."""

    mode: ChannelMode
    kernel: NDArray[np.float64]
    filters: int = 1
    settings: LayerSettings = field(default_factory=LayerSettings)

    @property
    def bank(self) -> FilterBank:
        """The filters: the kernel, and others beside it."""
        weights = np.stack([self.kernel + n / 8 for n in range(self.filters)])[:, np.newaxis]
        return FilterBank(weights, ("",) * self.filters, (0.0,) * self.filters)


GAUSSIAN = np.outer(*[np.exp(-(np.linspace(-3, 3, 31) ** 2) / 2)] * 2)
EACH = Layer(ChannelMode.EACH, KERNEL)
DRAGGED = {
    "3×3, grey": Layer(ChannelMode.GREY, KERNEL),
    "3×3, Σ, 4 filters, ReLU, max": Layer(
        ChannelMode.SUM, KERNEL, 4, LayerSettings(activation=Activation.RELU, pool=PoolKind.MAX)
    ),
    "31×31, grey": Layer(ChannelMode.GREY, GAUSSIAN / GAUSSIAN.sum()),
}
# The promise of the code itself, and how long the window may be silent where others want the same two
# processors: 60 to 130 ms were measured at 3×3 and 31×31 in grey, 135 to 280 ms with eleven panes for four
# filters, of which the window's own thread worked at most 40 and 70 ms.
MOST_WORK_MS = 100
MOST_SILENT_MS = {"3×3, grey": 150, "3×3, Σ, 4 filters, ReLU, max": 300, "31×31, grey": 150}


@dataclass
class Opened:
    """A window with a large picture under it."""

    driver: Driver
    picture: Picture
    layer: Layer

    def set_middle(self, value: float) -> None:
        """Change the kernel's middle weight, as the hand does on the grid."""
        kernel = self.layer.kernel.copy()
        kernel[len(kernel) // 2, len(kernel) // 2] = value
        self.driver.window.convolution.kernel.grid.weights_changed.emit(kernel)

    def edit_ms(self, value: float) -> float:
        """Return the milliseconds from an edit to its painted result."""
        room = self.driver.window.convolution
        pane = room.stages.panes["stage-1-0"]
        shown: list[object] = []
        room.timed.connect(shown.append)
        started = time.perf_counter()
        self.set_middle(value)
        while not shown:
            QApplication.processEvents()
        pane.repaint()
        ended = time.perf_counter()
        room.timed.disconnect(shown.append)
        return (ended - started) * 1000

    def drag_gaps_ms(self) -> tuple[float, float]:
        """Drag a weight for a second; return the longest time that the window did not answer, and worked."""
        ticks: list[tuple[float, float]] = []
        values = iter(np.linspace(-5, 5, DRAG_STEPS))
        done = threading.Event()

        def drag() -> None:
            value = next(values, None)
            if value is None:
                done.set()
            else:
                self.set_middle(float(value))

        heart, hand = QTimer(interval=5), QTimer(interval=16)
        heart.timeout.connect(lambda: ticks.append((time.perf_counter(), time.thread_time())))
        hand.timeout.connect(drag)
        heart.start()
        hand.start()
        self.driver.qtbot.waitUntil(done.is_set, timeout=60_000)
        heart.stop()
        hand.stop()
        self.driver.settle()
        silent, busy = np.diff(ticks, axis=0).max(axis=0) * 1000
        return float(silent), float(busy)


def filter2d_ms(values: NDArray[np.float32]) -> float:
    """Return the milliseconds of OpenCV's own cross-correlation of the whole picture."""
    started = time.perf_counter()
    cv2.filter2D(values, cv2.CV_32F, KERNEL)
    return (time.perf_counter() - started) * 1000


@pytest.fixture
def opened(make_window: Callable[..., Driver]) -> Callable[[str, Layer], Opened]:
    """Return a function that opens a generated photograph of a size under a layer."""
    load_torch()

    def open_size(name: str, layer: Layer) -> Opened:
        driver = make_window(size=(1920, 1080))
        picture = photograph(*SIZES[name])
        driver.window.opener.show_picture(picture)
        session = driver.window.session
        changed = replace(
            session.state, bank=layer.bank, settings=layer.settings, channel_mode=layer.mode, selected=0
        )
        session.edit(changed, "layer")
        driver.settle()
        return Opened(driver, picture, layer)

    return open_size


@pytest.mark.parametrize("name", SIZES)
def test_an_edit_is_painted_soon(opened: Callable[[str, Layer], Opened], name: str) -> None:
    bench = opened(name, EACH)
    values = bench.picture.values.astype(np.float32)
    bench.edit_ms(0.5)
    filter2d_ms(values)
    pairs = [(bench.edit_ms(1.0 + n / 10), filter2d_ms(values)) for n in range(PAIRS)]
    ours, rival = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"\n{name}: edit to paint {ours:.1f} ms, filter2D {rival:.1f} ms, ratio {ours / rival:.2f}")
    assert ours / rival < MOST_TIMES_RIVAL[name]


@pytest.mark.parametrize("name", DRAGGED)
def test_the_window_answers_while_a_value_is_dragged_on_24_megapixels(
    opened: Callable[[str, Layer], Opened], name: str
) -> None:
    bench = opened("6000x4000", DRAGGED[name])
    gaps = [bench.drag_gaps_ms() for _ in range(DRAGS)]
    told = ", ".join(f"{silent:.0f} ({busy:.0f} of work)" for silent, busy in gaps)
    print(f"\n{name}: longest gaps of the event loop during drags on 24 megapixels: {told} ms")
    middle = bench.layer.kernel.shape[0] // 2
    assert bench.driver.window.session.state.bank.kernel(0, 0)[middle, middle] == 5
    silent, busy = (statistics.median(column) for column in zip(*gaps, strict=True))
    assert busy < MOST_WORK_MS
    assert silent < MOST_SILENT_MS[name]
