"""The real window and a folder of pictures, for every test of this folder."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.ui.driver import collector, driver, make_window

__all__ = ["collector", "driver", "make_window"]


@pytest.fixture(autouse=True)
def _garbage_as_in_the_program(request: pytest.FixtureRequest) -> None:
    """Let no worker thread of a test destroy widgets."""
    if "qapp" in request.fixturenames:
        request.getfixturevalue("collector")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with five pictures, black among them, one broken, and one in a folder of its own."""
    random = np.random.default_rng(5)
    folder = tmp_path / "photos"
    (folder / "inside").mkdir(parents=True)
    for name in ("a.png", "b.png", "c.jpg", "inside/d.png"):
        Image.fromarray(random.integers(0, 256, (20, 30, 3), np.uint8)).save(folder / name)
    Image.fromarray(np.zeros((10, 10, 3), np.uint8)).save(folder / "black.png")
    (folder / "broken.png").write_text("no picture")
    return folder
