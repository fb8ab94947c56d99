"""Varying a batch of pictures while training: the whole batch at once, drawn from one generator."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.nets.recipes import Augmentation


def augment(pictures: NDArray[np.uint8], how: Augmentation, random: np.random.Generator) -> NDArray[np.uint8]:
    """Return ``pictures`` shifted and mirrored, each in its own way.

    Parameters
    ----------
    pictures : ndarray of uint8, shape (N, H, W, C)
        Not changed.
    how : Augmentation
        Only :attr:`~convviz.nets.recipes.Augmentation.shift` and ``flip`` are used here.
    random : numpy.random.Generator
        What the choices are drawn from.

    Returns
    -------
    ndarray of uint8, shape (N, H, W, C)
        Newly made, unless nothing was to be done.
    """
    count, height, width, _ = pictures.shape
    if not (how.shift or how.flip):
        return pictures
    border = (how.shift, how.shift)
    padded = np.pad(pictures, ((0, 0), border, border, (0, 0)), mode="reflect")
    top, left = random.integers(0, 2 * how.shift + 1, (2, count, 1))
    rows, columns = top + np.arange(height), left + np.arange(width)
    if how.flip:
        mirrored = random.random(count) < 0.5
        columns[mirrored] = columns[mirrored, ::-1]
    moved: NDArray[np.uint8] = padded[np.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]
    return moved


def add_noise(
    pictures: NDArray[np.uint8], how: Augmentation, random: np.random.Generator
) -> NDArray[np.uint8] | NDArray[np.float32]:
    """Return ``pictures`` with noise, of another strength for each.

    Parameters
    ----------
    pictures : ndarray of uint8, shape (N, H, W, C)
        Not changed.
    how : Augmentation
        Only :attr:`~convviz.nets.recipes.Augmentation.noise` is used here.
    random : numpy.random.Generator
        What strengths and noise are drawn from.

    Returns
    -------
    ndarray of float32, shape (N, H, W, C)
        Not clipped to 0..255; the pictures themselves if there is no noise.
    """
    if not how.noise:
        return pictures
    noise = random.standard_normal(pictures.shape, np.float32)
    noise *= random.uniform(0, how.noise, (len(pictures), 1, 1, 1)).astype(np.float32)
    noise += pictures
    return noise


def cut_out(inputs: Any, side: int, random: np.random.Generator) -> None:
    """Set a square of each input to 0, the mean colour, in place; at the border a part of a square.

    Parameters
    ----------
    inputs : torch.Tensor, shape (N, C, H, W)
        Normalised pictures.
    side : int
        Of the square, in pixels; 0 does nothing.
    random : numpy.random.Generator
        What the places are drawn from.
    """
    if not side:
        return
    import torch

    count, _, height, width = inputs.shape
    masks = []
    for length in (height, width):
        first = random.integers(0, length, (count, 1)) - side // 2
        at = np.arange(length)
        masks.append((at >= first) & (at < first + side))
    inside = masks[0][:, None, :, None] & masks[1][:, None, None, :]
    inputs.masked_fill_(torch.from_numpy(inside), 0.0)


def turn(inputs: Any, how: Augmentation, random: np.random.Generator) -> Any:
    """Return inputs turned about their middle and made larger or smaller; outside stays what the border is.

    Parameters
    ----------
    inputs : torch.Tensor of float32, shape (N, C, H, W)
        Normalised pictures.
    how : Augmentation
        Only :attr:`~convviz.nets.recipes.Augmentation.degrees` and ``scale`` are used here.
    random : numpy.random.Generator
        What angles and sizes are drawn from.
    """
    if not (how.degrees or how.scale):
        return inputs
    import torch
    from torch.nn.functional import affine_grid, grid_sample

    count = len(inputs)
    angle = np.radians(random.uniform(-how.degrees, how.degrees, count))
    zoom = 1 / random.uniform(1 - how.scale, 1 + how.scale, count)
    cosine, sine = zoom * np.cos(angle), zoom * np.sin(angle)
    none = np.zeros(count)
    matrices = np.stack([cosine, -sine, none, sine, cosine, none], axis=1).reshape(count, 2, 3)
    grid = affine_grid(torch.from_numpy(matrices.astype(np.float32)), list(inputs.shape), align_corners=False)
    return grid_sample(inputs, grid, padding_mode="border", align_corners=False)
