"""A user who does anything at all, for a long time: nothing breaks, and the numbers are still right."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.files.resources import asset
from convviz.files.samples import load_examples
from convviz.ui.lessons.state_table import state_from
from convviz.ui.state import Room
from tests.reliability.monkey import Monkey
from tests.reliability.readers import good_sessions, good_weights
from tests.ui.driver import Driver

# Nothing else may run beside it.
pytestmark = pytest.mark.alone

# Longest time in which the window may not answer, in seconds; CI's machines are shared with others.
MOST, MOST_IN_CI = 1.0, 3.0


PROGRAM = """
from torch import nn

class Tiny(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 30 * 30, 5))
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Write good files and bad ones of every kind that can be opened."""
    folder = tmp_path / "given"
    folder.mkdir()
    random = np.random.default_rng(5)
    for name, shape in (("photo.png", (90, 120, 3)), ("grey.png", (7, 5)), ("large.png", (1200, 1600, 3))):
        Image.fromarray(random.integers(0, 256, shape, np.uint8)).save(folder / name)
    np.save(folder / "values.npy", random.normal(size=(9, 8)).astype(np.float32))
    np.save(folder / "odd.npy", np.array([[np.nan, np.inf], [-np.inf, 1e300]]))
    np.save(folder / "five.npy", np.zeros((2, 2, 2, 2, 2)))
    (folder / "matrix.csv").write_text("1,2,3\n4,5,6\n")
    (folder / "broken.csv").write_text("1,2\n3\nx,y,z\n")
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.png").write_bytes((folder / "photo.png").read_bytes()[:200])
    (folder / "noise.jpg").write_bytes(random.bytes(3000))
    (folder / "model.pth").write_bytes(random.bytes(500))
    (folder / "model.safetensors").write_bytes(b"\xff" * 64)
    lesson = next(iter(sorted(asset("lessons").glob("05-*.toml"))))
    shutil.copy(lesson, folder / "own.lesson.toml")
    (folder / "bad.lesson.toml").write_text("format = 1\n[[steps]]\nroom = 7\n")
    (folder / "newer.lesson.toml").write_text("format = 99\n")
    session, *_ = good_sessions()
    (folder / "own.convviz").write_bytes(session)
    (folder / "first.convviz").write_bytes(good_sessions()[1])
    (folder / "cut.convviz").write_bytes(session[:-40])
    (folder / "noise.convviz").write_bytes(random.bytes(300))
    (folder / "weights.pt").write_bytes(good_weights()[0])
    (folder / "tiny.py").write_text(PROGRAM)
    (folder / "broken.py").write_text("raise OSError('this is no network')\n")
    return [*sorted(folder.iterdir()), folder / "gone.png", folder]


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every download fail at once, wherever this runs."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")


@pytest.mark.parametrize(
    ("actions", "seed", "most"),
    [
        (250, 1, MOST_IN_CI),
        *(pytest.param(20_000, seed, MOST, marks=pytest.mark.slow) for seed in (2, 3)),
    ],
)
def test_a_user_who_knows_no_rules_breaks_nothing(
    make_window: Callable[..., Driver],
    files: list[Path],
    offline: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    actions: int,
    seed: int,
    most: float,
) -> None:
    del offline
    driver = make_window(Room.CONVOLUTION, (1400, 800))
    told: list[str] = []
    monkeypatch.setattr(driver.window, "show_defect", told.append)
    driver.window.sessions.start_keeping(tmp_path / "kept").defect.connect(told.append)
    monkey = Monkey(driver.window, seed, files, tmp_path, monkeypatch)
    try:
        for number in range(actions):
            monkey.act()
            # All of it, however long: it is not to be had again for hours.
            assert not told, "\n".join((*told, str(number), *monkey.done))
    finally:
        monkey.stop()
    assert monkey.heart.longest <= most, monkey.heart.during
    driver.qtbot.waitUntil(lambda: not driver.busy, timeout=120_000)
    check_examples(driver)


def check_examples(driver: Driver) -> None:
    """Compare every worked example of the lectures with what the window computes now."""
    driver.window.set_room(Room.CONVOLUTION)
    driver.window.convolution.every_stage.setChecked(True)
    driver.window.resize(1900, 1000)
    checked = 0
    for example in load_examples():
        if not example.chain:
            continue
        start = driver.window.session.state
        picture, layer = {"sample": example.id}, {"example": example.id}
        driver.window.session.edit(state_from(picture, layer, start), example.id)
        np.testing.assert_allclose(driver.result(), example.expected, rtol=1e-5, atol=1e-6)
        checked += 1
    assert checked > 10
