"""What the tests of the command line share."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core import reference
from convviz.core.specs import ConvSpec

ROOT = Path(__file__).resolve().parents[2]
RNG = np.random.default_rng(5)
GRID = RNG.integers(-9, 10, (7, 8)).astype(np.float32)
PHOTO = RNG.integers(0, 256, (9, 11, 3)).astype(np.uint8)
LECTURE = "0 1 0/-1 2 -1/0 1 0"


@dataclass(frozen=True)
class Run:
    """What a call of ``convviz`` gave."""

    code: int
    out: str
    err: str


Convviz = Callable[..., Run]


def result(path: str = "out.npy") -> NDArray[Any]:
    """Return what was written to ``path``."""
    values = np.load(path)
    assert values.dtype == np.float32
    return np.asarray(values)


def expected(values: NDArray[Any], weights: object, **settings: Any) -> NDArray[Any]:
    """Return what the reference gives on planes (C, H, W) or (H, W), without an axis of one map."""
    planes = values[np.newaxis] if values.ndim == 2 else values
    maps = reference.convolve(planes.astype(np.float64), ConvSpec(np.array(weights, float), **settings))
    return maps[0] if len(maps) == 1 else maps


def as_json(weights: NDArray[Any]) -> str:
    """Return ``weights`` as ``--kernel`` takes them."""
    return json.dumps(weights.tolist())


def check_refused(run: Run, said: str, output: str = "out.npy") -> None:
    """One line on stderr that says ``said``, exit code 2, and nothing written."""
    assert run.code == 2
    assert run.out == ""
    assert said in run.err
    assert run.err.count("\n") == 1
    assert run.err.endswith("\n")
    assert not Path(output).exists()


def check_failed(run: Run, said: str, name: str = "in.npy") -> None:
    """One line on stderr that begins with ``name`` and says ``said``, exit code 1, and nothing written."""
    assert run.code == 1
    assert run.out == ""
    assert run.err.startswith(name)
    assert said in run.err
    assert run.err.count("\n") == 1
    assert not Path("out.npy").exists()
