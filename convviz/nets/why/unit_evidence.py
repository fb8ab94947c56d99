"""What made one unit respond: a way back to the pixels as a picture, with sentences about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from convviz.core.geometry import Rect
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.records import INPUT, Architecture, Kind, Trace, Values
from convviz.nets.unit import field_of
from convviz.nets.unit_cells import Index
from convviz.nets.why.excite import map_index
from convviz.nets.why.gradients import Method, Target, gates, pixels
from convviz.nets.why.run import RECTIFIED, frozen

# Activations of which the papers speak: on where their input is positive, and nowhere else.
_RECTIFIERS = frozenset({"relu", "relu6", "hardtanh", "threshold"})
_WITHOUT_RULE = (Kind.ATTENTION, Kind.SOFTMAX)


class UnitReason(StrEnum):
    """A way back from a unit to the pixels."""

    DECONVOLUTION = "back-deconvolution"
    GUIDED = "back-guided"
    GRADIENT = "back-gradient"


METHODS = {
    UnitReason.DECONVOLUTION: Method.DECONVOLUTION,
    UnitReason.GUIDED: Method.GUIDED,
    UnitReason.GRADIENT: Method.GRADIENT,
}


@dataclass(frozen=True, eq=False)
class UnitEvidence:
    """An answer to be laid over the photograph.

    Parameters
    ----------
    reason : UnitReason
        How it was asked.
    layer : int
        Index of the unit's layer.
    index : tuple of int
        The unit in the layer's output.
    colours : ndarray of float32, shape (H, W, 3)
        Red, green and blue for every cell of the network's input, 0 to 1; 0.5 where there is nothing.
    field : Rect
        The unit's receptive field in cells of the input; outside it there is nothing.
    said : tuple of Sentence
        What one sees.
    """

    reason: UnitReason
    layer: int
    index: Index
    colours: Values
    field: Rect
    said: tuple[Sentence, ...]


def strongest_unit(trace: Trace, layer: int, number: int) -> Index:
    """Return the place, in a layer's output, of the largest value of map ``number``.

    Of several alike, as where an activation is cut off at 6, the one nearest to the middle of the map.

    Parameters
    ----------
    trace : Trace
        What a picture did.
    layer : int
        Index of the layer.
    number : int
        Of a vector, the value itself. Maps are the last two axes of an output, numbered along the others.
    """
    values = trace.outputs[layer]
    if values.ndim == 1:
        return (number,)
    before = map_index(trace, layer, number)
    plane = values[before]
    if np.isnan(plane).all():
        return (*before, 0, 0)
    alike = np.argwhere(plane == np.nanmax(plane))
    off_centre = np.abs(alike - (np.array(plane.shape) - 1) / 2).max(1)
    row, column = alike[int(off_centre.argmin())]
    return (*before, int(row), int(column))


def strongest_map(trace: Trace, layer: int) -> int:
    """Return the number of the map with the largest value of a layer; of a vector, of that value.

    Of several alike, the one with the largest mean.
    """
    values = trace.outputs[layer]
    planes = values.reshape(-1, 1 if values.ndim == 1 else values.shape[-2] * values.shape[-1])
    numbers = np.where(np.isnan(planes), -np.inf, planes)
    most = numbers.max(1)
    alike = np.flatnonzero(most == most.max())
    # What is no number anywhere has no mean, ∞ and what is no number neither.
    with np.errstate(invalid="ignore"):
        means = numbers[alike].mean(1, dtype=np.float64)
    return int(alike[means.argmax()])


def unit_evidence(
    module: Any,
    trace: Trace,
    layer: int,
    index: Index,
    reason: UnitReason,
    *,
    bgr: bool = False,
    check: Check = nothing,
) -> UnitEvidence:
    """Follow one unit back to the pixels.

    Parameters
    ----------
    module : torch.nn.Module
        The network; left as it is.
    trace : Trace
        What the picture did in it.
    layer : int
        Index of the unit's layer.
    index : tuple of int
        The unit in the layer's output.
    reason : UnitReason
        By which way.
    bgr : bool
        Whether the network's input has blue first.
    check : callable
        Called before every function; may raise.

    Raises
    ------
    Problem
        If the network computes other values than in the trace.
    """
    found = pixels(module, trace, Target(layer, index), METHODS[reason], check)
    field = field_of(trace, layer, index)
    said = (_seen(trace, layer, index, reason), *_instead(trace.architecture, layer, reason))
    return UnitEvidence(reason, layer, index, _red_first(found.as_colours(), bgr), field, said)


def _red_first(colours: Values, bgr: bool) -> Values:
    """Return a picture (H, W, C) as red, green and blue; grey if it has not three channels."""
    if colours.shape[2] == 3:
        return frozen(colours[:, :, ::-1] if bgr else colours)
    return frozen(np.repeat(colours.mean(axis=2, keepdims=True), 3, axis=2))


def _unit(trace: Trace, layer: int, index: Index) -> Sentence:
    name = trace.architecture.layers[layer].name
    if len(index) == 1:
        return Sentence(
            QT_TRANSLATE_NOOP("Sentence", "value {number} of {layer}"), {"number": index[0], "layer": name}
        )
    shape = trace.outputs[layer].shape
    number = int(np.ravel_multi_index(index[:-2], shape[:-2])) if len(index) > 2 else 0
    return Sentence(
        QT_TRANSLATE_NOOP("Sentence", "row {row}, column {column} of map {number} of {layer}"),
        {"row": index[-2], "column": index[-1], "number": number, "layer": name},
    )


def _seen(trace: Trace, layer: int, index: Index, reason: UnitReason) -> Sentence:
    template = {
        UnitReason.DECONVOLUTION: QT_TRANSLATE_NOOP(
            "Sentence",
            "Deconvolution from {unit}: the pattern it responded to, as max poolings send the signal back to "
            "their winners and activations only what is positive; grey is nothing.",
        ),
        UnitReason.GUIDED: QT_TRANSLATE_NOOP(
            "Sentence",
            "Guided backpropagation from {unit}: the pattern it responded to, along units that were active "
            "and signals that raise it; grey is nothing.",
        ),
        UnitReason.GRADIENT: QT_TRANSLATE_NOOP(
            "Sentence",
            "Gradient of {unit}: brighter than grey, more of that colour would raise it; darker, less would; "
            "grey changes nothing.",
        ),
    }[reason]
    return Sentence(template, {"unit": _unit(trace, layer, index)})


def _instead(architecture: Architecture, layer: int, reason: UnitReason) -> list[Sentence]:
    """Return what is done where the method has no rule, on the way from a unit of ``layer`` to the input."""
    if reason is UnitReason.GRADIENT:
        return []
    passed = _behind(architecture, layer)
    layers = [architecture.layers[each] for each in sorted(passed)]
    said = []
    smooth = sorted({each.function for each in layers if each.function in RECTIFIED - _RECTIFIERS})
    if smooth:
        template = (
            QT_TRANSLATE_NOOP(
                "Sentence",
                "For {names} deconvolution is not defined: as at a ReLU, what is positive goes back "
                "unchanged.",
            )
            if reason is UnitReason.DECONVOLUTION
            else QT_TRANSLATE_NOOP(
                "Sentence",
                "For {names} guided backpropagation is not defined: what is positive goes back times the "
                "slope there.",
            )
        )
        said.append(Sentence(template, {"names": ", ".join(smooth)}))
    if gates(architecture) & passed:
        said.append(
            Sentence(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "For the gates of squeeze-and-excitation neither method has a rule: each stays the "
                    "number it was, and no signal goes back through it.",
                )
            )
        )
    if any(each.kind in _WITHOUT_RULE or each.function == "layer_norm" for each in layers):
        said.append(
            Sentence(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "For attention and layer normalisation neither method has a rule: there it is the "
                    "gradient.",
                )
            )
        )
    return said


def _behind(architecture: Architecture, layer: int) -> set[int]:
    """Return a layer and all it is computed from, without the input."""
    found: set[int] = set()
    waiting = [layer]
    while waiting:
        each = waiting.pop()
        if each != INPUT and each not in found:
            found.add(each)
            waiting.extend(architecture.layers[each].inputs)
    return found
