"""What ``dev.py test`` runs: style, types, imports, then the tests, and in what surroundings."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dev_environment import PROGRAMS, PYTHON, ROOT

# pytest's exit code for "nothing to run"
NO_TESTS = 5
# Processes that share the tests at most: each loads torch and Qt by itself.
MOST_PROCESSES = 4
# Of the person who runs the tests; it would change what they see.
PERSONAL = ("DISPLAY", "LANGUAGE", "PYTHONHASHSEED", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
CHECKS: Mapping[str, Sequence[str | Path]] = {
    "ruff check": (PYTHON, "-m", "ruff", "check", "--quiet"),
    "ruff format --check": (PYTHON, "-m", "ruff", "format", "--check", "--quiet"),
    "mypy": (PYTHON, "-m", "mypy"),
    "lint-imports": (PROGRAMS / "lint-imports", "--no-logo"),
}


def surroundings(home: Path, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for the tests: the inherited one without anything of the user's.

    Parameters
    ----------
    home : Path
        An empty folder that stands in for the user's home, so that no test can touch their settings.
    inherited : mapping of str to str
        Environment to start from.
    """
    kept = {
        key: value for key, value in inherited.items() if key not in PERSONAL and not key.startswith("QT_")
    }
    folders = {"HOME": home}
    for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folders[f"XDG_{name}"] = home / name.lower()
    for folder in folders.values():
        # Qt refuses a runtime folder that others may read.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    locale = {"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {}
    return {**kept, **{name: str(folder) for name, folder in folders.items()}, **locale}


def split_marker(args: Sequence[str]) -> tuple[str, list[str]]:
    """Take the marker expression out of pytest's arguments, to be combined with our own.

    Returns
    -------
    expression : str
        The last ``-m``; ``"not slow"`` if there is none.
    rest : list of str
        The other arguments.
    """
    expression, rest, words = "not slow", [], iter(args)
    for word in words:
        if word == "-m":
            expression = next(words, expression)
        else:
            rest.append(word)
    return expression, rest


@contextmanager
def x_server() -> Iterator[str]:
    """Run a private X server of 1920 × 1080 while in the context.

    Yields
    ------
    str
        Its display, such as ``":1"``; empty if it did not start.
    """
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as answer:
            # The X server chooses a free number and writes it when it is ready.
            number = answer.readline().strip()
            yield f":{number}" if number else ""
    finally:
        server.terminate()
        server.wait()


def run_pytest(expression: str, args: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the tests that match ``expression``. Return pytest's exit code."""
    command = [str(PYTHON), "-m", "pytest", "-m", expression, *args]
    return subprocess.call(command, cwd=ROOT, env=dict(environment))


def run_under_x(expression: str, args: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the tests that match ``expression`` and need an X server; they are left out where there is none.

    Returns
    -------
    int
        pytest's exit code; that of no tests if they are left out.
    """
    if not shutil.which("Xvfb"):
        print("Xvfb is not installed: the tests that need an X server are left out.", flush=True)
        return NO_TESTS
    with x_server() as display:
        if not display:
            print("Xvfb did not start.", file=sys.stderr)
            return 1
        on_x = {**environment, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        return run_pytest(f"xserver and ({expression})", args, on_x)


def run_checks(args: Sequence[str]) -> int:
    """Run everything in order up to the first failure.

    Parameters
    ----------
    args : sequence of str
        Passed to pytest.

    Returns
    -------
    int
        Exit code of what failed; 0 if nothing did.
    """
    for name, command in CHECKS.items():
        print(f"— {name}", flush=True)
        code = subprocess.call(command, cwd=ROOT)
        if code != 0:
            print(f"{name} failed (exit code {code}).", file=sys.stderr)
            return code
    with tempfile.TemporaryDirectory(prefix="convviz-test-") as home:
        return run_tests(args, surroundings(Path(home), os.environ))


def processes() -> int:
    """How many processes share the tests: as many as may run at once, up to a limit."""
    allowed = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(allowed, MOST_PROCESSES)


def run_tests(args: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the few tests that need an X server, those that need the machine for themselves, then all others.

    The closing line of the others ends the output. Several processes share them when all tests are run; what
    arguments pick runs in one, where it can be stopped and looked at.

    Returns
    -------
    int
        pytest's exit code of the first group that failed, 0 if none did; that of no tests if there were none.
    """
    expression, rest = split_marker(args)
    offscreen = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    shared = [] if args or processes() < 2 else ["-n", str(processes()), "--dist", "worksteal"]
    # PyTorch's threads wait for each other at full speed, and lose where each process has one for every core.
    beside = {**offscreen, "OMP_NUM_THREADS": "1"} if shared else offscreen

    def alone() -> int:
        return run_pytest(f"alone and not xserver and ({expression})", rest, offscreen)

    def others() -> int:
        return run_pytest(f"not alone and not xserver and ({expression})", [*rest, *shared], beside)

    groups: Mapping[str, Callable[[], int]] = {
        "tests under an X server": lambda: run_under_x(expression, rest, environment),
        "tests that need the machine for themselves": alone,
        "tests": others,
    }
    codes = []
    for name, run in groups.items():
        print(f"— {name}", flush=True)
        code = run()
        # Arguments may have picked no tests of this group.
        if code not in (0, NO_TESTS):
            print(f"Failed: {name} (exit code {code}).", file=sys.stderr)
            return code
        codes.append(code)
    return min(codes)
