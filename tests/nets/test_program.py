"""Layers that are computed when they are looked at equal what torch's own forward hooks give, to the bit."""

import random
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from torch import Tensor, nn

from convviz.engine.native import Level, library
from convviz.nets import follow
from convviz.nets.capture import Captured, capture
from convviz.nets.catalog import open_network
from convviz.nets.program import MOST_CALLS, is_fixed
from convviz.nets.replay import Script
from tests.nets.repeats import LARGE, Residual, again, image
from tests.nets.small import Mixed, seeded


class Pieces(nn.Module):
    """Splits, joins, overwrites dead and living tensors, and computes a weight."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)
        self.scale = nn.Parameter(torch.ones(2, 4))

    def forward(self, x: Tensor) -> Tensor:
        found = self.conv(x)
        y = F.hardtanh(self.norm(found), -1, 1, inplace=True).mul_(2)
        left, right = y.float().contiguous().chunk(2, 1)
        z = torch.cat((F.leaky_relu(right, 0.1), F.pad(left, (0, 0, 0, 0))), 1).clamp_(-1, 1.5)
        x = (z + found.sigmoid()).flatten(1)
        return x * self.scale.reshape(8).sum().abs()


class Slopes(nn.Module):
    """Activations with learned slopes, one of them computed from a parameter, and many in a row in place."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.slope = nn.Conv2d(3, 4, 3), nn.PReLU(4)
        self.other = nn.Parameter(torch.ones(2, 2))

    def forward(self, x: Tensor) -> Tensor:
        x = F.prelu(self.slope(self.conv(x)), self.other.reshape(4) / 2)
        for slope in (0.9, 0.8, 0.7):
            x = F.leaky_relu(F.elu(x).tanh(), slope, inplace=True) - 0.1
        for _ in range(2 * MOST_CALLS):
            x = F.leaky_relu(x.tanh(), 3.0)
            F.hardtanh(x, -0.01, 0.02, inplace=True)
            x = F.celu(x)
        return F.elu_(x).mean((2, 3))


SMALL: dict[str, Callable[[], nn.Module]] = {
    "mixed": Mixed,
    "residual": Residual,
    "pieces": Pieces,
    "slopes": Slopes,
}


@contextmanager
def hooked(network: nn.Module) -> Iterator[dict[str, list[Any]]]:
    """Collect what every module returns while the network runs, call by call."""
    found: dict[str, list[Any]] = defaultdict(list)

    def keep(name: str) -> Any:
        def hook(_part: Any, _args: Any, output: Any) -> None:
            if isinstance(output, Tensor):
                found[name].append(output.clone().numpy()[0])

        return hook

    handles = [part.register_forward_hook(keep(name)) for name, part in network.named_modules()]
    yield found
    for handle in handles:
        handle.remove()


def assert_as_hooks(network: nn.Module, given: Tensor, read: dict[str, Any]) -> None:
    """Compare layers by name with what torch's hooks give; a module's later calls have a number."""
    with torch.no_grad(), hooked(network) as found:
        network(given.clone())
    compared = 0
    for name, results in found.items():
        for at, result in enumerate(results):
            own = name if at == 0 else f"{name}-{at + 1}"
            if own in read:
                np.testing.assert_array_equal(read[own], result, err_msg=own)
                compared += 1
    leaves = sum(len(found[name]) for name, part in network.named_modules() if not list(part.children()))
    assert compared >= leaves > 0


def read_at_once(captured: Captured, threads: int = 2) -> list[dict[str, Any]]:
    """Return all layers by name, read by several threads, each in a random order of its own."""
    layers, arrays = captured.architecture.layers, captured.arrays()
    found: list[dict[str, Any]] = [{} for _ in range(threads)]
    start = threading.Barrier(threads)

    def read(number: int) -> None:
        order = random.Random(number).sample(layers, len(layers))
        start.wait(10)
        for layer in order:
            found[number][layer.name] = arrays[layer.index]

    readers = [threading.Thread(target=read, args=(number,)) for number in range(threads)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    return found


def check(network: nn.Module, given: Tensor) -> None:
    """Compare a repeated pass with torch's hooks and with a pass that is watched."""
    captured, _ = again(network, given.clone())
    watched = capture(network, given.clone())
    one, other = read_at_once(captured)
    assert one.keys() == other.keys() == {layer.name for layer in captured.architecture.layers}
    for layer, expected in zip(watched.architecture.layers, watched.arrays(), strict=True):
        np.testing.assert_array_equal(one[layer.name], expected, err_msg=layer.name)
        assert one[layer.name].dtype == expected.dtype
        assert one[layer.name] is other[layer.name]
        assert not one[layer.name].flags.writeable
    assert_as_hooks(network, given, one)


@pytest.fixture(params=["torch", "avx2", "avx512"])
def by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Have what follows convolutions computed by torch, or by what is compiled for a kind of processor."""
    compiled = library()
    if request.param == "torch" or compiled is None:
        monkeypatch.setattr(follow, "library", lambda: None)
        yield "torch"
        return
    before = compiled.level
    yield compiled.choose(Level[request.param.upper()]).name
    compiled.choose(before)


@pytest.mark.usefixtures("by")
@pytest.mark.parametrize("name", list(SMALL))
def test_small_networks_equal_hooks_in_any_order_and_thread(name: str) -> None:
    check(seeded(SMALL[name]()).eval(), image(3))


@pytest.mark.usefixtures("by")
@pytest.mark.parametrize("key", LARGE)
def test_large_networks_equal_hooks_in_any_order_and_thread(key: str) -> None:
    network = open_network(key)
    assert is_fixed(network.module)
    check(network.module, torch.from_numpy(np.random.default_rng(5).random((1, 3, 96, 96), np.float32)))


def layer_of(draw: Any, x: Tensor, kept: list[Tensor]) -> Callable[[list[Tensor]], Tensor]:
    """Draw a function of the tensors so far; the first five overwrite the newest or may do so."""
    channels = x.shape[1]
    norm, conv = seeded(nn.BatchNorm2d(channels)).eval(), seeded(nn.Conv2d(channels, 4, 3, padding=1))
    same = [at for at, old in enumerate(kept) if old.shape == x.shape]
    back = draw(st.sampled_from(same))
    made: dict[str, Callable[[list[Tensor]], Tensor]] = {
        "relu": lambda now: F.relu(now[-1], inplace=True),
        "relu6": lambda now: F.relu6(now[-1], inplace=True),
        "clamp": lambda now: now[-1].clamp_(-1, 1),
        "add": lambda now: now[-1].add_(now[back]),
        "drop": lambda now: F.dropout(now[-1], 0.5, False, True),
        "norm": lambda now: norm(now[-1]),
        "conv": lambda now: conv(now[-1]),
        "tanh": lambda now: now[-1].tanh(),
        "sum": lambda now: now[-1] + now[back],
        "pad": lambda now: F.pad(now[-1], (1, 0, 0, 1)),
        "pool": lambda now: F.max_pool2d(now[-1], 3, 1, 1),
        "cat": lambda now: torch.cat([now[-1], now[back]], 1),
        "half": lambda now: now[-1].chunk(2, 1)[0],
        "turn": lambda now: now[-1].transpose(2, 3).contiguous(),
        "float": lambda now: now[-1].float(),
        "back": lambda now: now[back].relu(),
    }
    return made[draw(st.sampled_from(sorted(made)))]


@settings(max_examples=150, deadline=None)
@drawn(st.data())
def test_any_chain_of_layers_equals_a_watched_pass(data: st.DataObject) -> None:
    chain: list[Callable[[list[Tensor]], Tensor]] = []
    now = [image(size=5)]
    for _ in range(data.draw(st.integers(2, 14))):
        chain.append(layer_of(data.draw, now[-1], now))
        with torch.no_grad():
            now.append(chain[-1](now))

    class Drawn(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            tensors = [x]
            for each in chain:
                tensors.append(each(tensors))
            # A step of its own, so that there is one in any case.
            return tensors[-1] * 1.5

    network, scripts = Drawn(), dict[tuple[int, ...], Script]()
    capture(network, image(7, 5), scripts=scripts, fixed=True)
    repeated = capture(network, image(1, 5), scripts=scripts, fixed=True)
    watched = capture(network, image(1, 5))
    expected = watched.arrays()
    with torch.no_grad():
        np.testing.assert_array_equal(repeated.arrays()[-1], network(image(1, 5))[0].numpy())
    found = repeated.arrays()
    for layer in data.draw(st.permutations(watched.architecture.layers)):
        np.testing.assert_array_equal(found[layer.index], expected[layer.index], err_msg=layer.name)
