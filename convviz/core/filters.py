"""A bank of filters as a user edits it: kernels, names and biases of one convolutional layer."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from convviz.core import kernels
from convviz.core.limits import check_weights
from convviz.core.text import QT_TRANSLATE_NOOP, Problem

MAX_FILTERS = 16


@dataclass(frozen=True, eq=False)
class FilterBank:
    """The filters of one layer.

    Parameters
    ----------
    weights : ndarray, shape (T, K, kh, kw)
        T filters of one size; K = 1 while every channel shares one kernel, else one kernel per channel. Made
        read-only.
    names : tuple of str
        One per filter; an empty name is shown as the filter's number.
    biases : tuple of float
        One per filter.

    Raises
    ------
    Problem
        If there are more than 16 filters, or a weight or bias is not finite or larger than 10³⁰.
    """

    weights: NDArray[np.float64]
    names: tuple[str, ...] = ("",)
    biases: tuple[float, ...] = (0.0,)

    def __post_init__(self) -> None:
        weights = np.array(self.weights, np.float64)
        if weights.shape[0] > MAX_FILTERS:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "A layer here has at most {most} filters; remove one first."),
                most=MAX_FILTERS,
            )
        check_weights(weights, self.biases)
        assert len(self.names) == len(self.biases) == weights.shape[0]
        weights.flags.writeable = False
        object.__setattr__(self, "weights", weights)

    def __eq__(self, other: object) -> bool:
        """Compare names, biases and weights, value by value."""
        return isinstance(other, FilterBank) and self._identity() == other._identity()

    def __hash__(self) -> int:
        """Hash of what :meth:`__eq__` compares."""
        return hash(self._identity())

    def _identity(self) -> tuple[object, ...]:
        return self.weights.shape, self.weights.tobytes(), self.names, self.biases

    @property
    def count(self) -> int:
        """Number of filters."""
        return int(self.weights.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of every kernel."""
        return int(self.weights.shape[2]), int(self.weights.shape[3])

    def kernel(self, index: int, channel: int) -> NDArray[np.float64]:
        """Return the kernel (kh, kw) of filter ``index`` for ``channel``."""
        kernel: NDArray[np.float64] = self.weights[index, min(channel, self.weights.shape[1] - 1)]
        return kernel

    def with_kernel(
        self, index: int, channel: int | None, kernel: NDArray[np.float64], channels: int
    ) -> "FilterBank":
        """Return the bank with one kernel replaced.

        Parameters
        ----------
        index : int
            Which filter.
        channel : int or None
            Which channel's kernel; None for the kernel all channels share. Naming a channel gives
            every channel a kernel of its own.
        kernel : ndarray, shape (kh, kw)
            Its new weights. Another size resizes all kernels of the bank, around their centres.
        channels : int
            Number of channels of the picture.
        """
        weights = kernels.resize(self.weights, *kernel.shape)
        if channel is None:
            weights[index] = kernel
        else:
            weights = np.repeat(weights, channels, axis=1) if weights.shape[1] == 1 else weights
            weights[index, channel] = kernel
        return replace(self, weights=weights)

    def shared(self) -> "FilterBank":
        """Return the bank with one kernel per filter, the first channel's."""
        return replace(self, weights=self.weights[:, :1])

    def with_bias(self, index: int, bias: float) -> "FilterBank":
        """Return the bank with one bias replaced."""
        return replace(self, biases=(*self.biases[:index], bias, *self.biases[index + 1 :]))

    def renamed(self, index: int, name: str) -> "FilterBank":
        """Return the bank with one name replaced."""
        return replace(self, names=(*self.names[:index], name, *self.names[index + 1 :]))

    def added(self, index: int) -> "FilterBank":
        """Return the bank with a copy of filter ``index`` after it."""
        order = (*range(index + 1), *range(index, self.count))
        return self._picked(order)

    def removed(self, index: int) -> "FilterBank":
        """Return the bank without filter ``index``; the last one stays."""
        return self._picked(tuple(i for i in range(self.count) if i != index)) if self.count > 1 else self

    def moved(self, index: int, to: int) -> "FilterBank":
        """Return the bank with filter ``index`` at place ``to``."""
        order = [i for i in range(self.count) if i != index]
        order.insert(to, index)
        return self._picked(tuple(order))

    def _picked(self, order: tuple[int, ...]) -> "FilterBank":
        return FilterBank(
            self.weights[list(order)],
            tuple(self.names[i] for i in order),
            tuple(self.biases[i] for i in order),
        )
