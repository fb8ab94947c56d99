"""Qt objects in reference cycles are destroyed in the thread of the window."""

from __future__ import annotations

import gc
import sys
import threading
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt

from convviz.work.garbage import GarbageCollector
from convviz.work.jobs import JobContext
from convviz.work.lanes import Lane

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def collector(qapp: QCoreApplication) -> Iterator[GarbageCollector]:
    made = GarbageCollector(qapp, interval_ms=10)
    yield made
    made.stop()
    assert gc.isenabled()
    shiboken6.delete(made)


def allocate(request: int, context: JobContext) -> None:
    """Make enough cycles for Python to collect in this thread, were it allowed to."""
    for _ in range(request):
        cycle: list[object] = []
        cycle.append(cycle)


class Cyclic(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.myself = self


def test_a_cycle_is_destroyed_in_the_thread_that_collects(
    collector: GarbageCollector, lane: Lane, qtbot: QtBot
) -> None:
    destroyed_in: list[int] = []
    Cyclic().destroyed.connect(
        lambda: destroyed_in.append(threading.get_ident()), Qt.ConnectionType.DirectConnection
    )
    assert not gc.isenabled()
    lane.submit(20 * gc.get_threshold()[0], allocate)
    qtbot.waitUntil(lambda: len(destroyed_in) == 1)
    assert destroyed_in == [threading.get_ident()]


def test_what_is_imported_is_set_aside_and_never_looked_through_again(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector.collect_if_due()
    frozen = gc.get_freeze_count()
    for number in range(99):
        monkeypatch.setitem(sys.modules, f"imported_{number}", types.ModuleType("imported"))
    collector.collect_if_due()
    assert gc.get_freeze_count() == frozen
    monkeypatch.setitem(sys.modules, "imported_99", types.ModuleType("imported"))
    collector.collect_if_due()
    try:
        assert gc.get_freeze_count() > frozen + 100
        assert sum(gc.get_count()) < 100
    finally:
        gc.unfreeze()


def test_nothing_is_collected_below_the_threshold(collector: GarbageCollector) -> None:
    gc.collect()
    runs = [generation["collections"] for generation in gc.get_stats()]
    collector.collect_if_due()
    assert [generation["collections"] for generation in gc.get_stats()] == runs
