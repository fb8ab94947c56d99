"""The keyboard and lessons: who has the keys of a panel, a list, a field and a room."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.driver import Driver
from tests.ui.lessons.lesson_panel import button, lesson_number, lessons, press


def test_the_page_keys_belong_to_the_rooms_while_no_lesson_is_on(driver: Driver) -> None:
    actions = driver.window.menus.commands.actions
    assert not actions["lessons-next"].isEnabled()
    lessons(driver).show_list()
    assert not actions["lessons-next"].isEnabled()
    assert actions["lessons-leave"].isEnabled()


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
