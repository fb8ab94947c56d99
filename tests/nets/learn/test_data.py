"""A folder of pictures by class, and what is said of one that cannot be learned from; saving and opening."""

from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image

from convviz.core.text import Problem
from convviz.files.class_names import class_names
from convviz.files.signatures import FORMATS, PICTURE_SUFFIXES
from convviz.nets.datasets import FASHION
from convviz.nets.learn.build import to_vector
from convviz.nets.learn.data import Data
from convviz.nets.learn.made import shapes
from convviz.nets.learn.run import Run
from convviz.nets.learn.saving import is_trained_here, to_files
from convviz.nets.learn.starts import start_network, start_settings
from convviz.nets.load import open_model
from convviz.ui.training.data import load
from tests.nets import tiny


class Stopped(Exception):  # noqa: N818 - it is a way out, not an error
    """What a check raises that wants to stop."""


def fill_folder(folder: Path, counts: dict[str, int]) -> Path:
    for name, count in counts.items():
        (folder / name).mkdir()
        for n in range(count):
            Image.new("RGB", (40, 50), (n, 2 * n, 90)).save(folder / name / f"{n}.png")
    return folder


def test_subfolders_are_classes(tmp_path: Path) -> None:
    found = load(Data.FOLDER, 1, str(fill_folder(tmp_path, {"cat": 5, "dog": 6})))
    assert found.classes == ("cat", "dog")
    assert found.pixels.shape == (11, 32, 32, 3)
    assert found.held_back


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "does not hold two folders"),
        ({"cat": 3}, "does not hold two folders"),
        ({"cat": 3, "dog": 0}, "class dog is empty"),
        ({"cat": 0, "dog": 0}, "class cat is empty"),
        ({"cat": 1, "dog": 1}, "one picture only"),
    ],
)
def test_a_folder_one_cannot_learn_from_is_refused(
    tmp_path: Path, counts: dict[str, int], words: str
) -> None:
    with pytest.raises(Problem, match=words):
        load(Data.FOLDER, 1, str(fill_folder(tmp_path, counts)))


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    fill_folder(tmp_path, {"cat": 3, "dog": 3})
    (tmp_path / "dog" / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    with pytest.raises(Problem, match=r"torn\.jpg in the class dog"):
        load(Data.FOLDER, 1, str(tmp_path))


def test_a_class_with_one_picture_trains_with_it_and_the_others_are_held_back(tmp_path: Path) -> None:
    found = load(Data.FOLDER, 1, str(fill_folder(tmp_path, {"cat": 1, "dog": 9})))
    assert 0 in found.training
    assert set(found.labels[found.validation]) == {1}
    run = Run(start_network(found), start_settings(found), found)
    while run.epoch < 1:
        run.step(0.01)
    assert run.history.figures[-1].confusion.sum() == len(found.validation)


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40), b"GIF89a" + bytes(3)],
    ids=["empty", "text", "a head only", "cut"],
)
@pytest.mark.parametrize("name", ["a.png", "z.jpg", "m.GIF"])
def test_every_kind_of_broken_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    fill_folder(tmp_path, {"cat": 3, "dog": 3})
    (tmp_path / "cat" / name).write_bytes(content)
    with pytest.raises(Problem, match=rf"{name} in the class cat"):
        load(Data.FOLDER, 1, str(tmp_path))


def write(path: Path, values: NDArray[np.uint8]) -> None:
    """Write a picture as what its name says."""
    suffix = path.suffix
    if suffix == ".npy":
        np.save(path, values)
    elif suffix in FORMATS["HEIF"].suffixes:
        pillow_heif.from_pillow(Image.fromarray(values)).save(path, quality=-1)
    elif suffix in (".pgm", ".pbm"):
        Image.fromarray(values).convert("L" if suffix == ".pgm" else "1").save(path, format="PPM")
    else:
        formats = {".apng": "PNG", ".avifs": "AVIF", ".dib": "BMP", ".pnm": "PPM", ".jfif": "JPEG"}
        Image.fromarray(values).save(path, format=formats.get(suffix))


@pytest.mark.parametrize("suffix", PICTURE_SUFFIXES)
@pytest.mark.parametrize("upper", [False, True])
def test_whatever_the_application_opens_is_learned_from(tmp_path: Path, suffix: str, upper: bool) -> None:
    fill_folder(tmp_path, {"cat": 2, "dog": 2})
    values = np.zeros((64, 64, 3), np.uint8)
    values[:, 32:] = 255
    written = tmp_path / "cat" / f"a{suffix}"
    write(written, values)
    if upper:
        written.rename(tmp_path / "cat" / f"a{suffix.upper()}")
    found = load(Data.FOLDER, 1, str(tmp_path))
    assert len(found) == 5
    # Sorted by name, "a" comes behind "0" and "1".
    picture = found.pixels[2].astype(int)
    assert picture.shape == (32, 32, 3)
    assert picture[:, :14].max() <= 8
    assert picture[:, 18:].min() >= 247


def test_sixteen_bits_and_transparency_are_seen_as_in_the_other_rooms(tmp_path: Path) -> None:
    fill_folder(tmp_path, {"cat": 2, "dog": 2})
    Image.fromarray(np.full((40, 40), 32768, np.uint16)).save(tmp_path / "cat" / "a.png")
    Image.fromarray(np.zeros((40, 40, 4), np.uint8)).save(tmp_path / "cat" / "b.png")
    np.save(tmp_path / "cat" / "c.npy", np.linspace(-3, 1, 40 * 40, dtype=np.float32).reshape(40, 40))
    found = load(Data.FOLDER, 1, str(tmp_path))
    deep, clear, numbers = found.pixels[2:5]
    assert (deep == 128).all()
    assert (clear == 255).all()
    assert int(numbers.min()) <= 3
    assert int(numbers.max()) >= 252


def test_what_is_no_picture_by_its_name_is_left_alone(tmp_path: Path) -> None:
    fill_folder(tmp_path, {"cat": 3, "dog": 3})
    (tmp_path / "cat" / "notes.txt").write_text("three cats")
    assert len(load(Data.FOLDER, 1, str(tmp_path))) == 6


def test_what_is_hidden_is_neither_a_class_nor_a_picture(tmp_path: Path) -> None:
    fill_folder(tmp_path, {"cat": 3, "dog": 3})
    (tmp_path / ".thumbnails").mkdir()
    (tmp_path / "cat" / "._0.png").write_bytes(b"where a system keeps what belongs to 0.png")
    found = load(Data.FOLDER, 1, str(tmp_path))
    assert found.classes == ("cat", "dog")
    assert len(found) == 6


@pytest.mark.parametrize("calls", [1, 3, 6])
def test_loading_a_folder_can_be_stopped_at_every_picture(tmp_path: Path, calls: int) -> None:
    left = calls

    def check() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Stopped

    with pytest.raises(Stopped):
        load(Data.FOLDER, 1, str(fill_folder(tmp_path, {"cat": 3, "dog": 3})), check)


def test_loading_a_public_data_set_can_be_stopped(tmp_path: Path) -> None:
    def check() -> None:
        raise Stopped

    tiny.write_idx(tmp_path)
    tiny.write_batches(tmp_path)
    for data in (Data.MNIST, Data.CIFAR10):
        with pytest.raises(Stopped):
            load(data, 1, str(tmp_path), check)


def test_fashion_mnist_has_names_that_are_translated(tmp_path: Path) -> None:
    raw = tiny.write_idx(tmp_path)
    (tmp_path / "FashionMNIST").mkdir()
    raw.rename(tmp_path / "FashionMNIST" / "raw")
    found = load(Data.FASHION, 1, str(tmp_path))
    assert found.classes == FASHION
    assert found.classes[0] == "T-shirt/top"
    assert tuple(class_names(found.vocabulary, "ru")) == FASHION
    with pytest.raises(Problem, match="holds no MNIST"):
        load(Data.MNIST, 1, str(tmp_path))


def test_a_saved_network_is_opened_as_it_was(tmp_path: Path) -> None:
    import torch

    data = shapes()
    run = Run(start_network(data), start_settings(data), data)
    run.step(0.01)
    weights, card = to_files(run, run.history.figures[-1], to_vector(run.module), "mine")
    path = tmp_path / "mine.safetensors"
    path.write_bytes(weights)
    assert is_trained_here(path)
    assert b'name = "mine"' in card
    network = open_model(str(path))
    assert network.classes == ("circle", "square", "triangle")
    given = torch.from_numpy(data.inputs(np.arange(4)))
    with torch.no_grad():
        assert (network.module(given) == run.module(given)).all()


def test_a_damaged_file_is_no_saved_network(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    for content in (b"", b"\xff" * 8, (2).to_bytes(8, "little") + b"[]", (4).to_bytes(8, "little") + b"null"):
        path.write_bytes(content)
        assert not is_trained_here(path)
