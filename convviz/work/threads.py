"""The threads that jobs run in, and how the program ends when a job does not."""

import os
import queue
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QObject, Signal

from convviz.work.jobs import Task

# How long the window may stay while it is being closed, waiting for jobs that do not notice.
PATIENCE_MS = 2000


class _Relay(QObject):
    """Carries tasks from a worker thread to the thread of the window."""

    delivered = Signal(object)
    """Emitted in the worker thread: a :class:`Task` that has been run."""

    closing = Signal()
    """Emitted in the thread of the window: cancel everything now."""


class WorkerThread:
    """One thread that runs tasks one after another, in the order they were handed over.

    It is a daemon of Python's rather than a ``QThread``: Qt aborts the process when a running ``QThread`` is
    destroyed, and a job inside a library cannot be stopped. It is started by its first task and lives until
    :meth:`close`, because PyTorch keeps a pool of threads for every thread that ever called it.

    Parameters
    ----------
    name : str
        Name of the thread, for debuggers.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._inbox: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        # Without a Qt parent: a worker that outlives the window must not emit from a deleted object.
        self.relay = _Relay()
        self._thread: threading.Thread | None = None
        self._closed = False
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._quit)

    @property
    def closed(self) -> bool:
        """Whether the thread takes no more tasks."""
        return self._closed

    @property
    def alive(self) -> bool:
        """Whether the thread is there; a closed one may still be inside its last job."""
        return self._thread is not None and self._thread.is_alive()

    def hand_over(self, task: Task) -> None:
        """Run ``task`` after those handed over before. Ignored once the thread is closed.

        Parameters
        ----------
        task : Task
            ``relay.delivered`` carries it back.
        """
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name=self._name, daemon=True)
            self._thread.start()
        self._inbox.put(task)

    def close(self, timeout_ms: int = PATIENCE_MS) -> bool:
        """Cancel everything, end the thread and wait for it. May be called again.

        Parameters
        ----------
        timeout_ms : int
            How long to wait for a job that does not notice, in milliseconds.

        Returns
        -------
        bool
            Whether the thread has ended. If not, it ends by itself after its job, and nobody is told.
        """
        if not self._closed:
            self._closed = True
            self.relay.closing.emit()
            self._inbox.put(None)
            if self._thread is not None:
                _closed_threads.append(self)
        if self._thread is not None:
            self._thread.join(timeout_ms / 1000)
        return not self.alive

    def _quit(self) -> None:
        """Close with the application, unless whoever owns the thread has closed it and waited already."""
        if not self._closed:
            self.close()

    def _serve(self) -> None:
        """Run what is handed over until told to end. The worker thread spends its life here."""
        while self._serve_one():
            pass

    def _serve_one(self) -> bool:
        """Run one task; on its own so that nothing of it is kept alive while waiting for the next."""
        task = self._inbox.get()
        if task is None:
            return False
        task.run()
        if not self._closed:
            self.relay.delivered.emit(task)
        return True


@dataclass(frozen=True, eq=False)
class Threads:
    """The threads of a window, one for each kind of work that must not wait for the others.

    Attributes
    ----------
    live : WorkerThread
        What is on screen, after every edit.
    measure : WorkerThread
        What only the whole of a picture or a result can tell: statistics and histograms. Takes seconds.
    open : WorkerThread
        Pictures on their way in.
    long : WorkerThread
        Networks: opening one, tracing a picture through it, explaining what it says. Takes seconds.
    save : WorkerThread
        Large files on their way out; nothing else is to wait for a disk, nor a file for anything else.
    learn : WorkerThread
        A network that learns, for as long as it does; nothing else is to wait for that.
    fetch : WorkerThread
        Data sets on their way from the network. Takes minutes.
    """

    live: WorkerThread = field(default_factory=lambda: WorkerThread("live"))
    measure: WorkerThread = field(default_factory=lambda: WorkerThread("measure"))
    open: WorkerThread = field(default_factory=lambda: WorkerThread("open"))
    long: WorkerThread = field(default_factory=lambda: WorkerThread("long"))
    save: WorkerThread = field(default_factory=lambda: WorkerThread("save"))
    learn: WorkerThread = field(default_factory=lambda: WorkerThread("learn"))
    fetch: WorkerThread = field(default_factory=lambda: WorkerThread("fetch"))

    def close(self, timeout_ms: int = PATIENCE_MS) -> bool:
        """Cancel everything, end the threads and wait for all of them together.

        Parameters
        ----------
        timeout_ms : int
            How long to wait in all, in milliseconds. Called again, it does not wait again.

        Returns
        -------
        bool
            Whether all have ended.
        """
        threads = (self.live, self.measure, self.open, self.long, self.save, self.learn, self.fetch)
        deadline = time.monotonic() + (0 if all(t.closed for t in threads) else timeout_ms / 1000)
        for thread in threads:
            thread.close(timeout_ms=0)
        for thread in threads:
            thread.close(timeout_ms=max(0, round((deadline - time.monotonic()) * 1000)))
        return not any(thread.alive for thread in threads)


# A worker's relay must not be destroyed by the worker, so it is kept here until its thread has ended.
_closed_threads: list[WorkerThread] = []


def unfinished_threads() -> int:
    """Return how many closed threads are still inside a job that does not notice it was cancelled."""
    _closed_threads[:] = [thread for thread in _closed_threads if thread.alive]
    return len(_closed_threads)


def leave(code: int) -> NoReturn:
    """End the process once the window is closed, even if a job would not stop.

    Python's usual end unwinds a daemon thread when it next asks for the interpreter; if it then is inside C++
    code, as PyTorch is, the process aborts ("terminate called without an active exception"). In that one case
    the process ends without Python's clean-up. Close the threads first.

    Parameters
    ----------
    code : int
        Exit code of the process.
    """
    if unfinished_threads():
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # there is none in a windowed program on Windows
                stream.flush()
        os._exit(code)
    sys.exit(code)
