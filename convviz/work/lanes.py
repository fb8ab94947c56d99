"""Where a view submits its requests and gets its results back."""

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from convviz.work.jobs import Job, Progress, Request, Task
from convviz.work.mailbox import Mailbox
from convviz.work.threads import WorkerThread

_PROGRESS_INTERVAL_MS = 50


class Lane(QObject):
    """One line of requests, of which only the newest matters, and their results.

    A lane is used, and tells its news, in the thread it was made in. Lanes may share a thread; their jobs
    then run in the order they were handed over, one at a time, and a newer request in one lane leaves the
    others alone. So what must not wait has a thread of its own (:class:`~convviz.work.threads.Threads`), and
    submitting with ``new_epoch=True`` replaces the lane's earlier job.

    A job that failed first clears ``busy`` and is then told through ``finished``. A cancelled job only clears
    ``busy``, at once, even if it takes a while to notice.

    Parameters
    ----------
    thread : WorkerThread
        Where the jobs run. Closing it cancels them; after that the lane ignores what is submitted.
    parent : QObject, optional
        Owner. A lane that is deleted cancels its job.
    """

    finished = Signal(object)
    """An :class:`~convviz.work.jobs.Outcome`, each newer than the one before."""

    progressed = Signal(float, object)
    """Fraction done (0 to 1) and what is being done (Sentence or None); at most 20 times a second."""

    busy_changed = Signal(bool)
    """Whether a result is awaited. Changes with every quick job: delay a "working" sign by some 200 ms."""

    def __init__(self, thread: WorkerThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._mailbox = Mailbox()
        self._home = threading.get_ident()
        self._told_busy = False
        self._told_progress: Progress | None = None
        # The job leaves its progress where this timer finds it: a job cannot flood the event loop, and the
        # last thing said before a long silence is still told.
        self._timer = QTimer(self, interval=_PROGRESS_INTERVAL_MS)
        self._timer.timeout.connect(self._tell_progress)
        # To methods of a QObject: a signal connected to a plain function would run it in the worker thread.
        thread.relay.delivered.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        thread.relay.closing.connect(self.cancel)
        # Not to a bound method, of which Qt keeps no reference: the mailbox would be gone before the lane is.
        mailbox = self._mailbox
        self.destroyed.connect(lambda: mailbox.clear())

    @property
    def busy(self) -> bool:
        """Whether a result is awaited."""
        return self._mailbox.running is not None

    @property
    def epoch(self) -> int:
        """How many times everything before was cancelled."""
        return self._mailbox.epoch

    def submit(self, request: Request, job: Job[Request], *, new_epoch: bool = False) -> int:
        """Ask for ``job(request, context)``, in place of a request that still waits.

        Parameters
        ----------
        request : object
            Frozen: the worker thread reads it while the window goes on.
        job : callable
            Plain function of the request and a :class:`~convviz.work.jobs.JobContext` that touches no widget.
        new_epoch : bool
            Whether this makes everything before pointless (another picture is opened): :meth:`cancel` first.

        Returns
        -------
        int
            Sequence number, found again in the outcome.

        Raises
        ------
        RuntimeError
            If called from another thread than the lane's.
        """
        self._check_thread()
        if new_epoch:
            self._mailbox.clear()
        if not self._thread.closed:
            task = self._mailbox.put(request, job)
            if task is not None:
                self._thread.hand_over(task)
        self._tell_busy()
        return self._mailbox.sequence

    @Slot()
    def cancel(self) -> None:
        """Cancel the running job, forget the one that waits, and drop what they may still return.

        Raises
        ------
        RuntimeError
            If called from another thread than the lane's.
        """
        self._check_thread()
        self._mailbox.clear()
        self._tell_busy()

    @Slot(object)
    def _receive(self, task: Task) -> None:
        """Take back a task from the worker thread, hand over the next and tell the outcome."""
        # The thread may be shared, and the task may have been cancelled after it had been run.
        if task is not self._mailbox.running:
            return
        following = self._mailbox.advance()
        if following is not None:
            self._thread.hand_over(following)
        self._tell_progress(task)
        self._tell_busy()
        # Whoever listened just now may have cancelled.
        if task.outcome is not None and task.epoch == self._mailbox.epoch:
            self.finished.emit(task.outcome)

    @Slot()
    def _tell_progress(self, task: Task | None = None) -> None:
        """Emit the progress of ``task``, by default of the running one, unless it was told already."""
        task = task or self._mailbox.running
        latest = task.context.latest if task is not None else None
        if latest is not None and latest is not self._told_progress:
            self._told_progress = latest
            self.progressed.emit(*latest)

    def _tell_busy(self) -> None:
        """Emit whether a result is awaited, if that changed."""
        if self.busy == self._told_busy:
            return
        self._told_busy = self.busy
        if self._told_busy:
            self._timer.start()
        else:
            self._timer.stop()
            self._told_progress = None
        self.busy_changed.emit(self._told_busy)

    def _check_thread(self) -> None:
        """Mailboxes have no lock, so a call from another thread is a defect."""
        if threading.get_ident() != self._home:
            raise RuntimeError("a lane may only be used in the thread it was made in")
