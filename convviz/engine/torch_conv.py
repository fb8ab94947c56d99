"""Cross-correlation by torch, by the way that takes the least time for the case at hand.

Only what several threads do faster is left to torch. Copies are NumPy's: each of torch's own would wait for
all its threads to meet, which takes far longer than the copy when anything else runs on the machine.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Pair
from convviz.engine.checks import Check, nothing
from convviz.engine.costs import EIGHT, SMALL, Case, Way, factors_pay, ranked
from convviz.engine.maps import Maps
from convviz.engine.separable import Factors
from convviz.engine.spectrum import Spectrum
from convviz.engine.strips import Strips, output_shape, slides

if TYPE_CHECKING:
    from torch import Tensor

Values = NDArray[np.float32]


class TorchBackend:
    """Cross-correlation by torch. See :class:`convviz.engine.backend.Backend`."""

    takes_bytes = False

    def rest(
        self, block: Values | NDArray[np.uint8], kernel: Pair, stride: Pair, dilation: Pair
    ) -> "RestingBlock":
        """See :meth:`convviz.engine.backend.Backend.rest`."""
        return RestingBlock(block.astype(np.float32, copy=False), kernel, stride, dilation)

    def multiply(self, kernel: Values, matrix: Values) -> Values:
        """See :meth:`convviz.engine.backend.Backend.multiply`.

        As fast as NumPy; but each of them has threads that stay awake for a while after their work, and where
        both multiply by turns they keep each other waiting.
        """
        import torch

        with torch.inference_mode():
            product: Values = torch.bmm(torch.from_numpy(kernel), torch.from_numpy(matrix)).numpy()
        return product


class RestingBlock:
    """Input at rest, laid out for a way of computing when it is first gone.

    Has buffers of its own: for one thread at a time. See :class:`convviz.engine.backend.Resting`.
    """

    def __init__(self, block: Values, kernel: Pair, stride: Pair, dilation: Pair) -> None:
        self._block, self._kernel, self._stride = block, (kernel[0], kernel[1]), stride
        # A single tap has no dilation.
        self._dilation = dilation[0] if kernel[0] > 1 else 1, dilation[1] if kernel[1] > 1 else 1
        self._shape = output_shape(_size(block), kernel, stride, self._dilation)
        # By the number of groups: sums of channels lie otherwise than channels on their own.
        self._strips: dict[int, Strips] = {}
        self._spectrum: Spectrum | None = None
        self._met = False

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes; more when a kernel came that is best met in another layout."""
        transformed = self._spectrum.nbytes if self._spectrum is not None else 0
        return self._block.nbytes + transformed + sum(strips.nbytes for strips in self._strips.values())

    def correlate(self, weights: Values, groups: int, check: Check = nothing) -> Maps:
        """See :meth:`convviz.engine.backend.Resting.correlate`."""
        case = Case(
            self._block.shape, self._shape, len(weights), groups, self._kernel, self._stride, self._dilation
        )
        found = slides(weights, groups, case.apart, factors_pay(case))
        factored, stacked = all(isinstance(slide.kernel, Factors) for slide in found), len(found) > 1
        if factored or stacked:
            case = replace(case, factored=factored, stacked=stacked)
        ways, self._met = ranked(case, self._ready(groups), self._met), True
        for way in ways:
            match way:
                case Way.STRIPS:
                    cells = self._in_strips(case).correlate(found, len(weights), check)
                    return Maps(cells, self._shape[1])
                case Way.SPECTRUM if self._transformed().suits(weights):
                    return Maps(self._transformed().correlate(weights, groups, check), self._shape[1])
                case Way.MATRIX:
                    return Maps.of(self._multiply(weights, groups))
                case Way.DENSE:
                    eights = np.zeros((-len(weights) % EIGHT, *weights.shape[1:]), np.float32)
                    return Maps.of(self._convolve(np.concatenate([weights, eights]), 1)[: len(weights)])
                case Way.PLAIN:
                    break
        return Maps.of(self._plainly(weights, groups, check))

    def _ready(self, groups: int) -> frozenset[Way]:
        laid = (Way.STRIPS, self._strips.get(groups)), (Way.SPECTRUM, self._spectrum)
        return frozenset(way for way, layout in laid if layout is not None)

    def _in_strips(self, case: Case) -> Strips:
        if case.groups not in self._strips:
            planes = self._block[:, np.newaxis]
            if not case.apart:
                planes = self._block.reshape(case.groups, case.per_group, *_size(self._block))
            self._strips[case.groups] = Strips(planes, self._kernel, self._stride, self._dilation)
        return self._strips[case.groups]

    def _transformed(self) -> Spectrum:
        if self._spectrum is None:
            self._spectrum = Spectrum(self._block, self._kernel, self._dilation)
        return self._spectrum

    def _multiply(self, weights: Values, groups: int) -> Values:
        """Return the maps of kernels of a single cell."""
        block = self._block[:, :: self._stride[0], :: self._stride[1]]
        channels, filters, count = len(block), len(weights), block[0].size
        # Either order is a matrix as it is, one of them turned.
        turned = block.transpose(1, 2, 0)
        values = (
            turned.reshape(count, channels).T if turned.flags.c_contiguous else block.reshape(channels, count)
        )
        matrices = weights.reshape(groups, filters // groups, channels // groups)
        product = np.matmul(matrices, values.reshape(groups, channels // groups, count))
        maps: Values = product.reshape(filters, *block.shape[1:])
        return maps

    def _plainly(self, weights: Values, groups: int, check: Check) -> Values:
        each = len(weights) // groups
        if each == 1 or weights.shape[1] > 1 or self._block[0].size < SMALL:
            return self._convolve(weights, groups)
        # torch is fast with one filter per channel, and slow with several.
        out = np.empty((len(weights), *self._shape), np.float32)
        for number in range(each):
            check()
            out[number::each] = self._convolve(weights[number::each], groups)
        return out

    def _convolve(self, weights: Values, groups: int) -> Values:
        """Return the maps by one convolution of the block as it is."""
        import torch
        import torch.nn.functional as F  # noqa: N812 - torch's own name for it

        with torch.inference_mode():
            batch, filters = _tensor(self._block), _tensor(weights)
            maps = F.conv2d(batch, filters, stride=self._stride, dilation=self._dilation, groups=groups)
        array: Values = maps[0].numpy()
        return array


def _size(block: Values) -> Pair:
    return block.shape[1], block.shape[2]


def _tensor(values: Values) -> "Tensor":
    """Return ``values`` (C, h, w) or (N, C, h, w) as a tensor (N, C, h, w) in the order ``channels_last``.

    The stride along an axis of one cell means nothing, but conv2d looks at it to tell the order: with one
    image or one channel it took the slow way, twenty times as long, for an order that was right.
    """
    import torch

    number, channels, height, width = values.shape if values.ndim == 4 else (1, *values.shape)
    ordered = np.ascontiguousarray(values.reshape(number, channels, height, width).transpose(0, 2, 3, 1))
    # torch warns of arrays that it could change behind their owner's back.
    tensor = torch.from_numpy(ordered if ordered.flags.writeable else ordered.copy())
    strides = (height * width * channels, 1, width * channels, channels)
    return tensor.as_strided((number, channels, height, width), strides)
