"""The nearest settings of a convolution that fit an input, for a button beside what is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from convviz.core.limits import MAX_PADDING, Pair, Shape, SpecProblem, pair_text, use_padding
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence

if TYPE_CHECKING:
    from convviz.core.conv_spec import ConvSpec


def nearest_fit(spec: "ConvSpec", shape: Shape) -> "tuple[ConvSpec | None, Sentence | None]":
    """Return settings that fit an input of ``shape`` (C, H, W), and a button's text; two None if none do.

    The padding is changed as little as possible; only if none fits, the dilation becomes 1, which makes the
    kernel reach least far.
    """
    for candidate, action in _candidates(spec, shape):
        try:
            candidate.check(shape)
        except SpecProblem:
            continue
        return candidate, action
    return None, None


def _candidates(spec: "ConvSpec", shape: Shape) -> "Iterator[tuple[ConvSpec, Sentence]]":
    if (padding := _padding(spec, shape)) is not None:
        yield replace(spec, padding=padding), use_padding(padding)
    if spec.dilation == (1, 1):
        return
    dense = replace(spec, dilation=(1, 1))
    yield dense, Sentence(QT_TRANSLATE_NOOP("Sentence", "Use dilation 1"))
    if (padding := _padding(dense, shape)) is not None:
        text = QT_TRANSLATE_NOOP("Sentence", "Use dilation 1, padding {padding}")
        yield replace(dense, padding=padding), Sentence(text, {"padding": pair_text(padding)})


def _padding(spec: "ConvSpec", shape: Shape) -> Pair | None:
    """Return the padding nearest to that of ``spec`` with which its kernel fits, or None if there is none."""
    found = []
    for axis in (0, 1):
        size, present = shape[1 + axis], max(spec.border(axis))
        least = max(0, -(-(spec.effective_size[axis] - size) // 2))
        limit = spec.most_border(size)
        most = MAX_PADDING if limit is None else min(limit, MAX_PADDING)
        if least > most:
            return None
        found.append(min(max(present, least), most))
    return found[0], found[1]


def fit_hint(spec: "ConvSpec", fix: "ConvSpec | None") -> Sentence:
    """Return the sentence that says what ``fix`` changes to make the kernel of ``spec`` fit."""
    if fix is None:
        return Sentence(QT_TRANSLATE_NOOP("Sentence", "Choose a smaller kernel or a larger input."))
    padding = {"padding": pair_text(fix.padding)}
    if fix.dilation == spec.dilation:
        return Sentence(QT_TRANSLATE_NOOP("Sentence", "Padding {padding} would make it fit."), padding)
    if fix.padding == spec.padding:
        return Sentence(QT_TRANSLATE_NOOP("Sentence", "Dilation 1 would make it fit."))
    return Sentence(
        QT_TRANSLATE_NOOP("Sentence", "Dilation 1 and padding {padding} would make it fit."), padding
    )
