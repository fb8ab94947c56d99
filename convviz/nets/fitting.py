"""Putting weights from a file into an architecture, after checking that they belong there."""

from collections.abc import Mapping
from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem

_PREFIXES = ("", "module.", "model.", "_orig_mod.", "net.", "network.", "backbone.", "encoder.")
# Prefixes can be nested: Lightning's "model." round DataParallel's "module.".
_DEEPEST = 3
_NAMED = 3
# Counted in training only; old files lack them.
_OPTIONAL = "num_batches_tracked"


def without_prefix(state: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, Any]:
    """Return the weights whose names fit ``expected`` best after taking away a usual prefix.

    With a prefix taken away, weights without it, such as those of a loss, are left out.
    """
    best, found = dict(state), sum(1 for key in state if key in expected)
    candidates = [dict(state)]
    for _ in range(_DEEPEST):
        candidates = [
            {key.removeprefix(prefix): value for key, value in given.items() if key.startswith(prefix)}
            for given in candidates
            for prefix in _PREFIXES[1:]
            if any(key.startswith(prefix) for key in given)
        ]
        for given in candidates:
            count = sum(1 for key in given if key in expected)
            if count > found:
                best, found = given, count
    return best


def fit(module: Any, state: Mapping[str, Any], file: str, title: str) -> None:
    """Copy weights into a network.

    Parameters
    ----------
    module : torch.nn.Module
        The network; unchanged if the weights do not fit.
    state : mapping of str to torch.Tensor
        The weights, by the names of the module's state dict.
    file, title : str
        What the file and the architecture are called, for the sentence.

    Raises
    ------
    Problem
        If names, shapes or types differ, naming the first few.
    """
    expected = module.state_dict()
    missing = [key for key in expected if key not in state and not key.endswith(_OPTIONAL)]
    extra = [key for key in state if key not in expected]
    if missing or extra:
        raise _other_names(missing, extra, file, title)
    wrong = [key for key, value in state.items() if value.shape != expected[key].shape]
    if wrong:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{file} does not fit {title}: {wrong}. Choose the architecture it was made with.",
            ),
            file=file,
            title=title,
            wrong="; ".join(f"{key} {_shape(state[key])} ≠ {_shape(expected[key])}" for key in wrong[:_NAMED])
            + _rest(wrong),
        )
    _check_types(state, expected, file, title)
    module.load_state_dict(dict(state), strict=False)


def _check_types(state: Mapping[str, Any], expected: Mapping[str, Any], file: str, title: str) -> None:
    """Raise a Problem where one has whole numbers and the other fractions, unless nothing depends on it."""
    types = [
        key
        for key, value in state.items()
        # model.half() makes fractions of what batch norm has counted as well.
        if value.is_floating_point() != expected[key].is_floating_point() and not key.endswith(_OPTIONAL)
    ]
    whole = [key for key in types if expected[key].is_floating_point()]
    if whole:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{file} holds whole numbers where {title} has fractions: {wrong}."),
            file=file,
            title=title,
            wrong=", ".join(whole[:_NAMED]) + _rest(whole),
        )
    if types:
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{file} holds fractions where {title} has whole numbers: {wrong}."),
            file=file,
            title=title,
            wrong=", ".join(types[:_NAMED]) + _rest(types),
        )


def _other_names(missing: list[str], extra: list[str], file: str, title: str) -> Problem:
    if missing and extra:
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{file} does not fit {title}: it lacks {missing} and has {extra}. Choose the architecture it "
                "was made with.",
            ),
            file=file,
            title=title,
            missing=", ".join(missing[:_NAMED]) + _rest(missing),
            extra=", ".join(extra[:_NAMED]) + _rest(extra),
        )
    if missing:
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{file} does not fit {title}: it lacks {missing}. Choose the architecture it was made with.",
            ),
            file=file,
            title=title,
            missing=", ".join(missing[:_NAMED]) + _rest(missing),
        )
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{file} does not fit {title}: it also has {extra}. Choose the architecture it was made with.",
        ),
        file=file,
        title=title,
        extra=", ".join(extra[:_NAMED]) + _rest(extra),
    )


def _rest(keys: list[str]) -> str:
    return f", … ({len(keys)})" if len(keys) > _NAMED else ""


def _shape(tensor: Any) -> str:
    return "×".join(map(str, tensor.shape)) or "1"
