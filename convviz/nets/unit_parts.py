"""What a rule that takes a unit apart is given, and what it hands back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Rect
from convviz.nets.records import INPUT, Layer, Trace
from convviz.nets.unit_cells import Index, Source, UnitCell

Parameter = Callable[[str], NDArray[Any]]
"""``parameter(name)`` gives the network's parameter or buffer of that name in its state dict."""


@dataclass(frozen=True)
class Feed:
    """What a unit reads of one earlier layer.

    Parameters
    ----------
    layer : int
        Which; :data:`convviz.nets.records.INPUT` for the network's input.
    axes : tuple of range
        Positions along each axis of that layer's output; for maps channels, rows and columns. Rows and
        columns may be negative or beyond the end: there is padding.
    """

    layer: int
    axes: tuple[range, ...]

    @property
    def channels(self) -> range:
        """Maps that are read; of a vector, its numbers."""
        return self.axes[0]

    @property
    def rect(self) -> Rect | None:
        """The smallest rectangle around the cells; None if the layer has no maps."""
        if len(self.axes) != 3:
            return None
        rows, columns = self.axes[1:]
        return Rect(rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)


@dataclass(frozen=True)
class Parts:
    """A unit taken apart.

    Parameters
    ----------
    cell : UnitCell
        How its value comes about.
    feeds : tuple of Feed
        What it reads directly.
    scale : float
        Sum of the sizes of what is added up: rounding is measured by it.
    terms : int
        How many numbers are added up.
    patch, weights : ndarray of float64, shape (C, kh, kw), or None
        Of a convolution: what its filter lies on, one window per input channel, and the filter.
    """

    cell: UnitCell
    feeds: tuple[Feed, ...]
    scale: float
    terms: int = 1
    patch: NDArray[np.float64] | None = field(default=None, compare=False)
    weights: NDArray[np.float64] | None = field(default=None, compare=False)


@dataclass(frozen=True, eq=False)
class Asked:
    """One unit of one layer, and where its numbers are.

    Parameters
    ----------
    trace : Trace
        What happened.
    layer : Layer
        Whose unit it is.
    index : tuple of int
        Its place in the layer's output.
    parameter : callable
        See :data:`Parameter`.
    """

    trace: Trace
    layer: Layer
    index: Index
    parameter: Parameter

    @property
    def output(self) -> NDArray[Any]:
        """The layer's output."""
        return self.trace.outputs[self.layer.index]

    @property
    def own(self) -> float:
        """The network's own value."""
        return float(self.output[self.index])

    def input(self, number: int = 0) -> NDArray[Any]:
        """Return what the layer reads as its argument ``number``."""
        return output_of(self.trace, self.layer.inputs[number])

    def value(self, number: int, index: Index) -> float:
        """Return one value of the layer's argument ``number``."""
        return float(self.input(number)[index])

    def source(self, number: int, index: Index) -> Source:
        """Return one value of the layer's argument ``number`` and where it is."""
        return Source(self.layer.inputs[number], index, self.value(number, index))

    def learned(self, name: str) -> NDArray[Any] | None:
        """Return a parameter of the layer, ``"weight"`` or such; None if it has none."""
        full = self.layer.parameters.get(name)
        return None if full is None else self.parameter(full)

    def everything(self) -> tuple[Feed, ...]:
        """Return all of all inputs."""
        return tuple(
            Feed(layer, tuple(range(n) for n in output_of(self.trace, layer).shape))
            for layer in dict.fromkeys(self.layer.inputs)
        )


def output_of(trace: Trace, layer: int) -> NDArray[Any]:
    """Return a layer's output, or the network's input for :data:`INPUT`."""
    return trace.input if layer == INPUT else trace.outputs[layer]


def one(source: Source) -> Feed:
    """Return what is read where it is a single value."""
    return Feed(source.layer, tuple(range(i, i + 1) for i in source.index))
