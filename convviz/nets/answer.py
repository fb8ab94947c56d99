"""What a network says of one class taken apart: its score, and the share of all classes that it comes to."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.records import INPUT, Kind, Layer, Trace
from convviz.nets.unit_cells import Index

# What float32 arithmetic may be off by, relatively, for each unit of the largest score.
_ROUNDING = 16 * 2.0**-23
_ONLY_ARRANGED = (Kind.FLATTEN, Kind.RESHAPE, Kind.DROPOUT)


class Rule(StrEnum):
    """What makes probabilities of scores."""

    SOFTMAX = "softmax"
    SIGMOID = "sigmoid"


@dataclass(frozen=True, eq=False)
class Answer:
    """How probable a network calls a class, and why that many per cent.

    With scores z, m the largest of them: p = e^(z − m) / Σ e^(zⱼ − m), which is the softmax: m cancels, and
    keeps the powers from growing beyond what a computer can hold. Where every class is judged by itself, or
    there is only one: p = σ(z) = 1 / (1 + e^(−z)).

    Parameters
    ----------
    number : int
        Of the class.
    rule : Rule
        What makes probabilities of scores.
    scores : ndarray of float64, shape (N,)
        Of all classes, as the network gave them.
    layer : int
        Whose output the scores are; :data:`convviz.nets.records.INPUT` for the network's input.
    own : float or None
        The network's own probability; None if it ends with the scores.
    """

    number: int
    rule: Rule
    scores: NDArray[np.float64]
    layer: int
    own: float | None

    @property
    def score(self) -> float:
        """That of the class."""
        return float(self.scores[self.number])

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """Numbers of the classes, the largest score first."""
        return np.argsort(-self.scores, kind="stable")

    @property
    def best(self) -> int:
        """Number of the class with the largest score."""
        return int(self.order[0])

    @property
    def rival(self) -> int | None:
        """The best class that is another one; None if there is none."""
        return next((int(n) for n in self.order[:2] if n != self.number), None)

    @cached_property
    def powers(self) -> NDArray[np.float64]:
        """e^(z − m) of all classes: 0 to 1."""
        return np.asarray(np.exp(self.scores - self.scores.max()))

    @property
    def power(self) -> float:
        """That of the class."""
        return float(self.powers[self.number])

    @cached_property
    def total(self) -> float:
        """The sum of all powers: 1 to N."""
        return float(self.powers.sum())

    @property
    def probability(self) -> float:
        """That of the class, computed in float64 from the network's scores."""
        return sigmoid(self.score) if self.rule is Rule.SIGMOID else self.power / self.total

    @property
    def agrees(self) -> bool:
        """Whether the network's own probability, if it gives one, is this but for rounding."""
        if self.own is None:
            return True
        size = 1 + float(np.abs(self.scores[np.isfinite(self.scores)]).max(initial=0.0))
        return abs(self.own - self.probability) <= _ROUNDING * size * max(self.probability, 2.0**-100)


def scores_of(trace: Trace) -> NDArray[np.float64]:
    """Return the scores of all classes, shape (N,): what goes into the softmax or the sigmoid at the end."""
    last = trace.architecture.layers[-1]
    ends = last.kind is Kind.SOFTMAX or last.function == "sigmoid"
    layer = last.inputs[0] if ends and last.inputs else last.index
    given = trace.input if layer == INPUT else trace.outputs[layer]
    # What is joined on the way has no score for each class.
    return (given if given.size == trace.scores.size else trace.scores).reshape(-1).astype(np.float64)


def explain_answer(trace: Trace, number: int) -> Answer:
    """Take apart how probable a network calls class ``number``.

    Raises
    ------
    IndexError
        If there is no such class.
    Problem
        If the scores are such that no share can be made of them, or it is not known how the network makes it.
    """
    last = trace.architecture.layers[-1]
    count = trace.scores.size
    if not 0 <= number < count:
        raise IndexError(f"class {number} of {count}")
    rule, own_rule = _rule(last, count)
    if own_rule and not last.inputs:
        raise _unknown(last)
    layer = last.inputs[0] if own_rule else last.index
    given = trace.input if layer == INPUT else trace.outputs[layer]
    if own_rule and given.shape != trace.outputs[-1].shape:
        raise _unknown(last)
    scores = given.reshape(-1).astype(np.float64)
    _check_scores(scores, number, rule)
    own = float(trace.probabilities()[number]) if own_rule else None
    return Answer(number, rule, scores, layer, own)


def _rule(last: Layer, count: int) -> tuple[Rule, bool]:
    """Return what makes probabilities of the scores, and whether the network's last layer does it itself."""
    if last.function == "sigmoid":
        return Rule.SIGMOID, True
    if last.kind is not Kind.SOFTMAX:
        return (Rule.SIGMOID if count == 1 else Rule.SOFTMAX), False
    # Over maps there is one softmax for each cell; of the negative scores it is another function.
    if len(last.shape) != 1 or last.function not in ("softmax", "log_softmax"):
        raise _unknown(last)
    return Rule.SOFTMAX, True


def _check_scores(scores: NDArray[np.float64], number: int, rule: Rule) -> None:
    """Raise a Problem if the formula would divide infinity by infinity."""
    judged = scores if rule is Rule.SOFTMAX else scores[number : number + 1]
    bad = np.flatnonzero(np.isnan(judged) | (judged == np.inf))
    if rule is Rule.SIGMOID:
        bad = bad[np.isnan(judged[bad])]
    if bad.size:
        at = int(bad[0]) if rule is Rule.SOFTMAX else number
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The score of class {number} is {value}, so no probabilities can be made of the scores. Look "
                "for the first layer whose values are not finite.",
            ),
            number=at,
            value="NaN" if math.isnan(scores[at]) else "∞",
        )
    if rule is Rule.SOFTMAX and not np.isfinite(judged).any():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "All scores are −∞, so no probabilities can be made of them: 0 would be divided by 0.",
            )
        )


def _unknown(last: Layer) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The network ends with {function} in a way that is not taken apart here; see its last layer.",
        ),
        function=last.function,
    )


def score_unit(trace: Trace, number: int) -> tuple[int, Index]:
    """Return the layer that computes the score of a class, as a rule the last linear one, and the unit in it.

    Raises
    ------
    Problem
        As :func:`explain_answer`.
    """
    layer = explain_answer(trace, number).layer
    layers = trace.architecture.layers
    while layer != INPUT and layers[layer].kind in _ONLY_ARRANGED and layers[layer].inputs:
        before = layers[layer].inputs[0]
        # A layer of maps with one cell each still has a cell for every class, in the same order.
        if before == INPUT or trace.outputs[before].size != trace.outputs[layer].size:
            break
        layer = before
    shape = trace.input.shape if layer == INPUT else trace.outputs[layer].shape
    return layer, tuple(int(i) for i in np.unravel_index(number, shape))


def sigmoid(score: float) -> float:
    """Return σ(z) = 1 / (1 + e^(−z)), without overflow."""
    if score >= 0:
        return 1 / (1 + math.exp(-score))
    return math.exp(score) / (1 + math.exp(score))
