"""One output cell taken apart: the products, the partial sums, the bias, the total."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Index
from convviz.core.specs import Activation, Pair, PoolKind


class Term(NamedTuple):
    """One product ``weight · value``, or one value of a window or map (``weight`` is None).

    Parameters
    ----------
    weight : float or None
        Kernel weight as applied (after the 180° turn of a convolution).
    value : float
        What the previous stage holds there; for a cell of the border, the padded value.
    channel : int
        Channel of the previous stage.
    position : (int, int)
        Row and column in the previous stage, outside it for a cell of the border.
    source : (int, int) or None
        Cell the value was read from; None for a border of zeros, and for a pooling window's border.
    tap : (int, int)
        Row and column in the kernel as applied.
    wins : bool
        In a pooling window, whether this value is the one kept.
    """

    weight: float | None
    value: float
    channel: int
    position: Pair
    source: Pair | None
    tap: Pair
    wins: bool = False

    @property
    def product(self) -> float:
        """Contribution of the term to the sum."""
        return self.value if self.weight is None else self.weight * self.value

    @property
    def in_border(self) -> bool:
        """Whether the position lies outside the previous stage."""
        return self.source != self.position


class Products(Sequence[Term]):
    """The terms of a convolution, channel by channel, each made when it is asked for: there may be 60 000.

    Parameters
    ----------
    weights, values : ndarray of float64, shape (C, kh, kw)
        What is multiplied.
    first : int
        Channel of the previous stage that comes first.
    positions, sources : (ndarray of int64, ndarray of int64)
        Rows and columns that are read, and where their values come from; −1 for a border of zeros.
    """

    def __init__(
        self,
        weights: NDArray[np.float64],
        values: NDArray[np.float64],
        first: int,
        positions: tuple[Index, Index],
        sources: tuple[Index, Index],
    ) -> None:
        self._shape = weights.shape
        self._weights, self._values = weights.ravel(), values.ravel()
        self._first, self._positions, self._sources = first, positions, sources

    def __len__(self) -> int:
        return len(self._weights)

    @overload
    def __getitem__(self, index: int) -> Term: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Term, ...]: ...
    def __getitem__(self, index: int | slice) -> Term | tuple[Term, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        weight, value = float(self._weights[index]), float(self._values[index])
        channel, tap = divmod(index % len(self), self._shape[1] * self._shape[2])
        i, j = divmod(tap, self._shape[2])
        (rows, columns), (ys, xs) = self._positions, self._sources
        source = (int(ys[i]), int(xs[j])) if ys[i] >= 0 and xs[j] >= 0 else None
        return Term(weight, value, self._first + channel, (int(rows[i]), int(columns[j])), source, (i, j))

    def factors(self, start: int, stop: int) -> tuple[list[float], list[float]]:
        """Return the weights and values of a run of terms."""
        return self._weights[start:stop].tolist(), self._values[start:stop].tolist()


def factors(terms: Sequence[Term], start: int, stop: int) -> tuple[list[float], list[float]]:
    """Return the weights and values of ``terms[start:stop]``."""
    if isinstance(terms, Products):
        return terms.factors(start, stop)
    part = terms[start:stop]
    return [term.weight or 0.0 for term in part], [term.value for term in part]


@dataclass(frozen=True)
class ConvolutionCell:
    """A cell of a feature map: total = Σ over channels of the partial sums + bias."""

    terms: Sequence[Term]
    partial_sums: tuple[float, ...]
    bias: float
    total: float


@dataclass(frozen=True)
class PoolingCell:
    """A cell of a pooled map; ``count`` is what a mean divides by (the border of zeros included)."""

    kind: PoolKind
    terms: tuple[Term, ...]
    count: int
    total: float


@dataclass(frozen=True)
class ActivationCell:
    """A value before and after its activation."""

    activation: Activation
    before: float
    total: float


@dataclass(frozen=True)
class MagnitudeCell:
    """A cell of √(Σ v²); its terms are the values of the maps it combines."""

    terms: tuple[Term, ...]
    total: float


Cell = ConvolutionCell | PoolingCell | ActivationCell | MagnitudeCell
