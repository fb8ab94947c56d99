"""Every epoch's weights and figures: in memory as long as they are small, then in a file that has no name."""

import tempfile
from dataclasses import dataclass
from typing import IO

import numpy as np
from numpy.typing import NDArray

MOST_MEMORY = 64_000_000
"""Bytes of weights that are kept in memory."""

MOST_DISK = 1_000_000_000
"""Bytes of weights that are kept in the file; when it is full, every second epoch is given up."""


@dataclass(frozen=True, eq=False)
class Figures:
    """What is known of the network after an epoch.

    Parameters
    ----------
    epoch, step : int
        After how many of both.
    loss, accuracy : float
        On the training pictures; mean over the epoch's batches where these are too many to be asked again.
    val_loss, val_accuracy : float
        On the validation pictures; of many, on the first thousand.
    gradients : tuple of float
        Euclidean length of the last step's gradient per layer with weights; empty before the first step.
    confusion : ndarray of int64, shape (K, K)
        How often a picture of class i was taken for class j, of the validation pictures asked.
    worst : tuple of (int, int, float)
        The wrong answers with the greatest loss, the worst first: which picture, the class it was taken for,
        and its loss. None if there is no wrong answer among those asked.
    rate : float
        Learning rate of the last step.
    """

    epoch: int
    step: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    gradients: tuple[float, ...]
    confusion: NDArray[np.int64]
    worst: tuple[tuple[int, int, float], ...]
    rate: float


class History:
    """The epochs of a run, from 0, before the first step, to the newest.

    Parameters
    ----------
    size : int
        Weights of the network.
    memory, disk : int
        Bounds in bytes, for tests.
    """

    def __init__(self, size: int, memory: int = MOST_MEMORY, disk: int = MOST_DISK) -> None:
        self._bytes = 4 * size
        self._in_memory = max(2, memory // self._bytes)
        self._most = self._in_memory + max(2, disk // self._bytes)
        self._slots: dict[int, int] = {}
        self._kept: dict[int, NDArray[np.float32]] = {}
        self._free: list[int] = []
        self._file: IO[bytes] | None = None
        self._stride = 1
        self.figures: list[Figures] = []

    def add(self, figures: Figures, weights: NDArray[np.float32]) -> None:
        """Keep the epoch that has just ended."""
        self.figures.append(figures)
        epoch = figures.epoch
        if epoch % self._stride:
            return
        if len(self._slots) >= self._most:
            self._thin_out()
            if epoch % self._stride:
                return
        slot = self._free.pop() if self._free else len(self._slots)
        self._slots[epoch] = slot
        if slot < self._in_memory:
            self._kept[slot] = weights
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="convviz-")  # noqa: SIM115 - closed with the run
        self._file.seek((slot - self._in_memory) * self._bytes)
        self._file.write(weights.tobytes())

    def _thin_out(self) -> None:
        self._stride *= 2
        for epoch in [one for one in self._slots if one % self._stride]:
            self._free.append(self._slots.pop(epoch))

    @property
    def kept(self) -> tuple[int, ...]:
        """The epochs whose weights are kept, from the first, which always is."""
        return tuple(sorted(self._slots))

    def forget_after(self, epoch: int) -> None:
        """Forget the epochs after ``epoch``, as if they had not been."""
        del self.figures[epoch + 1 :]
        for one in [n for n in self._slots if n > epoch]:
            slot = self._slots.pop(one)
            self._kept.pop(slot, None)
            self._free.append(slot)

    def weights(self, epoch: int) -> tuple[int, NDArray[np.float32]]:
        """Return the newest kept epoch that is not after ``epoch``, and its weights."""
        found = max(one for one in self._slots if one <= epoch)
        slot = self._slots[found]
        if slot < self._in_memory:
            return found, self._kept[slot]
        assert self._file is not None
        self._file.seek((slot - self._in_memory) * self._bytes)
        return found, np.frombuffer(self._file.read(self._bytes), np.float32)

    def close(self) -> None:
        """Give back the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
