"""One run: a network, its data and its optimiser, moved on step by step, the same way for the same seed."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.learn.build import build, fill, to_vector
from convviz.nets.learn.by_hand import PLAN as BY_HAND
from convviz.nets.learn.by_hand import SHAPE as BY_HAND_SHAPE
from convviz.nets.learn.by_hand import by_hand
from convviz.nets.learn.history import Figures, History
from convviz.nets.learn.plan import LayerKind, NetworkPlan
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Loss, Optimiser, TrainingPlan

# Pictures whose answers are looked at after every epoch; more would make epochs wait.
_ASKED, _AT_ONCE = 1000, 250
_WORST = 8
_MOMENTUM = 0.9
# A run stands still if the loss has not become smaller by this share over so many epochs.
_STILL_SHARE, _STILL_EPOCHS = 0.005, 40


class Diverged(Problem):
    """The loss is no number any more; the last good weights are in force again."""


class Run:
    """A network that learns. Used in one thread at a time.

    Parameters
    ----------
    network : NetworkPlan
        Its layers.
    plan : TrainingPlan
        How it learns.
    samples : Samples
        What from.
    start : ndarray of float32, optional
        First weights, instead of those drawn by the seed.

    Raises
    ------
    PlanProblem
        If a layer does not fit, or the last one does not suit data and loss.
    """

    def __init__(
        self,
        network: NetworkPlan,
        plan: TrainingPlan,
        samples: Samples,
        start: NDArray[np.float32] | None = None,
    ) -> None:
        import torch

        squared = plan.loss is Loss.SQUARED
        network.check(samples.shape, samples.outputs(squared))
        self.network, self.plan, self.samples = network, plan, samples
        self.module = build(network, samples.shape, plan.seed)
        if start is not None:
            fill(self.module, start)
        # What past epochs are looked at with.
        self.mirror = build(network, samples.shape, plan.seed)
        self.step_count = 0
        self.epoch = 0
        self._targets = torch.from_numpy(_targets(samples, squared))
        self._optimiser = _optimiser(plan, self.module)
        self._rate = plan.rate
        self._order = np.empty(0, np.int64)
        self._place = 0
        self._total = 0.0
        # All of a small set stays as the network is given it.
        small = samples.pixels.size <= 30_000_000
        self._inputs = torch.from_numpy(samples.inputs()) if small else None
        weights = to_vector(self.module)
        self.history = History(len(weights))
        self._keep(nothing, None)

    @property
    def done(self) -> bool:
        """Whether all epochs of the plan have been run."""
        return self.epoch >= self.plan.epochs

    @property
    def fraction(self) -> float:
        """Share of the present epoch that is done."""
        return self._place / len(self.samples.training)

    def step(self, rate: float, check: Check = nothing) -> float:
        """Learn from one batch and return its loss; an epoch that ends with it is kept.

        Parameters
        ----------
        rate : float
            Learning rate, from now on.
        check : callable
            Called now and then; what it raises leaves the run as it is between two steps.

        Raises
        ------
        Diverged
            If the loss is infinite or no number.
        """
        import torch

        check()
        if rate != self._rate:
            self._rate = rate
            for group in self._optimiser.param_groups:
                group["lr"] = rate
        if self._place == 0:
            random = np.random.default_rng([self.plan.seed, 2, self.epoch])
            self._order = self.samples.training[random.permutation(len(self.samples.training))]
        batch = self._order[self._place : self._place + self.plan.batch]
        self._optimiser.zero_grad()
        loss = self.loss(self.module(self._given(batch)), self._targets[torch.from_numpy(batch)])
        value = float(loss.detach())
        if not math.isfinite(value):
            self._go_back()
        torch.autograd.backward(loss)
        self._optimiser.step()
        self._place += len(batch)
        self._total += value * len(batch)
        self.step_count += 1
        if self._place >= len(self._order):
            self._end_epoch(check)
        return value

    def loss(self, answers: Any, targets: Any, each: bool = False) -> Any:
        """Return the mean loss of a batch of answers, or that of each."""
        import torch
        from torch.nn.functional import cross_entropy

        if self.plan.loss is Loss.CROSS_ENTROPY:
            return cross_entropy(answers, targets, reduction="none" if each else "mean")
        errors = torch.square(answers - targets).sum(1)
        return errors if each else errors.mean()

    def gradients(self) -> tuple[float, ...]:
        """Return the length of the last step's gradient per layer with weights."""
        found = []
        for part in self.module:
            grads = [one.grad for one in part.parameters() if one.grad is not None]
            if grads:
                found.append(math.sqrt(sum(float(one.square().sum()) for one in grads)))
        return tuple(found)

    @property
    def learned_layers(self) -> tuple[int, ...]:
        """Numbers, from 0, of the layers that have weights."""
        kinds = (LayerKind.CONVOLUTION, LayerKind.DENSE)
        return tuple(n for n, layer in enumerate(self.network.layers) if layer.kind in kinds)

    @property
    def stuck(self) -> bool:
        """Whether the loss stands still far from zero."""
        known = self.history.figures
        if len(known) <= 2 * _STILL_EPOCHS or known[-1].loss < 0.01:
            return False
        # Epochs scatter; the best of two stretches does not.
        before = min(one.loss for one in known[-2 * _STILL_EPOCHS : -_STILL_EPOCHS])
        now = min(one.loss for one in known[-_STILL_EPOCHS:])
        return now > before * (1 - _STILL_SHARE) and known[-1].accuracy < 0.98

    def _given(self, indices: NDArray[np.int64]) -> Any:
        import torch

        if self._inputs is not None:
            return self._inputs[torch.from_numpy(indices)]
        return torch.from_numpy(self.samples.inputs(indices))

    def _end_epoch(self, check: Check) -> None:
        mean = self._total / len(self._order)
        self._place, self._total = 0, 0.0
        self.epoch += 1
        self._keep(check, mean)

    def _keep(self, check: Check, mean: float | None) -> None:
        """Ask the network, and keep what it says with its weights."""
        samples = self.samples
        # An epoch that has ended is kept whoever wants to stop: what is asked is little.
        del check
        asked = samples.validation[:_ASKED]
        each, taken = self._ask(asked)
        labels = samples.labels[asked]
        known = len(samples.training) <= _ASKED
        if np.array_equal(asked, samples.training):
            loss, right = float(each.mean()), float((taken == labels).mean())
        else:
            some = samples.training[:_ASKED]
            own, said = self._ask(some)
            right = float((said == samples.labels[some]).mean())
            loss = float(own.mean()) if known or mean is None else mean
        if self.epoch and not (math.isfinite(loss) and np.isfinite(each).all()):
            self.epoch -= 1
            self._go_back()
        confusion = np.zeros((len(samples.classes),) * 2, np.int64)
        np.add.at(confusion, (labels, taken), 1)
        order = np.argsort(-each, kind="stable")[:_WORST]
        worst = tuple((int(asked[n]), int(taken[n]), float(each[n])) for n in order)
        figures = Figures(
            self.epoch,
            self.step_count,
            loss,
            right,
            float(each.mean()),
            float((taken == labels).mean()),
            self.gradients(),
            confusion,
            worst,
            self._rate,
        )
        self.history.add(figures, to_vector(self.module))

    def _ask(self, indices: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the loss of each picture and the class it is taken for."""
        import torch

        losses, taken = [], []
        with torch.inference_mode():
            for start in range(0, len(indices), _AT_ONCE):
                part = indices[start : start + _AT_ONCE]
                answers = self.module(self._given(part))
                losses.append(self.loss(answers, self._targets[torch.from_numpy(part)], each=True).numpy())
                taken.append(self.classes_of(answers.numpy()))
        return np.concatenate(losses), np.concatenate(taken)

    def classes_of(self, answers: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the classes that answers (N, K) stand for; one number is rounded to the nearest count."""
        if answers.shape[1] == 1 and self.samples.counts:
            rounded = np.nan_to_num(np.rint(answers[:, 0]))
            return np.asarray(np.clip(rounded, 0, len(self.samples.classes) - 1), np.int64)
        return np.asarray(answers.argmax(1), np.int64)

    def _go_back(self) -> None:
        """Put the last kept epoch's weights in force and say so."""
        epoch, weights = self.history.weights(self.epoch)
        fill(self.module, weights)
        self._place, self._total = 0, 0.0
        self._optimiser = _optimiser(self.plan, self.module, self._rate)
        raise Diverged(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The loss has grown beyond all bounds at a learning rate of {rate}. The run has stopped, and "
                "the weights of epoch {epoch} are back. Choose a smaller learning rate.",
            ),
            rate=f"{self._rate:g}",
            epoch=epoch,
        )


def figures_by_hand(samples: Samples) -> Figures | None:
    """Return how the lecture's weights by hand do on ``samples``; None if these are not what they are for."""
    if not samples.counts or samples.shape != BY_HAND_SHAPE:
        return None
    plan = TrainingPlan(Loss.SQUARED, Optimiser.SGD, 1.0, 1, 1, 0)
    return Run(BY_HAND, plan, samples, by_hand()).history.figures[0]


def _targets(samples: Samples, squared: bool) -> NDArray[np.int64] | NDArray[np.float32]:
    """Return what the network should say: the class, its number, or 1 for it and 0 for the others."""
    if not squared:
        return samples.labels
    if samples.counts:
        return samples.labels[:, None].astype(np.float32)
    return np.eye(len(samples.classes), dtype=np.float32)[samples.labels]


def _optimiser(plan: TrainingPlan, module: Any, rate: float | None = None) -> Any:
    from torch import optim

    lr = plan.rate if rate is None else rate
    if plan.optimiser is Optimiser.ADAM:
        return optim.Adam(module.parameters(), lr=lr)
    return optim.SGD(
        module.parameters(), lr=lr, momentum=_MOMENTUM if plan.optimiser is Optimiser.MOMENTUM else 0.0
    )
