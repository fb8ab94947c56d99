"""Data sets that need no download: drawn in code, the same ones for the same seed."""

from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from convviz.nets.learn.samples import Samples, split

LECTURE = (((0, 1, 1), (0, 0, 1)), ((1, 1, 0), (0, 1, 1)), ((1, 0, 1), (0, 1, 0)))
"""The three pictures of the lecture, with 1, 2 and 0 fragments "11"."""

_COUNTS = ("0", "1", "2", "3", "4")
_SIDE = 16
_PER_CLASS = 150


def fragments(seed: int = 0, *, lecture: bool = False) -> Samples:
    """Return 2 × 3 pictures of zeros and ones; the class is how many times two ones stand side by side.

    Parameters
    ----------
    seed : int
        Has no influence: there is nothing random.
    lecture : bool
        The lecture's three pictures only to train with; all 64 are validated with in any case.
    """
    del seed
    every = _every()
    labels = (every[:, :, :-1] & every[:, :, 1:]).sum((1, 2), dtype=np.int64)
    chosen = lecture_indices() if lecture else np.arange(64)
    return Samples(
        every[..., None] * np.uint8(255),
        labels,
        _COUNTS,
        chosen,
        np.arange(64),
        "Count the 11: three pictures" if lecture else "Count the 11: all 64 pictures",
        counts=True,
    )


def lecture_indices() -> NDArray[np.int64]:
    """Return which of the 64 pictures are the lecture's three, in their order."""
    every = _every()
    return np.array([int((every == np.array(one)).all((1, 2)).argmax()) for one in LECTURE])


def _every() -> NDArray[np.uint8]:
    return np.array(list(product((0, 1), repeat=6)), np.uint8).reshape(64, 2, 3)


def stripes(seed: int = 0) -> Samples:
    """Return noisy stripes of 16 × 16 in four directions."""
    random = np.random.default_rng([seed, 11])
    rows, columns = np.mgrid[:_SIDE, :_SIDE].astype(np.float64)
    along = {"—": rows, "|": columns, "\\": rows - columns, "/": rows + columns}
    pictures = []
    for place in along.values():
        for _ in range(_PER_CLASS):
            wave = np.sin(2 * np.pi * (place / random.uniform(3.5, 6.5) + random.random()))
            pictures.append(_noisy(0.5 + 0.4 * wave, random))
    return _drawn(pictures, tuple(along), seed, "Stripes by direction")


def shapes(seed: int = 0) -> Samples:
    """Return filled circles, squares and triangles of 16 × 16, of varied place and size."""
    random = np.random.default_rng([seed, 12])
    pictures = []
    inside: dict[str, Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]]] = {
        "circle": lambda y, x: y * y + x * x <= 1,
        "square": lambda y, x: np.maximum(abs(y), abs(x)) <= 0.86,
        "triangle": lambda y, x: (y <= 0.8) & (abs(x) <= (y + 1) / 1.8),
    }
    for test in inside.values():
        for _ in range(_PER_CLASS):
            size = random.uniform(3.5, 6)
            top, left = random.uniform(size, _SIDE - size, 2)
            pictures.append(_noisy(0.1 + 0.75 * _smooth(test, top, left, size), random))
    return _drawn(pictures, tuple(inside), seed, "Shapes", "shapes")


def _smooth(
    test: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]],
    top: float,
    left: float,
    size: float,
) -> NDArray[np.float64]:
    """Return the share of each pixel that is inside, from four times four points in it."""
    rows, columns = (np.mgrid[: 4 * _SIDE, : 4 * _SIDE] + 0.5) / 4
    cells = test((rows - top) / size, (columns - left) / size)
    return np.asarray(cells.reshape(_SIDE, 4, _SIDE, 4).mean((1, 3)), np.float64)


# Strokes of the digits as polylines in a box from (0, 0), the upper left, to (1, 1).
_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.5, 0), (0.15, 0.2), (0.1, 0.6), (0.3, 1), (0.7, 1), (0.9, 0.6), (0.85, 0.2), (0.5, 0)),),
    "1": (((0.25, 0.25), (0.55, 0), (0.55, 1)),),
    "2": (((0.1, 0.25), (0.3, 0), (0.75, 0), (0.9, 0.3), (0.1, 1), (0.9, 1)),),
    "3": (((0.1, 0.05), (0.85, 0.05), (0.4, 0.42), (0.85, 0.62), (0.75, 0.95), (0.1, 0.95)),),
    "4": (((0.7, 1), (0.7, 0), (0.08, 0.65), (0.95, 0.65)),),
    "5": (((0.85, 0), (0.2, 0), (0.15, 0.42), (0.7, 0.42), (0.9, 0.68), (0.7, 1), (0.1, 0.95)),),
    "6": (((0.75, 0), (0.25, 0.4), (0.12, 0.75), (0.35, 1), (0.8, 0.95), (0.85, 0.6), (0.2, 0.58)),),
    "7": (((0.1, 0), (0.9, 0), (0.4, 1)),),
    "8": (
        ((0.5, 0.45), (0.15, 0.25), (0.5, 0), (0.85, 0.25), (0.1, 0.75), (0.5, 1), (0.9, 0.75), (0.5, 0.45)),
    ),
    "9": (((0.85, 0.4), (0.3, 0.45), (0.15, 0.15), (0.5, 0), (0.85, 0.15), (0.85, 0.5), (0.6, 1)),),
}


def digits(seed: int = 0) -> Samples:
    """Return the ten digits of 16 × 16, drawn with strokes that are turned, slanted and shifted."""
    random = np.random.default_rng([seed, 13])
    pictures = [
        _noisy(_digit(strokes, random), random) for strokes in _STROKES.values() for _ in range(_PER_CLASS)
    ]
    return _drawn(pictures, tuple(_STROKES), seed, "Digits drawn in code")


def _digit(
    strokes: tuple[tuple[tuple[float, float], ...], ...], random: np.random.Generator
) -> NDArray[np.float64]:
    """Return one digit, 0 to 1: how near each pixel is to a stroke."""
    angle, slant = random.normal(0, 0.12), random.normal(0, 0.15)
    turn = np.array([[np.cos(angle), -np.sin(angle) + slant], [np.sin(angle), np.cos(angle)]])
    size = np.array([random.uniform(6, 8.5), random.uniform(9.5, 12)])
    centre = _SIDE / 2 + random.uniform(-1, 1, 2)
    width = random.uniform(0.7, 1.15)
    rows, columns = np.mgrid[:_SIDE, :_SIDE] + 0.5
    points = np.stack([columns, rows], -1).reshape(-1, 2)
    nearest = np.full(len(points), np.inf)
    for stroke in strokes:
        at = (np.array(stroke) - 0.5 + random.normal(0, 0.025, (len(stroke), 2))) * size @ turn.T + centre
        for start, end in pairwise(at):
            along = end - start
            share = np.clip((points - start) @ along / max(along @ along, 1e-9), 0, 1)
            nearest = np.minimum(nearest, np.hypot(*(points - start - share[:, None] * along).T))
    return np.clip(1.5 - nearest / width, 0, 1).reshape(_SIDE, _SIDE) * 0.9


def _noisy(values: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.uint8]:
    noisy = values + random.normal(0, 0.06, values.shape)
    return np.clip(np.rint(noisy * 255), 0, 255).astype(np.uint8)


def _drawn(
    pictures: list[NDArray[np.uint8]], classes: tuple[str, ...], seed: int, title: str, vocabulary: str = ""
) -> Samples:
    labels = np.repeat(np.arange(len(classes)), len(pictures) // len(classes)).astype(np.int64)
    training, validation = split(labels, seed)
    pixels = np.stack(pictures)[..., None]
    return Samples(
        pixels,
        labels,
        classes,
        training,
        validation,
        title,
        mean=0.4,
        std=0.3,
        vocabulary=vocabulary,
    )
