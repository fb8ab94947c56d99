"""Requests in, outcomes out: what is shown, in what order, and in which thread."""

from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread, Slot

from convviz.core.text import Problem, Sentence
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.work.conftest import Gate


def echo(request: object, context: JobContext) -> object:
    return request


class Screen(QObject):
    """Keeps what a lane tells, in order, as a view would."""

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self.lane = lane
        self.outcomes: list[Outcome] = []
        self.told: list[str] = []
        self.progress: list[tuple[float, Sentence | None]] = []
        self.threads: set[QThread] = set()
        lane.finished.connect(self._finished)
        lane.busy_changed.connect(self._busy_changed)
        lane.progressed.connect(self._progressed)

    @property
    def shown(self) -> list[object]:
        return [outcome.request for outcome in self.outcomes]

    @Slot(object)
    def _finished(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.told.append("finished")
        self.threads.add(QThread.currentThread())

    @Slot(bool)
    def _busy_changed(self, busy: bool) -> None:
        assert busy == self.lane.busy
        self.told.append("busy" if busy else "idle")
        self.threads.add(QThread.currentThread())

    @Slot(float, object)
    def _progressed(self, fraction: float, text: Sentence | None) -> None:
        self.progress.append((fraction, text))
        self.threads.add(QThread.currentThread())


@pytest.fixture
def screen(lane: Lane) -> Screen:
    return Screen(lane)


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


def test_a_job_that_gives_up_by_itself_only_clears_busy(lane: Lane, screen: Screen, qtbot: QtBot) -> None:
    def job(request: object, context: JobContext) -> None:
        context.cancel()
        context.check()

    lane.submit("request", job)
    qtbot.waitUntil(lambda: not lane.busy)
    assert screen.told == ["busy", "idle"]


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
