"""What the pixels contribute to a score: gradient × input, guided backpropagation, deconvolution."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from convviz.engine.checks import Check, nothing
from convviz.nets.records import Architecture, Kind, Trace, Values
from convviz.nets.unit_cells import Index
from convviz.nets.why.run import Run, check_same, frozen, score_layer, tensor_of, wire, with_gradients

_GATES = ("sigmoid", "hardsigmoid")


class Method(StrEnum):
    """How a score is followed back to the pixels; they differ at the activations alone.

    ``GRADIENT`` is the derivative. ``DECONVOLUTION`` lets positive signals back through every activation,
    wherever it was active (Zeiler & Fergus, "Visualizing and understanding convolutional networks", 2014);
    max poolings send them to the winner. ``GUIDED`` lets them back only where the activation was active as
    well (Springenberg et al., "Striving for simplicity: the all convolutional net", 2015). Neither paper has
    a rule for gates (:func:`gates`): for both they stay the numbers they were.
    """

    GRADIENT = "gradient"
    DECONVOLUTION = "deconvolution"
    GUIDED = "guided backpropagation"


@dataclass(frozen=True)
class Target:
    """What is explained: one unit of a layer, a whole map of it, or a class.

    Parameters
    ----------
    layer : int or None
        Index of the layer; None for the class scores.
    index : tuple of int
        (channel, y, x) or (channel,) in maps: the latter stands for the sum over the map. (n,) in a vector;
        for a class, its number. An index shorter than the output has axes stands for the sum over the others.
    """

    layer: int | None
    index: Index

    def layer_in(self, trace: Trace) -> int:
        """Return the layer, that of the class scores if none is named."""
        return score_layer(trace) if self.layer is None else self.layer

    def of(self, output: Any) -> Any:
        """Return the target's value in the layer's output, a torch.Tensor with its batch: one per picture."""
        if self.layer is None:
            return output.reshape(len(output), -1)[:, self.index[0]]
        return output[(slice(None), *self.index)].reshape(len(output), -1).sum(dim=1)


@dataclass(frozen=True, eq=False)
class Attribution:
    """A value for every number of the network's input.

    Parameters
    ----------
    values : ndarray of float32, shape (C, H, W)
        Read-only; any sign, in score per unit of input (gradients) or in score (gradient × input).
    score : float
        The target's value.
    """

    values: Values
    score: float

    @property
    def by_pixel(self) -> Values:
        """The sum over the channels, shape (H, W): of gradient × input, what each pixel adds."""
        return frozen(self.values.sum(axis=0))

    @property
    def strength(self) -> Values:
        """The largest size over the channels, divided by the largest of all: 0 to 1, shape (H, W)."""
        sizes = np.abs(self.values).max(axis=0)
        return frozen(sizes / (sizes.max() or 1))

    def as_colours(self) -> Values:
        """Return the values as the papers show them: a picture (H, W, C), 0 to 1, with 0.5 for nothing.

        Scaled so that of what is not zero one value in two hundred is cut off: single pixels would make all
        others grey, and what a unit does not see would make all it sees glaring.
        """
        sizes = np.abs(self.values)
        sizes = sizes[sizes > 0]
        largest = float(np.quantile(sizes, 0.995)) if sizes.size else 1.0
        return frozen(np.clip(np.moveaxis(self.values / (2 * largest) + 0.5, 0, -1), 0, 1))


def pixels(
    module: Any, trace: Trace, target: Target, method: Method = Method.GRADIENT, check: Check = nothing
) -> Attribution:
    """Follow a unit, a map or a class back to the pixels.

    Parameters
    ----------
    module : torch.nn.Module
        The network; left as it is.
    trace : Trace
        What the picture did in it.
    target : Target
        What is followed.
    method : Method
        The rule at the activations.
    check : callable
        Called before every function; may raise.

    Returns
    -------
    Attribution
        Zero outside the receptive field.

    Raises
    ------
    Problem
        If the network computes other values than in the trace.
    IndexError
        If there is no such unit.
    """
    import torch

    layer, held = target.layer_in(trace), []

    def hold(output: Any) -> Any:
        held.append(output)
        return output

    kept = frozenset() if method is Method.GRADIENT else gates(trace.architecture)
    taps = {**dict.fromkeys(kept, torch.Tensor.detach), layer: hold}
    wires = wire(module, trace, check)
    with with_gradients():
        given = tensor_of(trace).requires_grad_(True)
        Run(taps, activation=_rule(method), until=layer, check=check).of(wires, given)
        check_same(held[0], trace, layer)
        # Windows of attention stand where the batch stood.
        score = target.of(held[0].reshape(1, *trace.outputs[layer].shape)).sum()
        gradient = None
        if score.requires_grad:
            (gradient,) = torch.autograd.grad(score, given, allow_unused=True)
    values = np.zeros(trace.input.shape, np.float32) if gradient is None else gradient[0]
    return Attribution(frozen(values), float(score.detach()))


def gates(architecture: Architecture) -> frozenset[int]:
    """Return the layers whose outputs, from 0 to 1, weigh other maps, as in squeeze-and-excitation.

    x · σ(x), which is how some networks write Swish, weighs itself and counts as no gate.
    """
    found = set()
    for layer in architecture.layers:
        if layer.kind is not Kind.MULTIPLY:
            continue
        for each in layer.inputs:
            gate = architecture.layers[each] if each >= 0 else None
            others = set(layer.inputs) - {each}
            if gate is not None and gate.function in _GATES and not others & set(gate.inputs):
                found.add(each)
    return frozenset(found)


def gradient_times_input(module: Any, trace: Trace, target: Target, check: Check = nothing) -> Attribution:
    """Return the gradient times the input: what each number adds, as far as the network is linear.

    The parameters are those of :func:`pixels`. Shrikumar et al., "Not just a black box" (2016).
    """
    found = pixels(module, trace, target, Method.GRADIENT, check)
    return Attribution(frozen(found.values * trace.input), found.score)


def _rule(method: Method) -> Any:
    """Return what becomes of an activation's output: the same values, and the method's way back."""
    if method is Method.GRADIENT:
        return None
    import torch

    class PositiveBack(torch.autograd.Function):
        """The activation's values forwards, what is positive backwards."""

        @staticmethod
        def forward(ctx: Any, before: Any, after: Any) -> Any:
            return after.clone()

        @staticmethod
        def backward(ctx: Any, *gradients: Any) -> Any:
            kept = gradients[0].clamp(min=0)
            # Guided: on through the activation. Deconvolution: past it.
            return (None, kept) if method is Method.GUIDED else (kept, None)

    def rule(before: Any, after: Any) -> Any:
        # torch gives it no types.
        return PositiveBack.apply(before, after)  # type: ignore[no-untyped-call]

    return rule
