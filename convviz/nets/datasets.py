"""MNIST, Fashion-MNIST and CIFAR-10 from the files they come in, read without trusting them."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.dataset_arrays import check_count, damaged, read_idx, read_npz
from convviz.nets.inert_pickle import Unreadable, read_pickle

DIGITS = tuple("0123456789")
FASHION = (
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)
CIFAR10 = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")

# Bytes of one picture or batch file; a batch of CIFAR-10 has 31 MB, a picture 1 KB.
_MAX_PICTURE_FILE = 1_000_000
_MAX_BATCH_FILE = 500_000_000

_SPLITS = {"train": ("train-", "data_batch_"), "test": ("t10k-", "test_batch")}


@dataclass(frozen=True, eq=False)
class Pictures:
    """Pictures of one size, each with its class.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (N, H, W, C)
        C is 1 or 3.
    labels : ndarray of int64, shape (N,)
        Indices into ``classes``.
    classes : tuple of str
        Names of the classes.
    source : str
        Name of the file they were read from; of several, the first.
    """

    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]
    classes: tuple[str, ...]
    source: str = ""

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self.labels)

    def at(self, indices: NDArray[np.int64]) -> "Pictures":
        """Return the pictures at ``indices``."""
        return Pictures(self.pixels[indices], self.labels[indices], self.classes, self.source)


def read_mnist(path: Path, split: str = "train", check: Check = nothing) -> Pictures:
    """Read MNIST's digits.

    Parameters
    ----------
    path : Path
        A folder that holds ``MNIST/raw`` as torchvision's data set stores it, that folder itself with its
        ``idx`` files, packed (``.gz``) or not; or ``mnist-train.npz`` with the arrays ``images``
        (N, 28, 28) and ``labels``, or a folder that holds it.
    split : str
        ``"train"`` or ``"test"``; an ``.npz`` file has the training pictures only.
    check : callable
        Called now and then; may raise.

    Raises
    ------
    Problem
        If there is no such data, or it is damaged.
    """
    prefix = _SPLITS[split][0]
    found = _read_idx_files(path, "MNIST", prefix, DIGITS, check)
    if found is not None:
        return found
    file = path / "mnist-train.npz" if path.is_dir() else path
    if split == "train" and file.is_file() and file.suffix.lower() == ".npz":
        return _digits(*read_npz(file), file.name)
    raise _nothing_here(
        path, "MNIST", "mnist-train.npz" if split == "train" else f"MNIST/raw/{prefix}images-idx3-ubyte"
    )


def read_fashion_mnist(path: Path, split: str = "train", check: Check = nothing) -> Pictures:
    """Read Fashion-MNIST's pieces of clothing.

    Parameters
    ----------
    path : Path
        A folder that holds ``FashionMNIST/raw`` as torchvision's data set stores it, or that folder itself
        with its ``idx`` files, packed or not. They have the names that MNIST's have.
    split, check
        As for :func:`read_mnist`.

    Raises
    ------
    Problem
        If there is no such data, or it is damaged.
    """
    prefix = _SPLITS[split][0]
    found = _read_idx_files(path, "FashionMNIST", prefix, FASHION, check)
    if found is None:
        raise _nothing_here(path, "Fashion-MNIST", f"FashionMNIST/raw/{prefix}images-idx3-ubyte")
    return found


def _read_idx_files(
    path: Path, name: str, prefix: str, classes: tuple[str, ...], check: Check
) -> Pictures | None:
    """Return what the two files hold that lie where torchvision's data set ``name`` stores them."""
    for folder in (path / name / "raw", path / "raw", path):
        images, labels = (
            _packed_or_not(folder, f"{prefix}{kind}-ubyte") for kind in ("images-idx3", "labels-idx1")
        )
        if images and labels:
            check()
            pixels = read_idx(images, 3)
            check()
            return _checked(pixels[..., None], read_idx(labels, 1), classes, (28, 28, 1), images.name)
    return None


def read_cifar10(path: Path, split: str = "train", check: Check = nothing) -> Pictures:
    """Read CIFAR-10's pictures.

    Parameters
    ----------
    path : Path
        A folder that holds ``cifar-10-batches-py`` as torchvision's data set stores it, or that folder
        itself; or ``cifar10-train.zip`` with JPEG or PNG pictures ``<class>/<number>.jpg``, or a folder that
        holds it.
    split, check
        As for :func:`read_mnist`; the ``.zip`` has the training pictures only.

    Raises
    ------
    Problem
        If there is no such data, or it is damaged.
    """
    prefix = _SPLITS[split][1]
    for folder in (path / "cifar-10-batches-py", path):
        names = sorted(folder.glob(f"{prefix}*")) if folder.is_dir() else []
        if names:
            return _read_batches(names, check)
    file = path / "cifar10-train.zip" if path.is_dir() else path
    if split == "train" and file.is_file() and file.suffix.lower() == ".zip":
        return _read_zip(file, check)
    raise _nothing_here(
        path, "CIFAR-10", "cifar10-train.zip" if split == "train" else f"cifar-10-batches-py/{prefix}"
    )


READERS: dict[str, Callable[[Path, str, Check], Pictures]] = {"mnist": read_mnist, "cifar10": read_cifar10}


def _packed_or_not(folder: Path, name: str) -> Path | None:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    return None


def _digits(images: NDArray[Any], labels: NDArray[Any], name: str) -> Pictures:
    return _checked(images[..., None], labels, DIGITS, (28, 28, 1), name)


def _read_batches(paths: list[Path], check: Check) -> Pictures:
    parts = []
    for path in paths:
        check()
        parts.append(_read_batch(path))
    pixels, labels = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return _checked(pixels, labels, CIFAR10, (32, 32, 3), paths[0].name)


def _read_batch(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return pixels (N, 32, 32, 3) and labels of a batch file; its rows are the R, G and B plane."""
    try:
        if path.stat().st_size > _MAX_BATCH_FILE:
            raise damaged(path.name)
        content = read_pickle(path.read_bytes())
        data, labels = content["data"], np.array(content["labels"])
        if labels.dtype.kind != "i" or labels.ndim != 1 or data.shape != (len(labels), 3 * 32 * 32):
            raise damaged(path.name)
    except (OSError, Unreadable, LookupError, AttributeError, TypeError, ValueError) as error:
        raise damaged(path.name) from error
    return data.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), labels.astype(np.int64)


def _read_zip(path: Path, check: Check) -> Pictures:
    try:
        archive = zipfile.ZipFile(path)
    except Exception as error:
        # A damaged archive fails in many ways.
        raise damaged(path.name) from error
    with archive:
        members = _members(archive, path.name)
        pixels = np.empty((len(members), 32, 32, 3), np.uint8)
        for at, (member, _) in enumerate(members):
            if at % 256 == 0:
                check()
            pixels[at] = _picture(archive, member, path.name)
    labels = np.array([label for _, label in members], np.int64)
    return _checked(pixels, labels, CIFAR10, (32, 32, 3), path.name)


def _members(archive: zipfile.ZipFile, name: str) -> list[tuple[zipfile.ZipInfo, int]]:
    """Return the pictures in ``<class>/`` folders, in the order of their names, with their classes."""
    found = []
    for member in sorted(archive.infolist(), key=lambda info: info.filename):
        parts = member.filename.split("/")
        if len(parts) >= 2 and parts[-2] in CIFAR10 and parts[-1].lower().endswith((".jpg", ".jpeg", ".png")):
            found.append((member, CIFAR10.index(parts[-2])))
    check_count(name, len(found))
    return found


def _picture(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> NDArray[np.uint8]:
    from PIL import Image

    if member.file_size > _MAX_PICTURE_FILE:
        raise damaged(member.filename)
    try:
        with archive.open(member) as file:
            # No more than it says: what it unpacks to is up to whoever wrote it.
            data = file.read(_MAX_PICTURE_FILE)
    except Exception as error:
        raise damaged(name) from error
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.size != (32, 32):
                raise Problem(
                    QT_TRANSLATE_NOOP(
                        "Sentence", "{name} is {width} × {height}; pictures of CIFAR-10 are 32 × 32."
                    ),
                    name=member.filename,
                    width=image.width,
                    height=image.height,
                )
            return np.asarray(image.convert("RGB"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Problem):
            raise
        raise damaged(member.filename) from error


def _checked(
    pixels: NDArray[Any], labels: NDArray[Any], classes: tuple[str, ...], shape: tuple[int, ...], name: str
) -> Pictures:
    if pixels.shape[1:] != shape or labels.shape != pixels.shape[:1]:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} does not hold pictures of {height} × {width} with one label each. Give other data.",
            ),
            name=name,
            height=shape[0],
            width=shape[1],
        )
    check_count(name, len(labels))
    if labels.min() < 0 or labels.max() >= len(classes):
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} has labels beyond the {count} classes. Give other data."),
            name=name,
            count=len(classes),
        )
    return Pictures(np.ascontiguousarray(pixels), labels.astype(np.int64), classes, name)


def _nothing_here(path: Path, data: str, wanted: str) -> Problem:
    if not path.exists():
        return Problem(QT_TRANSLATE_NOOP("Sentence", "There is no “{path}”."), path=path)
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} holds no {data}. Give the folder torchvision's data set was stored in, or {wanted}.",
        ),
        name=path.name or str(path),
        data=data,
        wanted=wanted,
    )
