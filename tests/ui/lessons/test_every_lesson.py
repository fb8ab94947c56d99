"""Every step of every lesson, in both languages, in the real window: whole, with the right numbers."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QLabel

from convviz.core.lessons import LANGUAGES, Lesson, text_in
from convviz.core.numbers import format_number
from convviz.files.lessons import shipped_lessons
from convviz.files.samples import load_examples
from convviz.ui.language import Language
from convviz.ui.lessons.lesson_panel import LessonPanel
from convviz.ui.widgets import pane_cells
from convviz.ui.widgets.pane_digits import READ_PX, Digits, fit_digits
from convviz.ui.widgets.reach import Reach
from tests.ui.driver import Driver


def assert_words_are_whole(panel: LessonPanel) -> None:
    """Nothing is wider than the panel, and every text has the height it needs."""
    inside = panel.text.parentWidget()
    assert inside is not None
    assert inside.width() <= panel.width()
    for label in panel.findChildren(QLabel):
        if label.isVisible() and label.wordWrap() and label.text():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
    for button in (choice for card in panel.cards for choice in card.choices):
        lines = button.fontMetrics().size(0, button.text())
        assert lines.width() <= button.width(), button.text()
        assert lines.height() <= button.height(), button.text()


def assert_said(driver: Driver, lesson: Lesson, index: int, language: str) -> None:
    """Have the step said in a language, and compare it with the lesson's own words."""
    driver.window.set_language(Language(language))
    driver.settle()
    panel, step = driver.window.lessons.panel, lesson.steps[index]
    assert panel.title.text() == text_in(lesson.title, language)
    assert panel.text.text() == text_in(step.text, language)
    assert panel.notice.text() == text_in(step.notice, language)
    assert_words_are_whole(panel)
    # A lecturer has no hand free to scroll.
    for area in driver.window.findChildren(Reach):
        bars = area.verticalScrollBar(), area.horizontalScrollBar()
        assert not area.isVisible() or not any(bar.maximum() for bar in bars), (lesson.id, index, language)


def assert_answers(driver: Driver, lesson: Lesson, index: int) -> None:
    """Answer every question wrongly, and then have the answer shown."""
    for card, question in zip(driver.window.lessons.panel.cards, lesson.steps[index].questions, strict=True):
        for field in card.fields:
            field.setText("-12345")
        if card.fields:
            card.fields[0].returnPressed.emit()
            verdict = card.findChild(QLabel, "question-verdict")
            assert isinstance(verdict, QLabel)
            assert verdict.isVisible()
        card.reveal()
        assert [field.text() for field in card.fields] == [format_number(b.answer) for b in question.blanks]


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the sizes of the digits that cells get from now on, in pixels."""
    found: list[int] = []

    def measured(values: NDArray[np.float32], *limits: float) -> Digits:
        digits = fit_digits(values, *limits)
        # Three values in a cell are the colours of a photograph.
        found.extend([digits.size] if len(values) == 1 else [])
        return digits

    monkeypatch.setattr(pane_cells, "fit_digits", measured)
    return found


@pytest.mark.parametrize("lesson", shipped_lessons(), ids=lambda lesson: lesson.id)
def test_every_step_is_on_screen(driver: Driver, lesson: Lesson, sizes: list[int]) -> None:
    window = driver.window
    window.resize(1920, 1080)
    window.set_projector(True, remember=False)
    for index, step in enumerate(lesson.steps):
        sizes.clear()
        window.lessons.open(lesson.id, index)
        driver.settle()
        where = f"{lesson.id} {index + 1}"
        assert step.room == "network" or min(sizes, default=READ_PX) >= READ_PX, where
        assert window.problem.text() == "", where
        assert window.room.value == step.room, where
        assert (window.figures.figure is not None) is bool(step.figure), where
        for language in (*LANGUAGES[1:], LANGUAGES[0]):
            assert_said(driver, lesson, index, language)
        assert (window.width(), window.height()) == (1920, 1080), where
        assert_answers(driver, lesson, index)


def test_the_lectures_examples_are_all_shown_with_their_numbers(driver: Driver) -> None:
    missing = {example.id: example for example in load_examples()}
    for lesson in shipped_lessons():
        for index, step in enumerate(lesson.steps):
            if step.room != "convolution" or step.figure or "sample" not in step.picture:
                continue
            driver.window.lessons.open(lesson.id, index)
            state, result = driver.window.session.state, driver.result()
            given = np.moveaxis(state.picture.values, -1, 0)
            for example in tuple(missing.values()):
                same = given.shape == example.input.shape and np.array_equal(given, example.input)
                # The input of this one is what the layer before it gives.
                same = same or example.id == "one-by-one"
                if same and result.shape == example.expected.shape and np.allclose(result, example.expected):
                    del missing[example.id]
    # Four are the training room's: its own tests compare them.
    assert missing.keys() <= {f"count-11-{n}" for n in range(1, 5)}


def test_there_are_all_lessons_in_their_order() -> None:
    assert [lesson.number for lesson in shipped_lessons()] == list(range(1, len(shipped_lessons()) + 1))
