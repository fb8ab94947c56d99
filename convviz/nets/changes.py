"""One picture changed a little: brighter, tinted, turned, moved, blurred."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.picture import Picture

MOST_SIDE = 320
"""Longest side of the picture that is changed: networks see about as much."""

# A Gaussian is cut off where it has less than a hundredth of its height.
_REACH = 3


@dataclass(frozen=True)
class Change:
    """What is done to a picture, in this order: turned and moved, blurred, tinted, brightened.

    Parameters
    ----------
    brightness : float
        What every value is multiplied by; what becomes brighter than white is white.
    tint : float
        −1 to 1: red is multiplied by 1 + tint and blue by 1 − tint. Nothing happens to a grey picture.
    turn : float
        Degrees, counter-clockwise about the centre.
    right, down : float
        How far it is moved, in parts of its width and height. What comes in repeats the edge.
    blur : float
        Standard deviation of a Gaussian, in parts of the longer side.
    """

    brightness: float = 1.0
    tint: float = 0.0
    turn: float = 0.0
    right: float = 0.0
    down: float = 0.0
    blur: float = 0.0


def reduced(picture: Picture) -> Picture:
    """Return the picture as float32, no longer than :data:`MOST_SIDE`, with black at ``low`` as it was."""
    import torch
    from torch.nn import functional

    values = picture.values.astype(np.float32)
    longest = max(picture.height, picture.width)
    if longest > MOST_SIDE:
        size = [max(1, round(side * MOST_SIDE / longest)) for side in (picture.height, picture.width)]
        with torch.no_grad():
            planes = functional.interpolate(_planes(values), size=size, mode="bilinear", antialias=True)
        values = _pixels(planes)
    return replace(picture, values=values)


def changed(picture: Picture, change: Change) -> Picture:
    """Return a picture of float32 values with ``change`` done to it; of the same size, range and name."""
    import torch

    black, white = picture.low, picture.high
    with torch.no_grad():
        planes = _planes(np.asarray(picture.values, np.float32)) - black
        planes = _moved(planes, change)
        planes = _blurred(planes, change.blur * max(planes.shape[2:]))
        if planes.shape[1] == 3 and change.tint:
            tint = torch.tensor([1 + change.tint, 1.0, 1 - change.tint])
            planes = planes * tint[None, :, None, None]
        planes = planes * change.brightness
        planes = planes.clamp(0.0, max(white - black, 0.0)) + black
    return replace(picture, values=_pixels(planes))


def _planes(values: NDArray[np.float32]) -> Any:
    """Return pixels (H, W, C) as a tensor (1, C, H, W)."""
    import torch

    return torch.from_numpy(np.array(values)).permute(2, 0, 1)[None]


def _pixels(planes: Any) -> NDArray[np.float32]:
    return np.ascontiguousarray(planes[0].permute(1, 2, 0).numpy())


def _moved(planes: Any, change: Change) -> Any:
    """Return planes turned and moved, interpolated bilinearly."""
    import torch
    from torch.nn import functional

    if not (change.turn or change.right or change.down):
        return planes
    height, width = planes.shape[2:]
    cosine, sine = math.cos(math.radians(change.turn)), math.sin(math.radians(change.turn))
    # From each place of the result to where its value comes from, in units of half the width and height.
    shift_x, shift_y = 2 * change.right, 2 * change.down
    ratio = height / width
    matrix = [[cosine, -sine * ratio], [sine / ratio, cosine]]
    rows = [[*row, -(row[0] * shift_x + row[1] * shift_y)] for row in matrix]
    grid = functional.affine_grid(torch.tensor([rows]), list(planes.shape), align_corners=False)
    return functional.grid_sample(planes, grid, mode="bilinear", padding_mode="border", align_corners=False)


def _blurred(planes: Any, sigma: float) -> Any:
    """Return planes under a Gaussian of standard deviation ``sigma`` pixels; the edge is repeated."""
    import torch
    from torch.nn import functional

    reach = math.ceil(_REACH * sigma)
    if sigma < 0.1 or not reach:
        return planes
    places = torch.arange(-reach, reach + 1, dtype=torch.float32)
    weights = torch.exp(-0.5 * (places / sigma) ** 2)
    weights = (weights / weights.sum()).expand(planes.shape[1], 1, -1)
    padded = functional.pad(planes, [reach] * 4, mode="replicate")
    across = functional.conv2d(padded, weights[:, :, None, :], groups=planes.shape[1])
    return functional.conv2d(across, weights[:, :, :, None], groups=planes.shape[1])
