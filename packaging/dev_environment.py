"""The ``.venv`` folder: made once, filled again only when what it is made from has changed."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import dev_system
import native_build
from dev_system import Need

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "convviz-setup.json"
MADE_FROM = (
    ROOT / "pyproject.toml",
    ROOT / "packaging" / "hatch_build.py",
    ROOT / "packaging" / "native_build.py",
    *native_build.sources(),
)
TRANSLATIONS = ROOT / "assets" / "translations"


class SetupFailed(Exception):  # noqa: N818 - it is what the user is told, not a programming error
    """The set-up cannot go on; the message says why in one sentence."""


def fingerprint(files: Iterable[Path]) -> str:
    """Return a hash of the contents of ``files``."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def read_stamp(stamp: Path) -> dict[str, str]:
    """Return what the last finished set-up wrote; empty if there was none."""
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write_stamp(stamp: Path, root: Path, made_from: str, extra: str, engine: bool = True) -> None:
    """Note that ``root`` is installed from ``made_from`` with the optional packages ``extra``.

    ``engine`` is whether the engine's library was made: where it could not, no start tries it again.
    """
    content = {"root": str(root), "made_from": made_from, "extra": extra, "engine": "made" if engine else ""}
    stamp.write_text(json.dumps(content), encoding="utf-8")


def is_installed(stamp: dict[str, str], made_from: str, extra: str) -> bool:
    """Tell whether the last set-up installed ``made_from`` with the optional packages ``extra``."""
    return stamp.get("made_from") == made_from and extra in ("", stamp.get("extra"))


def is_usable(venv: Path, python: Path, root: Path) -> bool:
    """Tell whether ``venv`` has a Python that starts, has pip and was not carried here from elsewhere.

    A virtual environment holds absolute paths, so one moved with its checkout is made anew.
    """
    has_pip = any(any(venv.glob(f"{lib}/site-packages/pip")) for lib in ("lib/python3*", "Lib"))
    moved = read_stamp(venv / STAMP.name).get("root", str(root)) != str(root)
    return python.exists() and has_pip and not moved


def missing_venv_package() -> list[Need]:
    """Return the package that lets this Python make virtual environments, if it lacks it (as on Debian)."""
    if importlib.util.find_spec("ensurepip"):
        return []
    return [Need("ensurepip", (f"python3.{sys.version_info.minor}-venv", "python3-venv"))]


def make_venv() -> None:
    """Make ``.venv`` with the Python that runs this; never through a link, which would empty another's."""
    if VENV.is_symlink():
        raise SetupFailed(
            f"{VENV} is a link to another checkout's environment: remove the link and try again."
        )
    importlib.invalidate_caches()
    if missing_venv_package():
        raise SetupFailed("This Python cannot make virtual environments: install python3-venv and try again.")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        raise SetupFailed(f"The folder {VENV} could not be set up; see the message above.")


def install(extra: str) -> None:
    """Install convviz from this checkout with the optional packages ``extra`` and what they need."""
    print("Installing Python packages (a few minutes the first time) …", flush=True)
    target = f".[{extra}]" if extra else "."
    # Twice quiet: errors only.
    options = ("-qq", "--disable-pip-version-check")
    pip = [str(PYTHON), "-m", "pip", "install", *options, "--editable", target]
    if subprocess.call(pip, cwd=ROOT) != 0:
        raise SetupFailed("The Python packages could not be installed; see pip's message above.")


def outdated(translations: Path) -> list[Path]:
    """Return the ``.ts`` files in ``translations`` that are newer than the ``.qm`` compiled from them."""

    def is_newer(source: Path) -> bool:
        compiled = source.with_suffix(".qm")
        return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime

    return [source for source in sorted(translations.glob("*.ts")) if is_newer(source)]


def compile_translations() -> None:
    """Compile the translations that have changed since they were last compiled."""
    for source in outdated(TRANSLATIONS):
        target = source.with_suffix(".qm")
        if subprocess.call([PROGRAMS / "pyside6-lrelease", "-silent", source, "-qm", target]) != 0:
            print(f"{source.name} could not be compiled; see the message above.", file=sys.stderr)


def prepare(extra: str = "") -> None:
    """Bring this machine everything convviz needs; quick and silent when it is all there.

    Parameters
    ----------
    extra : str
        ``"test"`` for what the tests need as well.

    Raises
    ------
    SetupFailed
        If it cannot be done.
    """
    usable = is_usable(VENV, PYTHON, ROOT)
    needs = [] if usable else missing_venv_package()
    if extra == "test" and not shutil.which("Xvfb"):
        needs.append(Need("Xvfb", ("xvfb",)))
    dev_system.provide(needs)
    if not usable:
        make_venv()
    made_from = fingerprint(MADE_FROM)
    stamp, library = read_stamp(STAMP), native_build.TARGET
    lost = bool(stamp.get("engine")) and not library.exists()
    if lost or not is_installed(stamp, made_from, extra):
        install(extra)
        write_stamp(STAMP, ROOT, made_from, extra, library.exists())
    compile_translations()
