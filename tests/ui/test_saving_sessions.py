"""Sessions in the window: saved, opened, marked, asked about, kept for a crash and offered back."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox

from convviz.core.specs import Activation
from convviz.core.text import Problem
from convviz.files.own_models import key_of
from convviz.files.samples import open_sample
from convviz.files.session_writing import write_session
from convviz.files.sessions import HELD, read_session
from convviz.ui import gallery as gallery_module
from convviz.ui import gallery_jobs
from convviz.ui.language import Language
from convviz.ui.sessions import autosave as autosaving
from convviz.ui.sessions.autosave import Autosave
from convviz.ui.sessions.content import Content, content_from
from convviz.ui.sessions.leftovers import leftovers
from convviz.ui.sessions.rescue import Rescue, RescueBox
from convviz.ui.state import Room, State
from tests.ui.driver import Driver
from tests.ui.test_embeddings_room import Catalogue

BUTTONS = QMessageBox.StandardButton


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Answer every question for a name with this one."""
    path = tmp_path / "lecture.convviz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


class Questions:
    """Counts what is asked, and answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.answer = BUTTONS.Discard
        monkeypatch.setattr(QMessageBox, "question", self._ask)

    def _ask(self, *words: object) -> QMessageBox.StandardButton:
        self.asked.append(str(words[2]))
        return self.answer


@pytest.fixture(autouse=True)
def questions(monkeypatch: pytest.MonkeyPatch) -> Questions:
    return Questions(monkeypatch)


def save(driver: Driver) -> None:
    driver.trigger("save")
    driver.settle()


def edit(driver: Driver, stride: int = 2) -> None:
    session = driver.window.session
    session.edit(session.state.with_settings(stride=(stride, stride)), "edit")
    session.refresh()


def title(driver: Driver) -> str:
    """Return the title as it is seen."""
    mark = "*" if driver.window.isWindowModified() else ""
    return driver.window.windowTitle().replace("[*]", mark)


def check_same(found: State, wanted: State) -> None:
    assert found.picture.values.tobytes() == wanted.picture.values.tobytes()
    assert found.picture.values.dtype == wanted.picture.values.dtype
    assert replace(found, picture=wanted.picture) == wanted


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have small networks in the network and in the embeddings room."""
    made = Catalogue()
    monkeypatch.setattr(gallery_module, "open_network", made.open)
    monkeypatch.setattr(gallery_jobs, "entries", made.list)
    QSettings().setValue("network", "lenet5")
    yield
    made.may_open.set()


# Saving and opening


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


# The title and the question


def test_the_title_marks_what_is_not_saved(driver: Driver, place: Path) -> None:
    assert title(driver) == "Cat — convviz"
    edit(driver)
    # Without a name there is no mark.
    assert title(driver) == "Cat — convviz"
    save(driver)
    assert title(driver) == "lecture.convviz — convviz"
    edit(driver, 3)
    assert title(driver) == "lecture.convviz* — convviz"
    driver.trigger("undo")
    driver.window.session.refresh()
    assert title(driver) == "lecture.convviz — convviz"
    driver.window.set_language(Language.RUSSIAN)
    assert title(driver) == "lecture.convviz — convviz"


@pytest.mark.usefixtures("small")
def test_looking_around_is_no_change(driver: Driver, place: Path) -> None:
    save(driver)
    driver.window.convolution.pointing.look_at((3, 3), None, predict=False)
    for room in (Room.IMAGE, Room.NETWORK, Room.EMBEDDINGS):
        driver.window.set_room(room)
        driver.settle()
        driver.window.sessions.look()
    driver.window.set_room(Room.NETWORK)
    driver.window.network.do("layer-forward")
    driver.window.sessions.look()
    assert not driver.window.sessions.modified


@pytest.mark.usefixtures("small")
def test_other_pictures_of_the_embeddings_room_are_a_change(driver: Driver, place: Path) -> None:
    driver.window.set_room(Room.EMBEDDINGS)
    driver.settle()
    save(driver)
    driver.window.session.edit(driver.window.session.state.with_picture(open_sample("conv-step")), "open")
    driver.trigger("undo")
    driver.window.sessions.look()
    assert not driver.window.sessions.modified
    driver.window.embeddings.do("clear")
    driver.window.sessions.look()
    assert driver.window.sessions.modified


def test_who_never_saved_is_not_asked(driver: Driver, questions: Questions) -> None:
    edit(driver)
    assert driver.window.close()
    assert questions.asked == []


@pytest.mark.parametrize("answer", [BUTTONS.Cancel, BUTTONS.Discard, BUTTONS.Save])
def test_changes_of_a_named_session_are_asked_about_at_the_end(
    driver: Driver, place: Path, questions: Questions, answer: QMessageBox.StandardButton
) -> None:
    save(driver)
    edit(driver)
    questions.answer = answer
    closed = driver.window.close()
    assert questions.asked == ["lecture.convviz has changes that are not saved. Save them?"]
    assert closed is (answer != BUTTONS.Cancel)
    assert read_session(place).layer["stride"] == ([2, 2] if answer == BUTTONS.Save else [1, 1])
    questions.answer = BUTTONS.Discard
    driver.window.close()
    assert len(questions.asked) == (2 if answer == BUTTONS.Cancel else 1)


def test_they_are_asked_about_before_another_session_takes_their_place(
    driver: Driver, place: Path, tmp_path: Path, questions: Questions
) -> None:
    save(driver)
    other = tmp_path / "other.convviz"
    other.write_bytes(place.read_bytes())
    edit(driver)
    questions.answer = BUTTONS.Cancel
    driver.window.open_path(str(other))
    driver.settle()
    assert title(driver) == "lecture.convviz* — convviz"
    questions.answer = BUTTONS.Discard
    driver.window.open_path(str(other))
    driver.settle()
    assert title(driver) == "other.convviz — convviz"
    assert len(questions.asked) == 2


def test_a_save_that_fails_at_the_end_keeps_the_window(
    driver: Driver, place: Path, questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(driver)
    edit(driver)
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(str(words[2])))
    place.unlink()
    place.mkdir()
    questions.answer = BUTTONS.Save
    assert not driver.window.close()
    assert "it is a folder" in said[0]
    assert driver.window.isVisible()
    questions.answer = BUTTONS.Discard


def test_a_window_that_is_closed_at_once_has_saved(driver: Driver, place: Path, questions: Questions) -> None:
    edit(driver)
    driver.trigger("save")
    assert driver.window.close()
    assert read_session(place).layer["stride"] == [2, 2]
    assert questions.asked == []


# Where nothing can be written


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


# Lessons


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


# Kept for a crash


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "kept"


def kept(driver: Driver, folder: Path) -> Autosave:
    return driver.window.sessions.start_keeping(folder)


def keep(driver: Driver) -> None:
    driver.window.sessions.keep()
    autosave = driver.window.sessions.autosave
    assert autosave is not None
    driver.qtbot.waitUntil(lambda: not autosave.busy)


def crash(driver: Driver) -> None:
    """End the window as a crash would: its file stays, its lock is nobody's."""
    autosave = driver.window.sessions.autosave
    assert autosave is not None
    autosave._lock.unlock()
    driver.window.sessions.autosave = None


def test_nothing_is_written_before_something_changed(driver: Driver, folder: Path) -> None:
    kept(driver, folder)
    keep(driver)
    driver.window.set_room(Room.IMAGE)
    keep(driver)
    assert not folder.exists()


def test_changes_are_kept_every_half_minute_and_only_then(driver: Driver, folder: Path) -> None:
    assert autosaving.INTERVAL_MS == 30_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(autosaving, "INTERVAL_MS", 20)
        autosave = kept(driver, folder)
    written: list[bool] = []
    autosave.written.connect(lambda: written.append(True))
    edit(driver)
    driver.qtbot.waitUntil(lambda: len(written) == 1)
    # The clock goes on, but there is nothing new to be kept.
    ticks: list[bool] = []
    autosave._timer.timeout.connect(lambda: ticks.append(True))
    driver.qtbot.waitUntil(lambda: len(ticks) >= 4)
    assert len(written) == 1
    assert not autosave.busy
    found = content_from(read_session(autosave.path), autosave.path.name)
    check_same(found.state, driver.window.session.state)
    # No other window takes it for a leftover.
    assert leftovers(folder) == []
    edit(driver, 3)
    driver.qtbot.waitUntil(lambda: len(written) == 2)


def test_a_clean_end_leaves_nothing(driver: Driver, folder: Path) -> None:
    kept(driver, folder)
    edit(driver)
    keep(driver)
    assert len(list(folder.iterdir())) == 2
    driver.window.close()
    assert list(folder.iterdir()) == []


def test_what_is_saved_is_kept_no_longer(driver: Driver, folder: Path, place: Path) -> None:
    autosave = kept(driver, folder)
    edit(driver)
    keep(driver)
    assert autosave.path.exists()
    save(driver)
    assert not autosave.path.exists()
    edit(driver, 3)
    keep(driver)
    assert read_session(autosave.path).file == str(place)


def test_a_disk_that_is_full_is_told_once(driver: Driver, folder: Path) -> None:
    folder.parent.mkdir()
    # A file in the place of the folder: nothing can be written there, not even by root.
    folder.touch()
    autosave, said = kept(driver, folder), list[str]()
    autosave.failed.connect(lambda sentence: said.append(str(sentence)))
    for stride in (2, 3):
        edit(driver, stride)
        keep(driver)
    assert len(said) == 1
    assert said[0].startswith("Your work is not being kept in case of a crash.")
    folder.unlink()
    keep(driver)
    assert autosave.path.exists()


def test_a_full_disk_keeps_what_was_kept_before(
    driver: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    autosave, said = kept(driver, folder), list[str]()
    autosave.failed.connect(lambda sentence: said.append(str(sentence)))
    edit(driver, 2)
    keep(driver)

    def full(*_: object) -> None:
        raise Problem("There is no room left.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(autosaving, "write_session", full)
        for stride in (3, 4):
            edit(driver, stride)
            keep(driver)
    assert said == ["Your work is not being kept in case of a crash. There is no room left."]
    assert read_session(autosave.path).layer["stride"] == [2, 2]
    keep(driver)
    assert read_session(autosave.path).layer["stride"] == [4, 4]


def test_an_error_nobody_foresaw_keeps_the_work(driver: Driver, folder: Path) -> None:
    autosave = kept(driver, folder)
    edit(driver)
    driver.window.show_defect("Traceback: something")
    driver.qtbot.waitUntil(autosave.path.exists)
    (box,) = [box for box in driver.window.findChildren(QMessageBox) if box.isVisible()]
    assert "something" in box.detailedText()
    box.close()


def test_in_a_lesson_ones_own_work_is_kept(driver: Driver, folder: Path) -> None:
    autosave = kept(driver, folder)
    edit(driver)
    wanted = driver.window.session.state
    driver.window.lessons.open("conv-step")
    driver.settle()
    keep(driver)
    check_same(content_from(read_session(autosave.path), "kept").state, wanted)


# Offered back


def offered(driver: Driver, folder: Path) -> Rescue:
    rescue = Rescue(driver.window, leftovers(folder))
    rescue.offer()
    return rescue


def rescue_box(driver: Driver) -> RescueBox:
    (box,) = [box for box in driver.window.findChildren(RescueBox) if box.isVisible()]
    return box


def crashed(make_window: Callable[..., Driver], folder: Path, stride: int = 2) -> State:
    """Leave behind what a window that crashed would, and return its state."""
    driver = make_window()
    kept(driver, folder)
    edit(driver, stride)
    keep(driver)
    crash(driver)
    driver.window.close()
    return driver.window.session.state


def test_work_is_restored_and_goes_on_being_kept(make_window: Callable[..., Driver], folder: Path) -> None:
    wanted = crashed(make_window, folder)
    (left,) = folder.glob("*.convviz")
    driver = make_window()
    autosave = kept(driver, folder)
    offered(driver, folder)
    rescue_box(driver).restore.click()
    driver.settle()
    check_same(driver.window.session.state, wanted)
    # Until this window ends well, a second crash loses nothing.
    assert left.exists()
    assert autosave.path == left
    assert leftovers(folder) == []
    edit(driver, 4)
    keep(driver)
    assert read_session(left).layer["stride"] == [4, 4]
    driver.window.close()
    assert list(folder.iterdir()) == []


def test_restored_work_has_its_name_and_is_not_saved(
    make_window: Callable[..., Driver], folder: Path, place: Path, questions: Questions
) -> None:
    driver = make_window()
    kept(driver, folder)
    save(driver)
    edit(driver)
    keep(driver)
    crash(driver)
    questions.answer = BUTTONS.Discard
    driver.window.close()
    other = make_window()
    kept(other, folder)
    offered(other, folder)
    rescue_box(other).restore.click()
    other.settle()
    assert title(other) == "lecture.convviz* — convviz"
    save(other)
    assert title(other) == "lecture.convviz — convviz"
    assert read_session(place).layer["stride"] == [2, 2]


def test_work_is_discarded_only_if_one_says_so(make_window: Callable[..., Driver], folder: Path) -> None:
    crashed(make_window, folder)
    driver = make_window()
    offered(driver, folder)
    driver.qtbot.keyClick(rescue_box(driver), Qt.Key.Key_Escape)
    assert len(list(folder.glob("*.convviz"))) == 1
    offered(driver, folder)
    rescue_box(driver).discard.click()
    assert list(folder.iterdir()) == []
    offered(driver, folder)
    assert not [box for box in driver.window.findChildren(RescueBox) if box.isVisible()]


def test_of_two_crashes_the_newer_is_offered_first_and_the_other_next(
    make_window: Callable[..., Driver], folder: Path
) -> None:
    crashed(make_window, folder, 2)
    (first,) = folder.glob("*.convviz")
    os.utime(first, (1_000_000, 1_000_000))
    crashed(make_window, folder, 3)
    driver = make_window()
    offered(driver, folder)
    # Another window that starts meanwhile does not offer them too.
    assert leftovers(folder) == []
    rescue_box(driver).discard.click()
    assert list(folder.glob("*.convviz")) == [first]
    rescue_box(driver).restore.click()
    driver.settle()
    assert driver.window.session.state.settings.stride == (2, 2)


def test_what_cannot_be_read_is_told_and_kept_under_another_name(
    make_window: Callable[..., Driver], folder: Path
) -> None:
    folder.mkdir(parents=True)
    (folder / "1-a.convviz").write_bytes(b"broken")
    driver = make_window()
    before = driver.window.session.state
    offered(driver, folder)
    rescue_box(driver).restore.click()
    driver.settle()
    assert driver.window.session.state is before
    assert "not a session, or is damaged" in driver.window.problem.text()
    assert [each.name for each in folder.iterdir()] == ["1-a.convviz.bak"]


def state_home() -> Path:
    """Return the state folder of the program itself, which has another name than the one that runs tests."""
    return Path(os.environ["XDG_STATE_HOME"]) / "convviz" / "convviz"


# The whole program, killed and started again.
PROGRAM = """
import os, signal, sys
from PySide6.QtCore import QSettings, QTimer
from convviz.files.samples import open_sample
from convviz.ui.app import Application, qt_application
from convviz.ui.preferences import Preferences

app = qt_application()
application = Application(app, Preferences(QSettings()))
window = application.open_window(open_sample("cat"))
window.show()
application.keep_work()
window.session.edit(window.session.state.with_settings(stride=(5, 5)), "edit")
window.sessions.autosave.written.connect(lambda: os.kill(os.getpid(), signal.SIGKILL))
window.sessions.keep()
QTimer.singleShot(60_000, app.quit)
app.exec()
"""


def test_a_killed_program_offers_its_work_back(driver: Driver) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, timeout=90, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    (left,) = leftovers(state_home() / "kept")
    driver.window.sessions.restore(left)
    driver.settle()
    assert driver.window.session.state.settings.stride == (5, 5)
    left.discard()


def test_the_command_line_opens_a_session(tmp_path: Path, driver: Driver) -> None:
    state = State(open_sample("conv-step"), driver.window.session.state.bank)
    write_session(tmp_path / "a.convviz", Content(state, Room.IMAGE).saved())
    shots = [tmp_path / "session.png", tmp_path / "picture.png"]
    for shot, more in zip(shots, (["a.convviz"], ["--room", "image"]), strict=True):
        done = subprocess.run(
            [sys.executable, "-m", "convviz", *more, "--screenshot", str(shot), "--size", "800x600"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    # Nobody sees this window: nothing is kept of it.
    assert shots[0].read_bytes() != shots[1].read_bytes()
    assert list((state_home() / "kept").glob("*.convviz")) == []
