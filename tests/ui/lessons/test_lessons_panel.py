"""Lessons in the real window: what a step shows, how one goes on, and one's own work afterwards."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from convviz.files.samples import load_examples
from convviz.ui import theme
from convviz.ui.language import Language
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.lessons.lesson_panel import button, lesson_path, lessons, press, text

__all__ = ["lesson_path"]


def test_a_step_is_on_screen_with_its_numbers(driver: Driver, lesson_path: str) -> None:
    lessons(driver).open(lesson_path)
    window, example = driver.window, next(e for e in load_examples() if e.id == "conv-step")
    np.testing.assert_allclose(driver.result(), example.expected, atol=1e-5)
    assert window.room is Room.CONVOLUTION
    assert window.convolution.transport.position == 5
    assert window.convolution.transport.predicting
    assert window.convolution.pointing.hides_result
    assert lessons(driver).panel.isVisible()
    assert text(driver, "lesson-title") == "Own lesson"
    assert text(driver, "lesson-text") == "Predict the sixth."
    assert text(driver, "lesson-caption").endswith("1\u00a0/\u00a03")


def test_page_keys_go_on_and_back_and_steps_are_whole(driver: Driver, lesson_path: str) -> None:
    lessons(driver).open(lesson_path)
    driver.settle()
    press(driver, Qt.Key.Key_PageDown)
    window = driver.window
    assert window.convolution.pointing.pinned_cell == (2, 1)
    assert not window.convolution.transport.predicting
    assert window.convolution.transport.position is None
    press(driver, Qt.Key.Key_PageDown)
    assert window.room is Room.IMAGE
    assert window.image.view.pixel == (100, 200)
    assert window.image.viewport.zoom == pytest.approx(48)
    press(driver, Qt.Key.Key_PageDown)
    assert lessons(driver).course.index == 2
    for _ in range(2):
        press(driver, Qt.Key.Key_PageUp)
    assert window.convolution.transport.position == 5
    assert window.convolution.transport.predicting


def test_what_was_changed_comes_back_on_demand(driver: Driver, lesson_path: str) -> None:
    lessons(driver).open(lesson_path)
    driver.settle()
    shown = driver.window.session.state
    driver.window.session.edit(shown.with_kernel(np.ones((3, 3))), "play")
    driver.window.set_room(Room.IMAGE)
    driver.settle()
    button(driver, "lesson-restore").click()
    driver.settle()
    assert driver.window.session.state.bank == shown.bank
    assert driver.window.room is Room.CONVOLUTION
    assert driver.window.convolution.transport.position == 5


def test_ones_own_work_comes_back(driver: Driver, lesson_path: str) -> None:
    window = driver.window
    own = window.session.state.with_kernel(np.full((3, 3), 7.0))
    window.session.edit(own, "own")
    window.set_room(Room.IMAGE)
    lessons(driver).open(lesson_path)
    press(driver, Qt.Key.Key_PageDown)
    window.session.edit(window.session.state.with_kernel(np.eye(3)), "play")
    press(driver, Qt.Key.Key_F3)
    assert window.session.state == own
    assert window.room is Room.IMAGE
    assert not lessons(driver).panel.isVisible()
    # And what was done in the lesson is only one undo away.
    driver.trigger("undo")
    assert window.session.state.kernel.tolist() == np.eye(3).tolist()


def test_closed_and_opened_again_it_goes_on_where_it_was(driver: Driver, lesson_path: str) -> None:
    lessons(driver).open(lesson_path)
    press(driver, Qt.Key.Key_PageDown)
    press(driver, Qt.Key.Key_F3)
    course = lessons(driver).course
    course.open(course.lessons[-1])
    assert course.index == 1


def card_field(driver: Driver, card: int, blank: int) -> QLineEdit:
    return lessons(driver).panel.cards[card].fields[blank]


def verdict(driver: Driver, card: int) -> str:
    label = lessons(driver).panel.cards[card].findChild(QLabel, "question-verdict")
    assert isinstance(label, QLabel)
    return label.text()


def test_answers_are_checked_and_the_wrong_one_pointed_out(driver: Driver, lesson_path: str) -> None:
    lessons(driver).open(lesson_path)
    field = card_field(driver, 0, 0)
    field.setText("8")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert verdict(driver, 0) == "Not yet."
    field.setText("9")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert verdict(driver, 0) == "Right. 3·3 = 9."
    card_field(driver, 1, 0).setText("2,5")
    card_field(driver, 1, 1).setText("4")
    QTest.keyClick(card_field(driver, 1, 1), Qt.Key.Key_Return)
    marks = [lessons(driver).panel.cards[1].findChild(QLabel, f"question-mark-{n}") for n in range(2)]
    assert [mark.accessibleName() for mark in marks if isinstance(mark, QLabel)] == ["right", "wrong"]
    assert "line with the cross" in verdict(driver, 1)
    lessons(driver).panel.cards[1].reveal()
    assert card_field(driver, 1, 1).text() == "−4"
    lessons(driver).panel.cards[2].choose(0)
    assert verdict(driver, 2) == "Not yet."
    lessons(driver).panel.cards[2].choose(1)
    assert verdict(driver, 2) == "Right."
    assert lessons(driver).panel.cards[2].choices[1].text() == "✓ two"


def test_everything_is_said_in_the_other_language_at_once(driver: Driver, lesson_path: str) -> None:
    lessons(driver).open(lesson_path)
    driver.window.set_language(Language.RUSSIAN)
    assert text(driver, "lesson-title") == "Свой урок"
    assert text(driver, "lesson-text") == "Предскажите шестое."
    assert text(driver, "lesson-notice") == "Под картами."
    question = lessons(driver).panel.cards[0].findChild(QLabel, "question-text")
    assert isinstance(question, QLabel)
    assert question.text() == "Сколько произведений?"


def test_in_a_narrow_window_the_panel_on_the_left_makes_way(driver: Driver, lesson_path: str) -> None:
    window = driver.window
    window.resize(1280, 720)
    lessons(driver).open(lesson_path)
    driver.settle()
    assert window.width() == 1280
    assert not window.convolution.settings.isVisible()
    window.resize(1600, 900)
    driver.settle()
    assert window.convolution.settings.isVisible()
    press(driver, Qt.Key.Key_F3)
    window.resize(1280, 720)
    driver.settle()
    assert window.convolution.settings.isVisible()


def test_nothing_is_told_of_a_room_that_a_figure_covers(driver: Driver) -> None:
    lessons(driver).open("formula", 2)
    driver.settle()
    told = [driver.window.findChild(QLabel, f"status-{name}") for name in ("timing", "read-out")]
    assert [label.isVisible() and bool(label.text()) for label in told if label is not None] == [True] * 2
    lessons(driver).open("formula", 0)
    driver.settle()
    assert not any(label.isVisible() for label in told if label is not None)
    lessons(driver).open("formula", 2)
    driver.settle()
    assert all(label.isVisible() for label in told if label is not None)


@pytest.mark.parametrize("language", list(Language))
def test_in_a_narrow_panel_it_is_said_in_full_which_step_of_a_file_it_is(
    driver: Driver, lesson_path: str, language: Language
) -> None:
    driver.window.set_language(language)
    lessons(driver).open(lesson_path)
    driver.settle()
    caption = lessons(driver).panel.findChild(QLabel, "lesson-caption")
    assert isinstance(caption, QLabel)
    assert caption.text().endswith("1\u00a0/\u00a03")
    assert caption.height() >= caption.heightForWidth(caption.width())


def test_a_step_that_is_the_last_looks_so(driver: Driver, lesson_path: str) -> None:
    lessons(driver).open(lesson_path, 1)
    driver.settle()
    ground = theme.current().colours

    def colour() -> str:
        return button(driver, "lesson-next").grab().toImage().pixelColor(20, 6).name()

    assert colour() == ground.focus
    press(driver, Qt.Key.Key_PageDown)
    assert not button(driver, "lesson-next").isEnabled()
    assert colour() == ground.blank
