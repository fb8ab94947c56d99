"""Pictures to learn from, as a network is given them, with what it should say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

# Of a large set this share is held back, at most so many pictures.
_HELD_BACK, _MOST_HELD_BACK = 0.2, 5000


@dataclass(frozen=True, eq=False)
class Samples:
    """Pictures with their classes, split into those to train with and those to validate with.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (N, H, W, C)
        0 to 255; C is 1 or 3.
    labels : ndarray of int64, shape (N,)
        Indices into ``classes``.
    classes : tuple of str
        Names; of counts, the counts.
    training, validation : ndarray of int64
        Which pictures are for what. They are the same ones where there are too few to hold any back.
    title : str
        Of the data.
    counts : bool
        Whether a class is a number that can be learned as such: squared error then has one output.
    mean, std : float
        A network is given (x / 255 − mean) / std.
    vocabulary : str
        What the names of the classes are translated by (:func:`convviz.files.class_names.class_names`); empty
        where they are the user's own, or signs.
    """

    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]
    classes: tuple[str, ...]
    training: NDArray[np.int64]
    validation: NDArray[np.int64]
    title: str
    counts: bool = False
    mean: float = 0.0
    std: float = 1.0
    vocabulary: str = ""

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self.labels)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape (C, H, W) of one picture."""
        _, height, width, channels = self.pixels.shape
        return channels, height, width

    @property
    def held_back(self) -> bool:
        """Whether the validation pictures are other ones than those to train with."""
        return not np.array_equal(self.training, self.validation)

    def inputs(self, indices: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        """Return pictures as a network is given them, float32, shape (N, C, H, W)."""
        scaled = self.pixels[indices].astype(np.float32) / np.float32(255)
        normal = (scaled - np.float32(self.mean)) / np.float32(self.std)
        return np.ascontiguousarray(normal.transpose(0, 3, 1, 2))

    def outputs(self, squared_error: bool) -> int:
        """Return how many numbers a network has to end with."""
        return 1 if self.counts and squared_error else len(self.classes)


def split(labels: NDArray[np.int64], seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which pictures are to train with and which are held back: of every class the same share.

    Raises
    ------
    Problem
        If there are not two pictures.
    """
    if len(labels) < 2:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "There is only one picture; nothing can be learned from it. Give at least two per class.",
            )
        )
    random = np.random.default_rng([seed, 1])
    share = min(_HELD_BACK, _MOST_HELD_BACK / len(labels))
    held: list[NDArray[np.int64]] = []
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        # The last picture of a class is never held back.
        held.append(members[: min(len(members) - 1, max(1, round(share * len(members))))])
    validation = np.sort(np.concatenate(held))
    training = np.setdiff1d(np.arange(len(labels)), validation)
    if not len(validation):
        return training, training
    return training, validation
