"""Work kept for a crash: when it is written, when it goes, what a full disk does to it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from convviz.core.text import Problem
from convviz.files.sessions import read_session
from convviz.ui.sessions import autosave as autosaving
from convviz.ui.sessions.content import content_from
from convviz.ui.sessions.leftovers import leftovers
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.session_files import check_same, edit, folder, keep, kept, place, questions, save

__all__ = ["folder", "place", "questions"]


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
