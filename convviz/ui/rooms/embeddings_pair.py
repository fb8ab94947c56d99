"""What is said of the chosen pair: both pictures, the three distances, and what is nearest to the first."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from convviz.core.distances import Distance, written
from convviz.core.pieces import Piece
from convviz.ui.gallery import Gallery
from convviz.ui.gallery_jobs import Nearest, find_nearest
from convviz.ui.rooms.embeddings_face import EmbeddingsFace
from convviz.ui.widgets.pair import Pair
from convviz.work.jobs import Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


class PairBoard(QObject):
    """Writes the arithmetic of the chosen pair, and fills the panel at the right.

    Parameters
    ----------
    face : EmbeddingsFace
        Whose pair, line and panel.
    thread : WorkerThread
        Where neighbours are looked for.
    """

    defect = Signal(str)  # details of an error nobody foresaw

    def __init__(self, face: EmbeddingsFace, thread: WorkerThread) -> None:
        super().__init__(face)
        self._pair, self._line, self._panel = face.pair, face.line, face.panel
        self._face = face
        self._gallery: Gallery | None = None
        self._distances: dict[Distance, str] = {}
        # Which two are to be chosen once they are there, and which were when that was last seen to.
        self._wanted: Pair | None = None
        self._left = Pair()
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._show_nearest)
        self._pair.changed.connect(self.show)
        self._panel.kind_chosen.connect(self._find_nearest)
        self._panel.second_chosen.connect(self._choose_second)

    @property
    def busy(self) -> bool:
        """Whether neighbours are being looked for."""
        return self._lane.busy

    def set_gallery(self, before: Gallery | None, gallery: Gallery) -> None:
        """Go over to other pictures, or other vectors; the pair stays where its pictures are still there."""
        self._gallery = gallery
        if self._wanted is not None and self._left == self._chosen:
            self._pair.set_count(len(gallery.items), self._wanted.first, self._wanted.second)
            self._left = self._chosen
            self._wanted = self._wanted if gallery.missing else None
            return
        self._wanted = None
        places = {id(item): place for place, item in enumerate((*gallery.items, *gallery.missing))}
        chosen = [0, 1]
        for which, number in enumerate((self._pair.first, self._pair.second)):
            # One alone was compared with itself only for want of another.
            if before is not None and len(before.items) > which and number >= 0:
                chosen[which] = places.get(id(before.items[number]), which)
        self._pair.set_count(len(gallery.items), *chosen)
        if before is not None and max(chosen) >= len(gallery.items) and gallery.missing:
            # Those that were chosen are on their way again.
            self.want_pair(*chosen)

    @property
    def _chosen(self) -> Pair:
        return Pair(self._pair.first, self._pair.second)

    def want_pair(self, first: int, second: int) -> None:
        """Have two of the pictures chosen that are on their way, unless the user chooses others meanwhile."""
        self._wanted, self._left = Pair(first, second), self._chosen

    def forget_wanted(self) -> None:
        """Leave the pair as it is: what was on its way does not come, or is here."""
        self._wanted = None

    @property
    def wanted_pair(self) -> tuple[int, int]:
        """The numbers of the two pictures that are chosen, or are to be."""
        pair = self._wanted if self._wanted is not None and self._left == self._chosen else self._chosen
        return pair.first, pair.second

    def set_distance_names(self, names: dict[Distance, str]) -> None:
        """Write what the distances are called."""
        self._distances = names
        self.show()

    @Slot()
    def show(self) -> None:
        """Show the pair that is chosen."""
        gallery, names = self._gallery, self._names()
        images, said = [], []
        for number in (self._pair.first, self._pair.second):
            known = gallery is not None and number >= 0
            images.append(gallery.thumbnails[number] if gallery is not None and known else QImage())
            said.append(names[number] if known else "")
        self._panel.show_pair(images, said)
        self._panel.show_second(self._pair.second)
        self._write_line()
        self._find_nearest()

    def _names(self) -> list[str]:
        return [] if self._gallery is None else [item.title for item in self._gallery.items]

    def _write_line(self) -> None:
        """Write the three distances of the pair out."""
        gallery, first, second = self._gallery, self._pair.first, self._pair.second
        self._write_meaning()
        if gallery is None or first < 0:
            self._line.clear()
            return
        names, undefined = self._names(), self.tr("undefined, a vector of zeros has no direction")
        a, b = gallery.vectors[first], gallery.vectors[second]
        width = max(map(len, self._distances.values()))
        lines = tuple(
            (Piece(f"{self._distances[kind].ljust(width)}  "), *written(kind, a, b, undefined))
            for kind in Distance
        )
        title = f"a = {names[first]}, b = {names[second]}"
        if first == second:
            title = self.tr("{0}, with itself").format(names[first])
        self._line.set_cell(title, lines)

    def _write_meaning(self) -> None:
        """Say what the numbers mean where they are no ordinary ones."""
        self._face.meaning.setText(self.meaning())
        self._face.show_meaning()

    def meaning(self) -> str:
        """Return what is special about the pair; empty if nothing is."""
        gallery, first, second = self._gallery, self._pair.first, self._pair.second
        if gallery is None or first < 0:
            return ""
        a, b = gallery.vectors[first], gallery.vectors[second]
        zeros = [number for number, vector in ((first, a), (second, b)) if not vector.any()]
        if zeros:
            said = self.tr("{0}: a vector of zeros. It has no direction, so no cosine distance.")
            text = said.format(self._names()[zeros[0]])
            equal = self.tr("The vectors are equal: Euclidean and maximum distance are 0.")
            return f"{text} {equal}" if len(zeros) == 2 else text
        if len(gallery.items) == 1:
            return self.tr("One picture alone: add another to compare them.")
        if first == second:
            return self.tr("A picture compared with itself: every distance is 0.")
        if np.array_equal(a, b):
            return self.tr("The vectors are equal: every distance is 0.")
        return ""

    @Slot()
    def _find_nearest(self) -> None:
        gallery = self._gallery
        if gallery is None or self._pair.first < 0:
            self._panel.show_nearest((), (), (), -1)
            return
        kind = Distance(self._panel.kind.choice())
        self._lane.submit(Nearest(gallery, kind, self._pair.first), find_nearest)

    @Slot(object)
    def _show_nearest(self, outcome: Outcome) -> None:
        asked = outcome.request
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif (
            isinstance(asked, Nearest)
            and isinstance(outcome.result, tuple)
            and asked.gallery is self._gallery
        ):
            thumbnails = asked.gallery.thumbnails
            self._panel.show_nearest(outcome.result, self._names(), thumbnails, self._pair.second)

    @Slot(int)
    def _choose_second(self, number: int) -> None:
        self._pair.choose(second=number)
