"""Requests in, outcomes out: what is shown, in what order, and of which lane."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from convviz.work.jobs import Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.work.conftest import Gate
from tests.work.screens import Screen, echo


def test_what_waits_is_overwritten_and_the_rest_is_shown(
    lane: Lane, screen: Screen, gate: Gate, qtbot: QtBot
) -> None:
    for request in range(5):
        assert lane.submit(request, gate) == request + 1
    gate.let_through(2)
    qtbot.waitUntil(lambda: not lane.busy)
    assert gate.started == [0, 4]
    assert screen.shown == [0, 4]
    assert [outcome.sequence for outcome in screen.outcomes] == [1, 5]
    assert screen.told == ["busy", "finished", "idle", "finished"]


def test_dragging_never_starves_the_screen_and_ends_on_the_last_value(
    lane: Lane, screen: Screen, gate: Gate, qtbot: QtBot
) -> None:
    lane.submit(0, gate)
    for step in range(1, 20):
        # While each job runs, several newer values arrive; it is shown all the same.
        gate.wait_for_arrival()
        for part in range(3):
            lane.submit(step + part / 10, gate)
        gate.let_through()
        qtbot.waitUntil(lambda step=step: len(screen.shown) == step)  # type: ignore[misc]
    gate.let_through()
    qtbot.waitUntil(lambda: not lane.busy)
    assert screen.shown == [0, *(step + 0.2 for step in range(1, 20))]


def test_a_new_epoch_drops_what_was_asked_before(
    lane: Lane, screen: Screen, gate: Gate, qtbot: QtBot
) -> None:
    lane.submit("running", gate)
    lane.submit("waiting", gate)
    gate.wait_for_arrival()
    lane.submit("other picture", gate, new_epoch=True)
    lane.submit("edit of it", gate)
    assert lane.epoch == 1
    gate.let_through(3)
    qtbot.waitUntil(lambda: not lane.busy)
    assert gate.started == ["running", "other picture", "edit of it"]
    assert screen.shown == ["other picture", "edit of it"]
    assert {outcome.epoch for outcome in screen.outcomes} == {1}


def test_lanes_of_one_thread_take_turns_and_replace_only_their_own(
    thread: WorkerThread, gate: Gate, qtbot: QtBot
) -> None:
    screens = [Screen(Lane(thread)) for _ in range(3)]
    opening, statistics, loading = (screen.lane for screen in screens)
    opening.submit("open a", gate, new_epoch=True)
    gate.wait_for_arrival()
    statistics.submit("statistics of a", gate, new_epoch=True)
    loading.submit("import", gate, new_epoch=True)
    statistics.submit("statistics of b", gate, new_epoch=True)
    gate.let_through(4)
    qtbot.waitUntil(lambda: not any(screen.lane.busy for screen in screens))
    assert gate.started == ["open a", "import", "statistics of b"]
    assert [screen.shown for screen in screens] == [["open a"], ["statistics of b"], ["import"]]


def test_a_live_lane_does_not_wait_for_a_long_one(
    new_thread: Callable[[], WorkerThread], gate: Gate, qtbot: QtBot
) -> None:
    long, live = Lane(new_thread()), Screen(Lane(new_thread()))
    long.submit("training", gate)
    gate.wait_for_arrival()
    live.lane.submit("edit", echo)
    qtbot.waitUntil(lambda: live.shown == ["edit"])
    assert long.busy
    gate.let_through()


def test_ten_thousand_jobs_leave_nothing_behind(lane: Lane, qtbot: QtBot) -> None:
    class Request:
        pass

    requests: weakref.WeakSet[Request] = weakref.WeakSet()
    left = [10_000]

    def submit() -> None:
        left[0] -= 1
        request = Request()
        requests.add(request)
        lane.submit(request, lambda request, context: None)

    # One event loop for all: pytest-qt's waitUntil itself keeps four references to None at every turn.
    with qtbot.waitCallback(timeout=60_000) as done:

        def finished(outcome: Outcome) -> None:
            if left[0] > 0:
                submit()
            elif not lane.busy:
                done()

        lane.finished.connect(finished)
        before = [sys.getrefcount(value) for value in (None, True, False)]
        submit()
        # A second one, so that one always waits while one runs.
        submit()
    after = [sys.getrefcount(value) for value in (None, True, False)]
    gc.collect()
    assert len(requests) == 0
    assert [new - old for new, old in zip(after, before, strict=True)] == pytest.approx([0, 0, 0], abs=100)
