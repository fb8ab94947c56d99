"""A folder of pictures by class, and what is said of one that cannot be learned from; saving and opening."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.core.text import Problem
from convviz.nets.learn.build import to_vector
from convviz.nets.learn.data import Data, load
from convviz.nets.learn.made import shapes
from convviz.nets.learn.run import Run
from convviz.nets.learn.saving import is_trained_here, to_files
from convviz.nets.learn.starts import start_network, start_settings
from convviz.nets.load import open_model


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
