"""Requests that are given up: by cancelling, by the job itself, and by deleting the lane."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject

from convviz.work.jobs import JobContext
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.work.conftest import Gate
from tests.work.screens import Screen, echo


def test_a_result_on_its_way_is_dropped_by_cancelling(
    lane: Lane, screen: Screen, thread: WorkerThread, gate: Gate, qtbot: QtBot
) -> None:
    lane.submit("old", echo)
    # A second lane of the thread: when its job has started, the first result is already in the event queue.
    witness = Lane(thread)
    witness.submit("witness", gate)
    gate.wait_for_arrival()
    lane.cancel()
    gate.let_through()
    qtbot.waitUntil(lambda: not witness.busy)
    assert screen.shown == []
    assert screen.told == ["busy", "idle"]


def test_cancelling_answers_at_once_and_stops_the_job_within_200_ms(
    lane: Lane, screen: Screen, qtbot: QtBot
) -> None:
    started, left = threading.Event(), threading.Event()

    def job(request: object, context: JobContext) -> None:
        started.set()
        pause = threading.Event()
        try:
            while not pause.wait(0.02):
                context.check()
        finally:
            left.set()

    lane.submit("long", job)
    assert started.wait(10)
    lane.cancel()
    assert not lane.busy
    assert screen.told == ["busy", "idle"]
    assert left.wait(0.2)
    lane.submit("next", echo)
    qtbot.waitUntil(lambda: screen.shown == ["next"])


def test_a_job_that_gives_up_by_itself_only_clears_busy(lane: Lane, screen: Screen, qtbot: QtBot) -> None:
    def job(request: object, context: JobContext) -> None:
        context.cancel()
        context.check()

    lane.submit("request", job)
    qtbot.waitUntil(lambda: not lane.busy)
    assert screen.told == ["busy", "idle"]


@pytest.mark.parametrize("how", ["parent", "wrapper"])
def test_deleting_a_lane_cancels_its_job(thread: WorkerThread, gate: Gate, qtbot: QtBot, how: str) -> None:
    contexts: list[JobContext] = []

    def job(request: object, context: JobContext) -> None:
        contexts.append(context)
        gate(request, context)

    parent = QObject()
    lane = Lane(thread, parent if how == "parent" else None)
    lane.submit("request", job)
    gate.wait_for_arrival()
    if how == "parent":
        shiboken6.delete(parent)
    else:
        del lane
        gc.collect()
    assert contexts[0].cancelled
    gate.let_through()
    other = Screen(Lane(thread))
    other.lane.submit("still working", echo)
    qtbot.waitUntil(lambda: other.shown == ["still working"])
