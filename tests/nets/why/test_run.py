from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from convviz.core.text import Problem
from convviz.nets.live_edit import LiveEdit
from convviz.nets.records import Trace
from convviz.nets.why.excite import Climb, excite
from convviz.nets.why.grad_cam import grad_cam
from convviz.nets.why.gradients import Method, Target, gradient_times_input, pixels
from convviz.nets.why.occlusion import occlusion
from convviz.nets.why.run import Run, tensor_of, wire
from convviz.nets.why.shift import shift
from tests.nets.small import Mixed, assert_same, picture, seeded, state_of, trace_of


class Stopped(Exception):  # noqa: N818
    """What a cancelled job raises."""


def mixed() -> tuple[nn.Module, Trace]:
    module = seeded(Mixed()).train()
    return module, trace_of(module, picture())


def test_every_layer_can_be_taken_hold_of_and_is_that_of_the_trace() -> None:
    module, trace = mixed()
    seen: dict[int, Tensor] = {}

    def keep(index: int) -> Callable[[Tensor], Tensor]:
        def tap(output: Tensor) -> Tensor:
            seen[index] = output
            return output

        return tap

    taps = {layer.index: keep(layer.index) for layer in trace.architecture.layers}
    given = tensor_of(trace).requires_grad_(True)
    result = Run(taps).of(wire(module, trace), given)
    assert list(seen) == list(range(len(trace.outputs)))
    for index, values in enumerate(trace.outputs):
        # Looked at after the run: nothing overwrote it.
        np.testing.assert_array_equal(seen[index][0].detach(), values)
    np.testing.assert_array_equal(result[0].detach(), trace.scores)
    for output in seen.values():
        (gradient,) = torch.autograd.grad(result[0, 1], output, retain_graph=True)
        assert gradient.abs().sum() > 0


def test_the_gradient_is_torchs_own_although_the_network_overwrites_values() -> None:
    module, trace = mixed()
    given = tensor_of(trace).requires_grad_(True)
    result = Run().of(wire(module, trace), given)
    (found,) = torch.autograd.grad(result[0, 1], given)
    module.eval()
    again = tensor_of(trace).requires_grad_(True)
    (expected,) = torch.autograd.grad(module(again)[0, 1], again)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-8)


def test_what_a_tap_returns_is_what_the_network_goes_on_with() -> None:
    module, trace = mixed()
    wires = wire(module, trace)
    with torch.no_grad():
        for layer in trace.architecture.layers[:-1]:
            changed = Run({layer.index: torch.zeros_like}).of(wires, tensor_of(trace))
            assert not np.allclose(changed[0], trace.scores), layer.name


def test_a_network_that_takes_another_way_is_refused() -> None:
    class Fickle(nn.Module):
        long = True

        def forward(self, x: Tensor) -> Tensor:
            x = x.relu()
            return x.tanh().flatten(1) if self.long else x.flatten(1)

    module = Fickle()
    trace = trace_of(module, picture())
    wires = wire(module, trace)
    module.long = False
    for attempt in (lambda: wire(module, trace), lambda: Run().of(wires, tensor_of(trace))):
        with pytest.raises(Problem, match="no longer computes"):
            attempt()


class ThroughView(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        x = x * 2
        x[:, :1].add_(1)
        return x.mean((2, 3))


class Reweighted(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x).mean((2, 3))  # type: ignore[no-any-return]


@pytest.mark.parametrize("network", [ThroughView, Reweighted])
def test_values_other_than_the_traces_are_not_explained(network: type[nn.Module]) -> None:
    module = seeded(network())
    trace = trace_of(module, picture())
    for tensor in module.parameters():
        tensor.data.mul_(-1)
    for attempt in (lambda: pixels(module, trace, Target(None, (0,))), lambda: grad_cam(module, trace, 0)):
        with pytest.raises(Problem, match="no longer computes"):
            attempt()


def work(trace: Trace) -> dict[str, Callable[..., object]]:
    """Return everything that runs a network, by name; each takes the module and ``check``."""
    conv = trace.architecture.named("stem.0")
    weights = np.zeros((3, 3, 3))
    target, few = Target(None, (1,)), Climb(steps=3)
    return {
        "gradient": lambda m, check: gradient_times_input(m, trace, target, check),
        "guided": lambda m, check: pixels(m, trace, Target(conv.index, (1, 2, 2)), Method.GUIDED, check),
        "deconvolution": lambda m, check: pixels(m, trace, target, Method.DECONVOLUTION, check),
        "grad-cam": lambda m, check: grad_cam(m, trace, 1, check=check),
        "occlusion": lambda m, check: occlusion(m, trace, 1, 8, 8, check=check),
        "excite": lambda m, check: excite(m, trace, target, few, check=check),
        "shift": lambda m, check: shift(m, trace, 1, 2, check),
        "edit": lambda m, check: LiveEdit(m, trace).run(conv.index, 1, weights, check=check),
    }


NAMES = ("gradient", "guided", "deconvolution", "grad-cam", "occlusion", "excite", "shift", "edit")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("stop_at", [1, 20, 23, None])
def test_the_network_is_as_before_also_when_stopped_on_the_way(name: str, stop_at: int | None) -> None:
    module, trace = mixed()
    # Parts in different modes, with and without gradients.
    module.get_submodule("stem").eval()
    module.get_parameter("head.weight").requires_grad_(False)
    before, random = state_of(module), torch.get_rng_state()
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == stop_at:
            raise Stopped

    do: Any = work(trace)[name]
    if stop_at is None:
        do(module, check)
        assert calls >= 23
    else:
        with pytest.raises(Stopped):
            do(module, check)
        assert calls == stop_at
    assert_same(before, state_of(module))
    assert torch.equal(random, torch.get_rng_state())
    assert torch.is_grad_enabled()


@pytest.mark.parametrize("name", NAMES)
def test_an_error_in_the_network_leaves_it_as_before(name: str) -> None:
    module, trace = mixed()
    head = module.get_submodule("head")
    before = state_of(module)
    do: Any = work(trace)[name]

    def fail(x: Tensor) -> Tensor:
        raise RuntimeError("no")

    head.forward = fail
    with pytest.raises(RuntimeError, match="no"):
        do(module, lambda: None)
    del head.forward
    assert_same(before, state_of(module))
