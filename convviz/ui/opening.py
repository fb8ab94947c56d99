"""Pictures into the session: files, samples, the clipboard, dropped things."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QImage

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import ConvSpec
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.pictures import open_picture
from convviz.files.pixels import Colour
from convviz.files.samples import Example, load_examples, open_sample
from convviz.ui.language import picture_title
from convviz.ui.pasting import TYPED, paste_image, paste_png, paste_text, picture_of_numbers
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.state import LayerSettings, State
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

_PNG = "image/png"


@dataclass(frozen=True)
class _File:
    """A file, the first of ``count`` that were given at once."""

    path: str
    background: Colour
    count: int = 1


@dataclass(frozen=True, eq=False)
class _Pasted:
    """What was pasted or dropped that is no file; an image is a shared, read-only copy."""

    content: QImage | bytes | str
    background: Colour


def _open_file(request: _File, context: JobContext) -> Picture:
    context.check()
    return open_picture(request.path, background=request.background)


def _open_sample(sample: str, context: JobContext) -> Picture:
    context.check()
    return open_sample(sample)


def _paste(request: _Pasted, context: JobContext) -> Picture:
    context.check()
    match request.content:
        case str(text):
            return paste_text(text)
        case bytes(data):
            return paste_png(data, request.background)
        case image:
            return paste_image(image, request.background, context.check)


class Opener(QObject):
    """Opens pictures on a lane of their own; the picture that was open stays until the new one is there.

    Parameters
    ----------
    session : Session
        Where they go.
    preferences : Preferences
        The recent files and the colour behind transparent pictures.
    thread : WorkerThread
        Where they are read and decoded; nothing else should make them wait there.
    parent : QObject
        Owner.
    """

    failed = Signal(object)  # Sentence: why a picture could not be opened
    noted = Signal(object)  # Sentence: something to know about what was opened
    defect = Signal(str)  # details of an error nobody foresaw
    opened = Signal()  # another picture is in the session
    busy_changed = Signal(bool)  # whether a picture is being opened

    def __init__(
        self, session: Session, preferences: Preferences, thread: WorkerThread, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._finish)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether a picture is being opened."""
        return self._lane.busy

    def open_path(self, path: str) -> None:
        """Open the file at ``path``."""
        self._lane.submit(_File(path, self._preferences.background), _open_file, new_epoch=True)

    def open_sample(self, sample: str) -> None:
        """Open a photograph that comes with the application."""
        self._lane.submit(sample, _open_sample, new_epoch=True)

    def reopen(self) -> None:
        """Read the picture's file again, after the colour behind transparent pictures changed."""
        if self._session.state.picture.source:
            self.open_path(self._session.state.picture.source)

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)
        elif isinstance(outcome.result, Picture):
            if outcome.result.source:
                self._preferences.add_recent(outcome.result.source)
            self.show_picture(outcome.result)
            if isinstance(outcome.request, _File) and outcome.request.count > 1:
                note = QT_TRANSLATE_NOOP("Sentence", "Opened the first of {count} files.")
                self.noted.emit(Sentence(note, {"count": outcome.request.count}))

    def show_picture(self, picture: Picture) -> None:
        """Put ``picture`` into the session, as one step to undo."""
        state = self._session.state.with_picture(picture)
        if picture.kind is PictureKind.GRID and picture.channels == 1:
            state = replace(state, channel_mode=ChannelMode.GREY)
        self._session.edit(state, self.tr("open {0}").format(picture_title(picture)))
        self.opened.emit()

    def show_matrix(self, planes: NDArray[np.float64]) -> None:
        """Put numbers (C, H, W) that were typed into the session."""
        try:
            picture = picture_of_numbers(planes, TYPED)
        except Problem as problem:
            self.failed.emit(problem.sentence)
        else:
            self.show_picture(picture)

    def show_example(self, example_id: str) -> None:
        """Put a worked example into the session: its numbers, its kernel and its settings."""
        example = next(e for e in load_examples() if e.id == example_id)
        title = example.titles.get(QLocale().name()[:2], example.titles["en"])
        self._session.edit(example_state(example, self._session.state), title)
        self.opened.emit()

    def shift(self, down: int, right: int) -> None:
        """Move the picture by whole pixels, to see that the result moves along."""
        self._session.shift(down, right, self.tr("shift picture"))

    def take(self, mime: QMimeData) -> bool:
        """Open what was pasted or dropped: a file, a picture or a matrix.

        It is only fetched here; reading it is for the lane, and what is wrong with it is told by ``failed``.

        Returns
        -------
        bool
            Whether there was anything to open.
        """
        background = self._preferences.background
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if files:
            self._lane.submit(_File(files[0], background, len(files)), _open_file, new_epoch=True)
            return True
        content = _content(mime)
        if content is not None:
            self._lane.submit(_Pasted(content, background), _paste, new_epoch=True)
            return True
        self.failed.emit(
            Sentence(QT_TRANSLATE_NOOP("Sentence", "There is no picture, file or matrix on the clipboard."))
        )
        return False


def _content(mime: QMimeData) -> QImage | bytes | str | None:
    """Return what there is to read, as little changed as possible: this runs while the window waits."""
    if mime.hasImage():
        # As bytes the picture need not be decoded here.
        if mime.hasFormat(_PNG) and (data := mime.data(_PNG).data()):
            return bytes(data)
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return QImage(image)
    return mime.text() if mime.hasText() and mime.text().strip() else None


def example_state(example: Example, state: State) -> State:
    """Return ``state`` with a worked example's numbers, filters and settings in place."""
    settings = LayerSettings(operation=None)
    bank = FilterBank(np.ones((1, 1, 1, 1)))
    picture = open_sample(example.id)
    mode = ChannelMode.SUM if picture.channels > 1 else ChannelMode.GREY
    for op in example.chain:
        settings = settings.with_operation(op)
        if isinstance(op, ConvSpec):
            bank = FilterBank(op.weights, ("",) * len(op.bias), op.bias)
    channel = 0 if bank.weights.shape[1] > 1 else None
    return replace(
        state,
        picture=picture,
        bank=bank,
        settings=settings,
        selected=0,
        kernel_channel=channel,
        channel_mode=mode,
        mix=None,
    )
