"""Projector scale: larger, and the panels out of the way."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QSlider

from convviz.files.samples import load_examples
from convviz.ui import theme
from convviz.ui.language import Language
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.reach import Reach
from tests.ui.driver import Driver


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("example", ["conv-step", "multi-channel", "three-filters", "max-pool-3"])
def test_cells_do_not_shrink_for_the_projector(
    make_window: Callable[..., Driver], size: tuple[int, int], example: str
) -> None:
    assert example in {e.id for e in load_examples()}
    driver = make_window(size=size)
    driver.window.opener.show_example(example)
    driver.settle()
    room = driver.window.convolution

    def cell() -> float:
        return room.stages.panes["input-0"].cell_rect((0, 0)).width()

    at_desk = cell()
    driver.window.set_projector(True)
    driver.settle()
    assert (driver.window.width(), driver.window.height()) == size
    assert cell() >= min(at_desk, 24)
    assert all(pane.text_at((0, 0)) for pane in room.stages.panes.values())
    driver.window.set_projector(False)
    driver.settle()
    assert cell() >= at_desk - 1


def test_panels_make_way_and_come_back(driver: Driver) -> None:
    room = driver.window.convolution
    driver.window.set_projector(True)
    assert not room.kernel.isVisible()
    assert not room.values.isVisible()
    assert room.glance.isVisible()
    driver.trigger("left-panel")
    assert room.kernel.isVisible()
    assert not room.glance.isVisible()
    driver.window.set_projector(False)
    assert room.kernel.isVisible()
    assert room.values.isVisible()


def test_the_curve_of_the_activation_is_above_the_maps_and_gives_no_answer_away(driver: Driver) -> None:
    driver.window.resize(1920, 1080)
    driver.window.lessons.open("relu")
    driver.window.set_projector(True, remember=False)
    driver.settle()
    room = driver.window.convolution
    assert room.pointing.hides_result
    assert room.curve.isVisible()
    # The curve alone: no value on it.
    assert room.curve.accessibleName() == "Curve of the activation function"
    driver.window.lessons.open("relu", 1)
    driver.settle()
    assert room.curve.accessibleName() == "ReLU(−4) = 0"
    driver.window.lessons.open("conv-step")
    driver.settle()
    assert not room.curve.isVisible()
    driver.window.lessons.open("relu", 1)
    driver.window.set_projector(False)
    driver.settle()
    assert room.settings.plot.isVisible()
    assert not room.curve.isVisible()


@pytest.mark.parametrize("language", list(Language))
def test_a_narrow_window_has_the_names_of_all_rooms(
    make_window: Callable[..., Driver], language: Language
) -> None:
    driver = make_window(size=(1280, 720))
    driver.window.set_language(language)
    driver.window.set_projector(True)
    driver.settle()
    assert driver.window.width() == 1280
    bar = driver.window.bar
    for button in bar.rooms.values():
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        assert button.width() >= QFontMetricsF(bold).horizontalAdvance(button.text())
    assert bar.projector.mapTo(driver.window, bar.projector.rect().bottomRight()).x() < 1280


@pytest.mark.parametrize("language", list(Language))
def test_a_narrow_room_beside_a_lesson_is_not_scrolled_to_the_side(
    make_window: Callable[..., Driver], language: Language
) -> None:
    driver = make_window(size=(1280, 720))
    driver.window.set_language(language)
    driver.window.set_projector(True, remember=False)
    reach = driver.window.findChild(Reach)
    assert reach is not None
    for lesson, step in (("sobel", 3), ("relu", 3), ("dilation", 4)):
        driver.window.lessons.open(lesson, step)
        driver.settle()
        assert reach.horizontalScrollBar().maximum() == 0, (lesson, step)
        scrubber = driver.window.findChild(QSlider, "transport-scrubber")
        assert isinstance(scrubber, QSlider)
        assert scrubber.width() >= 120


@pytest.mark.parametrize("scale", [False, True])
def test_no_handle_of_a_slider_is_cut_off(driver: Driver, scale: bool) -> None:
    window = driver.window
    window.resize(1920, 1080)
    window.set_projector(scale, remember=False)
    for lesson, step in (("rgb", 0), ("conv-5x5", 0), ("shift", 4), ("train-count-11", 0), ("resnet", 1)):
        window.lessons.open(lesson, step)
        driver.settle()
        sliders = [slider for slider in window.findChildren(QSlider) if slider.isVisible()]
        assert sliders, lesson
        # The groove, and what the handle has above and below it.
        least = theme.current().px(4) + 2 * theme.current().px(6)
        assert min(slider.height() for slider in sliders) >= least, lesson


@pytest.mark.parametrize("scale", [False, True])
@pytest.mark.parametrize("language", list(Language))
def test_what_the_status_bar_tells_is_whole_where_there_is_room(
    driver: Driver, language: Language, scale: bool
) -> None:
    window = driver.window
    window.resize(1920, 1080)
    window.set_projector(scale, remember=False)
    window.set_language(language)
    window.lessons.open("conv-5x5", 3)
    driver.settle()
    told = window.findChild(ElidedLabel, "status-timing")
    assert isinstance(told, ElidedLabel)
    assert told.text() == told.whole() != ""
