"""Preprocessing that many networks were trained with, under the names it is known by."""

import dataclasses
from enum import StrEnum

from convviz.nets.preprocessing import Fit, Preprocessing


class Known(StrEnum):
    """A way of preparing pictures that has a name."""

    IMAGENET = "imagenet"
    UNIT = "0 to 1"
    CENTRED = "-1 to 1"
    CIFAR10 = "cifar-10"
    MNIST = "mnist"


_OF_DATA = {
    Known.IMAGENET: Preprocessing(),
    # Mean and deviation of the training pictures of each data set.
    Known.CIFAR10: Preprocessing(
        (32, 32), Fit.EXACT, 32, crop=False, mean=(0.4914, 0.4822, 0.4465), std=(0.247, 0.2435, 0.2616)
    ),
    Known.MNIST: Preprocessing(
        (28, 28), Fit.EXACT, 28, crop=False, channels=1, mean=(0.1307,), std=(0.3081,), light_on_dark=True
    ),
}
_NUMBERS = {Known.UNIT: (0.0, 1.0), Known.CENTRED: (0.5, 0.5)}


def known_preprocessing(which: Known, now: Preprocessing) -> Preprocessing:
    """Return a known preprocessing.

    Parameters
    ----------
    which : Known
        :attr:`Known.UNIT` and :attr:`Known.CENTRED` are about values alone: values from 0 to 1 as they are,
        and (x − 0.5) / 0.5, from −1 to 1. The others are whole, with the size of the data set's pictures.
    now : Preprocessing
        Gives size, fit and colours where these are not part of it.
    """
    if which in _OF_DATA:
        return _OF_DATA[which]
    mean, std = _NUMBERS[which]
    channels = now.channels
    return dataclasses.replace(now, mean=(mean,) * channels, std=(std,) * channels, scale=1.0)
