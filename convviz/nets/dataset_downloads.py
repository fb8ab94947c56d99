"""Fetching MNIST, Fashion-MNIST and CIFAR-10 to where torchvision's data sets look for them.

Addresses and checksums are those that torchvision carries.
"""

import contextlib
import importlib
import importlib.util
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.download import download
from convviz.nets.entries import Progress, silent
from convviz.nets.torchvision_import import import_torchvision

CLASSES = {"mnist": "MNIST", "fashion-mnist": "FashionMNIST", "cifar10": "CIFAR10"}
"""Data sets that can be fetched, and what torchvision calls them."""

_PIECE = 1 << 20
_HALF = ".unpacking-"
# Whoever still unpacks is younger, in seconds.
_STALE = 3600
_TRAINING = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte")


@dataclass(frozen=True)
class RemoteFile:
    """A file of a data set.

    Parameters
    ----------
    urls : tuple of str
        Where it can be had; tried in this order.
    md5 : str
        Of its content, in hexadecimal.
    """

    urls: tuple[str, ...]
    md5: str


def is_missing(data: str, folder: Path) -> bool:
    """Return whether ``folder`` could hold a data set's training pictures and does not."""
    if data not in CLASSES or not folder.is_dir():
        return False
    if data == "cifar10":
        batches = [*folder.glob("cifar-10-batches-py/data_batch_*"), *folder.glob("data_batch_*")]
        return not batches and not (folder / "cifar10-train.zip").is_file()
    if data == "mnist" and (folder / "mnist-train.npz").is_file():
        return False
    places = folder / CLASSES[data] / "raw", folder / "raw", folder
    return not any(all(map(partial(_is_there, place), _TRAINING)) for place in places)


def _is_there(folder: Path, name: str) -> bool:
    return any((folder / f"{name}{ending}").is_file() for ending in ("", ".gz"))


def fetch(data: str, folder: Path, check: Check = nothing, progress: Progress = silent) -> None:
    """Fetch a data set into ``folder``, as torchvision's data sets store it; what is there already is kept.

    Parameters
    ----------
    data : str
        A key of :data:`CLASSES`.
    folder : Path
        What torchvision calls the root. Gets ``MNIST/raw`` or ``FashionMNIST/raw`` with four packed files, or
        ``cifar-10-python.tar.gz`` and what is in it, ``cifar-10-batches-py``.
    check : callable
        Called for every piece; may raise, which keeps what has arrived for the next time.
    progress : callable
        Told the share that is done, 0 to 1.

    Raises
    ------
    Problem
        If it cannot be had, is damaged, or cannot be written; or torchvision is missing.
    """
    known: Any = getattr(_torchvision_datasets(), CLASSES[data])
    if data == "cifar10":
        archive = RemoteFile((known.url,), known.tgz_md5)
        (path,) = _fetch_all([archive], folder, check, progress)
        _unpack(path, known.base_folder, check)
        return
    files = [
        RemoteFile(tuple(f"{mirror}{name}" for mirror in known.mirrors), md5) for name, md5 in known.resources
    ]
    _fetch_all(files, folder / CLASSES[data] / "raw", check, progress)


def _torchvision_datasets() -> Any:
    if importlib.util.find_spec("torchvision") is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "Where the data are is known to torchvision, which is missing. Install it."
            )
        )
    import_torchvision()
    return importlib.import_module("torchvision.datasets")


def _fetch_all(files: Sequence[RemoteFile], folder: Path, check: Check, progress: Progress) -> list[Path]:
    found = []
    for number, file in enumerate(files):

        def share(fraction: float, text: Sentence | None, number: int = number) -> None:
            progress((number + fraction) / len(files), text)

        found.append(_fetch_one(file, folder, check, share))
    return found


def _fetch_one(file: RemoteFile, folder: Path, check: Check, progress: Progress) -> Path:
    """Fetch a file from the first place that has it; the last one's reason is told if none does."""
    for url in file.urls[:-1]:
        try:
            return download(url, folder, md5=file.md5, check=check, progress=progress)
        except Problem:
            # The next place is asked.
            check()
    return download(file.urls[-1], folder, md5=file.md5, check=check, progress=progress)


def _unpack(path: Path, name: str, check: Check) -> None:
    """Unpack the folder ``name`` out of an archive beside it; it is there whole or not at all."""
    target = path.parent / name
    if target.is_dir():
        return
    _remove_halves(path.parent)
    try:
        with tempfile.TemporaryDirectory(prefix=_HALF, dir=path.parent) as outer:
            unpacked = Path(outer, name)
            unpacked.mkdir()
            with tarfile.open(path) as archive:
                for member in archive:
                    check()
                    if member.isfile() and Path(member.name).parent == Path(name):
                        _copy(archive, member, unpacked / Path(member.name).name, check)
            unpacked.rename(target)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} cannot be unpacked into {folder}: {reason}."),
            name=path.name,
            folder=str(path.parent),
            reason=str(getattr(error, "strerror", None) or error).rstrip("."),
        ) from error


def _remove_halves(folder: Path) -> None:
    """Remove what a process that was killed while it unpacked could not."""
    for half in folder.glob(f"{_HALF}*"):
        with contextlib.suppress(OSError):
            if time.time() - half.stat().st_mtime > _STALE:
                shutil.rmtree(half, ignore_errors=True)


def _copy(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path, check: Check) -> None:
    source = archive.extractfile(member)
    assert source is not None
    with source, target.open("wb") as file:
        while piece := source.read(_PIECE):
            check()
            file.write(piece)
