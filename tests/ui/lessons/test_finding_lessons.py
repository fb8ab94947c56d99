"""Ways to a lesson: three keys, words, a click, the end of the one before, a file that is dropped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from convviz.core.lessons import Lesson
from convviz.files.lessons import lesson_from
from tests.ui.driver import Driver
from tests.ui.lessons.lesson_panel import TEXT, button, lesson_number, lesson_path, lessons, press, text

__all__ = ["lesson_path"]


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
