"""Layers that are computed when they are looked at equal what torch's own forward hooks give, to the bit."""

import gc
import random
import threading
import weakref
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
from torch.overrides import TorchFunctionMode

from convviz.engine.native import Level, library
from convviz.nets import capture as module
from convviz.nets import follow, program
from convviz.nets.capture import Captured, capture
from convviz.nets.catalog import open_network
from convviz.nets.network import Network
from convviz.nets.program import MOST_CALLS, Program, is_fixed
from convviz.nets.recorder import Recorder
from convviz.nets.records import Placement
from convviz.nets.replay import Script
from tests.nets.small import Mixed, seeded

HERE = Placement(0.0, 0.0, 1.0, 1.0)


class Residual(nn.Module):
    """Adds in place, rectifies in place, and calls the same modules twice."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)
        self.norm, self.relu = nn.BatchNorm2d(3), nn.ReLU(inplace=True)
        self.pad, self.drop = nn.ZeroPad2d(1), nn.Dropout()
        self.last = nn.Conv2d(3, 4, 3)

    def forward(self, x: Tensor) -> Tensor:
        for _ in range(2):
            y = self.norm(self.conv(x))
            y += x
            x = self.relu(y)
        x = self.last(self.drop(self.pad(self.relu(self.conv(x)))))
        return x.mean((2, 3))


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
LARGE = ("efficientnet-lite0", "resnet18", "googlenet")


def image(seed: int = 0, size: int = 16) -> Tensor:
    return torch.rand(1, 3, size, size, generator=torch.Generator().manual_seed(seed)) * 4 - 2


def again(network: nn.Module, given: Tensor) -> tuple[Captured, Program]:
    """Return a pass that repeats an earlier one with another picture, and what it followed."""
    scripts: dict[tuple[int, ...], Script] = {}
    capture(network, torch.zeros_like(given), scripts=scripts, fixed=True)
    (script,) = scripts.values()
    assert script.program is not None
    return capture(network, given, scripts=scripts, fixed=True), script.program


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


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with every pass that is watched closely."""
    passes: list[int] = []

    class Noted(Recorder):
        def __init__(self, *given: Any) -> None:
            passes.append(1)
            super().__init__(*given)

    monkeypatch.setattr(module, "Recorder", Noted)
    return passes


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
