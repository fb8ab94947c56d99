"""Compiles the engine's C files: with the machine's own compiler, or the one in the package ziglang.

One file is compiled for each kind of vectors that processors have; the right one is chosen when it is loaded.
So the library is for one kind of machine, but for every processor of that kind, and for every Python.
"""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "convviz" / "engine" / "native"
SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
TARGET = SOURCES / f"_native{SUFFIX}"
COMPILERS = ("cc", "gcc", "clang")
ZIG = "ziglang"

COMMON = ("-O3", "-g0", "-std=gnu11", "-Wall", "-Wextra", "-Werror=incompatible-pointer-types")
X86 = {
    "avx2.c": ("-mavx2", "-mfma"),
    "avx512.c": ("-mavx2", "-mfma", "-mavx512f", "-mavx512vl", "-mprefer-vector-width=512"),
}
# Colours and counts are those of NumPy, which rounds every product before it adds.
OWN = {"values.c": ("-ffp-contract=off",)}
X86_MACHINES = ("x86_64", "amd64")


class BuildFailed(Exception):  # noqa: N818 - it is what the user is told, not a programming error
    """The C files could not be compiled; the message says why."""


def sources() -> list[Path]:
    """Return the C files and what they include."""
    return sorted([*SOURCES.glob("*.c"), *SOURCES.glob("*.h")])


def system_compiler() -> list[str] | None:
    """Return the command of the machine's own compiler, None if it has none that takes what gcc does."""
    chosen = os.environ.get("CC", "").split()
    if chosen:
        return chosen
    return next(([name] for name in COMPILERS if shutil.which(name)), None)


def compiler() -> list[str]:
    """Return the command of a C compiler.

    Raises
    ------
    BuildFailed
        If there is none.
    """
    found = system_compiler()
    if found is not None:
        return found
    if importlib.util.find_spec(ZIG) is None:
        raise BuildFailed(f"there is no C compiler ({', '.join(COMPILERS)}, or the Python package {ZIG})")
    return [sys.executable, "-m", ZIG, "cc"]


def flags(source: str, machine: str) -> tuple[str, ...] | None:
    """Return the options for one C file on a kind of machine, None if it is not for that kind."""
    x86 = machine.lower() in X86_MACHINES
    if source in X86:
        return ("-DCONVVIZ_X86", *X86[source]) if x86 else None
    return (*(("-DCONVVIZ_X86",) if x86 else ()), *OWN.get(source, ()))


def build(target: Path = TARGET) -> Path:
    """Compile the C files to the shared library ``target``; an older one stays until that is done.

    Returns
    -------
    Path
        ``target``.

    Raises
    ------
    BuildFailed
        If there is no compiler, or it refuses.
    """
    command, machine = compiler(), platform.machine()
    shared = () if sys.platform == "win32" else ("-fPIC", "-fvisibility=hidden")
    with tempfile.TemporaryDirectory(prefix="convviz-native-") as folder:
        objects = []
        for source in sorted(SOURCES.glob("*.c")):
            chosen = flags(source.name, machine)
            if chosen is not None:
                objects.append(str(Path(folder, source.with_suffix(".o").name)))
                _run([*command, *COMMON, *shared, *chosen, "-c", str(source), "-o", objects[-1]])
        made = Path(folder, target.name)
        threads = () if sys.platform == "win32" else ("-lpthread",)
        _run([*command, "-shared", *objects, "-o", str(made), *threads])
        # Beside the target first: moving it there from another disk would not be at once.
        beside = target.with_name(f"{target.name}.new")
        shutil.copyfile(made, beside)
        beside.replace(target)
    return target


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as problem:
        raise BuildFailed(f"{command[0]} does not start: {problem}") from problem
    if done.returncode != 0:
        raise BuildFailed(f"{' '.join(command)}:\n{done.stderr.strip()}")
