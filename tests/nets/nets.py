"""Small networks for the tests, each with something that is easy to get wrong."""

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everyone's name for it


def filled(module: nn.Module) -> Any:
    """Return ``module`` with positive random weights, so that every cell that is read matters."""
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.rand(parameter.shape, generator=generator) * 0.1 + 0.05)
    return module.eval()


class Same(nn.Module):
    """ "same" padding as TensorFlow's, shifted where the stride is 2, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Conv2d(1, 2, 3, stride=2)
        self.b = nn.Conv2d(2, 2, 5, stride=2)

    def forward(self, x: Any) -> Any:
        x = self.a(F.pad(x, (0, 1, 0, 1)))
        return self.b(F.pad(x, (1, 2, 1, 2)))


class Branches(nn.Module):
    """Branches of different reach that are added and concatenated."""

    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Conv2d(1, 2, 1)
        self.three = nn.Conv2d(1, 2, 3, padding=1)
        self.wide = nn.Conv2d(1, 2, 3, padding=(2, 3), dilation=(2, 3))

    def forward(self, x: Any) -> Any:
        return torch.cat([self.one(x) + self.three(x), self.wide(x)], 1)


class Squeeze(nn.Module):
    """A squeeze-and-excitation branch: behind it every cell sees everything."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3, padding=1)
        self.down = nn.Conv2d(3, 1, 1)
        self.up = nn.Conv2d(1, 3, 1)

    def forward(self, x: Any) -> Any:
        x = self.conv(x)
        y = F.adaptive_avg_pool2d(x, 1)
        return x * torch.sigmoid(self.up(self.down(y)) / 50)


class Shuffle(nn.Module):
    """Channels split, shuffled by views, put together again."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, stride=2, padding=1)
        self.part = nn.Conv2d(2, 2, (1, 3), padding=(0, 1))

    def forward(self, x: Any) -> Any:
        left, right = self.conv(x).chunk(2, dim=1)
        x = torch.cat((left, self.part(right)), dim=1)
        n, c, h, w = x.size()
        return x.view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)


class Crops(nn.Module):
    """Slices with steps, axes that come and go, and poolings of every kind."""

    def __init__(self) -> None:
        super().__init__()
        self.pool = nn.MaxPool2d(3, 2, 1, ceil_mode=True)
        self.mean = nn.AvgPool2d((2, 3), stride=1)

    def forward(self, x: Any) -> Any:
        x = self.pool(x[:, 0].unsqueeze(1)[..., 1:, ::2])
        return self.mean(x).permute(0, 2, 3, 1).mul(2).permute(0, 3, 1, 2)


class Enlarged(nn.Module):
    """Down and up again, by a transposed convolution and by repeating."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.Conv2d(1, 2, 4, stride=4)
        self.up = nn.ConvTranspose2d(2, 2, 3, stride=2, padding=1, output_padding=1)

    def forward(self, x: Any) -> Any:
        return F.interpolate(self.up(self.down(x)), scale_factor=2, mode="nearest")


class Mirrored(nn.Module):
    """Borders filled with mirrored cells."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 5, padding=2, padding_mode="reflect")
        self.edge = nn.Conv2d(1, 1, 3, padding=1, padding_mode="replicate")

    def forward(self, x: Any) -> Any:
        return self.edge(self.conv(x))


class Adaptive(nn.Module):
    """An adaptive pooling whose windows differ in size."""

    def __init__(self) -> None:
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d((5, 3))

    def forward(self, x: Any) -> Any:
        return self.pool(x)


class InPlace(nn.Module):
    """Everything that would overwrite what was captured before."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)
        self.drop = nn.Dropout(inplace=True)

    def forward(self, x: Any) -> Any:
        x.sub_(0.5)
        a = self.conv(x)
        self.relu(a)
        b = a.view(1, -1)
        b.mul_(2)
        c = a + 1
        c += a
        d = self.drop(c)
        d = F.relu6(d, inplace=True)
        e = d.clone()
        e[:, :, 0] = 7
        return torch.flatten(e.add_(c), 1)


RECEPTIVE: dict[str, type[nn.Module]] = {
    each.__name__: each for each in (Same, Branches, Squeeze, Shuffle, Crops, Enlarged, Mirrored, Adaptive)
}
