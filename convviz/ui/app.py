"""Starting the window."""

import gc
import os
import sys

import numpy as np
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from convviz.core import kernels
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.core.specs import PaddingMode
from convviz.core.text import Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.files.pictures import open_picture
from convviz.files.resources import asset
from convviz.files.samples import PHOTO_SAMPLES, open_sample
from convviz.ui import theme
from convviz.ui.language import Language, Translations
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.state import LayerSettings, Room, State
from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.ui.window import Window
from convviz.work.garbage import GarbageCollector
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread, leave

SCREENSHOT_SIZE = (1920, 1080)
SCREENSHOT_TIMEOUT_MS = 60_000


def first_state(picture: Picture) -> State:
    """Return the state of a first start: ``picture`` under a Sobel kernel."""
    weights = kernels.preset("sobel-x").weights
    settings = LayerSettings(padding=(1, 1), padding_mode=PaddingMode.REFLECT)
    return State(picture, FilterBank(weights[np.newaxis, np.newaxis]), settings)


class Application(QObject):
    """The objects that live as long as the application.

    Parameters
    ----------
    app : QApplication
        Qt's own.
    preferences : Preferences
        What is remembered from the last start.
    """

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self.preferences = preferences
        self.translations = Translations(app)
        self.live, self.long = WorkerThread("live"), WorkerThread("long")
        self._garbage = GarbageCollector(self)
        self._warming = Lane(self.long, self)
        self._warming.finished.connect(self._warmed)
        self.window: Window | None = None

    def open_window(self, picture: Picture) -> Window:
        """Make the window with ``picture`` in it."""
        session = Session(first_state(picture), self)
        self.window = Window(session, self.preferences, self.translations, self.live, self.long)
        return self.window

    def warm_up(self) -> None:
        """Load the fast engine; until it is there the slow one answers."""
        self._warming.submit(None, _warm_up)

    @property
    def warming(self) -> bool:
        """Whether the fast engine is still being loaded."""
        return self._warming.busy

    @Slot(object)
    def _warmed(self, outcome: Outcome) -> None:
        # Torch's modules never become garbage; looking through them would stop the window for 0.1 s.
        gc.freeze()
        if outcome.defect is not None and self.window is not None:
            self.window.show_defect(outcome.defect)


def _warm_up(request: None, context: JobContext) -> None:
    del request
    context.check()
    load_torch()


def run_window(
    *,
    image: str | None = None,
    room: str | None = None,
    language: str | None = None,
    theme_name: str | None = None,
    projector: bool = False,
    screenshot: str | None = None,
    size: tuple[int, int] | None = None,
) -> int:
    """Open the window and stay until it is closed, or only as long as a screenshot takes.

    Parameters
    ----------
    image : str, optional
        Picture file to open; a sample photograph otherwise.
    room, language, theme_name : str, optional
        Values of :class:`Room`, :class:`Language` and :class:`ThemeName`; what was used last otherwise.
    projector : bool
        Whether to start at projector scale.
    screenshot : str, optional
        Save the finished window as this PNG file and end.
    size : (int, int), optional
        Width and height of the window.

    Returns
    -------
    int
        Exit code.
    """
    app = _qt_application()
    preferences = Preferences(QSettings())
    application = Application(app, preferences)
    chosen = ThemeName(theme_name) if theme_name else preferences.theme
    theme.install(Theme(chosen, DESK_SCALE))
    application.translations.choose(Language(language) if language else preferences.language)
    picture, problem = _first_picture(image, preferences)
    window = application.open_window(picture)
    if projector:
        window.set_projector(True)
    if size is not None:
        window.resize(*size)
    elif screenshot:
        window.resize(*SCREENSHOT_SIZE)
    elif not preferences.geometry.isEmpty():
        window.restoreGeometry(preferences.geometry)
    window.show()
    window.set_room(Room(room) if room else preferences.room)
    if problem is not None:
        window.show_problem(problem)
    if screenshot:
        return leave_after(_save_screenshot(application, window, screenshot), window)
    # After the first paint: importing torch takes seconds and slows everything beside it.
    QTimer.singleShot(0, application.warm_up)
    return leave_after(app.exec(), window)


def leave_after(code: int, window: Window) -> int:
    """Close the window and end the process with ``code``, whatever a worker is still at."""
    window.close()
    leave(code)


def _qt_application() -> QApplication:
    QCoreApplication.setOrganizationName("convviz")
    QCoreApplication.setApplicationName("convviz")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationDisplayName("convviz")
    app.setDesktopFileName("convviz")
    app.setWindowIcon(QIcon(str(asset("icons", "convviz.svg"))))
    return app


def _first_picture(image: str | None, preferences: Preferences) -> tuple[Picture, Sentence | None]:
    """Return the picture to start with, and why it is not the one that was asked for."""
    problem = None
    if image is not None:
        try:
            picture = open_picture(image, background=preferences.background)
        except Problem as error:
            problem = error.sentence
        else:
            preferences.add_recent(picture.source)
            return picture, None
    try:
        return open_sample(PHOTO_SAMPLES[0].id), problem
    except Problem as error:
        # Without the sample photographs there is still a picture to begin with.
        ramp = np.add.outer(np.arange(256), np.arange(256)) // 2
        blank = Picture(ramp.astype(np.uint8)[..., np.newaxis], "Ramp")
        return blank, problem or error.sentence


def _save_screenshot(application: Application, window: Window, path: str) -> int:
    """Wait until everything on screen is final, save it, and return the exit code."""
    application.warm_up()
    clock = QElapsedTimer()
    clock.start()
    quiet = 0
    while quiet < 3 and clock.elapsed() < SCREENSHOT_TIMEOUT_MS:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        busy = application.warming or window.feed.busy or window.opener.busy or window.image.counting
        quiet = 0 if busy else quiet + 1
    if window.grab().save(path):
        return 0
    sys.stderr.write(f"The screenshot could not be written to {os.path.abspath(path)}.\n")  # noqa: PTH100
    return 1
