"""How often each value occurs in each channel of a picture."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.picture import Picture

BINS = 256
_BAND_VALUES = 4_000_000


@dataclass(frozen=True, eq=False)
class Histograms:
    """Counts per channel.

    Parameters
    ----------
    counts : ndarray, shape (C, 256), int64
        Number of pixels in each bin.
    edges : ndarray, shape (257,), float64
        Limits of the bins, from the smallest possible or found value to the largest. For 8-bit pictures bin v
        counts the value v, and the limits only say where to draw it.
    minimum, maximum, mean : tuple of float
        Per channel.
    """

    counts: NDArray[np.int64]
    edges: NDArray[np.float64]
    minimum: tuple[float, ...]
    maximum: tuple[float, ...]
    mean: tuple[float, ...]


def channel_histograms(picture: Picture, check: Callable[[], None] = lambda: None) -> Histograms:
    """Count the values of every channel, band by band; ``check`` is called between bands and may raise."""
    channels = picture.channels
    eight_bit = picture.values.dtype == np.uint8
    flat = picture.values.reshape(-1, channels)
    step = max(1, _BAND_VALUES // channels)
    bands = [flat[start : start + step] for start in range(0, len(flat), step)]
    low, high = np.full(channels, np.inf), np.full(channels, -np.inf)
    total = np.zeros(channels)
    for band in bands:
        check()
        low, high = np.minimum(low, band.min(axis=0)), np.maximum(high, band.max(axis=0))
        total += band.sum(axis=0, dtype=np.float64)
    first, last = (0.0, 255.0) if eight_bit else (float(low.min()), float(high.max()))
    edges = np.linspace(first, last if last > first else first + 1.0, BINS + 1)
    counts = np.zeros((channels, BINS), np.int64)
    for band in bands:
        check()
        for channel in range(channels):
            if eight_bit:
                counts[channel] += np.bincount(band[:, channel], minlength=BINS)
            else:
                counts[channel] += np.histogram(band[:, channel], edges)[0]
    return Histograms(
        counts, edges, tuple(low.tolist()), tuple(high.tolist()), tuple((total / len(flat)).tolist())
    )
