"""How the window starts: what is loaded by the first picture, and in which thread torch is."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import ROOT
from tests.cli.test_main import ENVIRONMENT

# What the first picture on screen has no need of.
NOT_YET = (
    "torch",
    "torchvision",
    "pyqtgraph",
    "scipy",
    "skimage",
    "tifffile",
    "pillow_heif",
    "cv2",
    "numpy.ma",
    "unittest",
)

RUN = """
import sys
{before}
from convviz.cli import main
try:
    main({words!r})
except SystemExit as done:
    assert not done.code, done.code
{after}
"""


def fresh(folder: Path, words: list[str], before: str = "", after: str = "") -> str:
    """Run ``convviz`` with ``words`` in a fresh interpreter; return what it wrote."""
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(before=before, words=words, after=after)],
        env={**ENVIRONMENT, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("words", [[], ["--room", "image"], ["--projector"]])
def test_the_first_picture_needs_little(tmp_path: Path, words: list[str]) -> None:
    after = f"print([name for name in {NOT_YET!r} if name in sys.modules])"
    assert fresh(tmp_path, [*words, "--until-painted"], after=after) == "painted\n[]\n"


def test_torch_is_imported_beside_the_window(tmp_path: Path) -> None:
    watch = """
import threading

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            print("torch", threading.current_thread() is threading.main_thread(), flush=True)

sys.meta_path.insert(0, Watch())
"""
    words = ["--screenshot", str(tmp_path / "window.png"), "--size", "640x480"]
    assert fresh(tmp_path, words, before=watch) == "torch False\n"
    assert (tmp_path / "window.png").is_file()
