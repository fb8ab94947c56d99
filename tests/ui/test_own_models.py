"""The user's own models in the network room: opened from real files, asked about, described anew."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox

from convviz.files.own_models import key_of, load_models
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.preferences import own_models_path
from tests.ui.driver import WAIT_MS, Driver
from tests.ui.network_room import SMALL, catalogue, desk, driver
from tests.ui.own_models import (
    NO,
    YES,
    Files,
    _no_list,
    answer,
    chosen,
    files,
    listed,
    opened,
    press_ok,
    text_of,
)

__all__ = ["_no_list", "catalogue", "driver", "files"]


def test_weights_for_a_class_of_ones_own_open_after_the_questions(driver: Driver, files: Files) -> None:
    room, weights, program = desk(driver), files.tiny_weights(), files.program()
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    dialog.architecture.setEditText(f"{program}:Tiny")
    dialog.classes.setPlainText("cat\ndog\nowl\nfox\nhen\n")
    press_ok(driver, dialog)
    assert files.runs == 0
    answer(driver, YES)
    assert files.runs == 1
    assert chosen(room) == key_of(weights)
    assert room.traced is not None
    assert room.traced.trace.classes == ("cat", "dog", "owl", "fox", "hen")
    assert room.traced.network.trained
    assert listed(room)[:3] == ["Your models", "cats.safetensors · tiny.py:Tiny", "Open model…"]
    assert room.bar.networks.currentText() == "cats.safetensors · tiny.py:Tiny"
    # Another picture does not open it again.
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert files.runs == 1


@pytest.mark.parametrize("way", ["no", "escape", "enter"])
def test_a_program_that_is_not_trusted_does_not_run_and_changes_nothing(
    driver: Driver, files: Files, way: str
) -> None:
    room = desk(driver)
    before = room.traced
    driver.window.open_model(files.program())
    box = opened(driver, QMessageBox)
    assert "tiny.py" in box.text()
    if way == "no":
        answer(driver, NO)
    else:
        key = Qt.Key.Key_Escape if way == "escape" else Qt.Key.Key_Return
        with driver.qtbot.waitSignal(box.finished, timeout=WAIT_MS):
            driver.qtbot.keyClick(box, key)
        driver.settle()
    assert not room.busy
    assert room.traced is before
    assert chosen(room) == SMALL
    assert files.runs == 0
    assert load_models(own_models_path()) == ()
    assert not room.problem.isVisible()


def test_a_trusted_program_opens_and_is_asked_about_again_the_next_time(driver: Driver, files: Files) -> None:
    room, program = desk(driver), files.program()
    driver.window.open_model(program)
    answer(driver, YES)
    dialog = opened(driver, ModelDialog)
    # Its classes are read, not run.
    assert files.runs == 0
    assert dialog.architecture.currentText() == "Tiny"
    press_ok(driver, dialog)
    driver.settle()
    assert files.runs == 1
    assert chosen(room) == key_of(program)
    room.choose_network(SMALL)
    driver.settle()
    room.choose_network(key_of(program))
    answer(driver, NO)
    assert chosen(room) == SMALL
    assert files.runs == 1
    room.choose_network(key_of(program))
    answer(driver, YES)
    assert chosen(room) == key_of(program)
    assert files.runs == 2


def test_the_class_count_of_a_resnet_comes_from_the_file(driver: Driver, files: Files) -> None:
    room = desk(driver)
    driver.window.open_model(files.state("resnet18", "pets-resnet18.pth", 7))
    dialog = opened(driver, ModelDialog)
    assert dialog.architecture.currentText() == "resnet18"
    assert text_of(dialog, "model-class-count") == "The file has 7 outputs."
    dialog.form.automatic.setChecked(False)
    dialog.form.width_field.set_value(96)
    dialog.form.height_field.set_value(64)
    dialog.form.shorter.set_value(96)
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(str(files.folder / "pets-resnet18.pth"))
    assert room.traced is not None
    assert room.traced.trace.outputs[-1].shape == (7,)
    assert room.traced.trace.input.shape == (3, 64, 96)


def test_too_few_names_are_a_sentence_and_can_be_put_right(driver: Driver, files: Files) -> None:
    room, weights = desk(driver), files.state("lenet5", "lenet5.pt", 4)
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    dialog.classes.setPlainText("cat\ndog")
    press_ok(driver, dialog)
    driver.settle()
    assert room.problem.isVisible()
    assert "lenet5.pt has 4 outputs and was given 2 names" in room.problem.text()
    assert chosen(room) == SMALL
    # What was typed is still there.
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    assert dialog.classes.toPlainText() == "cat\ndog"
    dialog.classes.setPlainText("cat\ndog\nowl\nfox")
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert not room.problem.isVisible()


def test_weights_of_another_network_are_refused_and_the_last_one_stays(driver: Driver, files: Files) -> None:
    room = desk(driver)
    driver.window.open_model(files.tiny_weights())
    dialog = opened(driver, ModelDialog)
    dialog.architecture.setEditText("resnet18")
    press_ok(driver, dialog)
    driver.settle()
    assert room.problem.isVisible()
    assert "cats.safetensors" in room.problem.text()
    assert "Traceback" not in room.problem.text()
    assert chosen(room) == SMALL
    assert driver.window.preferences.network == SMALL
    assert load_models(own_models_path()) == ()
    assert listed(room)[:2] == ["Your models", "Open model…"]
