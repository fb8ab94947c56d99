"""How threads end: with the window, without it, and not at all."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from convviz.work.jobs import JobContext
from convviz.work.lanes import Lane
from convviz.work.threads import Threads, WorkerThread, leave, unfinished_threads

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.work.conftest import Gate


def test_a_thread_is_started_by_its_first_job_and_ended_once(thread: WorkerThread, qtbot: QtBot) -> None:
    assert not thread.alive
    lane = Lane(thread)
    lane.submit("request", lambda request, context: request)
    assert thread.alive
    assert not thread.closed
    assert thread.close()
    assert thread.close()
    assert thread.closed
    assert not thread.alive


def test_an_unused_thread_closes(thread: WorkerThread) -> None:
    assert thread.close()


def test_closing_cancels_the_running_job_and_waits_for_it(thread: WorkerThread, qtbot: QtBot) -> None:
    started, left = threading.Event(), threading.Event()

    def job(request: object, context: JobContext) -> None:
        started.set()
        pause = threading.Event()
        try:
            while not pause.wait(0.01):
                context.check()
        finally:
            left.set()

    lane = Lane(thread)
    lane.submit("running", job)
    lane.submit("waiting", job)
    assert started.wait(10)
    assert thread.close()
    assert left.is_set()
    assert not lane.busy


def test_a_closed_thread_ignores_what_is_submitted(thread: WorkerThread, gate: Gate) -> None:
    lane = Lane(thread)
    thread.close()
    lane.submit("late", gate)
    assert not lane.busy
    assert gate.started == []


def test_a_job_that_does_not_notice_is_left_behind_and_says_nothing(
    thread: WorkerThread, gate: Gate, qtbot: QtBot, qapp: QCoreApplication
) -> None:
    lane = Lane(thread)
    outcomes: list[object] = []
    lane.finished.connect(outcomes.append)
    lane.submit("deaf", gate)
    gate.wait_for_arrival()
    assert not thread.close(timeout_ms=20)
    assert unfinished_threads() == 1
    assert not lane.busy
    gate.let_through()
    assert thread.close(timeout_ms=10_000)
    assert unfinished_threads() == 0
    qapp.processEvents()
    assert outcomes == []


def test_leaving_with_every_thread_ended_is_an_ordinary_exit(qapp: QCoreApplication) -> None:
    with pytest.raises(SystemExit) as exit_info:
        leave(4)
    assert exit_info.value.code == 4


# The job calls PyTorch again and again and never looks whether it was cancelled. {closing} is how the program
# gets to its end.
PROGRAM = """
import threading
import time
from PySide6.QtCore import QCoreApplication, QTimer
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread, leave

app = QCoreApplication([])
thread = WorkerThread("long")
lane = Lane(thread)
started = threading.Event()

def job(request, context):
    import torch
    while True:
        torch.rand(100_000).exp_()
        started.set()

lane.submit("request", job)
assert started.wait(60)
{closing}
print("closed", flush=False)
leave(3)
"""
CLOSING: dict[str, str] = {
    "closed": "assert not thread.close(timeout_ms=50)",
    "application quits": "QTimer.singleShot(0, app.quit); app.exec()",
    "application deleted": "thread.close(timeout_ms=50); import shiboken6; shiboken6.delete(app)",
}


@pytest.mark.parametrize("closing", CLOSING)
def test_the_process_ends_cleanly_while_a_job_runs_on(closing: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(closing=CLOSING[closing])],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert (finished.returncode, finished.stdout, finished.stderr) == (3, "closed\n", "")


def test_several_threads_end_together(
    new_thread: Callable[[], WorkerThread], qtbot: QtBot, gate: Gate
) -> None:
    threads = [new_thread() for _ in range(2)]
    lanes = [Lane(thread) for thread in threads]
    for lane in lanes:
        lane.submit("request", gate)
        gate.wait_for_arrival()
    gate.let_through(2)
    assert [thread.close() for thread in threads] == [True, True]


def test_the_threads_of_a_window_are_waited_for_together(qapp: QCoreApplication, gate: Gate) -> None:
    threads = Threads()
    lanes = [Lane(thread) for thread in (threads.live, threads.measure, threads.open)]
    for lane in lanes:
        lane.submit("deaf", gate)
        gate.wait_for_arrival()
    began = time.monotonic()
    assert not threads.close(timeout_ms=300)
    assert not threads.close(timeout_ms=300)
    assert 0.25 < time.monotonic() - began < 0.55
    gate.let_through(3)
    for thread in (threads.live, threads.measure, threads.open):
        assert thread.close(timeout_ms=10_000)
    assert threads.close()


def test_a_closed_thread_is_not_waited_for_again_when_the_application_quits(
    thread: WorkerThread, gate: Gate
) -> None:
    lane = Lane(thread)
    lane.submit("deaf", gate)
    gate.wait_for_arrival()
    assert not thread.close(timeout_ms=0)
    began = time.monotonic()
    thread._quit()
    assert time.monotonic() - began < 0.5
    gate.let_through()
