"""The data sets a network can learn from, by what they are called."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.datasets import read_cifar10, read_fashion_mnist, read_mnist
from convviz.nets.learn import made
from convviz.nets.learn.samples import Samples, split

MOST_PICTURES = 20_000
_SIDE = 32
_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif")


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


def load(data: Data, seed: int, folder: str = "", check: Check = nothing) -> Samples:
    """Return the pictures of a data set; in a worker thread, as it may take seconds.

    Raises
    ------
    Problem
        If a folder does not hold them, or nothing can be learned from them.
    """
    if data is Data.FOLDER:
        return read_folder(Path(folder), seed, check)
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


def read_folder(folder: Path, seed: int, check: Check = nothing) -> Samples:
    """Return the pictures in the subfolders of ``folder``, one per class, as 32 × 32 in colour.

    Raises
    ------
    Problem
        If there are not two classes, a class is empty, or a file is broken.
    """
    classes = [path for path in _listed(folder) if path.is_dir()] if folder.is_dir() else []
    if len(classes) < 2:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} does not hold two folders of pictures: put the pictures of each class into a folder "
                "of its own in it.",
            ),
            name=folder.name or str(folder),
        )
    pixels: list[NDArray[np.uint8]] = []
    labels: list[int] = []
    for label, each in enumerate(classes):
        files = [path for path in _listed(each) if path.suffix.lower() in _SUFFIXES]
        if not files:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "The class {name} is empty: put pictures into its folder, or remove it."
                ),
                name=each.name,
            )
        for file in files[: MOST_PICTURES // len(classes)]:
            check()
            pixels.append(_read(file))
            labels.append(label)
    numbers = np.array(labels, np.int64)
    training, validation = split(numbers, seed)
    names = tuple(each.name for each in classes)
    if not len(training) or len(numbers) == len(classes):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "Every class has one picture only; nothing can be learned from it. "
                "Give at least two per class.",
            )
        )
    found = Samples(np.stack(pixels), numbers, names, training, validation, folder.name)
    return replace(found, mean=0.45, std=0.25)


def _listed(folder: Path) -> list[Path]:
    """Return what lies in a folder and is not hidden: systems put files of their own beside pictures."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "The folder {name} cannot be read: {reason}."),
            name=folder.name or str(folder),
            reason=error.strerror or str(error),
        ) from error


def _read(file: Path) -> NDArray[np.uint8]:
    """Return one picture, its middle cut out as a square and made 32 × 32."""
    from PIL import Image, ImageOps

    try:
        with Image.open(file, formats=("PNG", "JPEG", "BMP", "WEBP", "GIF")) as image:
            square = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (_SIDE, _SIDE))
            return np.asarray(square, np.uint8)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} in the class {folder} is no picture or damaged: remove it from the folder.",
            ),
            name=file.name,
            folder=file.parent.name,
        ) from error
