"""Files of a user's own: a network in Python, and weights."""

import numpy as np
import torch

from convviz.core.picture import Picture

OWN = """
import torch
from torch import nn

class Tiny(nn.Module):
    def __init__(self, num_classes=5):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.fc = nn.Linear(4, num_classes)

    def forward(self, x):
        return self.fc(torch.relu(self.conv(x)).mean((2, 3)))
"""


def photo() -> Picture:
    return Picture(np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8), "photo")


def squeezenet(classes: int = 1000) -> dict[str, torch.Tensor]:
    from convviz.nets import torchvision_networks

    state: dict[str, torch.Tensor] = torchvision_networks.build("squeezenet1_1", classes).state_dict()
    return state
