"""A network that has learned to count fragments "11", beside the weights that were thought out by hand."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from convviz.core.number_style import NumberStyle, number_style
from convviz.core.pieces import Line
from convviz.core.shown import number
from convviz.nets.learn.build import build, fill, to_vector
from convviz.nets.learn.by_hand import PLAN, SHAPE, by_hand
from convviz.nets.learn.expression import expression
from convviz.nets.learn.history import Figures
from convviz.nets.learn.made import lecture_indices
from convviz.nets.learn.plan import LayerKind, NetworkPlan
from convviz.nets.learn.run import Run
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Loss, Optimiser, TrainingPlan


@dataclass(frozen=True, eq=False)
class Judged:
    """What one set of weights makes of the 64 pictures.

    Parameters
    ----------
    lecture_loss, loss : float
        Mean of (F(P) − Y)² over the lecture's three pictures, and over all 64.
    right : int
        How many of the 64 answers, rounded, are the right count.
    lines : tuple of Line
        The network as an expression with its numbers, and, of what was learned, with symbols before; empty if
        it is too large.
    filters, neurons : tuple of tuple of str
        The weights of every filter and of every neuron, as they are written, the bias last.
    """

    lecture_loss: float
    loss: float
    right: int
    lines: tuple[Line, ...]
    filters: tuple[tuple[str, ...], ...]
    neurons: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Weights that were learned beside those by hand."""

    learned: Judged
    hand: Judged


def can_compare(run: Run) -> bool:
    """Return whether a run learns what the weights by hand are for, as one number."""
    return run.plan.loss is Loss.SQUARED and _counts_fragments(run.samples)


def compare(run: Run, lines: tuple[Line, ...]) -> Comparison | None:
    """Return how the weights in the run's mirror do beside those by hand; None if these are for other data.

    Parameters
    ----------
    run : Run
        In the thread that runs it.
    lines : tuple of Line
        Its network as :func:`convviz.nets.learn.expression.expression` writes it.
    """
    import torch

    if not can_compare(run):
        return None
    with torch.no_grad():
        answers = run.mirror(torch.from_numpy(run.samples.inputs())).numpy()
    answered = _hand_answers(run.samples.inputs().tobytes())
    hand = _hand_lines(number_style())
    learned = _judge(run, answers, lines[:2], run.network, to_vector(run.mirror))
    return Comparison(learned, _judge(run, answered, hand, PLAN, by_hand()))


def figures_by_hand(samples: Samples) -> Figures | None:
    """Return how the lecture's weights by hand do on ``samples``; None if these are not what they are for."""
    if not _counts_fragments(samples):
        return None
    plan = TrainingPlan(Loss.SQUARED, Optimiser.SGD, 1.0, 1, 1, 0)
    return Run(PLAN, plan, samples, by_hand()).history.figures[0]


def _counts_fragments(samples: Samples) -> bool:
    return samples.counts and samples.shape == SHAPE


@cache
def _hand_lines(style: NumberStyle) -> tuple[Line, ...]:
    """Return the expression of the weights by hand as it is written in ``style``, the one in force."""
    del style
    return expression(PLAN, SHAPE, by_hand(), np.zeros(SHAPE, np.float32))[1:2]


@cache
def _hand_answers(inputs: bytes) -> NDArray[np.float32]:
    """Return what the network by hand answers; the same at every look."""
    import torch

    module = build(PLAN, SHAPE, 0)
    fill(module, by_hand())
    given = np.frombuffer(inputs, np.float32).reshape(-1, *SHAPE)
    with torch.no_grad():
        answers: NDArray[np.float32] = module(torch.from_numpy(given.copy())).numpy()
    return answers


def _judge(
    run: Run,
    answers: NDArray[np.float32],
    lines: tuple[Line, ...],
    plan: NetworkPlan,
    weights: NDArray[np.float32],
) -> Judged:
    errors = np.square(answers[:, 0] - run.samples.labels)
    right = int((run.classes_of(answers) == run.samples.labels).sum())
    kinds = _written(plan, weights)
    return Judged(
        float(errors[lecture_indices()].mean()),
        float(errors.mean()),
        right,
        lines,
        kinds[LayerKind.CONVOLUTION],
        kinds[LayerKind.DENSE],
    )


def _written(plan: NetworkPlan, weights: NDArray[np.float32]) -> dict[LayerKind, tuple[tuple[str, ...], ...]]:
    """Return the numbers of all filters and of all neurons, each with its bias at the end."""
    found: dict[LayerKind, list[tuple[str, ...]]] = {LayerKind.CONVOLUTION: [], LayerKind.DENSE: []}
    start = 0
    for layer, count in zip(plan.layers, plan.weights(SHAPE), strict=True):
        if layer.kind not in found:
            continue
        biases = weights[start + count - layer.count : start + count]
        kernels = weights[start : start + count - layer.count].reshape(layer.count, -1)
        found[layer.kind] += [
            tuple(number(float(one)).signed for one in (*kernel, bias))
            for kernel, bias in zip(kernels, biases, strict=True)
        ]
        start += count
    return {kind: tuple(all_) for kind, all_ in found.items()}
