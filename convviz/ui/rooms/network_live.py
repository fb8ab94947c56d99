"""A folder or a camera played before the network, which follows each picture."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.ui.live_camera import Camera, FrameSource
from convviz.ui.live_reader import LiveReader
from convviz.ui.preferences import Preferences
from convviz.ui.rooms.live_bar import LiveBar
from convviz.ui.session import Session

# A camera that gives no picture for so long gives none any more.
SILENCE_MS = 5000


class NetworkLive(QObject):
    """Puts picture after picture into the session, each after the network is done with the one before.

    All of it is one step to undo. It ends where the session gets a picture from elsewhere.

    Parameters
    ----------
    session : Session
        Where the pictures go.
    preferences : Preferences
        What remembers the folder.
    reader : LiveReader
        Who reads pictures.
    bar : LiveBar
        Where it is played.
    is_waiting : callable
        Whether an answer about the picture on screen is still awaited.
    """

    failed = Signal(object)  # Sentence: why nothing is played

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        reader: LiveReader,
        bar: LiveBar,
        is_waiting: Callable[[], bool],
    ) -> None:
        super().__init__(bar)
        self.make_camera: Callable[[QObject], FrameSource] = Camera
        self._session, self._preferences, self._reader = session, preferences, reader
        self._bar, self._is_waiting = bar, is_waiting
        self._paths: tuple[str, ...] = ()
        self._camera: FrameSource | None = None
        self._at, self._way = 0, 1
        self._refused: dict[str, Sentence] = {}
        self._playing = self._is_due = False
        # The picture that was put into the session last; None before the first.
        self._last: Picture | None = None
        self._stay = QTimer(self, singleShot=True)
        self._stay.timeout.connect(self._be_due)
        self._silence = QTimer(self, singleShot=True, interval=SILENCE_MS)
        self._silence.timeout.connect(self._tell_silence)
        reader.listed.connect(self._begin_folder)
        reader.came.connect(self._take)
        reader.refused.connect(self._refuse)
        reader.failed.connect(self._fail)
        reader.busy_changed.connect(self.proceed)
        bar.back.clicked.connect(self.back)
        bar.forward.clicked.connect(self.forward)
        bar.toggle.clicked.connect(self.toggle)
        bar.stop.clicked.connect(self.stop)
        bar.seconds_chosen.connect(self._restart)

    @property
    def is_on(self) -> bool:
        """Whether a folder or a camera is a source now, though it may pause."""
        return bool(self._paths) or self._camera is not None

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._playing

    @Slot()
    def play_folder(self) -> None:
        """Ask for a folder, and play its pictures."""
        title = self.tr("Play the pictures of a folder")
        folder = QFileDialog.getExistingDirectory(self._bar, title, self._preferences.folder)
        if folder:
            self.stop()
            self._preferences.folder = folder
            self._reader.list(folder)

    @Slot()
    def play_camera(self) -> None:
        """Let the network look through the camera."""
        self.stop()
        try:
            self._camera = self.make_camera(self)
        except Problem as problem:
            self.failed.emit(problem.sentence)
            return
        self._camera.started.connect(self._silence.start)
        self._camera.arrived.connect(self._hear)
        self._camera.failed.connect(self._fail)
        self._bar.begin(folder=False)
        self._write()
        self._set_playing(True)
        self._camera.start()

    @Slot()
    def stop(self) -> None:
        """Play nothing any more; the picture stays."""
        self._reader.cancel()
        self._stay.stop()
        self._silence.stop()
        if self._camera is not None:
            self._camera.stop()
            self._camera.deleteLater()
        self._camera, self._paths, self._last = None, (), None
        self._refused.clear()
        self._set_playing(False)
        self._bar.hide()

    @Slot()
    def toggle(self) -> None:
        """Pause, or go on."""
        if self.is_on:
            self._set_playing(not self._playing)
            if self._playing and self._paths:
                self._step(1)
            elif self._playing:
                self._silence.start()

    @Slot()
    def forward(self) -> None:
        """Show the next picture of the folder now."""
        self._step(1)

    @Slot()
    def back(self) -> None:
        """Show the picture before now."""
        self._step(-1)

    def follow(self, picture: Picture) -> None:
        """Stop if the session's picture is from elsewhere."""
        if self.is_on and self._last is not None and picture is not self._last:
            self.stop()

    @Slot()
    def proceed(self) -> None:
        """Go on to the next picture, if its time has come and the network has answered."""
        if not (self._is_due and self._playing) or self._reader.busy or self._is_waiting():
            return
        self._is_due = False
        if self._camera is None:
            self._go_on()
        elif (image := self._camera.image()) is not None:
            self._reader.convert(image, self._preferences.background)

    @Slot(object)
    def _begin_folder(self, paths: tuple[str, ...]) -> None:
        self._paths, self._at = paths, -1
        self._bar.begin(folder=True)
        self._set_playing(True)
        self._step(1)

    def _go_on(self) -> None:
        if self._at + 1 < len(self._paths) or self._bar.loop.isChecked():
            self._step(1)
        else:
            self._set_playing(False)

    def _step(self, by: int) -> None:
        if self._paths:
            self._stay.stop()
            self._at, self._way = (self._at + by) % len(self._paths), by
            self._reader.read(self._paths[self._at], self._preferences.background)
            self._write()

    @Slot(object)
    def _take(self, picture: Picture) -> None:
        if not self.is_on:
            return
        is_first, self._last = self._last is None, picture
        state = self._session.state.with_picture(picture)
        if is_first:
            self._session.edit(state, self.tr("live pictures"))
        else:
            self._session.apply(state)
        self._write()
        self._restart()

    @Slot()
    def _restart(self) -> None:
        """Let the picture stay for its time, from now on."""
        if self._paths and self._playing and not self._reader.busy:
            self._stay.start(self._bar.interval_ms)

    @Slot()
    def _be_due(self) -> None:
        self._is_due = True
        self.proceed()

    @Slot()
    def _hear(self) -> None:
        if self._playing:
            self._silence.start()
            self._be_due()

    @Slot(str, object)
    def _refuse(self, path: str, why: Sentence) -> None:
        """Pass over a picture that cannot be read; if none can, say so."""
        if path not in self._paths:
            return
        self._refused[path] = why
        if len(self._refused) < len(self._paths):
            self._step(self._way)
            return
        self._fail(
            Sentence(
                QT_TRANSLATE_NOOP("Sentence", "None of the folder's pictures can be read. The last: {why}"),
                {"why": why},
            )
        )

    @Slot(object)
    def _fail(self, sentence: Sentence) -> None:
        self.stop()
        self.failed.emit(sentence)

    @Slot()
    def _tell_silence(self) -> None:
        self._fail(
            Sentence(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "No picture comes from the camera; check it and start it again.",
                )
            )
        )

    def _set_playing(self, playing: bool) -> None:
        self._playing, self._is_due = playing, False
        if not playing:
            self._stay.stop()
            self._silence.stop()
        self._bar.show_playing(playing)

    def _write(self) -> None:
        """Write which picture it is, and how many were left out."""
        if not self._paths:
            self._bar.said.set_whole(self.tr("Camera"))
            return
        path = self._paths[self._at]
        parts = [f"{self._at + 1} / {len(self._paths)}", Path(path).name]
        names = ""
        if self._refused:
            names = ", ".join(Path(each).name for each in self._refused)
            parts.append(self.tr("left out: {0} ({1})").format(len(self._refused), names))
        self._bar.said.set_whole(" · ".join(parts), path)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        if self.is_on:
            self._write()
