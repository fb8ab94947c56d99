"""What a step of a lesson is about is in sight in a small window on the projector, in both languages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from convviz.ui.figures.gradient_plot import GradientPlot
from convviz.ui.figures.gradients_figure import GradientsFigure
from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.widgets.pane_digits import READ_PX
from convviz.ui.widgets.segmented import Segmented
from convviz.ui.widgets.term_text import TermText
from tests.ui.driver import Driver
from tests.ui.figures.figure_checks import check_texts

SMALL, LARGE = (1280, 720), (1920, 1080)


def projected(
    make_window: Callable[..., Driver], lesson: str, step: int, size: tuple[int, int] = SMALL
) -> Driver:
    """Return the window on the projector, at a step (from 1) of a lesson."""
    driver = make_window(Room.IMAGE, size)
    driver.window.set_projector(True, remember=False)
    driver.window.lessons.open(lesson, step - 1)
    driver.settle()
    return driver


def seen(widget: QWidget) -> QRect:
    """Return which part of a widget no window or scroll area cuts off, in its own coordinates."""
    part, inside = widget.rect(), widget.parentWidget()
    while inside is not None and part.isValid():
        part &= QRect(-widget.mapTo(inside, QPoint(0, 0)), inside.size())
        inside = None if inside.isWindow() else inside.parentWidget()
    return part if widget.isVisible() else QRect()


def is_whole(widget: QWidget) -> bool:
    return seen(widget) == widget.rect()


@pytest.mark.parametrize("language", list(Language))
def test_the_mixer_that_a_step_is_about_is_all_the_panel_shows(
    make_window: Callable[..., Driver], language: Language
) -> None:
    driver = projected(make_window, "rgb", 1)
    driver.window.set_language(language)
    driver.settle()
    room = driver.window.image
    for step in range(4):
        driver.window.lessons.open("rgb", step)
        driver.settle()
        assert room.panel.mixer_alone
        assert is_whole(room.panel.mixer)
        assert not room.panel.histogram.isVisible()
        # Three numbers in a pixel are read from the back row.
        assert room.viewport.zoom * 0.31 >= 0.8 * READ_PX
    # Another lesson's panel is not about it.
    driver.window.lessons.open("too-many-features", 0)
    driver.settle()
    assert not room.panel.mixer_alone
    assert room.panel.histogram.isVisible()


def test_where_there_is_room_the_mixer_stands_below_the_rest(make_window: Callable[..., Driver]) -> None:
    driver = projected(make_window, "rgb", 1, LARGE)
    panel = driver.window.image.panel
    assert not panel.mixer_alone
    assert is_whole(panel.mixer)
    assert is_whole(panel.histogram)
    driver.window.resize(*SMALL)
    driver.settle()
    assert panel.mixer_alone
    assert is_whole(panel.mixer)
    driver.window.resize(*LARGE)
    driver.settle()
    assert not panel.mixer_alone
    assert is_whole(panel.histogram)


def test_the_table_of_layers_takes_the_place_of_the_layers(make_window: Callable[..., Driver]) -> None:
    driver = projected(make_window, "alexnet", 1)
    desk = driver.window.network.desk
    assert desk is not None
    table = desk.table
    assert table.isVisible()
    assert not desk.strip.isVisible()
    assert table.rowAt(table.viewport().height() - 1) >= 7
    right = table.columnViewportPosition(5) + table.columnWidth(5)
    assert right <= table.viewport().width()
    # Its funnel leaves the layers where they are.
    driver.window.lessons.open("alexnet", 1)
    driver.settle()
    assert desk.strip.isVisible()


def test_a_large_table_of_layers_has_all_its_columns(make_window: Callable[..., Driver]) -> None:
    driver = projected(make_window, "alexnet", 1, LARGE)
    desk = driver.window.network.desk
    assert desk is not None
    assert desk.strip.isVisible()
    assert not desk.table.brief


@pytest.mark.parametrize("language", list(Language))
def test_both_networks_that_are_compared_are_in_sight(
    make_window: Callable[..., Driver], language: Language
) -> None:
    driver = projected(make_window, "resnet", 2)
    driver.window.set_language(language)
    driver.settle()
    figure = driver.window.figures.figure
    assert isinstance(figure, GradientsFigure)
    assert {"plain.ratio", "residual.ratio"} <= set(figure.shown())
    plot = figure.findChild(GradientPlot)
    assert plot is not None
    assert is_whole(plot)
    check_texts(plot)
    # The choices above it leave it the height of a row each.
    for choice in figure.findChildren(Segmented):
        assert choice.height() == choice.sizeHint().height()


@pytest.mark.parametrize("language", list(Language))
def test_the_map_of_differences_is_in_sight_where_the_picture_is_moved(
    make_window: Callable[..., Driver], language: Language
) -> None:
    driver = projected(make_window, "shift", 5)
    driver.window.set_language(language)
    driver.settle()
    desk = driver.window.network.desk
    assert desk is not None
    card = desk.tools.shift
    assert is_whole(card.difference)
    assert not desk.strip.isVisible()
    # The sentence is in sight, or below the edge but for its margin.
    driver.qtbot.waitUntil(lambda: is_whole(card.said) or seen(card.said).height() < 6)
    # Where there is room for all of it, the sentence comes first, and the layers stay.
    driver.window.resize(*LARGE)
    driver.settle()
    assert is_whole(card.difference)
    assert is_whole(card.said)
    assert card.said.y() < card.difference.y()
    assert desk.strip.isVisible()
    desk.shifting.close()
    driver.window.resize(*SMALL)
    driver.settle()
    assert desk.strip.isVisible()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("lesson", "step"), [("network-as-formula", 2), ("train-count-11", 5)])
def test_both_expressions_are_in_sight_where_they_are_the_subject(
    make_window: Callable[..., Driver], lesson: str, step: int, language: Language
) -> None:
    driver = projected(make_window, lesson, step)
    driver.window.set_language(language)
    driver.settle()
    desk = driver.window.training.desk
    assert desk is not None
    page = desk.expression
    driver.qtbot.waitUntil(lambda: is_whole(page.learned) and is_whole(page.hand))
    for line in (page.learned, page.hand):
        text = line.focusProxy()
        assert isinstance(text, TermText)
        # Neither scrolls.
        assert text.verticalScrollBar().maximum() == 0
    # Where there is room for all of it the table stands first.
    driver.window.resize(*LARGE)
    driver.settle()
    driver.qtbot.waitUntil(lambda: is_whole(page.learned) and is_whole(page.hand) and is_whole(page.table))
    assert page.table.y() < page.learned.y()


def test_the_table_is_in_sight_where_it_is_the_subject(make_window: Callable[..., Driver]) -> None:
    driver = projected(make_window, "train-count-11", 4)
    desk = driver.window.training.desk
    assert desk is not None
    page = desk.expression
    assert is_whole(page.table)
    assert page.table.y() < page.learned.y()
    # Who chooses the page wants the expressions.
    desk.pages.button("overview").click()
    desk.pages.button("expression").click()
    driver.qtbot.waitUntil(lambda: is_whole(page.learned) and page.learned.y() < page.table.y())
