"""What a session says of the rooms that work for a while: one's own models, and a network that learns."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from convviz.files.own_models import key_of
from convviz.files.session_writing import write_session
from convviz.files.sessions import read_session
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.model_questions import TrustBox
from convviz.ui.sessions.content import Content
from convviz.ui.state import Room
from tests.ui.driver import WAIT_MS, Driver
from tests.ui.network_room import catalogue, driver
from tests.ui.own_models import Files, _no_list, files, opened

__all__ = ["_no_list", "catalogue", "driver", "files"]

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test leaves unsaved is not asked about at its end."""
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)


def session_with(driver: Driver, folder: Path, model: str) -> str:
    """Write a session in which the network room looks at the convolution of a model of the user's."""
    table = {"model": key_of(model), "layer": "conv", "map": 2, "page": "maps"}
    path = folder / "own.convviz"
    write_session(path, Content(driver.window.session.state, Room.NETWORK, {"network": table}).saved())
    return str(path)


@pytest.mark.parametrize("answer", [YES, NO])
def test_a_program_runs_only_if_one_says_so(
    driver: Driver, files: Files, tmp_path: Path, answer: QMessageBox.StandardButton
) -> None:
    path = session_with(driver, tmp_path, files.program())
    driver.window.open_path(path)
    opened(driver, TrustBox).button(answer).click()
    if answer == YES:
        opened(driver, ModelDialog).accept()
    driver.settle()
    assert (files.runs > 0) is (answer == YES)
    if answer == YES:
        # The layer and its map are there as well, once the question is answered.
        driver.qtbot.waitUntil(lambda: driver.window.network.table()["layer"] == "conv", timeout=WAIT_MS)
        told = driver.window.network.table()
        assert (told["model"], told["map"]) == (key_of(str(tmp_path / "tiny.py")), 2)


def test_a_model_that_is_gone_is_told(driver: Driver, tmp_path: Path) -> None:
    driver.window.open_path(session_with(driver, tmp_path, str(tmp_path / "gone.safetensors")))
    driver.settle()
    desk = driver.window.network.desk
    assert desk is not None
    driver.qtbot.waitUntil(lambda: "gone.safetensors" in desk.problem.text(), timeout=WAIT_MS)
    assert not driver.window.network.busy


def test_what_learns_is_learned_anew_when_its_room_is_visited(driver: Driver, tmp_path: Path) -> None:
    table = {
        "data": "count-11",
        "layers": [
            {"kind": "convolution", "count": 2, "size": [2, 2]},
            {"kind": "flatten"},
            {"kind": "dense", "count": 1},
        ],
        "seed": 5,
        "epochs": 9,
        "epoch": 3,
    }
    path = tmp_path / "learning.convviz"
    write_session(path, Content(driver.window.session.state, Room.IMAGE, {"training": table}).saved())
    driver.window.open_path(str(path))
    driver.settle()
    assert driver.window.training.desk is None
    driver.window.set_room(Room.TRAINING)
    driver.settle()
    driver.qtbot.waitUntil(lambda: driver.window.training.desk is not None, timeout=WAIT_MS)
    desk = driver.window.training.desk
    assert desk is not None
    driver.qtbot.waitUntil(lambda: desk.given is None and not driver.window.training.busy, timeout=WAIT_MS)
    told = driver.window.training.table()
    assert (told["epoch"], told["seed"], told["run"]) == (3, 5, False)
    assert told["layers"][0]["size"] == [2, 2]
    # And what it says of itself can be saved and read again.
    driver.trigger("save")
    driver.settle()
    assert read_session(path).told["training"] == dict(told)
