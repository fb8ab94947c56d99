"""Who multiplies and adds: NumPy from the first moment, torch once it is loaded."""

import importlib
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Pair
from convviz.engine.checks import Check, nothing
from convviz.engine.columns import correlate_columns, fetch_windows
from convviz.engine.torch_conv import TorchBackend


class Backend(Protocol):
    """Something that can cross-correlate."""

    def correlate(
        self,
        block: NDArray[np.float32],
        weights: NDArray[np.float32],
        stride: Pair,
        dilation: Pair,
        groups: int,
        check: Check = nothing,
    ) -> NDArray[np.float32]:
        """Return the cross-correlation without border and bias.

        Parameters
        ----------
        block : ndarray of float32, shape (C_in, h, w)
            In any memory order; not changed.
        weights : ndarray of float32, shape (C_out, C_in / groups, kh, kw)
            Filters as applied.
        stride, dilation : (int, int)
            Vertical and horizontal, 1 or more.
        groups : int
            Number of independent groups of channels and filters.
        check : callable
            Called now and then; may raise.

        Returns
        -------
        ndarray of float32, shape (C_out, (h − d·(kh − 1) − 1) // s + 1, …)
            A new array, in any memory order.
        """
        ...


class NumpyBackend:
    """Cross-correlation by matrix products of NumPy."""

    def correlate(
        self,
        block: NDArray[np.float32],
        weights: NDArray[np.float32],
        stride: Pair,
        dilation: Pair,
        groups: int,
        check: Check = nothing,
    ) -> NDArray[np.float32]:
        """See :meth:`Backend.correlate`."""
        kernel = (weights.shape[2], weights.shape[3])
        rows, columns = (
            (block.shape[1 + axis] - dilation[axis] * (kernel[axis] - 1) - 1) // stride[axis] + 1
            for axis in (0, 1)
        )
        fetch = fetch_windows(block, kernel, stride, dilation)
        return correlate_columns(fetch, weights, (rows, columns), groups, check)


numpy_backend: Backend = NumpyBackend()
torch_backend: Backend = TorchBackend()

_loaded: list[Backend] = []


def load_torch() -> None:
    """Import torch, which takes seconds, and use it from now on. Call it in a worker thread at the start."""
    importlib.import_module("torch")
    _loaded[:] = [torch_backend]


def current() -> Backend:
    """Return torch's backend once :func:`load_torch` is through, NumPy's before."""
    return _loaded[0] if _loaded else numpy_backend
