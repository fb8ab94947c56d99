"""What a measure finds, and how two jobs are timed beside each other."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# A pool of threads spins for some milliseconds after its work, in case there is more. Whoever runs next on
# the same processors must not pay for that.
PAUSE_SECONDS = 0.01

Job = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """One case: a number that is good when it is no larger than its limit.

    Parameters
    ----------
    name : str
        Item, picture and case with slashes between them, such as ``"engine/1280x720/5x5"``.
    value : float
        What was measured.
    limit : float
        What was promised, in the same unit.
    note : str
        What ``value`` is, with the figures behind it.
    """

    name: str
    value: float
    limit: float
    note: str = ""

    @property
    def within(self) -> bool:
        """Whether the promise is kept."""
        return self.value <= self.limit


@dataclass(frozen=True)
class LeftOut:
    """Cases that could not be measured, and why, as a sentence."""

    sentence: str


Finding = Ratio | LeftOut


@dataclass(frozen=True)
class Wish:
    """Which cases to measure, and how thoroughly.

    Parameters
    ----------
    pairs : int
        How many pairs of runs each median is taken over.
    only : tuple of str
        Beginnings of names, whole words between slashes; empty for every case.
    """

    pairs: int = 15
    only: tuple[str, ...] = field(default=())

    def includes(self, name: str) -> bool:
        """Whether the case ``name``, or some case whose name begins with it, is wanted."""
        given = name.split("/")
        return not self.only or any(
            all(a == b for a, b in zip(word.split("/"), given, strict=False)) for word in self.only
        )


Measure = Callable[[Wish], Iterator[Finding]]


@dataclass(frozen=True)
class Pairs:
    """Seconds of two jobs that took turns.

    Neighbouring runs meet the same load of the machine, so that their ratio says more than either time.
    """

    ours: tuple[float, ...]
    rival: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median of the ratios of neighbouring runs."""
        return statistics.median(a / b for a, b in zip(self.ours, self.rival, strict=True))

    @property
    def ours_ms(self) -> float:
        """Median of our times, in milliseconds."""
        return statistics.median(self.ours) * 1000

    @property
    def rival_ms(self) -> float:
        """Median of the rival's times, in milliseconds."""
        return statistics.median(self.rival) * 1000

    def note(self, rival: str) -> str:
        """Return both times in words."""
        return f"{self.ours_ms:.2f} ms, {rival} {self.rival_ms:.2f} ms"


def take_turns(ours: Job, rival: Job, pairs: int) -> Pairs:
    """Time ``ours`` and ``rival`` in turns, after each has run twice unmeasured."""
    return take_timed_turns(lambda: seconds(ours), lambda: seconds(rival), pairs)


def take_timed_turns(ours: Callable[[], float], rival: Callable[[], float], pairs: int) -> Pairs:
    """Take turns at two jobs that say themselves how many seconds they took."""
    for job in (ours, rival, ours, rival):
        _rested(job)
    timed = [(_rested(ours), _rested(rival)) for _ in range(pairs)]
    return Pairs(tuple(a for a, _ in timed), tuple(b for _, b in timed))


def seconds(job: Job) -> float:
    """Return how many seconds ``job`` takes once, undisturbed by Python's garbage collector."""
    collects = gc.isenabled()
    gc.disable()
    started = time.perf_counter()
    job()
    took = time.perf_counter() - started
    if collects:
        gc.enable()
    return took


def _rested(job: Callable[[], float]) -> float:
    time.sleep(PAUSE_SECONDS)
    return job()
