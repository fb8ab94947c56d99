"""Build hook: the wheel carries ``assets/`` as ``convviz/assets/``, and what was compiled."""

import platform
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The hook is loaded by its path, from anywhere.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import native_build


def find_lrelease() -> Path:
    """Return Qt's translation compiler inside the PySide6 package; its script need not be on PATH."""
    package = find_spec("PySide6")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("PySide6 is not installed, so the translations cannot be compiled.")
    name = "lrelease.exe" if sys.platform == "win32" else "lrelease"
    return Path(package.submodule_search_locations[0]) / name


def compile_translations(folder: Path) -> list[Path]:
    """Compile every ``.ts`` file in ``folder`` to a ``.qm`` file beside it.

    Returns
    -------
    list of Path
        The ``.qm`` files.

    Raises
    ------
    OSError, subprocess.CalledProcessError
        If Qt's compiler does not start, or refuses a file.
    """
    compiled = []
    for source in sorted(folder.glob("*.ts")):
        target = source.with_suffix(".qm")
        subprocess.run([find_lrelease(), "-silent", source, "-qm", target], check=True)
        compiled.append(target)
    return compiled


def wheel_tag() -> str:
    """Return the tag of a wheel with a library for this kind of machine: for any Python, none is linked."""
    system = sysconfig.get_platform()
    if sys.platform == "darwin":
        # Not for both kinds of machine that this Python may be for; and as old as the build is told to be.
        system = f"macosx-{native_build.MACOS}-{platform.machine()}"
    return f"py3-none-{system.replace('-', '_').replace('.', '_')}"


class BuildHook(BuildHookInterface[Any]):
    """Compile the translations and the engine's C files, and add them and the assets to the wheel."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: lrelease comes with PySide6."""
        compiler = [] if native_build.system_compiler() else [native_build.ZIG]
        return ["PySide6-Essentials>=6.8,<6.12", *compiler]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile in place, then add what belongs in the wheel; an editable install uses the checkout's own.

        Without Qt's system libraries lrelease does not start, and there may be no C compiler. An editable
        install then does without translations, or with the slower engine; a wheel is not built.
        """
        editable = version == "editable"
        try:
            compile_translations(Path(self.root, "assets", "translations"))
        except (OSError, subprocess.CalledProcessError) as problem:
            if not editable:
                raise
            self.app.display_warning(f"The translations were not compiled: {problem}")
        try:
            library = native_build.build()
        except native_build.BuildFailed as problem:
            if not editable:
                raise
            self.app.display_warning(f"The engine was not compiled, so it will be slow: {problem}")
            return
        if not editable:
            build_data["force_include"]["assets"] = "convviz/assets"
            build_data["force_include"][str(library)] = f"convviz/engine/native/{library.name}"
            build_data["pure_python"] = False
            build_data["tag"] = wheel_tag()
