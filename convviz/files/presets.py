"""A user's own kernels, kept in one file."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.limits import MAX_KERNEL
from convviz.core.text import QT_TRANSLATE_NOOP
from convviz.files.kept import KeptList


@dataclass(frozen=True, eq=False)
class OwnKernel:
    """A kernel that the user gave a name.

    Parameters
    ----------
    name : str
        Not empty.
    weights : ndarray of float64, shape (kh, kw)
        Finite; made read-only.

    Raises
    ------
    ValueError
        If it is not a kernel with a name.
    """

    name: str
    weights: NDArray[np.float64]

    def __post_init__(self) -> None:
        weights = np.array(self.weights, np.float64)
        if not isinstance(self.name, str) or not self.name.strip():
            raise ValueError("a kernel of one's own has a name")
        if weights.ndim != 2 or not 1 <= min(weights.shape) <= max(weights.shape) <= MAX_KERNEL:
            raise ValueError(f"a kernel is 1×1 to {MAX_KERNEL}×{MAX_KERNEL}, not {weights.shape}")
        if not np.isfinite(weights).all():
            raise ValueError("weights are finite")
        weights.flags.writeable = False
        object.__setattr__(self, "weights", weights)


def _entry(kernel: OwnKernel) -> dict[str, Any]:
    return {"name": kernel.name, "weights": kernel.weights.tolist()}


def _kernel(entry: dict[str, Any]) -> OwnKernel:
    return OwnKernel(entry["name"], entry["weights"])


_DAMAGED = QT_TRANSLATE_NOOP(
    "Sentence",
    "Your own kernels could not be read: {name} is damaged. It will be kept as {backup} when you"
    " save a kernel.",
)
_KEPT = KeptList("kernels", 50_000_000, _DAMAGED, _entry, _kernel)
load_kernels, save_kernels = _KEPT.load, _KEPT.save
