"""The pictures of the embeddings room with all that is computed of them, from a worker thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from convviz.core.distances import Distance, Numbers, matrix
from convviz.core.picture import Picture
from convviz.core.projection import Plane, principal_plane
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.folders import pictures_among
from convviz.files.pictures import WHITE, open_picture
from convviz.files.pixels import Colour
from convviz.files.samples import open_sample
from convviz.nets.catalog import open_network
from convviz.nets.embed import Embedded, Source, embed, how_far
from convviz.nets.network import Network
from convviz.nets.records import Architecture, Values
from convviz.nets.vector_space import MOST_TOGETHER, Space, check_size, space_of
from convviz.ui.own_source import Opening
from convviz.ui.picture_images import thumbnail
from convviz.work.jobs import JobContext

MOST_COMPARED = 120
"""How many pictures the matrices hold: more cells could not be told apart."""

ONE_BY_ONE = 16
"""So many pictures appear one at a time; then always as many as there are already."""

# Files of other kinds may have transparent places.
_OPAQUE = (".jpg", ".jpeg")


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
        # Translated, but not filled in: a name may have braces.
        return self.name if self.path else QCoreApplication.translate("Sentence", self.name)

    @property
    def may_be_transparent(self) -> bool:
        """Whether the colour behind transparent pictures may show in it."""
        return bool(self.path) and Path(self.path).suffix.lower() not in _OPAQUE


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
        One for each. Read-only; the first rows of ``store``.
    matrices : mapping of Distance to ndarray
        Between the first :data:`MOST_COMPARED`.
    plane : Plane
        Where they lie on the map.
    background : (int, int, int)
        Colour behind transparent ones.
    store : ndarray of float32, shape (N or more, D)
        Memory for the vectors, with rows for those to come.
    left_out : tuple of Sentence
        Why others are not there.
    missing : tuple of Item
        Those to come.
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
    background: Colour
    store: Values
    left_out: tuple[Sentence, ...] = ()
    missing: tuple[Item, ...] = ()

    @property
    def rest(self) -> "Wanted":
        """The request for those to come."""
        items = (*self.items, *self.missing)
        return Wanted(
            self.key, self.opening, self.space.layer, items, (), self.background, self, self.left_out
        )

    def emptied(self) -> "Gallery":
        """Return the same network and space without pictures."""
        return replace(
            self,
            items=(),
            thumbnails=(),
            vectors=self.vectors[:0],
            store=np.empty((0, self.space.size), np.float32),
            matrices={kind: np.zeros((0, 0)) for kind in Distance},
            plane=Plane(np.zeros((0, 2)), (0.0, 0.0)),
            left_out=(),
            missing=(),
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
    left_out : tuple of Sentence
        Why pictures that came before these are not there.
    """

    key: str
    opening: Opening | None
    layer: str
    items: tuple[Item, ...]
    paths: tuple[str, ...] = ()
    background: Colour = WHITE
    before: Gallery | None = None
    left_out: tuple[Sentence, ...] = ()


def make_gallery(wanted: Wanted, context: JobContext) -> Gallery:
    """Embed the next of the pictures that are wanted and have no vector yet, and compare all that have one.

    New pictures come one at a time and later in larger parts, so that comparing them again and again takes no
    longer than comparing all of them does; what is left is in ``missing``. Pictures that are on screen are
    embedded anew all together: those on screen stay until then. But what is on screen goes with the first new
    one where both would be :data:`~convviz.nets.vector_space.MOST_TOGETHER` numbers.
    """
    items = [*wanted.items, *_found(wanted, context)]
    network = _network(wanted, context)
    architecture = network.architecture()
    space = space_of(architecture, wanted.layer)
    check_size(len(items), space)
    part = _Part(wanted, items, network, space)
    found = part.embed(context)
    kept = (*part.known, *(part.now[n] for n in found.kept))
    vectors = part.store[: len(kept)]
    vectors.flags.writeable = False
    few = vectors[:MOST_COMPARED]
    return Gallery(
        wanted.key,
        network,
        wanted.opening,
        architecture,
        space,
        kept,
        tuple(part.images[id(item)] for item in kept),
        vectors,
        {kind: matrix(kind, few, context.check) for kind in Distance},
        principal_plane(vectors, context.check),
        wanted.background,
        part.store,
        (*wanted.left_out, *found.left_out),
        tuple(part.later),
    )


class _Part:
    """Which of the wanted pictures have a vector, which get one now, and which later."""

    def __init__(self, wanted: Wanted, items: list[Item], network: Network, space: Space) -> None:
        self._wanted, self._network = wanted, network
        before = wanted.before
        self.images: dict[int, QImage] = {}
        rows: dict[int, int] = {}
        if before is not None and _same_background(wanted, before):
            self.images = {id(i): image for i, image in zip(before.items, before.thumbnails, strict=True)}
            if before.network is network and before.space == space:
                rows = {id(item): row for row, item in enumerate(before.items)}
        self.known = [item for item in items if id(item) in rows]
        missing = [item for item in items if id(item) not in rows]
        shown = set() if before is None else {id(item) for item in before.items}
        count = len(self.known)
        held = 0 if before is None or rows else before.vectors.size
        is_crowded = held + len(items) * space.size > MOST_TOGETHER
        if any(id(item) in shown for item in missing) and not is_crowded:
            turn = len(missing)
        else:
            turn = 1 if count < ONE_BY_ONE else count
        self.now, self.later = missing[:turn], missing[turn:]
        self.store = self._room(len(items), space, [rows[id(item)] for item in self.known])

    def _room(self, count: int, space: Space, rows: list[int]) -> Values:
        """Return memory for the vectors of all, those that are known in it."""
        before = self._wanted.before
        # Rows after those on screen are nobody's: jobs run one after the other.
        in_place = before is not None and rows and rows == list(range(len(before.items)))
        if before is not None and in_place and len(before.store) >= count:
            return before.store
        store = np.empty((count, space.size), np.float32)
        for row, old in enumerate(rows):
            assert before is not None
            store[row] = before.vectors[old]
        return store

    def embed(self, context: JobContext) -> Embedded:
        """Embed those whose turn it is."""
        wanted = self._wanted
        done, left = len(self.known) + len(wanted.left_out), len(self.now) + len(self.later)

        def see(number: int, picture: Picture) -> None:
            self.images.setdefault(id(self.now[number]), thumbnail(picture))

        def tell(share: float, sentence: Sentence | None) -> None:
            del sentence
            context.progress(*how_far(done + round(share * len(self.now)), done + left))

        sources = [Source(item.name, partial(item.open, wanted.background)) for item in self.now]
        room = self.store[len(self.known) :]
        layer = wanted.layer
        found = embed(self._network, sources, layer, into=room, seen=see, check=context.check, progress=tell)
        if self.later:
            context.progress(*how_far(done + len(self.now), done + left))
        else:
            context.progress(1.0, Sentence(QT_TRANSLATE_NOOP("Sentence", "Comparing")))
        return found


def _same_background(wanted: Wanted, before: Gallery) -> bool:
    same = wanted.background == before.background
    return same or not any(item.may_be_transparent for item in before.items)


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
