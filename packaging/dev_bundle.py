"""``dev.py bundle``: the standalone application, checked, and the packages it is handed out in.

It is made of the wheel, in an environment of its own below ``build/``, so that what a developer has installed
besides cannot get into it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import dev_environment
import dev_system
import linux_packages
from bundle_parts import STRIPPED
from dev_environment import ROOT, SetupFailed

WORK = ROOT / "build" / "bundle"
ENVIRONMENT = WORK / "env"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "convviz-setup.json"
DIST = ROOT / "dist"
FOLDER = DIST / "convviz"
SPEC = ROOT / "packaging" / "convviz.spec"
MOST_SECONDS = 600
"""After which a check of the application that does not end is ended."""
MOST_UNPACKED, MOST_PACKED = 750, 190
"""Megabytes (10⁶ bytes) that the application may take on disk and in a package."""
MEGABYTE = 1_000_000
# Nothing listens there: whatever asks for the network is refused at once.
REFUSING_PROXY = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"), "http://127.0.0.1:9")


class BundleFailed(SetupFailed):
    """The application was not made, or is not as it should be; the message says why."""


def version() -> str:
    """Return the version that is built."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def run(words: Sequence[object], failure: str) -> None:
    """Run a command, its output on ours.

    Raises
    ------
    BundleFailed
        With ``failure``, if it does not end well.
    """
    if subprocess.call([str(word) for word in words], cwd=ROOT) != 0:
        raise BundleFailed(f"{failure}; see the message above.")


def prepare() -> None:
    """Bring the environment of the build what is needed, and the wheel as the checkout is now."""
    dev_system.provide(dev_environment.missing_venv_package())
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    made_from = dev_environment.fingerprint([ROOT / "pyproject.toml"])
    if dev_environment.read_stamp(STAMP).get("made_from") != made_from or not PYTHON.exists():
        print("Installing what the application is built of (a few minutes the first time) …", flush=True)
        run(
            [sys.executable, "-m", "venv", "--clear", ENVIRONMENT], f"The folder {ENVIRONMENT} was not set up"
        )
        run([*pip, f"{ROOT}[bundle]"], "The packages could not be installed")
        STAMP.write_text(json.dumps({"made_from": made_from}), encoding="utf-8")
    else:
        run([*pip, "--no-deps", "--force-reinstall", ROOT], "convviz could not be installed")


def build() -> Path:
    """Make the folder with the application and return it."""
    print("Building the application …", flush=True)
    where = ("--distpath", DIST, "--workpath", WORK / "pyinstaller")
    # -P: the convviz beside us, which has no assets inside, must not be taken for the installed one.
    words = [PYTHON, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    run([*words, *where, SPEC], "PyInstaller failed")
    if sys.platform == "linux":
        strip(FOLDER / "_internal")
    return FOLDER


def strip(folder: Path) -> None:
    """Cut off the tables for debuggers of the libraries that are known to bear it."""
    for pattern in STRIPPED:
        for library in folder.glob(pattern):
            run(["strip", "--strip-unneeded", library], f"{library.name} could not be stripped")


def program(folder: Path) -> Path:
    """Return the program in the application's folder that writes to a terminal."""
    return folder / ("convviz-console.exe" if sys.platform == "win32" else "convviz")


def network_cutter() -> list[str]:
    """Return what to put before a command so that it has no network; empty where that is not allowed."""
    for words in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        try:
            if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
                return words
        except OSError:
            return []
    return []


def bare_environment(home: Path, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a machine without Python, display and network, and of a new user.

    Parameters
    ----------
    home : Path
        An empty folder.
    inherited : mapping of str to str
        Of which only what Windows does not start without is kept.
    """
    kept = {key: inherited[key] for key in ("SYSTEMROOT", "WINDIR") if key in inherited}
    folders = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP", "TMPDIR", "PATH")
    return {**kept, **REFUSING_PROXY, **dict.fromkeys(folders, str(home)), "LC_ALL": "C.UTF-8"}


def check(folder: Path, most_seconds: float = MOST_SECONDS) -> None:
    """Run the application's own check as on another machine: empty home, no network, no Python on PATH.

    Raises
    ------
    BundleFailed
        If the application fails it, does not start or does not end in time.
    """
    cutter = network_cutter()
    if not cutter:
        print("The network cannot be cut here; a proxy that refuses everything stands in.", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="convviz-home-") as home:
        words = [*cutter, str(program(folder).resolve()), "selfcheck"]
        # Found by our PATH, not by the one that the application is given.
        words[0] = shutil.which(words[0]) or words[0]
        surroundings = bare_environment(Path(home), os.environ)
        try:
            code = subprocess.run(
                words, cwd=home, env=surroundings, timeout=most_seconds, check=False
            ).returncode
        except subprocess.TimeoutExpired as late:
            raise BundleFailed(f"The check did not end within {most_seconds:.0f} seconds.") from late
        except OSError as problem:
            raise BundleFailed(f"The application does not start: {problem}.") from problem
    if code != 0:
        raise BundleFailed(f"The application failed its check (exit code {code}); see above.")
    print(f"Checked in {time.monotonic() - started:.0f} s: {folder}", flush=True)


def size(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder; what links point to counts once."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.lstat().st_size for each in files if not each.is_dir())


def check_size(path: Path, most: int) -> None:
    """Print the size of a file or folder.

    Raises
    ------
    BundleFailed
        If it is more than ``most`` megabytes.
    """
    megabytes = size(path) / MEGABYTE
    print(f"{path.relative_to(ROOT)}: {megabytes:.0f} MB", flush=True)
    if megabytes > most:
        raise BundleFailed(f"{path.name} takes {megabytes:.0f} MB, more than {most} MB.")


def pack() -> list[Path]:
    """Pack the application for Linux, and return the packages; elsewhere the workflow does that."""
    if sys.platform != "linux":
        return []
    print("Packing …", flush=True)
    print(f"Needs glibc {linux_packages.glibc(FOLDER)} or newer.", flush=True)
    archive = linux_packages.make_archive(FOLDER, DIST, version())
    return [archive, linux_packages.make_deb(FOLDER, DIST, WORK / "deb", version())]


def bundle(args: list[str]) -> int:
    """Make the application, check it, and pack it. Return the exit code."""
    if args not in ([], ["--no-packages"]):
        print("bundle takes --no-packages or nothing.", file=sys.stderr)
        return 2
    prepare()
    folder = build()
    check(folder)
    check_size(folder, MOST_UNPACKED)
    if not args:
        for package in pack():
            check_size(package, MOST_PACKED)
    return 0
