"""A lecturer's own lesson: recorded, worded, ordered, saved, and the same in another window."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from convviz.core.picture import Picture
from convviz.core.specs import Activation
from convviz.files.lessons import read_lesson
from convviz.ui.lessons.maker import LessonMaker
from convviz.ui.lessons.view_table import LayerView
from convviz.ui.state import Room
from tests.ui.driver import Driver


@pytest.fixture(autouse=True)
def nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let windows close, and lessons begin, over one that is not saved."""
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)


def maker(driver: Driver) -> LessonMaker:
    return driver.window.lessons.make()


def test_what_is_on_screen_is_the_same_for_whoever_opens_the_file(
    make_window: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = make_window()
    window = driver.window
    own = Picture(
        np.random.default_rng(3).integers(0, 256, (30, 40, 3), np.uint8),
        "mine.png",
        source="/home/x/mine.png",
    )
    state = window.session.state.with_picture(own).with_kernel(np.array([[0.1, -2.0], [3.5, 1 / 3]]))
    window.session.edit(replace(state.with_settings(activation=Activation.RELU, stride=(2, 1))), "own")
    driver.settle()
    window.convolution.show_view(LayerView(step=7, predict=True))
    driver.trigger("lessons-record")
    window.set_room(Room.IMAGE)
    driver.settle()
    driver.trigger("lessons-record")
    make = maker(driver)
    make.steps.setCurrentRow(0)
    make.title.setText("")
    QTest.keyClicks(make.title, "Mine")
    make.text.setPlainText("Look at this.")
    QTest.keyClicks(make.question, "How many?")
    QTest.keyClicks(make.answer, "0,5")
    make.steps.setCurrentRow(1)
    make.text.setPlainText("And at this.")
    path = tmp_path / "mine.lesson.toml"
    assert make.file.save_as(str(path))
    kept = window.session.state

    other = make_window().window
    assert other is not window
    other.lessons.open(str(path))
    driver = Driver(other, driver.qtbot)
    driver.settle()
    shown = other.session.state
    np.testing.assert_array_equal(shown.picture.values, own.values)
    assert replace(shown, picture=kept.picture) == kept
    assert other.convolution.transport.position == 7
    assert other.convolution.transport.predicting
    assert other.lessons.panel.text.text() == "Look at this."
    assert other.lessons.panel.cards[0].fields[0] is not None
    other.lessons.forward()
    assert other.room is Room.IMAGE
    # Nobody's folders travel along.
    assert "/home/x" not in path.read_text(encoding="utf-8")


def test_steps_are_moved_replaced_and_taken_out(driver: Driver) -> None:
    make = maker(driver)
    for text in ("a", "b", "c"):
        make.record()
        make.text.setPlainText(text)
    assert [step.text for step in make.draft.steps] == [{"en": text} for text in "abc"]
    make.up()
    make.up()
    assert [step.text["en"] for step in make.draft.steps] == ["c", "a", "b"]
    assert make.row == 0
    make.down()
    assert [step.text["en"] for step in make.draft.steps] == ["a", "c", "b"]
    driver.window.set_room(Room.IMAGE)
    make.replace_step()
    assert (make.draft.steps[1].room, make.draft.steps[1].text["en"]) == ("image", "c")
    make.delete()
    assert [step.text["en"] for step in make.draft.steps] == ["a", "b"]
    assert make.steps.item(1).text() == "2  b"


def test_words_are_kept_in_both_languages(driver: Driver) -> None:
    make = maker(driver)
    make.record()
    make.text.setPlainText("English")
    make.language.chosen.emit("ru")
    assert make.text.toPlainText() == ""
    make.text.setPlainText("Русский")
    make.language.chosen.emit("en")
    assert make.text.toPlainText() == "English"
    assert make.draft.steps[0].text == {"en": "English", "ru": "Русский"}


def test_a_lesson_without_words_is_not_saved(driver: Driver, tmp_path: Path) -> None:
    make = maker(driver)
    make.file.save()
    assert "no step yet" in make.problem.text()
    make.record()
    make.file.save()
    assert "no title yet" in make.problem.text()
    QTest.keyClicks(make.title, "T")
    make.file.save()
    assert "Step 1 has no text yet" in make.problem.text()
    assert list(tmp_path.rglob("*.toml")) == []


def test_an_ending_that_is_added_overwrites_nothing(driver: Driver, tmp_path: Path) -> None:
    make = maker(driver)
    make.record()
    (tmp_path / "old.lesson.toml").write_text("mine", encoding="utf-8")
    assert not make.file.save_as(str(tmp_path / "old"))
    assert "exists already" in make.problem.text()
    assert (tmp_path / "old.lesson.toml").read_text(encoding="utf-8") == "mine"
    assert not make.file.save_as(str(tmp_path / "nowhere" / "new"))


def test_a_file_is_opened_changed_and_saved_again(driver: Driver, tmp_path: Path) -> None:
    make = maker(driver)
    make.record()
    QTest.keyClicks(make.title, "First")
    make.text.setPlainText("Text")
    path = tmp_path / "first.lesson.toml"
    assert make.file.save_as(str(path))
    make.file.new()
    assert make.draft.steps == []
    make.file.open(str(path))
    QTest.keyClicks(make.title, " again")
    assert make.file.save_as(str(path))
    assert read_lesson(path).title == {"en": "First again"}
    path.write_text("nothing", encoding="utf-8")
    make.file.open(str(path))
    assert "not a lesson" in make.problem.text()
    assert make.draft.title == {"en": "First again"}


@pytest.mark.parametrize(
    ("answer", "closes"), [("Discard", True), ("Cancel", False)], ids=["discard", "cancel"]
)
def test_closing_the_window_asks_about_a_lesson_in_the_making(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, answer: str, closes: bool
) -> None:
    driver.trigger("lessons-record")
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton[answer])
    assert driver.window.close() is closes
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)


def test_a_step_in_the_making_can_be_shown(driver: Driver) -> None:
    make = maker(driver)
    make.record()
    make.text.setPlainText("Seen")
    driver.window.set_room(Room.IMAGE)
    QTest.mouseClick(make.buttons["show"], Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.window.room is Room.CONVOLUTION
    assert driver.window.lessons.panel.text.text() == "Seen"


def test_a_figure_is_recorded_only_while_it_is_on_screen(driver: Driver) -> None:
    window, make = driver.window, maker(driver)
    window.lessons.open("conv-layer", 1)
    driver.settle()
    make.record()
    window.set_room(Room.CONVOLUTION)
    driver.settle()
    make.record()
    assert make.draft.steps[0].figure["kind"] == "filters"
    assert make.draft.steps[0].figure["groups"] == 1
    assert make.draft.steps[1].figure == {}
    # And from a room that the lecturer has gone to, one goes on to the next step.
    window.lessons.forward()
    assert window.lessons.course.index == 2
