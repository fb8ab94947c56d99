"""Two signals of one dimension slid over each other: what meets what at every place, and the sums."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from convviz.core.numbers import format_number

# So many products of a sum are written; of a longer one the first three and the last.
_MOST_TERMS = 6


class SignalKind(StrEnum):
    """What is computed."""

    CORRELATION = "cross-correlation"
    CONVOLUTION = "convolution"
    AUTOCORRELATION = "autocorrelation"


@dataclass(frozen=True)
class Sliding:
    """A signal, and the kernel that slides over it from the first place at which they meet to the last.

    Beyond its ends the signal is zero, so that the output is as long as both together less one
    (``mode="full"`` of ``numpy.correlate`` and ``numpy.convolve``).

    Parameters
    ----------
    signal, kernel : tuple of float
        One value at least; autocorrelation has the signal as its kernel.
    kind : SignalKind
        Convolution reverses the kernel.
    """

    signal: tuple[float, ...]
    kernel: tuple[float, ...]
    kind: SignalKind

    @property
    def taps(self) -> tuple[float, ...]:
        """The kernel as it lies below the signal."""
        return self.kernel[::-1] if self.kind is SignalKind.CONVOLUTION else self.kernel

    @property
    def length(self) -> int:
        """How many values the output has."""
        return len(self.signal) + len(self.kernel) - 1

    @property
    def first(self) -> int:
        """The index, on the signal's axis, of the kernel's left end at place 0."""
        return 1 - len(self.kernel)

    @property
    def last(self) -> int:
        """The index of the kernel's right end at the last place."""
        return len(self.signal) + len(self.kernel) - 2

    def window(self, place: int) -> range:
        """Return the indices below which the kernel lies; some may be beyond the signal."""
        return range(self.first + place, self.first + place + len(self.kernel))

    def index(self, place: int) -> int:
        """Return the index of the output: the shift of a correlation, or that of a convolution's value."""
        return place if self.kind is SignalKind.CONVOLUTION else self.first + place

    def value(self, index: int) -> float:
        """Return the signal's value, 0 beyond its ends."""
        return self.signal[index] if 0 <= index < len(self.signal) else 0

    def products(self, place: int) -> tuple[float, ...]:
        """Return the products at a place, from left to right."""
        return tuple(float(product) for product in self._exact(place))

    def _exact(self, place: int) -> list[Fraction]:
        """Return the products of the numbers as they are written: 0.1·0.2 is 0.02, so sums can cancel out."""
        pairs = zip(self.window(place), self.taps, strict=True)
        return [Fraction(repr(self.value(index))) * Fraction(repr(tap)) for index, tap in pairs]

    @cached_property
    def outputs(self) -> tuple[float, ...]:
        """The sums of all places."""
        return tuple(float(sum(self._exact(place))) for place in range(self.length))

    def formula(self) -> str:
        """Return how the output is defined."""
        terms = {
            SignalKind.CORRELATION: "x[k + n]·h[n]",
            SignalKind.CONVOLUTION: "x[n]·h[k − n]",
            SignalKind.AUTOCORRELATION: "x[k + n]·x[n]",
        }
        return f"y[k] = Σₙ {terms[self.kind]}"

    def equation(self, place: int) -> str:
        """Return the sum at a place with its numbers."""
        pairs = zip(self.window(place), self.taps, strict=True)
        terms = [f"{_factor(self.value(index))}·{_factor(tap)}" for index, tap in pairs]
        if len(terms) > _MOST_TERMS:
            terms = [*terms[:3], "…", terms[-1]]
        return f"{self.name(place)} = {' + '.join(terms)} = {format_number(self.outputs[place])}"

    def name(self, place: int) -> str:
        """Return what the output of a place is called, such as ``y[−1]``."""
        return f"y[{format_number(self.index(place))}]"


def _factor(value: float) -> str:
    text = format_number(value)
    return f"({text})" if value < 0 else text
