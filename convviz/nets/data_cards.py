"""What is known about the data sets: whose they are, and how their values become a network's input."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class DataCard:
    """One data set.

    Parameters
    ----------
    mean, std : tuple of float
        Of the training pictures' values, 0 to 1, one per channel; what the input is normalised with.
    light_on_dark : bool
        Whether what is shown is light on a dark ground.
    credit : mapping of str to str
        ``name``, ``source``, ``credit`` and ``licence``, for the card of a network trained with it.
    """

    mean: tuple[float, ...]
    std: tuple[float, ...]
    light_on_dark: bool
    credit: Mapping[str, str]


_CIFAR10_CREDIT = {
    "name": "CIFAR-10",
    "source": "Alex Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009",
    "credit": "Alex Krizhevsky, Vinod Nair and Geoffrey Hinton; pictures from the 80 million tiny images",
    "licence": "no formal licence; its author asks to cite the source",
}
_MNIST_CREDIT = {
    "name": "MNIST",
    "source": "LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, 1998",
    "credit": "Yann LeCun, Corinna Cortes and Christopher J.C. Burges; digits written for NIST",
    "licence": "CC BY-SA 3.0",
}

DATA_CARDS = {
    "mnist": DataCard((0.1307,), (0.3081,), True, _MNIST_CREDIT),
    "cifar10": DataCard((0.4914, 0.4822, 0.4465), (0.247, 0.2435, 0.2616), False, _CIFAR10_CREDIT),
}
