"""Why the network says so: the ways to ask, laid over the photograph."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt

from convviz.nets.why.evidence import Evidence, Reason, evidence
from convviz.ui import network_why
from convviz.ui.language import Language
from convviz.ui.rooms.map_pane import Heat
from tests.ui.driver import Driver
from tests.ui.network_room import catalogue, desk, driver, shown

__all__ = ["catalogue", "driver"]


def pixels(driver: Driver) -> np.ndarray:
    """Return the pixels of the photograph in the panel."""
    content = desk(driver).panel.photo.content
    assert content is not None
    return content.pixels


@pytest.mark.parametrize("reason", list(Reason))
def test_every_way_is_shown_and_explained_and_taken_away(driver: Driver, reason: Reason) -> None:
    panel = desk(driver).panel
    plain = pixels(driver)
    driver.trigger(f"network-{reason.value}")
    driver.settle()
    assert panel.why.reason is reason
    assert panel.photo.has_heat
    assert (pixels(driver) != plain).any()
    assert panel.note.isVisible()
    name = panel.classes.bars()[0].name
    assert f"“{name}”" in panel.note.text()
    driver.trigger(f"network-{reason.value}")
    driver.settle()
    assert panel.why.reason is None
    assert not panel.photo.has_heat
    assert not panel.note.isVisible()
    assert np.array_equal(pixels(driver), plain)


def test_the_chooser_goes_from_one_way_to_another(driver: Driver) -> None:
    panel = desk(driver).panel
    panel.why.setFocus()
    driver.qtbot.keyClick(panel.why, Qt.Key.Key_Down)
    driver.settle()
    first = panel.note.text()
    seen = [panel.why.reason]
    driver.qtbot.keyClick(panel.why, Qt.Key.Key_Down)
    driver.settle()
    seen.append(panel.why.reason)
    assert seen == [Reason.GRAD_CAM, Reason.GRADIENT_INPUT]
    assert panel.note.text() != first


def test_another_class_is_asked_for_at_once(driver: Driver) -> None:
    panel = desk(driver).panel
    panel.why.choose(Reason.OCCLUSION)
    driver.settle()
    panel.classes.setFocus()
    driver.qtbot.keyClick(panel.classes, Qt.Key.Key_Down)
    driver.settle()
    assert f"“{panel.classes.bars()[1].name}”" in panel.note.text()


def test_signed_evidence_lies_over_a_grey_photograph(driver: Driver) -> None:
    room = desk(driver)
    room.panel.why.choose(Reason.GRADIENT_INPUT)
    driver.settle()
    heat = room.panel.photo._heat
    assert isinstance(heat, Heat)
    assert heat.signed
    # Where nothing is said either way, no colour is left.
    found = pixels(driver)
    red, green, blue = ((found >> shift) & 255 for shift in (16, 8, 0))
    rows, columns = np.nonzero(np.abs(red.astype(int) - blue.astype(int)) <= 1)
    assert len(rows)
    assert np.abs(red.astype(int) - green.astype(int))[rows, columns].max() <= 20


def test_what_is_said_follows_the_language(driver: Driver) -> None:
    panel = desk(driver).panel
    panel.why.choose(Reason.GRAD_CAM)
    driver.settle()
    driver.window.set_language(Language.RUSSIAN)
    assert "последний слой" in panel.note.text()
    assert panel.why.itemText(0) == "Почему?"
    assert panel.why.reason is Reason.GRAD_CAM


def test_without_the_panel_the_answer_is_shown_large(driver: Driver) -> None:
    room = desk(driver)
    driver.window.set_projector(True)
    driver.trigger("network-cam")
    driver.settle()
    assert shown(driver) is room.large
    assert room.large.photo.has_heat
    assert room.large.note.isVisible()
    driver.window.set_projector(False)


def test_a_wait_can_be_called_off_and_what_was_shown_stays(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    room.panel.why.choose(Reason.GRAD_CAM)
    driver.settle()
    started = threading.Event()

    def endless(*args: object) -> Evidence:
        check = args[4]
        assert callable(check)
        started.set()
        while True:
            check()

    monkeypatch.setattr(network_why, "evidence", endless)
    room.panel.why.choose(Reason.OCCLUSION)
    assert started.wait(10)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=5000)
    driver.qtbot.mouseClick(room.progress.cancel, Qt.MouseButton.LeftButton)
    monkeypatch.setattr(network_why, "evidence", evidence)
    driver.settle()
    assert room.panel.why.reason is Reason.GRAD_CAM
    assert room.panel.photo.has_heat
    assert "“" in room.panel.note.text()
