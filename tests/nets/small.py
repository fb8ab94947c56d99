"""Small networks for the tests, their traces, and what must be the same afterwards."""

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor, nn

from convviz.nets.capture import capture
from convviz.nets.records import Placement, Trace


def picture(channels: int = 3, height: int = 16, width: int = 16, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(channels, height, width)).astype(np.float32)


def trace_of(module: nn.Module, given: NDArray[np.float32], placement: Placement | None = None) -> Trace:
    captured = capture(module, torch.from_numpy(given.copy())[None])
    place = placement or Placement(0.0, 0.0, 1.0, 1.0)
    return Trace(captured.architecture, given, captured.arrays(), place, (), 0.0)


def parameter_of(module: nn.Module) -> Any:
    state = module.state_dict()
    return lambda name: state[name].numpy()


def seeded(module: nn.Module, seed: int = 0) -> nn.Module:
    """Give a network weights, and statistics, that are no defaults."""
    random = torch.Generator().manual_seed(seed)
    for tensor in module.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(torch.randn(tensor.shape, generator=random) * 0.3)
    for name, tensor in module.state_dict().items():
        if name.endswith("running_var"):
            tensor.abs_().add_(0.2)
    return module


class Mixed(nn.Module):
    """A bit of everything, with values overwritten in every way networks do it."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.ReLU(inplace=True)
        )
        self.left = nn.Conv2d(8, 8, 3, padding=1, groups=8)
        self.right = nn.Conv2d(8, 4, 1, bias=False)
        self.squeeze, self.expand = nn.Conv2d(12, 3, 1), nn.Conv2d(3, 12, 1)
        self.last = nn.Conv2d(12, 6, 3, padding=2, dilation=2, padding_mode="reflect")
        self.drop, self.head = nn.Dropout(0.5), nn.Linear(6, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        y = self.left(x)
        y += x
        # The result is not used: the tensor itself is.
        F.relu(y, inplace=True)
        x = torch.cat([y, F.max_pool2d(self.right(x), 3, 1, 1)], 1)
        gate = F.adaptive_avg_pool2d(x, 1)
        x = x * torch.sigmoid(self.expand(F.silu(self.squeeze(gate))))
        x = F.relu6(self.last(x))
        x = self.drop(x.mean((2, 3)))
        return torch.softmax(self.head(x), dim=1)


def state_of(module: nn.Module) -> dict[str, Any]:
    """Return everything about a network that an explanation must leave as it was."""
    state: dict[str, Any] = {f"tensor {name}": t.clone() for name, t in module.state_dict().items()}
    for name, value in module.named_parameters():
        state[f"flag {name}"] = value.requires_grad
        state[f"gradient {name}"] = value.grad
        state[f"identity {name}"] = id(value)
    for name, part in module.named_modules():
        hooks = part._forward_hooks, part._forward_pre_hooks, part._backward_hooks
        state[f"module {name}"] = (part.training, *map(len, hooks), part.__dict__.keys())
    return state


def assert_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert before.keys() == after.keys()
    for name, value in before.items():
        same = torch.equal(value, after[name]) if isinstance(value, Tensor) else value == after[name]
        assert same, name
