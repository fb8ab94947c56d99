"""The measures by name, and how each is run in a process of its own.

A crash of one is then a sentence and not the end, and none is disturbed by what another has left behind.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO, cast

import convviz
from convviz.commands.measures.findings import Finding, LeftOut, Measure, Ratio, Wish
from convviz.commands.measures.machine import window_platform
from convviz.engine.heap import keep_memory

# A measure that hangs must not keep the others waiting for ever.
MOST_SECONDS = 900


@dataclass(frozen=True)
class Item:
    """A measure.

    Parameters
    ----------
    title : str
        What is measured.
    module, function : str
        Where it is; imported only in the process that measures.
    """

    title: str
    module: str
    function: str


ITEMS: Mapping[str, Item] = {
    "engine": Item("dense kernels beside filter2D", "engine", "measure_engine"),
    "separable": Item("separable kernels beside sepFilter2D", "engine", "measure_separable"),
    "stride": Item("stride and dilation beside stride 1", "engine", "measure_stride"),
    "edit": Item("from an edit to the painted picture", "edit", "measure_edit"),
    "screen": Item("large pictures beside 1280×720", "edit", "measure_screen"),
    "drag": Item("a weight dragged for three seconds", "drag", "measure_drag"),
    "network": Item("all layers of a network captured beside a bare run", "network", "measure_network"),
    "learning": Item("training steps beside a bare loop", "learning", "measure_learning"),
    "training": Item("the training room: gaps and pauses", "training", "measure_training"),
    "embed": Item("pictures embedded beside a bare loop", "embed", "measure_embed"),
    "memory": Item("a photograph of 24 megapixels open and edited", "memory", "measure_memory"),
    "start": Item("the first painted window beside a bare one", "start", "measure_start"),
}


def program() -> list[str]:
    """Return the words that start convviz itself."""
    frozen = bool(getattr(sys, "frozen", False))
    return [sys.executable] if frozen else [sys.executable, "-m", "convviz"]


def surroundings() -> dict[str, str]:
    """Return the environment for a process that shows windows."""
    platform = window_platform()
    return {**os.environ, **({"QT_QPA_PLATFORM": platform} if platform else {}), "PYTHONIOENCODING": "utf-8"}


def folder() -> Path:
    """Return the folder from which Python finds convviz."""
    return Path(convviz.__file__).parents[1]


def measure_here(name: str, wish: Wish) -> int:
    """Run the measure ``name`` in this process, print each finding as a line of JSON, and return 0."""
    # Before any thread is started, as for the window itself.
    keep_memory()
    item = ITEMS[name]
    module = importlib.import_module(f"convviz.commands.measures.{item.module}")
    for found in cast(Measure, getattr(module, item.function))(wish):
        print(json.dumps(asdict(found)), flush=True)
    return 0


def measure_apart(name: str, wish: Wish) -> Iterator[Finding]:
    """Yield the findings of the measure ``name``, run in a process of its own."""
    words = [*program(), "bench", "--item", name, "--pairs", str(wish.pairs)]
    if wish.only:
        words += ["--only", *wish.only]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        code = yield from _run(words, errors)
        if code != 0:
            errors.seek(0)
            last = (errors.read().strip().splitlines() or [""])[-1]
            yield LeftOut(f"The measure “{name}” ended early with exit code {code}. {last}")


def _run(words: Sequence[str], errors: TextIO) -> Generator[Finding, None, int]:
    """Yield what a measuring process prints, and return its exit code."""
    with subprocess.Popen(
        words, cwd=folder(), env=surroundings(), stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
    ) as process:
        guard = threading.Timer(MOST_SECONDS, process.kill)
        guard.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                yield _finding(line)
            return process.wait()
        finally:
            guard.cancel()
            # Whoever listened may have had enough.
            process.kill()


def _finding(line: str) -> Finding:
    fields = json.loads(line)
    return LeftOut(**fields) if "sentence" in fields else Ratio(**fields)
