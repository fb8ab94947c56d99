"""The machine that figures belong to."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from convviz.commands.measures.rivals import cores, optional
from convviz.commands.window import qt_platform

_PACKAGES = {
    "torch": ("torch",),
    "numpy": ("numpy",),
    "cv2": ("opencv-python-headless", "opencv-python", "opencv-contrib-python"),
    "scipy": ("scipy",),
    "PySide6": ("PySide6-Essentials", "PySide6"),
}


def describe() -> dict[str, str]:
    """Return what the machine is, and which versions were measured."""
    memory = total_memory()
    found = {
        "processor": _processor(),
        "cores": str(cores()),
        "memory": "unknown" if memory is None else f"{memory / 2**30:.1f} GB",
        "system": platform.platform(),
        "windows": window_platform() or "on screen",
        "Python": platform.python_version(),
    }
    return {**found, **{name: _version(names) for name, names in _PACKAGES.items()}}


def window_platform() -> str | None:
    """Return the Qt platform that windows are measured on, None for the one with a screen."""
    asked = qt_platform(os.environ, sys.platform, screenshot=True)
    return asked or os.environ.get("QT_QPA_PLATFORM") or None


def total_memory() -> int | None:
    """Return the bytes of memory of the machine, None where the system does not say."""
    return _pages("SC_PHYS_PAGES")


def free_memory() -> int | None:
    """Return the bytes of memory that a program may still take, None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return _pages("SC_AVPHYS_PAGES")
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def resident_memory() -> int | None:
    """Return the bytes of memory that this process has in use, None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        psutil = optional("psutil")
        return None if psutil is None else int(psutil.Process().memory_info().rss)
    return pages * os.sysconf("SC_PAGE_SIZE")


def _pages(name: str) -> int | None:
    try:
        return int(os.sysconf(name)) * int(os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, OSError, ValueError):
        psutil = optional("psutil")
        if psutil is None:
            return None
        memory = psutil.virtual_memory()
        return int(memory.total if name == "SC_PHYS_PAGES" else memory.available)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _version(names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return "not installed"
