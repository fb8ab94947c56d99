"""What the application is handed out in on Linux: an archive, and a Debian package."""

import os
import platform
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from bundle_parts import elf_needs
from dev_environment import ROOT, SetupFailed

LINUX = ROOT / "packaging" / "linux"
ICONS = ROOT / "assets" / "icons"
PROGRAM = "convviz"
TARGET = Path("opt", PROGRAM)
"""Where the package puts the application: a folder of its own, as it brings its own libraries."""
# What comes with every Linux system, by the Debian packages that have it. The libraries that Qt and Python
# need beyond these are in the application.
SYSTEM_LIBRARIES = {
    "ld-linux-aarch64.so.1": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libanl.so.1": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libdrm.so.2": "libdrm2",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
# Without a font there are boxes instead of letters; this one has Cyrillic, and a fixed width for the digits.
FONTS = "fonts-dejavu-core"
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
MAINTAINER = "The convviz authors <convviz@convviz.invalid>"
CONTROL = """\
Package: convviz
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Section: education
Priority: optional
Description: see convolution and convolutional networks at work
 convviz shows convolution and convolutional neural networks on photographs
 and on every single number: channels, kernels, stride, padding, pooling, the
 layers of trained networks, embeddings, and training as it happens. For a
 lecturer with a projector and for a student at home, in English and Russian.
 It brings its own Python and PyTorch, and works without a network.
"""


class PackingFailed(SetupFailed):
    """The application cannot be packed; the message says why."""


def elf_files(folder: Path) -> list[Path]:
    """Return the programs and libraries in a folder, without links."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    found.append(path)
    return found


def newest(versions: Iterable[str]) -> str:
    """Return the newest of versions such as ``"2.36"``; ``"0"`` if there is none."""
    return max(versions, key=lambda text: [int(part) for part in text.split(".")], default="0")


def glibc(folder: Path) -> str:
    """Return the oldest version of glibc that everything in a folder runs with, read off its files."""
    found: set[str] = set()
    for path in elf_files(folder):
        words = ["readelf", "--version-info", "--wide", str(path)]
        listed = subprocess.run(words, capture_output=True, text=True, check=True, env=_plain())
        found |= set(re.findall(r"Name: GLIBC_([0-9.]+)", listed.stdout))
    return newest(found)


def _plain() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def system_packages(folder: Path) -> list[str]:
    """Return the Debian packages with the libraries that the application does not bring itself.

    Raises
    ------
    PackingFailed
        If it needs a library that no system is known to have.
    """
    inside = {path.name for path in folder.rglob("*")}
    wanted = {name for path in elf_files(folder) for name in elf_needs(str(path))} - inside
    unknown = sorted(wanted - set(SYSTEM_LIBRARIES))
    if unknown:
        raise PackingFailed(f"The application needs {', '.join(unknown)}, which not every system has.")
    return sorted({SYSTEM_LIBRARIES[name] for name in wanted})


def control(version: str, kilobytes: int, libc: str, packages: Sequence[str], machine: str) -> str:
    """Return the control file of the Debian package.

    Parameters
    ----------
    version : str
        Of convviz.
    kilobytes : int
        Space it takes when it is installed, in units of 1024 bytes.
    libc : str
        Oldest version of glibc.
    packages : sequence of str
        Debian packages with the system's libraries.
    machine : str
        Kind of machine, as ``uname -m`` says.
    """
    depends = [f"libc6 (>= {libc})" if name == "libc6" else name for name in packages]
    return CONTROL.format(
        version=version,
        architecture=MACHINES.get(machine, machine),
        maintainer=MAINTAINER,
        kilobytes=kilobytes,
        depends=", ".join([*depends, FONTS]),
    )


def desktop_files(version: str) -> dict[Path, bytes]:
    """Return what makes the desktop know the application, by its place below ``/usr/share``."""
    metainfo = (LINUX / "convviz.metainfo.xml").read_text(encoding="utf-8")
    return {
        Path("applications/convviz.desktop"): (LINUX / "convviz.desktop").read_bytes(),
        Path("metainfo/org.convviz.convviz.metainfo.xml"): metainfo.replace("@VERSION@", version).encode(),
        Path("mime/packages/convviz.xml"): (LINUX / "convviz-mime.xml").read_bytes(),
        Path("icons/hicolor/scalable/apps/convviz.svg"): (ICONS / "convviz.svg").read_bytes(),
        Path("icons/hicolor/256x256/apps/convviz.png"): (ICONS / "convviz.png").read_bytes(),
        Path("doc/convviz/copyright"): (ROOT / "LICENSE").read_bytes(),
    }


def make_archive(folder: Path, dist: Path, version: str) -> Path:
    """Pack the application into a ``.tar.xz`` that runs where it is unpacked; return it."""
    target = dist / f"convviz-{version}-linux-{platform.machine()}.tar.xz"
    _tar(target, folder.parent, folder.name)
    return target


def _tar(target: Path, folder: Path, *names: str) -> None:
    """Pack what is called ``names`` in a folder as small as xz can."""
    owner = ("--owner=0", "--group=0", "--numeric-owner", "--sort=name")
    # Machine code for x86 gets smaller by 4 % when jumps are written as places instead of distances.
    code = "--x86 " if platform.machine() == "x86_64" else ""
    compressor = f"--use-compress-program=xz -T0 {code}--lzma2=preset=9"
    _run(["tar", "-c", *owner, compressor, "-f", str(target), "-C", str(folder), *names])


def make_deb(folder: Path, dist: Path, work: Path, version: str) -> Path:
    """Pack the application into a ``.deb``; return it. No rights are needed for it.

    Parameters
    ----------
    folder : Path
        With the application.
    dist : Path
        Where the package is put.
    work : Path
        Folder to lay it out in; emptied before and removed after.
    version : str
        Of convviz.
    """
    shutil.rmtree(work, ignore_errors=True)
    try:
        lay_out(folder, work, version)
        machine = platform.machine()
        target = dist / f"convviz_{version}_{MACHINES.get(machine, machine)}.deb"
        _assemble(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def _assemble(work: Path, target: Path) -> None:
    """Make the ``.deb`` of what was laid out: an archive of three members in this order (deb(5)).

    Made here and not by dpkg-deb, which does not tell xz that machine code is packed, and so makes it larger.
    """
    with tempfile.TemporaryDirectory(prefix="convviz-deb-", dir=target.parent) as folder:
        members = [Path(folder, name) for name in ("debian-binary", "control.tar.xz", "data.tar.xz")]
        members[0].write_text("2.0\n", encoding="ascii")
        _tar(members[1], work / "DEBIAN", ".")
        _tar(members[2], work, "./opt", "./usr")
        target.unlink(missing_ok=True)
        _run(["ar", "rcD", str(target), *map(str, members)])


def lay_out(folder: Path, work: Path, version: str) -> None:
    """Put everything of the Debian package where it goes below ``work``."""
    share = work / "usr" / "share"
    for place, content in desktop_files(version).items():
        _write(share / place, content)
    application = work / TARGET
    application.parent.mkdir(parents=True)
    # Links instead of copies: the same disk, and 700 MB.
    shutil.copytree(folder, application, symlinks=True, copy_function=os.link)
    starter = work / "usr" / "bin" / PROGRAM
    starter.parent.mkdir(parents=True)
    starter.symlink_to(f"/{TARGET.as_posix()}/{PROGRAM}")
    kilobytes = sum(-(-path.lstat().st_size // 1024) for path in work.rglob("*") if not path.is_dir())
    text = control(version, kilobytes, glibc(folder), system_packages(folder), platform.machine())
    _write(work / "DEBIAN" / "control", text.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o644)


def _run(words: Sequence[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PackingFailed(f"{words[0]} failed: {done.stderr.strip()}")
