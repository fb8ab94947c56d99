"""``convviz export``: a layer as a film of its stepping, or as a program."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from convviz.commands.arguments import Parser, UsageProblem, choice, one_line, one_of, whole
from convviz.commands.kernel_argument import is_file
from convviz.commands.recipe import OPTIONS, Recipe, read_recipe
from convviz.commands.window import LANGUAGES, THEMES, parse_size, qt_platform
from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.core.specs import Chain
from convviz.core.text import Problem
from convviz.files.animation import LONGEST_MS, SHORTEST_MS, WITH_FFMPEG, check_film_place
from convviz.files.atomic import check_place
from convviz.files.layer_code import Dialect
from convviz.files.pictures import open_picture
from convviz.files.sessions import read_session, session_file

if TYPE_CHECKING:
    from convviz.ui.state import State

PROGRAM, FILMS = ".py", (".gif", ".png", WITH_FFMPEG)
_SCALES = ("1", "2", "3")
_PACE = 700

_USAGE = "INPUT [options] -o OUT"
_DESCRIPTION = """\
Write a layer at work on a picture as a film in which the kernel goes from cell to cell, or as a program that
computes the same numbers.

INPUT is a picture or array with options that describe the layer, or a session (.convviz) that has both.
"""
_EPILOG = """\
KERNEL and the other options of the layer are those of convviz apply; see convviz apply --help.

OUT is
  a film       .gif (256 colours), .png (APNG, all colours), or .mp4 where ffmpeg is installed; it shows the
               convolution room as a window of --size has it, and for every cell the arithmetic
  a program    .py; it reads the picture from its file, or from a .npy file that is written beside it where
               the file alone would not give the same numbers; up to 1024 numbers stand in it

exit code: 0 written; 1 the picture could not be read, or writing failed; 2 bad arguments, nothing written

examples:
  convviz export grid.npy --kernel "0 1 0/-1 2 -1/0 1 0" -o stepping.gif --pace 500
  convviz export lecture.convviz -o stepping.mp4 --size 1920x1080 --language ru
  convviz export photo.jpg --kernel sobel-x --channels grey -o layer.py --library opencv
"""

_FILM_OPTIONS = (
    ("--steps", "N", "how many cells, from the first one on; all by default, 1000 at most"),
    ("--pace", "MS", f"how long each is shown, {SHORTEST_MS} to {LONGEST_MS} ms; default {_PACE}"),
    ("--scale", "1|2|3", "pixels of the film for one of the window; default 1"),
    ("--size", "WIDTHxHEIGHT", "size of the window; default 1280x720"),
    ("--language", "LANGUAGE", f"of the words in the film: {', '.join(LANGUAGES)}; default {LANGUAGES[0]}"),
    ("--theme", "THEME", f"colours: {', '.join(THEMES)}; default {THEMES[0]}"),
)


def export(argv: Sequence[str]) -> int:
    """Run ``convviz export`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    Problem
        If the arguments make no sense; nothing has been written then.
    """
    given = _parser().read(argv)
    if len(given.inputs) != 1:
        raise UsageProblem("Say which picture or session: convviz export INPUT --kernel KERNEL -o OUT.")
    target = _target(given)
    source, session = Path(given.inputs[0]), session_file(given.inputs)
    recipe = _recipe(given, session is not None)
    kept = [given.kernel] if given.kernel is not None and is_file(given.kernel) else []
    if os.path.realpath(target) in {os.path.realpath(path) for path in (source, *kept)}:
        raise UsageProblem(
            "“{target}” is read here, so it cannot be written; choose another name.", target=target
        )
    try:
        if target.suffix.lower() == PROGRAM:
            return _write_program(given, source, recipe, target)
        return _write_film(given, source, recipe, target)
    except UsageProblem:
        raise
    except Problem as problem:
        print(one_line(str(problem)), file=sys.stderr)
    except MemoryError:
        print(f"{source.name}: There is not enough memory for it.", file=sys.stderr)
    return 1


def _parser() -> Parser:
    parser = Parser("convviz export", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument("inputs", metavar="INPUT", nargs="*", help="picture, .npy array or session to read")
    layer = parser.add_argument_group("options of the layer")
    for name, metavar, text in OPTIONS:
        parser.add_value(name, metavar=metavar, help=text, group=layer)
    film = parser.add_argument_group("options of a film")
    for name, metavar, text in _FILM_OPTIONS:
        parser.add_value(name, metavar=metavar, help=text, group=film)
    program = parser.add_argument_group("options of a program")
    names = ", ".join(Dialect)
    parser.add_value("--library", metavar="NAME", help=f"{names}; default {Dialect.PYTORCH}", group=program)
    parser.add_value("-o", "--output", metavar="OUT", help="a .gif, .png, .mp4 or .py file")
    return parser


def _target(given: argparse.Namespace) -> Path:
    """Return where to write, once what is said beside it goes with it and can be done."""
    if given.output is None:
        raise UsageProblem("Say where to write: -o OUT.gif, -o OUT.png, -o OUT.mp4 or -o OUT.py.")
    target = Path(given.output)
    suffix = target.suffix.lower()
    if suffix not in (PROGRAM, *FILMS):
        raise UsageProblem("-o must be a .gif, .png, .mp4 or .py file, not “{output}”.", output=given.output)
    if suffix != PROGRAM:
        if given.library is not None:
            raise UsageProblem("--library says more about a program: -o OUT.py.")
        _check_film_options(given)
        check_film_place(target)
        return target
    of_film = next((name for name, _, _ in _FILM_OPTIONS if getattr(given, name[2:]) is not None), None)
    if of_film is not None:
        raise UsageProblem("{option} says more about a film: -o OUT.gif.", option=of_film)
    if given.library is not None:
        choice("--library", given.library, Dialect)
    check_place(target)
    return target


def _check_film_options(given: argparse.Namespace) -> None:
    if given.steps is not None:
        whole("--steps", given.steps)
    pace = _PACE if given.pace is None else whole("--pace", given.pace)
    if not SHORTEST_MS <= pace <= LONGEST_MS:
        raise UsageProblem(
            "--pace must be {least} to {most} ms, not {pace}.", least=SHORTEST_MS, most=LONGEST_MS, pace=pace
        )
    for option, text, names in (
        ("--scale", given.scale, _SCALES),
        ("--language", given.language, LANGUAGES),
        ("--theme", given.theme, THEMES),
    ):
        if text is not None:
            one_of(option, text, names)
    if given.size is not None:
        parse_size(given.size)


def _recipe(given: argparse.Namespace, is_session: bool) -> Recipe | None:
    """Return what the options say of the layer; None where a session has it."""
    if not is_session:
        return read_recipe(given)
    names = (name for name, _, _ in OPTIONS)
    said = next((name for name in names if getattr(given, name[2:].replace("-", "_")) is not None), None)
    if said is not None:
        raise UsageProblem("A session has its layer: leave out {option}.", option=said)
    return None


def _write_program(given: argparse.Namespace, source: Path, recipe: Recipe | None, target: Path) -> int:
    from convviz.ui.export.texts import CodeOrder, save_code
    from convviz.work.jobs import JobContext

    picture, mode, chain = _layer(source, recipe)
    dialect = Dialect(given.library or Dialect.PYTORCH)
    said = save_code(CodeOrder(picture, mode, chain, dialect, str(target)), JobContext())
    if "beside" in said.values:
        print(one_line(str(said)), file=sys.stderr)
    return 0


def _layer(source: Path, recipe: Recipe | None) -> tuple[Picture, ChannelMode, Chain]:
    """Return a picture, which of its channels are used, and what is done to them."""
    if recipe is None:
        from convviz.ui.sessions.content import content_from

        state = content_from(read_session(source), source.name).state
        return state.picture, state.channel_mode, state.chain()
    picture = open_picture(source, channels_first=True)
    return picture, recipe.channels or ChannelMode.EACH, recipe.chain(recipe.planes(picture.values).shape[0])


def _write_film(given: argparse.Namespace, source: Path, recipe: Recipe | None, target: Path) -> int:
    platform = qt_platform(os.environ, sys.platform, screenshot=True)
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform
    films = importlib.import_module("convviz.ui.export.shown_film")
    if recipe is None:
        content = importlib.import_module("convviz.ui.sessions.content")
        state = content.content_from(read_session(source), source.name).state
    else:
        state = _state(open_picture(source, channels_first=True), recipe)
    code: int = films.write_shown_film(
        target,
        state,
        steps=None if given.steps is None else int(given.steps),
        milliseconds=_PACE if given.pace is None else int(given.pace),
        scale=int(given.scale or 1),
        size=parse_size(given.size or "1280x720"),
        language=given.language or LANGUAGES[0],
        theme_name=given.theme or THEMES[0],
    )
    return code


def _state(picture: Picture, recipe: Recipe) -> "State":
    """Return the state in which the window has this layer.

    Raises
    ------
    UsageProblem
        If it can have none: it knows no groups, and one bias for each filter.
    """
    from convviz.ui.state import LayerSettings, State

    conv, mode = recipe.filters, recipe.channels or ChannelMode.EACH
    settings, bank = LayerSettings(operation=None), FilterBank(np.ones((1, 1, 1, 1)))
    if conv is not None:
        if conv.groups > 1:
            raise UsageProblem("A film shows the layer as the window does, which has no --groups.")
        count = int(conv.weights.shape[0])
        biases = recipe.bias * count if len(recipe.bias) == 1 else recipe.bias
        if len(biases) != count:
            raise UsageProblem("--bias: in a film there is one for each filter, {count} here.", count=count)
        bank = FilterBank(conv.weights, ("",) * count, biases)
        settings = settings.with_operation(conv)
        mode = recipe.channels or ChannelMode.SUM
    for op in recipe.after:
        settings = settings.with_operation(op)
    channel = 0 if bank.weights.shape[1] > 1 else None
    state = State(picture, bank, settings, kernel_channel=channel, channel_mode=mode)
    state.chain()
    return state
