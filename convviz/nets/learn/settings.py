"""How a network learns: loss, optimiser and their numbers."""

import math
from dataclasses import dataclass
from enum import StrEnum

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

MOST_EPOCHS = 5000
MOST_BATCH = 4096


class Loss(StrEnum):
    """What is made small."""

    SQUARED = "squared error"
    CROSS_ENTROPY = "cross-entropy"


class Optimiser(StrEnum):
    """How weights follow the gradient."""

    SGD = "SGD"
    MOMENTUM = "momentum"
    ADAM = "Adam"


@dataclass(frozen=True)
class TrainingPlan:
    """The settings of a run.

    Parameters
    ----------
    loss : Loss
        Mean over a batch: of (F(P) − Y)² summed over the outputs, or of −log of the right class's share.
    optimiser : Optimiser
        Plain gradient descent, with a momentum of 0.9, or Adam (Kingma & Ba, 2015).
    rate : float
        Learning rate, above 0.
    batch : int
        Pictures per step.
    epochs : int
        How often every picture is shown.
    seed : int
        Of the first weights and the order of the pictures, 0 or more.

    Raises
    ------
    Problem
        If a number is out of bounds.
    """

    loss: Loss = Loss.SQUARED
    optimiser: Optimiser = Optimiser.ADAM
    rate: float = 0.05
    batch: int = 16
    epochs: int = 100
    seed: int = 1

    def __post_init__(self) -> None:
        if not (math.isfinite(self.rate) and self.rate > 0):
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "The learning rate must be a number above 0."))
        if not 1 <= self.epochs <= MOST_EPOCHS:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "There can be from 1 to {most} epochs."), most=MOST_EPOCHS
            )
        if not 1 <= self.batch <= MOST_BATCH:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "A batch has from 1 to {most} pictures."), most=MOST_BATCH
            )
        if self.seed < 0:
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "A seed is a whole number, 0 or more."))
