"""The matrices of the embeddings room: cells, numbers, names and the scale beside them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF

from convviz.core.distances import Distance
from convviz.core.picture import Picture
from convviz.ui.gallery import MOST_COMPARED, Item
from convviz.ui.language import Language
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, STRIPS, TRIAL
from tests.ui.driver import Driver
from tests.ui.embeddings_room import catalogue, desk, driver, names, press, shown

__all__ = ["catalogue", "driver"]


def test_a_cell_of_a_matrix_is_a_pair(driver: Driver) -> None:
    room = desk(driver)
    room.views.choose(MATRICES)
    driver.settle()
    matrix = room.matrices.matrices[Distance.MAXIMUM]
    place = matrix.geometry_now()
    driver.qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place.cell(4, 7).center().toPoint())
    assert (room.pair.first, room.pair.second) == (4, 7)
    driver.qtbot.mouseMove(matrix, place.cell(2, 6).center().toPoint())
    value = shown(driver).matrices[Distance.MAXIMUM][2, 6]
    told = driver.read_out()
    assert told.startswith("Cup of coffee – Photographer (grey): ")
    assert float(told.split(": ")[1]) == pytest.approx(value, rel=1e-3)
    driver.qtbot.keyClick(matrix, Qt.Key.Key_Right)
    driver.qtbot.keyClick(matrix, Qt.Key.Key_Up)
    assert (room.pair.first, room.pair.second) == (3, 8)
    assert matrix.accessibleDescription().startswith("Rocket – Brick wall (grey): ")
    assert matrix.geometry_now().cell_at(QPoint(1, 1)) is None


def test_of_many_pictures_the_matrices_hold_the_first(driver: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MOST_COMPARED + 5):
        Image.fromarray(np.full((4, 4), number, np.uint8)).save(folder / f"{number:03}.png")
    room = desk(driver)
    room.add_paths([str(folder)])
    gallery = shown(driver)
    assert len(gallery.items) == MOST_COMPARED + 5
    assert gallery.matrices[Distance.COSINE].shape == (MOST_COMPARED, MOST_COMPARED)
    assert str(MOST_COMPARED) in room.matrices.note.text()
    for view in (STRIPS, MATRICES, PLANE):
        room.views.choose(view)
        press(driver, Qt.Key.Key_End)
        driver.window.grab()
    assert room.pair.first == MOST_COMPARED + 4
    # What is not on screen has not been drawn.
    assert len(room.strips._strips) < MOST_COMPARED


def test_every_number_of_a_matrix_fits_into_its_cell_or_none_is_written(driver: Driver) -> None:
    room = desk(driver)
    shown(driver)
    room.views.choose(MATRICES)
    sizes = []
    for width in (1280, 1920, 3000):
        driver.window.resize(width, 1800)
        driver.settle()
        for matrix in room.matrices.matrices.values():
            font = matrix.digits_font()
            sizes.append(0 if font is None else font.pixelSize())
            if font is not None:
                assert QFontMetricsF(font).horizontalAdvance("0.87") <= matrix.geometry_now().side
    assert sizes[0] < sizes[-1]
    assert 0 in sizes


@pytest.mark.parametrize("size", [(1280, 720), (1280, 1000), (1920, 1080)])
def test_a_matrix_its_pictures_and_its_scale_stay_inside(driver: Driver, size: tuple[int, int]) -> None:
    room = desk(driver)
    shown(driver)
    driver.window.set_projector(size == (1280, 720))
    driver.window.resize(*size)
    room.views.choose(MATRICES)
    driver.settle()
    for matrix in room.matrices.matrices.values():
        place = matrix.geometry_now()
        area = place.square()
        assert matrix.rect().toRectF().contains(area)
        assert (area.left() > place.side) == place.has_pictures
        # Beside the cells or below them there is room for the scale.
        assert area.right() + 20 < matrix.width() or area.bottom() + 20 < matrix.height()


def test_the_changed_picture_is_where_both_are_largest(driver: Driver) -> None:
    room = desk(driver)
    shown(driver)
    room.views.choose(TRIAL)
    for size, below in (((1280, 720), False), ((1100, 1300), True)):
        driver.window.resize(*size)
        driver.settle()
        pictures = room.trial.pictures
        assert pictures.is_below == below
        assert (pictures.changed.y() > pictures.original.y()) == below
        assert (pictures.changed.x() > pictures.original.x()) != below


def test_names_have_the_width_of_the_longest_but_not_all_of_it(driver: Driver, tmp_path: Path) -> None:
    room = desk(driver)
    shown(driver)
    samples = room.strips.strip(0).left()
    for name in ("a.png", f"{'long' * 60}.png"):
        Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(tmp_path / name)
    room.add_paths([str(tmp_path / "a.png")])
    driver.settle()
    short = room.strips.strip(0).left()
    room.add_paths([str(tmp_path)])
    driver.settle()
    long = room.strips.strip(0).left()
    assert short < samples < long < 0.4 * room.strips.width()


def test_a_name_with_braces_is_a_name(driver: Driver, tmp_path: Path) -> None:
    pixels = np.zeros((4, 5, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "{x}.png")
    desk(driver).add_paths([str(tmp_path / "{x}.png")])
    assert names(driver) == ["{x}.png"]
    desk(driver).add_picture(Picture(pixels, "{y} {0} {"))
    assert names(driver) == ["{x}.png", "{y} {0} {"]
    driver.window.set_language(Language.RUSSIAN)
    assert names(driver) == ["{x}.png", "{y} {0} {"]
    assert Item("Cat", sample="cat").title == "Кошка"
