"""A second pass that does the same collects the same, and one that does something else is watched anew."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convviz.core.text import Problem
from convviz.nets.capture import Captured, capture
from convviz.nets.replay import Script
from tests.nets.nets import filled
from tests.nets.watching import watched

__all__ = ["watched"]


class InPlace(nn.Module):
    """Overwrites in every way, and keeps what was there in other tensors."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.drop = nn.Dropout(inplace=True)

    def forward(self, x: Any) -> Any:
        first = self.conv(x.float().contiguous())
        y = torch.relu_(self.norm(first))
        y += first
        halves = torch.chunk(self.drop(nn.functional.relu6(y, inplace=True)), 2, dim=1)
        return torch.cat([halves[1], halves[0] * 2], 1).mean((2, 3)) @ torch.ones(4, 3)


class Choosing(nn.Module):
    """Does something else for dark inputs than for bright ones."""

    def __init__(self, dark: Callable[[Any], Any], bright: Callable[[Any], Any]) -> None:
        super().__init__()
        self.dark, self.bright = dark, bright

    def forward(self, x: Any) -> Any:
        return (self.dark if float(x.detach().numpy().mean()) < 0 else self.bright)(x)


def given(seed: int, size: int = 8, offset: float = 0.0) -> Any:
    values = np.random.default_rng(seed).random((1, 1, size, size), np.float32)
    return torch.from_numpy(values + np.float32(offset))


def same(one: Captured, other: Captured) -> bool:
    pairs = zip(one.arrays(), other.arrays(), strict=True)
    return one.architecture == other.architecture and all(np.array_equal(a, b) for a, b in pairs)


def test_a_pass_that_does_the_same_gives_the_same(watched: list[int]) -> None:
    network, scripts = filled(InPlace()).eval(), dict[tuple[int, ...], Script]()
    first = capture(network, given(1), scripts=scripts)
    before = [array.copy() for array in first.arrays()]
    for seed in (2, 3):
        source = given(seed)
        kept = source.clone()
        again = capture(network, source, scripts=scripts)
        assert torch.equal(source, kept)
        assert again.architecture is first.architecture
        assert same(again, capture(network, given(seed)))
    # One pass with a script to write, and two without any.
    assert len(watched) == 3
    assert all(np.array_equal(a, b) for a, b in zip(first.arrays(), before, strict=True))


def test_another_size_of_input_is_watched_anew(watched: list[int]) -> None:
    network, scripts = filled(InPlace()).eval(), dict[tuple[int, ...], Script]()
    for size in (8, 9, 8, 9):
        captured = capture(network, given(1, size), scripts=scripts)
        assert captured.architecture.layers[0].shape == (4, size, size)
    assert len(watched) == 2


DIFFERENT: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "another function": (lambda x: x.relu() * 2, lambda x: x.abs() * 2),
    "another input of the same function": (
        lambda x: (x.abs(), x.sigmoid())[0] * 2,
        lambda x: (x.abs(), x.sigmoid())[1] * 2,
    ),
    "fewer steps": (lambda x: x.relu(), lambda x: x.relu() * 2),
    "more steps": (lambda x: x.relu() * 2, lambda x: x.relu()),
    "an output from the middle": (
        lambda x: (x.relu(), x.relu() * 2)[0],
        lambda x: (x.relu(), x.relu() * 2)[1],
    ),
    "another shape": (lambda x: x[:, :, :3] * 2, lambda x: x[:, :, :5] * 2),
    "more pieces": (lambda x: x.chunk(2)[0] * 2, lambda x: x.chunk(2, 2)[0] * 2),
}


@pytest.mark.parametrize("name", list(DIFFERENT))
def test_a_pass_that_does_something_else_is_watched_anew(name: str, watched: list[int]) -> None:
    network, scripts = Choosing(*DIFFERENT[name]), dict[tuple[int, ...], Script]()
    for offset in (-9.0, 3.0, -9.0, -8.0):
        captured = capture(network, given(1, offset=offset), scripts=scripts)
        with torch.no_grad():
            expected = network(given(1, offset=offset))
        assert np.array_equal(captured.arrays()[-1], expected[0].numpy())
        assert captured.architecture == capture(network, given(1, offset=offset)).architecture
    assert len(watched) == 4 + 3


def test_a_network_that_fails_later_gets_a_sentence() -> None:
    def fail(x: Any) -> Any:
        return x.abs() @ torch.ones(5, 5)

    network, scripts = Choosing(fail, lambda x: x.abs() * 2), dict[tuple[int, ...], Script]()
    capture(network, given(1, offset=1), scripts=scripts)
    with pytest.raises(Problem):
        capture(network, given(1, offset=-9), scripts=scripts)


def test_it_can_be_stopped_and_leaves_the_network_as_it_was() -> None:
    class Stopped(Exception):  # noqa: N818
        pass

    network, scripts = filled(InPlace()).train(), dict[tuple[int, ...], Script]()
    capture(network, given(1), scripts=scripts)
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        capture(network, given(2), check=check, scripts=scripts)
    assert len(asked) == 3
    assert all(part.training and not part._forward_hooks for part in network.modules())


def test_what_had_to_be_copied_is_always_watched(watched: list[int]) -> None:
    class Views(nn.Module):
        def forward(self, x: Any) -> Any:
            y = x * 2
            y[:, :, :2] = 0
            return y + 1

    scripts: dict[tuple[int, ...], Script] = {}
    for seed in (1, 2):
        captured = capture(Views(), given(seed), scripts=scripts)
        assert captured.arrays()[0].all()
        assert not (captured.arrays()[-1][:, :2] - 1).any()
    assert len(watched) == 2
    assert not scripts
