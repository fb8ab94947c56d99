"""Importing torchvision beside any build of torch."""

import importlib
import importlib.util
import threading
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

_SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
# Released with the library object, the schemas would vanish again.
_kept: list[Any] = []
# Two threads may open their first network at the same time, and a schema can be declared only once.
_once = threading.Lock()


def import_torchvision() -> Any:
    """Return ``torchvision.models``.

    torchvision's compiled extension is made for one build of torch. Beside another one, such as a CPU build,
    it cannot be loaded; torchvision carries on without it and then fails all the same, because it registers
    shape functions for ``torchvision::nms`` and ``torchvision::qnms``, which the extension would have
    declared. The classification networks use neither operator. So both are declared here, before torchvision
    is imported, where the extension cannot be loaded. Detection and ``torchvision.io`` stay unusable then.

    Raises
    ------
    Problem
        If torchvision is not installed.
    """
    with _once:
        spec = importlib.util.find_spec("torchvision")
        if spec is None or spec.origin is None:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "This network needs torchvision, which is missing. Install it.")
            )
        if not _kept and not _extension_loads(Path(spec.origin).parent):
            library: Any = importlib.import_module("torch.library").Library("torchvision", "DEF")
            for name in ("nms", "qnms"):
                library.define(f"{name}{_SCHEMA}")
            _kept.append(library)
        return importlib.import_module("torchvision.models")


def _extension_loads(folder: Path) -> bool:
    """Load the extension as torchvision does, with its own code, which does not need the package."""
    ops: Any = importlib.import_module("torch").ops
    path = folder / "_internally_replaced_utils.py"
    spec = importlib.util.spec_from_file_location("_torchvision_utils", path)
    if spec is None or spec.loader is None:
        return False
    utils = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(utils)
        ops.load_library(utils._get_extension_path("_C"))
    except (ImportError, OSError):
        return False
    return True
