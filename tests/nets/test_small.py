"""The two small networks: sizes, steps and names."""

from typing import Any

import pytest
import torch
from torch import nn

from convviz.core.text import Problem
from convviz.nets.small import NAMES, build


def count(network: Any) -> int:
    return sum(one.numel() for one in network.parameters())


def test_lenet5_has_the_61_706_weights_of_its_layers() -> None:
    assert count(build("lenet5")) == 156 + 2416 + 48120 + 10164 + 850 == 61706


def test_the_cifar10_network_stays_under_five_megabytes() -> None:
    assert count(build("cifar10-vgg")) == 1_129_002
    assert 4 * count(build("cifar10-vgg")) < 5_000_000


@pytest.mark.parametrize(("name", "shape"), [("lenet5", (1, 28, 28)), ("cifar10-vgg", (3, 32, 32))])
def test_ten_scores_for_each_picture(name: str, shape: tuple[int, ...]) -> None:
    with torch.inference_mode():
        assert build(name).eval()(torch.zeros(2, *shape)).shape == (2, 10)


def test_the_cifar10_network_takes_other_sizes() -> None:
    with torch.inference_mode():
        assert build("cifar10-vgg").eval()(torch.zeros(1, 3, 45, 70)).shape == (1, 10)


def test_every_step_is_a_module_of_its_own_and_none_changes_its_input() -> None:
    kinds = (nn.Conv2d, nn.BatchNorm2d, nn.ReLU, nn.MaxPool2d, nn.AdaptiveAvgPool2d, nn.Flatten, nn.Linear)
    for name in NAMES:
        steps = [one for one in build(name).modules() if not isinstance(one, nn.Sequential)]
        assert all(isinstance(step, kinds) for step in steps)
        assert not any(step.inplace for step in steps if isinstance(step, nn.ReLU))


def test_steps_have_telling_names() -> None:
    assert [name for name, _ in build("cifar10-vgg").named_modules()][1:9] == [
        "stage1", "stage1.conv1", "stage1.bn1", "stage1.relu1", "stage1.conv2", "stage1.bn2", "stage1.relu2",
        "stage1.pool",
    ]  # fmt: skip


def test_an_unknown_name_gets_the_list() -> None:
    with pytest.raises(Problem, match="no small network “alexnet”; there are lenet5, cifar10-vgg"):
        build("alexnet")
