"""The real window, with a picture in it, to be timed."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from convviz.commands.measures.rivals import cores
from convviz.core import kernels
from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.core.specs import Activation, PaddingMode, PoolKind
from convviz.engine.backend import load_torch
from convviz.engine.frames import Frame
from convviz.files.samples import PHOTO_SAMPLES, open_sample
from convviz.ui import theme
from convviz.ui.app import Application, first_state, qt_application
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.state import LayerSettings, Room, State
from convviz.ui.theme import Theme
from convviz.ui.window import Window
from convviz.work.threads import Threads

WINDOW_SIZE = (1920, 1080)
# What is not needed for the picture may follow the hand later, and must be done before the next edit.
FOLLOW_UP_SECONDS = 0.1
WAIT_SECONDS = 60.0
LOOK_MS = 20


class Paints(QObject):
    """Notices when every pane of the result shows a frame and has been painted.

    A filter takes the paint events of those panes, lets them handle the event themselves and looks at the
    clock afterwards: that is the end of the paint event.

    Parameters
    ----------
    window : Window
        In the convolution room.
    """

    painted = Signal()  # the newest frame is on screen, in all panes of the result

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._frame: Frame | None = None
        self._left: set[QObject] = set()
        self.shown: Frame | None = None
        self.ended = 0.0
        self.count = 0
        # Connected after the room: by the time this is told, the panes have their pixels.
        window.feed.framed.connect(self._expect)

    def _results(self) -> set[QObject]:
        stages = self._window.convolution.stages
        return {stages.panes[place.key] for place in stages.columns[-1].maps}

    @Slot(object)
    def _expect(self, frame: Frame) -> None:
        self._frame, self._left = frame, self._results()
        for pane in self._left:
            # Installed again, a filter is only moved to the front.
            pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a pane paint itself, and note that it has."""
        if event.type() != QEvent.Type.Paint:
            return False
        watched.event(event)
        if watched in self._left:
            self._left.discard(watched)
            if not self._left:
                self.ended = time.perf_counter()
                self.shown = self._frame
                self.count += 1
                self.painted.emit()
        return True


@dataclass(frozen=True)
class Layer:
    """What is edited: filters on channels, then ReLU and 2×2 max pooling.

    Parameters
    ----------
    mode : ChannelMode
        How the channels meet the filters.
    size : int
        3 for a Sobel kernel, more for a Gaussian.
    filters : int
        How many; the first is edited.
    """

    mode: ChannelMode = ChannelMode.EACH
    size: int = 3
    filters: int = 1

    def of(self, state: State) -> State:
        """Return ``state`` with this layer in place."""
        kernel = kernels.preset("sobel-x").weights if self.size == 3 else kernels.gaussian(self.size, 5)
        weights = np.stack([kernel + n / 8 for n in range(self.filters)])[:, np.newaxis]
        bank = FilterBank(weights, ("",) * self.filters, (0.0,) * self.filters)
        half = self.size // 2
        settings = LayerSettings(
            padding=(half, half),
            padding_mode=PaddingMode.REFLECT,
            activation=Activation.RELU,
            pool=PoolKind.MAX,
        )
        return replace(state, bank=bank, settings=settings, channel_mode=self.mode, selected=0)


EACH = Layer()


class Opened:
    """A window of its own with a picture under a layer.

    Parameters
    ----------
    application : Application
        The one application.
    picture : Picture or None
        What to put in; None for the photograph of a first start.
    layer : Layer
        By default each channel under a 3×3 kernel.
    """

    def __init__(self, application: Application, picture: Picture | None, layer: Layer = EACH) -> None:
        self.threads = Threads()
        self.session = Session(layer.of(first_state(picture or open_sample(PHOTO_SAMPLES[0].id))))
        self.window = Window(self.session, application.preferences, application.translations, self.threads)
        self.window.resize(*WINDOW_SIZE)
        self.window.show()
        self.window.set_room(Room.CONVOLUTION)
        self.paints = Paints(self.window)
        self._feed_seconds: list[float] = []
        self.window.feed.framed.connect(self._note)
        self.settle()

    def _note(self, frame: Frame) -> None:
        self._feed_seconds.append(frame.seconds)

    @property
    def engine_seconds(self) -> list[float]:
        """How long the engine took for each frame so far."""
        return self._feed_seconds

    def settle(self) -> None:
        """Wait until all that was asked for is on screen, and what follows later has followed."""
        window = self.window
        wait_for(lambda: not (window.opener.busy or window.feed.busy or window.image.counting))
        follow(FOLLOW_UP_SECONDS)
        wait_for(lambda: not (window.opener.busy or window.feed.busy or window.image.counting))

    def rest(self) -> None:
        """Wait until the whole of the result is measured too."""
        wait_for(lambda: self.window.feed.settled and not self.window.opener.busy)
        follow(FOLLOW_UP_SECONDS)

    def zoom(self, actual: bool) -> None:
        """Show one pixel per pixel, or all of the picture."""
        viewport = self.window.convolution.stages.viewport
        viewport.actual_size() if actual else viewport.fit()
        self.settle()

    def set_middle(self, value: float) -> None:
        """Change the kernel's middle weight, as the hand does on the grid."""
        kernel = self.session.state.kernel.copy()
        kernel[kernel.shape[0] // 2, kernel.shape[1] // 2] = value
        self.window.convolution.kernel.grid.weights_changed.emit(kernel)

    @property
    def last_is_shown(self) -> bool:
        """Whether what was painted last is what the settings in force give."""
        shown = self.paints.shown
        return shown is not None and shown.request.measured == self.session.state.chain()

    def edit_seconds(self, value: float) -> float:
        """Return the seconds from the change of the middle weight to the end of the result's paint event."""
        self.window.raise_()
        self.settle()
        started = time.perf_counter()
        self.set_middle(value)
        wait_for(lambda: self.last_is_shown and self.paints.ended > started)
        return self.paints.ended - started

    def close(self) -> None:
        """Close the window and end its threads."""
        self.window.close()
        self.window.deleteLater()
        self.threads.close()


class Editor:
    """Edits one window with values that never repeat."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._value = 0.0

    def __call__(self) -> float:
        """Return the seconds that one more edit takes."""
        self._value += 0.125
        return self._opened.edit_seconds(self._value)


def start_application() -> Application:
    """Return the application with torch loaded, as it is some seconds after its start."""
    application = Application(qt_application(), Preferences(QSettings(), remember=False))
    theme.install(Theme())
    load_torch()
    import torch

    torch.set_num_threads(cores())
    gc.collect()
    gc.freeze()
    return application


def wait_for(done: Callable[[], bool]) -> None:
    """Handle events until ``done``, asleep between them as the application is.

    Looking again and again would take a processor from those who compute.

    Raises
    ------
    TimeoutError
        If it takes more than a minute.
    """
    until = time.perf_counter() + WAIT_SECONDS
    # Not everything that is waited for tells with an event.
    bell = QTimer(interval=LOOK_MS)
    bell.start()
    while not done():
        if time.perf_counter() > until:
            raise TimeoutError(f"the window was not done after {WAIT_SECONDS:.0f} seconds")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def follow(seconds: float) -> None:
    """Let the event loop run for some time, as it does in the application."""
    loop = QEventLoop()
    bell = QTimer(interval=round(seconds * 1000), singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    bell.timeout.connect(loop.quit)
    bell.start()
    loop.exec()
