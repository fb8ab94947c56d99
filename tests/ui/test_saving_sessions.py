"""Sessions in the window: saved, opened, and what is said where that fails."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox

from convviz.core.specs import Activation
from convviz.files.own_models import key_of
from convviz.files.samples import open_sample
from convviz.files.session_writing import write_session
from convviz.files.sessions import HELD, read_session
from convviz.ui.sessions.content import Content
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.questions import BUTTONS
from tests.ui.session_files import check_same, edit, place, questions, save, small, title

__all__ = ["place", "questions", "small"]


def test_a_session_comes_back_in_another_window(make_window: Callable[..., Driver], place: Path) -> None:
    driver = make_window()
    driver.window.opener.show_example("three-filters")
    driver.window.session.edit(driver.window.session.state.with_settings(activation=Activation.RELU), "ReLU")
    wanted, result = driver.window.session.state, driver.result()
    save(driver)
    driver.window.close()
    other = make_window(Room.IMAGE)
    other.window.open_path(str(place))
    other.settle()
    check_same(other.window.session.state, wanted)
    assert other.window.room is Room.CONVOLUTION
    assert np.array_equal(other.result(), result)
    assert title(other) == "lecture.convviz — convviz"


@pytest.mark.usefixtures("small")
def test_views_and_every_room_come_back(make_window: Callable[..., Driver], place: Path) -> None:
    driver = make_window(Room.EMBEDDINGS)
    driver.window.session.edit(driver.window.session.state.with_picture(open_sample("conv-step")), "open")
    driver.window.embeddings.add_opened()
    driver.settle()
    driver.window.set_room(Room.NETWORK)
    driver.settle()
    driver.window.network.do("layer-forward")
    driver.window.network.do("map-forward")
    driver.window.set_room(Room.CONVOLUTION)
    driver.settle()
    driver.window.convolution.pointing.look_at((1, 1), None, predict=False)
    tables = driver.window.sessions.tables()
    assert tables["network"]["map"] == 1
    assert HELD in tables["embeddings"]["pictures"][-1]
    save(driver)

    other = make_window()
    other.window.open_path(str(place))
    other.settle()
    assert other.window.convolution.view.cell == (1, 1)
    # A room nobody has visited yet does nothing, and is saved all the same.
    assert other.window.network.desk is None
    assert other.window.sessions.tables()["network"] == tables["network"]
    other.window.set_room(Room.NETWORK)
    other.settle()
    assert other.window.network.table() == tables["network"]
    other.window.set_room(Room.EMBEDDINGS)
    other.settle()
    found = other.window.embeddings.held_table()
    assert found["pictures"][:-1] == tables["embeddings"]["pictures"][:-1]
    one, same = found["pictures"][-1][HELD], tables["embeddings"]["pictures"][-1][HELD]
    assert one.values.tobytes() == same.values.tobytes()
    assert not other.window.sessions.modified


def test_undo_takes_the_opening_back(driver: Driver, place: Path) -> None:
    save(driver)
    edit(driver, 3)
    mine = driver.window.session.state
    driver.window.sessions.begin_with(str(place), None)
    driver.settle()
    assert driver.window.session.state.settings.stride == (1, 1)
    driver.trigger("undo")
    assert driver.window.session.state == mine


def test_save_as_leaves_the_first_file_alone(driver: Driver, place: Path, tmp_path: Path) -> None:
    save(driver)
    before = place.read_bytes()
    edit(driver)
    other = tmp_path / "other"
    with pytest.MonkeyPatch.context() as patch:
        # Without the suffix, which is added.
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(other), ""))
        driver.trigger("save-as")
        driver.settle()
    assert place.read_bytes() == before
    assert title(driver) == "other.convviz — convviz"
    edit(driver, 3)
    save(driver)
    assert place.read_bytes() == before
    assert read_session(tmp_path / "other.convviz").layer["stride"] == [3, 3]


def test_a_name_that_is_taken_once_completed_is_not_overwritten(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken.convviz"
    taken.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "taken"), ""))
    save(driver)
    assert taken.read_text() == "mine"
    assert "taken.convviz exists already" in driver.window.problem.text()


def test_no_name_no_file(driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    save(driver)
    assert driver.window.sessions.path == ""
    assert not list(tmp_path.glob("*.convviz"))


def test_of_several_saves_in_a_row_the_newest_is_in_the_file(driver: Driver, place: Path) -> None:
    save(driver)
    for stride in (2, 3, 4):
        edit(driver, stride)
        driver.trigger("save")
    driver.settle()
    assert read_session(place).layer["stride"] == [4, 4]
    assert not driver.window.sessions.modified


def test_a_session_is_opened_from_the_dialog_a_drop_and_the_recent_files(
    make_window: Callable[..., Driver], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = make_window()
    edit(driver)
    save(driver)
    assert driver.window.preferences.recent[0] == str(place)
    driver.window.close()

    def dialog(driver: Driver) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(place), ""))
        driver.trigger("open")

    def drop(driver: Driver) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(place))])
        actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        modifiers = Qt.KeyboardModifier.NoModifier
        driver.window.dropEvent(QDropEvent(QPoint(5, 5), actions, mime, button, modifiers))

    def recent(driver: Driver) -> None:
        menu = driver.window.menus.commands.menus["recent"]
        menu.aboutToShow.emit()
        menu.actions()[0].trigger()

    for way in (dialog, drop, recent):
        other = make_window()
        way(other)
        other.settle()
        assert other.window.session.state.settings.stride == (2, 2), way
        assert title(other) == "lecture.convviz — convviz"
        other.window.close()


def test_a_bad_session_leaves_everything_as_it_was(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "bad.convviz"
    path.write_bytes(b"PK nothing of the kind")
    before = driver.window.session.state
    driver.window.open_path(str(path))
    driver.settle()
    assert driver.window.session.state is before
    assert "bad.convviz is not a session, or is damaged" in driver.window.problem.text()
    assert driver.window.sessions.path == ""
    assert str(path) not in driver.window.preferences.recent


def test_what_a_room_cannot_show_is_told_when_it_is_visited(driver: Driver, place: Path) -> None:
    saved = Content(driver.window.session.state, Room.CONVOLUTION, {"network": {"page": "kitchen"}}).saved()
    write_session(place, saved)
    driver.window.open_path(str(place))
    driver.settle()
    assert driver.window.problem.text() == ""
    driver.window.set_room(Room.NETWORK)
    driver.settle()
    assert "lecture.convviz is not a session as it should be: look at network, page" in (
        driver.window.problem.text()
    )


def test_a_program_of_the_users_is_not_run_by_opening_a_session(
    driver: Driver, place: Path, tmp_path: Path
) -> None:
    program, trace = tmp_path / "model.py", tmp_path / "it-ran"
    program.write_text(f"open({str(trace)!r}, 'w').close()\n")
    table = {"model": key_of(str(program)), "layer": "", "map": 0, "page": "maps"}
    write_session(place, Content(driver.window.session.state, Room.NETWORK, {"network": table}).saved())
    driver.window.open_path(str(place))
    driver.qtbot.waitUntil(lambda: driver.window.findChild(QMessageBox, "trust-question") is not None)
    box = driver.window.findChild(QMessageBox, "trust-question")
    assert isinstance(box, QMessageBox)
    box.button(BUTTONS.No).click()
    driver.settle()
    assert not trace.exists()


def test_a_folder_that_is_gone_gets_a_sentence_and_the_mark_stays(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "none" / "a.convviz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    save(driver)
    assert "there is no folder" in driver.window.problem.text()
    assert driver.window.sessions.path == ""
    path.parent.mkdir()
    save(driver)
    edit(driver)
    path.unlink()
    path.parent.rmdir()
    save(driver)
    assert title(driver) == "a.convviz* — convviz"


def test_during_a_lesson_ones_own_session_is_not_overwritten(
    driver: Driver, place: Path, tmp_path: Path
) -> None:
    save(driver)
    before = place.read_bytes()
    driver.window.lessons.open("conv-step")
    driver.settle()
    assert not driver.window.sessions.modified
    copy = tmp_path / "copy.convviz"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
        save(driver)
    assert place.read_bytes() == before
    assert read_session(copy).picture.values.shape == open_sample("conv-step").values.shape
    assert title(driver) == "lecture.convviz — convviz"
    driver.window.open_path(str(copy))
    driver.settle()
    assert not driver.window.lessons.running
    assert title(driver) == "copy.convviz — convviz"
