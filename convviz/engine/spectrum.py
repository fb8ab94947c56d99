"""Correlation as a product of spectra, whose cost does not grow with the kernel.

By the convolution theorem, in upright strips (overlap-save; Oppenheim & Schafer, "Discrete-Time Signal
Processing", section 8.7): the spectra of a picture at rest are kept, so that a kernel costs its own, which is
that of one strip, a product, and the way back.
"""

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Pair
from convviz.engine.checks import Check, nothing
from convviz.engine.strips import output_shape

Values = NDArray[np.float32]

_MOST_STRIPS = 16
# What single precision leaves of transforms there and back is at most 2⁻²³ times these multiples of
# rms(x)·‖w‖₂, rms(x)·max|W| and max|x|·‖w‖₂: the noise, the strongest frequency, the brightest cell. Measured
# against double precision: pictures of noise, of one value, half dark, dotted and chequered, of 10⁵ to 2·10⁶
# cells; random, positive, sparse, constant and chequered kernels from 1×1 to 31×31.
_ROUNDING = 10 * 2.0**-23, 10 * 2.0**-23, 6 * 2.0**-23
# Whole numbers are told apart where rounding stays below a half, with something to spare.
_TELLING = 0.25
# Rounding follows the brightest cell of a strip, wherever it is. Where the darkest that is not black is not
# much darker, that is still little beside every result: 8-bit pictures are, those of 16 bits are not.
_MOST_CONTRAST = 1024.0
# Spectra are sums over a strip, which must not overflow where the result would not.
_LARGEST = 1e30


class Spectrum:
    """The spectra of planes at rest, for strides of 1.

    Parameters
    ----------
    planes : ndarray of float32, shape (C, h, w)
        Finite.
    kernel, dilation : (int, int)
        The window that is to slide over a plane.
    """

    def __init__(self, planes: Values, kernel: Pair, dilation: Pair) -> None:
        import torch

        count, height, width = planes.shape
        self._kernel, self._dilation = kernel, dilation
        self._rows, columns = output_shape((height, width), kernel, (1, 1), dilation)
        reach = self._reach[1] - 1
        strips, across = _strips(count, columns, reach)
        self._size = fast_length(height), across
        self._step = -(-columns // strips)
        self._peak = max(float(planes.max()), -float(planes.min()))
        self._whole = bool((planes == np.rint(planes)).all())
        sizes = np.abs(planes)
        darkest = float(sizes.min(initial=np.inf, where=sizes > 0))
        self._even = self._peak <= _MOST_CONTRAST * darkest
        cut = torch.zeros((count, strips, *self._size))
        lines = cut.numpy()
        for strip in range(strips):
            part = planes[..., strip * self._step :][..., : self._step + reach]
            lines[:, strip, :height, : part.shape[2]] = part
        # float64, as squares overflow long before sums do.
        squares = np.einsum("csyx,csyx->cs", lines, lines, dtype=np.float64)
        self._rms = float(np.sqrt(squares.max() / (self._size[0] * self._size[1])))
        with torch.inference_mode():
            # (C, strips, rows, columns / 2 + 1), complex
            self._spectra = torch.fft.rfft2(cut)
            self._product = torch.empty_like(self._spectra)

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes."""
        kept: int = self._spectra.nbytes + self._product.nbytes
        return kept

    def suits(self, weights: Values) -> bool:
        """Return whether the result is as good as that of adding up products one by one.

        Not where that is exact, as with whole numbers, and spectra are not; nor where a picture has dark
        cells beside very bright ones, whose rounding they would take on; nor where spectra could overflow.
        """
        total = self._peak * float(np.abs(weights).sum(axis=(1, 2, 3), dtype=np.float64).max())
        if not total * self._size[0] * self._size[1] < _LARGEST:
            return False
        if self._all_whole(weights):
            return bool(self._rounding(weights).max() <= _TELLING)
        return self._even

    def correlate(self, weights: Values, groups: int, check: Check = nothing) -> Values:
        """Return the maps as cells (C_out, rows, strips, n), see :class:`convviz.engine.maps.Maps`.

        Parameters are those of :meth:`convviz.engine.backend.Resting.correlate`.

        Notes
        -----
        Where all numbers are whole, so is the result. Elsewhere, what cannot be told from 0 is 0, so that the
        black of a picture does not take on the rounding of its white.
        """
        filters, per_group = weights.shape[:2]
        whole = self._all_whole(weights)
        if per_group == 1 and filters == groups and (weights == weights[:1]).all():
            return self._cells(self._slide(weights[:1], slice(None), whole))
        if filters == 1:
            return self._cells(self._slide(weights, slice(None), whole))
        strips = self._spectra.shape[1]
        out = np.empty((filters, strips, self._rows, self._step), np.float32).swapaxes(1, 2)
        for number in range(filters):
            check()
            first = number // (filters // groups) * per_group
            maps = self._slide(weights[number : number + 1], slice(first, first + per_group), whole)
            out[number] = self._cells(maps)[0]
        return out

    def _slide(self, weights: Values, channels: slice, whole: bool) -> Values:
        """Return the circular correlations of one filter with ``channels``, added up if it has as many."""
        import torch

        kernel = np.zeros((weights.shape[1], *self._reach), np.float32)
        kernel[:, :: self._dilation[0], :: self._dilation[1]] = weights[0]
        with torch.inference_mode():
            spectra = torch.fft.rfft2(torch.from_numpy(kernel), s=self._size).conj_physical_()
            product = self._product[channels]
            torch.mul(self._spectra[channels], spectra[:, None], out=product)
            if len(kernel) > 1:
                product = torch.sum(product, 0, keepdim=True)
            maps = torch.fft.irfft2(product, s=self._size)
            rounding = float(self._rounding(weights)[0])
            if whole and rounding <= _TELLING:
                maps.round_()
            else:
                # Half of what rounding can be is more than it mostly is.
                torch.hardshrink(maps, rounding / 2, out=maps)
        array: Values = maps.numpy()
        return array

    def _cells(self, maps: Values) -> Values:
        return maps[:, :, : self._rows, : self._step].swapaxes(1, 2)

    @property
    def _reach(self) -> Pair:
        rows, columns = (d * (k - 1) + 1 for d, k in zip(self._dilation, self._kernel, strict=True))
        return rows, columns

    def _all_whole(self, weights: Values) -> bool:
        return self._whole and bool((weights == np.rint(weights)).all())

    def _rounding(self, weights: Values) -> NDArray[np.float64]:
        """Return how far the maps of every filter may be from the truth."""
        length = np.sqrt(np.square(weights, dtype=np.float64).sum(axis=(2, 3)))
        strongest = np.abs(np.fft.rfft2(weights, s=_twice(self._kernel))).max(axis=(2, 3))
        noise, strong, bright = _ROUNDING
        each = self._rms * (noise * length + strong * strongest) + self._peak * bright * length
        total: NDArray[np.float64] = each.sum(axis=1)
        return total


def _twice(kernel: Pair) -> Pair:
    """Return how finely to look for the strongest frequency of a kernel."""
    return 2 * kernel[0], 2 * kernel[1]


def fast_length(least: int) -> int:
    """Return the smallest even length from ``least`` on that has no prime factor over 5."""
    length: int = least + least % 2
    while not _smooth(length):
        length += 2
    return length


def _smooth(number: int) -> bool:
    for prime in (2, 3, 5):
        while number % prime == 0:
            number //= prime
    return number == 1


def _strips(channels: int, columns: int, reach: int) -> Pair:
    """Return into how many strips to cut ``columns``, and their width with ``reach`` columns of the next.

    Every strip adds what it shares with the next; the kernel has to be transformed at the width of one.
    """
    widths = [fast_length(-(-columns // strips) + reach) for strips in range(1, _MOST_STRIPS + 1)]
    cost = [(channels * strips + 1) * width for strips, width in enumerate(widths, 1)]
    best = cost.index(min(cost))
    return best + 1, widths[best]
