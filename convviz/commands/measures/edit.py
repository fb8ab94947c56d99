"""From an edit to the painted picture: items 2 and 3.

The window is 1920×1080 and shows every stage of R, G and B each through a 3×3 convolution, ReLU and 2×2 max
pooling. Timed is from the change of a weight to the end of the paint event of the last pane of the result.
"""

from collections.abc import Callable, Iterator

import numpy as np

from convviz.commands.measures.findings import (
    Finding,
    LeftOut,
    Pairs,
    Ratio,
    Wish,
    seconds,
    take_timed_turns,
)
from convviz.commands.measures.machine import free_memory
from convviz.commands.measures.rivals import opencv, photograph
from convviz.commands.measures.windows import Editor, Opened, start_application
from convviz.core.picture import Picture
from convviz.ui.app import Application

SMALL = (720, 1280)
LARGE = {"6000x4000": (4000, 6000), "10000x10000": (10000, 10000)}
TIMES_FILTER2D, LEAST_MS = 4.0, 12.0
LARGE_LIMIT = 1.5
# The picture of 8 bits itself, what stands beside it while it is made, and some room.
BYTES_PER_VALUE = 8


def generated(shape: tuple[int, int]) -> Picture:
    """Return a generated photograph of (rows, columns)."""
    return Picture(photograph(*shape), f"{shape[1]}×{shape[0]}")


def measure_edit(wish: Wish) -> Iterator[Finding]:
    """Yield the edit at 1280×720 in milliseconds, beside its limit."""
    application = start_application()
    opened = Opened(application, generated(SMALL))
    rival = _filter2d(opened.session.state.picture)
    if rival is None:
        yield LeftOut(f"OpenCV is not installed: the limit of an edit is {LEAST_MS:.0f} ms.")
    for zoomed in (False, True):
        name = f"edit/1280x720/{'zoomed' if zoomed else 'fitted'}"
        if wish.includes(name):
            opened.zoom(zoomed)
            pairs = take_timed_turns(Editor(opened), rival or (lambda: 0.0), wish.pairs)
            yield Ratio(
                name, pairs.ours_ms, max(TIMES_FILTER2D * pairs.rival_ms, LEAST_MS), _note(pairs, opened)
            )
    opened.close()


def _filter2d(picture: Picture) -> Callable[[], float] | None:
    """Return a function that gives the seconds of OpenCV's bare 3×3 ``filter2D`` on ``picture``."""
    cv2 = opencv()
    if cv2 is None:
        return None
    lines = picture.values.astype(np.float32)
    kernel, out = np.random.default_rng(3).normal(size=(3, 3)), np.empty_like(lines)
    return lambda: seconds(lambda: cv2.filter2D(lines, cv2.CV_32F, kernel, dst=out))


def measure_screen(wish: Wish) -> Iterator[Finding]:
    """Yield the edits of large pictures over the same edit at 1280×720."""
    application = start_application()
    small = Opened(application, generated(SMALL))
    for size, shape in LARGE.items():
        if not wish.includes(f"screen/{size}"):
            continue
        free, needed = free_memory(), shape[0] * shape[1] * 3 * BYTES_PER_VALUE
        if free is not None and free < needed:
            yield LeftOut(
                f"A picture of {size} needs {needed / 2**30:.1f} GB of free memory, so it is left out."
            )
            continue
        yield from _beside_small(application, small, size, wish)
    small.close()


def _beside_small(application: Application, small: Opened, size: str, wish: Wish) -> Iterator[Finding]:
    large = Opened(application, generated(LARGE[size]))
    for zoomed in (False, True):
        name = f"screen/{size}/{'zoomed' if zoomed else 'fitted'}"
        if wish.includes(name):
            small.zoom(zoomed)
            large.zoom(zoomed)
            pairs = take_timed_turns(Editor(large), Editor(small), wish.pairs)
            yield Ratio(name, pairs.ratio, LARGE_LIMIT, pairs.note("at 1280×720"))
    large.close()


def _note(pairs: Pairs, opened: Opened) -> str:
    engine = float(np.median(opened.engine_seconds[-len(pairs.ours) :])) * 1000
    return f"ms to the painted picture, of them engine {engine:.1f}; filter2D {pairs.rival_ms:.2f} ms"
