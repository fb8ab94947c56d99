"""What stands above the maps of the convolution room is read whole beside a lesson, in a low window."""

from collections.abc import Callable

import pytest

from convviz.ui.language import Language
from convviz.ui.stage_view import StageView
from tests.ui.driver import Driver

# Maps of few cells, many maps, long words.
STEPS = [
    ("stride-2", 1),
    ("sobel", 3),
    ("padding-stride", 4),
    ("multi-channel", 2),
    ("many-filters", 1),
    ("one-by-one", 1),
    ("relu", 2),
]


def titles(stages: StageView) -> list[str]:
    return [pane.title_shown() for pane in stages.panes.values()]


@pytest.mark.parametrize("language", Language)
def test_no_title_is_cut_beside_a_lesson(make_window: Callable[..., Driver], language: Language) -> None:
    driver = make_window(size=(1280, 720))
    driver.window.set_projector(True, remember=False)
    driver.window.set_language(language)
    stages = driver.window.convolution.stages
    for lesson, step in STEPS:
        driver.window.lessons.open(lesson, step)
        driver.settle()
        assert not [title for title in titles(stages) if "…" in title], lesson
        sizes = {pane.scene().lettering.pixels for pane in stages.panes.values()}
        assert len(sizes) == 1
        assert sizes.pop() >= 14


def test_where_there_is_room_titles_are_long_again(driver: Driver) -> None:
    driver.window.set_projector(True, remember=False)
    driver.window.lessons.open("one-by-one", 1)
    driver.settle()
    stages = driver.window.convolution.stages
    assert [title for title in titles(stages) if title.startswith("Out")] == ["Out 1", "Out 2", "Out 3"]
    driver.window.resize(1920, 1080)
    driver.window.set_projector(False, remember=False)
    driver.settle()
    shown = titles(stages)
    assert [title for title in shown if title.startswith("Out")] == ["Output 1", "Output 2", "Output 3"]
    assert shown[-1] == "1×1 layer"
