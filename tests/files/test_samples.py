import importlib.util
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from convviz.core.picture import PictureKind
from convviz.core.reference import run
from convviz.core.specs import ConvSpec, PoolSpec
from convviz.core.text import Problem
from convviz.files import resources
from convviz.files.resources import asset
from convviz.files.samples import GRID_SAMPLES, PHOTO_SAMPLES, load_examples, open_sample


def test_ten_photographs_the_cat_first() -> None:
    assert len(PHOTO_SAMPLES) == 10
    assert PHOTO_SAMPLES[0].id == "cat"
    for sample in PHOTO_SAMPLES:
        picture = open_sample(sample.id)
        assert sample.kind is picture.kind is PictureKind.PHOTO
        assert picture.values.dtype == np.uint8
        assert picture.values.size > 60_000
        assert picture.name == str(sample.title)
        assert picture.source == ""
    assert open_sample("cat").values.shape == (300, 451, 3)


def test_the_cat_is_scikit_images_cat() -> None:
    from skimage import data

    assert np.array_equal(open_sample("cat").values, data.cat())
    assert np.array_equal(open_sample("photographer").values[..., 0], data.camera())


def test_scikit_image_is_not_imported() -> None:
    code = (
        "import sys; from convviz.files.samples import open_sample; open_sample('cat');"
        "print([name for name in ('skimage', 'scipy', 'torch', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_scikit_image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Problem, match="The sample photographs are missing"):
        open_sample("cat")


def test_grids_are_distinct_and_belong_to_examples() -> None:
    inputs = {example.id: example.input for example in load_examples()}
    assert {sample.id for sample in GRID_SAMPLES} <= set(inputs)
    distinct = {values.tobytes() + bytes(values.shape) for values in inputs.values()}
    assert len(GRID_SAMPLES) == len(distinct) == 13
    assert len({str(sample.title) for sample in GRID_SAMPLES}) == 13


def test_every_example_opens_as_a_sample() -> None:
    names = {str(sample.title) for sample in GRID_SAMPLES}
    for example in load_examples():
        picture = open_sample(example.id)
        assert np.array_equal(picture.values, np.moveaxis(example.input, 0, -1))
        assert picture.kind is PictureKind.GRID
        assert picture.notes == ()
        assert picture.name in names


def test_unknown_sample() -> None:
    with pytest.raises(KeyError):
        open_sample("dog")


@pytest.mark.parametrize("example", load_examples(), ids=lambda example: example.id)
def test_examples_give_their_numbers(example: Any) -> None:
    assert example.input.dtype == example.expected.dtype == np.float32
    assert not example.input.flags.writeable
    assert set(example.titles) == {"en", "ru"}
    assert all(example.titles.values())
    assert isinstance(example.chain[0], ConvSpec | PoolSpec)
    assert np.array_equal(run(example.input, example.chain), example.expected)


def test_the_lectures_examples_are_all_there() -> None:
    examples = {example.id: example for example in load_examples()}
    assert len(examples) == 20
    assert examples["conv-step"].expected.tolist() == [
        [[9, 2, 2, 6], [-1, 4, 8, 7], [-4, 8, 8, 0], [2, 9, 7, 4]]
    ]
    assert examples["multi-channel"].expected.tolist() == [[[19, 13, 15], [28, 16, 20], [23, 18, 25]]]
    assert examples["count-11-2"].chain[1] == "relu"
    assert examples["avg-pool-2b"].input.shape == (1, 4, 4)


def test_assets(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    assert asset("grids.json").is_file()
    assert asset().is_dir()
    with pytest.raises(Problem, match=r"A part of convviz is missing: assets/no/such\.file"):
        asset("no", "such.file")
    # An installed package has its assets inside; those win over whatever lies beside the package.
    inside = tmp_path / "convviz" / "assets"
    inside.mkdir(parents=True)
    (tmp_path / "assets").mkdir()
    (inside / "grids.json").touch()
    (tmp_path / "assets" / "grids.json").touch()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "convviz")
    assert asset("grids.json") == inside / "grids.json"
