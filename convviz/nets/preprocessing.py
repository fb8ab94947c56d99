"""From a photograph to what a network wants to be given."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.picture import Picture, grey
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.records import Placement, Values

MAX_SIDE = 4096
"""Rows or columns a network can be given."""


class Fit(StrEnum):
    """How a picture is made to fit."""

    SHORTER = "shorter side"
    EXACT = "exact size"
    NONE = "as it is"


class Interpolation(StrEnum):
    """How it is resized, always smoothed when it gets smaller."""

    BILINEAR = "bilinear"
    BICUBIC = "bicubic"


@dataclass(frozen=True)
class Preprocessing:
    """What is done to a picture before a network sees it.

    Channels, resizing, crop, then values: 0 for the picture's black and ``scale`` for its white, of which
    ``mean`` is taken away and which are divided by ``std``.

    Parameters
    ----------
    size : (int, int)
        Rows and columns the network was made for: of the crop, or of the exact size.
    fit : Fit
        Shorter side to ``shorter``, exactly to ``size``, or no resizing.
    shorter : int
        Length of the shorter side, for :attr:`Fit.SHORTER`.
    crop : bool
        Whether only the middle of ``size`` is taken, or the whole picture.
    channels : int
        1: grey; 3: red, green and blue.
    bgr : bool
        Whether blue comes first.
    mean, std : tuple of float
        One per channel, in the order in which they are given to the network.
    scale : float
        What white is: 1 or 255.
    interpolation : Interpolation
        How it is resized.
    light_on_dark : bool
        Whether dark strokes on a light ground are inverted, for networks that know only light ones on dark.

    Raises
    ------
    Problem
        If the settings make no sense.
    """

    size: tuple[int, int] = (224, 224)
    fit: Fit = Fit.SHORTER
    shorter: int = 256
    crop: bool = True
    channels: int = 3
    bgr: bool = False
    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)
    scale: float = 1.0
    interpolation: Interpolation = Interpolation.BILINEAR
    light_on_dark: bool = False

    def __post_init__(self) -> None:
        if not all(1 <= side <= MAX_SIDE for side in (*self.size, self.shorter)):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "A side of the network's input must be from 1 to {most} pixels."
                ),
                most=MAX_SIDE,
            )
        if self.channels not in (1, 3):
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "A network is given 1 channel, grey, or 3, colours."))
        numbers = (*self.mean, *self.std, self.scale)
        if not (
            len(self.mean) == len(self.std) == self.channels and np.isfinite(numbers).all() and all(self.std)
        ):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "Mean and standard deviation need {channels} finite numbers each; no deviation may be 0.",
                ),
                channels=self.channels,
            )

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """Channels, rows and columns the network was made for."""
        return self.channels, *self.size

    def apply(self, picture: Picture) -> tuple[Values, Placement]:
        """Return the network's input (C, H, W), newly made, and where it lies on the picture.

        Raises
        ------
        Problem
            If it would have more than :data:`MAX_SIDE` rows or columns.
        """
        planes = _planes(picture, self.channels)
        height, width = self._resized(picture.height, picture.width)
        if max(height, width) > MAX_SIDE:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "{name} would be given to the network as {width} × {height} pixels; the largest side "
                    "possible is {most}. Have it resized or cropped.",
                ),
                name=picture.name,
                width=width,
                height=height,
                most=MAX_SIDE,
            )
        resized = self._resize(planes, height, width)
        top = left = 0
        if self.crop:
            top, left = (
                round((have - want) / 2) for have, want in zip((height, width), self.size, strict=True)
            )
            resized = _cropped(resized, top, left, self.size)
        scale_y, scale_x = picture.height / height, picture.width / width
        placement = Placement(top * scale_y, left * scale_x, scale_y, scale_x)
        return self._normalised(resized), placement

    def _resized(self, height: int, width: int) -> tuple[int, int]:
        if self.fit is Fit.EXACT:
            return self.size
        if self.fit is Fit.NONE:
            return height, width
        # Rounded as torchvision does.
        short = min(height, width)
        return self.shorter * height // short, self.shorter * width // short

    def _resize(self, planes: Any, height: int, width: int) -> Values:
        """Return planes (C, height, width), 0 to 1, of a tensor (1, C, H, W) of bytes, or floats 0 to 1."""
        import torch
        from torch.nn import functional

        with torch.no_grad():
            if planes.shape[2:] != (height, width):
                planes = functional.interpolate(
                    planes, size=(height, width), mode=self.interpolation.value, antialias=True
                )
            bytes_ = planes.dtype == torch.uint8
            values: Values = planes[0].float().contiguous().numpy()
        if bytes_:
            values = values / np.float32(255)
        # Bicubic interpolation overshoots.
        return np.clip(values, 0.0, 1.0)

    def _normalised(self, values: Values) -> Values:
        if self.light_on_dark and np.median(values) > 0.5:
            values = 1 - values
        if self.bgr:
            values = values[::-1]
        mean, std = (np.array(numbers, np.float32)[:, None, None] for numbers in (self.mean, self.std))
        return np.ascontiguousarray((values * np.float32(self.scale) - mean) / std, np.float32)


def _planes(picture: Picture, channels: int) -> Any:
    """Return a tensor (1, C, H, W) of bytes, or of floats between 0, black, and 1, white."""
    import torch

    values: NDArray[Any] = picture.values
    if channels == 1 or picture.channels != 3:
        values = grey(values)
    if values.dtype != np.uint8 or (picture.low, picture.high) != (0.0, 255.0):
        span = picture.high - picture.low
        values = (values.astype(np.float32) - np.float32(picture.low)) / np.float32(span or 1.0)
        values = np.clip(values, 0.0, 1.0)
    # A copy, because torch cannot hold arrays that must not be written.
    tensor = torch.from_numpy(np.array(values)).permute(2, 0, 1)[None]
    return tensor.expand(1, channels, -1, -1) if tensor.shape[1] != channels else tensor


def _cropped(values: Values, top: int, left: int, size: tuple[int, int]) -> Values:
    """Return a rectangle, filled up with black where it lies outside."""
    out = np.zeros((values.shape[0], *size), np.float32)
    rows, columns = (
        slice(max(0, -start), min(want, have - start))
        for start, want, have in zip((top, left), size, values.shape[1:], strict=True)
    )
    out[:, rows, columns] = values[
        :, rows.start + top : rows.stop + top, columns.start + left : columns.stop + left
    ]
    return out
