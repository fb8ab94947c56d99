"""What a network is made of and what happened in it, as plain values that threads may hand each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

INPUT = -1
"""Stands for the network's input among :attr:`Layer.inputs`."""


class Kind(StrEnum):
    """What a layer does. One colour, one icon and one explanation each."""

    CONVOLUTION = "convolution"
    LINEAR = "linear"
    NORMALISATION = "normalisation"
    ACTIVATION = "activation"
    POOLING = "pooling"
    GLOBAL_POOLING = "global pooling"
    ADD = "add"
    MULTIPLY = "multiply"
    CONCATENATE = "concatenate"
    PAD = "pad"
    FLATTEN = "flatten"
    DROPOUT = "dropout"
    SOFTMAX = "softmax"
    RESHAPE = "reshape"
    ATTENTION = "attention"
    OTHER = "other"


@dataclass(frozen=True)
class Field:
    """Which cells of the network's input the cells of a map see, along one axis.

    Cell i sees the input's cells from ``i·jump + first`` to ``i·jump + last``, both included and possibly
    outside the picture, where there is only padding. Araujo, Norris & Sim, "Computing receptive fields of
    convolutional neural networks" (Distill, 2019).

    Parameters
    ----------
    first, last : int
        Of cell 0.
    jump : int
        Input cells from one cell of the map to the next; the product of all strides so far.
    whole : bool
        Whether every cell sees everything, as behind a global pooling; the numbers then are the input's.
    """

    first: int
    last: int
    jump: int = 1
    whole: bool = False

    @property
    def size(self) -> int:
        """How many cells one cell sees."""
        return self.last - self.first + 1

    def of(self, cell: int) -> tuple[int, int]:
        """Return the first and the last input cell that ``cell`` sees."""
        if self.whole:
            return self.first, self.last
        return cell * self.jump + self.first, cell * self.jump + self.last


@dataclass(frozen=True)
class Window:
    """How a convolution or pooling slides; pairs are vertical and horizontal."""

    kernel: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    padding: tuple[int, int] = (0, 0)
    dilation: tuple[int, int] = (1, 1)
    groups: int = 1
    padding_mode: str = "zeros"
    ceil_mode: bool = False
    count_padding: bool = True


@dataclass(frozen=True)
class Layer:
    """One step of a network, in the order in which they are computed.

    Parameters
    ----------
    index : int
        Its place in :attr:`Architecture.layers`.
    name : str
        Unique. The path of its module (``"layer1.0.conv1"``); of a function called by a module, that module's
        path and the function (``"layer1.0.add"``); met again, with a number (``"layer1.0.relu-2"``).
    kind : Kind
        What it does.
    function : str
        As torch calls it: ``"conv2d"``, ``"relu"``, ``"max_pool2d"``.
    inputs : tuple of int
        Layers whose outputs it reads, in the order of its arguments; :data:`INPUT` for the network's input.
    block : tuple of str
        Paths of the modules it lies in, the outermost first: what the strip of layers folds.
    shape : tuple of int
        Of its output, without the batch: (C, H, W) for maps, (N,) for a vector.
    weights : int
        Learned numbers of its own; the sum over all layers is the network's, each shared one counted once.
    multiply_adds : int
        For one picture.
    window : Window or None
        For convolutions and poolings.
    fields : (Field, Field) or None
        Receptive field along rows and columns; None where the output is no map.
    parameters : mapping of str to str
        ``"weight"``, ``"bias"``, ``"running_mean"``, ``"running_var"``: names in the state dict.
    numbers : mapping of str to float
        Settings that are single numbers: ``"eps"``, ``"negative_slope"``, …
    """

    index: int
    name: str
    kind: Kind
    function: str
    inputs: tuple[int, ...]
    block: tuple[str, ...]
    shape: tuple[int, ...]
    weights: int = 0
    multiply_adds: int = 0
    window: Window | None = None
    fields: tuple[Field, Field] | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_map(self) -> bool:
        """Whether its output is maps (C, H, W), not three axes of another meaning, as in transformers."""
        return len(self.shape) == 3 and self.fields is not None


@dataclass(frozen=True)
class Architecture:
    """A network's layers at one size of input.

    Parameters
    ----------
    input_shape : (int, int, int)
        Channels, rows and columns that were given.
    layers : tuple of Layer
        In the order of computing. The last one's output is the network's.
    weights : int
        All learned numbers of the network, each counted once, those not used for this input too.
    """

    input_shape: tuple[int, int, int]
    layers: tuple[Layer, ...]
    weights: int

    @property
    def multiply_adds(self) -> int:
        """Of all layers together."""
        return sum(layer.multiply_adds for layer in self.layers)

    def named(self, name: str) -> Layer:
        """Return the layer called ``name``; KeyError if there is none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)


@dataclass(frozen=True)
class Placement:
    """Where the network's input lies on the photograph.

    Input row y shows the photograph's rows from ``top + y·scale_y`` on, and columns likewise; cells may lie
    outside the photograph where the input is padded.
    """

    top: float
    left: float
    scale_y: float
    scale_x: float

    def on_photo(self, top: float, left: float, height: float, width: float) -> tuple[float, ...]:
        """Return (top, left, height, width) on the photograph of a rectangle of input cells."""
        return (
            self.top + top * self.scale_y,
            self.left + left * self.scale_x,
            height * self.scale_y,
            width * self.scale_x,
        )


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything that one picture did in a network.

    Parameters
    ----------
    architecture : Architecture
        At the size of this picture's input.
    input : ndarray of float32, shape (C, H, W)
        What the network was given, preprocessed. Read-only, as all arrays here.
    outputs : sequence of ndarray
        One for each layer, without the batch. They may share memory where a layer only reshapes. Some may be
        computed when they are asked for the first time, which any thread may do; a layer's shape is known
        from the architecture.
    placement : Placement
        Where the input lies on the photograph.
    classes : tuple of str
        Names in the order of the network's output; empty if it has none.
    seconds : float
        How long the forward pass took, capture included.
    """

    architecture: Architecture
    input: Values
    outputs: Sequence[NDArray[Any]]
    placement: Placement
    classes: tuple[str, ...]
    seconds: float

    @property
    def scores(self) -> Values:
        """The network's output as a vector, before any softmax of ours."""
        return self.outputs[-1].reshape(-1)

    def probabilities(self) -> NDArray[np.float64]:
        """Return what the output says of each class; see :func:`probabilities_of`."""
        found = probabilities_of(self.scores[np.newaxis], self.architecture.layers[-1])
        return np.asarray(found[0])


def probabilities_of(outputs: NDArray[np.generic], last: Layer) -> NDArray[np.float64]:
    """Return how probable each class is.

    Parameters
    ----------
    outputs : ndarray, shape (N, classes)
        Of a network, for N pictures.
    last : Layer
        The one they come from.

    Returns
    -------
    ndarray of float64, shape (N, classes)
        The outputs themselves if the network ends with a softmax or a sigmoid; powers of e if it ends with
        the logarithm of a softmax. Else the softmax of the outputs; of a single one the sigmoid, as its
        softmax would be 1 whatever the score. NaN where a score is not a number, or infinite.
    """
    scores = np.asarray(outputs, np.float64)
    if last.kind is Kind.SOFTMAX:
        return np.exp(scores) if last.function == "log_softmax" else scores
    if last.function == "sigmoid":
        return scores
    if scores.shape[1] == 1:
        # Of the softmax of z and 0.
        scores = np.concatenate([scores, np.zeros_like(scores)], axis=1)
    with np.errstate(invalid="ignore"):
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
    return np.asarray(shares[:, : outputs.shape[1]])
