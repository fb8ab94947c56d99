"""Lessons in the real window: what a step shows, how one goes on, and one's own work afterwards."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from convviz.core.lessons import Lesson
from convviz.files.lessons import lesson_from
from convviz.files.samples import load_examples
from convviz.ui import theme
from convviz.ui.language import Language
from convviz.ui.lessons.lessons import Lessons
from convviz.ui.state import Room
from tests.ui.driver import Driver

TEXT = """
format = 1
id = "own"
title = { en = "Own lesson", ru = "Свой урок" }
[[steps]]
room = "convolution"
text = { en = "Predict the sixth.", ru = "Предскажите шестое." }
notice = { en = "Below the maps.", ru = "Под картами." }
picture = { sample = "conv-step" }
layer = { example = "conv-step" }
view = { step = 5, predict = true }
[[steps.questions]]
text = { en = "How many products?", ru = "Сколько произведений?" }
answer = 9
why = { en = "3·3 = 9.", ru = "3·3 = 9." }
[[steps.questions]]
text = { en = "Two numbers", ru = "Два числа" }
blanks = [{ label = { en = "first" }, answer = 2.5 }, { label = { en = "second" }, answer = -4 }]
[[steps.questions]]
text = { en = "Which?" }
choices = [{ en = "one" }, { en = "two" }]
right = 1
[[steps]]
text = { en = "Pinned.", ru = "Закреплено." }
view = { cell = [2, 1] }
[[steps]]
room = "image"
text = { en = "A pixel.", ru = "Пиксель." }
picture = { sample = "cat" }
view = { pixel = [100, 200], zoom = 48 }
"""


@pytest.fixture
def lesson_path(tmp_path: Path) -> str:
    path = tmp_path / "own.lesson.toml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def lessons(driver: Driver) -> Lessons:
    return driver.window.lessons


def text(driver: Driver, name: str) -> str:
    label = lessons(driver).panel.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def button(driver: Driver, name: str) -> QPushButton:
    found = lessons(driver).panel.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def lesson_number(driver: Driver) -> int:
    lesson = lessons(driver).course.lesson
    return lesson.number if lesson is not None else -1


def press(
    driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    driver.window.activateWindow()
    QTest.keyClick(driver.window.focusWidget() or driver.window, key, modifier)
    driver.settle()


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


def numbered(count: int) -> tuple[Lesson, ...]:
    plain = 'format = 1\nid = "l-{0}"\nnumber = {0}\npart = {1}\ntitle = {{ en = "Title {0}" }}\n'
    step = '[[steps]]\nroom = "image"\ntext = { en = "Text" }\n'
    parts = ((n, 1 + n // 10) for n in range(1, count + 1))
    return tuple(lesson_from((plain.format(n, part) + step).encode(), "x") for n, part in parts)


@pytest.mark.parametrize(("typed", "number"), [("5", 5), ("29", 29), ("42", 42), ("1\r", 1), ("4\r", 4)])
def test_any_lesson_is_three_keys_away(driver: Driver, typed: str, number: int) -> None:
    lessons(driver).load()
    lessons(driver).course.set_lessons(numbered(42))
    press(driver, Qt.Key.Key_F2)
    search = lessons(driver).panel.list.search
    assert search.hasFocus() or driver.window.focusWidget() is search
    QTest.keyClicks(search, typed)
    assert lesson_number(driver) == number
    assert 1 + len(typed) <= 3


def test_words_search_the_titles_and_a_click_opens(driver: Driver) -> None:
    lessons(driver).load()
    lessons(driver).course.set_lessons(numbered(20))
    lessons(driver).show_list()
    panel = lessons(driver).panel.list
    QTest.keyClicks(panel.search, "title 1")
    # 1 and 10 to 19, and the headings of their three parts.
    listed = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert sum("Title" in each for each in listed) == 11
    item = next(
        panel.list.item(row) for row in range(panel.list.count()) if "Title 13" in panel.list.item(row).text()
    )
    panel.list.itemClicked.emit(item)
    assert lesson_number(driver) == 13
    assert driver.window.bar.lessons.text() == "Lesson 13 / 20"


def test_the_next_lesson_follows_the_last_step(driver: Driver) -> None:
    lessons(driver).load()
    lessons(driver).course.set_lessons(numbered(3))
    lessons(driver).open("2")
    press(driver, Qt.Key.Key_PageDown)
    assert lesson_number(driver) == 3
    press(driver, Qt.Key.Key_PageDown)
    assert lesson_number(driver) == 3
    assert not button(driver, "lesson-next").isEnabled()
    # Those seen to the end are ticked, also at the next start.
    assert driver.window.preferences.lessons_seen == {"l-2", "l-3"}


def drop(driver: Driver, path: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path)])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), actions, mime, buttons, Qt.KeyboardModifier.NoModifier)
    driver.window.dropEvent(event)


def test_a_lesson_that_is_dropped_opens(driver: Driver, lesson_path: str) -> None:
    drop(driver, lesson_path)
    assert text(driver, "lesson-title") == "Own lesson"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[:100], "is not a lesson"),
        (lambda text: text.replace("format = 1", "format = 9"), "newer version"),
        (lambda text: text.replace('room = "convolution"', 'room = "attic"'), "steps 1, room"),
        (lambda text: text.replace('sample = "conv-step"', 'sample = "dog"'), "picture, sample"),
        (lambda text: text.replace("step = 5", "step = -5"), "view, step"),
        (
            lambda text: text.replace("view = {", 'figure = { kind = "x" }\nview = {', 1),
            "figure of the kind x",
        ),
    ],
)
def test_a_damaged_lesson_gets_a_sentence_and_nothing_is_lost(
    driver: Driver, tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    before = driver.window.session.state
    path = tmp_path / "bad.lesson.toml"
    path.write_text(change(TEXT), encoding="utf-8")
    drop(driver, str(path))
    assert said in driver.window.problem.text()
    press(driver, Qt.Key.Key_F3)
    assert driver.window.session.state == before


def test_an_unknown_lesson_is_said(driver: Driver) -> None:
    lessons(driver).open("77")
    assert "no lesson 77" in driver.window.problem.text()
    assert not lessons(driver).panel.isVisible()


def test_the_page_keys_belong_to_the_rooms_while_no_lesson_is_on(driver: Driver) -> None:
    actions = driver.window.menus.commands.actions
    assert not actions["lessons-next"].isEnabled()
    lessons(driver).show_list()
    assert not actions["lessons-next"].isEnabled()
    assert actions["lessons-leave"].isEnabled()


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


def test_the_keyboard_goes_from_figure_to_figure_and_stays_in_the_panel(driver: Driver) -> None:
    window = driver.window
    window.activateWindow()
    lessons(driver).open("conv-saves-weights", 0)
    driver.settle()
    assert window.figures.figure is not None
    window.figures.figure.setFocus()
    press(driver, Qt.Key.Key_PageDown)
    assert window.figures.figure.hasFocus()
    button(driver, "lesson-back").setFocus()
    QTest.keyClick(button(driver, "lesson-back"), Qt.Key.Key_Space)
    driver.settle()
    assert lessons(driver).course.index == 0
    assert button(driver, "lesson-back").hasFocus()


def test_a_lesson_from_the_list_leaves_the_keyboard_to_what_it_shows(driver: Driver) -> None:
    window = driver.window
    press(driver, Qt.Key.Key_F2)
    QTest.keyClicks(lessons(driver).panel.list.search, "12")
    driver.settle()
    assert window.convolution.hasFocus()
    press(driver, Qt.Key.Key_Right)
    assert window.convolution.transport.position is not None
    press(driver, Qt.Key.Key_F2)
    QTest.keyClicks(lessons(driver).panel.list.search, "26\r")
    driver.settle()
    lessons(driver).open("kernel-as-neuron", 2)
    driver.settle()
    press(driver, Qt.Key.Key_F2)
    press(driver, Qt.Key.Key_Escape)
    button(driver, "lesson-show-list").click()
    assert window.figures.figure is not None
    assert window.figures.figure.hasFocus()


def test_from_the_field_of_an_answer_the_next_step_takes_the_keyboard(driver: Driver) -> None:
    lessons(driver).open("conv-5x5", 3)
    driver.settle()
    driver.window.activateWindow()
    lessons(driver).panel.cards[0].fields[0].setFocus()
    press(driver, Qt.Key.Key_PageDown)
    assert lesson_number(driver) == 7
    assert driver.window.convolution.hasFocus()


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
