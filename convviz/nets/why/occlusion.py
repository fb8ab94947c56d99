"""The occlusion map: how much less sure of a class the network is with a part of the picture covered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.records import Trace, Values, probabilities_of
from convviz.nets.why.run import Progress, Run, Wires, frozen, silent, tensor_of, wire

_BATCH = 8
COVERING = QT_TRANSLATE_NOOP("Sentence", "Covering the picture bit by bit")


@dataclass(frozen=True, eq=False)
class Occlusion:
    """What covering each part costs.

    Parameters
    ----------
    drops : ndarray of float32, shape (rows, columns)
        The class's probability less that with the part covered: −1 to 1, positive where the part is evidence.
    tops, lefts : ndarray of int64
        Where the covered squares begin, in cells of the input.
    size : int
        Their side.
    heat : ndarray of float32, shape (H, W)
        For each cell of the input the mean over the squares that cover it; −1 to 1.
    probability : float
        Of the class with nothing covered.
    """

    drops: Values
    tops: NDArray[np.int64]
    lefts: NDArray[np.int64]
    size: int
    heat: Values
    probability: float


def occlusion(
    module: Any,
    trace: Trace,
    number: int,
    size: int | None = None,
    step: int | None = None,
    fill: float = 0.0,
    check: Check = nothing,
    progress: Progress = silent,
) -> Occlusion:
    """Cover square after square of the input and see what becomes of a class.

    Zeiler & Fergus, "Visualizing and understanding convolutional networks" (2014), section 4.2.

    Parameters
    ----------
    module : torch.nn.Module
        The network; left as it is.
    trace : Trace
        What the picture did in it.
    number : int
        Of the class.
    size, step : int, optional
        Side of the square and distance from one to the next, in cells of the input; by default a seventh of
        the shorter side, and half the square.
    fill : float
        What the square holds, in units of the input: 0 is the mean colour of a network's training pictures.
    check : callable
        Called before every function; may raise.
    progress : callable
        Told how far the work has come; may raise.

    Raises
    ------
    Problem
        If the square is larger than the input.
    """
    _, height, width = trace.input.shape
    side = max(1, min(height, width) // 7) if size is None else size
    stride = max(1, side // 2) if step is None else step
    if not (1 <= side <= min(height, width) and stride >= 1):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The covering square must have a side from 1 to {most} and a step of 1 or more.",
            ),
            most=min(height, width),
        )
    tops, lefts = _starts(height, side, stride), _starts(width, side, stride)
    wires = wire(module, trace, check)
    covered = _covered(tensor_of(trace), tops, lefts, side, fill)
    probability = float(trace.probabilities()[number])
    found: list[float] = []
    total = len(tops) * len(lefts)
    for batch in covered:
        found += _probabilities(wires, trace, batch, number, check)
        progress(len(found) / total, Sentence(COVERING))
    drops = probability - np.array(found).reshape(len(tops), len(lefts))
    heat = _spread(drops, tops, lefts, side, (height, width))
    return Occlusion(frozen(drops), tops, lefts, side, frozen(heat), probability)


def _starts(length: int, side: int, step: int) -> NDArray[np.int64]:
    """Return where squares begin, the last one at the end."""
    starts = np.arange(0, length - side + 1, step, dtype=np.int64)
    return starts if starts[-1] == length - side else np.append(starts, length - side)


def _covered(
    given: Any, tops: NDArray[np.int64], lefts: NDArray[np.int64], side: int, fill: float
) -> Iterator[Any]:
    """Yield batches of the input with one square covered each."""
    places = [(int(top), int(left)) for top in tops for left in lefts]
    for start in range(0, len(places), _BATCH):
        part = places[start : start + _BATCH]
        batch = given.repeat(len(part), 1, 1, 1)
        for picture, (top, left) in zip(batch, part, strict=True):
            picture[:, top : top + side, left : left + side] = fill
        yield batch


def _probabilities(wires: Wires, trace: Trace, batch: Any, number: int, check: Check) -> list[float]:
    import torch

    with torch.no_grad():
        output = Run(check=check).of(wires, batch)
    if len(output) != len(batch):
        # A network that is made for one picture at a time.
        return [p for one in batch for p in _probabilities(wires, trace, one[None], number, check)]
    outputs = output.reshape(len(batch), -1).numpy()
    return [float(p) for p in probabilities_of(outputs, trace.architecture.layers[-1])[:, number]]


def _spread(
    drops: NDArray[np.float64],
    tops: NDArray[np.int64],
    lefts: NDArray[np.int64],
    side: int,
    shape: tuple[int, int],
) -> NDArray[np.float64]:
    total, count = np.zeros(shape), np.zeros(shape)
    for top, row in zip(tops, drops, strict=True):
        for left, drop in zip(lefts, row, strict=True):
            total[top : top + side, left : left + side] += drop
            count[top : top + side, left : left + side] += 1
    # Steps larger than the square leave cells that nothing covers.
    return np.asarray(total / np.maximum(count, 1))
