"""The two small networks that convviz trains and ships itself: every step can be followed by a class."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

CLASSES = 10

# Maps of every convolution of the CIFAR-10 network, stage by stage; a stage ends with a pooling.
_VGG_STAGES = ((32, 64), (128, 128), (192, 192), (192,))


def build(name: str) -> Any:
    """Return a new untrained network.

    Its weights are drawn from torch's global random numbers.

    Parameters
    ----------
    name : str
        ``"lenet5"`` or ``"cifar10-vgg"``.

    Returns
    -------
    torch.nn.Sequential
        From pictures (N, C, H, W) to scores (N, 10) before any softmax.

    Raises
    ------
    Problem
        If there is no small network of that name.
    """
    if name not in _BUILDERS:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "There is no small network “{name}”; there are {names}."),
            name=name,
            names=", ".join(_BUILDERS),
        )
    return _BUILDERS[name]()


def lenet5() -> Any:
    """Return LeNet-5 for grey pictures of 28 × 28: 61 706 weights.

    LeCun, Bottou, Bengio & Haffner, "Gradient-based learning applied to document recognition" (1998). As is
    usual today with ReLU, maximum pooling, a softmax at the end, and every map of the second convolution
    connected to all six of the first; the picture's border of 2 is the first convolution's padding.
    """
    from torch import nn

    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 6, 5, padding=2),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),
            conv2=nn.Conv2d(6, 16, 5),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),
            flatten=nn.Flatten(),
            fc1=nn.Linear(16 * 5 * 5, 120),
            relu3=nn.ReLU(),
            fc2=nn.Linear(120, 84),
            relu4=nn.ReLU(),
            fc3=nn.Linear(84, CLASSES),
        )
    )


def cifar10_vgg() -> Any:
    """Return a small VGG-style network for colour pictures of 32 × 32: 1.13 million weights.

    Simonyan & Zisserman, "Very deep convolutional networks for large-scale image recognition" (2015), with
    batch normalisation; after the last convolution the mean of each map and one linear layer, so that other
    sizes of input work too.
    """
    from torch import nn

    stages: OrderedDict[str, Any] = OrderedDict()
    channels = 3
    for number, widths in enumerate(_VGG_STAGES, 1):
        last = number == len(_VGG_STAGES)
        stages[f"stage{number}"] = _stage(
            channels, widths, nn.AdaptiveAvgPool2d(1) if last else nn.MaxPool2d(2)
        )
        channels = widths[-1]
    return nn.Sequential(stages | {"flatten": nn.Flatten(), "classifier": nn.Linear(channels, CLASSES)})


def _stage(channels: int, widths: tuple[int, ...], pool: Any) -> Any:
    """Return convolutions 3 × 3, each with its batch normalisation and ReLU, and ``pool`` behind them."""
    from torch import nn

    steps: OrderedDict[str, Any] = OrderedDict()
    for number, width in enumerate(widths, 1):
        # No bias: the batch normalisation would take it away again.
        steps[f"conv{number}"] = nn.Conv2d(channels, width, 3, padding=1, bias=False)
        steps[f"bn{number}"] = nn.BatchNorm2d(width)
        steps[f"relu{number}"] = nn.ReLU()
        channels = width
    return nn.Sequential(steps | {"pool": pool})


_BUILDERS: dict[str, Callable[[], Any]] = {"lenet5": lenet5, "cifar10-vgg": cifar10_vgg}
NAMES = tuple(_BUILDERS)
