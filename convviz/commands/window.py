"""``convviz [IMAGE]``: the window, or a picture of it."""

import argparse
import gc
import importlib
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from convviz import __version__
from convviz.commands.arguments import Parser, UsageProblem, one_line, one_of, whole

# As the window's own lists have them; repeated here so that a wrong word is told before Qt is loaded.
ROOMS = ("image", "convolution", "network", "training", "embeddings")
LANGUAGES = ("en", "ru")
THEMES = ("light", "dark", "high-contrast")

# Sides of a screenshot, in pixels.
MIN_SIDE, MAX_SIDE = 100, 8192

# How the system's loader words it: Qt's own libraries need some that a bare system does not have.
_NO_LIBRARY = "cannot open shared object file"

# With what they import in turn, all of the window's that has nothing to do with Qt; and what Qt's Python half
# imports of the standard library.
_PLAIN_MODULES = (
    "convviz.core.prediction",
    "convviz.core.wording",
    "convviz.engine.backend",
    "convviz.engine.frames",
    "convviz.engine.histograms",
    "convviz.files.presets",
    "convviz.files.samples",
    "convviz.files.session_writing",
    "convviz.files.sessions",
    "json",
    "logging",
    "logging.handlers",
    "queue",
    "tempfile",
    "traceback",
)

_USAGE = "[IMAGE] [options]"
_DESCRIPTION = "See convolution at work, down to every number."
_EPILOG = """\
commands:
  convviz apply INPUT... --kernel KERNEL -o OUT
                        filter pictures without a window; see convviz apply --help
  convviz train NAME --data PATH
                        train one of the small networks; see convviz train --help
  convviz models         list the networks that are known
  convviz layers MODEL   list a network's layers; see convviz layers --help
  convviz trace IMAGE --model MODEL -o OUT.npz
                        write what every layer gives; see convviz trace --help
  convviz embed IMAGE... --model MODEL -o OUT.npy
                        write pictures as vectors; see convviz embed --help
  convviz export INPUT --kernel KERNEL -o OUT
                        write a layer as a film or a program; see convviz export --help
  convviz lessons [--screenshots DIR]
                        list the lessons, or write a picture of every step
  convviz selfcheck [--json]
                        look whether everything is here and computes the right numbers
  convviz bench [--json]
                        measure how fast convviz is on this machine

examples:
  convviz
  convviz photo.jpg --room image --language ru
  convviz --lesson 29 --projector
  convviz photo.jpg --model resnet18 --weights mine.pth
  convviz photo.jpg --screenshot window.png --size 1280x720
"""


def window(argv: Sequence[str]) -> int:
    """Open the window, or write a screenshot of it, and return the exit code.

    Raises
    ------
    UsageProblem
        If the arguments make no sense, or there is no display to open a window on.
    """
    given = _parser().read(argv)
    if len(given.image) > 1:
        raise UsageProblem(
            "convviz opens one picture at a time, not {count}; to filter several, use convviz apply.",
            count=len(given.image),
        )
    _take_by_name(given)
    for option, text, names in (
        ("--room", given.room, ROOMS),
        ("--language", given.language, LANGUAGES),
        ("--theme", given.theme, THEMES),
    ):
        if text is not None:
            one_of(option, text, names)
    if given.model is None and (given.weights is not None or given.trust):
        raise UsageProblem("--weights and --trust say more about a --model; give one.")
    if given.lesson is None and given.step is not None:
        raise UsageProblem("--step says more about a --lesson; give one.")
    step = 1 if given.step is None else whole("--step", given.step)
    size = None if given.size is None else parse_size(given.size)
    if given.screenshot is not None:
        _check_screenshot(given.screenshot)
    platform = qt_platform(os.environ, sys.platform, screenshot=given.screenshot is not None)
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform

    try:
        run_window = _import_window()
    except ImportError as error:
        if _NO_LIBRARY not in str(error):
            raise
        print(one_line(f"The window needs a system library that is missing: {error}."), file=sys.stderr)
        return 1
    return run_window(
        image=given.image[0] if given.image else None,
        room=given.room or (None if given.model is None else "network"),
        language=given.language,
        theme_name=given.theme,
        projector=given.projector,
        screenshot=given.screenshot,
        size=size,
        until_painted=given.until_painted,
        model=given.model,
        weights=given.weights,
        trust=given.trust,
        lesson=given.lesson,
        step=step,
        safe_mode=given.safe_mode,
    )


def _take_by_name(given: argparse.Namespace) -> None:
    """Take a file that is named as a lesson or a model for that: file managers know no options."""
    from convviz.files.lessons import lesson_file
    from convviz.files.own_models import model_file

    if given.lesson is None and lesson_file(given.image):
        given.lesson, given.image = given.image[0], []
    elif given.model is None and model_file(given.image):
        given.model, given.image = given.image[0], []


def _import_window() -> Callable[..., int]:
    """Return ``run_window``, imported as fast as can be.

    What has nothing to do with Qt comes first, because PySide6 reads the source of every module that is
    imported after it, to learn which of its features the module asks for. And nobody looks for garbage
    meanwhile: of what is imported nothing is.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        for name in _PLAIN_MODULES:
            importlib.import_module(name)
        from convviz.engine.heap import keep_memory

        # Before any thread is started.
        keep_memory()
        from convviz.ui.app import run_window
    finally:
        if collects:
            gc.enable()
    return run_window


def _parser() -> Parser:
    parser = Parser("convviz", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument(
        "image", metavar="IMAGE", nargs="*", help="picture, array, session, lesson or model to open"
    )
    parser.add_value("--room", metavar="ROOM", help=f"room to begin in: {', '.join(ROOMS)}")
    parser.add_value("--model", metavar="MODEL", help="network to begin with: a name, or a file of your own")
    parser.add_value("--weights", metavar="FILE", help="state dict to fill the model with")
    parser.add_argument("--trust", action="store_true", help="let the code in FILE.py or FILE.pt2 run")
    parser.add_value("--lesson", metavar="LESSON", help="lesson to begin with: a number, a name, or a file")
    parser.add_value("--step", metavar="N", help="step of the lesson to begin with, from 1")
    parser.add_value("--language", metavar="LANGUAGE", help=f"language of the window: {', '.join(LANGUAGES)}")
    parser.add_value("--theme", metavar="THEME", help=f"colours of the window: {', '.join(THEMES)}")
    parser.add_argument(
        "--safe-mode", action="store_true", help="start with default settings; yours stay as they are"
    )
    parser.add_argument("--projector", action="store_true", help="larger text and lines")
    parser.add_value(
        "--screenshot",
        metavar="OUT.png",
        help="write a picture of the window and end; works without a display",
    )
    parser.add_value("--size", metavar="WIDTHxHEIGHT", help="size of the window in pixels, such as 1920x1080")
    # For "convviz bench", which measures the start: say when the first picture is on screen, and end.
    parser.add_argument("--until-painted", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"convviz {__version__}")
    return parser


def parse_size(text: str) -> tuple[int, int]:
    """Return ``"1920x1080"`` as (1920, 1080).

    Raises
    ------
    UsageProblem
        If it is not a width and a height within the possible range.
    """
    match = re.fullmatch(r"\s*([0-9]{1,9})\s*[xX×*]\s*([0-9]{1,9})\s*", text)
    if match is None:
        raise UsageProblem("--size must be a width and a height such as 1920x1080, not “{text}”.", text=text)
    size = int(match[1]), int(match[2])
    if not all(MIN_SIDE <= side <= MAX_SIDE for side in size):
        raise UsageProblem(
            "--size must be from {low}x{low} to {high}x{high} pixels, not {width}x{height}.",
            low=MIN_SIDE,
            high=MAX_SIDE,
            width=size[0],
            height=size[1],
        )
    return size


def _check_screenshot(path: str) -> None:
    target = Path(path)
    if target.suffix.lower() != ".png" or target.is_dir():
        raise UsageProblem("--screenshot needs the name of a .png file, not “{path}”.", path=path)
    if not target.parent.is_dir():
        raise UsageProblem("--screenshot: there is no folder “{folder}”.", folder=target.parent)


def qt_platform(environment: Mapping[str, str], system: str, *, screenshot: bool) -> str | None:
    """Return the Qt platform to ask for, or None to let Qt choose.

    Parameters
    ----------
    environment : mapping of str to str
        Of the process.
    system : str
        ``sys.platform``. macOS and Windows always have a display.
    screenshot : bool
        Whether only a picture of the window is wanted. It needs no display, and is not drawn on a Wayland
        one, which would decide the window's size itself.

    Raises
    ------
    UsageProblem
        If a window is wanted and there is no display.
    """
    if not system.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    if screenshot:
        return None if environment.get("DISPLAY") else "offscreen"
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return None
    raise UsageProblem(
        "There is no display to open the window on; for a picture of it, use convviz --screenshot OUT.png."
    )
