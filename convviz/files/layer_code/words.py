"""What a library says of the operations of a layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from convviz.core.specs import Activation, ConvSpec, Magnitude, Op, PoolKind, PoolSpec, Shape

Lines = list[str]
Activations = Mapping[Activation, Lines]

OUTSIDE = {PoolKind.MAX: "-np.inf", PoolKind.MIN: "np.inf", PoolKind.AVG: "0.0"}
"""What stands outside the map where it is pooled: never the largest, never the least, or counted as zero."""


@dataclass(frozen=True)
class Words:
    """How a program is written for one library. ``x`` are the maps at every point of it.

    Parameters
    ----------
    title : str
        What the library is called.
    imports, begin, end : list of str
        The first lines; those that make ``x`` of ``planes`` (C, H, W); those that make ``result`` of ``x``.
    activations : mapping
        The statements for each activation.
    convolution : callable
        Returns the statements of a convolution of maps of a shape (C, H, W).
    pooling : callable
        Returns the statements of a pooling.
    magnitude : callable
        Returns the statements of the root of the sum of squares over maps of a shape (C, H, W).
    """

    title: str
    imports: Lines
    begin: Lines
    end: Lines
    activations: Activations
    convolution: Callable[[ConvSpec, Shape], Lines]
    pooling: Callable[[PoolSpec], Lines]
    magnitude: Callable[[Shape], Lines]

    def statements(self, op: Op, shape: Shape) -> Lines:
        """Return the statements that turn ``x``, of ``shape`` (C, H, W), into what ``op`` makes of it."""
        match op:
            case ConvSpec():
                return self.convolution(op, shape)
            case PoolSpec():
                return self.pooling(op)
            case Activation():
                return self.activations[op]
            case Magnitude():
                return self.magnitude(shape)


def activations(library: str, relu: str, sigmoid: str) -> dict[Activation, Lines]:
    """Return the statements for activations; ``relu`` and ``sigmoid`` are what libraries differ in."""
    return {
        Activation.NONE: [],
        Activation.RELU: [f"x = {relu}"],
        Activation.ABS: [f"x = {library}.abs(x)"],
        Activation.SIGMOID: [f"x = {sigmoid}"],
        Activation.TANH: [f"x = {library}.tanh(x)"],
    }


def root_of_squares(library: str, total: str) -> Lines:
    """Return the statement for the magnitude; ``total`` is how the library names the axis of the maps."""
    return [f"x = {library}.sqrt((x * x).sum({total}))"]
