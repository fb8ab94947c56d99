"""The window in the network room, with a small real network."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.backend import load_torch
from convviz.nets.entries import Entry
from convviz.nets.network import Network
from convviz.nets.preprocessing import Preprocessing
from convviz.ui import network_source
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.state import Room
from tests.ui.driver import Driver

SIDE = 32
CLASSES = ("cat", "dog", "owl")
SMALL, OTHER, BROKEN = "small", "other", "broken"


def small_network(key: str, *, trained: bool = True) -> Network:
    """Return a network of two convolutions, a pooling and a dense layer, with the same weights every time."""
    load_torch()
    import torch

    torch.manual_seed(len(key))
    nn = torch.nn
    module = nn.Sequential(
        nn.Conv2d(3, 6, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 3),
    )
    origin = Sentence(QT_TRANSLATE_NOOP("Sentence", "Loading torch"))
    steps = Preprocessing((SIDE, SIDE), shorter=SIDE)
    return Network(module, key, key.title(), steps, CLASSES, trained, origin)


class Catalogue:
    """Stands in for the catalogue; opening a network waits while it is held back."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.fetched: list[str] = []
        self.can_fetch = True
        self.may_open = threading.Event()
        self.may_open.set()
        self.waits = threading.Event()

    def open(
        self, key: str, *, check: Callable[[], object], progress: Callable[[float, Sentence | None], object]
    ) -> Network:
        """Open one of three networks, the last of which cannot be opened."""
        self.waits.set()
        progress(0.25, Sentence("Loading torch"))
        while not self.may_open.wait(0.01):
            check()
        if key == BROKEN:
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no “{path}”."), path="weights")
        self.opened.append(key)
        return small_network(key, trained=key != OTHER or key in self.fetched)

    def fetch(
        self, key: str, *, check: Callable[[], object], progress: Callable[[float, Sentence | None], object]
    ) -> None:
        """Have the weights of a network."""
        check()
        if not self.can_fetch:
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "There is no “{path}”."), path="server")
        progress(0.5, None)
        self.fetched.append(key)

    def list(self) -> tuple[Entry, ...]:
        """Return what there is."""
        keys = ((SMALL, True), (OTHER, OTHER in self.fetched), (BROKEN, False))
        url = "https://example.org/weights"
        return tuple(
            Entry(key, key.title(), "torchvision", is_ok, 1, (3, SIDE, SIDE), url) for key, is_ok in keys
        )


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    made = Catalogue()
    monkeypatch.setattr(network_source, "open_network", made.open)
    monkeypatch.setattr(network_source, "entries", made.list)
    monkeypatch.setattr(network_source, "download_weights", made.fetch)
    yield made
    made.may_open.set()


@pytest.fixture
def driver(catalogue: Catalogue, make_window: Callable[..., Driver]) -> Driver:
    """The window in the network room, with the small network."""
    del catalogue
    found = make_window(Room.CONVOLUTION, (1280, 900))
    found.window.preferences.network = SMALL
    found.window.set_room(Room.NETWORK)
    found.settle()
    return found


def desk(driver: Driver) -> NetworkDesk:
    found = driver.window.network.desk
    assert found is not None
    return found


def shown(driver: Driver) -> QWidget:
    """Return the page that is up."""
    page = desk(driver).stack.currentWidget()
    assert page is not None
    return page


def press(driver: Driver, *keys: Qt.Key) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget() or desk(driver)
        driver.qtbot.keyClick(target, key)
    driver.settle()
