"""Ways to ask for a model: dropped, from the menu, the list, the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from convviz.files.own_models import OwnModel, key_of, load_models
from convviz.nets import catalog
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.preferences import own_models_path
from convviz.ui.rooms.own_models import ASK
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.network_room import SMALL, Catalogue, catalogue, desk, driver
from tests.ui.own_models import NO, Files, _no_list, answer, chosen, files, opened, press_ok

__all__ = ["_no_list", "catalogue", "driver", "files"]


def drop(driver: Driver, *paths: str) -> None:
    """Drop files onto the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    driver.window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_a_model_that_is_dropped_opens_in_the_network_room(
    catalogue: Catalogue, make_window: Callable[..., Driver], files: Files
) -> None:
    driver = make_window(Room.CONVOLUTION)
    picture = driver.window.session.state.picture
    drop(driver, files.state("lenet5", "lenet5.ckpt"))
    dialog = opened(driver, ModelDialog)
    assert driver.window.room is Room.NETWORK
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(desk(driver)) == key_of(str(files.folder / "lenet5.ckpt"))
    assert driver.window.session.state.picture is picture
    assert catalogue.opened in ([], [catalog.DEFAULT])


def test_the_menu_and_the_list_ask_for_a_file(
    driver: Driver, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, asked = desk(driver), []
    weights = files.state("lenet5", "lenet5.pt")

    def choose(parent: QWidget, title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(kinds)
        return (weights, "") if len(asked) == 2 else ("", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    networks = room.bar.networks
    networks.setCurrentIndex(networks.findData(ASK))
    networks.activated.emit(networks.findData(ASK))
    assert len(asked) == 1
    assert chosen(room) == SMALL
    driver.window.set_room(Room.IMAGE)
    driver.trigger("network-model")
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert driver.window.room is Room.NETWORK
    assert chosen(room) == key_of(weights)
    assert all(f"*{suffix}" in asked[0] for suffix in (".pt", ".pth", ".ckpt", ".safetensors", ".pt2", ".py"))


def begun(make_window: Callable[..., Driver], model: str, weights: str | None, *, trust: bool) -> Driver:
    """Return a window that begins with a model, in the network room."""
    driver = make_window(Room.CONVOLUTION)
    driver.window.network.begin_with(model, weights, trust=trust)
    driver.window.set_room(Room.NETWORK)
    driver.settle()
    return driver


def test_the_window_begins_with_the_model_that_is_asked_for(
    catalogue: Catalogue, make_window: Callable[..., Driver], files: Files
) -> None:
    program, weights = files.program(), files.tiny_weights()
    room = desk(begun(make_window, f"{program}:Tiny", weights, trust=True))
    assert chosen(room) == key_of(weights)
    assert files.runs == 1
    assert load_models(own_models_path()) == (OwnModel(weights, f"{program}:Tiny"),)
    lenet = files.state("lenet5", "lenet5.pt")
    assert chosen(desk(begun(make_window, "lenet5", lenet, trust=False))) == key_of(lenet)
    # Nothing else was opened before.
    assert catalogue.opened == []
    assert chosen(desk(begun(make_window, SMALL, None, trust=False))) == SMALL


@pytest.mark.usefixtures("catalogue")
def test_a_file_that_is_not_there_is_a_sentence_above_the_default_network(
    make_window: Callable[..., Driver], tmp_path: Path
) -> None:
    for name in ("none.pth", "none.py"):
        room = desk(begun(make_window, str(tmp_path / name), None, trust=True))
        assert chosen(room) == catalog.DEFAULT
        assert room.problem.isVisible()
        assert "There is no file" in room.problem.text()
        assert name in room.problem.text()


@pytest.mark.usefixtures("catalogue")
def test_a_program_on_the_command_line_is_asked_about_without_trust(
    make_window: Callable[..., Driver], files: Files
) -> None:
    driver = begun(make_window, files.program(), None, trust=False)
    answer(driver, NO)
    assert files.runs == 0
    assert chosen(desk(driver)) == catalog.DEFAULT


def test_no_key_and_no_wheel_on_the_closed_list_chooses_anything(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, asked = desk(driver), []

    def choose(*args: object) -> tuple[str, str]:
        asked.append(args)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    networks = room.bar.networks
    networks.setFocus()
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_O)
    for key in keys:
        for _ in range(3):
            driver.qtbot.keyClick(networks, key)
            assert networks.view().isVisible()
            networks.hidePopup()
    nothing = Qt.MouseButton.NoButton
    plain, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), nothing, plain, phase, False)
    QApplication.sendEvent(networks, wheel)
    driver.settle()
    assert asked == []
    assert chosen(room) == SMALL


def test_the_open_list_is_used_by_keyboard(driver: Driver) -> None:
    room = desk(driver)
    networks = room.bar.networks
    networks.setFocus()
    driver.qtbot.keyClick(networks, Qt.Key.Key_Down)
    driver.qtbot.keyClick(networks.view(), Qt.Key.Key_O)
    driver.qtbot.keyClick(networks.view(), Qt.Key.Key_T)
    driver.qtbot.keyClick(networks.view(), Qt.Key.Key_Return)
    driver.settle()
    assert chosen(room) == "other"
