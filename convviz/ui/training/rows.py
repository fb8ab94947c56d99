"""What is seen of a network, as rows of small pictures and of bars."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from convviz.files.class_names import class_names
from convviz.nets.learn.look import Look
from convviz.nets.learn.plan import LayerKind, LayerPlan, describe
from convviz.nets.learn.samples import Samples
from convviz.ui.language import language_in_force, say
from convviz.ui.training.tiles import Row, Tile, activation, signed

# A row of more values than this would be a line too thin to be seen.
_LONGEST = 16


def _names(layers: Sequence[LayerPlan]) -> list[str]:
    return [f"{number + 1} · {say(describe(layer))}" for number, layer in enumerate(layers)]


def filter_rows(layers: Sequence[LayerPlan], look: Look) -> tuple[Row, ...]:
    """Return the weights of every layer that has some."""
    names = _names(layers)
    return tuple(
        Row(names[one.layer], tuple(Tile(signed(_flat(weights))) for weights in one.weights))
        for one in look.filters
    )


def class_words(samples: Samples) -> tuple[str, ...]:
    """Return what the classes are called in the language in force."""
    if not samples.vocabulary:
        return samples.classes
    known = class_names(samples.vocabulary, language_in_force())
    return tuple(known.get(name, name) for name in samples.classes)


def map_rows(layers: Sequence[LayerPlan], samples: Samples, look: Look) -> tuple[Row, ...]:
    """Return the chosen picture, and what every layer makes of it."""
    rows = [Row(class_words(samples)[samples.labels[look.picture]], (Tile(samples.pixels[look.picture]),))]
    for name, maps in zip(_names(layers), look.maps, strict=True):
        shown = maps if maps.ndim == 3 else _folded(maps)[np.newaxis]
        low, high = float(shown.min(initial=0)), float(shown.max(initial=0))
        rows.append(Row(name, tuple(Tile(activation(one, low, high)) for one in shown)))
    return tuple(rows)


def worst_rows(samples: Samples, look: Look) -> tuple[Row, ...]:
    """Return the pictures with the worst of the wrong answers, each with its class and what it is taken for.

    Without a wrong answer there is no row.
    """
    words = class_words(samples)
    tiles = (
        Tile(samples.pixels[n], f"{words[samples.labels[n]]}→{words[taken]}", n)
        for n, taken, _ in look.figures.worst
    )
    return (Row("", tuple(tiles)),) if look.figures.worst else ()


def gradient_values(
    layers: Sequence[LayerPlan], look: Look, kind_name: Callable[[LayerKind], str]
) -> tuple[tuple[str, float], ...]:
    """Return the name of every layer with weights and the length of its gradient, once there is one."""
    learned = [f"{one.layer + 1} · {kind_name(layers[one.layer].kind)}" for one in look.filters]
    return tuple(zip(learned, look.gradients, strict=False))


def _folded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a few values as a row, and many as a square that is filled up with the smallest in size."""
    if len(values) <= _LONGEST:
        return values[np.newaxis]
    side = math.ceil(math.sqrt(len(values)))
    rows = -(-len(values) // side)
    square = np.full(rows * side, values[np.abs(values).argmin()], np.float32)
    square[: len(values)] = values
    return square.reshape(rows, side)


def _flat(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the channels of a filter (C, kh, kw) beside each other, or its mean where there are many."""
    if weights.shape[:2] == (1, 1):
        return _folded(weights.reshape(-1))
    if len(weights) <= 3:
        return np.concatenate(list(weights), 1)
    return np.asarray(weights.mean(0), np.float32)
