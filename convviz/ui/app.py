"""Starting the window."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, QSettings, QSize, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QStyle

from convviz.core import kernels
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.core.specs import PaddingMode
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.files.atomic import write_atomically
from convviz.files.pictures import open_picture
from convviz.files.resources import asset
from convviz.files.samples import PHOTO_SAMPLES, open_sample
from convviz.files.sessions import session_file
from convviz.ui import theme
from convviz.ui.export.pictures import image_bytes
from convviz.ui.faults import Faults, silence_platform
from convviz.ui.first_paint import FirstPaint
from convviz.ui.language import Language, Translations
from convviz.ui.log import start_log
from convviz.ui.preferences import ForgetfulSettings, Preferences
from convviz.ui.session import Session
from convviz.ui.sessions.leftovers import kept_folder, leftovers
from convviz.ui.sessions.rescue import Rescue
from convviz.ui.state import LayerSettings, Room, State
from convviz.ui.theme import DESK_SCALE, Theme, ThemeName
from convviz.ui.window import Window
from convviz.work.garbage import GarbageCollector
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.memory import MemoryReturn
from convviz.work.threads import Threads, WorkerThread, leave

SCREENSHOT_SIZE = (1920, 1080)
SCREENSHOT_TIMEOUT_MS = 60_000
# What is written when the first picture is on screen, for who measures the start.
PAINTED = "painted"
# Qt's platforms that have no real screen, but one of 800 × 800 pixels in name.
NO_SCREEN = ("offscreen", "minimal")


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
        # Before the threads: Qt calls in this order, and a thread that is closed does not wait again.
        app.aboutToQuit.connect(self.close)
        self.threads = Threads()
        # On its own and only for a while: an import that takes seconds cannot be stopped.
        self._warm_thread = WorkerThread("warm-up")
        self._garbage = GarbageCollector(self)
        self._memory = MemoryReturn(self)
        self._warming = Lane(self._warm_thread, self)
        self._warming.finished.connect(self._warmed)
        self._faults = Faults(self)
        self._faults.install()
        self._faults.found.connect(self._show_defect)
        self.window: Window | None = None
        self._rescue: Rescue | None = None

    def open_window(self, picture: Picture) -> Window:
        """Make the window with ``picture`` in it."""
        session = Session(first_state(picture), self)
        self.window = Window(session, self.preferences, self.translations, self.threads)
        return self.window

    @Slot()
    def warm_up(self) -> None:
        """Load the fast engine; until it is there the slow one answers."""
        self._warming.submit(None, _warm_up)

    @Slot()
    def tell_painted(self) -> None:
        """Say on standard output that the first picture is on screen, and end."""
        print(PAINTED, flush=True)
        QCoreApplication.quit()

    @property
    def warming(self) -> bool:
        """Whether the fast engine is still being loaded."""
        return self._warming.busy

    @Slot(object)
    def _warmed(self, outcome: Outcome) -> None:
        # Torch's modules never become garbage; looking through them would stop the window for 0.1 s.
        gc.freeze()
        self._warm_thread.close()
        if outcome.defect is not None:
            self._show_defect(outcome.defect)

    @Slot(str)
    def _show_defect(self, details: str) -> None:
        if self.window is not None:
            self.window.tell_defect(details)

    def keep_work(self) -> None:
        """Keep a log, and the window's work in case of a crash; offer back what was left by one."""
        assert self.window is not None
        start_log()
        autosave = self.window.sessions.start_keeping(kept_folder())
        autosave.failed.connect(self.window.messages.show_problem)
        autosave.defect.connect(self.window.show_defect)
        self._rescue = Rescue(self.window, leftovers(kept_folder()))
        self._rescue.offer()

    @Slot()
    def close(self) -> None:
        """End the threads, waiting a little for those that can be stopped."""
        self._warm_thread.close(timeout_ms=0)
        self.threads.close()


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
    until_painted: bool = False,
    model: str | None = None,
    weights: str | None = None,
    trust: bool = False,
    lesson: str | None = None,
    step: int = 1,
    safe_mode: bool = False,
) -> int:
    """Open the window and stay until it is closed, or only as long as a screenshot takes.

    Parameters
    ----------
    image : str, optional
        File of a picture or a session to open; a sample photograph otherwise.
    room, language, theme_name : str, optional
        Values of :class:`Room`, :class:`Language` and :class:`ThemeName`; what was used last otherwise.
    projector : bool
        Whether to start at projector scale.
    screenshot : str, optional
        Save the finished window as this PNG file and end.
    size : (int, int), optional
        Width and height of the window.
    until_painted : bool
        Write :data:`PAINTED` and end as soon as the first picture is on screen.
    model, weights : str, optional
        Network to begin with in the network room, and a file with its weights.
    trust : bool
        Whether code in the model may run without a question.
    lesson : str, optional
        Number, name or file of a lesson to begin with.
    step : int
        Which of its steps, from 1.
    safe_mode : bool
        Start as the first time: the user's settings are neither read nor changed.

    Returns
    -------
    int
        Exit code.
    """
    app = qt_application()
    preferences = Preferences(ForgetfulSettings() if safe_mode else QSettings(), remember=screenshot is None)
    application = Application(app, preferences)
    chosen = ThemeName(theme_name) if theme_name else preferences.theme
    theme.install(Theme(chosen, DESK_SCALE if screenshot else preferences.text_size / 100))
    application.translations.choose(Language(language) if language else preferences.language)
    session = image if image is not None and session_file([image]) else None
    picture, problem = _first_picture(None if session else image, preferences)
    with _style_sheet_last(app):
        window = application.open_window(picture)
    if projector or (preferences.projector and not screenshot):
        window.set_projector(True, remember=False)
    if size is not None:
        window.resize(*size)
    elif screenshot:
        window.resize(*SCREENSHOT_SIZE)
    elif not preferences.geometry.isEmpty():
        window.restoreGeometry(preferences.geometry)
    else:
        window.resize(first_size(window.size(), app))
    first_paint = FirstPaint(window)
    window.show()
    if model is not None:
        window.network.begin_with(model, weights, trust=trust)
    window.set_room(Room(room) if room else preferences.room)
    if session is not None:
        window.sessions.begin_with(session, Room(room) if room else None)
    if lesson is not None:
        window.lessons.open(lesson, step - 1)
    if problem is not None:
        window.messages.show_problem(problem)
    if screenshot:
        return leave_after(_save_screenshot(application, window, screenshot), application)
    if until_painted:
        first_paint.painted.connect(application.tell_painted)
    else:
        # Importing torch takes seconds and slows everything beside it.
        first_paint.painted.connect(application.warm_up)
        application.keep_work()
    return leave_after(app.exec(), application)


def leave_after(code: int, application: Application) -> int:
    """Close the window and end the process with ``code``, whatever a worker is still at."""
    if application.window is not None:
        application.window.close()
    application.close()
    leave(code)


def qt_application() -> QApplication:
    """Return Qt's application object, made and named at the first call."""
    QCoreApplication.setOrganizationName("convviz")
    QCoreApplication.setApplicationName("convviz")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    silence_platform()
    app.setApplicationDisplayName("convviz")
    app.setDesktopFileName("convviz")
    app.setWindowIcon(QIcon(str(asset("icons", "convviz.svg"))))
    return app


def first_size(wanted: QSize, app: QApplication) -> QSize:
    """Return the size of a first window: what is ``wanted``, or as much of it as the screen has room for.

    Parameters
    ----------
    wanted : QSize
        Of the window without its frame.
    app : QApplication
        Whose main screen it is; one that nobody looks at has room for everything.
    """
    if app.platformName() in NO_SCREEN:
        return wanted
    frame = app.style().pixelMetric(QStyle.PixelMetric.PM_MdiSubWindowFrameWidth)
    title = app.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    room = app.primaryScreen().availableSize() - QSize(2 * frame, title + frame)
    return wanted.boundedTo(room)


@contextmanager
def _style_sheet_last(app: QApplication) -> Iterator[None]:
    """Put the style sheet in force once the widgets are there: it is not worked out again for every one."""
    sheet = app.styleSheet()
    app.setStyleSheet("")
    yield
    app.setStyleSheet(sheet)


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
        name = QT_TRANSLATE_NOOP("Sentence", "Ramp")
        blank = Picture(ramp.astype(np.uint8)[..., np.newaxis], name)
        return blank, problem or error.sentence


def _save_screenshot(application: Application, window: Window, path: str) -> int:
    """Wait until everything on screen is final, save it, and return the exit code."""
    application.warm_up()
    if not settle(application, window):
        seconds = SCREENSHOT_TIMEOUT_MS // 1000
        return _fail(f"The window was not finished after {seconds} seconds; no screenshot was written.")
    try:
        write_atomically(Path(path), image_bytes(window.grab().toImage()))
    except Problem as problem:
        return _fail(str(problem))
    return 0


def settle(application: Application, window: Window) -> bool:
    """Wait until everything on screen is final, and return whether it became so in time."""
    clock = QElapsedTimer()
    clock.start()
    quiet = 0
    while quiet < 3:
        if clock.elapsed() >= SCREENSHOT_TIMEOUT_MS:
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        busy = application.warming or window.opener.busy or window.image.counting or window.network.busy
        busy = (
            busy
            or window.sessions.busy
            or window.training.busy
            or window.embeddings.busy
            or window.figures.busy
        )
        quiet = 0 if busy or not window.feed.settled else quiet + 1
    return True


def _fail(sentence: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
    return 1
