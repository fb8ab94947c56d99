"""Which layer of a network makes vectors of pictures, and what their numbers are."""

from dataclasses import dataclass

import numpy as np

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.records import INPUT, Architecture, Kind

PIXELS = "pixels"
"""Stands for a layer: the picture's own pixels, without a network."""

PIXEL_SIDE = 32
"""Rows and columns the pixels are resized to, so that vectors of different pictures can be compared."""

MOST_NUMBERS = 200_000_000
"""How many numbers the vectors of all pictures may have together: 0.8 GB.

What is made of them is made block by block and needs little more.
"""

MOST_TOGETHER = 50_000_000
"""How many numbers may be held while others are computed that take their place: 0.2 GB.

As a rule the vectors on screen stay until there are those of another network or layer. Where both together
are more than this, the first new one takes the place of all of the old.
"""

# What passes over as it came to the layer before: telling these apart would only be confusing.
_TRANSPARENT = (Kind.DROPOUT,)


@dataclass(frozen=True)
class Space:
    """What the numbers of a vector are.

    Parameters
    ----------
    layer : str
        Name of the layer, or :data:`PIXELS`.
    size : int
        How many numbers a vector has.
    means : bool
        Whether each is the mean of one of the layer's maps; otherwise they are all its values in their order.
    """

    layer: str
    size: int
    means: bool = False

    @property
    def said(self) -> Sentence:
        """What the numbers are, in words."""
        if self.layer == PIXELS:
            template = QT_TRANSLATE_NOOP(
                "Sentence", "{size} numbers: red, green and blue of the picture resized to {side} × {side}"
            )
        elif self.means:
            template = QT_TRANSLATE_NOOP(
                "Sentence", "{size} numbers: the mean of each map of the layer {layer}"
            )
        else:
            template = QT_TRANSLATE_NOOP("Sentence", "{size} numbers: all values of the layer {layer}")
        return Sentence(template, {"size": self.size, "layer": self.layer, "side": PIXEL_SIDE})


PIXEL_SPACE = Space(PIXELS, 3 * PIXEL_SIDE**2)
"""What the pixels of a picture are as a vector."""


def default_layer(architecture: Architecture) -> str:
    """Return the name of the layer before the classifier: what the classes are told apart by.

    The classifier is the last dense layer, or the last convolution where that comes later. Without either, or
    if it looks at the picture itself, it is the last layer.
    """
    layers = architecture.layers
    last = [layer for layer in layers if layer.kind in (Kind.LINEAR, Kind.CONVOLUTION)]
    before = last[-1].inputs[0] if last and last[-1].inputs else INPUT
    while before != INPUT and layers[before].kind in _TRANSPARENT:
        before = layers[before].inputs[0]
    return layers[-1].name if before == INPUT else layers[before].name


def space_of(architecture: Architecture, layer: str) -> Space:
    """Return what the vectors of a layer are; an empty name means :func:`default_layer`.

    Raises
    ------
    Problem
        If there is no such layer.
    """
    if layer == PIXELS:
        return PIXEL_SPACE
    name = layer or default_layer(architecture)
    try:
        found = architecture.named(name)
    except KeyError:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "The network has no layer “{name}”; convviz layers lists those there are."
            ),
            name=name,
        ) from None
    size = found.shape[0] if found.is_map else int(np.prod(found.shape))
    return Space(name, size, found.is_map)


def check_size(count: int, space: Space) -> None:
    """Raise :class:`Problem` if so many vectors of a space would need too much memory."""
    if count * space.size > MOST_NUMBERS:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{count} vectors of {size} numbers need too much memory. Choose a layer with fewer numbers, "
                "or fewer pictures.",
            ),
            count=count,
            size=space.size,
        )
