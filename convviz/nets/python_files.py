"""Networks that are programs: a class in a Python file, or what ``torch.export`` wrote."""

import inspect
import sys
import types
from pathlib import Path
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.nets.refusal import first_line

_COUNTS = ("num_classes", "n_classes", "classes", "num_outputs")


def untrusted(path: Path) -> Problem:
    """Return what is said about a program that the user has not said to trust."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} is a program: opening it runs its code, which can do anything you can. Say that you "
            "trust it (--trust) if you know where it comes from.",
        ),
        name=path.name,
    )


def from_python(path: Path, name: str, classes: int | None, *, trust: bool) -> Any:
    """Return an instance of a class in a Python file.

    Parameters
    ----------
    path : Path
        The file; its folder can be imported from while it runs.
    name : str
        Of the class; empty if there is only one.
    classes : int, optional
        Given to the class if it has an argument of a usual name for it.
    trust : bool
        Whether the user has said that this code may run.

    Raises
    ------
    Problem
        If it is not trusted, or fails.
    """
    if not trust:
        raise untrusted(path)
    made = _class(_run(path), path, name)
    options = {}
    if classes is not None:
        known = inspect.signature(made).parameters
        options = {each: classes for each in _COUNTS if each in known}
    try:
        return made(**options)
    except (Exception, SystemExit) as error:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{class_name} in {name} cannot be made without arguments: {reason}. Give them defaults.",
            ),
            class_name=made.__name__,
            name=path.name,
            reason=first_line(error),
        ) from error


def from_export(path: Path, *, trust: bool) -> Any:
    """Return the module in a ``.pt2`` file.

    Raises
    ------
    Problem
        If it is not trusted, or cannot be read.
    """
    if not trust:
        raise untrusted(path)
    import torch

    try:
        return torch.export.load(path).module()
    except Exception as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} cannot be opened as an exported program: {reason}."),
            name=path.name,
            reason=first_line(error),
        ) from error


def _run(path: Path) -> types.ModuleType:
    module = types.ModuleType(f"convviz_model_{path.stem}")
    module.__file__ = str(path)
    folder = str(path.resolve().parent)
    # Dataclasses and pickles look their module up.
    sys.modules[module.__name__] = module
    sys.path.insert(0, folder)
    try:
        # Not imported, so that no compiled file is left beside it.
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} fails when it is run: {kind}: {reason}."),
            name=path.name,
            kind=type(error).__name__,
            reason=first_line(error),
        ) from error
    finally:
        sys.path.remove(folder)
    return module


def _class(module: types.ModuleType, path: Path, name: str) -> Any:
    from torch import nn

    own = {
        key: value
        for key, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, nn.Module) and value.__module__ == module.__name__
    }
    if name in own:
        return own[name]
    if not name and len(own) == 1:
        return next(iter(own.values()))
    if not own:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} defines no network: a class derived from torch.nn.Module."),
            name=path.name,
        )
    raise Problem(
        QT_TRANSLATE_NOOP("Sentence", "Say which network of {name} is meant: {names}."),
        name=path.name,
        names=", ".join(f"{path.name}:{key}" for key in own),
    )
