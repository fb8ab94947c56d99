"""The network room with networks that a test makes itself."""

from collections.abc import Callable
from typing import Any

import pytest

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.engine.backend import load_torch
from convviz.nets.entries import Entry
from convviz.nets.network import Network
from convviz.nets.preprocessing import Preprocessing
from convviz.ui import network_source
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.state import Room
from tests.ui.driver import Driver

Modules = dict[str, Callable[[], Any]]
OpenRoom = Callable[..., tuple[Driver, NetworkDesk]]


def network_of(key: str, module: Any, classes: tuple[str, ...], side: int) -> Network:
    """Return a network of square colour pictures, marked as trained."""
    origin = Sentence(QT_TRANSLATE_NOOP("Sentence", "Loading torch"))
    steps = Preprocessing((side, side), shorter=side)
    return Network(module, key, key.title(), steps, classes, True, origin)


@pytest.fixture
def open_room(monkeypatch: pytest.MonkeyPatch, make_window: Callable[..., Driver]) -> OpenRoom:
    """Return a function that opens the room with the first of several networks.

    It is given functions that make their modules; ``torch.manual_seed(0)`` comes before each.
    """

    def enter(
        modules: Modules,
        *,
        classes: dict[str, tuple[str, ...]] | None = None,
        side: int = 32,
        size: tuple[int, int] = (1280, 900),
    ) -> tuple[Driver, NetworkDesk]:
        load_torch()
        import torch

        def opened(key: str, **_: object) -> Network:
            torch.manual_seed(0)
            return network_of(key, modules[key](), (classes or {}).get(key, ()), side)

        def entries() -> tuple[Entry, ...]:
            return tuple(
                Entry(
                    key, key.title(), "torchvision", True, 1, (3, side, side), "https://example.org/weights"
                )
                for key in modules
            )

        monkeypatch.setattr(network_source, "open_network", opened)
        monkeypatch.setattr(network_source, "entries", entries)
        driver = make_window(Room.CONVOLUTION, size)
        driver.window.preferences.network = next(iter(modules))
        driver.window.set_room(Room.NETWORK)
        driver.settle()
        desk = driver.window.network.desk
        assert desk is not None
        assert desk.traced is not None
        return driver, desk

    return enter
