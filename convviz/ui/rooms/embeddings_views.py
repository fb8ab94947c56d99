"""The pages of the embeddings room: filled, paled while something newer is awaited, and chosen."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from convviz.core.distances import Distance
from convviz.core.shown import grouped
from convviz.ui.gallery import MOST_COMPARED, Gallery
from convviz.ui.language import say
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, STRIPS, TRIAL
from convviz.ui.rooms.embeddings_face import EmbeddingsFace


class GalleryViews(QObject):
    """Shows a gallery as strips, as matrices and as a map, with the facts about it.

    Parameters
    ----------
    face : EmbeddingsFace
        Whose pages.
    """

    turned = Signal()  # another page may be on screen now

    def __init__(self, face: EmbeddingsFace) -> None:
        super().__init__(face)
        self._face = face
        self._gallery: Gallery | None = None
        self._view = STRIPS

    @property
    def view(self) -> str:
        """The page that was chosen last: STRIPS, MATRICES, PLANE or TRIAL."""
        return self._view

    def show(self, gallery: Gallery) -> None:
        """Fill every page."""
        self._gallery = gallery
        face = self._face
        names, thumbnails = [item.title for item in gallery.items], gallery.thumbnails
        face.strips.set_vectors(gallery.vectors, names, thumbnails)
        scale = face.strips.scale
        face.colours.set_mapping(scale.display, scale.low, scale.high)
        for kind, matrix in face.matrices.matrices.items():
            values = gallery.matrices[kind]
            matrix.set_distances(values, names[: len(values)], thumbnails[: len(values)])
        face.plane.set_plane(gallery.plane, names, thumbnails)

    def set_stale(self, stale: bool) -> None:
        """Pale everything while something else is awaited."""
        self._face.strips.set_stale(stale)
        self._face.plane.set_stale(stale)
        self._face.matrices.set_stale(stale)

    def show_page(self, view: str = "") -> None:
        """Show STRIPS, MATRICES, PLANE or TRIAL, by default the one chosen last; without pictures a hint."""
        face, self._view = self._face, view or self._view
        pages = {STRIPS: face.strips, MATRICES: face.matrices, PLANE: face.plane, TRIAL: face.trial}
        count = 0 if self._gallery is None else len(self._gallery.items)
        some, alone = count > 0, count == 1 and self._view in (MATRICES, PLANE)
        face.alone.set_of_map(self._view == PLANE)
        page: QWidget = face.alone if alone else pages[self._view]
        face.stack.setCurrentWidget(page if some else face.empty)
        face.line.setVisible(some and not alone and self._view != TRIAL)
        face.show_meaning()
        face.show_colours()
        face.bar.save.setEnabled(some)
        face.bar.clear.setEnabled(some)
        self.turned.emit()

    def show_view(self, view: str) -> None:
        """Show STRIPS, MATRICES, PLANE or TRIAL, and leave the keyboard where it is."""
        self._face.bar.view.set_choice(view)
        self.show_page(view)

    @Slot(str)
    def choose(self, view: str) -> None:
        """Show STRIPS, MATRICES, PLANE or TRIAL, and give it the keyboard."""
        self.show_view(view)
        page = self._face.stack.currentWidget()
        if page is not None:
            page.setFocus()

    def write(self) -> str:
        """Write the facts in the language in force, and return what is said in the status bar."""
        gallery, face = self._gallery, self._face
        if gallery is None:
            face.bar.facts.set_whole("")
            return ""
        pictures = self.tr("Pictures: {0}").format(grouped(len(gallery.items)))
        # The number of pictures last, where it may be cut off: the status bar has it too.
        face.bar.facts.set_whole(f"{say(gallery.space.said)} · {pictures}")
        note = self._note(gallery)
        face.matrices.note.setText(note)
        face.matrices.note.setVisible(bool(note))
        return f"{pictures} · {gallery.network.title} · {gallery.space.layer}"

    def _note(self, gallery: Gallery) -> str:
        """Return what is to be known of the matrices."""
        said = []
        if len(gallery.items) > MOST_COMPARED:
            left = self.tr("The first {0} of {1} pictures: more cells could not be told apart.")
            said.append(left.format(MOST_COMPARED, grouped(len(gallery.items))))
        if np.isnan(gallery.matrices[Distance.COSINE]).any():
            said.append(self.tr("–: a vector of zeros has no direction, so there is no cosine distance."))
        return " ".join(said)

    def name_distances(self) -> dict[Distance, str]:
        """Write what the distances are called in the language in force, and return it."""
        names = {
            Distance.EUCLIDEAN: self.tr("Euclidean"),
            Distance.MAXIMUM: self.tr("Maximum"),
            Distance.COSINE: self.tr("Cosine"),
        }
        for kind, matrix in self._face.matrices.matrices.items():
            matrix.set_title(names[kind])
        self._face.trial.set_distance_names(names)
        return names
