"""Cross-correlation by our own compiled functions, in the processor's vectors and on all its cores."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import distinct
from convviz.core.specs import Pair
from convviz.engine.checks import Check, nothing
from convviz.engine.maps import Maps
from convviz.engine.native import SPARE, Level, Library, Windows
from convviz.engine.separable import Factors, factors
from convviz.engine.spectrum import Spectrum
from convviz.engine.strips import output_shape

Values = NDArray[np.float32]
Cells = NDArray[np.float32] | NDArray[np.uint8]

# Kernels with no more taps are met by a picture in bytes where it has no other values: they wait for memory.
# Turning bytes into numbers takes longer than that for more, unless the windows lie apart.
_BYTES_PAY = {Level.PLAIN: 0, Level.AVX2: 9, Level.AVX512: 49}
# Of bytes under windows that lie apart numbers are made beforehand, for so many windows side by side at a
# time, where kernels have so many columns for each cell that a window steps over: many taps then read each.
_WIDE = {Level.PLAIN: 64, Level.AVX2: 72, Level.AVX512: 64}
_MAKING_PAYS = {Level.PLAIN: 5, Level.AVX2: 9, Level.AVX512: 7}
# Two passes for a kernel that is a product cost as much as one with so many more taps than rows and columns.
_SECOND_PASS = 40
# Kernels with more taps are better met by spectra, where those are exact enough and torch, which has them, is
# loaded; taps are then as many as take as long as a spectrum's product and the way back.
_SPECTRUM_PAYS = {Level.PLAIN: 130, Level.AVX2: 330, Level.AVX512: 520}
# Multiply-adds between two looks at whether the result is still wanted: 10 to 60 ms.
_PIECE = 1_000_000_000
# How many cells tell most pictures that do not fit into bytes.
_LOOKS = 997
# Lines of input begin at multiples of so many bytes, where lines of the caches do: what lies across two of
# those takes longer to load.
_LINE = 64
_NUMBERS = _LINE // 4


class NativeBackend:
    """Cross-correlation by compiled functions. See :class:`convviz.engine.backend.Backend`.

    Parameters
    ----------
    library : Library
        The functions.
    has_torch : callable
        Tells whether torch is loaded, whose spectra are faster for the largest kernels.
    """

    takes_bytes = True

    def __init__(self, library: Library, has_torch: Callable[[], bool]) -> None:
        self._library, self._has_torch = library, has_torch

    def rest(self, block: Cells, kernel: Pair, stride: Pair, dilation: Pair) -> "RestingPlanes":
        """See :meth:`convviz.engine.backend.Backend.rest`."""
        return RestingPlanes(self._library, self._has_torch, block, kernel, stride, dilation)

    def multiply(self, kernel: Values, matrix: Cells) -> Values:
        """See :meth:`convviz.engine.backend.Backend.multiply`."""
        return self._library.multiply(np.ascontiguousarray(kernel), matrix)


class RestingPlanes:
    """Input at rest, plane by plane. See :class:`convviz.engine.backend.Resting`."""

    def __init__(
        self,
        library: Library,
        has_torch: Callable[[], bool],
        block: Cells,
        kernel: Pair,
        stride: Pair,
        dilation: Pair,
    ) -> None:
        self._library, self._has_torch = library, has_torch
        self._kernel, self._stride, self._dilation = (kernel[0], kernel[1]), stride, dilation
        self._shape = output_shape((block.shape[1], block.shape[2]), kernel, stride, dilation)
        taps = kernel[0] * kernel[1]
        apart = max(stride) > 1
        self._spectral = not apart and taps > _SPECTRUM_PAYS[library.level]
        cells = as_bytes(block) if apart or taps <= _BYTES_PAY[library.level] else None
        if cells is None:
            cells = block.astype(np.float32, copy=False)
        making = cells.dtype == np.uint8 and apart
        pays = _MAKING_PAYS[library.level] * max(1, stride[1] - 1)
        self._wide = _WIDE[library.level] if making and kernel[1] >= pays else 0
        self._cells, self._taps = _laid(cells, self._wide, self._shape[1], kernel[1], stride[1], dilation[1])
        # A copy: the picture must not be kept alive by what is made of it.
        self._block = block.astype(np.float32) if self._spectral else None
        self._spectrum: Spectrum | None = None

    @property
    def nbytes(self) -> int:
        """Memory that is kept, in bytes."""
        kept = self._cells, self._block, self._spectrum
        return sum(each.nbytes for each in kept if each is not None)

    def correlate(self, weights: Values, groups: int, check: Check = nothing) -> Maps:
        """See :meth:`convviz.engine.backend.Resting.correlate`."""
        factored = self._factors(weights)
        spectrum = self._transformed() if factored is None else None
        if spectrum is not None and spectrum.suits(weights):
            return Maps(spectrum.correlate(weights, groups, check), self._shape[1])
        down, across = factored if factored is not None else (np.ascontiguousarray(weights), None)
        return Maps.of(self._slide(down, across, groups, check))

    def _transformed(self) -> Spectrum | None:
        """Return the spectra if they pay and torch is there to make them."""
        if self._spectrum is None and self._block is not None and self._has_torch():
            self._spectrum = Spectrum(self._block, self._kernel, self._dilation)
        return self._spectrum

    def _slide(self, down: Values, across: Values | None, groups: int, check: Check) -> Values:
        """Return the maps; ``down`` and ``across`` as for :meth:`convviz.engine.native.Library.slide`."""
        filters, each = len(down), len(down) // groups
        out = np.empty((filters, *self._shape), np.float32)
        if not (out.size and down.size):
            out.fill(0)
            return out
        taps = down[0].size + (0 if across is None else across[0].size)
        for some in pieces(filters, each, max(1, _PIECE // (out[0].size * taps))):
            check()
            chosen = down[some]
            windows = self._windows(chosen, some.start // each, max(1, len(chosen) // each))
            self._library.slide(windows, chosen, None if across is None else across[some], out[some])
        return out

    def _windows(self, down: Values, group: int, groups: int) -> Windows:
        """Return the windows of filters ``down`` that meet ``groups`` groups of planes from ``group`` on."""
        plane, block, line, *_ = (stride // self._cells.itemsize for stride in self._cells.strides)
        filters, per_group = down.shape[:2]
        return Windows(
            self._cells.ctypes.data + group * per_group * self._cells.strides[0],
            plane,
            line,
            block,
            self._wide,
            self._taps.ctypes.data,
            *self._kernel,
            self._stride[0],
            self._dilation[0],
            filters,
            groups,
            per_group,
            *self._shape,
            self._cells.dtype == np.uint8,
        )

    def _factors(self, weights: Values) -> tuple[Values, Values] | None:
        """Return columns (filters, planes, kh) and rows (filters, planes, kw) if all kernels are products."""
        rows, columns = self._kernel
        # A column that strides leaves the row's pass most of its lines in vain.
        if rows * columns <= rows * self._stride[0] + columns + _SECOND_PASS:
            return None
        known: dict[bytes, Factors | None] = {}
        down = np.empty(weights.shape[:3], np.float32)
        across = np.empty((*weights.shape[:2], columns), np.float32)
        for place in np.ndindex(*weights.shape[:2]):
            kernel = weights[place]
            key = kernel.tobytes()
            if key not in known:
                known[key] = factors(kernel)
            product = known[key]
            if product is None:
                return None
            down[place], across[place] = product
        return down, across


def pieces(filters: int, each: int, most: int) -> list[slice]:
    """Return ``filters``, ``each`` to a group, ``most`` at a time: whole groups, or parts of one group."""
    if most >= each:
        step = most // each * each
        return [slice(start, min(start + step, filters)) for start in range(0, filters, step)]
    return [
        slice(start, min(start + most, group + each))
        for group in range(0, filters, each)
        for start in range(group, group + each, most)
    ]


def as_bytes(block: Cells) -> NDArray[np.uint8] | None:
    """Return ``block`` in bytes if it holds whole numbers from 0 to 255 only, None if it does not."""
    if block.dtype == np.uint8:
        return block  # type: ignore[return-value]
    some = block.reshape(-1)[:: max(1, block.size // _LOOKS)] if block.flags.c_contiguous else block[:, 0, :9]
    if not ((some >= 0) & (some <= 255) & (some == np.rint(some))).all():
        return None
    with np.errstate(invalid="ignore"):
        cells = block.astype(np.uint8)
    return cells if np.array_equal(cells, block) else None


def _whole(cells: int, each: int) -> int:
    """Return the next multiple of ``each`` from ``cells`` on."""
    return -(-cells // each) * each


def _line(cells: int, size: int) -> int:
    """Return how many cells of ``size`` bytes a line of ``cells`` takes if the next begins well too."""
    each = _LINE // size
    if cells < 4 * each:
        return cells
    across = _whole(cells, each)
    # Lines a whole number of half pages apart would drive each other out of the innermost cache.
    return across + each if across * size % 2048 == 0 else across


def _laid(
    cells: Cells, wide: int, windows: int, taps: int, stride: int, dilation: int
) -> tuple[Cells, NDArray[np.intp]]:
    """Return planes whose lines are cut so that windows side by side read cells side by side.

    Parameters
    ----------
    cells : ndarray of float32 or uint8, shape (C, h, w)
        In any memory order.
    wide : int
        How many windows of a line a block is for; 0 for all.
    windows, taps, stride, dilation : int
        Of the windows, horizontally.

    Returns
    -------
    cells : ndarray, shape (C, blocks, h, phases, columns)
        For each block every ``stride``-th column, from each of the columns on that a window reads first, as
        many as its windows read or more, zeros where there are none; followed in memory by
        :data:`~convviz.engine.native.SPARE` more.
    taps : ndarray of intp, shape (taps,)
        Where in a line the first window reads.
    """
    channels, height, width = cells.shape
    reads = np.arange(taps, dtype=np.int64) * dilation
    first = distinct(reads % stride)
    if wide and windows > wide:
        blocks, across = -(-windows // wide), _whole(wide + int(reads[-1]) // stride, _NUMBERS)
    else:
        blocks, across = 1, _line(-(-width // stride), cells.itemsize)
    size = channels * blocks * height * len(first) * across
    memory = np.empty(size + SPARE + _LINE, cells.dtype)
    skipped = -memory.ctypes.data % _LINE // cells.itemsize
    memory[skipped + size :] = 0
    laid = memory[skipped : skipped + size].reshape(channels, blocks, height, len(first), across)
    for phase, start in enumerate(first):
        columns = cells[:, :, start::stride]
        for block in range(blocks):
            some = columns[:, :, block * wide : block * wide + across]
            laid[:, block, :, phase, : some.shape[2]] = some
            laid[:, block, :, phase, some.shape[2] :] = 0
    places = np.searchsorted(first, reads % stride) * across + reads // stride
    return laid, np.ascontiguousarray(places, np.intp)
