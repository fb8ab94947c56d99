"""The lecturer's view: notes, what comes next, and the keys of a remote."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from convviz.ui.language import Language
from convviz.ui.lessons.notes_window import NotesWindow
from tests.ui.driver import Driver
from tests.ui.lessons.lesson_panel import TEXT


@pytest.fixture
def notes(driver: Driver, tmp_path: Path) -> NotesWindow:
    path = tmp_path / "own.lesson.toml"
    said = 'notes = { en = "Ask first.", ru = "Сначала спросите." }\nview = { step'
    path.write_text(TEXT.replace("view = { step", said), encoding="utf-8")
    driver.window.lessons.open(str(path))
    driver.window.lessons.present()
    window = driver.window.lessons.notes
    assert window is not None
    return window


def test_it_says_what_only_the_lecturer_needs(driver: Driver, notes: NotesWindow) -> None:
    assert notes.isVisible()
    assert notes.notes.text() == "Ask first."
    assert notes.title.text() == "Own lesson"
    assert notes.text.text() == "Predict the sixth.\n\nBelow the maps."
    assert notes.following.text() == "Pinned."
    driver.window.set_language(Language.RUSSIAN)
    assert notes.notes.text() == "Сначала спросите."


def test_the_keys_of_a_remote_step_from_there(driver: Driver, notes: NotesWindow) -> None:
    course = driver.window.lessons.course
    for key, index in (
        (Qt.Key.Key_PageDown, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_Left, 0),
    ):
        QTest.keyClick(notes, key)
        assert course.index == index
    QTest.keyClick(notes, Qt.Key.Key_PageDown)
    QTest.keyClick(notes, Qt.Key.Key_PageDown)
    assert notes.following.text() == "The end."


def test_without_a_lesson_it_says_how_to_begin_one(driver: Driver, notes: NotesWindow) -> None:
    driver.window.lessons.close()
    assert "F2" in notes.title.text()
    assert notes.notes.text() == ""


def test_it_closes_with_the_window(driver: Driver, notes: NotesWindow) -> None:
    driver.window.close()
    assert not notes.isVisible()
