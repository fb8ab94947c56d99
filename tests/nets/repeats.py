"""Networks whose calls are repeated with another picture, and that picture."""

import torch
from torch import Tensor, nn

from convviz.nets.capture import Captured, capture
from convviz.nets.program import Program
from convviz.nets.replay import Script


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
