"""The image room in the real window: zoom, sizes, histograms and failures."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Sentence
from convviz.ui.state import Room
from convviz.ui.widgets.number_field import NumberField
from convviz.work.jobs import Outcome
from tests.ui.driver import Driver

Values = NDArray[np.float32]


def _grid(height: int, width: int, channels: int = 1) -> Picture:
    values: Values = np.arange(height * width * channels, dtype=np.float32) % 7
    return Picture(values.reshape(height, width, channels), "Numbers", 0.0, 6.0, PictureKind.GRID)


@pytest.fixture
def driver(make_window: Callable[..., Driver]) -> Driver:
    driver = make_window(Room.IMAGE)
    _show(driver, _grid(12, 12))
    return driver


def _show(driver: Driver, picture: Picture) -> None:
    session = driver.window.session
    session.edit(session.state.with_picture(picture), "open")
    driver.settle()


def _zoomed(driver: Driver) -> tuple[float, tuple[float, float]]:
    viewport = driver.window.image.viewport
    viewport.zoom_at((2.0, 3.0), 2.0)
    driver.settle()
    assert not viewport.fitted
    return viewport.zoom, viewport.centre


def test_edits_keep_zoom_and_centre(driver: Driver) -> None:
    viewport = driver.window.image.viewport
    place = _zoomed(driver)
    driver.window.image.panes["picture"].edited.emit(2, 3, 5.5)
    driver.settle()
    assert driver.window.session.state.picture.values[2, 3, 0] == 5.5
    assert (viewport.zoom, viewport.centre) == place
    driver.window.session.undo_stack.undo()
    driver.settle()
    assert (viewport.zoom, viewport.centre) == place
    _show(driver, driver.window.session.state.picture.shifted(1, 0))
    assert (viewport.zoom, viewport.centre) == place


def test_another_size_or_kind_is_shown_whole(driver: Driver) -> None:
    viewport = driver.window.image.viewport
    _zoomed(driver)
    _show(driver, _grid(9, 12))
    assert viewport.fitted
    _zoomed(driver)
    photograph = Picture(np.zeros((9, 12, 3), np.uint8), "Photograph")
    _show(driver, photograph)
    assert viewport.fitted


def test_coming_back_compares_with_what_was_seen_here(driver: Driver) -> None:
    viewport = driver.window.image.viewport
    place = _zoomed(driver)
    driver.window.set_room(Room.CONVOLUTION)
    _show(driver, driver.window.session.state.picture.with_cell(0, 0, 0, 3.0))
    driver.window.set_room(Room.IMAGE)
    driver.settle()
    assert (viewport.zoom, viewport.centre) == place
    driver.window.set_room(Room.CONVOLUTION)
    _show(driver, _grid(20, 6))
    driver.window.set_room(Room.IMAGE)
    driver.settle()
    assert viewport.fitted


def test_a_size_half_typed_cuts_nothing_away(driver: Driver) -> None:
    before = driver.window.session.state.picture
    field = driver.window.findChild(NumberField, "grid-size-vertical")
    assert isinstance(field, NumberField)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "16")
    assert driver.window.session.state.picture is before
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.settle()
    after = driver.window.session.state.picture
    assert (after.height, after.width) == (16, 16)
    assert np.array_equal(after.values[:12, :12], before.values)


def test_large_grids_show_their_size(driver: Driver) -> None:
    _show(driver, _grid(300, 512))
    field = driver.window.image.panel.grid_size
    assert field.pair() == (300, 512)
    part = driver.window.findChild(NumberField, "grid-size-vertical")
    assert isinstance(part, NumberField)
    part.selectAll()
    QTest.keyClicks(part, "511")
    assert part.problem() is None
    part.selectAll()
    QTest.keyClicks(part, "513")
    assert part.problem() is not None


def test_no_histogram_of_another_picture_is_shown(driver: Driver) -> None:
    room = driver.window.image
    assert room.histogram._series
    session = driver.window.session
    session.edit(session.state.with_picture(_grid(7, 9)), "open")
    assert room.counting
    assert not room.histogram._series
    driver.settle()
    assert room.histogram._series


def test_what_goes_wrong_is_told(driver: Driver) -> None:
    room = driver.window.image
    sentence = Sentence("There are no numbers here. Type some, such as 1 0 -1.")
    failed: list[object] = []
    defects: list[str] = []
    room.failed.connect(failed.append)
    room.defect.disconnect()
    room.defect.connect(defects.append)
    room._counting.finished.emit(Outcome(1, 0, None, problem=sentence))
    room._counting.finished.emit(Outcome(2, 0, None, defect="Traceback"))
    driver.window.feed.failed.emit(sentence)
    assert failed == [sentence, sentence]
    assert defects == ["Traceback"]
    driver.window.set_room(Room.CONVOLUTION)
    driver.settle()
    driver.window.feed.failed.emit(sentence)
    assert len(failed) == 2
