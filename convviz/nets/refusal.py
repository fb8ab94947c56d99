"""Why a network cannot compute on what it was given, in a sentence."""

from typing import Any

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.recorder import Failure, Recorder

_LONGEST = 200


def refusal(recorder: Recorder, error: Exception) -> Problem:
    """Return the problem with the layer that refuses, the reason, and how far execution got."""
    failure = recorder.failure
    if isinstance(error, MemoryError) or "allocate memory" in str(error):
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "There is not enough memory for this network at this size of input. Use a smaller one.",
            )
        )
    path = failure.path if failure is not None else recorder.calls[-1].path if recorder.calls else ""
    reason = (_reason(failure) if failure is not None else None) or first_line(error)
    layer = path or (failure.function if failure is not None else "")
    if not layer:
        return Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The network refuses this input: {reason}. Use one of another size or number of channels.",
            ),
            reason=reason,
        )
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The network stops at layer {layer}: {reason}. Steps computed before it: {done}. "
            "Use an input of another size or number of channels.",
        ),
        layer=layer,
        reason=reason,
        done=len(recorder.steps),
    )


def first_line(error: BaseException) -> str:
    """Return what an error says, cut to one line without a full stop."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[0] if lines else type(error).__name__
    return said[:_LONGEST].rstrip(".! ")


def _reason(failure: Failure) -> Sentence | None:
    """Return the reason in plain words where it can be told from the shapes."""
    bound = failure.bound
    given = tuple(getattr(bound.get("input"), "shape", ()))
    weight = tuple(getattr(bound.get("weight"), "shape", ()))
    if failure.function == "conv2d" and len(given) == len(weight) == 4:
        return _convolution(bound, given, weight)
    if failure.function == "linear" and given and weight and given[-1] != weight[-1]:
        return Sentence(
            QT_TRANSLATE_NOOP("Sentence", "it takes {wanted} numbers and is given {given}"),
            {"wanted": weight[-1], "given": given[-1]},
        )
    if failure.function.endswith("pool2d") and len(given) >= 3 and "kernel_size" in bound:
        return _too_small(_pair_text(bound["kernel_size"]), given)
    return None


def _convolution(bound: dict[str, Any], given: tuple[int, ...], weight: tuple[int, ...]) -> Sentence | None:
    wanted = weight[1] * int(bound.get("groups", 1))
    if given[1] != wanted:
        return Sentence(
            QT_TRANSLATE_NOOP("Sentence", "it takes {wanted} channels and is given {given}"),
            {"wanted": wanted, "given": given[1]},
        )
    return _too_small(_pair_text(weight[2:]), given)


def _too_small(window: str, given: tuple[int, ...]) -> Sentence:
    return Sentence(
        QT_TRANSLATE_NOOP(
            "Sentence", "its window of {window} does not fit on the maps of {size} that reach it"
        ),
        {"window": window, "size": _pair_text(given[-2:])},
    )


def _pair_text(pair: Any) -> str:
    rows, columns = (pair[0], pair[-1]) if isinstance(pair, (tuple, list)) else (pair, pair)
    return f"{int(rows)} × {int(columns)}"
