"""What excites a unit: the picture that activates it most, found by gradient ascent."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.records import INPUT, Kind, Layer, Trace, Values
from convviz.nets.unit import field_in
from convviz.nets.unit_cells import Index
from convviz.nets.why.gradients import Target
from convviz.nets.why.run import Progress, Run, Wires, frozen, silent, wire, with_gradients

CLIMBING = QT_TRANSLATE_NOOP("Sentence", "Looking for the picture that excites the unit most")

# Root of the covariance of red, green and blue in ImageNet's photographs, from Lucid, the code of Olah et al.
# Grey varies most, then blue against orange, then green against purple.
_COLOURS = ((0.26, 0.09, 0.02), (0.27, 0.0, -0.05), (0.27, -0.09, 0.03))

# Periods across the picture from which on finer detail is held back.
_COARSEST = 4.0

Show = Callable[[Values, float], None]
"""Given a picture on the way, shape (C, H, W), and the target's value on it."""


@dataclass(frozen=True)
class Climb:
    """How the picture is looked for.

    Parameters
    ----------
    steps : int
        Steps of gradient ascent.
    rate : float
        Mean size of a step at the beginning, as a share of the input's range; it falls to a tenth.
    turn : float
        Largest rotation in degrees of what the network is shown, drawn anew in each step.
    zoom : float
        Largest change of size, as a share.
    move : float
        Largest shift, as a share of the picture's side.
    smooth : float
        How much fine detail is held back in each step: 0 not at all, 1 as much as there is less of it in
        photographs.
    show_every : int
        Steps from one picture on the way to the next.
    seed : int
        Of the noise it starts from and of the small transforms.
    """

    steps: int = 160
    rate: float = 0.04
    turn: float = 4.0
    zoom: float = 0.05
    move: float = 0.03
    smooth: float = 1.5
    show_every: int = 8
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Excitement:
    """The picture that was found.

    Parameters
    ----------
    picture : ndarray of float32, shape (C, H, W)
        In units of the network's input, within the bounds that were given.
    before, after : float
        The target's value on the noise at the beginning and on the picture.
    history : tuple of float
        Its value in every step, small transforms included.
    """

    picture: Values
    before: float
    after: float
    history: tuple[float, ...]


def excite(
    module: Any,
    trace: Trace,
    target: Target,
    climb: Climb = Climb(),
    bounds: tuple[NDArray[Any], NDArray[Any]] | None = None,
    show: Show | None = None,
    check: Check = nothing,
    progress: Progress = silent,
) -> Excitement:
    """Look for the picture that activates a unit, a map or a class most.

    Gradient ascent on the pixels with a step of fixed mean size: Erhan et al., "Visualizing higher-layer
    features of a deep network" (2009). What keeps it from noise, after Olah et al., "Feature visualization"
    (Distill, 2017): the network sees the picture slightly turned, shifted and zoomed, differently in each
    step; high spatial frequencies, and colours rare in photographs, grow more slowly, as if they were steeper
    to climb. Where an activation gives 0 everywhere there is no way up; there the value before it is climbed
    until the activation lets something through.

    Parameters
    ----------
    module : torch.nn.Module
        The network; left as it is.
    trace : Trace
        Any picture's: gives layers and the size of the input.
    target : Target
        A class is best given by its score before the softmax, as :class:`Target` does.
    climb : Climb
        How it is looked for; the same settings give the same picture.
    bounds : (ndarray, ndarray), optional
        Smallest and largest possible input, one number or one per channel; by default those of the trace's
        input, all channels alike.
    show : callable, optional
        Given pictures on the way.
    check : callable
        Called before every function; may raise.
    progress : callable
        Told how far the work has come; may raise.
    """
    import torch

    wires = wire(module, trace, check)
    random = torch.Generator().manual_seed(climb.seed)
    low, high = _bounds(trace, bounds)
    noise = _smoothed(torch.randn(1, *trace.input.shape, generator=random), climb.smooth)
    picture = ((low + high) / 2 + 0.05 * (high - low) * noise / noise.std()).clamp(low, high)
    below, share = before_activation(trace, target), _share_seen(trace, target)
    before, history = _value(wires, target, trace, picture, check), []
    for step in range(climb.steps):
        transform = _transform(climb, random)
        value, gradient = _slope(wires, target, trace, picture, transform, check)
        if value == 0 and below is not None and not bool(gradient.any()):
            _, gradient = _slope(wires, below, trace, picture, transform, check)
        history.append(value)
        rate = climb.rate * (1 - 0.9 * step / climb.steps) * share
        picture = _stepped(picture, gradient, rate * (high - low), climb.smooth).clamp(low, high)
        if show is not None and step % climb.show_every == climb.show_every - 1:
            show(frozen(picture[0]), value)
        progress((step + 1) / climb.steps, Sentence(CLIMBING))
    after = _value(wires, target, trace, picture, check)
    return Excitement(frozen(picture[0]), before, after, tuple(history))


def _share_seen(trace: Trace, target: Target) -> float:
    """Return by how much a step has to be smaller that goes to a part of the picture alone.

    A step's mean size is over the whole picture; what a single cell does not see stays as it is.
    """
    architecture = trace.architecture
    _, height, width = architecture.input_shape
    if target.layer is None or len(target.index) != 3:
        return 1.0
    seen = field_in(architecture, target.layer, target.index)
    rows = min(seen.top + seen.height, height) - max(seen.top, 0)
    columns = min(seen.left + seen.width, width) - max(seen.left, 0)
    return sqrt(max(1, rows) * max(1, columns) / (height * width))


def before_activation(trace: Trace, target: Target) -> Target | None:
    """Return the same target before the activation that may hold it at 0; None if there is none.

    Between the two there may be what keeps every map in its place: pooling and dropout.
    """
    layers, layer = trace.architecture.layers, layer_of(trace, target)
    while layer.kind in (Kind.ACTIVATION, Kind.POOLING, Kind.DROPOUT) and layer.inputs[0] != INPUT:
        below = layers[layer.inputs[0]]
        whole_maps = len(target.index) == 1 and below.shape[:1] == layer.shape[:1]
        if below.shape != layer.shape and not whole_maps:
            return None
        if layer.kind is Kind.ACTIVATION:
            return Target(below.index, target.index)
        layer = below
    return None


def layer_of(trace: Trace, target: Target) -> Layer:
    """Return the layer whose values are meant."""
    return trace.architecture.layers[target.layer_in(trace)]


def map_index(trace: Trace, layer: int, number: int) -> Index:
    """Return the index of map ``number`` in a layer's output; of a vector, of that value.

    Maps are the last two axes, numbered along the others: a view for shuffling channels has two of these.
    """
    shape = trace.architecture.layers[layer].shape
    numbered = shape if len(shape) == 1 else shape[:-2]
    return tuple(int(n) for n in np.unravel_index(number, numbered)) if numbered else ()


def _bounds(trace: Trace, bounds: tuple[NDArray[Any], NDArray[Any]] | None) -> tuple[Any, Any]:
    import torch

    given = (trace.input.min(), trace.input.max()) if bounds is None else bounds
    low, high = (torch.from_numpy(np.array(b, np.float32).reshape(1, -1, 1, 1)) for b in given)
    # A picture of one colour has no range.
    return low, torch.maximum(high, low + 1e-3)


def _value(wires: Wires, target: Target, trace: Trace, picture: Any, check: Check) -> float:
    import torch

    with torch.no_grad():
        return float(_target(wires, target, trace, picture, check))


def _target(wires: Wires, target: Target, trace: Trace, given: Any, check: Check) -> Any:
    held: list[Any] = []
    layer = target.layer_in(trace)

    def hold(output: Any) -> Any:
        held.append(output)
        return output

    Run({layer: hold}, until=layer, check=check).of(wires, given)
    # Windows of attention stand where the batch stood.
    return target.of(held[0].reshape(1, *trace.architecture.layers[layer].shape)).sum()


def _slope(
    wires: Wires, target: Target, trace: Trace, picture: Any, transform: tuple[float, ...], check: Check
) -> tuple[float, Any]:
    """Return the target's value on the transformed picture, and its gradient on the picture."""
    import torch

    with with_gradients():
        leaf = picture.detach().clone().requires_grad_(True)
        value = _target(wires, target, trace, _turned(leaf, transform), check)
        gradient = None
        if value.requires_grad:
            (gradient,) = torch.autograd.grad(value, leaf, allow_unused=True)
    return float(value.detach()), torch.zeros_like(picture) if gradient is None else gradient


def _transform(climb: Climb, random: Any) -> tuple[float, ...]:
    """Draw an angle in radians, a change of size, and shifts in half sides of the picture."""
    import torch

    angle, zoom, y, x = (2 * torch.rand(4, generator=random) - 1).tolist()
    return radians(climb.turn) * angle, 1 + climb.zoom * zoom, 2 * climb.move * y, 2 * climb.move * x


def _turned(picture: Any, transform: tuple[float, ...]) -> Any:
    import torch

    angle, zoom, y, x = transform
    rows = [[zoom * cos(angle), -zoom * sin(angle), x], [zoom * sin(angle), zoom * cos(angle), y]]
    functional = torch.nn.functional
    grid = functional.affine_grid(torch.tensor([rows]), list(picture.shape), align_corners=False)
    return functional.grid_sample(picture, grid, padding_mode="reflection", align_corners=False)


def _stepped(picture: Any, gradient: Any, rate: Any, smooth: float) -> Any:
    """Return the picture a step further up, the step being ``rate`` in its root mean square."""
    step = _smoothed(_together(gradient), smooth)
    size = step.square().mean().sqrt()
    return picture if float(size) == 0 else picture + rate * step / size


def _together(gradient: Any) -> Any:
    """Return a gradient as seen in colours that vary independently, if there are three."""
    import torch

    if gradient.shape[1] != 3:
        return gradient
    root = torch.tensor(_COLOURS)
    covariance = root @ root.T
    mixing = (covariance / covariance.diagonal().mean() + torch.eye(3)) / 2
    return torch.einsum("ij,njyx->niyx", mixing, gradient)


def _smoothed(values: Any, smooth: float) -> Any:
    """Return pictures with every spatial frequency f weakened by f^smooth, the lowest alike."""
    import torch

    height, width = values.shape[-2:]
    rows, columns = torch.fft.fftfreq(height)[:, None] * height, torch.fft.rfftfreq(width) * width
    frequency = (rows.square() + columns.square()).sqrt().clamp(min=_COARSEST)
    # The mean colour would run into its bounds before anything can be seen.
    frequency[0, 0] = 10 * _COARSEST
    return torch.fft.irfft2(torch.fft.rfft2(values) / frequency**smooth, s=(height, width))
