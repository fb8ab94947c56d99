"""A filter of a network taken into the convolution room."""

from dataclasses import replace

import numpy as np

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.limits import MAX_KERNEL
from convviz.core.specs import Operation, PaddingMode
from convviz.nets.records import Values
from convviz.ui.state import LayerSettings, State


def fits_lab(weights: Values | None) -> bool:
    """Return whether the convolution room can show a filter (C, kh, kw) of a network."""
    return weights is not None and max(weights.shape[1:]) <= MAX_KERNEL


def lab_state(state: State, weights: Values, name: str, *, coloured: bool) -> State:
    """Return ``state`` with a filter of a network in place of its own, at every pixel of its picture.

    Parameters
    ----------
    state : State
        Its picture stays.
    weights : ndarray of float32, shape (C, kh, kw)
        The filter; must be one that :func:`fits_lab`.
    name : str
        What it is called.
    coloured : bool
        Whether it sees red, green and blue. On a colour picture the results are then added up as the network
        does; of any other filter the channel with the largest weights is taken, on the grey picture.
    """
    mode = ChannelMode.SUM if coloured and state.picture.is_colour else ChannelMode.GREY
    planes = np.asarray(weights, np.float64)
    if mode is ChannelMode.GREY:
        strongest = int(np.abs(planes).sum(axis=(1, 2)).argmax())
        planes = planes[strongest : strongest + 1]
    height, width = planes.shape[1:]
    # The network's own stride would only make the result smaller: here the class looks at all of it.
    settings = LayerSettings(
        operation=Operation.CROSS_CORRELATION,
        padding=(height // 2, width // 2),
        padding_mode=PaddingMode.ZEROS,
    )
    return replace(
        state,
        bank=FilterBank(planes[np.newaxis], (name,)),
        settings=settings,
        selected=0,
        kernel_channel=0 if len(planes) > 1 else None,
        channel_mode=mode,
        mix=None,
    )
