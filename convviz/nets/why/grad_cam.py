"""Grad-CAM: which places of the last maps speak for a class."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.records import Architecture, Kind, Layer, Trace, Values
from convviz.nets.why.gradients import Target
from convviz.nets.why.run import Run, check_same, frozen, tensor_of, wire, with_gradients

# What only makes maps smaller, or passes them on, says no more than the layer before.
_PASSING = (Kind.POOLING, Kind.GLOBAL_POOLING, Kind.DROPOUT, Kind.PAD, Kind.RESHAPE, Kind.FLATTEN)


@dataclass(frozen=True, eq=False)
class GradCam:
    """Where the evidence for a class lies.

    Parameters
    ----------
    layer : int
        Whose maps were weighted.
    weights : ndarray of float32, shape (C,)
        Mean gradient of the score over each map: what the map says about the class.
    coarse : ndarray of float32, shape (h, w)
        ReLU of the weighted sum of the maps; 0 or more.
    heat : ndarray of float32, shape (H, W)
        The same at the size of the network's input, bilinear, divided by its largest value: 0 to 1.
    score : float
        The class score.
    """

    layer: int
    weights: Values
    coarse: Values
    heat: Values
    score: float


def default_layer(architecture: Architecture) -> tuple[int, Sentence]:
    """Return the layer for Grad-CAM where none is chosen, and why.

    It is the last one with maps of more than one cell that is no pooling and does not just pass them on.

    Raises
    ------
    Problem
        If the network has no such layer.
    """
    usable = [layer for layer in architecture.layers if _has_places(layer)]
    telling = [layer for layer in usable if layer.kind not in _PASSING]
    if not usable:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "Grad-CAM needs a layer with maps of several cells, and this network has none."
            )
        )
    layer = (telling or usable)[-1]
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{layer}: the last layer whose maps, {height} × {width}, still say where something is. What lies "
            "behind it is about the whole picture; what lies before it knows less about the classes.",
        ),
        {"layer": layer.name, "height": layer.shape[1], "width": layer.shape[2]},
    )
    return layer.index, why


def _has_places(layer: Layer) -> bool:
    return layer.is_map and layer.fields is not None and layer.shape[1] * layer.shape[2] > 1


def grad_cam(
    module: Any, trace: Trace, number: int, layer: int | None = None, check: Check = nothing
) -> GradCam:
    """Return where the maps of a layer speak for a class.

    ReLU(Σ over maps of α·A) with α the mean over the map of ∂score/∂A. Selvaraju et al., "Grad-CAM: visual
    explanations from deep networks via gradient-based localization" (2017), equations 1 and 2; the score is
    the one before the softmax.

    Parameters
    ----------
    module : torch.nn.Module
        The network; left as it is.
    trace : Trace
        What the picture did in it.
    number : int
        Of the class.
    layer : int, optional
        A layer with maps; by default :func:`default_layer`.
    check : callable
        Called before every function; may raise.

    Raises
    ------
    Problem
        If the layer has no maps, or the network computes other values than in the trace.
    """
    import torch

    chosen = default_layer(trace.architecture)[0] if layer is None else layer
    if not trace.architecture.layers[chosen].is_map:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "Grad-CAM shows places in maps, and {layer} has no maps; choose a layer before it.",
            ),
            layer=trace.architecture.layers[chosen].name,
        )
    target, held = Target(None, (number,)), {}

    def hold(at: int) -> Any:
        def tap(output: Any) -> Any:
            # The layer's tensor must be part of the way back even where nothing before it needs gradients.
            held[at] = output if output.requires_grad else output.requires_grad_(True)
            return held[at]

        return tap

    wires, scores = wire(module, trace, check), target.layer_in(trace)
    with with_gradients():
        given = tensor_of(trace).requires_grad_(True)
        Run({at: hold(at) for at in (chosen, scores)}, check=check).of(wires, given)
        check_same(held[scores], trace, scores)
        score = target.of(held[scores]).sum()
        gradient = None
        if score.requires_grad:
            (gradient,) = torch.autograd.grad(score, held[chosen], allow_unused=True)
    maps = held[chosen].detach()
    gradient = torch.zeros_like(maps) if gradient is None else gradient
    weights = gradient.mean(dim=(2, 3))[0]
    coarse = torch.relu((weights[:, None, None] * maps[0]).sum(dim=0))
    heat = torch.nn.functional.interpolate(
        coarse[None, None], trace.input.shape[1:], mode="bilinear", align_corners=False
    )[0, 0]
    largest = float(heat.max())
    shown = np.asarray(heat.numpy()) / (largest if largest > 0 else 1)
    return GradCam(chosen, frozen(weights), frozen(coarse), frozen(shown), float(score.detach()))
