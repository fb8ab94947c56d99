"""The network room fits into the smallest window, at a desk and for the projector, whatever it has to say."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.ui.language import Language
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.state import Room
from tests.ui.driver import Driver

SIZE = (1280, 720)
LONG = QT_TRANSLATE_NOOP(
    "Sentence", "Untrained: its weights are random, and so is what it says. Download trained weights for it."
)


def boxes(room: NetworkDesk) -> list[QRect]:
    """Return the places in the room of what stands one above the other, from the top."""
    parts: tuple[QWidget, ...] = (room.bar, room.problem, room.strip, room.title, room.stack, room.line)
    return [QRect(part.mapTo(room, QPoint(0, 0)), part.size()) for part in parts if part.isVisible()]


def check_fit(driver: Driver, room: NetworkDesk) -> None:
    """The window is as large as it was, and nothing overlaps, is cut off or is squeezed."""
    driver.settle()
    assert (driver.window.width(), driver.window.height()) == SIZE
    found = boxes(room)
    assert all(one.bottom() < next_one.top() for one, next_one in pairwise(found))
    assert found[0].top() >= 0
    assert found[-1].bottom() < room.height()
    for part in (room.bar, room.strip, room.line):
        if part.isVisible():
            assert part.height() >= part.sizeHint().height()
    if room.problem.isVisible():
        assert room.problem.height() >= room.problem.heightForWidth(room.problem.width())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", ["resnet18", "googlenet", "efficientnet-lite0"])
def test_the_smallest_window_is_never_outgrown(
    make_window: Callable[..., Driver], key: str, language: Language
) -> None:
    driver = make_window(Room.CONVOLUTION, SIZE)
    driver.window.preferences.network = key
    driver.window.set_language(language)
    driver.window.set_room(Room.NETWORK)
    driver.settle()
    room = driver.window.network.desk
    assert room is not None
    for on in (False, True):
        driver.window.set_projector(on)
        room.notices.clear()
        check_fit(driver, room)
        # One row of layers has a place at either size.
        assert room.strip.isVisible()
        room.notices.say(Sentence(LONG), is_note=True, offers_weights=True)
        check_fit(driver, room)
        assert room.strip.isVisible()
        room.maps.choose_layer(2)
        room.pointing.pin(Spot(False, (3, 3)))
        check_fit(driver, room)
        driver.trigger("network-map-open")
        check_fit(driver, room)
        assert room.line.isVisible()
        driver.trigger("network-try")
        check_fit(driver, room)
        driver.trigger("network-try")
        for view in ("answer", "view-table", "view-funnel", "view-maps"):
            room.do(view)
            check_fit(driver, room)
        room.pointing.let_go()
    driver.window.set_projector(False)
    check_fit(driver, room)
