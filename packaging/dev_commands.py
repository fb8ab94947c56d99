"""The commands of ``dev.py``."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

import dev_bundle
import dev_checks
import dev_environment
from dev_environment import PROGRAMS, PYTHON, ROOT, TRANSLATIONS, SetupFailed

HELP = """\
usage: python3 packaging/dev.py COMMAND [ARGS...]

  run [ARGS...]     open convviz; everything after "run" goes to it
  test [ARGS...]    check style, types and imports, then run the tests; ARGS go to pytest
  bundle            build the standalone application in dist/, check it, and pack it for this system;
                    --no-packages leaves the packing out
  translations      collect the texts to translate from the code into assets/translations

Whatever is missing (system libraries, fonts, the .venv folder, Python packages) is installed first.
"""
NO_DISPLAY = (
    "There is no display to open the window on; "
    "to get a picture of it instead: python3 packaging/dev.py run --screenshot OUT.png"
)
WITHOUT_WINDOW = [[word] for word in ("apply", "bench", "layers", "selfcheck", "trace", "train")]


def needs_display(args: list[str]) -> bool:
    """Tell whether convviz, started with ``args``, opens a window."""
    options = {word.partition("=")[0] for word in args}
    return not options & {"--screenshot", "--help", "-h", "--version"} and args[:1] not in WITHOUT_WINDOW


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Tell whether a window can be shown; on Linux that takes a display, or a Qt platform chosen by name."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return platform != "linux" or any(environment.get(name) for name in names)


def run(args: list[str]) -> int:
    """Run convviz with ``args`` in the caller's folder. Return the exit code."""
    if needs_display(args) and not has_display(os.environ, sys.platform):
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    dev_environment.prepare()
    # -P: a file called random.py in the caller's folder must not be taken for Python's own.
    command = [str(PYTHON), "-P", "-m", "convviz", *args]
    if os.name == "posix":
        os.execv(PYTHON, command)
    return subprocess.call(command)


def test(args: list[str]) -> int:
    """Run the checks and the tests; ``args`` go to pytest. Return the exit code."""
    dev_environment.prepare("test")
    return dev_checks.run_checks(args)


def count_messages(translation: Path) -> tuple[int, int]:
    """Return how many texts a ``.ts`` file holds, and how many of them are not translated yet."""
    messages = ET.parse(translation).findall(".//message/translation")
    return len(messages), sum(message.get("type") == "unfinished" for message in messages)


def update_translations(args: list[str]) -> int:
    """Collect the texts to translate from the code and say how many are left to do; gone ones are dropped."""
    if args:
        print(f"translations takes no arguments, not {' '.join(args)}.", file=sys.stderr)
        return 2
    dev_environment.prepare()
    target = TRANSLATIONS / "convviz_ru.ts"
    sources = sorted((ROOT / "convviz").rglob("*.py"))
    languages = ("-source-language", "en", "-target-language", "ru_RU")
    options = ("-silent", "-no-obsolete", "-locations", "none", *languages)
    code = subprocess.call([PROGRAMS / "pyside6-lupdate", *options, *sources, "-ts", target])
    if code == 0:
        total, unfinished = count_messages(target)
        print(f"{target.relative_to(ROOT)}: {total} texts, {unfinished} unfinished.")
        dev_environment.compile_translations()
    return code


def main(args: list[str]) -> int:
    """Do what ``args`` say. Return the exit code."""
    commands = {"run": run, "test": test, "bundle": dev_bundle.bundle, "translations": update_translations}
    if not args or args[0] in ("-h", "--help"):
        print(HELP, end="")
        return 0
    if args[0] not in commands:
        print(f"There is no command {args[0]}; there are {', '.join(commands)}.", file=sys.stderr)
        return 2
    try:
        return commands[args[0]](args[1:])
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
