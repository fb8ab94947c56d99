"""Pictures of the user's own to learn from: a folder with a folder of pictures for each class."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convviz.core.picture import Picture, grey
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.learn.samples import Samples, split

MOST_PICTURES = 20_000
_SIDE = 32


@dataclass(frozen=True)
class PictureFiles:
    """Which files are pictures, and how they are opened: as everywhere in the application.

    Parameters
    ----------
    suffixes : tuple of str
        Ends of their names, in lower case.
    open : callable
        Returns the picture in a file, or raises a :class:`Problem`.
    """

    suffixes: tuple[str, ...]
    open: Callable[[Path], Picture]


def read_folder(folder: Path, seed: int, pictures: PictureFiles, check: Check = nothing) -> Samples:
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
        for file in _pictures(each, pictures)[: MOST_PICTURES // len(classes)]:
            check()
            pixels.append(_read(file, pictures))
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


def _pictures(folder: Path, pictures: PictureFiles) -> list[Path]:
    """Return the pictures of a class."""
    files = [path for path in _listed(folder) if path.suffix.lower() in pictures.suffixes]
    if not files:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "The class {name} is empty: put pictures into its folder, or remove it."
            ),
            name=folder.name,
        )
    return files


def _read(file: Path, pictures: PictureFiles) -> NDArray[np.uint8]:
    """Return one picture, its middle cut out as a square and made 32 × 32."""
    from PIL import Image, ImageOps

    try:
        bytes_ = _as_bytes(pictures.open(file))
    except Problem as problem:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} in the class {folder} cannot be learned from: {reason} Remove it from the folder, or "
                "save it anew.",
            ),
            name=file.name,
            folder=file.parent.name,
            reason=problem.sentence,
        ) from problem
    return np.asarray(ImageOps.fit(Image.fromarray(bytes_), (_SIDE, _SIDE)), np.uint8)


def _as_bytes(picture: Picture) -> NDArray[np.uint8]:
    """Return red, green and blue (H, W, 3), 0 for the picture's black and 255 for its white."""
    values: NDArray[np.generic] = picture.values if picture.channels == 3 else grey(picture.values)
    if values.dtype != np.uint8 or (picture.low, picture.high) != (0.0, 255.0):
        span = picture.high - picture.low
        shares = (values.astype(np.float32) - np.float32(picture.low)) / np.float32(span or 1.0)
        # What is not a number is shown as black elsewhere too.
        values = np.rint(np.clip(np.nan_to_num(shares), 0.0, 1.0) * 255)
    return np.ascontiguousarray(np.broadcast_to(values, (*values.shape[:2], 3)), np.uint8)
