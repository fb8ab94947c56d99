"""The patches of a folder's pictures that excite a map most, from a worker thread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from convviz.core.picture import Picture
from convviz.core.text import Problem
from convviz.engine.render import render_rgb
from convviz.files.folders import pictures_in
from convviz.files.pictures import open_picture
from convviz.files.pixels import Colour
from convviz.nets.network import Network
from convviz.nets.records import Trace
from convviz.nets.why.patches import Gallery, Patch, look_through
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

MOST = 16
# Patches are kept no larger than this: none is shown larger.
SIDE_PX = 320


@dataclass(frozen=True, eq=False)
class Search:
    """A network, a folder, and the colour behind transparent pictures."""

    network: Network
    folder: str
    background: Colour


@dataclass(frozen=True, eq=False)
class Looked:
    """What was found in a folder: the strongest patches of all maps, and the files they lie in."""

    search: Search
    paths: tuple[str, ...]
    gallery: Gallery


@dataclass(frozen=True, eq=False)
class Cut:
    """A patch as a picture of its own.

    Parameters
    ----------
    path : str
        File it lies in.
    patch : Patch
        Where it lies there, and how strong the unit is.
    image : QImage or None
        What the unit sees, at most SIDE_PX wide and high; grey beyond the picture. None if the file cannot be
        read any more.
    """

    path: str
    patch: Patch
    image: QImage | None


@dataclass(frozen=True, eq=False)
class Wall:
    """The patches of one map, the strongest first."""

    looked: Looked
    layer: int
    number: int
    cuts: tuple[Cut, ...] = ()


def _look(asked: Search, context: JobContext) -> Looked:
    paths = pictures_in(asked.folder, context.check)

    def run(path: str) -> Trace:
        return asked.network.trace(open_picture(path, background=asked.background), check=context.check)

    return Looked(asked, paths, look_through(paths, run, MOST, context.progress))


def _hang(asked: Wall, context: JobContext) -> Wall:
    cuts = []
    for patch in asked.looked.gallery.patches(asked.layer, asked.number):
        context.check()
        path = asked.looked.paths[patch.picture]
        try:
            image = cut_out(open_picture(path, background=asked.looked.search.background), patch.photo)
        except Problem:
            image = None
        cuts.append(Cut(path, patch, image))
    return Wall(asked.looked, asked.layer, asked.number, tuple(cuts))


def cut_out(picture: Picture, where: tuple[float, ...]) -> QImage:
    """Return what lies at (top, left, height, width) of a picture, grey where there is no picture.

    Whole pixels, at least one; made smaller if it is larger than SIDE_PX.
    """
    top, left = round(where[0]), round(where[1])
    bottom, right = max(top + 1, round(where[0] + where[2])), max(left + 1, round(where[1] + where[3]))
    # A receptive field can be many times the picture; nothing is to be seen around it.
    top, bottom = _clip(top, bottom, picture.height)
    left, right = _clip(left, right, picture.width)
    inside = picture.values[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    pixels = np.full((bottom - top, right - left), 0xFF808080, np.uint32)
    if inside.size:
        rows, columns = inside.shape[:2]
        y, x = max(-top, 0), max(-left, 0)
        pixels[y : y + rows, x : x + columns] = render_rgb(_planes(inside), picture.low, picture.high)
    height, width = pixels.shape
    # A copy, which keeps its memory.
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()
    if max(height, width) <= SIDE_PX:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(SIDE_PX, SIDE_PX, keep, smooth)


def _clip(first: int, end: int, size: int) -> tuple[int, int]:
    """Return a range of pixels that reaches at most half a picture beyond it, and is not empty."""
    low, high = -(size // 2), size + size // 2
    return min(max(first, low), high - 1), min(max(end, low + 1), high)


def _planes(pixels: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return pixels (H, W, C) as red, green and blue (3, H, W)."""
    three = pixels if pixels.shape[2] == 3 else np.repeat(pixels[:, :, :1], 3, axis=2)
    return np.ascontiguousarray(np.moveaxis(three, 2, 0), np.float32)


class PatchFinder(QObject):
    """Looks through a folder once, and then has the patches of any map at hand.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    looked = Signal(object)  # Looked: all pictures of a folder were seen
    hung = Signal(object)  # Wall: the patches of a map
    failed = Signal(object)  # Sentence: why there are none
    defect = Signal(str)  # details of an error nobody foresaw
    progressed = Signal(float, object)  # share that is done; Sentence or None
    busy_changed = Signal(bool)  # whether something is awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._search, self._wall = Lane(thread, self), Lane(thread, self)
        for lane in (self._search, self._wall):
            lane.finished.connect(self._finish)
            lane.busy_changed.connect(self._tell_busy)
        self._search.progressed.connect(self.progressed)

    @property
    def busy(self) -> bool:
        """Whether something is awaited."""
        return self._search.busy or self._wall.busy

    @property
    def searches(self) -> bool:
        """Whether a folder is being looked through."""
        return self._search.busy

    def search(self, asked: Search) -> None:
        """Look through a folder; what was looked for before is given up."""
        self._wall.cancel()
        self._search.submit(asked, _look, new_epoch=True)

    def hang(self, looked: Looked, layer: int, number: int) -> None:
        """Cut out the patches of map ``number`` of a layer; those of another map are given up."""
        self._wall.submit(Wall(looked, layer, number), _hang, new_epoch=True)

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited."""
        self._search.cancel()
        self._wall.cancel()

    @Slot()
    def _tell_busy(self) -> None:
        self.busy_changed.emit(self.busy)

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Looked):
            self.looked.emit(outcome.result)
        elif isinstance(outcome.result, Wall):
            self.hung.emit(outcome.result)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
