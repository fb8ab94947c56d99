"""What follows a convolution is computed at once, and equals torch's own functions to the bit."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from convviz.engine.native import Level, library
from convviz.nets.capture import capture
from convviz.nets.follow import Followed, find_runs
from convviz.nets.recorder import Recorder
from convviz.nets.replay import Script
from convviz.nets.tape import Changed, Numbered, Tape, with_tensors

COMPILED = library()
pytestmark = pytest.mark.skipif(
    COMPILED is None or COMPILED.level < Level.AVX2,
    reason="only where multiplying and adding is one operation",
)


def taped(network: nn.Module, image: Tensor) -> Tape:
    """Return the calls of one pass in evaluation mode."""
    recorder = Recorder(image, {}, lambda: None, tape := Tape(image))

    class Watching(torch.overrides.TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            return recorder.see(func, args, kwargs or {})

    with torch.no_grad(), Watching():
        network.eval()(image)
    return tape


def names(network: nn.Module, channels: int = 4) -> list[list[str]]:
    """Return the calls of every run of a network."""
    runs = find_runs(taped(network, torch.zeros(1, channels, 6, 6)))
    return [[call.name for call in run.calls] for run in runs]


class Function(nn.Module):
    """A network that is one function, with a normalisation at hand."""

    def __init__(self, function: Callable[[Tensor, nn.Module], Tensor]) -> None:
        super().__init__()
        self.norm, self.function = nn.BatchNorm2d(4), function

    def forward(self, x: Tensor) -> Tensor:
        return self.function(x, self.norm)


@pytest.mark.parametrize(
    ("function", "runs"),
    [
        (lambda x, n: F.pad(F.relu(n(x)), (1, 1, 1, 1)), [["batch_norm", "relu", "pad"]]),
        (lambda x, n: F.relu_(n(x) + x), [["batch_norm", "add", "relu"]]),
        (lambda x, n: F.relu6(x + n(x)), [["batch_norm", "add", "relu6"]]),
        (lambda x, n: n(x).add_(x), [["batch_norm", "add"]]),
        (lambda x, n: F.pad(n(x), (0, 2)), [["batch_norm", "pad"]]),
        (lambda x, n: F.relu(x) + F.hardtanh(x, -2.0, 2.0), [["relu"], ["hardtanh"]]),
        # Both of the sum are normalised: it goes with the one, and waits for the other.
        (lambda x, n: F.relu(n(x) + n(x * 2)), [["batch_norm", "add", "relu"], ["batch_norm"]]),
        # What else reads the normalised maps may do so before the sum.
        (lambda x, n: (y := n(x)).exp() + y + (y + x), [["batch_norm"]]),
        (lambda x, n: (y := n(x)) + y, [["batch_norm"]]),
        # Not of the same shape, or not only a sum.
        (lambda x, n: n(x) + x[:, :1], [["batch_norm"]]),
        (lambda x, n: torch.add(n(x), x, alpha=2), [["batch_norm"]]),
        (lambda x, n: n(x) + 1, [["batch_norm"]]),
        # Other borders, other functions, vectors.
        (lambda x, n: F.pad(n(x), (1, 1, 1, 1), mode="reflect"), [["batch_norm"]]),
        (lambda x, n: F.pad(n(x), (-1, 1, 1, 1)), [["batch_norm"]]),
        (lambda x, n: F.silu(n(x)), [["batch_norm"]]),
        (lambda x, n: F.relu(x.mean((2, 3))), []),
        (lambda x, n: F.batch_norm(x, None, None, training=True), []),
    ],
)
def test_runs_are_calls_that_read_each_other_alone(
    function: Callable[[Tensor, nn.Module], Tensor], runs: list[list[str]]
) -> None:
    assert names(Function(function)) == runs


def test_of_several_pictures_or_other_numbers_nothing_is_taken() -> None:
    network = nn.Sequential(nn.BatchNorm2d(4), nn.ReLU())
    assert find_runs(taped(network, torch.zeros(2, 4, 6, 6))) == []
    doubles = taped(nn.Sequential(nn.ReLU()), torch.zeros(1, 4, 6, 6, dtype=torch.float64))
    (run,) = find_runs(doubles)
    with pytest.raises(Changed):
        Followed(run, doubles.shapes).into([torch.zeros(1, 4, 6, 6, dtype=torch.float64), None])


def test_doubles_are_captured_nevertheless() -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()).double().eval()
    scripts: dict[tuple[int, ...], Script] = {}
    picture = torch.rand(1, 3, 8, 8, dtype=torch.float64) - 0.5
    for _ in range(3):
        captured = capture(network, picture.clone(), scripts=scripts, fixed=True)
        with torch.no_grad():
            np.testing.assert_array_equal(captured.arrays()[-1], network(picture)[0].numpy())


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    count=st.integers(1, 40),
    rows=st.integers(1, 40),
    columns=st.integers(1, 40),
    norm=st.booleans(),
    affine=st.booleans(),
    add=st.booleans(),
    limits=st.sampled_from([None, (0.0, None), (0.0, 6.0), (-1.5, 0.25)]),
    sides=st.none() | st.tuples(*[st.integers(0, 3)] * 4),
    level=st.sampled_from([Level.AVX2, Level.AVX512]),
    spread=st.booleans(),
)
def test_every_run_equals_torch(
    seed: int,
    count: int,
    rows: int,
    columns: int,
    norm: bool,
    affine: bool,
    add: bool,
    limits: tuple[float, float | None] | None,
    sides: tuple[int, int, int, int] | None,
    level: Level,
    spread: bool,
) -> None:
    torch.manual_seed(seed)
    layer = nn.BatchNorm2d(count, eps=1e-3, affine=affine)
    with torch.no_grad():
        for tensor in (*layer.parameters(), layer.running_mean):
            assert tensor is not None
            tensor.normal_()
        assert layer.running_var is not None
        layer.running_var.uniform_(0.01, 4)

    def function(x: Tensor) -> Tensor:
        x, other = x[0:1], x[1:2]
        if spread:
            x = x.contiguous(memory_format=torch.channels_last)
        if norm:
            x = layer(x)
            x = x + other if add else x
        if limits is not None:
            low, high = limits
            x = F.relu(x) if high is None else F.hardtanh(x, low, high)
        return x if sides is None else F.pad(x, sides, value=1.5 if spread else 0.0)

    class Drawn(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer = layer

        def forward(self, x: Tensor) -> Tensor:
            return function(x) * 2

    picture = torch.randn(2, count, rows, columns) * 3
    special = torch.tensor([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-42])
    picture.view(-1)[torch.randperm(picture.numel())[: len(special)]] = special[: picture.numel()]
    tape = taped(Drawn(), picture.clone())
    values: list[Any] = [None] * len(tape.shapes)
    with torch.no_grad():
        values[0] = picture
        for call in tape.calls:
            whole = with_tensors(call.call, lambda a: values[a.number] if isinstance(a, Numbered) else a)
            values[call.makes[0]] = whole()
    assert COMPILED is not None
    before = COMPILED.level
    COMPILED.choose(level)
    try:
        for run in find_runs(tape):
            mine: list[Any] = list(values)
            for number in run.makes:
                mine[number] = None
            Followed(run, tape.shapes).into(mine)
            for number in run.makes:
                np.testing.assert_array_equal(mine[number].numpy(), values[number].numpy())
    finally:
        COMPILED.choose(before)


def test_factors_follow_the_weights() -> None:
    network = nn.Sequential(nn.BatchNorm2d(3)).eval()
    picture = torch.randn(1, 3, 5, 5)
    tape = taped(network, picture)
    followed = Followed(find_runs(tape)[0], tape.shapes)
    values: list[Any] = [picture, None]
    for change in (
        lambda n: n.weight.fill_(2.0),
        lambda n: n.running_mean.add_(1.0),
        lambda n: n.bias.fill_(3),
    ):
        with torch.no_grad():
            change(network[0])
            followed.into(values)
            np.testing.assert_array_equal(values[1].numpy(), network(picture).numpy())
