"""Jobs of the embeddings room: making a gallery, looking for neighbours, writing a file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convviz.core.distances import Distance, distances_from
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.vectors import names_beside, save_vectors
from convviz.nets.catalog import entries
from convviz.nets.entries import Entry
from convviz.ui.gallery import Gallery, Wanted, make_gallery
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

MOST_NEAREST = 30
"""How many nearest pictures are listed."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The pictures nearest to one.

    Parameters
    ----------
    gallery : Gallery
        Whose pictures.
    kind : Distance
        By which distance.
    first : int
        Number of the picture they are near to.
    """

    gallery: Gallery
    kind: Distance
    first: int


def find_nearest(asked: Nearest, context: JobContext) -> tuple[tuple[int, float], ...]:
    """Return the numbers and distances of the nearest pictures, the nearest first; undefined ones last."""
    vectors = asked.gallery.vectors
    found = distances_from(asked.kind, vectors[asked.first], vectors, context.check)
    order = [int(n) for n in np.argsort(found, kind="stable") if n != asked.first]
    return tuple((n, float(found[n])) for n in order[:MOST_NEAREST])


def list_networks(request: None, context: JobContext) -> tuple[Entry, ...]:
    """Return the networks there are."""
    del request
    context.check()
    return entries()


@dataclass(frozen=True, eq=False)
class Saving:
    """A gallery to be written to a file."""

    gallery: Gallery
    path: str


def save_gallery(asked: Saving, context: JobContext) -> Sentence:
    """Write the vectors and say so."""
    context.check()
    gallery, path = asked.gallery, Path(asked.path)
    names = [item.path or item.title for item in gallery.items]
    save_vectors(path, names, gallery.vectors, context.check)
    if path.suffix.lower() == ".npy":
        said = QT_TRANSLATE_NOOP(
            "Sentence", "{name} was saved, and beside it {names} with the pictures' names."
        )
        return Sentence(said, {"name": path.name, "names": names_beside(path).name})
    return Sentence(QT_TRANSLATE_NOOP("Sentence", "{name} was saved."), {"name": path.name})


class GalleryMaker(QObject):
    """Embeds pictures on a lane of its own; what is on screen stays until there are other vectors.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    made = Signal(object)  # Gallery: newer than the one before; perhaps with more pictures to come
    failed = Signal(object)  # Sentence: why there is no newer one
    defect = Signal(str)  # details of an error nobody foresaw
    progressed = Signal(float, object)  # share that is done; Sentence or None
    busy_changed = Signal(bool)  # whether a gallery, or the rest of one, is awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._told_busy = False
        # Between one part of the pictures and the next the lane is free for a moment: not worth telling.
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._tell_busy)
        self._lane.finished.connect(self._finish)
        self._lane.progressed.connect(self.progressed)
        self._lane.busy_changed.connect(self._settling.start)

    @property
    def busy(self) -> bool:
        """Whether a gallery, or the rest of one, is awaited."""
        return self._lane.busy

    def ask(self, wanted: Wanted) -> None:
        """Ask for a gallery; what was asked for before is given up."""
        self._lane.submit(wanted, make_gallery, new_epoch=True)
        self._tell_busy()

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited."""
        self._lane.cancel()
        self._tell_busy()

    @Slot()
    def _tell_busy(self) -> None:
        if self.busy != self._told_busy:
            self._told_busy = self.busy
            self.busy_changed.emit(self.busy)

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        gallery = outcome.result
        if isinstance(gallery, Gallery):
            if gallery.missing:
                self._lane.submit(gallery.rest, make_gallery)
            # As long as every picture was left out, there may yet be one to show.
            if gallery.items or not gallery.missing:
                self.made.emit(gallery)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif isinstance(outcome.problem, Sentence):
            self.failed.emit(outcome.problem)
