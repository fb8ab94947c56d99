"""Whether a run has come near its goal, or stands still far from it."""

import math
from collections.abc import Sequence

import numpy as np

from convviz.nets.learn.history import Figures
from convviz.nets.learn.samples import Samples

COUNTED = 0.01
"""Loss below which counts are learned: every answer is then within a tenth of its number, in the mean."""

# A quarter of the epochs run, and at least so many: epochs scatter, and a training may rest for some at its
# beginning, which is no reason to give it up.
_SHARE, _LEAST = 4, 10
# What has fallen by less than a tenth in a quarter of the time will lose a third in as much time again.
_FALL = 0.1


def goal(samples: Samples, squared_error: bool) -> float:
    """Return the loss on the training pictures below which a network has learned something from them.

    Counts can be learned exactly, so little may remain of their squared error. Of other data nobody knows how
    little can be reached; half of what the best constant answer has is far from that, whatever it is. That
    answer is the share p of each class: its cross-entropy is −Σ p·log p, its squared error 1 − Σ p².

    Parameters
    ----------
    samples : Samples
        What is learned from.
    squared_error : bool
        Which loss it is.
    """
    return COUNTED if samples.counts and squared_error else constant_loss(samples, squared_error) / 2


def constant_loss(samples: Samples, squared_error: bool) -> float:
    """Return the loss of the best answer that is the same for every training picture.

    For counts under squared error that is their mean, with their variance; else see :func:`goal`.
    """
    labels = samples.labels[samples.training]
    if samples.counts and squared_error:
        return float(labels.var())
    shares = np.bincount(labels, minlength=len(samples.classes)) / len(labels)
    if squared_error:
        return float(1 - np.square(shares).sum())
    present = shares[shares > 0]
    return float(-(present * np.log(present)).sum())


def last_good(figures: Sequence[Figures], samples: Samples, squared_error: bool) -> Figures:
    """Return the newest epoch whose weights are worth going back to.

    A loss of 10³⁰ is still a number, but its weights are as lost as those of the step after. Good are weights
    with which the loss of every picture that was asked is finite, and that on the training pictures is no
    greater than it was before the first step, or than that of the best constant answer, whichever is more. If
    there are none, it is the first epoch of all.

    Parameters
    ----------
    figures : sequence of Figures
        Of the epochs whose weights are kept, from the first, before any step.
    samples : Samples
        What is learned from.
    squared_error : bool
        Which loss it is.
    """
    first = figures[0]
    most = max(first.loss if math.isfinite(first.loss) else 0.0, constant_loss(samples, squared_error))
    good = (one for one in reversed(figures) if one.loss <= most and math.isfinite(one.val_loss))
    return next(good, first)


def is_short(figures: Sequence[Figures], wanted: float) -> bool:
    """Return whether the newest epoch's loss has not come down to ``wanted``."""
    return figures[-1].loss >= wanted


def is_stuck(figures: Sequence[Figures], wanted: float) -> bool:
    """Return whether the loss stands still above ``wanted``.

    It does if the best epoch of the last quarter, of ten epochs at least, has a loss less than a tenth below
    that of the best one before; as much time again would then take less than a third off it. Before 40 epochs
    nothing is said: in the first ones a loss often rests and then falls.

    Parameters
    ----------
    figures : sequence of Figures
        Of every epoch, from the one before the first step.
    wanted : float
        Loss from :func:`goal`.
    """
    last = still_epochs(len(figures) - 1)
    if len(figures) <= _SHARE * _LEAST or min(one.loss for one in figures[-last:]) < wanted:
        return False
    before = min(one.loss for one in figures[:-last])
    return min(one.loss for one in figures[-last:]) > before * (1 - _FALL)


def still_epochs(epochs: int) -> int:
    """Return how many of the last epochs are compared with those before, of so many that have been run."""
    return max(_LEAST, epochs // _SHARE)
