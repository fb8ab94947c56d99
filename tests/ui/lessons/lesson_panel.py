"""A lesson of one's own and the lessons in the window: their words, buttons and keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from convviz.ui.lessons.lessons import Lessons
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
