"""Sizes of gradients with and without skip connections."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from convviz.nets.gradient_sizes import Setting, Start, gradient_sizes, ratio, starting_weights

PICTURE = np.random.default_rng(3).normal(size=(3, 8, 8)).astype(np.float32)


class Tiny(nn.Module):
    """The network of depth 4 as one would write it: a convolution, a pair, a dense layer."""

    def __init__(self, weights: list[tuple[torch.Tensor, torch.Tensor]], norm: bool, skip: bool) -> None:
        super().__init__()
        count, inputs = weights[0][0].shape[:2]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(inputs if n == 0 else count, count, 3, padding=1) for n in range(3)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(count) if norm else nn.Identity() for _ in range(3))
        self.dense = nn.Linear(count, 10)
        self.double()
        self.skip = skip
        with torch.no_grad():
            for layer, (weight, bias) in zip([*self.convolutions, self.dense], weights, strict=True):
                layer.weight.copy_(weight)
                layer.bias.copy_(bias)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        first, one, other = self.convolutions
        x = torch.relu(self.norms[0](first(given)))
        f = self.norms[2](other(torch.relu(self.norms[1](one(x)))))
        scores: torch.Tensor = self.dense(torch.relu(f + x if self.skip else f).mean((2, 3)))
        return scores


def _loss(model: nn.Module) -> torch.Tensor:
    given = torch.from_numpy(PICTURE).double()[None]
    return nn.functional.cross_entropy(model(given), torch.tensor([0]))


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("start", list(Start))
@pytest.mark.parametrize("skip", [False, True])
def test_they_are_those_of_the_network_written_by_hand(norm: bool, start: Start, skip: bool) -> None:
    setting = Setting(4, 5, norm, start, 7)
    model = Tiny(starting_weights(setting, 3), norm, skip)
    _loss(model).backward()
    expected = [layer.weight.grad.abs().mean().item() for layer in [*model.convolutions, model.dense]]
    sizes = gradient_sizes(setting, PICTURE)
    np.testing.assert_allclose(sizes.residual if skip else sizes.plain, expected, rtol=1e-9)


def test_a_gradient_is_what_the_loss_changes_by() -> None:
    setting = Setting(4, 2, start=Start.HE, seed=2)
    weights = starting_weights(setting, 3)
    slopes, step = [], 1e-6
    for index in np.ndindex(*weights[0][0].shape):
        ends = []
        for sign in (1, -1):
            moved = [(weight.clone(), bias) for weight, bias in weights]
            moved[0][0][index] += sign * step
            with torch.no_grad():
                ends.append(_loss(Tiny(moved, False, True)).item())
        slopes.append(abs(ends[0] - ends[1]) / (2 * step))
    assert gradient_sizes(setting, PICTURE).residual[0] == pytest.approx(np.mean(slopes), rel=1e-5)


def test_without_skips_it_vanishes_with_them_it_does_not() -> None:
    sizes = gradient_sizes(Setting(20), PICTURE)
    assert len(sizes.plain) == len(sizes.residual) == 20
    assert ratio(sizes.plain) < 1e-4
    assert 1e-2 < ratio(sizes.residual) < 1e2


def test_very_small_gradients_are_not_rounded_to_zero() -> None:
    sizes = gradient_sizes(Setting(40, 16), PICTURE)
    assert 0 < sizes.plain[0] < 1e-12


def test_the_seed_alone_decides_the_weights() -> None:
    assert gradient_sizes(Setting(6), PICTURE) == gradient_sizes(Setting(6), PICTURE)
    assert gradient_sizes(Setting(6), PICTURE) != gradient_sizes(Setting(6, seed=2), PICTURE)


@pytest.mark.parametrize("start", list(Start))
def test_weights_have_the_variance_they_say(start: Start) -> None:
    weight, bias = starting_weights(Setting(4, 64, start=start), 3)[1]
    fan = 9 * 64
    expected = 2 / fan if start is Start.HE else 1 / (3 * fan)
    assert weight.var().item() == pytest.approx(expected, rel=0.03)
    assert bias.any().item() == (start is Start.SMALL)


def test_it_can_be_given_up_between_layers() -> None:
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) == 5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        gradient_sizes(Setting(20, 2), PICTURE, check)
    assert len(calls) == 5


@pytest.mark.parametrize("depth", [2, 7])
def test_a_depth_that_gives_no_pairs_is_refused(depth: int) -> None:
    with pytest.raises(ValueError, match="even"):
        Setting(depth)


def test_where_the_last_layer_has_no_gradient_there_is_no_ratio() -> None:
    assert math.isnan(ratio((1.0, 0.0)))
    assert ratio((1.0, 4.0)) == 0.25
