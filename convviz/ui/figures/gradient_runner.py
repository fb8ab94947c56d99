"""Sizes of gradients, from a worker thread."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from convviz.files.samples import open_sample
from convviz.nets.gradient_sizes import GradientSizes, Setting, gradient_sizes
from convviz.nets.preprocessing import Preprocessing
from convviz.nets.records import Values
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

SIDE = 32
"""Rows and columns of what the networks are given."""

_SAMPLE = "cat"


class Given(StrEnum):
    """What the networks are given: the photograph of the cat, or normal random numbers from the seed."""

    PHOTO = "photo"
    NOISE = "noise"


@dataclass(frozen=True)
class Experiment:
    """Two networks and what they are given."""

    setting: Setting
    given: Given


def given_picture(experiment: Experiment) -> Values:
    """Return what the networks are given, shape (3, 32, 32), with a mean near 0 and a deviation near 1."""
    if experiment.given is Given.NOISE:
        rng = np.random.default_rng(experiment.setting.seed)
        return rng.normal(size=(3, SIDE, SIDE)).astype(np.float32)
    values, _ = Preprocessing(size=(SIDE, SIDE), shorter=SIDE).apply(open_sample(_SAMPLE))
    return values


def _run(experiment: Experiment, context: JobContext) -> GradientSizes:
    import torch

    before = torch.get_num_threads()
    # Layers this small cost more to share out than to compute, and seconds where other programs are at work.
    torch.set_num_threads(1)
    try:
        return gradient_sizes(experiment.setting, given_picture(experiment), context.check)
    finally:
        torch.set_num_threads(before)


class GradientRunner(QObject):
    """Computes the newest experiment; one that is being computed is given up for it.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    came = Signal(object)  # GradientSizes of the newest experiment
    failed = Signal(object)  # Sentence: why there are none
    defect = Signal(str)  # details of an error nobody foresaw
    busy_changed = Signal(bool)  # whether sizes are awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._finish)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether sizes are awaited."""
        return self._lane.busy

    def run(self, experiment: Experiment) -> None:
        """Compute ``experiment``, and nothing before it any more."""
        self._lane.submit(experiment, _run, new_epoch=True)

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, GradientSizes):
            self.came.emit(outcome.result)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
