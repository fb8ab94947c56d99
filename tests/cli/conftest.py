"""A folder to work in, something to read, and ``convviz`` called in this process."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from convviz.cli import main
from tests.cli.helpers import GRID, PHOTO, Convviz, Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that is the current one."""
    home = tmp_path / "work"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def convviz(folder: Path, capfd: pytest.CaptureFixture[str]) -> Convviz:
    """Return a function that calls ``convviz`` with words in :func:`folder`."""

    def call(*words: str) -> Run:
        capfd.readouterr()
        code = main(words)
        out, err = capfd.readouterr()
        return Run(code, out, err)

    return call


@pytest.fixture
def grid(folder: Path) -> NDArray[Any]:
    """Write and return a number grid, ``grid.npy``."""
    np.save(folder / "grid.npy", GRID)
    return GRID


@pytest.fixture
def photo(folder: Path) -> NDArray[Any]:
    """Write and return a small colour picture, ``photo.png``."""
    Image.fromarray(PHOTO).save(folder / "photo.png")
    return PHOTO
