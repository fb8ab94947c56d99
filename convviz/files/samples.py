"""Photographs and number grids that come with convviz."""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.picture import Picture, PictureKind
from convviz.core.pool_spec import PoolKind, PoolSpec
from convviz.core.specs import Activation, Chain, ConvSpec, Op, Operation, PaddingMode
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.arrays import from_array
from convviz.files.pictures import open_picture
from convviz.files.resources import asset


@dataclass(frozen=True)
class Sample:
    """A picture that comes with convviz.

    Parameters
    ----------
    id : str
        What :func:`open_sample` takes.
    title : Sentence
        What it shows.
    kind : PictureKind
        Photograph or number grid.
    """

    id: str
    title: Sentence
    kind: PictureKind


@dataclass(frozen=True, eq=False)
class Example:
    """A worked example: an input, a layer, and the numbers that come out.

    Parameters
    ----------
    id : str
        Its name in ``assets/grids.json``; :func:`open_sample` opens its input.
    titles : mapping of str to str
        Title by language, ``"en"`` and ``"ru"``.
    input : ndarray of float32, shape (C, H, W)
        Read-only.
    chain : tuple of operations
        The layer: a convolution and perhaps an activation, or a pooling.
    expected : ndarray of float32, shape (C, H, W)
        What the layer gives. Read-only.
    """

    id: str
    titles: Mapping[str, str]
    input: NDArray[np.float32]
    chain: Chain
    expected: NDArray[np.float32]


# File names in scikit-image's data folder, all of them in its wheel.
_PHOTO_FILES = {
    "cat": "chelsea.png",
    "astronaut": "astronaut.png",
    "coffee": "coffee.png",
    "rocket": "rocket.jpg",
    "motorcycle": "motorcycle_left.png",
    "galaxies": "hubble_deep_field.jpg",
    "photographer": "camera.png",
    "coins": "coins.png",
    "bricks": "brick.png",
    "page": "page.png",
}

_PHOTO_TITLES = {
    "cat": QT_TRANSLATE_NOOP("Sentence", "Cat"),
    "astronaut": QT_TRANSLATE_NOOP("Sentence", "Astronaut"),
    "coffee": QT_TRANSLATE_NOOP("Sentence", "Cup of coffee"),
    "rocket": QT_TRANSLATE_NOOP("Sentence", "Rocket"),
    "motorcycle": QT_TRANSLATE_NOOP("Sentence", "Motorcycle"),
    "galaxies": QT_TRANSLATE_NOOP("Sentence", "Distant galaxies"),
    "photographer": QT_TRANSLATE_NOOP("Sentence", "Photographer (grey)"),
    "coins": QT_TRANSLATE_NOOP("Sentence", "Coins (grey)"),
    "bricks": QT_TRANSLATE_NOOP("Sentence", "Brick wall (grey)"),
    "page": QT_TRANSLATE_NOOP("Sentence", "Printed page (grey)"),
}

_GRID_TITLES = {
    "conv-step": QT_TRANSLATE_NOOP("Sentence", "Numbers, 6 × 6"),
    "conv-5x5": QT_TRANSLATE_NOOP("Sentence", "Numbers, 5 × 5"),
    "shrink": QT_TRANSLATE_NOOP("Sentence", "Numbers, 4 × 4"),
    "vertical-edge": QT_TRANSLATE_NOOP("Sentence", "Vertical edge, 6 × 6"),
    "multi-channel": QT_TRANSLATE_NOOP("Sentence", "Three channels, 5 × 5"),
    "three-filters": QT_TRANSLATE_NOOP("Sentence", "Zeros and ones, 5 × 5"),
    "one-by-one": QT_TRANSLATE_NOOP("Sentence", "Three feature maps, 3 × 3"),
    "count-11-1": QT_TRANSLATE_NOOP("Sentence", "One fragment 11, 2 × 3"),
    "count-11-2": QT_TRANSLATE_NOOP("Sentence", "Two fragments 11, 2 × 3"),
    "count-11-3": QT_TRANSLATE_NOOP("Sentence", "No fragment 11, 2 × 3"),
    "count-11-4": QT_TRANSLATE_NOOP("Sentence", "Four fragments 11, 2 × 3"),
    "max-pool-2": QT_TRANSLATE_NOOP("Sentence", "Positive and negative, 4 × 4"),
    "max-pool-2b": QT_TRANSLATE_NOOP("Sentence", "For three kinds of pooling, 4 × 4"),
}

PHOTO_SAMPLES: tuple[Sample, ...] = tuple(
    Sample(name, Sentence(title), PictureKind.PHOTO) for name, title in _PHOTO_TITLES.items()
)
GRID_SAMPLES: tuple[Sample, ...] = tuple(
    Sample(name, Sentence(title), PictureKind.GRID) for name, title in _GRID_TITLES.items()
)


def open_sample(sample_id: str) -> Picture:
    """Open a sample.

    Parameters
    ----------
    sample_id : str
        Of a :class:`Sample`, or of an :class:`Example`, which gives its input.

    Returns
    -------
    Picture
        Named by the sample's English title; a worked example's input has the name of its grid.

    Raises
    ------
    Problem
        If the sample's file is missing.
    KeyError
        If there is no such sample.
    """
    if sample_id in _PHOTO_FILES:
        picture = open_picture(_photo_folder() / _PHOTO_FILES[sample_id])
        return replace(picture, name=_PHOTO_TITLES[sample_id], source="")
    data = _grids()
    grid = {entry["id"]: entry["input"] for entry in data["examples"]}.get(sample_id, sample_id)
    values = np.moveaxis(np.array(data["grids"][grid], np.float32), 0, -1)
    # Channels are last by construction, whatever the lengths look like.
    picture = from_array(values[..., 0] if values.shape[2] == 1 else values, _GRID_TITLES[grid])
    return replace(picture, notes=())


def load_examples() -> tuple[Example, ...]:
    """Return all worked examples, in the order of the lectures.

    Raises
    ------
    Problem
        If the file they are in is missing.
    """
    return _examples()


@cache
def _examples() -> tuple[Example, ...]:
    data = _grids()
    return tuple(
        Example(
            entry["id"],
            entry["title"],
            _frozen(data["grids"][entry["input"]]),
            tuple(_operations(entry)),
            _frozen(entry["expected"]),
        )
        for entry in data["examples"]
    )


@cache
def _grids() -> Any:
    return json.loads(asset("grids.json").read_text(encoding="utf-8"))


def _frozen(values: list[Any]) -> NDArray[np.float32]:
    array = np.array(values, np.float32)
    array.flags.writeable = False
    return array


def _operations(entry: dict[str, Any]) -> list[Op]:
    operations: list[Op] = []
    if layer := entry.get("convolution"):
        padding = layer["padding"]
        operations.append(
            ConvSpec(
                np.array(layer["kernel"], np.float64),
                tuple(layer["bias"]),
                Operation(layer["operation"]),
                stride=(layer["stride"][0], layer["stride"][1]),
                padding=(padding[0], padding[1]),
                padding_mode=PaddingMode(layer["padding_mode"]),
                dilation=(layer["dilation"][0], layer["dilation"][1]),
            )
        )
    if "activation" in entry:
        operations.append(Activation(entry["activation"]))
    if pool := entry.get("pool"):
        operations.append(
            PoolSpec(
                PoolKind(pool["kind"]),
                size=(pool["size"][0], pool["size"][1]),
                stride=(pool["stride"][0], pool["stride"][1]),
            )
        )
    return operations


def _photo_folder() -> Path:
    # Importing scikit-image takes a second and brings in SciPy; its folder is enough.
    try:
        spec = importlib.util.find_spec("skimage")
    except (ImportError, ValueError):
        spec = None
    folders = [Path(place) / "data" for place in (spec.submodule_search_locations or ())] if spec else []
    for folder in folders:
        if folder.is_dir():
            return folder
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The sample photographs are missing: they come with scikit-image. Install it again, or open a"
            " picture of your own.",
        )
    )
