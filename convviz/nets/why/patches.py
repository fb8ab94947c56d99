"""The patches of the user's own pictures that excite a map most."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from convviz.core.geometry import Rect
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.records import Trace
from convviz.nets.unit import field_of
from convviz.nets.unit_cells import Index
from convviz.nets.why.run import Progress, silent

Picture = TypeVar("Picture")

LOOKING = QT_TRANSLATE_NOOP("Sentence", "Looking through the pictures: {number} of {count}")


@dataclass(frozen=True)
class Patch:
    """Where a map is strongest in one picture.

    Parameters
    ----------
    picture : int
        Its number in the list.
    value : float
        Of the strongest unit.
    index : tuple of int
        The unit: (channel, y, x), or (n,) in a vector.
    field : Rect
        Its receptive field in cells of the network's input.
    photo : (float, float, float, float)
        The same on the photograph: top, left, height, width; may reach beyond it.
    """

    picture: int
    value: float
    index: Index
    field: Rect
    photo: tuple[float, ...]


@dataclass(frozen=True)
class Strongest:
    """Patches of all pictures that could be looked at, the strongest first.

    Parameters
    ----------
    patches : tuple of Patch
        One for each picture.
    refused : tuple of (int, Sentence)
        Numbers of the pictures that could not be looked at, and why.
    """

    patches: tuple[Patch, ...]
    refused: tuple[tuple[int, Sentence], ...]


def strongest_patches(
    pictures: Sequence[Picture],
    run: Callable[[Picture], Trace],
    layer: int,
    channel: int,
    progress: Progress = silent,
) -> Strongest:
    """Find, in each picture, the unit of a map that is strongest, and what it sees there.

    Parameters
    ----------
    pictures : sequence
        Pictures, or names of files: whatever ``run`` takes. One after the other, so that only one trace is
        in memory.
    run : callable
        Gives the trace of a picture in the network; a :class:`Problem` it raises is kept with the picture.
    layer, channel : int
        The map.
    progress : callable
        Told how far the work has come; may raise.

    Returns
    -------
    Strongest
        Of several units alike the first; a picture whose map is not a number anywhere is left out.
    """
    found, refused = [], []
    for number, picture in enumerate(pictures):
        told = Sentence(LOOKING, {"number": number + 1, "count": len(pictures)})
        progress(number / len(pictures), told)
        try:
            found.append(strongest(run(picture), layer, channel, number))
        except Problem as problem:
            refused.append((number, problem.sentence))
    progress(1.0, None)
    return Strongest(_ordered(found), tuple(refused))


def _ordered(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    return tuple(sorted((p for p in patches if not np.isnan(p.value)), key=lambda p: -p.value))


def strongest(trace: Trace, layer: int, channel: int, number: int = 0) -> Patch:
    """Return where map ``channel`` of a layer is strongest in one picture.

    Raises
    ------
    Problem
        If at this picture's size the layer has no such map.
    """
    layers = trace.architecture.layers
    if not (0 <= layer < len(layers) and 0 <= channel < layers[layer].shape[0]):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "For this picture, the network has no map {channel} in layer {layer}."
            ),
            channel=channel,
            layer=layer,
        )
    values = trace.outputs[layer][channel]
    at = int(np.nanargmax(values)) if not np.isnan(values).all() else 0
    index = (channel, *(int(i) for i in np.unravel_index(at, values.shape)))
    field = field_of(trace, layer, index)
    photo = trace.placement.on_photo(field.top, field.left, field.height, field.width)
    return Patch(number, float(trace.outputs[layer][index]), index, field, photo)
