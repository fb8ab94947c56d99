"""A user's own models with what belongs to each, kept in one file: the newest first."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP
from convviz.files.kept import KeptList

MOST_MODELS = 12
"""How many are kept."""

PROGRAM_SUFFIXES = (".py", ".pt2")
"""Files that are programs: opening one runs it."""

WEIGHT_SUFFIXES = (".pt", ".pth", ".ckpt", ".safetensors")
"""Files that hold weights, and run nothing."""

_PREFIX = "own:"


@dataclass(frozen=True)
class OwnModel:
    """A model of the user's own.

    Parameters
    ----------
    path : str
        Of the file that was opened: weights, or a program.
    architecture : str
        What the weights belong to: a key of the catalogue, ``FILE.py`` or ``FILE.py:ClassName``. For a Python
        file the name of its class, empty if there is only one; for a ``.pt2`` file empty.
    preprocessing : mapping, optional
        Settings in words and numbers; None for what the network was made for.
    classes : tuple of str
        Names in the order of the output; empty if unknown.

    Raises
    ------
    ValueError
        If it is not a model.
    """

    path: str
    architecture: str = ""
    preprocessing: Mapping[str, Any] | None = field(default=None, hash=False)
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        texts = (self.path, self.architecture, *self.classes)
        if not all(isinstance(text, str) for text in texts) or not self.path:
            raise ValueError("a model of one's own has a path, an architecture and names in words")
        if self.preprocessing is not None and not isinstance(self.preprocessing, Mapping):
            raise ValueError("preprocessing is a table")

    @property
    def key(self) -> str:
        """What tells it from all other networks."""
        return key_of(self.path)

    @property
    def is_program(self) -> bool:
        """Whether the file itself is a program."""
        return is_program(self.path)

    @property
    def program(self) -> str:
        """Path of the program that opening it runs; empty if nothing is run."""
        if self.is_program:
            return self.path
        head, colon, _ = self.architecture.rpartition(":")
        path = head if colon and head.lower().endswith(".py") else self.architecture
        return path if path.lower().endswith(PROGRAM_SUFFIXES) else ""

    @property
    def model(self) -> str:
        """What is to be opened: a name of the catalogue, or a program."""
        if not self.is_program:
            return self.architecture
        return f"{self.path}:{self.architecture}" if self.architecture else self.path

    @property
    def weights(self) -> Path | None:
        """The file that fills it; None if it is a program by itself."""
        return None if self.is_program else Path(self.path)

    @property
    def title(self) -> str:
        """What it is called in a list."""
        architecture = Path(self.architecture).name
        return f"{Path(self.path).name} · {architecture}" if architecture else Path(self.path).name


def is_program(path: str) -> bool:
    """Return whether a file with this name is a program."""
    return path.lower().endswith(PROGRAM_SUFFIXES)


def key_of(path: str) -> str:
    """Return the key of the user's model in the file ``path``."""
    return f"{_PREFIX}{path}"


def path_of(key: str) -> str:
    """Return the path of the user's model that has a key."""
    return key.removeprefix(_PREFIX)


def is_own(key: str) -> bool:
    """Return whether a network's key is that of a user's model, not one of the catalogue."""
    return key.startswith(_PREFIX)


def with_first(models: Iterable[OwnModel], model: OwnModel) -> tuple[OwnModel, ...]:
    """Return ``models`` with ``model`` put first, in place of what was known of its file."""
    return (model, *without(models, model.path))[:MOST_MODELS]


def without(models: Iterable[OwnModel], path: str) -> tuple[OwnModel, ...]:
    """Return ``models`` without the one in the file ``path``."""
    return tuple(model for model in models if model.path != path)


def given_model(model: str, weights: str | None) -> OwnModel | None:
    """Return the user's model that the command line asks for; None for a network of the catalogue."""
    head, colon, tail = model.rpartition(":")
    path, name = (head, tail) if colon and head.lower().endswith(".py") else (model, "")
    if is_program(path):
        path = os.path.abspath(path)  # noqa: PTH100 - a link is to keep its name
        if weights is None:
            return OwnModel(path, name)
        model = f"{path}:{name}" if name else path
    elif weights is None:
        if Path(model).suffix.lower() not in WEIGHT_SUFFIXES and not Path(model).is_file():
            return None
        return OwnModel(os.path.abspath(model))  # noqa: PTH100
    return OwnModel(os.path.abspath(weights), model)  # noqa: PTH100


def model_file(paths: list[str]) -> str | None:
    """Return the first of several files that is a model by its name; None if there is none."""
    suffixes = (*WEIGHT_SUFFIXES, *PROGRAM_SUFFIXES)
    return next((path for path in paths if path.lower().endswith(suffixes)), None)


def _entry(model: OwnModel) -> dict[str, Any]:
    return {
        "path": model.path,
        "architecture": model.architecture,
        "preprocessing": None if model.preprocessing is None else dict(model.preprocessing),
        "classes": list(model.classes),
    }


def _model(entry: dict[str, Any]) -> OwnModel:
    return OwnModel(entry["path"], entry["architecture"], entry["preprocessing"], tuple(entry["classes"]))


_DAMAGED = QT_TRANSLATE_NOOP(
    "Sentence",
    "The list of your models could not be read: {name} is damaged. It will be kept as {backup} "
    "when you open a model.",
)
_KEPT = KeptList("models", 5_000_000, _DAMAGED, _entry, _model)
load_models, save_models = _KEPT.load, _KEPT.save
