"""Other people's libraries to measure ourselves beside, as far as they are installed."""

import importlib
import os
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convviz.commands.measures.findings import LeftOut


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def optional(module: str) -> ModuleType | None:
    """Return ``module``, or None where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def opencv() -> ModuleType | None:
    """Return OpenCV, set to all processors, or None where it is not installed."""
    before = {key: value for key, value in os.environ.items() if key.startswith("QT_")}
    cv2 = optional("cv2")
    # The build with windows brings a Qt of its own and points everybody at its plug-ins.
    for key in [key for key in os.environ if key.startswith("QT_") and key not in before]:
        del os.environ[key]
    os.environ.update(before)
    if cv2 is not None:
        cv2.setNumThreads(cores())
    return cv2


def no_opencv(cases: str) -> LeftOut:
    """Return the sentence that says why ``cases`` are missing."""
    return LeftOut(f"OpenCV is not installed, so {cases} are left out.")


def photograph(height: int, width: int) -> NDArray[np.uint8]:
    """Return a colour picture (H, W, 3) with structure at every scale, the same each time."""
    random = np.random.default_rng(0)
    picture = Image.new("RGB", (width, height))
    for share, cell in ((1.0, 256), (0.5, 32), (0.33, 4)):
        shape = -(-height // cell), -(-width // cell), 3
        coarse = Image.fromarray(random.integers(0, 256, shape, dtype=np.uint8))
        picture = Image.blend(picture, coarse.resize((width, height), Image.Resampling.BILINEAR), share)
    return np.array(picture)
