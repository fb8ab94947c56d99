"""Pictures into the session: files, samples, the clipboard, dropped things."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, ConvSpec, PoolSpec
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.matrices import parse_matrix
from convviz.files.pictures import from_array, open_picture
from convviz.files.samples import Example, load_examples, open_sample
from convviz.ui.language import picture_title
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.state import LayerSettings, State
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread


@dataclass(frozen=True)
class _OpenRequest:
    """A file, or a sample when ``sample`` is set."""

    path: str
    background: tuple[int, int, int]
    sample: bool = False


def _open(request: _OpenRequest, context: JobContext) -> Picture:
    context.check()
    if request.sample:
        return open_sample(request.path)
    return open_picture(request.path, background=request.background)


class Opener(QObject):
    """Opens pictures on the long lane; the picture that was open stays until the new one is there.

    Parameters
    ----------
    session : Session
        Where they go.
    preferences : Preferences
        The recent files and the colour behind transparent pictures.
    long : WorkerThread
        Where they are decoded.
    parent : QObject
        Owner.
    """

    failed = Signal(object)  # Sentence: why a picture could not be opened
    defect = Signal(str)  # details of an error nobody foresaw
    opened = Signal()  # another picture is in the session
    busy_changed = Signal(bool)  # whether a picture is being opened

    def __init__(
        self, session: Session, preferences: Preferences, long: WorkerThread, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self._lane = Lane(long, self)
        self._lane.finished.connect(self._finish)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether a picture is being opened."""
        return self._lane.busy

    def open_path(self, path: str) -> None:
        """Open the file at ``path``."""
        self._lane.submit(_OpenRequest(path, self._preferences.background), _open, new_epoch=True)

    def open_sample(self, sample: str) -> None:
        """Open a photograph that comes with the application."""
        self._lane.submit(
            _OpenRequest(sample, self._preferences.background, sample=True), _open, new_epoch=True
        )

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

    def show_picture(self, picture: Picture) -> None:
        """Put ``picture`` into the session, as one step to undo."""
        state = self._session.state.with_picture(picture)
        if picture.kind is PictureKind.GRID and picture.channels == 1:
            state = replace(state, channel_mode=ChannelMode.GREY)
        self._session.edit(state, self.tr("open {0}").format(picture_title(picture)))
        self.opened.emit()

    def show_matrix(self, planes: NDArray[np.float64]) -> None:
        """Put numbers (C, H, W) that were typed or pasted into the session."""
        try:
            picture = from_array(planes.transpose(1, 2, 0).astype(np.float32), self.tr("Typed numbers"))
        except Problem as problem:
            self.failed.emit(problem.sentence)
            return
        values = picture.values.astype(np.float32)
        low, high = float(values.min()), float(values.max())
        self.show_picture(replace(picture, values=values, kind=PictureKind.GRID, low=low, high=high))

    def show_example(self, example_id: str) -> None:
        """Put a worked example into the session: its numbers, its kernel and its settings."""
        example = next(e for e in load_examples() if e.id == example_id)
        title = example.titles.get(QLocale().name()[:2], example.titles["en"])
        self._session.edit(example_state(example, self._session.state), title)
        self.opened.emit()

    def shift(self, down: int, right: int) -> None:
        """Move the picture by whole pixels, to see that the result moves along."""
        state = self._session.state
        self._session.edit(
            state.with_picture(state.picture.shifted(down, right)), self.tr("shift picture"), "shift"
        )

    def take(self, mime: QMimeData) -> bool:
        """Open what was pasted or dropped: a file, a picture or a matrix.

        Returns
        -------
        bool
            Whether there was anything to open.
        """
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if files:
            self.open_path(files[0])
            return True
        if mime.hasImage():
            image = mime.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.show_picture(self._pasted(image))
                return True
        if mime.hasText() and mime.text().strip():
            return self._take_text(mime.text())
        self.failed.emit(
            Sentence(QT_TRANSLATE_NOOP("Sentence", "There is no picture, file or matrix on the clipboard."))
        )
        return False

    def _take_text(self, text: str) -> bool:
        try:
            self.show_matrix(parse_matrix(text)[np.newaxis])
        except Problem as problem:
            self.failed.emit(problem.sentence)
            return False
        return True

    def _pasted(self, image: QImage) -> Picture:
        notes: tuple[Sentence, ...] = ()
        if image.hasAlphaChannel():
            flat = QImage(image.size(), QImage.Format.Format_RGB888)
            flat.fill(QColor(*self._preferences.background))
            painter = QPainter(flat)
            painter.drawImage(0, 0, image)
            painter.end()
            image = flat
            notes = (
                Sentence(
                    QT_TRANSLATE_NOOP("Sentence", "Transparent parts show the chosen background colour.")
                ),
            )
        image = image.convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
        return Picture(pixels, self.tr("Pasted picture"), notes=notes)


def example_state(example: Example, state: State) -> State:
    """Return ``state`` with a worked example's numbers, filters and settings in place."""
    settings = LayerSettings(operation=None)
    bank = FilterBank(np.ones((1, 1, 1, 1)))
    picture = open_sample(example.id)
    mode = ChannelMode.SUM if picture.channels > 1 else ChannelMode.GREY
    for op in example.chain:
        match op:
            case ConvSpec():
                settings = replace(
                    settings,
                    operation=op.operation,
                    stride=op.stride,
                    dilation=op.dilation,
                    padding=op.padding,
                    padding_mode=op.padding_mode,
                )
                bank = FilterBank(op.weights, ("",) * len(op.bias), op.bias)
            case PoolSpec():
                settings = replace(
                    settings, pool=op.kind, pool_size=op.size, pool_stride=op.stride, pool_padding=op.padding
                )
            case Activation():
                settings = replace(settings, activation=op)
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
