"""``convviz lessons``: the lessons there are, or a picture of every step of them."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from convviz.commands.arguments import Parser, UsageProblem, one_of
from convviz.commands.table import as_table
from convviz.commands.window import LANGUAGES, parse_size, qt_platform
from convviz.core.lessons import LANGUAGES as TEXT_LANGUAGES
from convviz.core.lessons import Lesson, text_in
from convviz.files.atomic import check_place
from convviz.files.lessons import SUFFIX, read_lesson, shipped_lessons

_USAGE = "[LESSON...] [--screenshots DIR | --handout FILE.pdf] [options]"
_DESCRIPTION = """\
List the lessons that come with convviz, write a picture of every step of them, as a projector shows it, or
write one of them as a handout for the class or for the lecturer.
"""
_EPILOG = """\
examples:
  convviz lessons --language ru
  convviz lessons --screenshots slides
  convviz lessons 5 29 --screenshots slides --language en --size 1280x720
  convviz lessons 20 --handout layer.pdf --language ru
  convviz lessons mine.lesson.toml --handout mine.pdf --lecturer

exit code: 0 listed or written; 1 a step could not be shown or a picture not written; 2 bad arguments
"""


def lessons(argv: Sequence[str]) -> int:
    """Run ``convviz lessons`` with the arguments ``argv`` and return the exit code.

    Raises
    ------
    UsageProblem
        If the arguments make no sense.
    Problem
        If a lesson cannot be read.
    """
    given = _parser().read(argv)
    if given.language is not None:
        one_of("--language", given.language, LANGUAGES)
    if given.handout is not None:
        return _handout(given)
    if given.lecturer:
        raise UsageProblem("--lecturer needs a --handout.")
    chosen = _chosen(given.lesson)
    if given.screenshots is None:
        language = given.language or LANGUAGES[0]
        rows = [("number", "name", "steps", "title")]
        rows += [
            (str(each.number), each.id, str(len(each.steps)), text_in(each.title, language))
            for each in chosen
        ]
        print(as_table(rows, right=(0, 2)))
        return 0
    size = parse_size(given.size or "1920x1080")
    folder = Path(given.screenshots)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageProblem(
            "--screenshots: the folder “{folder}” cannot be used ({reason}).",
            folder=given.screenshots,
            reason=error.strerror,
        ) from error
    platform = qt_platform(os.environ, sys.platform, screenshot=True)
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform
    shots = importlib.import_module("convviz.ui.lessons.shots")
    languages = (given.language,) if given.language else TEXT_LANGUAGES
    code: int = shots.write_shots(folder, chosen, languages, size, projector=not given.desk)
    return code


def _handout(given: argparse.Namespace) -> int:
    """Write one lesson as a PDF file."""
    if given.screenshots is not None or given.size is not None or given.desk:
        raise UsageProblem("--handout goes with --language and --lecturer only.")
    if len(given.lesson) != 1:
        raise UsageProblem("--handout is of one lesson: give its number, its name or its file.")
    path = Path(given.handout)
    if path.suffix.lower() != ".pdf":
        raise UsageProblem("--handout: “{path}” should end in .pdf.", path=given.handout)
    name = given.lesson[0]
    is_file = name.lower().endswith(SUFFIX) or Path(name).is_file()
    lesson = read_lesson(Path(name)) if is_file else _chosen([name])[0]
    check_place(path)
    platform = qt_platform(os.environ, sys.platform, screenshot=True)
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform
    # Twice as many pixels: what is fine on a screen is coarse on paper.
    os.environ["QT_SCALE_FACTOR"] = "2"
    handout = importlib.import_module("convviz.ui.lessons.handout")
    code: int = handout.write_handout(path, lesson, given.language or LANGUAGES[0], lecturer=given.lecturer)
    return code


def _chosen(names: Sequence[str]) -> tuple[Lesson, ...]:
    every = shipped_lessons()
    if not names:
        return every
    known = {str(each.number): each for each in every} | {each.id: each for each in every}
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise UsageProblem("There is no lesson “{name}”; convviz lessons lists all.", name=unknown)
    return tuple(known[name] for name in names)


def _parser() -> Parser:
    parser = Parser("convviz lessons", _USAGE, _DESCRIPTION, _EPILOG)
    parser.add_argument(
        "lesson", metavar="LESSON", nargs="*", help="number or name of a lesson; all by default"
    )
    parser.add_value(
        "--screenshots", metavar="DIR", help="write pictures of every step into this folder, made if need be"
    )
    parser.add_value(
        "--language", metavar="LANGUAGE", help="language of the titles or pictures; both by default"
    )
    parser.add_value("--size", metavar="WIDTHxHEIGHT", help="size of the pictures; 1920x1080 by default")
    parser.add_value("--handout", metavar="FILE.pdf", help="write a lesson as a document on A4")
    parser.add_argument("--lecturer", action="store_true", help="a handout with answers and notes")
    parser.add_argument("--desk", action="store_true", help="as on a desk, not as on a projector")
    return parser
