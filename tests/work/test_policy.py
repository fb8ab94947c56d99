"""The policy measured: how many pictures a class sees while the lecturer drags a slider."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer

from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

REQUEST_EVERY_MS = 16
DRAG_SECONDS = 1.0


@pytest.mark.parametrize("job_ms", [8, 40, 120])
def test_dragging_shows_what_the_job_can_deliver(lane: Lane, qtbot: QtBot, job_ms: int) -> None:
    shown: list[Outcome] = []
    lane.finished.connect(shown.append)

    def job(request: int, context: JobContext) -> int:
        threading.Event().wait(job_ms / 1000)
        return request

    def drag() -> None:
        requests.append(lane.submit(len(requests) + 1, job))
        if time.monotonic() - started >= DRAG_SECONDS:
            timer.stop()

    requests: list[int] = []
    timer = QTimer(interval=REQUEST_EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(drag)
    started = time.monotonic()
    timer.start()
    qtbot.waitUntil(lambda: not timer.isActive(), timeout=10_000)
    during = len(shown)
    qtbot.waitUntil(lambda: not lane.busy)

    # What the job really took, so that a loaded machine does not decide. No more can be shown than was asked.
    seconds_each = sum(outcome.seconds for outcome in shown) / len(shown)
    possible = min(DRAG_SECONDS / seconds_each, len(requests))
    assert during >= 0.8 * (possible - 1)
    sequences = [outcome.sequence for outcome in shown]
    assert sequences == sorted(set(sequences))
    assert shown[-1].result == requests[-1]
