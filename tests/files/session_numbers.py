"""A session full of numbers, the same to the bit, and its file taken apart and put together again."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core.lessons import Table
from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem
from convviz.files.session_writing import write_session
from convviz.files.sessions import HELD, SavedSession, read_session

# Written by the first convviz that had sessions, and by the first with this format; never to be written anew.
FIRST = Path(__file__).parent / "sessions" / "format-1.convviz"
SECOND = Path(__file__).parent / "sessions" / "format-2.convviz"


def numbers(seed: int = 0) -> SavedSession:
    """Return a session with a little of everything."""
    rng = np.random.default_rng(seed)
    picture = Picture(
        rng.normal(size=(4, 5, 3)).astype(np.float32), "сетка.npy", -2.5, 3.25, PictureKind.GRID
    )
    bytes_ = Picture(rng.integers(0, 256, (3, 2, 1)).astype(np.uint8), "small", 0, 255)
    layer = {"names": ["a", ""], "biases": [1 / 3, -0.0], "stride": [2, 1], "channels": "sum"}
    told: dict[str, Table] = {
        "network": {"model": "lenet5", "layer": "", "map": 3, "page": "maps"},
        "embeddings": {"pictures": ["cat", {HELD: bytes_}, {"path": "/b.png", "name": "b.png"}]},
    }
    return SavedSession(
        picture,
        rng.normal(size=(2, 3, 3, 3)),
        layer,
        "network",
        {"image": {"pixel": [1, 2]}},
        told,
        "/a.convviz",
    )


def same_bits(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def same_picture(one: Picture, other: Picture) -> bool:
    told = (one.name, one.low, one.high, one.kind) == (other.name, other.low, other.high, other.kind)
    return told and same_bits(one.values, other.values)


def check_same(found: SavedSession, wanted: SavedSession) -> None:
    assert same_picture(found.picture, wanted.picture)
    assert same_bits(found.kernels, wanted.kernels)
    assert (found.layer, found.room, found.views, found.file) == (
        wanted.layer,
        wanted.room,
        wanted.views,
        wanted.file,
    )
    assert found.told.keys() == wanted.told.keys()
    assert found.told.get("network") == wanted.told.get("network")
    assert found.told.get("training") == wanted.told.get("training")
    pictures = [content.told.get("embeddings", {}).get("pictures", []) for content in (found, wanted)]
    assert len(pictures[0]) == len(pictures[1])
    for one, other in zip(*pictures, strict=True):
        assert same_picture(one[HELD], other[HELD]) if HELD in other else one == other


def refusal(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        read_session(path)
    return str(caught.value)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, content: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def edited(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Write a good session to ``path`` whose text was changed."""
    write_session(path, numbers())
    content = members(path)
    text = json.loads(content["session.json"])
    change(text)
    return pack(path, content | {"session.json": json.dumps(text).encode()})
