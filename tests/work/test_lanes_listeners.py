"""Who listens to a lane: in which thread, after an error, and when a listener itself acts or fails."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from convviz.core.text import Problem, Sentence
from convviz.work.jobs import JobContext
from convviz.work.lanes import Lane

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.work.conftest import Gate
from tests.work.screens import Screen, echo


def test_an_error_clears_busy_first_and_the_lane_goes_on(lane: Lane, screen: Screen, qtbot: QtBot) -> None:
    def problem(request: object, context: JobContext) -> None:
        raise Problem("It is empty.")

    def defect(request: object, context: JobContext) -> None:
        raise ZeroDivisionError

    for job in (problem, defect, echo):
        lane.submit(job, job)
        qtbot.waitUntil(lambda job=job: job in screen.shown)  # type: ignore[misc]
    assert screen.told == ["busy", "idle", "finished"] * 3
    first, second, third = screen.outcomes
    assert str(first.problem) == "It is empty."
    assert second.defect is not None
    assert "ZeroDivisionError" in second.defect
    assert third.result is echo


def test_a_listener_that_raises_does_not_stop_the_lane(lane: Lane, screen: Screen, qtbot: QtBot) -> None:
    def listener(news: object) -> None:
        raise LookupError("listener")

    lane.finished.connect(listener)
    lane.busy_changed.connect(listener)
    with qtbot.captureExceptions() as exceptions:
        for request in range(3):
            lane.submit(request, echo)
            qtbot.waitUntil(lambda: not lane.busy)
        qtbot.waitUntil(lambda: len(screen.shown) == 3)
    assert len(exceptions) == 9
    assert {kind for kind, _, _ in exceptions} == {LookupError}


def test_a_listener_that_cancels_hides_the_outcome_from_later(
    lane: Lane, screen: Screen, qtbot: QtBot
) -> None:
    lane.busy_changed.connect(lambda busy: None if busy else lane.cancel())
    lane.submit("request", echo)
    qtbot.waitUntil(lambda: not lane.busy)
    assert screen.shown == []


def test_a_listener_may_submit(lane: Lane, screen: Screen, qtbot: QtBot) -> None:
    lane.finished.connect(
        lambda outcome: lane.submit(outcome.result + 1, echo) if outcome.result < 5 else None
    )
    lane.submit(0, echo)
    qtbot.waitUntil(lambda: 5 in screen.shown)
    assert screen.shown == [0, 1, 2, 3, 4, 5]


def test_news_arrive_in_the_thread_of_the_window(
    lane: Lane, screen: Screen, qtbot: QtBot, qapp: QCoreApplication
) -> None:
    workers: set[str] = set()

    def job(request: object, context: JobContext) -> None:
        workers.add(threading.current_thread().name)
        context.progress(0.5)

    for request in range(3):
        lane.submit(request, job)
        qtbot.waitUntil(lambda: not lane.busy)
    assert workers == {"test 0"}
    assert screen.progress
    assert screen.threads == {qapp.thread()}


def test_use_from_another_thread_is_refused(lane: Lane, screen: Screen, qtbot: QtBot) -> None:
    def job(request: object, context: JobContext) -> None:
        lane.submit("from the worker", echo)

    lane.submit("request", job)
    qtbot.waitUntil(lambda: len(screen.outcomes) == 1)
    assert "RuntimeError: a lane may only be used" in str(screen.outcomes[0].defect)


def test_progress_cannot_flood_and_the_last_is_told(lane: Lane, screen: Screen, qtbot: QtBot) -> None:
    counting = Sentence("Counting")

    def job(request: object, context: JobContext) -> None:
        for step in range(200_000):
            context.progress(step / 200_000)
        context.progress(1, counting)

    started = time.monotonic()
    lane.submit("count", job)
    qtbot.waitUntil(lambda: not lane.busy)
    seconds = time.monotonic() - started
    assert screen.progress[-1] == (1.0, counting)
    assert len(screen.progress) <= seconds / 0.05 + 2
    fractions = [fraction for fraction, _ in screen.progress]
    assert fractions == sorted(set(fractions))


def test_what_was_said_before_a_long_silence_is_told_during_it(
    lane: Lane, screen: Screen, gate: Gate, qtbot: QtBot
) -> None:
    reading, loading = Sentence("Reading"), Sentence("Loading")

    def job(request: object, context: JobContext) -> None:
        context.progress(0.1, reading)
        context.progress(0.2, loading)
        gate(request, context)

    lane.submit("request", job)
    qtbot.waitUntil(lambda: screen.progress[-1:] == [(0.2, loading)])
    assert lane.busy
    gate.let_through()
    qtbot.waitUntil(lambda: not lane.busy)
    assert screen.progress in ([(0.2, loading)], [(0.1, reading), (0.2, loading)])
