"""Lessons under a finger, in the real window: events of a touch screen, as the system sends them."""

from collections.abc import Callable
from functools import cache

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QWidget

from convviz.files.lessons import shipped_lessons
from convviz.ui.figures.digit_figure import DigitFigure
from convviz.ui.figures.drawing_field import DrawingField
from convviz.ui.figures.filters_figure import FiltersFigure
from convviz.ui.lessons.lessons import Lessons
from convviz.ui.state import Room
from tests.ui.driver import Driver


@cache
def screen() -> QPointingDevice:
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen, QInputDevice.Capability.Position)
    assert isinstance(device, QPointingDevice)
    return device


def finger(widget: QWidget, *places: QPoint) -> None:
    """Put a finger down on a widget, move it from place to place, and lift it."""
    window = widget.window()
    handle, device = window.windowHandle(), screen()
    first, *others = (widget.mapTo(window, place) for place in places)
    QTest.touchEvent(handle, device).press(0, first, handle)
    for place in others:
        QTest.touchEvent(handle, device).move(0, place, handle)
    QTest.touchEvent(handle, device).release(0, others[-1] if others else first, handle)
    QApplication.processEvents()


def tap(widget: QWidget, place: QPoint | None = None) -> None:
    finger(widget, widget.rect().center() if place is None else place)


@pytest.fixture
def touched(make_window: Callable[..., Driver]) -> Driver:
    driver = make_window(Room.CONVOLUTION, (1280, 720))
    driver.window.activateWindow()
    return driver


def opened(driver: Driver, lesson: str, step: int = 0) -> Lessons:
    driver.window.lessons.open(lesson, step)
    driver.settle()
    return driver.window.lessons


def test_taps_reveal_go_on_and_go_back(touched: Driver) -> None:
    lessons = opened(touched, "formula")
    figure = touched.window.figures.figure
    assert figure is not None
    for stage in (1, 2):
        tap(lessons.panel.next)
        assert (figure.stage, lessons.course.index) == (stage, 0)
    tap(lessons.panel.next)
    assert lessons.course.index == 1
    touched.settle()
    tap(lessons.panel.back)
    assert lessons.course.index == 0


def test_a_digit_is_drawn_and_cleared(touched: Driver) -> None:
    opened(touched, "lenet")
    figure = touched.window.figures.figure
    assert isinstance(figure, DigitFigure)
    field = figure.findChild(DrawingField)
    assert isinstance(field, DrawingField)
    square = field.square().toRect()
    middle, rows = square.center().x(), range(square.top() + 40, square.bottom() - 40, 20)
    finger(field, *(QPoint(middle, row) for row in rows))
    touched.settle()
    assert figure.shown()["digit"] == "1"
    clear = figure.findChild(QWidget, "digit-clear")
    assert isinstance(clear, QWidget)
    tap(clear)
    assert field.strokes == ()


def test_a_slider_is_dragged(touched: Driver) -> None:
    opened(touched, "resnet", 1)
    slider = touched.window.figures.findChild(QSlider)
    assert isinstance(slider, QSlider)
    before, wide, high = slider.value(), slider.width(), slider.height() // 2
    share = (before - slider.minimum()) / (slider.maximum() - slider.minimum())
    start = QPoint(round(8 + share * (wide - 16)), high)
    finger(slider, start, QPoint((start.x() + wide) // 2, high), QPoint(wide - 3, high))
    assert slider.value() == slider.maximum() > before
    touched.settle()


def test_a_question_is_answered(touched: Driver) -> None:
    card = opened(touched, "conv-layer", 1).panel.cards[0]
    tap(card.fields[0])
    assert card.fields[0].hasFocus()
    QTest.keyClicks(card.fields[0], "56")
    check = card.findChild(QWidget, "question-check")
    assert isinstance(check, QWidget)
    tap(check)
    verdict = card.findChild(QLabel, "question-verdict")
    assert isinstance(verdict, QLabel)
    assert verdict.text().startswith("Right.")


def test_a_choice_is_made(touched: Driver) -> None:
    lesson, step = next(
        (lesson.id, index)
        for lesson in shipped_lessons()
        for index, step in enumerate(lesson.steps)
        if step.questions and step.questions[0].choices
    )
    card = opened(touched, lesson, step).panel.cards[0]
    tap(card.choices[0])
    assert card.choices[0].isChecked()


def test_a_cell_of_a_figure_is_picked(touched: Driver) -> None:
    opened(touched, "conv-layer", 1)
    figure = touched.window.figures.figure
    assert isinstance(figure, FiltersFigure)
    tap(figure, figure.layout_now().results[1].cell(1, 2).center().toPoint())
    assert figure.cell == (1, 2)


def test_a_cell_of_a_map_is_pinned(touched: Driver) -> None:
    opened(touched, "conv-5x5", 3)
    room = touched.window.convolution
    pane = room.stages.panes["stage-1-0"]
    tap(pane, pane.cell_rect((2, 1)).center().toPoint())
    assert room.pointing.pinned_cell == (2, 1)


def test_a_lesson_is_chosen_from_the_list_and_the_list_is_scrolled(touched: Driver) -> None:
    lessons = touched.window.lessons
    lessons.show_list()
    touched.settle()
    shown = lessons.panel.list.list
    area, bar = shown.viewport(), shown.verticalScrollBar()
    centre = area.rect().center()
    finger(area, centre, *(centre - QPoint(0, way) for way in (30, 80, 150)))
    assert bar.value() == 150
    assert lessons.course.lesson is None
    finger(area, centre, *(centre + QPoint(0, way) for way in (50, 100, 200)))
    assert bar.value() == 0
    # The first row is the name of the first part.
    tap(area, shown.visualItemRect(shown.item(3)).center())
    lesson = lessons.course.lesson
    assert lesson is not None
    assert lesson.number == 3


def test_the_words_of_a_step_are_scrolled_and_swept_aside(touched: Driver) -> None:
    touched.trigger("text-size-200")
    lessons = opened(touched, "conv-5x5")
    text = lessons.panel.text
    bar = lessons.panel.findChild(QWidget, "lesson-scroll").verticalScrollBar()  # type: ignore[union-attr]
    assert bar.maximum() > 60
    finger(text, *(QPoint(90, row) for row in (130, 100, 70)))
    assert bar.value() == 60
    assert lessons.course.index == 0
    finger(text, *(QPoint(column, 60) for column in (300, 200, 60)))
    touched.settle()
    assert lessons.course.index == 1
    finger(text, *(QPoint(column, 60) for column in (60, 200, 300)))
    touched.settle()
    assert lessons.course.index == 0


def test_a_mouse_that_is_dragged_there_turns_no_page(touched: Driver) -> None:
    text = opened(touched, "conv-5x5").panel.text
    QTest.mousePress(text, Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    QTest.mouseMove(text, QPoint(100, 20))
    QTest.mouseRelease(text, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))
    assert touched.window.lessons.course.index == 0
