"""How long the event loop of a window stood still, and during what."""

import time
from dataclasses import dataclass, field


@dataclass
class Heart:
    """Beats while the event loop runs, and knows the longest it did not.

    Parameters
    ----------
    longest : float
        Longest time without a beat, in seconds.
    during : str
        What was being done then.
    """

    longest: float = 0.0
    during: str = ""
    doing: str = ""
    _last: float = field(default_factory=time.perf_counter)

    def beat(self) -> None:
        """Take note of how long ago the last beat was."""
        now = time.perf_counter()
        if now - self._last > self.longest:
            self.longest, self.during = now - self._last, self.doing
        self._last = now

    def skip(self) -> None:
        """Begin anew: what the tester itself took does not count."""
        self._last = time.perf_counter()
