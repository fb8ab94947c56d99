"""The list of the user's own models: kept for the next start, damaged, shortened."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from convviz.files.own_models import key_of, load_models
from convviz.nets import catalog
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.preferences import own_models_path
from convviz.ui.preprocessing_form import GREY
from convviz.ui.rooms.own_models import FORGET
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.network_room import SMALL, Catalogue, catalogue, desk, driver
from tests.ui.own_models import YES, Files, _no_list, answer, chosen, files, listed, opened, press_ok

__all__ = ["_no_list", "catalogue", "driver", "files"]


def test_the_settings_are_kept_for_the_next_start(
    driver: Driver, make_window: Callable[..., Driver], files: Files
) -> None:
    weights = files.state("lenet5", "lenet5.pt", 3)
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    form = dialog.form
    form.automatic.setChecked(False)
    form.colours.setCurrentIndex(form.colours.findData(GREY))
    assert form.mean.text() == "0.1307"
    form.mean.setText("0.25")
    for field in (form.width_field, form.height_field, form.shorter):
        field.set_value(28)
    dialog.classes.setPlainText("one\ntwo\nthree")
    press_ok(driver, dialog)
    driver.settle()
    again = make_window(Room.NETWORK)
    room = desk(again)
    # It opens at once, without a question, as it runs nothing.
    assert chosen(room) == key_of(weights)
    assert room.traced is not None
    assert room.traced.network.preprocessing.mean == (0.25,)
    assert room.traced.trace.classes == ("one", "two", "three")
    assert listed(room)[:3] == ["Your models", "lenet5.pt · lenet5", "Open model…"]
    again.window.open_model(weights)
    dialog = opened(again, ModelDialog)
    assert not dialog.form.automatic.isChecked()
    assert dialog.form.mean.text() == "0.25"
    assert dialog.form.colours.currentData() == GREY
    assert dialog.classes.toPlainText() == "one\ntwo\nthree"
    dialog.reject()


def test_a_program_is_not_run_by_a_start(
    driver: Driver, make_window: Callable[..., Driver], files: Files
) -> None:
    program = files.program()
    driver.window.open_model(program)
    answer(driver, YES)
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert driver.window.preferences.network == key_of(program)
    room = desk(make_window(Room.NETWORK))
    assert chosen(room) == catalog.DEFAULT
    assert files.runs == 1
    assert listed(room)[1:3] == ["Your models", "tiny.py · Tiny"]


def test_a_model_that_is_gone_is_a_sentence_and_the_default_comes_instead(
    driver: Driver, make_window: Callable[..., Driver], files: Files
) -> None:
    weights = files.state("lenet5", "lenet5.pt")
    driver.window.open_model(weights)
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert driver.window.preferences.network == key_of(weights)
    Path(weights).unlink()
    room = desk(make_window(Room.NETWORK))
    assert chosen(room) == catalog.DEFAULT
    assert room.problem.isVisible()
    assert "lenet5.pt" in room.problem.text()


def test_a_damaged_list_is_told_and_kept(
    catalogue: Catalogue, make_window: Callable[..., Driver], files: Files
) -> None:
    path = own_models_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"version": 1, "models": [{"path": 3}]}', encoding="utf-8")
    driver = make_window(Room.NETWORK)
    room = desk(driver)
    assert catalogue.opened == [catalog.DEFAULT]
    assert room.problem.isVisible()
    assert "models.json is damaged" in room.problem.text()
    driver.window.open_model(files.state("lenet5", "lenet5.pt"))
    press_ok(driver, opened(driver, ModelDialog))
    driver.settle()
    assert [model.architecture for model in load_models(path)] == ["lenet5"]
    assert path.with_name("models.json.bak").read_text(encoding="utf-8").startswith('{"version": 1')


def with_lenet(driver: Driver, files: Files) -> str:
    """Open a model of the user's with a class of its own names, and return its file."""
    weights = files.state("lenet5", "lenet5.pt", 3)
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    dialog.classes.setPlainText("one\ntwo\nthree")
    press_ok(driver, dialog)
    driver.settle()
    return weights


@pytest.mark.parametrize("way", ["menu", "list"])
def test_a_model_is_forgotten_without_a_question_and_comes_back_when_it_is_opened(
    driver: Driver, files: Files, way: str
) -> None:
    weights = with_lenet(driver, files)
    room, networks = desk(driver), desk(driver).bar.networks
    entry = networks.findData(FORGET)
    assert networks.itemText(entry) == "Forget this model"
    assert "its file stays" in networks.itemData(entry, Qt.ItemDataRole.ToolTipRole)
    if way == "menu":
        driver.trigger("network-forget")
    else:
        networks.setCurrentIndex(entry)
        networks.activated.emit(entry)
    driver.settle()
    assert chosen(room) == catalog.DEFAULT
    assert "lenet5.pt · lenet5" not in listed(room)
    assert networks.findData(FORGET) < 0
    assert load_models(own_models_path()) == ()
    assert room.problem.text().startswith("lenet5.pt is off the list")
    assert Path(weights).exists()
    driver.window.open_model(weights)
    dialog = opened(driver, ModelDialog)
    assert dialog.classes.toPlainText() == "one\ntwo\nthree"
    press_ok(driver, dialog)
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert [model.path for model in load_models(own_models_path())] == [weights]


def test_a_network_of_the_catalogue_cannot_be_forgotten_and_it_is_said(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-forget")
    assert chosen(room) == SMALL
    assert room.problem.text().startswith("Only a model of your own")


def test_stopping_while_a_model_is_being_forgotten_keeps_it(
    driver: Driver, catalogue: Catalogue, files: Files
) -> None:
    weights = with_lenet(driver, files)
    room = desk(driver)
    catalogue.waits.clear()
    catalogue.may_open.clear()
    driver.trigger("network-forget")
    assert catalogue.waits.wait(10)
    room.cancel()
    catalogue.may_open.set()
    driver.settle()
    assert chosen(room) == key_of(weights)
    assert not room.problem.isVisible()
    assert "lenet5.pt · lenet5" in listed(room)
