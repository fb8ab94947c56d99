"""What this machine lacks outside Python, and how ``apt-get`` brings it.

Qt's wheels carry Qt, not the system libraries it stands on; a bare Debian has none of them, and no font.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

LIBRARIES: Mapping[str, tuple[str, ...]] = {
    # What libQt6Core, Gui, DBus, Network, XcbQpa, the xcb and offscreen plugins and lrelease are linked to:
    # shared library -> Debian packages that carry it, the newer name first.
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libX11.so.6": ("libx11-6",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libbrotlicommon.so.1": ("libbrotli1",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libgthread-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libxcb.so.1": ("libxcb1",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-glx.so.0": ("libxcb-glx0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libz.so.1": ("zlib1g",),
    "libzstd.so.1": ("libzstd1",),
}
WAYLAND_LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "libwayland-client.so.0": ("libwayland-client0",),
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
}
FONT_PACKAGES = ("fonts-dejavu-core", "fonts-inter", "fonts-jetbrains-mono")
APT_OPTIONS = ("-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300")


@dataclass(frozen=True)
class Need:
    """Something the system lacks.

    Parameters
    ----------
    what : str
        A library, a program or a font package, as a person would look for it.
    packages : tuple of str
        Debian packages any one of which brings it, the preferred one first.
    """

    what: str
    packages: tuple[str, ...]


def loads(library: str) -> bool:
    """Tell whether the system's loader finds ``library`` and everything it stands on."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(environment: Mapping[str, str], is_there: Callable[[str], bool] = loads) -> list[Need]:
    """Return the libraries Qt needs and the system lacks; Wayland's only count in a Wayland session."""
    wanted = {**LIBRARIES, **(WAYLAND_LIBRARIES if environment.get("WAYLAND_DISPLAY") else {})}
    return [Need(name, packages) for name, packages in wanted.items() if not is_there(name)]


def list_cyrillic_fonts() -> str | None:
    """Return ``fc-list``'s lines for the fonts that can write Russian; None without ``fc-list``."""
    try:
        return subprocess.check_output(["fc-list", ":lang=ru", "family", "spacing"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return None


def missing_fonts(listed: str | None) -> list[Need]:
    """Return what is needed to write words and numbers in English and Russian.

    Parameters
    ----------
    listed : str or None
        Lines of :func:`list_cyrillic_fonts`: a family, and ``:spacing=100`` if it is a monospace.
    """
    lines = [line for line in (listed or "").splitlines() if line.strip()]
    fixed_width = [line for line in lines if "spacing=100" in line]
    if 0 < len(fixed_width) < len(lines):
        return []
    tool = [Need("fc-list", ("fontconfig",))] if listed is None else []
    return tool + [Need(package, (package,)) for package in FONT_PACKAGES]


def choose_packages(needs: Iterable[Need], known: Collection[str]) -> tuple[list[str], list[Need]]:
    """Choose the packages to install.

    Parameters
    ----------
    needs : iterable of Need
        What is missing.
    known : collection of str
        Packages this system can install.

    Returns
    -------
    packages : list of str
        One for each need, sorted, none twice.
    unknown : list of Need
        What no known package brings.
    """
    packages, unknown = set(), []
    for need in needs:
        package = next((name for name in need.packages if name in known), None)
        if package is None:
            unknown.append(need)
        else:
            packages.add(package)
    return sorted(packages), unknown


def known_packages(names: Iterable[str]) -> set[str]:
    """Return those of the packages ``names`` that ``apt-get`` could install now, as far as its lists go."""
    command = ["apt-cache", "show", "--no-all-versions", *sorted(set(names))]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return {line.split(": ")[1] for line in shown.splitlines() if line.startswith("Package: ")}


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root without a question; None if impossible."""
    if os.geteuid() == 0:
        return []
    try:
        allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        allowed = False
    return ["sudo", "-n"] if allowed else None


def apt_command(prefix: Sequence[str], *words: str) -> list[str]:
    """Return the ``apt-get`` command of ``words`` that asks nothing, to be run as root through ``prefix``."""
    return [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *APT_OPTIONS, *words]


def apt_get(prefix: Sequence[str], *words: str) -> bool:
    """Run ``apt-get`` with ``words`` silently; tell whether it worked."""
    return subprocess.run(apt_command(prefix, *words), capture_output=True, check=False).returncode == 0


def apt_install(prefix: Sequence[str], packages: Sequence[str]) -> bool:
    """Install ``packages``; tell whether it worked. None to install is a failure: something is missing."""
    return bool(packages) and apt_get(prefix, "install", "--yes", "--no-install-recommends", *packages)


def typed_command(packages: Iterable[str], unknown: Iterable[Need]) -> str:
    """Return the command a person types to install ``packages`` and, by their likely names, ``unknown``."""
    names = sorted({*packages, *(need.packages[-1] for need in unknown)})
    return " ".join([*([] if os.geteuid() == 0 else ["sudo"]), "apt-get", "install", *names])


def install(needs: Sequence[Need]) -> None:
    """Install what brings ``needs``, or say in one line what to do.

    The package lists are renewed only if they lack something or name what the servers no longer have.
    """
    if not shutil.which("apt-get"):
        print(f"Missing on this system: {', '.join(need.what for need in needs)}.", flush=True)
        return
    names = [name for need in needs for name in need.packages]
    packages, unknown = choose_packages(needs, known_packages(names))
    prefix = root_prefix()
    if prefix is None:
        print(f"System packages are missing; to install them: {typed_command(packages, unknown)}", flush=True)
        return
    print("Installing system packages …", flush=True)
    done = not unknown and apt_install(prefix, packages)
    if not done:
        apt_get(prefix, "update")
        packages, unknown = choose_packages(needs, known_packages(names))
        done = apt_install(prefix, packages)
    if not done:
        print(f"That did not work; to see why: {typed_command(packages, unknown)}", flush=True)


def provide(extra: Iterable[Need] = ()) -> None:
    """Bring this machine what Qt needs, and ``extra``. Does nothing where it is all there, nor off Linux."""
    if sys.platform != "linux":
        return
    needs = [*missing_libraries(os.environ), *missing_fonts(list_cyrillic_fonts()), *extra]
    if needs:
        install(needs)
