"""What holds for every test: no display, no settings of the user's, and nothing left behind."""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A shared machine may take long over one example; that is no failure. CI tries the same examples every time.
hypothesis.settings.register_profile(
    "convviz",
    deadline=None,
    derandomize="CI" in os.environ,
    max_examples=int(os.environ.get("CONVVIZ_EXAMPLES", "50")),
)
hypothesis.settings.load_profile("convviz")

# How long what a test has told to stop may take to stop, in seconds.
GRACE = 2.0


@pytest.fixture(scope="session", autouse=True)
def _private_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stand in for the folders where programs keep a user's settings, data and caches."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME"):
            patch.setenv(f"XDG_{name}", str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _own_settings(request: pytest.FixtureRequest) -> None:
    """Give every test that uses Qt empty settings of its own."""
    if "qapp" in request.fixturenames:
        from PySide6.QtCore import QSettings

        folder = str(request.getfixturevalue("tmp_path") / "settings")
        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, folder)


def _visible_windows() -> dict[int, str]:
    """Return the visible top-level widgets, without tool tips, which leave by themselves: address -> name."""
    import shiboken6
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    return {
        shiboken6.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and widget.windowType() != Qt.WindowType.ToolTip
    }


def _system_threads() -> set[str]:
    """Return the ids of this process's threads, of any origin; empty where the system does not list them."""
    tasks = Path("/proc/self/task")
    return {entry.name for entry in tasks.iterdir()} if tasks.is_dir() else set()


def _running_qthreads() -> dict[int, str]:
    """Return the running ``QThread`` objects made in Python, after a last chance to stop: id -> class."""
    import shiboken6
    from PySide6.QtCore import QThread

    found = {}
    for thing in gc.get_objects():
        # The class is asked, not the thing: a proxy to something gone would raise.
        if issubclass(type(thing), QThread) and shiboken6.isValid(thing) and thing.isRunning():
            current = thing is QThread.currentThread()
            if not current and not thing.wait(int(GRACE * 1000)):
                found[id(thing)] = type(thing).__name__
    return found


def _running_threads(before: set[threading.Thread]) -> list[str]:
    """Return the names of Python's threads beyond ``before`` that do not stop by themselves."""
    # A dummy stands for a thread started elsewhere, by Qt for one, and outlives it.
    dummy = threading._DummyThread
    left = [thread for thread in set(threading.enumerate()) - before if not isinstance(thread, dummy)]
    for thread in left:
        thread.join(GRACE)
    return [thread.name for thread in left if thread.is_alive()]


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest, _own_settings: None) -> Iterator[None]:
    """Fail a test that leaves a thread running or, if it uses Qt, a window open."""
    uses_qt = "qapp" in request.fixturenames
    if uses_qt:
        request.getfixturevalue("qapp")
    threads = set(threading.enumerate())
    tasks = _system_threads()
    windows = _visible_windows() if uses_qt else {}
    yield
    left = [f"thread {name}" for name in _running_threads(threads)]
    if uses_qt:
        left += [f"window {name}" for key, name in _visible_windows().items() if key not in windows]
        # Looking for QThread objects takes long: only if there is a thread that was not there before.
        if not tasks or _system_threads() - tasks:
            left += [f"QThread {name}" for name in _running_qthreads().values()]
    if left:
        pytest.fail(f"The test left behind: {', '.join(left)}.", pytrace=False)
