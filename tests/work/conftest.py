"""What the worker's tests share: threads that must end, and jobs that wait to be let through."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from convviz.work.jobs import JobContext
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread, unfinished_threads
from tests.work.screens import Screen


class Gate:
    """A job that says it has started and returns its request when it is let through."""

    def __init__(self) -> None:
        self.started: list[object] = []
        self._arrivals = threading.Semaphore(0)
        self._permits = threading.Semaphore(0)

    def __call__(self, request: object, context: JobContext) -> object:
        self.started.append(request)
        self._arrivals.release()
        assert self._permits.acquire(timeout=10)
        return request

    def wait_for_arrival(self) -> None:
        """Wait until one more job has started."""
        assert self._arrivals.acquire(timeout=10)

    def let_through(self, count: int = 1) -> None:
        """Let so many jobs return."""
        self._permits.release(count)


@pytest.fixture(autouse=True)
def _no_dangling_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert unfinished_threads() == 0
    # Qt's and the interpreter's own dummies are not ours to end.
    left = [t for t in set(threading.enumerate()) - before if not isinstance(t, threading._DummyThread)]
    assert left == []


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def new_thread(qapp: QCoreApplication) -> Iterator[Callable[[], WorkerThread]]:
    threads: list[WorkerThread] = []

    def make() -> WorkerThread:
        threads.append(WorkerThread(f"test {len(threads)}"))
        return threads[-1]

    yield make
    for thread in threads:
        assert thread.close(timeout_ms=10_000)


@pytest.fixture
def thread(new_thread: Callable[[], WorkerThread]) -> WorkerThread:
    return new_thread()


@pytest.fixture
def lane(thread: WorkerThread) -> Lane:
    return Lane(thread)


@pytest.fixture
def screen(lane: Lane) -> Screen:
    return Screen(lane)
