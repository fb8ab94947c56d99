"""What speaks for a class: each way of asking as one map over the input, with a sentence about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.records import Trace, Values
from convviz.nets.why.grad_cam import default_layer, grad_cam
from convviz.nets.why.gradients import Method, Target, gradient_times_input, pixels
from convviz.nets.why.occlusion import occlusion
from convviz.nets.why.run import Progress, frozen, silent

# Single pixels of a gradient are not seen from the last row of seats: so many squares across the picture are.
_SQUARES_ADDED, _SQUARES_STRONGEST = 32, 96
# Of strengths, this share is not cut off: a single pixel would make all others dark.
_SHARE = 0.98


class Reason(StrEnum):
    """A way to ask why."""

    GRAD_CAM = "cam"
    GRADIENT_INPUT = "gradient"
    GUIDED = "guided"
    OCCLUSION = "occlusion"


@dataclass(frozen=True, eq=False)
class Evidence:
    """An answer to be laid over the photograph.

    Parameters
    ----------
    reason : Reason
        How it was asked.
    values : ndarray of float32, shape (H, W)
        One for every cell of the network's input: −1 to 1 if signed, else 0 to 1.
    signed : bool
        Whether values below zero speak against the class.
    said : tuple of Sentence
        What one sees.
    """

    reason: Reason
    values: Values
    signed: bool
    said: tuple[Sentence, ...]


def evidence(
    module: Any,
    trace: Trace,
    number: int,
    reason: Reason,
    check: Check = nothing,
    progress: Progress = silent,
) -> Evidence:
    """Ask what speaks for a class.

    Parameters
    ----------
    module : torch.nn.Module
        The network; left as it is.
    trace : Trace
        What the picture did in it.
    number : int
        Of the class.
    reason : Reason
        How to ask.
    check : callable
        Called before every function; may raise.
    progress : callable
        Told how far the work has come, where it takes long; may raise.

    Raises
    ------
    Problem
        If this way needs maps the network does not have, or it computes other values than in the trace.
    """
    name = trace.classes[number] if number < len(trace.classes) else str(number)
    match reason:
        case Reason.GRAD_CAM:
            return _grad_cam(module, trace, number, name, check)
        case Reason.GRADIENT_INPUT:
            return _gradient_input(module, trace, number, name, check)
        case Reason.GUIDED:
            return _guided(module, trace, number, name, check)
        case Reason.OCCLUSION:
            return _occlusion(module, trace, number, name, check, progress)


def _grad_cam(module: Any, trace: Trace, number: int, name: str, check: Check) -> Evidence:
    layer, why = default_layer(trace.architecture)
    found = grad_cam(module, trace, number, layer, check)
    seen = Sentence(
        QT_TRANSLATE_NOOP("Sentence", "Bright places speak for “{name}”, as seen from layer {layer}."),
        {"name": name, "layer": trace.architecture.layers[layer].name},
    )
    return Evidence(Reason.GRAD_CAM, found.heat, False, (seen, why))


def _gradient_input(module: Any, trace: Trace, number: int, name: str, check: Check) -> Evidence:
    found = gradient_times_input(module, trace, Target(None, (number,)), check)
    side = square_side(trace, _SQUARES_ADDED)
    sums = in_squares(found.by_pixel, side, strongest=False)
    seen = Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "Orange adds to the score of “{name}”, blue takes from it, as far as the network is linear; "
            "each square is the sum of gradient × input over {side} × {side} pixels.",
        ),
        {"name": name, "side": side},
    )
    return Evidence(Reason.GRADIENT_INPUT, _to_one(sums), True, (seen,))


def _guided(module: Any, trace: Trace, number: int, name: str, check: Check) -> Evidence:
    found = pixels(module, trace, Target(None, (number,)), Method.GUIDED, check)
    strongest = in_squares(found.strength, square_side(trace, _SQUARES_STRONGEST), strongest=True)
    seen = Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "Bright lines are what passes every activation on the way back from “{name}”: the edges the "
            "network uses. Which class is asked for changes them little.",
        ),
        {"name": name},
    )
    return Evidence(Reason.GUIDED, _to_one(strongest), False, (seen,))


def _occlusion(
    module: Any, trace: Trace, number: int, name: str, check: Check, progress: Progress
) -> Evidence:
    found = occlusion(module, trace, number, check=check, progress=progress)
    seen = Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "With a square of {side} × {side} pixels covered, “{name}” loses where it is orange and gains "
            "where it is blue; at most it falls from {before} % to {after} %.",
        ),
        {
            "side": found.size,
            "name": name,
            "before": Amount(100 * found.probability, ".1f"),
            "after": Amount(100 * (found.probability - max(0.0, float(found.drops.max()))), ".1f"),
        },
    )
    return Evidence(Reason.OCCLUSION, _to_one(found.heat, share=1.0), True, (seen,))


def square_side(trace: Trace, across: int) -> int:
    """Return the side of squares of which about ``across`` lie along the shorter side of the input."""
    _, height, width = trace.architecture.input_shape
    return max(1, min(height, width) // across)


def in_squares(values: Values, side: int, *, strongest: bool) -> Values:
    """Return a map (H, W) in which every square has one value: the sum of its values, or the largest size.

    Squares at the right and the lower edge are cut off where the map ends.
    """
    height, width = values.shape
    rows, columns = np.arange(0, height, side), np.arange(0, width, side)
    gather = np.maximum if strongest else np.add
    given = np.abs(values) if strongest else values.astype(np.float64)
    coarse = gather.reduceat(gather.reduceat(given, rows, axis=0), columns, axis=1)
    return frozen(np.repeat(np.repeat(coarse, side, axis=0), side, axis=1)[:height, :width])


def _to_one(values: Values, share: float = _SHARE) -> Values:
    """Return values divided so that ``share`` of them lie between −1 and 1; the others end there."""
    sizes = np.abs(values)
    largest = float(np.quantile(sizes, share)) or float(sizes.max()) or 1.0
    return frozen(np.clip(values / largest, -1, 1))
