"""Pictures cut into upright strips that lie side by side as channels, the way oneDNN convolves fastest.

What is fast on a processor is a convolution with one kernel per channel in ``channels_last`` order, when the
channels fill a vector. A picture has one channel or three. So every plane is cut into as many upright strips
as a vector has lanes; column x of all strips lies together. Measured at 1280×720×3, float32, two threads:
45·10⁹ multiply-adds per second, against 6·10⁹ for the picture as it is, and 24·10⁹ for 16 horizontal strips
of all three planes together, whose rows are too long for the inner caches.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Pair
from convviz.engine.checks import Check, nothing
from convviz.engine.separable import Factors, factors

if TYPE_CHECKING:
    from torch import Tensor

Values = NDArray[np.float32]


class Slide(NamedTuple):
    """A kernel that slides over some groups of planes, for some of the maps or a part of their sums."""

    kernel: Values | Factors
    groups: slice
    filters: slice


def slides(weights: Values, groups: int, apart: bool, factored: bool) -> list[Slide]:
    """Return what ``weights`` do to interleaved planes, in as few slides as possible.

    Parameters
    ----------
    weights : ndarray of float32, shape (C_out, P, kh, kw)
        Filters as applied.
    groups : int
        Number of independent groups of P channels.
    apart : bool
        Whether every plane is a group of its own, and what belongs to one filter has to be added up.
    factored : bool
        Whether kernels that are products are to be factored.
    """
    filters, per_group, kh, kw = weights.shape
    each = filters // groups
    if apart:
        return [
            Slide(weights[f, p], _one(f // each * per_group + p), _one(f))
            for f in range(filters)
            for p in range(per_group)
        ]
    kernels = weights.transpose(0, 2, 1, 3).reshape(groups, each, kh * per_group, kw)
    found = []
    for number in range(each):
        several = kernels[:, number]
        if (several == several[0]).all():
            found.append(Slide(several[0], slice(None), slice(number, None, each)))
        else:
            found += [Slide(k, _one(g), _one(g * each + number)) for g, k in enumerate(several)]
    return [_factored(slide) for slide in found] if factored else found


def _factored(slide: Slide) -> Slide:
    assert isinstance(slide.kernel, np.ndarray)
    return Slide(factors(slide.kernel) or slide.kernel, slide.groups, slide.filters)


def _one(place: int) -> slice:
    return slice(place, place + 1)


class Strips:
    """Planes at rest, cut into upright strips.

    Parameters
    ----------
    planes : ndarray of float32, shape (G, P, h, w)
        G groups of P planes whose correlations are to be added up. They are interleaved row by row, so that
        the sum is one correlation with a kernel of P times as many rows.
    kernel, stride, dilation : (int, int)
        The window that is to slide over a plane. The vertical dilation must be 1 where P is more than 1.
    """

    def __init__(self, planes: Values, kernel: Pair, stride: Pair, dilation: Pair) -> None:
        import torch

        groups, per_group, height, width = planes.shape
        rows, columns = output_shape((height, width), kernel, stride, dilation)
        self._rows = rows
        self._stride, self._dilation = (stride[0] * per_group, stride[1]), dilation
        self._lanes = lanes()
        self._columns = -(-columns // self._lanes)
        across = (self._columns - 1) * stride[1] + dilation[1] * (kernel[1] - 1) + 1
        # torch's memory starts where its vectors do, NumPy's anywhere.
        self._tensor = torch.zeros((groups, height * per_group, across, self._lanes))
        lines = self._tensor.numpy().reshape(groups, height, per_group, across, self._lanes)
        _cut(planes.swapaxes(1, 2), lines, self._columns * stride[1])

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes."""
        return self._tensor.nbytes

    def correlate(self, slides: list[Slide], filters: int, check: Check = nothing) -> Values:
        """Return the maps of all of ``slides``, newly made.

        Parameters
        ----------
        slides : list of Slide
            What to compute.
        filters : int
            How many maps that gives.
        check : callable
            Called before every slide where there are several; may raise.

        Returns
        -------
        ndarray of float32, shape (filters, rows, lanes, n)
            Cells as in :class:`convviz.engine.maps.Maps`.
        """
        if len(slides) == 1:
            return self._slide(slides[0])
        out = np.empty((filters, self._rows, self._columns, self._lanes), np.float32).swapaxes(2, 3)
        begun = set()
        for slide in slides:
            check()
            maps = self._slide(slide)
            if slide.filters.start in begun:
                out[slide.filters] += maps
            else:
                out[slide.filters] = maps
            begun.add(slide.filters.start)
        return out

    def _slide(self, slide: Slide) -> Values:
        import torch

        with torch.inference_mode():
            maps = self._tensor[slide.groups]
            for weights, vertical, horizontal in self._passes(slide.kernel):
                stride = self._stride[0] if vertical else 1, self._stride[1] if horizontal else 1
                maps = _convolve(maps, weights, stride, self._dilation)
        array: Values = maps.numpy().swapaxes(2, 3)
        return array

    def _passes(self, kernel: Values | Factors) -> list[tuple[Values, bool, bool]]:
        """Return kernels one after the other, and along which axes each of them strides."""
        if not isinstance(kernel, Factors):
            return [(kernel, True, True)]
        column, row = (kernel.column[:, np.newaxis], True, False), (kernel.row[np.newaxis], False, True)
        # First what leaves the least to the second; the shorter way in memory if they are alike.
        return [column, row] if self._stride[0] > self._stride[1] else [row, column]


def output_shape(size: Pair, kernel: Pair, stride: Pair, dilation: Pair) -> Pair:
    """Return rows and columns of what a window gives that slides over ``size`` cells."""
    rows, columns = (
        (n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(size, kernel, stride, dilation, strict=True)
    )
    return rows, columns


def lanes() -> int:
    """Return how many float32 numbers fill a vector of the processor, as torch uses it."""
    import torch

    return 16 if "AVX512" in torch.backends.cpu.get_cpu_capability() else 8


def _cut(planes: Values, lines: Values, step: int) -> None:
    """Copy the columns from ``s·step`` on of ``planes`` (G, h, P, w) to ``lines`` (G, h, P, n, S)."""
    width, (across, strips) = planes.shape[3], lines.shape[3:]
    # Strips that are there in full are one copy that writes whole vectors.
    full = min(strips, max(0, (width - across) // step + 1))
    strides = *planes.strides, planes.strides[3] * step
    shape = *planes.shape[:3], across, full
    lines[..., :full] = np.lib.stride_tricks.as_strided(planes, shape, strides, writeable=False)
    for strip in range(full, strips):
        part = planes[..., strip * step : strip * step + across]
        lines[..., : part.shape[3], strip] = part


def _convolve(maps: "Tensor", kernel: Values, stride: Pair, dilation: Pair) -> "Tensor":
    """Return the maps (N, h', n', S) of ``maps`` (N, h, n, S) and ``kernel`` (kh, kw)."""
    import torch
    import torch.nn.functional as F  # noqa: N812 - torch's own name for it

    count, height, width, strips = maps.shape
    # The stride along an axis of one cell means nothing, but conv2d looks at it to tell the order.
    order = height * width * strips, 1, width * strips, strips
    batch = maps.as_strided((count, strips, height, width), order)
    rows, columns = kernel.shape
    weights = torch.empty((strips, 1, rows, columns))
    weights.numpy()[:] = kernel
    slid = F.conv2d(batch, weights, stride=stride, dilation=dilation, groups=strips)
    return slid.permute(0, 2, 3, 1)
