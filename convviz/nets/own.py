"""What can be told of a user's model file before it is opened, without running anything in it."""

import ast
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.engine.checks import Check, nothing
from convviz.nets import catalog
from convviz.nets.entries import Progress, silent
from convviz.nets.exported import taken_by
from convviz.nets.preprocessing import Fit, Interpolation, Preprocessing
from convviz.nets.state_files import check_ordinary, read_file
from convviz.nets.stated import stated_preprocessing

_LONGEST_SOURCE = 5_000_000


@dataclass(frozen=True)
class Inspected:
    """What is known of a file.

    Parameters
    ----------
    architectures : tuple of str
        What weights may belong to: the keys of the catalogue. Of a Python file: the names of its classes.
    guess : str
        The likeliest of them; empty if nothing speaks for any.
    outputs : int, optional
        Length of the last tensor of a state dict, which is as a rule the number of classes.
    stated : Preprocessing, optional
        What the file says of the pictures its network was trained on; None if it says nothing.
    usual : mapping of str to Preprocessing
        What pictures go through before each architecture of the catalogue; of an exported program, which is
        one by itself, under the empty name.
    """

    architectures: tuple[str, ...] = ()
    guess: str = ""
    outputs: int | None = None
    stated: Preprocessing | None = None
    usual: Mapping[str, Preprocessing] = field(default_factory=dict)


def inspect_model(path: Path, *, check: Check = nothing, progress: Progress = silent) -> Inspected:
    """Look into a model file.

    Parameters
    ----------
    path : Path
        Weights, which are read whole; or a program, of which a ``.py`` file is read, and of a ``.pt2`` file
        what it says of its input.
    check : callable
        Called now and then; may raise.
    progress : callable
        Told the share that is done and what is being done; may raise.

    Raises
    ------
    Problem
        If there is no such file, or it holds no weights. Nothing in it has been run.
    """
    check_ordinary(path)
    if not path.is_file():
        raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no file {name}."), name=str(path))
    suffix = path.suffix.lower()
    if suffix == ".pt2":
        taken = taken_by(path)
        return Inspected() if taken is None else Inspected(usual={"": taken.preprocessing})
    if suffix == ".py":
        names = _classes(path)
        return Inspected(names, names[-1] if names else "")
    progress(0.0, Sentence(QT_TRANSLATE_NOOP("Sentence", "Loading torch")))
    load_torch()
    check()
    state, said = read_file(path)
    check()
    last = list(state.values())[-1]
    keys = catalog.keys()
    outputs = int(last.shape[0]) if last.ndim else None
    usual = {key: catalog.preprocessing(key) for key in keys}
    return Inspected(keys, _guess(path, keys), outputs, stated_preprocessing(said), usual)


def _classes(path: Path) -> tuple[str, ...]:
    """Return the names of the classes that a Python file derives from something called Module."""
    with path.open("rb") as file:
        source = file.read(_LONGEST_SOURCE)
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} is not a Python program: {reason}."),
            name=path.name,
            reason=str(error).partition("\n")[0].rstrip("."),
        ) from error
    return tuple(node.name for node in tree.body if isinstance(node, ast.ClassDef) and node.bases)


def _guess(path: Path, keys: tuple[str, ...]) -> str:
    """Return the longest key of the catalogue that the file's name contains, punctuation aside."""
    name = _letters(path.stem)
    return max((key for key in keys if _letters(key) in name), key=len, default="")


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def to_plain(preprocessing: Preprocessing) -> dict[str, Any]:
    """Return settings as words, numbers and lists, to be kept in a file."""
    plain = dataclasses.asdict(preprocessing)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def from_plain(plain: Mapping[str, Any]) -> Preprocessing:
    """Return the settings that :func:`to_plain` gave.

    Raises
    ------
    ValueError
        If they are no such settings.
    """
    names = {each.name for each in dataclasses.fields(Preprocessing)}
    try:
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()
        }
        if given.keys() != names or len(given["size"]) != 2:
            raise ValueError("settings are missing, or unknown")
        given["fit"], given["interpolation"] = Fit(given["fit"]), Interpolation(given["interpolation"])
        whole = (*given["size"], given["shorter"], given["channels"])
        flags = given["crop"], given["bgr"], given["light_on_dark"]
        if not all(type(number) is int for number in whole) or not all(type(flag) is bool for flag in flags):
            raise ValueError("sides are whole numbers, and flags are true or false")
        return Preprocessing(**given)
    except (TypeError, KeyError) as error:
        raise ValueError("no settings") from error
