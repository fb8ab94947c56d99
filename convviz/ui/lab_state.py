"""A filter of a network taken into the convolution room."""

from dataclasses import replace

import numpy as np

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.limits import MAX_DILATION, MAX_KERNEL, MAX_PADDING
from convviz.core.specs import Operation, PaddingMode, Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.nets.records import Layer, Values
from convviz.ui.state import LayerSettings, State

SPREADS = QT_TRANSLATE_NOOP(
    "Sentence",
    "This filter does not go to the lab: with stride {stride}, a transposed convolution spreads every value "
    "over more cells than there were, and the lab’s kernel, which slides over the picture, cannot do that.",
)


def fits_lab(weights: Values | None) -> bool:
    """Return whether the convolution room can show a filter (C, kh, kw) of a network."""
    return weights is not None and max(weights.shape[1:]) <= MAX_KERNEL


def is_transposed(layer: Layer) -> bool:
    """Return whether a convolution is a transposed one."""
    return layer.function.startswith("conv_transpose")


def lab_refusal(layer: Layer) -> Sentence | None:
    """Return why no kernel of the convolution room does what a filter does; None if one does."""
    if layer.window is None or not is_transposed(layer) or layer.window.stride == (1, 1):
        return None
    down, across = layer.window.stride
    return Sentence(SPREADS, {"stride": down if down == across else f"{down} × {across}"})


def lab_state(state: State, weights: Values, name: str, layer: Layer, *, coloured: bool) -> State:
    """Return ``state`` with a filter of a network in place of its own, at every pixel of its picture.

    Parameters
    ----------
    state : State
        Its picture stays.
    weights : ndarray of float32, shape (C, kh, kw)
        The filter; must be one that :func:`fits_lab`.
    name : str
        What it is called.
    layer : Layer
        The convolution it belongs to; must be one that :func:`lab_refusal` has nothing against. A transposed
        one without a stride turns its filter by 180° and slides it, which is what convolution means; others
        slide theirs as it is written. The kernel is dilated as in the network.
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
    dilation = _dilation(layer)
    # The network's own stride would only make the result smaller: here the class looks at all of it.
    settings = LayerSettings(
        operation=Operation.CONVOLUTION if is_transposed(layer) else Operation.CROSS_CORRELATION,
        dilation=dilation,
        padding=(_half(height, dilation[0]), _half(width, dilation[1])),
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


def _dilation(layer: Layer) -> Pair:
    """Return a convolution's dilation, as far as the convolution room can follow."""
    down, across = (1, 1) if layer.window is None else layer.window.dilation
    return min(down, MAX_DILATION), min(across, MAX_DILATION)


def _half(kernel: int, dilation: int) -> int:
    """Return the border that leaves a picture as large as it was."""
    return min(dilation * (kernel // 2), MAX_PADDING)
