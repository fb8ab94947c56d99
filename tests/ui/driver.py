"""The real window with its real threads, and ways to wait for what it shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from convviz.files.samples import open_sample
from convviz.ui import theme
from convviz.ui.app import first_state
from convviz.ui.language import Language, Translations
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.state import Room
from convviz.ui.theme import Theme
from convviz.ui.window import Window
from convviz.work.garbage import GarbageCollector
from convviz.work.threads import Threads

# A shared machine may take long over ten pictures; who waits in vain waits once.
WAIT_MS = 60_000


@dataclass
class Driver:
    """A window under test."""

    window: Window
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until nothing is being opened or computed and all that was asked for is shown."""
        # What was opened is asked for, drawn and shown one after the other, each in an event of its own.
        quiet = 0
        while quiet < 2:
            self.qtbot.waitUntil(lambda: not self.busy, timeout=WAIT_MS)
            for _ in range(3):
                QApplication.processEvents()
            quiet = 0 if self.busy else quiet + 1

    @property
    def busy(self) -> bool:
        """Whether something is being opened, drawn or counted, or is yet to follow what is drawn."""
        window = self.window
        working = window.opener.busy or window.feed.busy or window.image.counting
        rooms = window.network.busy or window.training.busy or window.embeddings.busy
        working = working or window.figures.busy or window.sessions.busy
        return working or window.convolution.behind or rooms

    def values(self, key: str) -> NDArray[np.float32]:
        """Return the values that the pane of map ``key`` shows."""
        self.settle()
        content = self.window.convolution.stages.panes[key].content
        assert content is not None
        return np.asarray(content.values[0])

    def result(self) -> NDArray[np.float32]:
        """Return the values (C, H, W) of the last column."""
        self.settle()
        last = self.window.convolution.stages.columns[-1]
        return np.array([self.values(m.key) for m in last.maps])

    def read_out(self) -> str:
        """Return what the status bar says of the cell under the pointer."""
        label = self.window.findChild(QLabel, "status-read-out")
        assert isinstance(label, QLabel)
        return label.text()

    def filter_names(self) -> list[str]:
        """Return the names of the filters."""
        return list(self.window.session.state.bank.names)

    def trigger(self, action: str) -> None:
        """Do what the menu entry called ``action`` does."""
        self.window.menus.commands.actions[action].trigger()


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[GarbageCollector]:
    """What keeps Python's garbage collector out of the worker threads, as in the program."""
    made = GarbageCollector(qapp)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def make_window(
    qtbot: QtBot, qapp: QApplication, collector: GarbageCollector
) -> Iterator[Callable[..., Driver]]:
    """Return a function that opens the real window."""
    del collector
    all_threads: list[Threads] = []
    windows: list[Window] = []
    translations = Translations(qapp)

    def make(room: Room = Room.CONVOLUTION, size: tuple[int, int] = (1280, 720)) -> Driver:
        theme.install(Theme())
        translations.choose(Language.ENGLISH)
        threads = Threads()
        all_threads.append(threads)
        session = Session(first_state(open_sample("cat")))
        window = Window(session, Preferences(QSettings()), translations, threads)
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(*size)
        window.show()
        window.set_room(room)
        driver = Driver(window, qtbot)
        driver.settle()
        return driver

    yield make
    # Not left to the collector: what hangs on would be styled and translated with every later window.
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for threads in all_threads:
        assert threads.close(timeout_ms=10_000)
    translations.choose(Language.ENGLISH)
    theme.install(Theme())


@pytest.fixture
def driver(make_window: Callable[..., Driver]) -> Driver:
    """The window as it starts, in the convolution room."""
    return make_window()
