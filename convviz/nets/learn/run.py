"""One run: a network, its data and its optimiser, moved on step by step, the same way for the same seed."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.numbers import Amount
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.learn.build import build, fill, to_vector
from convviz.nets.learn.descent import Descent
from convviz.nets.learn.history import Figures, History
from convviz.nets.learn.plan import LayerKind, NetworkPlan
from convviz.nets.learn.rates import Rates, with_rate
from convviz.nets.learn.samples import Samples
from convviz.nets.learn.settings import Loss, TrainingPlan
from convviz.nets.learn.verdict import goal, is_short, is_stuck, last_good

# Pictures whose answers are looked at after every epoch; more would make epochs wait.
_ASKED, _AT_ONCE = 1000, 250
_WORST = 8
# Multiply-adds after which it is asked whether to go on, about 12 ms of learning on two cores: a batch that
# takes more is learned from in parts, whose gradients add up to its own.
_PART = 400_000_000


class Diverged(Problem):
    """The loss is no number any more; the run is again as after the last good epoch."""


class Run:
    """A network that learns. Used in one thread at a time, but for :meth:`extend`.

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
    check : callable
        Called now and then while the first answers are looked at; may raise.

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
        check: Check = nothing,
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
        self._descent = Descent(plan.optimiser, self.module, plan.rate)
        self.rates: Rates = ()
        self._part = max(1, _PART // max(1, network.multiply_adds(samples.shape)))
        # Loss below which it has learned something.
        self._squared = squared
        self.goal = goal(samples, squared)
        self._order = np.empty(0, np.int64)
        self._place = 0
        self._total = self._value = 0.0
        # All of a small set stays as the network is given it.
        small = samples.pixels.size <= 30_000_000
        self._inputs = torch.from_numpy(samples.inputs()) if small else None
        weights = to_vector(self.module)
        self.history = History(len(weights))
        self._keep(0, None, check)

    @property
    def done(self) -> bool:
        """Whether all epochs of the plan have been run."""
        return self.epoch >= self.plan.epochs

    def extend(self, epochs: int) -> None:
        """Let the run end after ``epochs``, or where it is if that is later, and otherwise be as it is.

        May be called while another thread runs it: one value is exchanged for another.
        """
        self.plan = replace(self.plan, epochs=max(epochs, self.epoch, 1))

    @property
    def fraction(self) -> float:
        """Share of the present epoch that is done."""
        return self._place / len(self.samples.training)

    @property
    def batch(self) -> int:
        """How many batches of the present epoch have been learned from."""
        return self._place // self.plan.batch

    def step(self, rate: float, check: Check = nothing) -> float:
        """Learn from one batch and return its loss; an epoch that ends with it is kept.

        Where the end of an epoch was interrupted, the step is to end it.

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
        check()
        if self._place and self._place >= len(self._order):
            # Somebody wanted to stop while the epoch that had been run was being looked at.
            self._end_epoch(check)
            return self._value
        self._descent.rate = rate
        if self._place == 0:
            random = np.random.default_rng([self.plan.seed, 2, self.epoch])
            self._order = self.samples.training[random.permutation(len(self.samples.training))]
        self.rates = with_rate(self.rates, self.epoch, self.batch, rate)
        batch = self._order[self._place : self._place + self.plan.batch]
        self._value = self._descend(batch, check)
        self._place += len(batch)
        self._total += self._value * len(batch)
        self.step_count += 1
        if self._place >= len(self._order):
            self._end_epoch(check)
        return self._value

    def _descend(self, batch: NDArray[np.int64], check: Check) -> float:
        """Follow the gradient of the mean loss of a batch, part by part, and return that loss."""
        import torch

        self._descent.forget_gradients()
        value = 0.0
        try:
            for start in range(0, len(batch), self._part):
                check()
                part = batch[start : start + self._part]
                loss = self.loss(self.module(self._given(part)), self._targets[torch.from_numpy(part)])
                if len(part) < len(batch):
                    loss = loss * (len(part) / len(batch))
                value += float(loss.detach())
                if not math.isfinite(value):
                    self._go_back()
                torch.autograd.backward(loss)
        except BaseException:
            # A part of a gradient is none.
            self._descent.forget_gradients()
            raise
        self._descent.step()
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
        """Whether the loss stands still far from its goal; see :func:`verdict.is_stuck`."""
        return is_stuck(self.history.figures, self.goal)

    @property
    def short(self) -> bool:
        """Whether all epochs have been run and the loss is still far from its goal."""
        return self.done and is_short(self.history.figures, self.goal)

    def _given(self, indices: NDArray[np.int64]) -> Any:
        import torch

        if self._inputs is not None:
            return self._inputs[torch.from_numpy(indices)]
        return torch.from_numpy(self.samples.inputs(indices))

    def _end_epoch(self, check: Check) -> None:
        self._keep(self.epoch + 1, self._total / len(self._order), check)
        self._place, self._total = 0, 0.0
        self.epoch += 1

    def _keep(self, epoch: int, mean: float | None, check: Check) -> None:
        """Ask the network, and keep what it says with its weights as those of ``epoch``."""
        samples = self.samples
        asked = samples.validation[:_ASKED]
        each, taken = self._ask(asked, check)
        labels = samples.labels[asked]
        known = len(samples.training) <= _ASKED
        if np.array_equal(asked, samples.training):
            loss, right = float(each.mean()), float((taken == labels).mean())
        else:
            some = samples.training[:_ASKED]
            own, said = self._ask(some, check)
            right = float((said == samples.labels[some]).mean())
            loss = float(own.mean()) if known or mean is None else mean
        if epoch and not (math.isfinite(loss) and np.isfinite(each).all()):
            self._go_back()
        confusion = np.zeros((len(samples.classes),) * 2, np.int64)
        np.add.at(confusion, (labels, taken), 1)
        wrong = np.flatnonzero(taken != labels)
        order = wrong[np.argsort(-each[wrong], kind="stable")[:_WORST]]
        worst = tuple((int(asked[n]), int(taken[n]), float(each[n])) for n in order)
        figures = Figures(
            epoch,
            self.step_count,
            loss,
            right,
            float(each.mean()),
            float((taken == labels).mean()),
            self.gradients(),
            confusion,
            worst,
            self._descent.rate,
        )
        self.history.add(figures, to_vector(self.module))

    def _ask(
        self, indices: NDArray[np.int64], check: Check = nothing
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the loss of each picture and the class it is taken for."""
        import torch

        losses, taken = [], []
        # Asking is a third of learning.
        most = min(_AT_ONCE, 3 * self._part)
        with torch.inference_mode():
            for start in range(0, len(indices), most):
                check()
                part = indices[start : start + most]
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
        """Be again as after the last good epoch that is kept, as if it had gone no further, and say so.

        See :func:`~convviz.nets.learn.verdict.last_good`. What was learned after it is forgotten.
        """
        kept, rate = self.history.kept, self._descent.rate
        good = last_good([self.history.figures[epoch] for epoch in kept], self.samples, self._squared)
        self.history.forget_after(good.epoch)
        fill(self.module, self.history.weights(good.epoch)[1])
        self.epoch, self.step_count = good.epoch, good.step
        self._place, self._total = 0, 0.0
        self._descent = Descent(self.plan.optimiser, self.module, rate)
        raise Diverged(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The loss has grown beyond all bounds at a learning rate of {rate}. The run has stopped, and "
                "the weights of epoch {epoch} are back. Choose a smaller learning rate.",
            ),
            rate=Amount(rate, "g"),
            epoch=good.epoch,
        )


def _targets(samples: Samples, squared: bool) -> NDArray[np.int64] | NDArray[np.float32]:
    """Return what the network should say: the class, its number, or 1 for it and 0 for the others."""
    if not squared:
        return samples.labels
    if samples.counts:
        return samples.labels[:, None].astype(np.float32)
    return np.eye(len(samples.classes), dtype=np.float32)[samples.labels]
