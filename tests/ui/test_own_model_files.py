"""Kinds of model files in the network room: whole modules, TorchScript, exported programs, refusals."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from convviz.files.own_models import key_of
from convviz.nets.own import Inspected
from convviz.ui import own_source
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.model_questions import CodeBox
from tests.ui.driver import WAIT_MS, Driver
from tests.ui.network_room import SMALL, catalogue, desk, driver
from tests.ui.own_models import YES, Files, _no_list, answer, chosen, files, opened, press_ok

__all__ = ["_no_list", "catalogue", "driver", "files"]


def test_a_whole_module_is_refused_with_the_code_that_helps(driver: Driver, files: Files) -> None:
    import torch

    room, path = desk(driver), files.folder / "whole.pt"
    torch.save(torch.nn.Sequential(torch.nn.Linear(2, 2)), path)
    driver.window.open_model(str(path))
    box = opened(driver, CodeBox)
    assert "whole.pt holds Python objects" in box.said.text()
    assert box.said.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    lines = box.code.toPlainText().splitlines()
    assert len(lines) == 3
    assert lines[0] == "import torch;"
    driver.qtbot.mouseClick(box.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "\n".join(lines)
    box.reject()
    driver.settle()
    assert chosen(room) == SMALL


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_torchscript_is_refused_with_code_of_its_own(driver: Driver, files: Files) -> None:
    import torch

    path = files.folder / "script.pt"
    torch.jit.script(torch.nn.Linear(2, 2)).save(str(path))
    driver.window.open_model(str(path))
    box = opened(driver, CodeBox)
    assert "script.pt is a TorchScript program" in box.said.text()
    assert "torch.jit.load('script.pt')" in box.code.toPlainText()
    box.reject()
    driver.settle()
    assert chosen(desk(driver)) == SMALL


def test_an_exported_program_is_asked_about_and_opens(driver: Driver, files: Files) -> None:
    room, path = desk(driver), files.exported("net.pt2", (3, 32, 32))
    driver.window.open_model(path)
    answer(driver, YES)
    dialog = opened(driver, ModelDialog)
    assert not dialog.architecture.isVisible()
    dialog.classes.setPlainText("cat\ndog")
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(path)
    assert room.traced is not None
    assert room.traced.trace.input.shape == (3, 32, 32)
    assert room.traced.trace.classes == ("cat", "dog")


def test_an_exported_program_of_one_channel_opens_and_is_given_grey(driver: Driver, files: Files) -> None:
    room, path = desk(driver), files.exported("grey.pt2", (1, 20, 24))
    driver.window.open_model(path)
    answer(driver, YES)
    dialog = opened(driver, ModelDialog)
    # Who wants to choose begins with what the program takes.
    dialog.form.automatic.setChecked(False)
    steps = dialog.form.preprocessing()
    assert steps is not None
    assert steps.input_shape == (1, 20, 24)
    press_ok(driver, dialog)
    driver.settle()
    assert room.traced is not None
    assert room.traced.trace.input.shape == (1, 20, 24)


def test_looking_into_a_file_shows_progress_and_can_be_called_off(
    driver: Driver, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, may_go_on, stopped = threading.Event(), threading.Event(), threading.Event()

    def wait(path: Path, *, check: Callable[[], object], progress: Any) -> Inspected:
        started.set()
        progress(0.5, None)
        try:
            while not may_go_on.wait(0.01):
                check()
        finally:
            stopped.set()
        return Inspected()

    monkeypatch.setattr(own_source, "inspect_model", wait)
    room = desk(driver)
    driver.window.open_model(files.tiny_weights())
    assert started.wait(10)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=WAIT_MS)
    driver.qtbot.mouseClick(room.progress.cancel, Qt.MouseButton.LeftButton)
    driver.qtbot.waitUntil(lambda: not room.busy, timeout=WAIT_MS)
    assert stopped.wait(10)
    driver.settle()
    assert not room.progress.isVisible()
    assert driver.window.findChild(ModelDialog) is None
    assert chosen(room) == SMALL


def test_what_was_wrong_with_one_file_is_not_said_of_the_next(driver: Driver, files: Files) -> None:
    room = desk(driver)
    (files.folder / "folder.pt").mkdir()
    driver.window.open_model(str(files.folder / "folder.pt"))
    driver.settle()
    assert room.problem.text() == "folder.pt is a folder. Choose the file with the weights in it."
    driver.window.open_model(files.tiny_weights())
    dialog = opened(driver, ModelDialog)
    assert not room.problem.isVisible()
    dialog.reject()
