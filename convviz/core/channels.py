"""How the channels of a picture meet the filters: one by one, summed, grey, or a single one."""

from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.limits import SpecProblem
from convviz.core.picture import grey
from convviz.core.text import QT_TRANSLATE_NOOP


class ChannelMode(StrEnum):
    """Which channels are convolved, and whether their results are added up."""

    EACH = "each"
    SUM = "sum"
    GREY = "grey"
    RED = "r"
    GREEN = "g"
    BLUE = "b"


_SINGLE = {ChannelMode.RED: 0, ChannelMode.GREEN: 1, ChannelMode.BLUE: 2}


def planes(values: NDArray[Any], mode: ChannelMode) -> NDArray[Any]:
    """Return the input planes (C, H, W) of a picture's values (H, W, C) under ``mode``.

    A picture with one channel gives that channel under every mode.

    Parameters
    ----------
    values : ndarray, shape (H, W, C)
        ``uint8`` or ``float32``.
    mode : ChannelMode
        ``GREY`` gives the luminance of :func:`convviz.core.picture.grey`, the colours one plane each;
        otherwise all planes, without copying.

    Raises
    ------
    SpecProblem
        If a colour is asked of a picture that has neither one nor three channels.
    """
    channels = values.shape[2]
    if mode in _SINGLE and channels != 1:
        if channels != 3:
            raise SpecProblem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "The picture has {channels} channels, so none is red, green or blue."
                    " Choose each channel, their sum, or grey.",
                ),
                channels=channels,
            )
        values = values[..., _SINGLE[mode], np.newaxis]
    elif mode is ChannelMode.GREY:
        values = grey(values)
    return values.transpose(2, 0, 1)


def expand(weights: NDArray[np.float64], mode: ChannelMode, channels: int) -> tuple[NDArray[np.float64], int]:
    """Return the weights and groups of a convolution that applies filters under ``mode``.

    Parameters
    ----------
    weights : ndarray, shape (T, K, kh, kw)
        T filters; K = 1 (the same kernel for every channel) or one kernel per channel.
    mode : ChannelMode
        How the channels are used.
    channels : int
        Number of channels of the picture.

    Returns
    -------
    weights : ndarray, shape (C_out, C_in / groups, kh, kw)
        For :class:`convviz.core.specs.ConvSpec`. Under ``EACH`` the maps come channel by channel: all
        filters on the first channel, then all on the second.
    groups : int
        Number of channels under ``EACH``, else 1.

    Raises
    ------
    SpecProblem
        If the filters have a kernel per channel, but not as many as the picture has channels.
    """
    filters, kernels = weights.shape[:2]
    if mode in (ChannelMode.EACH, ChannelMode.SUM):
        if kernels not in (1, channels):
            raise SpecProblem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "The filters have {kernels} kernels each, one per channel, but the picture has"
                    " {channels} channels. Choose another picture, another channel mode or another filter.",
                ),
                kernels=kernels,
                channels=channels,
            )
        full = np.broadcast_to(weights, (filters, channels, *weights.shape[2:]))
        if mode is ChannelMode.SUM:
            return full.copy(), 1
        return full.swapaxes(0, 1).reshape(channels * filters, 1, *weights.shape[2:]), channels
    kernel = min(_SINGLE.get(mode, 0), kernels - 1)
    return weights[:, kernel : kernel + 1].copy(), 1
