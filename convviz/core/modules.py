"""Modules of networks: branches beside each other that are joined again, with weights and multiply-adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from convviz.core.counting import multiply_adds, weights
from convviz.core.limits import Shape
from convviz.core.specs import ConvSpec
from convviz.core.text import QT_TRANSLATE_NOOP, Problem


class PartKind(StrEnum):
    """What a part of a branch does; both keep rows and columns, with a border of zeros."""

    CONV = "conv"
    POOL = "pool"


class Join(StrEnum):
    """How the results of the branches become one."""

    CONCAT = "concat"
    ADD = "add"
    NONE = "none"


@dataclass(frozen=True)
class Listed:
    """A part as it is listed.

    Parameters
    ----------
    kind : PartKind
        Convolution or max pooling, both with stride 1.
    kernel : int
        Rows and columns of its window, odd.
    channels : int
        Filters of a convolution; a pooling keeps the channels it is given.
    marked : bool
        Whether it is what we are talking about.
    """

    kind: PartKind
    kernel: int
    channels: int = 0
    marked: bool = False


@dataclass(frozen=True)
class Part:
    """A part in its place: what goes in and out, and what it costs."""

    listed: Listed
    channels_in: int
    channels_out: int
    weights: int
    multiply_adds: int


@dataclass(frozen=True)
class Module:
    """Branches that all get the same input.

    Parameters
    ----------
    shape : (int, int, int)
        Channels, rows and columns of the input.
    branches : tuple of tuples of Part
        From the input to the join; an empty one is a skip connection.
    join : Join
        How the branches are joined.
    biased : bool
        Whether every filter has a bias, which counts as a weight.
    """

    shape: Shape
    branches: tuple[tuple[Part, ...], ...]
    join: Join
    biased: bool

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, branch after branch."""
        return tuple(part for branch in self.branches for part in branch)

    @property
    def ends(self) -> tuple[int, ...]:
        """Channels that each branch gives."""
        return tuple(branch[-1].channels_out if branch else self.shape[0] for branch in self.branches)

    @property
    def channels(self) -> int:
        """Channels of the result."""
        return sum(self.ends) if self.join is Join.CONCAT else self.ends[0]

    @property
    def weights(self) -> int:
        """Weights of all parts together."""
        return sum(part.weights for part in self.parts)

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds of all parts together."""
        return sum(part.multiply_adds for part in self.parts)


def count_module(
    shape: Shape, branches: Sequence[Sequence[Listed]], join: Join, *, biased: bool = True
) -> Module:
    """Return the module of these branches with its numbers.

    Raises
    ------
    Problem
        If branches cannot be added or left unjoined.
    """
    counted = tuple(_branch(shape, branch, biased) for branch in branches)
    module = Module(shape, counted, join, biased)
    if join is Join.NONE and len(branches) != 1:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "A module with {count} branches must join them: say concat or add, not none."
            ),
            count=len(branches),
        )
    if join is Join.ADD and len(set(module.ends)) > 1:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "Branches can be added only if they give the same number of channels; these give {ends}.",
            ),
            ends=", ".join(map(str, module.ends)),
        )
    return module


def weights_text(part: Part, biased: bool) -> str:
    """Return how the weights of a convolution come about: ``(3·3·96 + 1)·128``; of a pooling ``0``."""
    if part.listed.kind is PartKind.POOL:
        return "0"
    window = f"{part.listed.kernel}·{part.listed.kernel}·{part.channels_in}"
    return f"({window} + 1)·{part.channels_out}" if biased else f"{window}·{part.channels_out}"


def _branch(shape: Shape, branch: Sequence[Listed], biased: bool) -> tuple[Part, ...]:
    channels, out = shape[0], []
    for listed in branch:
        part = _part((channels, *shape[1:]), listed, biased)
        channels = part.channels_out
        out.append(part)
    return tuple(out)


def _part(shape: Shape, listed: Listed, biased: bool) -> Part:
    if listed.kind is PartKind.POOL:
        return Part(listed, shape[0], shape[0], 0, 0)
    # One filter, counted as often as there are filters: all those of a large layer would fill memory.
    kernel = listed.kernel
    one = ConvSpec(np.zeros((1, shape[0], kernel, kernel)), padding="same")
    each = weights(one) if biased else int(one.weights.size)
    count = listed.channels
    return Part(listed, shape[0], count, each * count, multiply_adds(one, shape) * count)
