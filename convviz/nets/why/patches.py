"""The patches of the user's own pictures that excite a map most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Rect
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.records import Architecture, Placement, Trace
from convviz.nets.unit import field_in
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
        The unit, in the layer's output.
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


class _Best:
    """The strongest units of the maps of one layer: ``most`` rows, one column for each map."""

    def __init__(self, most: int, maps: int) -> None:
        self.values = np.full((most, maps), -np.inf, np.float32)
        self.pictures = np.full((most, maps), -1, np.int32)
        self.places = np.zeros((most, maps), np.int32)

    def take(self, number: int, planes: NDArray[np.float32]) -> None:
        """Let a picture's maps (maps, cells) take the places of weaker ones."""
        numbers = np.where(np.isnan(planes), -np.inf, planes) if np.isnan(planes).any() else planes
        places = numbers.argmax(axis=1)
        maps = np.arange(len(planes))
        values = numbers[maps, places]
        weakest = self.values.argmin(axis=0)
        better = values > self.values[weakest, maps]
        slots = weakest[better], maps[better]
        self.values[slots] = values[better]
        self.pictures[slots] = number
        self.places[slots] = places[better]


class Gallery:
    """The strongest patches of every map of a network, over all pictures it was shown.

    It grows with the number of maps, and by a few numbers with each picture, whatever the pictures' sizes.

    Parameters
    ----------
    most : int
        Patches that are kept of each map, at most one of each picture.

    Attributes
    ----------
    refused : list of (int, Sentence)
        Numbers of the pictures that could not be looked at, and why.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._best: list[_Best] = []
        self._seen: dict[int, tuple[Architecture, Placement]] = {}
        self.refused: list[tuple[int, Sentence]] = []

    @property
    def seen(self) -> int:
        """How many pictures could be looked at."""
        return len(self._seen)

    def architectures(self) -> tuple[Architecture, ...]:
        """Return the networks' layers at the sizes of the pictures, each once."""
        return tuple({id(each): each for each, _ in self._seen.values()}.values())

    def take(self, number: int, trace: Trace) -> None:
        """Take in what picture ``number`` did.

        Raises
        ------
        Problem
            If at this picture's size the network has other layers.
        """
        maps = [_planes(values) for values in trace.outputs]
        if not self._best:
            self._best = [_Best(self._most, len(planes)) for planes in maps]
        if [len(planes) for planes in maps] != [best.values.shape[1] for best in self._best]:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "For a picture of this size, the network has other maps.")
            )
        self._seen[number] = trace.architecture, trace.placement
        for best, planes in zip(self._best, maps, strict=True):
            best.take(number, planes)

    def patches(self, layer: int, number: int) -> tuple[Patch, ...]:
        """Return the patches of map ``number`` of a layer, the strongest first.

        Of several alike, those of earlier pictures come first. A picture whose map is not a number anywhere
        has none.
        """
        if not self._best:
            return ()
        best = self._best[layer]
        rows = [row for row in range(self._most) if best.pictures[row, number] >= 0]
        found = [self._patch(layer, number, row) for row in rows]
        return tuple(sorted(found, key=lambda patch: (-patch.value, patch.picture)))

    def _patch(self, layer: int, number: int, row: int) -> Patch:
        best = self._best[layer]
        picture = int(best.pictures[row, number])
        architecture, placement = self._seen[picture]
        index = _index(architecture.layers[layer].shape, number, int(best.places[row, number]))
        field = field_in(architecture, layer, index)
        photo = placement.on_photo(field.top, field.left, field.height, field.width)
        return Patch(picture, float(best.values[row, number]), index, field, photo)


def look_through(
    pictures: Sequence[Picture],
    run: Callable[[Picture], Trace],
    most: int,
    progress: Progress = silent,
) -> Gallery:
    """Look for the strongest patches of every map.

    Parameters
    ----------
    pictures : sequence
        Pictures, or names of files: whatever ``run`` takes. One after the other, so that only one trace is
        in memory.
    run : callable
        Gives the trace of a picture in the network; a :class:`Problem` it raises is kept with the picture.
    most : int
        Patches that are kept of each map.
    progress : callable
        Told how far the work has come; may raise.
    """
    gallery = Gallery(most)
    for number, picture in enumerate(pictures):
        told = Sentence(LOOKING, {"number": number + 1, "count": len(pictures)})
        progress(number / len(pictures), told)
        try:
            gallery.take(number, run(picture))
        except Problem as problem:
            gallery.refused.append((number, problem.sentence))
    progress(1.0, None)
    return gallery


def _planes(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a layer's output as one row for each map, or for each value of a vector."""
    if values.ndim == 1:
        return values[:, np.newaxis]
    return values.reshape(-1, values.shape[-2] * values.shape[-1])


def _index(shape: tuple[int, ...], number: int, place: int) -> Index:
    if len(shape) == 1:
        return (number,)
    before = np.unravel_index(number, shape[:-2]) if len(shape) > 2 else ()
    return (*(int(i) for i in before), *(int(i) for i in np.unravel_index(place, shape[-2:])))
