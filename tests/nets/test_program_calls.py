"""Layers computed when they are looked at: once, from little that is kept, and not where it is unsafe."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from convviz.nets import follow, program
from convviz.nets.capture import capture
from convviz.nets.catalog import open_network
from convviz.nets.network import Network
from convviz.nets.program import MOST_CALLS, is_fixed
from convviz.nets.records import Placement
from convviz.nets.replay import Script
from tests.nets.repeats import LARGE, Residual, again, image
from tests.nets.small import seeded
from tests.nets.watching import watched

__all__ = ["watched"]

HERE = Placement(0.0, 0.0, 1.0, 1.0)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every call of torch that a program or a memo makes."""
    made: list[str] = []
    original = program._Recipe.call

    def call(self: Any, values: Any) -> Any:
        made.append(self.function.__name__)
        return original(self, values)

    monkeypatch.setattr(program._Recipe, "call", call)
    return made


def test_a_layer_is_computed_when_it_is_looked_at_and_once(calls: list[str]) -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.GELU(), nn.Sigmoid(), nn.Conv2d(4, 2, 3)).eval()
    captured, _ = again(network, image())
    arrays = captured.arrays()
    assert calls == ["conv2d", "gelu", "sigmoid", "conv2d"]
    calls.clear()
    assert arrays[3].shape == (2, 12, 12)
    assert arrays[0].shape == (4, 14, 14)
    assert calls == []
    assert arrays[2].min() > 0
    assert calls == ["gelu", "sigmoid"]
    assert arrays[1].min() < 0
    assert arrays[2] is arrays[2]
    assert captured.outputs[1] is captured.outputs[1]
    assert calls == ["gelu", "sigmoid"]


def test_nothing_is_further_from_what_is_kept_than_a_few_calls(calls: list[str]) -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), *(nn.LeakyReLU() for _ in range(17)), nn.Conv2d(4, 1, 3))
    for layer in range(19):
        arrays = again(network, image())[0].arrays()
        calls.clear()
        assert arrays[layer] is not None
        assert len(calls) <= MOST_CALLS


@pytest.mark.parametrize("key", LARGE)
def test_where_nothing_is_compiled_less_than_half_of_large_networks_is_kept(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "library", lambda: None)
    captured, followed = again(open_network(key).module, image(size=64))
    # The input is kept too.
    assert len(followed._kept) - 1 < len(captured.architecture.layers) / 2


def test_a_weight_that_is_replaced_later_does_not_change_what_was_captured() -> None:
    network = open_network("resnet18")
    given = np.random.default_rng(2).random((3, 64, 64), np.float32)
    before = network.trace_input(given, HERE)
    trace, again_, kept = (network.trace_input(given, HERE) for _ in range(3))
    layer = before.architecture.named("layer1.0.bn1")
    name = layer.parameters["weight"]
    np.testing.assert_array_equal(kept.outputs[layer.index], before.outputs[layer.index])
    network.replace(name, np.full(layer.shape[0], 3.0))
    changed = network.trace_input(given, HERE)
    np.testing.assert_array_equal(trace.outputs[layer.index], before.outputs[layer.index])
    assert not np.array_equal(changed.outputs[layer.index], before.outputs[layer.index])
    np.testing.assert_array_equal(
        changed.outputs[layer.index],
        capture(network.module, torch.from_numpy(given[None])).arrays()[layer.index],
    )
    network.restore(name)
    np.testing.assert_array_equal(again_.outputs[layer.index], before.outputs[layer.index])
    np.testing.assert_array_equal(
        network.trace_input(given, HERE).outputs[layer.index], before.outputs[layer.index]
    )


def test_a_network_that_is_given_other_weights_is_watched_anew(watched: list[int]) -> None:
    network, scripts = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU()), dict[tuple[int, ...], Script]()
    for _ in range(3):
        capture(network, image(), scripts=scripts, fixed=True)
    assert len(watched) == 1
    network[0].weight = nn.Parameter(torch.ones(4, 3, 3, 3))
    for _ in range(2):
        captured = capture(network, image(), scripts=scripts, fixed=True)
        with torch.no_grad():
            np.testing.assert_array_equal(captured.arrays()[-1], network(image())[0].numpy())
    assert len(watched) == 2


@pytest.mark.parametrize(
    "looks",
    [
        lambda x: float(x.mean()),
        lambda x: x.mean().item(),
        lambda x: bool(x.mean() > 0),
        lambda x: x.detach().numpy().mean(),
        lambda x: x.mean((2, 3)).tolist()[0][0],
        lambda x: int(x.mean() * 10),
        lambda x: torch.is_nonzero(x.mean().relu()),
        lambda x: not torch.equal(x, x.abs()),
    ],
)
def test_a_network_that_looks_at_values_is_always_run(looks: Callable[[Tensor], float]) -> None:
    class Looking(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x.relu() * 2 if looks(x) > 0 else x.tanh() * 3

    network, scripts = Looking(), dict[tuple[int, ...], Script]()
    for given in (image() + 4, image() + 4, image() - 4, image(), image() + 4, -image().abs(), image().abs()):
        captured = capture(network, given, scripts=scripts, fixed=True)
        assert all(script.program is None for script in scripts.values())
        np.testing.assert_array_equal(captured.arrays()[-1], network(given)[0].numpy())


def test_only_modules_whose_code_is_known_are_fixed() -> None:
    assert is_fixed(nn.Sequential(nn.Conv2d(1, 1, 1), nn.ReLU()))
    assert not is_fixed(nn.Sequential(nn.Conv2d(1, 1, 1), Residual()))
    hooked_, changed = nn.Sequential(nn.ReLU()), nn.Sequential(nn.ReLU())
    hooked_[0].register_forward_hook(lambda *_: None)
    assert not is_fixed(hooked_)
    changed[0].forward = lambda x: x
    assert not is_fixed(changed)


def test_chance_is_not_asked_twice() -> None:
    class Noisy(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 4, 3)

        def forward(self, x: Tensor) -> Tensor:
            y = F.dropout(self.conv(x), 0.5, True)
            return F.rrelu(y, 0.1, 0.9, training=True) + torch.rand(4, 1, 1)

    arrays = again(Noisy(), image())[0].arrays()
    by_name = [arrays[at].copy() for at in range(len(arrays))]
    dropped, rectified, noisy = by_name[1:4]
    assert (dropped == 0).any()
    assert np.array_equal(rectified[dropped >= 0], dropped[dropped >= 0])
    below = dropped < 0
    assert ((rectified[below] > dropped[below]) & (rectified[below] < 0)).all()
    noise = (noisy - rectified).reshape(4, -1)
    assert np.ptp(noise, axis=1) == pytest.approx(0, abs=1e-5)


def test_what_somebody_watches_is_not_disturbed_by_layers_that_are_computed() -> None:
    seen: list[Any] = []

    class Watching(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            seen.append(func)
            return func(*args, **(kwargs or {}))

    captured, _ = again(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 1, 3)), image())
    with Watching():
        tensor = captured.outputs[1]
    assert seen == []
    assert not tensor.requires_grad
    assert tensor.numpy().min() == 0


def test_it_can_be_stopped_while_it_repeats() -> None:
    class Stopped(BaseException):
        pass

    network, scripts = seeded(Residual()).eval(), dict[tuple[int, ...], Script]()
    capture(network, image(), scripts=scripts, fixed=True)
    asked: list[int] = []

    def stop() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise Stopped

    done: list[int] = []
    with pytest.raises(Stopped):
        capture(network, image(), check=stop, step_done=done.append, scripts=scripts, fixed=True)
    assert done == [0, 1]
    assert len(asked) == 3


def test_what_was_kept_is_released_with_the_trace() -> None:
    captured, _ = again(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 1, 3)), image())
    arrays = captured.arrays()
    kept = [weakref.ref(output) for output in captured.outputs]
    assert arrays[1].any()
    gc.collect()
    gc.disable()
    try:
        # At once, not when Python next looks for circles: a trace is a hundred megabytes.
        del captured, arrays
        assert [ref() for ref in kept] == [None] * 3
    finally:
        gc.enable()


def test_every_small_network_that_is_shipped_repeats_its_calls() -> None:
    for key in ("lenet5", "cifar10-vgg"):
        network: Network = open_network(key)
        given = np.random.default_rng(3).random(network.preprocessing.input_shape, np.float32)
        first, second = (network.trace_input(given, HERE) for _ in range(2))
        assert all(script.program is not None for script in network._scripts.values())
        for one, other in zip(first.outputs, second.outputs, strict=True):
            np.testing.assert_array_equal(one, other)
