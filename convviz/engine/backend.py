"""Who multiplies and adds: our own compiled functions; where there are none NumPy, then torch once loaded."""

import importlib
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Pair
from convviz.engine.checks import Check, nothing
from convviz.engine.columns import correlate_columns, fetch_windows
from convviz.engine.heap import keep_memory
from convviz.engine.maps import Maps
from convviz.engine.native import library
from convviz.engine.native_conv import NativeBackend
from convviz.engine.torch_conv import TorchBackend

Cells = NDArray[np.float32] | NDArray[np.uint8]


class Resting(Protocol):
    """Input laid out once in the way its backend likes best, to be met by many kernels one after another.

    While a weight is dragged only the weights change: laying out is then most of the work, and is not done
    again. It may have buffers of its own: to be used by one thread at a time.

    Attributes
    ----------
    nbytes : int
        Memory that is kept, in bytes. May grow as kernels come that are best met in another layout.
    """

    @property
    def nbytes(self) -> int:
        """See the class."""
        ...

    def correlate(self, weights: NDArray[np.float32], groups: int, check: Check = nothing) -> Maps:
        """Return the cross-correlation without border and bias.

        Parameters
        ----------
        weights : ndarray of float32, shape (C_out, C_in / groups, kh, kw)
            Filters as applied.
        groups : int
            Number of independent groups of channels and filters.
        check : callable
            Called now and then; may raise.

        Returns
        -------
        Maps
            C_out maps of (h − d·(kh − 1) − 1) // s + 1 rows, and columns likewise; newly made.
        """
        ...


class Backend(Protocol):
    """Something that can cross-correlate.

    Attributes
    ----------
    takes_bytes : bool
        Whether matrices in bytes are multiplied as fast as others, or faster.
    """

    @property
    def takes_bytes(self) -> bool:
        """See the class."""
        ...

    def rest(self, block: Cells, kernel: Pair, stride: Pair, dilation: Pair) -> Resting:
        """Lay out ``block`` for kernels of one size.

        Parameters
        ----------
        block : ndarray of float32 or uint8, shape (C_in, h, w)
            In any memory order. Nobody may change it afterwards.
        kernel, stride, dilation : (int, int)
            Vertical and horizontal, 1 or more.
        """
        ...

    def multiply(self, kernel: NDArray[np.float32], matrix: NDArray[Any]) -> NDArray[np.float32]:
        """Return the products of matrices (G, F, K) and (G, K, N), shape (G, F, N), newly made.

        Parameters
        ----------
        kernel : ndarray of float32
            In any memory order.
        matrix : ndarray of float32, or of uint8 where the backend takes bytes
            C-contiguous and followed in memory by :data:`~convviz.engine.native.SPARE` numbers.
        """
        ...


class _Windows:
    """Input that NumPy multiplies by the matrix, as it is."""

    def __init__(self, block: Cells, kernel: Pair, stride: Pair, dilation: Pair) -> None:
        block = block.astype(np.float32, copy=False)
        self._fetch = fetch_windows(block, kernel, stride, dilation)
        self.nbytes = block.nbytes
        rows, columns = (
            (block.shape[1 + axis] - dilation[axis] * (kernel[axis] - 1) - 1) // stride[axis] + 1
            for axis in (0, 1)
        )
        self._shape = rows, columns

    def correlate(self, weights: NDArray[np.float32], groups: int, check: Check = nothing) -> Maps:
        """See :meth:`Resting.correlate`."""
        return Maps.of(correlate_columns(self._fetch, weights, self._shape, groups, check))


class NumpyBackend:
    """Cross-correlation by matrix products of NumPy."""

    takes_bytes = False

    def rest(self, block: Cells, kernel: Pair, stride: Pair, dilation: Pair) -> Resting:
        """See :meth:`Backend.rest`."""
        return _Windows(block, kernel, stride, dilation)

    def multiply(self, kernel: NDArray[np.float32], matrix: NDArray[Any]) -> NDArray[np.float32]:
        """See :meth:`Backend.multiply`."""
        product: NDArray[np.float32] = kernel @ matrix
        return product


numpy_backend: Backend = NumpyBackend()
torch_backend: Backend = TorchBackend()
_loaded: list[Backend] = []

_library = library()
native_backend: Backend | None = None if _library is None else NativeBackend(_library, lambda: bool(_loaded))


def load_torch() -> None:
    """Import torch, which takes seconds, and use it from now on. Call it in a worker thread at the start.

    Our own backend uses it for the spectra of large kernels only.

    Has the process keep freed memory, as :func:`convviz.engine.heap.keep_memory` does even better before.
    """
    keep_memory()
    importlib.import_module("torch")
    _loaded[:] = [torch_backend]


def current() -> Backend:
    """Return our own backend; where it could not be compiled torch's, once it is loaded, NumPy's before."""
    if native_backend is not None:
        return native_backend
    return _loaded[0] if _loaded else numpy_backend
