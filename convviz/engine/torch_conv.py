"""Cross-correlation by torch, laid out so that oneDNN takes its fast ways.

What is fast on a processor (measured at 1280×720×3, float32, two threads): a convolution with one kernel per
channel in ``channels_last`` order, and most of all with 16 channels or more. The same on a contiguous tensor
takes twenty times as long, and so does a single channel. Hence the picture is cut into horizontal strips that
lie side by side as channels where it has too few of them.

Only the convolution itself is left to torch. Copies are NumPy's: each of torch's own would wait for all its
threads to meet, which takes far longer than the copy when anything else runs on the machine.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Pair
from convviz.engine.checks import Check, nothing
from convviz.engine.maps import Maps

if TYPE_CHECKING:
    from torch import Tensor

Values = NDArray[np.float32]

# Number of channels that fills the processor's vectors.
_LANES = 16
# Cutting into strips and back pays from so many products per cell of the picture on; for one channel soon.
_STRIPS_FROM = 49
_STRIPS_FROM_FOR_ONE = 2
# Below this many cells any way is fast.
_SMALL = 4096
# From this many filters per group on, summing over channels inside one convolution is faster.
_DENSE_FROM_FILTERS = 4


class TorchBackend:
    """Cross-correlation by ``torch.nn.functional.conv2d``. See :class:`convviz.engine.backend.Backend`."""

    def rest(self, block: Values, kernel: Pair, stride: Pair, dilation: Pair) -> "RestingBlock":
        """See :meth:`convviz.engine.backend.Backend.rest`."""
        return RestingBlock(block, kernel, stride, dilation)


class RestingBlock:
    """Input at rest, laid out when the first kernel comes. See :class:`convviz.engine.backend.Resting`."""

    def __init__(self, block: Values, kernel: Pair, stride: Pair, dilation: Pair) -> None:
        self._block, self._kernel, self._stride, self._dilation = block, kernel, stride, dilation
        self._strips: Strips | None = None

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes."""
        return self._block.nbytes + (self._strips.nbytes if self._strips is not None else 0)

    def correlate(self, weights: Values, groups: int, check: Check = nothing) -> Maps:
        """See :meth:`convviz.engine.backend.Resting.correlate`."""
        filters, per_group, kh, kw = weights.shape
        dense = per_group > 1 and (filters // groups >= _DENSE_FROM_FILTERS or kh * kw == 1)
        lines = self._block.transpose(1, 2, 0)
        if dense or self._block[0].size < _SMALL:
            maps = convolve(lines, weights, self._stride, self._dilation, groups).transpose(2, 0, 1)
            return Maps.of(maps)
        if self._strips is None:
            self._strips = Strips(lines, self._kernel, self._stride, self._dilation)
        strips = self._strips
        # (filters of a group, channels, kh, kw): the kernels that meet all the channels at once.
        kernels = (
            weights.reshape(groups, -1, per_group, kh, kw)
            .swapaxes(0, 1)
            .reshape(-1, len(self._block), kh, kw)
        )
        if len(kernels) == 1 and per_group == 1:
            return Maps.of(strips.maps(kernels[0]))
        out = np.empty((groups, len(kernels), *strips.shape), np.float32)
        for number, kernel in enumerate(kernels):
            check()
            each = strips.maps(kernel).reshape(groups, per_group, *strips.shape)
            out[:, number] = each[:, 0]
            for channel in range(1, per_group):
                out[:, number] += each[:, channel]
        return Maps.of(out.reshape(-1, *strips.shape))


def convolve(lines: Values, weights: Values, stride: Pair, dilation: Pair, groups: int) -> Values:
    """Return the maps (h', w', C_out) of ``lines`` (h, w, C) and ``weights`` (C_out, C / groups, kh, kw)."""
    import torch
    import torch.nn.functional as F  # noqa: N812 - torch's own name for it

    with torch.inference_mode():
        batch, filters = _tensor(lines[np.newaxis]), _tensor(weights.transpose(0, 2, 3, 1))
        maps = F.conv2d(batch, filters, stride=stride, dilation=dilation, groups=groups)
        array: Values = maps[0].numpy().transpose(1, 2, 0)
    return array


def _tensor(values: Values) -> "Tensor":
    """Return ``values`` (N, h, w, C) as a tensor (N, C, h, w) whose strides say ``channels_last``.

    The stride along an axis of one cell means nothing, but conv2d looks at it to tell the order: with one
    image or one channel it took the slow way, twenty times as long, for an order that was right.
    """
    import torch

    ordered = np.ascontiguousarray(values)
    # torch warns of arrays that it could change behind their owner's back.
    tensor = torch.from_numpy(ordered if ordered.flags.writeable else ordered.copy())
    number, height, width, channels = values.shape
    strides = (height * width * channels, 1, width * channels, channels)
    return tensor.as_strided((number, channels, height, width), strides)


class Strips:
    """A picture cut into horizontal strips that lie side by side as channels.

    Parameters
    ----------
    lines : ndarray of float32, shape (h, w, C)
        The picture.
    kernel, stride, dilation : (int, int)
        The window that is to slide over it.
    """

    def __init__(self, lines: Values, kernel: Pair, stride: Pair, dilation: Pair) -> None:
        _, width, channels = lines.shape
        rows, columns = (
            (lines.shape[axis] - dilation[axis] * (kernel[axis] - 1) - 1) // stride[axis] + 1
            for axis in (0, 1)
        )
        self.shape = (rows, columns)
        self._stride, self._dilation = stride, dilation
        wanted = _LANES // math.gcd(channels, _LANES) if channels < _LANES // 2 else 1
        products = kernel[0] * kernel[1] / (stride[0] * stride[1])
        cut = products >= (_STRIPS_FROM_FOR_ONE if channels == 1 else _STRIPS_FROM)
        self.count = min(wanted, rows) if cut else 1
        self._rows = -(-rows // self.count)
        self._lines = lines
        if self.count == 1:
            return
        reach = (self._rows - 1) * stride[0] + dilation[0] * (kernel[0] - 1) + 1
        # The rows beyond the end make outputs that nobody keeps.
        self._lines = np.zeros((reach, width, self.count * channels), np.float32)
        for strip in range(self.count):
            part = lines[strip * self._rows * stride[0] :][:reach]
            for channel in range(channels):
                self._lines[: len(part), :, strip * channels + channel] = part[..., channel]

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes."""
        return self._lines.nbytes

    def maps(self, kernel: Values) -> Values:
        """Return the maps (C, rows, columns) of ``kernel`` (C, kh, kw), one channel of the picture each."""
        channels = len(kernel)
        weights = np.tile(kernel, (self.count, 1, 1))[:, np.newaxis]
        maps = convolve(self._lines, weights, self._stride, self._dilation, len(weights))
        if self.count == 1:
            return maps.transpose(2, 0, 1)
        out = np.empty((channels, *self.shape), np.float32)
        for place in range(self.count * channels):
            strip, channel = divmod(place, channels)
            part = out[channel, strip * self._rows : (strip + 1) * self._rows]
            part[:] = maps[: len(part), :, place]
        return out
