"""The data sets a network can learn from, by what they are called."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from convviz.engine.checks import Check, nothing
from convviz.nets.datasets import read_cifar10, read_fashion_mnist, read_mnist
from convviz.nets.learn import made
from convviz.nets.learn.folder import PictureFiles, read_folder
from convviz.nets.learn.samples import Samples, split


class Data(StrEnum):
    """What can be learned from."""

    FRAGMENTS = "fragments"
    LECTURE = "lecture"
    STRIPES = "stripes"
    SHAPES = "shapes"
    DIGITS = "digits"
    FOLDER = "folder"
    MNIST = "mnist"
    FASHION = "fashion-mnist"
    CIFAR10 = "cifar10"


NEEDS_FOLDER = (Data.FOLDER, Data.MNIST, Data.FASHION, Data.CIFAR10)
"""Data that lie in a folder of the user's."""


_PUBLIC = {
    Data.MNIST: (read_mnist, "MNIST", ""),
    Data.FASHION: (read_fashion_mnist, "Fashion-MNIST", "fashion_mnist"),
    Data.CIFAR10: (read_cifar10, "CIFAR-10", "cifar10"),
}


def load(
    data: Data,
    seed: int,
    folder: str = "",
    check: Check = nothing,
    pictures: PictureFiles | None = None,
) -> Samples:
    """Return the pictures of a data set; in a worker thread, as it may take seconds.

    Parameters
    ----------
    data : Data
        Which one.
    seed : int
        Of what is drawn in code, and of which pictures are held back.
    folder : str
        Where the data lie, if they are :data:`NEEDS_FOLDER`.
    check : callable
        Called now and then; may raise.
    pictures : PictureFiles, optional
        How the files of :attr:`Data.FOLDER` are read; needed for these only.

    Raises
    ------
    Problem
        If a folder does not hold them, or nothing can be learned from them.
    """
    if data is Data.FOLDER:
        assert pictures is not None
        return read_folder(Path(folder), seed, pictures, check)
    if data in _PUBLIC:
        read, title, vocabulary = _PUBLIC[data]
        found = read(Path(folder), "train", check)
        training, validation = split(found.labels, seed)
        samples = Samples(found.pixels, found.labels, found.classes, training, validation, title)
        return replace(samples, mean=0.3, std=0.3, vocabulary=vocabulary)
    makers = {
        Data.FRAGMENTS: made.fragments,
        Data.STRIPES: made.stripes,
        Data.SHAPES: made.shapes,
        Data.DIGITS: made.digits,
    }
    return made.fragments(seed, lecture=True) if data is Data.LECTURE else makers[data](seed)
