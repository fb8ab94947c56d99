"""Pictures of a live source on their way in, from a worker thread."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP
from convviz.files.folders import pictures_in
from convviz.files.pictures import open_picture
from convviz.files.pixels import Colour
from convviz.ui.pasting import paste_image
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

CAMERA = QT_TRANSLATE_NOOP("Sentence", "Camera picture")


@dataclass(frozen=True)
class _Folder:
    """A folder whose pictures are to be listed."""

    path: str


@dataclass(frozen=True)
class _File:
    """A picture of the folder, and the colour behind what is transparent."""

    path: str
    background: Colour


@dataclass(frozen=True, eq=False)
class _Frame:
    """What a camera saw."""

    image: QImage
    background: Colour


def _read(asked: _Folder | _File | _Frame, context: JobContext) -> tuple[str, ...] | Picture:
    context.check()
    match asked:
        case _Folder():
            return pictures_in(asked.path, context.check)
        case _File():
            return open_picture(asked.path, background=asked.background)
        case _Frame():
            return replace(paste_image(asked.image, asked.background, context.check), name=CAMERA)


class LiveReader(QObject):
    """Reads one thing at a time; what is asked for anew replaces what was asked for before.

    Parameters
    ----------
    thread : WorkerThread
        Where pictures are read and decoded.
    parent : QObject
        Owner.
    """

    listed = Signal(object)  # tuple of str: the pictures of a folder
    came = Signal(object)  # Picture
    refused = Signal(str, object)  # path of a picture that cannot be read; Sentence: why
    failed = Signal(object)  # Sentence: why nothing will come
    defect = Signal(str)  # details of an error nobody foresaw
    busy_changed = Signal(bool)  # whether something is awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._finish)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether something is awaited."""
        return self._lane.busy

    def list(self, folder: str) -> None:
        """Ask for the pictures of a folder."""
        self._lane.submit(_Folder(folder), _read, new_epoch=True)

    def read(self, path: str, background: Colour) -> None:
        """Ask for a picture file."""
        self._lane.submit(_File(path, background), _read, new_epoch=True)

    def convert(self, image: QImage, background: Colour) -> None:
        """Ask for a camera's frame as a picture."""
        self._lane.submit(_Frame(image, background), _read)

    @Slot()
    def cancel(self) -> None:
        """Give up what is awaited."""
        self._lane.cancel()

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Picture):
            self.came.emit(outcome.result)
        elif isinstance(outcome.result, tuple):
            self.listed.emit(outcome.result)
        elif outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif isinstance(outcome.request, _File):
            self.refused.emit(outcome.request.path, outcome.problem)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
