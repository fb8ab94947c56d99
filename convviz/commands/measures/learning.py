"""A training step beside the same step written out bare: same network, data, order and optimiser."""

from collections.abc import Iterator

import numpy as np

from convviz.commands.measures.findings import Finding, Ratio, Wish, take_turns
from convviz.engine.backend import load_torch

MOST_TIME = 1.3


def measure_learning(wish: Wish) -> Iterator[Finding]:
    """Yield the time of a run's steps, with what it does after each epoch, over that of a bare loop."""
    load_torch()
    import torch
    from torch.nn.functional import cross_entropy

    from convviz.nets.learn.build import build
    from convviz.nets.learn.made import shapes
    from convviz.nets.learn.run import Run
    from convviz.nets.learn.starts import start_network, start_settings

    samples = shapes(1)
    network, plan = start_network(samples), start_settings(samples)
    run = Run(network, plan, samples)
    module = build(network, samples.shape, plan.seed)
    optimiser = torch.optim.Adam(module.parameters(), lr=plan.rate)
    given, labels = torch.from_numpy(samples.inputs()), torch.from_numpy(samples.labels)
    random = np.random.default_rng(1)
    steps = -(-len(samples.training) // plan.batch)

    def ours() -> None:
        for _ in range(steps):
            run.step(plan.rate)

    def bare() -> None:
        order = random.permutation(samples.training)
        for start in range(0, len(order), plan.batch):
            batch = torch.from_numpy(order[start : start + plan.batch])
            optimiser.zero_grad()
            loss = cross_entropy(module(given[batch]), labels[batch])
            torch.autograd.backward(loss)
            optimiser.step()
            float(loss.detach())

    timed = take_turns(ours, bare, wish.pairs)
    yield Ratio("learning/step", timed.ratio, MOST_TIME, timed.note("bare"))
