"""The window in the embeddings room, with small networks of one's own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from torch import nn

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.nets.catalog import DEFAULT
from convviz.nets.entries import Entry
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.ui import gallery as gallery_module
from convviz.ui import gallery_jobs
from convviz.ui.gallery import Gallery
from convviz.ui.rooms.embeddings_desk import EmbeddingsDesk
from convviz.ui.state import Room
from tests.ui.driver import Driver

OTHER, BROKEN = "other", "broken"


class Small(nn.Module):
    """Maps, a mean, and a classifier."""

    def __init__(self, maps: int = 6) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, maps, 3)
        self.fc = nn.Linear(maps, 4)

    def forward(self, x: Any) -> Any:
        return self.fc(torch.relu(self.conv(x)).mean((2, 3)))


class Catalogue:
    """Stands in for the networks there are; opening one can be held up."""

    def __init__(self) -> None:
        self.may_open = threading.Event()
        self.may_open.set()
        self.opened: list[str] = []

    def open(self, key: str, *, check: Any, progress: Any) -> Network:
        self.opened.append(key)
        while not self.may_open.wait(0.01):
            check()
        if key == BROKEN:
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "{name} is damaged."), name=key)
        torch.manual_seed(len(key))
        made = Small(6 if key == DEFAULT else 9)
        return Network(
            made, key, key.title(), Preprocessing((8, 8), Fit.EXACT, crop=False), (), True, Sentence("Here.")
        )

    def list(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(key, key.title(), "shipped", True, 1, (3, 8, 8), "") for key in (DEFAULT, OTHER, BROKEN)
        )


@contextmanager
def small_networks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """Have small networks in the embeddings room; in the end none of them is held up."""
    made = Catalogue()
    monkeypatch.setattr(gallery_module, "open_network", made.open)
    monkeypatch.setattr(gallery_jobs, "entries", made.list)
    yield made
    made.may_open.set()


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    with small_networks(monkeypatch) as made:
        yield made


@pytest.fixture
def driver(catalogue: Catalogue, make_window: Callable[..., Driver]) -> Driver:
    """The window in the embeddings room."""
    del catalogue
    return make_window(Room.EMBEDDINGS, (1280, 900))


def desk(driver: Driver) -> EmbeddingsDesk:
    found = driver.window.embeddings.desk
    assert found is not None
    return found


def shown(driver: Driver) -> Gallery:
    driver.settle()
    found = desk(driver).gallery
    assert found is not None
    return found


def names(driver: Driver) -> list[str]:
    return [item.title for item in shown(driver).items]


def said(driver: Driver) -> str:
    return desk(driver).problem.text()


def press(
    driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    page = desk(driver).stack.currentWidget()
    assert page is not None
    driver.qtbot.keyClick(page.focusProxy() or page, key, modifier)
    driver.settle()


def on_screen(driver: Driver) -> list[str]:
    """Return the names of the pictures on screen now, without waiting for more."""
    gallery = desk(driver).gallery
    return [] if gallery is None else [item.title for item in gallery.items]
