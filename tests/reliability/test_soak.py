"""Hours of use in short: memory, files, threads and reference counts stay where they are."""

import contextlib
import ctypes
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from convviz.commands.measures.windows import Paints
from convviz.core.picture import Picture, PictureKind
from convviz.ui.state import Room
from tests.ui.driver import WAIT_MS, Driver

# Nothing else may run beside it.
pytestmark = pytest.mark.alone

MEGABYTE = 2**20
PROC = Path("/proc/self")
# What the last frames still hold, and what the allocator keeps for the next, may differ from time to time.
MOST_GROWTH = 20 * MEGABYTE
# Memory is looked at after every round of at least so many seconds; so many looks make a figure.
ROUND_SECONDS, LOOKS = 2.0, 3


class _Speaker(QObject):
    flag = Signal(bool)
    thing = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    @Slot(bool)
    def hear(self, _flag: bool) -> None:
        self.heard += 1

    @Slot(object)
    def take(self, _thing: object) -> None:
        self.heard += 1


@pytest.mark.parametrize("kind", [Qt.ConnectionType.DirectConnection, Qt.ConnectionType.QueuedConnection])
def test_signals_neither_take_nor_leave_references(qapp: QApplication, kind: Qt.ConnectionType) -> None:
    speaker = _Speaker()
    speaker.flag.connect(speaker.hear, kind)
    speaker.thing.connect(speaker.take, kind)
    constants = (None, True, False)

    def speak(times: int) -> None:
        for number in range(times):
            speaker.flag.emit(number % 2 == 0)
            speaker.thing.emit(constants[number % 3])
            if number % 1000 == 0:
                qapp.processEvents()
        qapp.processEvents()

    speak(1000)
    before = [sys.getrefcount(constant) for constant in constants]
    speak(100_000)
    after = [sys.getrefcount(constant) for constant in constants]
    assert speaker.heard == 202_000
    assert max(abs(now - then) for now, then in zip(after, before, strict=True)) < 100


def resident() -> int:
    """Return the memory of this process, in bytes, without what is free and only kept for the next time."""
    gc.collect()
    with contextlib.suppress(AttributeError):
        # Only glibc has it, and needs it: see ``malloc_trim(3)``.
        ctypes.CDLL(None).malloc_trim(0)
    for line in (PROC / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("the system does not tell")


def counts() -> tuple[int, int]:
    """Return how many files and how many threads are open."""
    return len(list((PROC / "fd").iterdir())), len(list((PROC / "task").iterdir()))


@pytest.mark.skipif(not PROC.is_dir(), reason="the system does not tell what a process has open")
@pytest.mark.parametrize(
    ("megapixels", "warm_up", "seconds", "least_frames"),
    [(2, 15, 15, 200), pytest.param(24, 60, 1800, 50_000, marks=pytest.mark.slow)],
)
def test_hours_of_edits_and_networks_leave_nothing_behind(
    make_window: Callable[..., Driver], megapixels: int, warm_up: float, seconds: float, least_frames: int
) -> None:
    driver = make_window(Room.CONVOLUTION, (1400, 800))
    rows = round((megapixels * 1e6 / 1.5) ** 0.5)
    random = np.random.default_rng(1)
    values = random.integers(0, 256, (rows, rows * 3 // 2, 3), np.uint8)
    driver.window.opener.show_picture(Picture(values, "Noise", 0, 255, PictureKind.PHOTO))
    driver.settle()
    paints = Paints(driver.window)
    use(driver, paints, warm_up)
    begun, open_before = paints.count, counts()
    taken: list[int] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(taken) < 2 * LOOKS:
        use(driver, paints, ROUND_SECONDS)
        taken.append(resident())
    assert paints.count - begun >= least_frames
    # Where things come to lie differs from round to round; what is never let go of raises the least of them.
    assert min(taken[-LOOKS:]) - min(taken[:LOOKS]) <= MOST_GROWTH
    files, threads = counts()
    assert (files, threads) <= (open_before[0] + 1, open_before[1])


def edit(driver: Driver, paints: Paints, number: int) -> None:
    """Change the middle of the kernel, and wait until that is painted."""
    state, count = driver.window.session.state, paints.count
    kernel = np.array(state.kernel)
    kernel[kernel.shape[0] // 2, kernel.shape[1] // 2] = np.sin(number / 7)
    driver.window.session.edit(state.with_kernel(kernel), "weight", "drag")
    driver.qtbot.waitUntil(lambda: paints.count > count, timeout=WAIT_MS)


def use(driver: Driver, paints: Paints, seconds: float) -> None:
    """Turn a kernel's value up and down and go through the shipped networks, in whole rounds."""
    end, number = time.monotonic() + seconds, 0
    networks = ("lenet5", "cifar10-vgg", "efficientnet-lite0")
    while time.monotonic() < end or number % (60 * len(networks)):
        edit(driver, paints, number)
        number += 1
        if number % 60 == 0:
            driver.window.set_room(Room.NETWORK)
            assert driver.window.network.desk is not None
            driver.window.network.desk.go_to(networks[number // 60 % len(networks)])
            driver.settle()
            driver.window.set_room(Room.CONVOLUTION)
        if number % 40 == 0:
            driver.window.menus.commands.actions["undo"].trigger()
            driver.window.menus.commands.actions["redo"].trigger()
    driver.settle()
