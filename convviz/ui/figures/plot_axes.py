"""Axes of a plot: which values they reach over, and at which round ones they are marked."""

import math
from dataclasses import dataclass

_ROUND = (1.0, 2.0, 5.0, 10.0)
# Beyond the outermost values, so that no point lies on the frame: a share of the length, or a factor.
_BEYOND = 0.06


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high``, with marks at ``ticks``; ``log`` where equal steps are equal factors."""

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """Return where a value is, 0 at the low end and 1 at the high one."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def linear_axis(values: list[float], most: int, floor: float = 0.0, ceiling: float = math.inf) -> Axis:
    """Return an axis over ``values`` with about ``most`` marks, within ``floor`` and ``ceiling``."""
    first, last = min(values), max(values)
    length = (last - first) or max(abs(last), 1.0) * 0.2
    step = _step(length / most)
    low = max(floor, math.floor((first - _BEYOND * length) / step) * step)
    high = min(ceiling, math.ceil((last + _BEYOND * length) / step) * step)
    start, end = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return Axis(low, high, tuple(number * step for number in range(start, end + 1)))


def log_axis(values: list[float]) -> Axis:
    """Return a logarithmic axis over positive ``values``, with marks at 1, 2 and 5 times powers of ten."""
    spread = max(math.log10(max(values) / min(values)), 0.5)
    beyond = 10 ** (2 * _BEYOND * spread)
    low, high = min(values) / beyond, max(values) * beyond
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = _ROUND[:3] if last - first <= 4 else (1.0,)
    ticks = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    return Axis(low, high, tuple(tick for tick in ticks if low <= tick <= high), log=True)


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _ROUND if step * power >= least * (1 - 1e-9))
