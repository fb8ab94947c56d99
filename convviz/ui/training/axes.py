"""Axes whose numbers never touch each other: epochs, shares, and a loss on a logarithmic scale.

The names of methods and their arguments are pyqtgraph's.
"""

import math

import pyqtgraph as pg

from convviz.core.number_style import spelled
from convviz.core.numbers import whole_percent
from convviz.ui import theme

# Room for a number along the axis, at a desk: beside each other they are wider than one upon the other.
_WIDE, _HIGH = 56, 22

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

Ticks = list[tuple[float, list[float]]]


class EpochAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Whole epochs, in steps of 1, 2 or 5 times a power of ten."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N802, N803
        """Return the step and the epochs that are written."""
        most = max(2.0, size / theme.current().px(_WIDE))
        step = max(1.0, nice_step((maxVal - minVal) / most))
        return [(step, _multiples(step, minVal, maxVal))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return the epochs as text."""
        del scale, spacing
        return [spelled(value, ".0f") for value in values]


class ShareAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Shares from 0 to 1, in per cent."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N802, N803
        """Return the step and the shares that are written."""
        most = max(2.0, size / theme.current().px(_HIGH))
        step = next((one for one in (0.1, 0.2, 0.25, 0.5) if 1 / one + 1 <= most), 0.5)
        return [(step, _multiples(step, minVal, maxVal))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return the shares as text."""
        del scale, spacing
        return [whole_percent(value) for value in values]


class LossAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Powers of ten; with 2 and 5 between them where there is room."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N802, N803
        """Return the logarithms of the numbers that are written."""
        most = max(2.0, size / theme.current().px(_HIGH))
        decades = max(maxVal - minVal, 1e-9)
        # The gap between 5 and 10 is the smallest: 0.3 of a power of ten.
        if 0.3 * most >= decades:
            steps: tuple[float, ...] = (0.0, math.log10(2), math.log10(5))
            every = 1
        else:
            steps, every = (0.0,), max(1, math.ceil(decades / most))
        first = math.floor(minVal / every) * every
        found = [whole + step for whole in range(first, math.ceil(maxVal) + 1, every) for step in steps]
        return [(1.0, [one for one in found if minVal <= one <= maxVal])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return the losses as text."""
        del scale, spacing
        return [_power(value) for value in values]


def _power(logarithm: float) -> str:
    """Return 10 to the power of a number: 0.01, 500, and 2·10⁻⁶ beyond what is read easily."""
    value = 10**logarithm
    if 0.00099 < value < 10_000:
        return spelled(value, ".3g" if value < 1000 else ".0f")
    exponent = math.floor(logarithm + 1e-9)
    digit = round(10 ** (logarithm - exponent))
    return f"{'' if digit == 1 else f'{digit}·'}10{str(exponent).translate(_SUPERSCRIPTS)}"


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below ``least`` (above 0)."""
    power = 10.0 ** math.floor(math.log10(max(least, 1e-9)))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least * (1 - 1e-9))


def _multiples(step: float, low: float, high: float) -> list[float]:
    return [n * step for n in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
