"""Pairs of pictures in the embeddings room: chosen, written out, and what is special about them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from convviz.core.distances import Distance, distance
from convviz.nets.vector_space import PIXELS
from convviz.ui.language import Language
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, STRIPS, TRIAL
from tests.ui.driver import Driver
from tests.ui.embeddings_room import catalogue, desk, driver, press, shown

__all__ = ["catalogue", "driver"]


def test_the_pair_is_written_out_with_its_numbers(driver: Driver) -> None:
    room = desk(driver)
    gallery = shown(driver)
    room.pair.choose(2, 5)
    driver.settle()
    text = room.line.plain_text()
    assert "a = Cup of coffee, b = Distant galaxies" in text
    lines = text.splitlines()[1:]
    for kind, line in zip(Distance, lines, strict=True):
        value = distance(kind, gallery.vectors[2], gallery.vectors[5])
        assert float(line.split("≈")[-1].split("=")[-1].replace("−", "-")) == pytest.approx(value, rel=1e-3)
    assert [text.whole() for text in room.panel.names] == ["Cup of coffee", "Distant galaxies"]


def test_the_nearest_are_listed_by_the_distance_chosen(driver: Driver) -> None:
    room = desk(driver)
    gallery = shown(driver)
    for kind in Distance:
        room.panel.kind.button(kind.value).click()
        driver.settle()
        found = [
            room.panel.nearest.item(place).data(Qt.ItemDataRole.UserRole)
            for place in range(room.panel.nearest.count())
        ]
        order = sorted(range(1, 10), key=lambda n: distance(kind, gallery.vectors[0], gallery.vectors[n]))
        assert found == order
    room.panel.nearest.setCurrentRow(3)
    assert room.pair.second == found[3]


def test_a_black_picture_has_no_direction_and_the_room_says_so(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "black.png")])
    driver.settle()
    room.choose_layer(PIXELS)
    gallery = shown(driver)
    assert np.isnan(gallery.matrices[Distance.COSINE][0, 1])
    assert "undefined" in room.line.plain_text()
    room.panel.kind.button(Distance.COSINE.value).click()
    driver.settle()
    assert room.panel.nearest.item(0).text().startswith("–")
    matrix = room.matrices.matrices[Distance.COSINE]
    assert "undefined" in matrix.spoken(0, 1)
    room.views.choose(MATRICES)
    driver.settle()
    driver.window.grab()
    room.views.choose(TRIAL)
    room.pair.choose(first=1)
    driver.settle()
    assert "no direction" in room.trial.said.text()
    driver.window.grab()


@pytest.mark.parametrize("view", [STRIPS, PLANE])
def test_arrows_choose_the_first_and_with_shift_the_second(driver: Driver, view: str) -> None:
    room = desk(driver)
    room.views.choose(view)
    press(driver, Qt.Key.Key_Down)
    press(driver, Qt.Key.Key_Down)
    assert (room.pair.first, room.pair.second) == (2, 1)
    press(driver, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert (room.pair.first, room.pair.second) == (2, 9)
    press(driver, Qt.Key.Key_Home)
    assert room.pair.first == 0
    page = room.stack.currentWidget()
    assert page is not None
    assert page.accessibleDescription() == "Cat"


def test_a_click_on_a_strip_chooses_and_pointing_tells_the_number(driver: Driver) -> None:
    room = desk(driver)
    strips, qtbot = room.strips, driver.qtbot
    place = strips.strip(3).center().toPoint()
    qtbot.mouseClick(strips.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert room.pair.first == 3
    place = strips.strip(4).center().toPoint()
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(strips.viewport(), Qt.MouseButton.LeftButton, shift, place)
    assert (room.pair.first, room.pair.second) == (3, 4)
    qtbot.mouseMove(strips.viewport(), place)
    assert driver.read_out().startswith("Motorcycle[3] = ")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("view", [MATRICES, PLANE])
def test_one_picture_alone_has_a_sentence_instead_of_matrix_and_map(
    driver: Driver, photos: Path, view: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    driver.window.set_language(language)
    room.add_paths([str(photos / "a.png")])
    driver.settle()
    room.views.choose(view)
    assert room.stack.currentWidget() is room.alone
    said = {
        (MATRICES, Language.ENGLISH): "One picture alone has no distance to another. Add one.",
        (PLANE, Language.ENGLISH): "One picture alone makes no map. Add another.",
        (MATRICES, Language.RUSSIAN): "Одному изображению не с чем сравниваться. Добавьте второе.",
        (PLANE, Language.RUSSIAN): "Одно изображение не образует карты. Добавьте ещё одно.",
    }[view, language]
    assert room.alone.hint.text() == said
    alone = {Language.ENGLISH: "no neighbours", Language.RUSSIAN: "нет соседей"}[language]
    assert alone in room.panel.hint.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(photos / "b.png")], ""))
    room.alone.add.click()
    driver.settle()
    assert room.stack.currentWidget() in (room.matrices, room.plane)
    assert room.panel.hint.isHidden()


SAID = {
    "zero": (
        "black.png: a vector of zeros. It has no direction, so no cosine distance.",
        "black.png: нулевой вектор. У него нет направления, а значит, и косинусного расстояния.",
    ),
    "equal": ("The vectors are equal: every distance is 0.", "Векторы равны: все расстояния равны 0."),
    "same": (
        "A picture compared with itself: every distance is 0.",
        "Изображение сравнивается с самим собой: все расстояния равны 0.",
    ),
    "ordinary": ("", ""),
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("pair", "case"), [((0, 2), "zero"), ((0, 1), "equal"), ((0, 0), "same"), ((0, 3), "ordinary")]
)
def test_what_is_special_about_a_pair_is_a_sentence(
    driver: Driver, photos: Path, pair: tuple[int, int], case: str, language: Language
) -> None:
    room = desk(driver)
    (photos / "again.png").write_bytes((photos / "a.png").read_bytes())
    files = ("a.png", "again.png", "black.png", "b.png")
    room.add_paths([str(photos / name) for name in files])
    driver.settle()
    room.choose_layer(PIXELS)
    driver.settle()
    driver.window.set_language(language)
    room.pair.choose(*pair)
    driver.settle()
    text = SAID[case][language is Language.RUSSIAN]
    assert room.meaning.text() == text
    assert room.meaning.isVisible() == bool(text)
    room.views.choose(TRIAL)
    assert room.meaning.isHidden()
    room.views.choose(MATRICES)
    assert room.meaning.isVisible() == bool(text)
    # Of the matrix, where the pair need not be the one without a distance.
    dash = {Language.ENGLISH: "vector of zeros", Language.RUSSIAN: "нулев"}[language]
    assert dash in room.matrices.note.text()
    room.panel.kind.button(Distance.COSINE.value).click()
    driver.settle()
    assert dash in room.panel.hint.text()
    if case in ("equal", "same"):
        ends = [line.rsplit(" ", 1)[-1] for line in room.line.plain_text().splitlines()[1:]]
        assert ends == ["0", "0", "0"]
