"""What is asked for in the embeddings room, until it is on screen."""

from dataclasses import dataclass

from convviz.core.picture import Picture
from convviz.files.pixels import Colour
from convviz.files.samples import PHOTO_SAMPLES
from convviz.nets.catalog import DEFAULT
from convviz.nets.vector_space import PIXELS
from convviz.ui.gallery import Gallery, Item, Wanted
from convviz.ui.own_source import Opening


@dataclass
class Asked:
    """Network, layer and pictures that are wanted; what is on screen may be older.

    Parameters
    ----------
    key : str
        Of the network.
    opening : Opening or None
        How it is opened, if it is the user's own.
    layer : str
        Name of a layer, or PIXELS; empty for the one before the classifier.
    items : tuple of Item
        The pictures.
    paths : tuple of str
        Files and folders that are on their way: whatever else is asked for meanwhile, they come with it.
    are_samples : bool
        Whether the pictures are samples of ours, which stay until there are others.
    """

    key: str = DEFAULT
    opening: Opening | None = None
    layer: str = ""
    items: tuple[Item, ...] = ()
    paths: tuple[str, ...] = ()
    are_samples: bool = False

    def wanted(self, background: Colour, before: Gallery | None) -> Wanted:
        """Return it as a request; ``before`` is what is on screen."""
        return Wanted(self.key, self.opening, self.layer, self.items, self.paths, background, before)

    def want_samples(self) -> None:
        """Want the photographs that come with convviz, and nothing else."""
        self.are_samples = True
        self.items = tuple(Item(sample.title.template, sample=sample.id) for sample in PHOTO_SAMPLES)

    def want_paths(self, paths: tuple[str, ...]) -> None:
        """Want the pictures of files and folders as well; samples make way."""
        self._drop_samples()
        self.paths = (*self.paths, *paths)

    def want_picture(self, picture: Picture) -> None:
        """Want a picture that is open elsewhere as well; samples make way."""
        self._drop_samples()
        if not picture.source or all(item.path != picture.source for item in self.items):
            kept = None if picture.source else picture
            self.items = (*self.items, Item(picture.name, picture.source, picture=kept))

    def _drop_samples(self) -> None:
        if self.are_samples:
            self.items, self.are_samples = (), False

    def want_no_picture(self) -> None:
        """Want no picture any more."""
        self.items, self.paths, self.are_samples = (), (), False

    def want_network(self, key: str, opening: Opening | None) -> None:
        """Want another network."""
        self.key, self.opening = key, opening
        # Layers of another network have other names.
        self.layer = PIXELS if self.layer == PIXELS else ""

    def take(self, gallery: Gallery) -> None:
        """Take note that it came, or the first of its pictures."""
        self.key, self.layer = gallery.key, gallery.space.layer
        self.items, self.paths = (*gallery.items, *gallery.missing), ()

    def is_older(self, gallery: Gallery, background: Colour) -> bool:
        """Return whether something else is wanted than a gallery shows, and not only more pictures."""
        if (self.key, self.opening, self.layer) != (gallery.key, gallery.opening, gallery.space.layer):
            return True
        wanted = {id(item) for item in self.items}
        other = background != gallery.background
        return any(id(i) not in wanted or (other and i.may_be_transparent) for i in gallery.items)

    def go_back(self, now: Gallery | None) -> None:
        """Want what is on screen again, and nothing else."""
        self.items, self.paths = (), ()
        if now is not None:
            self.key, self.opening, self.layer, self.items = now.key, now.opening, now.space.layer, now.items
        self.are_samples = bool(self.items) and all(item.sample for item in self.items)
