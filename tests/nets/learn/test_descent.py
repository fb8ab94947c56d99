"""Weights move as ``torch.optim`` moves them, to the last bit, and without all that it imports."""

import subprocess
import sys

import pytest
import torch

from convviz.nets.learn.descent import MOMENTUM, Descent
from convviz.nets.learn.settings import Optimiser

_WITHOUT_COMPILER = """
import sys
from dataclasses import replace
from convviz.nets.learn.made import fragments
from convviz.nets.learn.look import look
from convviz.nets.learn.run import Run
from convviz.nets.learn.settings import Optimiser
from convviz.nets.learn.starts import start_network, start_settings
data = fragments()
for optimiser in Optimiser:
    run = Run(start_network(data), replace(start_settings(data), optimiser=optimiser), data)
    while run.epoch < 2:
        run.step(0.01)
    look(run, 27)
print([name for name in ("torch._dynamo", "sympy") if name in sys.modules])
"""


def module() -> torch.nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        return torch.nn.Sequential(torch.nn.Linear(7, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3))


def torchs_own(optimiser: Optimiser, network: torch.nn.Module, rate: float) -> torch.optim.Optimizer:
    if optimiser is Optimiser.ADAM:
        return torch.optim.Adam(network.parameters(), lr=rate)
    return torch.optim.SGD(
        network.parameters(), lr=rate, momentum=MOMENTUM if optimiser is Optimiser.MOMENTUM else 0.0
    )


@pytest.mark.parametrize("optimiser", Optimiser)
def test_every_step_is_that_of_torch_bit_for_bit_also_at_another_rate(optimiser: Optimiser) -> None:
    ours, theirs = module(), module()
    descent, reference = Descent(optimiser, ours, 0.1), torchs_own(optimiser, theirs, 0.1)
    given = torch.linspace(-2, 2, 4 * 7).view(4, 7)
    for number in range(30):
        if number == 20:
            descent.rate = 0.03
            reference.param_groups[0]["lr"] = 0.03
        for network in (ours, theirs):
            torch.autograd.backward((network(given) - 1).square().mean())
        descent.step()
        reference.step()
        descent.forget_gradients()
        reference.zero_grad()
        pairs = zip(ours.parameters(), theirs.parameters(), strict=True)
        assert all(torch.equal(a, b) for a, b in pairs), number


def test_weights_without_a_gradient_stay() -> None:
    network = module()
    before = [one.clone() for one in network.parameters()]
    Descent(Optimiser.ADAM, network, 0.1).step()
    assert all(torch.equal(a, b) for a, b in zip(before, network.parameters(), strict=True))


def test_learning_does_not_import_torchs_compiler() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_COMPILER], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.strip() == "[]"
