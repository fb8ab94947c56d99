"""The pictures of the embeddings room with all that is computed of them, from a worker thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from convviz.core.distances import Distance, Numbers, matrix
from convviz.core.picture import Picture
from convviz.core.projection import Plane, principal_plane
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.engine.render import Display, render, render_rgb
from convviz.files.folders import pictures_among
from convviz.files.pictures import WHITE, open_picture
from convviz.files.pixels import Colour
from convviz.files.samples import open_sample
from convviz.nets.catalog import open_network
from convviz.nets.embed import Source, embed
from convviz.nets.network import Network
from convviz.nets.records import Architecture, Values
from convviz.nets.vector_space import Space, check_size, space_of
from convviz.ui.language import say
from convviz.ui.own_source import Opening
from convviz.work.jobs import JobContext

MOST_COMPARED = 120
"""How many pictures the matrices hold: more cells could not be told apart."""

THUMBNAIL_PX = 96
"""Longest side of the small pictures, in pixels."""


@dataclass(frozen=True, eq=False)
class Item:
    """A picture of the room: a file, a sample of ours, or a picture from elsewhere in the window.

    Parameters
    ----------
    name : str
        What it is called; a sample's name is translated.
    path : str
        Of its file; empty if there is none.
    sample : str
        What :func:`convviz.files.samples.open_sample` takes; empty if it is none.
    picture : Picture, optional
        The picture itself, where it has no file.
    """

    name: str
    path: str = ""
    sample: str = ""
    picture: Picture | None = None

    def open(self, background: Colour = WHITE) -> Picture:
        """Return the picture; may raise a Problem."""
        if self.picture is not None:
            return self.picture
        return open_sample(self.sample) if self.sample else open_picture(self.path, background=background)

    @property
    def title(self) -> str:
        """What it is called in the language in force."""
        return self.name if self.path else say(Sentence(self.name))


@dataclass(frozen=True, eq=False)
class Gallery:
    """Pictures as vectors, and how far they are apart.

    Parameters
    ----------
    key : str
        Of the network.
    network : Network
        The network; only worker threads may run it.
    opening : Opening or None
        How it was opened, if it is the user's own.
    architecture : Architecture
        Its layers.
    space : Space
        What the numbers of the vectors are.
    items : tuple of Item
        The pictures.
    thumbnails : tuple of QImage
        One for each.
    vectors : ndarray of float32, shape (N, D)
        One for each. Read-only.
    matrices : mapping of Distance to ndarray
        Between the first :data:`MOST_COMPARED`.
    plane : Plane
        Where they lie on the map.
    left_out : tuple of Sentence
        Why others are not there.
    """

    key: str
    network: Network
    opening: Opening | None
    architecture: Architecture
    space: Space
    items: tuple[Item, ...]
    thumbnails: tuple[QImage, ...]
    vectors: Values
    matrices: Mapping[Distance, Numbers]
    plane: Plane
    left_out: tuple[Sentence, ...] = ()

    def emptied(self) -> "Gallery":
        """Return the same network and space without pictures."""
        none = {kind: np.zeros((0, 0)) for kind in Distance}
        vectors, plane = self.vectors[:0], Plane(np.zeros((0, 2)), (0.0, 0.0))
        return replace(
            self, items=(), thumbnails=(), vectors=vectors, matrices=none, plane=plane, left_out=()
        )


@dataclass(frozen=True, eq=False)
class Wanted:
    """Pictures to be shown as vectors.

    Parameters
    ----------
    key : str
        Of the network.
    opening : Opening or None
        How it is opened, if it is the user's own.
    layer : str
        Name of a layer, or PIXELS; empty for the one before the classifier.
    items : tuple of Item
        Pictures.
    paths : tuple of str
        Files and folders whose pictures follow.
    background : (int, int, int)
        Colour behind transparent ones.
    before : Gallery or None
        Whose network and vectors are taken where they are the same.
    """

    key: str
    opening: Opening | None
    layer: str
    items: tuple[Item, ...]
    paths: tuple[str, ...] = ()
    background: Colour = WHITE
    before: Gallery | None = None


def make_gallery(wanted: Wanted, context: JobContext) -> Gallery:
    """Embed all pictures that are wanted, those that have no vector yet, and compare them."""
    items = [*wanted.items, *_found(wanted, context)]
    before = wanted.before
    network = _network(wanted, context)
    architecture = network.architecture()
    # With those that have vectors already.
    check_size(len(items), space_of(architecture, wanted.layer))
    known: dict[int, tuple[QImage, Values | None]] = {}
    if before is not None:
        same = before.network is network and wanted.layer == before.space.layer
        for item, image, vector in zip(before.items, before.thumbnails, before.vectors, strict=True):
            known[id(item)] = image, vector if same else None
    images = {key: image for key, (image, _) in known.items()}
    missing = [item for item in items if known.get(id(item), (None, None))[1] is None]

    def see(number: int, picture: Picture) -> None:
        images.setdefault(id(missing[number]), thumbnail(picture))

    sources = [Source(item.name, partial(item.open, wanted.background)) for item in missing]
    found = embed(network, sources, wanted.layer, seen=see, check=context.check, progress=context.progress)
    vectors = {key: vector for key, (_, vector) in known.items() if vector is not None}
    vectors.update({id(missing[n]): vector for n, vector in zip(found.kept, found.vectors, strict=True)})
    kept = tuple(item for item in items if id(item) in vectors)
    together = np.empty((len(kept), found.space.size), np.float32)
    for row, item in enumerate(kept):
        together[row] = vectors[id(item)]
    together.flags.writeable = False
    context.progress(1.0, Sentence(QT_TRANSLATE_NOOP("Sentence", "Comparing")))
    few = together[:MOST_COMPARED]
    return Gallery(
        wanted.key,
        network,
        wanted.opening,
        architecture,
        found.space,
        kept,
        tuple(images[id(item)] for item in kept),
        together,
        {kind: matrix(kind, few, context.check) for kind in Distance},
        principal_plane(together, context.check),
        found.left_out,
    )


def _found(wanted: Wanted, context: JobContext) -> list[Item]:
    """Return the pictures of files and folders, without those that are there already."""
    there = {item.path for item in wanted.items if item.path}
    paths = pictures_among(wanted.paths, context.check) if wanted.paths else ()
    return [Item(path.name, str(path)) for path in paths if str(path) not in there]


def _network(wanted: Wanted, context: JobContext) -> Network:
    before = wanted.before
    if before is not None and before.key == wanted.key and before.opening is wanted.opening:
        return before.network
    if wanted.opening is not None:
        return wanted.opening.open(context)
    return open_network(wanted.key, check=context.check, progress=context.progress)


def thumbnail(picture: Picture) -> QImage:
    """Return a picture no longer than :data:`THUMBNAIL_PX`."""
    step = max(1, max(picture.height, picture.width) // (4 * THUMBNAIL_PX))
    return image_of(replace(picture, values=np.array(picture.values[::step, ::step]))).scaled(
        QSize(THUMBNAIL_PX, THUMBNAIL_PX),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def image_of(picture: Picture) -> QImage:
    """Return a picture pixel by pixel, with its own memory."""
    if picture.channels == 3:
        pixels = render_rgb(np.moveaxis(picture.values, -1, 0), picture.low, picture.high)
    else:
        pixels = render(picture.values[..., 0], Display.LINEAR, picture.low, picture.high)
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
