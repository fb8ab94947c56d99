"""What becomes of a job: its result, its sentence, its traceback, its progress. No Qt."""

import threading

import numpy as np
import pytest

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.work import jobs
from convviz.work.jobs import Cancelled, JobContext, Outcome, Progress, Task, jobs_wait


def run(job: object) -> Outcome | None:
    task = Task(7, 2, "request", job)  # type: ignore[arg-type]
    task.run()
    return task.outcome


def test_a_result_comes_with_what_was_asked() -> None:
    outcome = run(lambda request, context: request.upper())
    assert outcome is not None
    assert (outcome.sequence, outcome.epoch, outcome.request) == (7, 2, "request")
    assert (outcome.result, outcome.problem, outcome.defect) == ("REQUEST", None, None)
    assert 0 <= outcome.seconds < 5


def test_a_problem_becomes_its_sentence() -> None:
    def job(request: str, context: JobContext) -> None:
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "{name} is empty."), name="a.png")

    outcome = run(job)
    assert outcome is not None
    assert outcome.problem == Sentence("{name} is empty.", {"name": "a.png"})
    assert outcome.result is None
    assert outcome.defect is None


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_running_out_of_memory_is_said_plainly(library: str) -> None:
    def job(request: str, context: JobContext) -> object:
        if library == "numpy":
            return np.empty(10**15)
        import torch

        return torch.empty(10**15)

    outcome = run(job)
    assert outcome is not None
    assert "not enough memory" in str(outcome.problem)
    assert outcome.defect is None


@pytest.mark.parametrize("error", [KeyError("surprise"), SystemExit("surprise"), RuntimeError("surprise")])
def test_anything_else_is_a_defect_with_its_traceback(error: BaseException) -> None:
    def job(request: str, context: JobContext) -> None:
        raise error

    outcome = run(job)
    assert outcome is not None
    assert outcome.defect is not None
    assert outcome.defect.startswith("Traceback")
    assert "surprise" in outcome.defect
    assert outcome.problem is None


def test_a_cancelled_job_has_no_outcome() -> None:
    def job(request: str, context: JobContext) -> str:
        context.cancel()
        context.check()
        return "not reached"

    assert run(job) is None


def test_a_job_cancelled_before_it_starts_is_not_run() -> None:
    calls: list[object] = []
    task = Task(1, 0, "request", lambda request, context: calls.append(request))
    task.context.cancel()
    task.run()
    assert calls == []
    assert task.outcome is None


def test_progress_is_clipped_keeps_its_text_and_notices_cancelling() -> None:
    context = JobContext()
    assert context.latest is None
    reading = Sentence("Reading")
    context.progress(-1, reading)
    assert context.latest == Progress(0.0, reading)
    context.progress(1.5)
    assert context.latest == Progress(1.0, reading)
    assert not context.cancelled
    context.cancel()
    with pytest.raises(Cancelled):
        context.progress(0.5)


def test_jobs_wait_at_their_next_check_for_what_takes_the_window_long() -> None:
    context, before, passed = JobContext(), threading.Event(), threading.Event()

    def job() -> None:
        context.check()
        before.set()
        context.check()
        passed.set()

    def work() -> None:
        with jobs_wait():
            worker.start()
            assert not before.wait(0.05)
            raise KeyError

    worker = threading.Thread(target=job)
    with pytest.raises(KeyError):
        work()
    assert passed.wait(5)
    worker.join()


def test_no_job_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_LONGEST_WAIT", 0.01)
    context = JobContext()
    with jobs_wait():
        context.check()
        context.cancel()
        with pytest.raises(Cancelled):
            context.check()
