"""What runs in a worker thread: a job, the context it talks through, and what came out of it. No Qt."""

import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence

Request = TypeVar("Request")


class Cancelled(Exception):  # noqa: N818 - it is a way out of a job, not an error
    """Raised inside a job, by :meth:`JobContext.check`, once nobody wants its result any more."""


# Set while jobs may go on.
_may_go_on = threading.Event()
_may_go_on.set()
# However long the window takes, in seconds: a job that waited for ever could not be cancelled.
_LONGEST_WAIT = 2.0


@contextmanager
def jobs_wait() -> Iterator[None]:
    """Have all jobs wait at their next check while in the context, for what takes the window long.

    Python lets one thread compute at a time, and changes over every 5 ms. Where Qt calls back a thousand
    times from what is one call to us, and each time waits for its turn, one second becomes six.
    """
    _may_go_on.clear()
    try:
        yield
    finally:
        _may_go_on.set()


class Progress(NamedTuple):
    """How far a job has come.

    Parameters
    ----------
    fraction : float
        Between 0 and 1.
    text : Sentence or None
        What it is doing.
    """

    fraction: float
    text: Sentence | None


class JobContext:
    """What a job is given besides its request. Its methods are called in the worker thread.

    Attributes
    ----------
    latest : Progress or None
        What the job last said; the thread of the window reads it a few times a second.
    """

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self.latest: Progress | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the result is no longer wanted."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next check. Called by the lane, in the thread of the window."""
        self._cancelled.set()

    def check(self) -> None:
        """Give up if the result is no longer wanted; call it at least every 100 ms.

        Raises
        ------
        Cancelled
            If the job was cancelled. Let it pass.
        """
        if not _may_go_on.is_set():
            _may_go_on.wait(_LONGEST_WAIT)
        if self._cancelled.is_set():
            raise Cancelled

    def progress(self, fraction: float, text: Sentence | None = None) -> None:
        """Say how far the job has come, and :meth:`check`. Cheap enough for every step of an inner loop.

        Parameters
        ----------
        fraction : float
            Share of the work that is done, 0 to 1; clipped to that.
        text : Sentence, optional
            What is being done now; by default what was being done before.

        Raises
        ------
        Cancelled
            If the job was cancelled.
        """
        self.check()
        if text is None and self.latest is not None:
            text = self.latest.text
        self.latest = Progress(min(max(float(fraction), 0.0), 1.0), text)


Job = Callable[[Request, JobContext], object]
"""A plain function of a frozen request and a context that returns a frozen result."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came out of a job.

    Parameters
    ----------
    sequence : int
        Number of the request in its lane, counted from 1.
    epoch : int
        How many times everything before had been cancelled in the lane when the request was made.
    request : object
        What was asked.
    result : object or None
        What the job returned; None if it failed.
    problem : Sentence or None
        Why it could not be done, for the person who asked.
    defect : str or None
        The traceback of an error nobody foresaw, for the panel with details.
    seconds : float
        How long the job ran.
    """

    sequence: int
    epoch: int
    request: object
    result: object | None = None
    problem: Sentence | None = None
    defect: str | None = None
    seconds: float = 0.0


@dataclass(eq=False, slots=True)
class Task:
    """A request on its way to the worker thread and back.

    Parameters
    ----------
    sequence, epoch, request
        As in :class:`Outcome`.
    job : callable
        What to do with the request.
    context : JobContext
        Cancels the job and carries its progress.
    outcome : Outcome or None
        Set by :meth:`run`; None if the job was cancelled.
    """

    sequence: int
    epoch: int
    request: object
    job: Job[Any]
    context: JobContext = field(default_factory=JobContext)
    outcome: Outcome | None = None

    def run(self) -> None:
        """Do the job and keep its outcome. Called in the worker thread; never raises."""
        if self.context.cancelled:
            return
        result, problem, defect = None, None, None
        started = time.perf_counter()
        try:
            result = self.job(self.request, self.context)
        except Cancelled:
            return
        except Problem as error:
            problem = error.sentence
        # Everything, SystemExit too: an error that ended the thread would leave the window busy for ever.
        except BaseException as error:
            problem = _NO_MEMORY if _is_out_of_memory(error) else None
            defect = None if problem else "".join(traceback.format_exception(error))
        seconds = time.perf_counter() - started
        self.outcome = Outcome(self.sequence, self.epoch, self.request, result, problem, defect, seconds)


_NO_MEMORY = Sentence(
    QT_TRANSLATE_NOOP(
        "Sentence",
        "There is not enough memory for this. Close other programs, or try a smaller picture "
        "or fewer filters.",
    )
)


def _is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out; PyTorch says so of the processor's memory with a plain RuntimeError."""
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and "can't allocate memory" in str(error)
    )
