"""What is seen of a network at one epoch: filters, the maps of one picture, figures, its expression."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.pieces import Line
from convviz.nets.learn.build import fill, to_vector
from convviz.nets.learn.compare import Comparison, compare
from convviz.nets.learn.expression import expression
from convviz.nets.learn.history import Figures
from convviz.nets.learn.plan import LayerKind
from convviz.nets.learn.run import Run

# More filters of a layer and more maps than this are not shown.
MOST_SHOWN = 16


@dataclass(frozen=True, eq=False)
class Filters:
    """Weights of one layer.

    Parameters
    ----------
    layer : int
        From 0.
    weights : ndarray of float32
        (filters, channels, kh, kw); of a dense layer (neurons, 1, 1, inputs).
    """

    layer: int
    weights: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Look:
    """A network at one epoch, or between two.

    Parameters
    ----------
    figures : Figures
        Of the last epoch that had ended.
    gradients : tuple of float
        As in :class:`Figures`, of the newest step where that is later.
    filters : tuple of Filters
        Of the layers with weights, at most 16 of each.
    maps : tuple of ndarray of float32
        What every layer makes of the chosen picture, without the batch; at most 16 maps of each.
    picture : int
        Which picture that is.
    taken : int
        The class it is taken for.
    answers : ndarray of float32
        The network's output for it.
    lines : tuple of Line
        The network as an expression; empty if it is too large.
    comparison : Comparison or None
        The network beside the one by hand, where both do the same.
    """

    figures: Figures
    gradients: tuple[float, ...]
    filters: tuple[Filters, ...]
    maps: tuple[NDArray[np.float32], ...]
    picture: int
    taken: int
    answers: NDArray[np.float32]
    lines: tuple[Line, ...]
    comparison: Comparison | None = None


def look(run: Run, picture: int, epoch: int | None = None) -> Look:
    """Return what is seen of ``run`` after ``epoch``, by default as it is now.

    Parameters
    ----------
    run : Run
        In the thread that runs it.
    picture : int
        Which picture's maps are looked at.
    epoch : int, optional
        If its weights were given up, those of the nearest before.
    """
    import torch

    history = run.history
    if epoch is None:
        figures, vector = history.figures[-1], to_vector(run.module)
        # There are none of a step that was given up.
        gradients = run.gradients() or figures.gradients
    else:
        kept, vector = history.weights(min(epoch, history.figures[-1].epoch))
        figures = history.figures[kept]
        gradients = figures.gradients
    fill(run.mirror, vector)
    values = torch.from_numpy(run.samples.inputs(np.array([picture])))
    maps = []
    with torch.no_grad():
        for part in run.mirror:
            values = part(values)
            maps.append(values[0, :MOST_SHOWN].numpy().copy())
    answers = values[0].numpy().copy()
    taken = int(run.classes_of(answers[None])[0])
    lines = expression(run.network, run.samples.shape, vector, run.samples.inputs(np.array([picture]))[0])
    comparison = compare(run, lines)
    return Look(figures, gradients, _filters(run), tuple(maps), picture, taken, answers, lines, comparison)


def _filters(run: Run) -> tuple[Filters, ...]:
    found = []
    for number, (layer, part) in enumerate(zip(run.network.layers, run.mirror, strict=True)):
        if layer.kind is LayerKind.CONVOLUTION:
            found.append(Filters(number, part.weight.detach().numpy()[:MOST_SHOWN].copy()))
        elif layer.kind is LayerKind.DENSE:
            weights = part.weight.detach().numpy()[:MOST_SHOWN]
            found.append(Filters(number, weights[:, None, None, :].copy()))
    return tuple(found)
