"""Sessions of a window under test: where they are saved, edited, kept, and what is asked about them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog

from convviz.ui.sessions.autosave import Autosave
from convviz.ui.state import State
from tests.ui.driver import Driver
from tests.ui.embeddings_room import small_networks
from tests.ui.questions import Questions


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Answer every question for a name with this one."""
    path = tmp_path / "lecture.convviz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


@pytest.fixture(autouse=True)
def questions(monkeypatch: pytest.MonkeyPatch) -> Questions:
    return Questions(monkeypatch)


def save(driver: Driver) -> None:
    driver.trigger("save")
    driver.settle()


def edit(driver: Driver, stride: int = 2) -> None:
    session = driver.window.session
    session.edit(session.state.with_settings(stride=(stride, stride)), "edit")
    session.refresh()


def title(driver: Driver) -> str:
    """Return the title as it is seen."""
    mark = "*" if driver.window.isWindowModified() else ""
    return driver.window.windowTitle().replace("[*]", mark)


def check_same(found: State, wanted: State) -> None:
    assert found.picture.values.tobytes() == wanted.picture.values.tobytes()
    assert found.picture.values.dtype == wanted.picture.values.dtype
    assert replace(found, picture=wanted.picture) == wanted


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have small networks in the network and in the embeddings room."""
    with small_networks(monkeypatch):
        QSettings().setValue("network", "lenet5")
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "kept"


def kept(driver: Driver, folder: Path) -> Autosave:
    return driver.window.sessions.start_keeping(folder)


def keep(driver: Driver) -> None:
    driver.window.sessions.keep()
    autosave = driver.window.sessions.autosave
    assert autosave is not None
    driver.qtbot.waitUntil(lambda: not autosave.busy)
