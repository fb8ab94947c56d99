"""Every reader of files that others have written, as one function of a path, and files it reads well."""

import gzip
import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from convviz.core.filters import FilterBank
from convviz.core.lessons import Lesson, Step, Table
from convviz.core.picture import Picture
from convviz.core.text import Problem, Sentence
from convviz.files.lessons import read_lesson
from convviz.files.matrices import parse_kernel, parse_matrix
from convviz.files.own_models import load_models
from convviz.files.pictures import open_picture
from convviz.files.presets import load_kernels
from convviz.files.resources import asset
from convviz.files.samples import open_sample
from convviz.files.session_writing import write_session
from convviz.files.sessions import HELD, SavedSession, read_session
from convviz.ui.language import say
from convviz.ui.lessons.state_table import state_from
from convviz.ui.lessons.view_table import ImageView, LayerView
from convviz.ui.pasting import paste_text
from convviz.ui.sessions.content import content_from
from convviz.ui.state import State
from tests.files.encoded_pictures import ENCODED
from tests.nets import tiny

Files = tuple[bytes, ...]


@dataclass(frozen=True)
class Reader:
    """How a kind of files is read.

    Parameters
    ----------
    name : str
        A file it takes, its ending included.
    read : callable
        Reads a file; raises Problem if it cannot.
    good : callable
        Returns files that it reads well.
    """

    name: str
    read: Callable[[Path], object]
    good: Callable[[], Files]


def start() -> State:
    """Return what a lesson begins with."""
    return State(open_sample("conv-step"), FilterBank(np.ones((1, 1, 3, 3))))


def read_whole_lesson(path: Path) -> Lesson:
    """Read a lesson and all that its tables say to the rooms."""
    lesson = read_lesson(path)
    for step in lesson.steps:
        refused(partial(read_state, step))
        refused(partial(ImageView.of, step.view))
        refused(partial(LayerView.of, step.view))
        read_tables({"network": step.network, "training": step.training, "embeddings": step.embeddings})
    return lesson


def read_state(step: Step) -> object:
    """Read the picture and the layer of a step, and whether they fit."""
    return state_from(step.picture, step.layer, start()).chain()


def read_tables(told: dict[str, Table]) -> None:
    """Read what is told to the rooms that work for a while."""
    from convviz.ui.rooms.embeddings_table import Described as Embeddings
    from convviz.ui.rooms.network_table import NetworkView
    from convviz.ui.training.table import Described as Training

    refused(lambda: NetworkView.of(told.get("network", {})))
    refused(lambda: Training.of(told.get("training", {})))
    refused(lambda: Embeddings.of(told.get("embeddings", {})).items(()))


def refused(read: Callable[[], object]) -> None:
    """Read one part: what is wrong with it is told, and the others are shown all the same."""
    try:
        read()
    except Problem as problem:
        check_said(problem)


def check_said(problem: Problem, name: str = "") -> None:
    """Fail if a refusal is no sentence, or does not name the file."""
    said = say(problem.sentence)
    assert said
    assert "Traceback" not in said
    assert name in said or not name, said


def read_whole_session(path: Path) -> object:
    """Read a session and all that it says to the rooms."""
    content = content_from(read_session(path), path.name)
    refused(content.state.chain)
    for note in content.state.picture.notes:
        say(note)
    read_tables(dict(content.tables))
    return content


def read_matrix(path: Path) -> object:
    """Read a matrix that somebody has pasted, in each of the places for one."""
    text = path.read_bytes().decode("utf-8", "replace")
    for read in (parse_matrix, parse_kernel, paste_text):
        refused(partial(read, text))
    return text


def read_weights(path: Path) -> object:
    """Look into weights as the window does before it asks what they belong to."""
    from convviz.nets.own import inspect_model

    return inspect_model(path)


def read_digits(path: Path) -> object:
    """Read digits that are stored as NumPy stores arrays."""
    from convviz.nets.datasets import read_mnist

    return read_mnist(path)


def read_things(path: Path) -> object:
    """Read pictures of CIFAR-10, from one batch or from an archive."""
    from convviz.nets.datasets import read_cifar10

    return read_cifar10(path.parent if path.name.startswith("data_batch") else path)


def read_packed_idx(path: Path) -> object:
    """Read an array as MNIST's authors store them."""
    from convviz.nets.dataset_arrays import read_idx

    return read_idx(path, 3)


def read_card(path: Path) -> object:
    """Read the card of a network."""
    from convviz.nets.cards import from_toml

    return from_toml(path.read_bytes().decode("utf-8", "replace"), path.name)


@cache
def good_pictures() -> Files:
    """Return a picture in every format."""
    return tuple(make() for make in ENCODED.values())


@cache
def good_sessions() -> Files:
    """Return sessions with a little of everything, among them the first there was."""
    import tempfile

    first = Path(__file__).parents[1] / "files" / "sessions"
    rng = np.random.default_rng(3)
    notes = (Sentence("Values rounded to 32-bit precision (about 7 digits): {count}.", {"count": 3}),)
    picture = Picture(rng.normal(size=(4, 5, 3)).astype(np.float32), "p", -3.0, 3.0, notes=notes)
    told: dict[str, Table] = {
        "network": {"model": "lenet5", "layer": "", "map": 3, "page": "excite", "aim": "cell"},
        "training": {"data": "count-11", "rate": 0.1, "epoch": 2, "rates": [[0, 0, 0.05], [1, 3, 0.1]]},
        "embeddings": {"pictures": ["cat", {HELD: picture}], "experiment": "blur", "amount": 2},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.convviz")
        write_session(path, SavedSession(picture, np.ones((1, 3, 3, 3)), {"stride": [2, 1]}, told=told))
        return (path.read_bytes(), *(one.read_bytes() for one in sorted(first.iterdir())))


@cache
def good_weights() -> Files:
    """Return state dicts in both formats of PyTorch, and in that of safetensors."""
    import torch
    from safetensors.torch import save

    torch.manual_seed(1)
    state = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2)).state_dict()
    new, old = io.BytesIO(), io.BytesIO()
    torch.save(state, new)
    torch.save(state, old, _use_new_zipfile_serialization=False)
    return new.getvalue(), old.getvalue(), save(state)


@cache
def good_archives() -> Files:
    """Return an archive of pictures in folders that are called as their classes."""
    buffer = io.BytesIO()
    from PIL import Image

    from convviz.nets.datasets import CIFAR10

    pixels, labels = tiny.bars(40, 32, 3)

    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (one, label) in enumerate(zip(pixels, labels, strict=True)):
            data = io.BytesIO()
            Image.fromarray(one).save(data, "PNG")
            archive.writestr(f"{CIFAR10[int(label)]}/{number}.png", data.getvalue())
    return (buffer.getvalue(),)


@cache
def good_batches() -> Files:
    """Return batches as Python 2 and as this one write them."""
    pixels, labels = tiny.bars(40, 32, 3)
    return tiny.batch(pixels, labels), tiny.batch(pixels, labels, 4)


@cache
def good_digits() -> Files:
    """Return digits in an archive of arrays, packed and not."""
    pixels, labels = tiny.bars(40, 28, 1)
    out = []
    for save in (np.savez, np.savez_compressed):
        buffer = io.BytesIO()
        save(buffer, images=pixels[..., 0], labels=labels)
        out.append(buffer.getvalue())
    return tuple(out)


def good_idx() -> Files:
    """Return digits as their authors store them, packed."""
    return (gzip.compress(tiny.idx(tiny.bars(40, 28, 1)[0][..., 0]), mtime=0),)


def good_kept(name: str, *entries: dict[str, Any]) -> Callable[[], Files]:
    """Return a list of the user's own things."""
    return lambda: (json.dumps({"version": 1, name: entries}).encode(),)


KERNEL = {"name": "mine", "weights": [[1, 0.5], [-2, 3]]}
MODEL = {"path": "/a.pt", "architecture": "resnet18", "preprocessing": {"size": [8, 8]}, "classes": ["a"]}
MATRICES = (
    b"1 2 3\n4 5 6",
    b"[[1, 2], [3, 4]]",
    b"0,5\t1\n2\t3",
    b"1/9 0; 2 -1e3",
    b"array([[1., 2.]])",
    b"1e300 -1e300",
)


def lessons(*patterns: str) -> Callable[[], Files]:
    """Return lessons that come with convviz."""
    found = [path for pattern in patterns for path in sorted(asset("lessons").glob(pattern))]
    return lambda: tuple(path.read_bytes() for path in found)


READERS: dict[str, Reader] = {
    "picture": Reader("a.png", open_picture, good_pictures),
    "matrix": Reader("a.txt", read_matrix, lambda: MATRICES),
    "lesson": Reader("a.lesson.toml", read_whole_lesson, lessons("0[1-9]-*.toml", "2*-*.toml", "3*-*.toml")),
    "session": Reader("a.convviz", read_whole_session, good_sessions),
    "presets": Reader("kernels.json", load_kernels, good_kept("kernels", KERNEL, KERNEL)),
    "models": Reader("models.json", load_models, good_kept("models", MODEL)),
    "weights": Reader("a.pt", read_weights, good_weights),
    "digits": Reader("mnist-train.npz", read_digits, good_digits),
    "packed digits": Reader("train-images-idx3-ubyte.gz", read_packed_idx, good_idx),
    "batch": Reader("data_batch_1", read_things, good_batches),
    "archive of pictures": Reader("cifar10-train.zip", read_things, good_archives),
    "card": Reader(
        "card.toml",
        read_card,
        lambda: tuple(path.read_bytes() for path in sorted(asset("networks").glob("*.toml"))),
    ),
}


class Canary:
    """Pickles itself as a call that would make a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self._path), "w")


def pickled_array(canary: Path) -> bytes:
    """Return a ``.npy`` file of objects."""
    buffer = io.BytesIO()
    np.save(buffer, np.array([[Canary(canary)]], object), allow_pickle=True)
    return buffer.getvalue()


def hostile(canary: Path) -> dict[str, list[bytes]]:
    """Return files, by their readers, that would make the canary if anything in them were run."""
    plain = pickle.dumps(Canary(canary), 2)
    array = pickled_array(canary)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        for name in ("images.npy", "labels.npy"):
            out.writestr(name, array)
    session = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good_sessions()[0])) as good, zipfile.ZipFile(session, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, array if name.endswith(".npy") else good.read(name))
    batch = pickle.dumps({b"data": Canary(canary), b"labels": [0]}, 2)
    weights = io.BytesIO()
    with zipfile.ZipFile(weights, "w") as out:
        out.writestr("archive/data.pkl", plain)
        out.writestr("archive/version", b"3\n")
    return {
        "picture": [array, plain],
        "session": [session.getvalue(), plain],
        "digits": [archive.getvalue(), array],
        "batch": [batch, plain],
        "weights": [weights.getvalue(), plain, struct.pack("<Q", len(plain)) + plain],
        "presets": [plain],
        "models": [plain],
        "lesson": [plain],
        "matrix": [f"__import__('pathlib').Path({str(canary)!r}).touch()".encode(), plain],
        "card": [plain],
    }
