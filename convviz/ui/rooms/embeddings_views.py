"""The pages of the embeddings room: filled, paled while something newer is awaited, and chosen."""

from PySide6.QtCore import QObject

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

    def __init__(self, face: EmbeddingsFace) -> None:
        super().__init__(face)
        self._face = face
        self._gallery: Gallery | None = None
        self._view = STRIPS

    def show(self, gallery: Gallery) -> None:
        """Fill every page."""
        self._gallery = gallery
        face = self._face
        names, thumbnails = [item.title for item in gallery.items], gallery.thumbnails
        face.strips.set_vectors(gallery.vectors, names, thumbnails)
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
        some = self._gallery is not None and bool(self._gallery.items)
        face.stack.setCurrentWidget(pages[self._view] if some else face.empty)
        face.line.setVisible(some and self._view != TRIAL)
        face.bar.save.setEnabled(some)
        face.bar.clear.setEnabled(some)

    def write(self) -> str:
        """Write the facts in the language in force, and return what is said in the status bar."""
        gallery, face = self._gallery, self._face
        if gallery is None:
            face.bar.facts.set_whole("")
            return ""
        pictures = self.tr("Pictures: {0}").format(grouped(len(gallery.items)))
        face.bar.facts.set_whole(f"{pictures} · {say(gallery.space.said)}")
        left = len(gallery.items) > MOST_COMPARED
        said = self.tr("The first {0} of {1} pictures: more cells could not be told apart.")
        face.matrices.note.setText(said.format(MOST_COMPARED, grouped(len(gallery.items))) if left else "")
        face.matrices.note.setVisible(left)
        return f"{pictures} · {gallery.network.title} · {gallery.space.layer}"

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
