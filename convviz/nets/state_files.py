"""Reading files with weights, none of which is trusted.

A file of PyTorch is a pickle, and a pickle is a program. Only torch's restricted reader
(``weights_only=True``) and safetensors, which holds nothing but numbers, are used; what they refuse is
refused, and there is no other way in. What could make even these two ask for too much memory is looked at
before.
"""

import json
import pickle
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_HDF5 = b"\x89HDF"
_SAFE_HEADER = 100_000_000
_MOST_ENTRIES = 200_000
_LONGEST_PICKLE = 256_000_000

# Where training scripts keep the state dict among other things, the likeliest first.
_WRAPPERS = (
    "state_dict",
    "model_state_dict",
    "model",
    "net",
    "network",
    "weights",
    "params",
    "ema_state_dict",
)


def read_state(path: Path) -> dict[str, Any]:
    """Return the tensors in a file of weights by their names; see :func:`read_file`."""
    return read_file(path)[0]


def read_file(path: Path) -> tuple[dict[str, Any], Mapping[Any, Any]]:
    """Return the tensors in a file of weights by their names, and what else it holds.

    Parameters
    ----------
    path : Path
        A state dict, ``.pt``, ``.pth``, ``.ckpt`` or ``.safetensors``; told apart by content, not by name.

    Returns
    -------
    tuple of dict and mapping
        The state dict; and the metadata of a safetensors file, or the other entries of a checkpoint, which
        may be anything that is no program.

    Raises
    ------
    Problem
        If it is something else, is damaged, or could run code. Nothing in it has been run.
    """
    start = _beginning(path)
    if start.startswith(_PICTURES):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} is a picture, not weights. Choose a .pt or .safetensors file."
            ),
            name=path.name,
        )
    if start.startswith(_HDF5):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} is an HDF5 file, as Keras writes; only PyTorch's weights can be read."
            ),
            name=path.name,
        )
    if _is_safetensors(path, start):
        return _read_safetensors(path)
    if start.startswith(_ZIP):
        _check_archive(path)
    elif not start.startswith(b"\x80"):
        raise _damaged(path)
    content = _read_torch(path)
    return _unwrapped(path, content), _beside(content)


def check_ordinary(path: Path) -> None:
    """Raise a Problem if what is at ``path`` is no file: out of a pipe nothing may ever come."""
    if path.is_dir():
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} is a folder. Choose the file with the weights in it."),
            name=path.name,
        )
    if path.exists() and not path.is_file():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} is not an ordinary file but a device, pipe or socket. Choose a file with weights.",
            ),
            name=path.name,
        )


def _beginning(path: Path) -> bytes:
    try:
        check_ordinary(path)
        with path.open("rb") as file:
            start = file.read(16)
    except (OSError, ValueError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} cannot be read: {reason}."),
            name=path.name or str(path),
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    if not start:
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "{name} is empty."), name=path.name)
    return start


def _damaged(path: Path) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "{name} is not a file of weights, or it is damaged. Save the state dict again."
        ),
        name=path.name,
    )


def _is_safetensors(path: Path, start: bytes) -> bool:
    return path.suffix.lower() == ".safetensors" or (len(start) > 8 and start[8:9] == b"{")


def _read_safetensors(path: Path) -> tuple[dict[str, Any], Mapping[Any, Any]]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    with path.open("rb") as file:
        first = file.read(8)
        length = struct.unpack("<Q", first)[0] if len(first) == 8 else 0
        left = path.stat().st_size - 8
        if not 2 <= length <= min(_SAFE_HEADER, left):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "{name} claims a header of {claimed} bytes and has {size}: it is damaged, or no "
                    "safetensors file.",
                ),
                name=path.name,
                claimed=length,
                size=max(0, left),
            )
        header = file.read(length)
    try:
        table = json.loads(header)
        if not isinstance(table, dict):
            raise _damaged(path)
        state: dict[str, Any] = load_file(path)
    except (SafetensorError, ValueError, RuntimeError, KeyError, RecursionError, OSError) as error:
        raise _damaged(path) from error
    said = table.get("__metadata__")
    return _unwrapped(path, state), said if isinstance(said, Mapping) else {}


def _check_archive(path: Path) -> None:
    """Raise if a zip archive is a program, or unpacks to more than it holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise _damaged(path) from error
    names = [entry.filename for entry in entries]
    inner = {name.partition("/")[2] for name in names}
    if "constants.pkl" in inner or any(name.startswith("code/") for name in inner):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} is a TorchScript program, which could run code when it is opened. If you trust it, "
                "turn it into a state dict with these three lines and open that:\n{code}",
            ),
            name=path.name,
            code=_recipe(path, "torch.jit.load({source})"),
        )
    if is_program(names):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "{name} is an exported program, not weights. Open it as a model, if you trust it."
            ),
            name=path.name,
        )
    # torch stores without compressing; what claims to be more than the file is a bomb.
    total = sum(entry.file_size for entry in entries)
    pickles = [entry.file_size for entry in entries if entry.filename.endswith("data.pkl")]
    if (
        len(entries) > _MOST_ENTRIES
        or total > path.stat().st_size
        or any(entry.compress_type != zipfile.ZIP_STORED for entry in entries)
        or len(pickles) != 1
        or pickles[0] > _LONGEST_PICKLE
    ):
        raise _damaged(path)


def is_program(names: list[str]) -> bool:
    """Whether an archive with files of these names is what ``torch.export.save`` writes."""
    inner = {name.partition("/")[2] or name for name in names} | set(names)
    return "archive_format" in inner or any(
        name.startswith("models/") or name == "serialized_exported_program.json" for name in inner
    )


def _read_torch(path: Path) -> Any:
    import torch

    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        said = str(error)
        if "GLOBAL" in said or "global" in said or "Unsupported operand" in said or "class" in said:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "{name} holds Python objects, not only weights, and could run code when it is opened. If "
                    "you trust it, turn it into a state dict with these three lines and open that:\n{code}",
                ),
                name=path.name,
                code=_recipe(path, "torch.load({source}, weights_only=False)"),
            ) from error
        raise _damaged(path) from error
    except Exception as error:
        # torch's reader meets damaged bytes with whatever exception comes first.
        raise _damaged(path) from error


def _recipe(path: Path, load: str) -> str:
    """Return three lines that stay right when they are written one after another."""
    source, target = repr(path.name), repr(f"{path.stem}-weights.pt")
    # Checkpoints of training scripts are tables with the state dict among other things.
    state = "model.state_dict() if hasattr(model, 'state_dict') else model['state_dict']"
    return f"import torch;\nmodel = {load.format(source=source)};\ntorch.save({state}, {target})"


def _unwrapped(path: Path, content: Any) -> dict[str, Any]:
    """Return the state dict in what a training script saved."""
    for key in _WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(key), Mapping):
            content = content[key]
            break
    if not isinstance(content, Mapping) or not content:
        raise _no_state(path)
    state = {key: value for key, value in content.items() if _is_plain_tensor(value)}
    if len(state) != len(content) or not all(isinstance(key, str) for key in state):
        raise _no_state(path)
    return state


def _beside(content: Any) -> Mapping[Any, Any]:
    """Return what a training script saved beside the state dict."""
    if not isinstance(content, Mapping):
        return {}
    is_wrapped = any(isinstance(content.get(key), Mapping) for key in _WRAPPERS)
    return {key: part for key, part in content.items() if is_wrapped and key not in _WRAPPERS}


def _is_plain_tensor(value: Any) -> bool:
    import torch

    return (
        isinstance(value, torch.Tensor)
        and value.layout is torch.strided
        and value.device.type == "cpu"
        and not value.is_quantized
        # No more numbers than the file holds: strides of 0 make many of one.
        and value.numel() * value.element_size() <= value.untyped_storage().nbytes()
        and not value.is_complex()
    )


def _no_state(path: Path) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} holds something else than a state dict, which is a table of names and tensors. Save "
            "model.state_dict() with torch.save.",
        ),
        name=path.name,
    )
