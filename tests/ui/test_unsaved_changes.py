"""What is not saved: marked in the title and asked about at the end."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from convviz.files.samples import open_sample
from convviz.files.sessions import read_session
from convviz.ui.language import Language
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.questions import BUTTONS, Questions
from tests.ui.session_files import edit, place, questions, save, small, title

__all__ = ["place", "questions", "small"]


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
