"""Compiles the engine's C files: with the machine's own compiler, or the one in the package ziglang.

One file is compiled for each kind of vectors that processors have; the right one is chosen when it is loaded.
So the library is for one kind of machine, but for every processor of that kind, and for every Python.
"""

import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "convviz" / "engine" / "native"
SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
TARGET = SOURCES / f"_native{SUFFIX}"
COMPILERS = ("cc", "gcc", "clang")
ZIG = "ziglang"
MACOS = "11.0"
"""The oldest macOS that a library made here runs on; the first for both kinds of machines."""
PROBE = """\
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
int probe(void) { return pthread_self() == 0; }
"""

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


def fingerprint() -> str:
    """Return a hash of all sources, which the library made from them can tell."""
    digest = hashlib.sha256()
    for source in sources():
        digest.update(source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def works(command: list[str]) -> bool:
    """Tell whether a command compiles what is needed: a name on PATH may do nothing, or lack the headers."""
    with tempfile.TemporaryDirectory(prefix="convviz-native-") as folder:
        probe = Path(folder, "probe.c")
        probe.write_text(PROBE, encoding="ascii")
        try:
            done = subprocess.run(
                [*command, *COMMON, *_shared(), "-shared", str(probe), "-o", str(Path(folder, "probe.out"))],
                capture_output=True,
                check=False,
            )
        except OSError:
            return False
        return done.returncode == 0


@cache
def system_compiler() -> tuple[str, ...] | None:
    """Return the command of the machine's own compiler, None if it has none that takes what gcc does.

    What ``CC`` in the environment names is taken as it is. On Windows there is none to be expected: MSVC
    takes other options, and gcc there lays out vectors where the processor does not take them (GCC bug
    54412).
    """
    chosen = shlex.split(os.environ.get("CC", ""))
    if chosen:
        return tuple(chosen)
    if sys.platform == "win32":
        return None
    return next(((name,) for name in COMPILERS if shutil.which(name) and works([name])), None)


def compiler() -> list[str]:
    """Return the command of a C compiler.

    Raises
    ------
    BuildFailed
        If there is none.
    """
    found = system_compiler()
    if found is not None:
        return list(found)
    if importlib.util.find_spec(ZIG) is None:
        raise BuildFailed(f"there is no C compiler ({', '.join(COMPILERS)}, or the Python package {ZIG})")
    # Without being told, it compiles for the processor it runs on.
    return [sys.executable, "-m", ZIG, "cc", "-mcpu=baseline"]


def _shared() -> tuple[str, ...]:
    if sys.platform == "win32":
        return ()
    macos = (f"-mmacosx-version-min={MACOS}", "-arch", platform.machine()) if sys.platform == "darwin" else ()
    return ("-fPIC", "-fvisibility=hidden", *macos)


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
    command = compiler()
    try:
        with tempfile.TemporaryDirectory(prefix="convviz-native-") as folder:
            made = _compile(command, Path(folder))
            # Beside the target first: moving it there from another disk would not be at once.
            beside = target.with_name(f"{target.name}.new")
            try:
                shutil.copyfile(made, beside)
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)
    except OSError as problem:
        raise BuildFailed(f"{target} could not be written: {problem}") from problem
    return target


def _compile(command: list[str], folder: Path) -> Path:
    """Compile all files for this machine in ``folder``; return the library."""
    said, objects = f'-DCONVVIZ_SOURCES="{fingerprint()}"', []
    for source in sorted(SOURCES.glob("*.c")):
        chosen = flags(source.name, platform.machine())
        if chosen is not None:
            objects.append(str(folder / source.with_suffix(".o").name))
            _run([*command, *COMMON, *_shared(), *chosen, said, "-c", str(source), "-o", objects[-1]])
    made = folder / TARGET.name
    threads = () if sys.platform == "win32" else ("-lpthread",)
    _run([*command, *_shared(), "-shared", *objects, "-o", str(made), *threads])
    return made


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as problem:
        raise BuildFailed(f"{command[0]} does not start: {problem}") from problem
    if done.returncode != 0:
        raise BuildFailed(f"{' '.join(command)}:\n{done.stderr.strip()}")
