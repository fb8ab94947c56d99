"""Small data sets in every form they come in: a bright bar whose place is the class."""

import gzip
import io
import pickle
import struct
import zipfile
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convviz.nets.datasets import CIFAR10, DIGITS, Pictures


def bars(count: int, side: int, channels: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return pictures (N, side, side, C) with some noise, and labels; all ten classes occur equally often."""
    random = np.random.default_rng(3)
    labels = np.arange(count).astype(np.uint8) % 10
    pixels = random.integers(0, 40, (count, side, side, channels)).astype(np.uint8)
    for picture, label in zip(pixels, labels, strict=True):
        picture[4 + 2 * int(label) : 6 + 2 * int(label), 4:-4] = 230
    return pixels, labels


def digits(count: int = 60) -> Pictures:
    """Return what looks like MNIST to a program."""
    pixels, labels = bars(count, 28, 1)
    return Pictures(pixels, labels.astype(np.int64), DIGITS, "tiny")


def things(count: int = 60) -> Pictures:
    """Return what looks like CIFAR-10 to a program."""
    pixels, labels = bars(count, 32, 3)
    return Pictures(pixels, labels.astype(np.int64), CIFAR10, "tiny")


def idx(values: NDArray[np.uint8]) -> bytes:
    """Return an ``idx`` file."""
    return bytes([0, 0, 8, values.ndim]) + struct.pack(f">{values.ndim}I", *values.shape) + values.tobytes()


def write_idx(folder: Path, split: str = "train", packed: bool = False, count: int = 60) -> Path:
    """Write MNIST below ``folder`` as torchvision stores it and return the folder of the files."""
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    pixels, labels = bars(count, 28, 1)
    for kind, values in (("images-idx3", pixels[..., 0]), ("labels-idx1", labels)):
        data = idx(values)
        name = f"{split}-{kind}-ubyte"
        (raw / (f"{name}.gz" if packed else name)).write_bytes(gzip.compress(data) if packed else data)
    return raw


def write_npz(folder: Path, count: int = 60) -> Path:
    """Write ``mnist-train.npz`` into ``folder``."""
    pixels, labels = bars(count, 28, 1)
    path = folder / "mnist-train.npz"
    np.savez_compressed(path, images=pixels[..., 0], labels=labels)
    return path


class _Python2(pickle._Pickler):
    """Writes bytes and text as Python 2 wrote its strings, as in the files of CIFAR-10's author."""

    def save_string(self, text: Any) -> None:
        data = text if isinstance(text, bytes) else text.encode("latin-1")
        self.write(pickle.BINSTRING + struct.pack("<i", len(data)) + data)  # type: ignore[attr-defined]
        self.memoize(text)  # type: ignore[attr-defined]

    dispatch: ClassVar[Any] = pickle._Pickler.dispatch | {bytes: save_string, str: save_string}


def batch(pixels: NDArray[np.uint8], labels: NDArray[np.uint8], protocol: int | None = None) -> bytes:
    """Return one batch file of CIFAR-10; as by Python 2, or by this Python in ``protocol``."""
    content = {
        b"batch_label": b"training batch 1 of 5",
        b"labels": [int(label) for label in labels],
        b"data": np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)).reshape(len(pixels), -1),
        b"filenames": [b"bar.png"] * len(pixels),
    }
    if protocol is not None:
        return pickle.dumps(content, protocol)
    file = io.BytesIO()
    _Python2(file, 2).dump(content)
    return file.getvalue()


def write_batches(folder: Path, count: int = 60) -> Path:
    """Write CIFAR-10 below ``folder`` as torchvision stores it and return the folder of the files."""
    home = folder / "cifar-10-batches-py"
    home.mkdir(parents=True, exist_ok=True)
    pixels, labels = bars(count, 32, 3)
    half = count // 2
    (home / "data_batch_1").write_bytes(batch(pixels[:half], labels[:half]))
    (home / "data_batch_2").write_bytes(batch(pixels[half:], labels[half:]))
    (home / "test_batch").write_bytes(batch(pixels[:half], labels[:half]))
    return home


def encoded(pixels: NDArray[np.uint8], kind: str = "JPEG") -> bytes:
    """Return a picture (H, W, 3) as a file."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **({"quality": 95} if kind == "JPEG" else {}))
    return file.getvalue()


def write_zip(folder: Path, count: int = 60) -> Path:
    """Write ``cifar10-train.zip`` into ``folder``."""
    path = folder / "cifar10-train.zip"
    pixels, labels = bars(count, 32, 3)
    with zipfile.ZipFile(path, "w") as archive:
        for number, (picture, label) in enumerate(zip(pixels, labels, strict=True)):
            archive.writestr(f"{CIFAR10[label]}/{number:04}.jpg", encoded(picture))
    return path
