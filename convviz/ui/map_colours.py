"""How the maps of a layer become colours, and in which order they stand."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.engine.render import Display, Pixels, render

Maps = NDArray[np.float32]

# Grey, which is on no scale of maps.
NO_NUMBER = np.uint32(0xFF8C8C8C)

# Fewer values have no outliers worth the name; of more than this not all are looked at.
_FEW, _SAMPLED = 1000, 50_000


class Order(StrEnum):
    """By what the maps of a layer are sorted; strengths are of the values' sizes, whatever their signs."""

    NUMBER = "number"
    MEAN = "mean"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class Scale:
    """Which colours values have: those of ``display`` from ``low`` to ``high``."""

    display: Display
    low: float
    high: float

    def pixels(self, values: NDArray[Any]) -> Pixels:
        """Return the pixels of one map (h, w); what is not a number has a colour of no scale."""
        numbers = np.asarray(values, np.float32)
        return without_numbers(render(numbers, self.display, self.low, self.high), np.isnan(numbers))


def without_numbers(pixels: Pixels, missing: NDArray[np.bool_]) -> Pixels:
    """Return pixels with :data:`NO_NUMBER` where a value is not a number: it is neither large nor small."""
    return np.where(missing, NO_NUMBER, pixels) if missing.any() else pixels


def as_maps(values: NDArray[Any]) -> Maps:
    """Return the output of a layer as maps (C, H, W): a matrix is one map, more axes make more maps.

    A vector becomes maps of one cell.
    """
    shape = values.shape
    if values.ndim == 1:
        shape = (len(values), 1, 1)
    elif values.ndim == 2:
        shape = (1, *values.shape)
    elif values.ndim > 3:
        shape = (-1, *values.shape[-2:])
    return np.asarray(values, np.float32).reshape(shape)


def scale_of(values: NDArray[Any]) -> Scale:
    """Return the scale of all of ``values``: viridis from 0 if none is negative, else centred on zero.

    What is not finite is left out.
    """
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = values[np.isfinite(values)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if low >= 0:
        return Scale(Display.VIRIDIS, 0.0, high)
    bound = max(-low, high)
    return Scale(Display.SIGNED, -bound, bound)


def layer_scale(maps: Maps) -> Scale:
    """Return one scale for all maps of a layer, under which a few extreme values do not pale the rest.

    It ends where all but a hundredth of the values of the strongest maps lie within; what is beyond has the
    colour of the end.
    """
    whole = scale_of(maps)
    if len(maps) < 2 or maps.size < _FEW:
        return whole
    # Taken of so many values that it costs nothing, and of the stronger half of the maps: in a layer most of
    # whose maps are silent the others would all be at the end.
    strong = np.argsort(-strengths(maps, Order.MAXIMUM))[: -(-len(maps) // 2)]
    step = max(1, maps[0].size * len(strong) // _SAMPLED)
    sizes = np.abs(np.concatenate([maps[number].ravel()[::step] for number in strong]))
    finite = sizes[np.isfinite(sizes)]
    bound = float(np.percentile(finite, 99)) if finite.size else 0.0
    bound = min(bound, whole.high) or whole.high
    return Scale(whole.display, 0.0 if whole.low >= 0 else -bound, bound)


def averaged(values: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """Return a map (h, w) averaged over equal blocks, not smaller than ``height`` × ``width``.

    What is then to be coloured and scaled to that size is a fraction of the map, and looks the same.
    """
    down, across = _block(values.shape[0], height), _block(values.shape[1], width)
    if down * across == 1:
        return values
    # A sum of few slices: taking the mean of many small blocks is several times slower.
    total = values[::down, ::across].copy()
    for part in range(1, down * across):
        total += values[part // across :: down, part % across :: across]
    return total / np.float32(down * across)


def _block(length: int, least: int) -> int:
    """Return the largest number that divides ``length`` into at least ``least`` parts of equal size."""
    most = max(1, length // max(1, least))
    return next(block for block in range(most, 0, -1) if length % block == 0)


def strengths(maps: Maps, order: Order) -> NDArray[np.float64]:
    """Return the mean or the largest size of the values of every map, shape (C,)."""
    if order is Order.MEAN:
        return np.asarray(np.abs(maps).mean(axis=(1, 2)), np.float64)
    low, high = maps.min(axis=(1, 2)), maps.max(axis=(1, 2))
    return np.asarray(np.maximum(-low, high), np.float64)


def arranged(maps: Maps, order: Order) -> NDArray[np.intp]:
    """Return the numbers of the maps in the order in which they are shown, the strongest first."""
    if order is Order.NUMBER:
        return np.arange(len(maps))
    return np.argsort(-strengths(maps, order), kind="stable")
