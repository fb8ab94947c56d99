"""The embeddings room described by a table: shown, told, refused, and given back after a lesson."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convviz.core.distances import Distance
from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem
from convviz.files.samples import PHOTO_SAMPLES
from convviz.nets.catalog import DEFAULT
from convviz.nets.vector_space import PIXELS
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.embeddings_room import OTHER, Catalogue, catalogue, desk, driver, shown

TABLE: dict[str, Any] = {
    "pictures": ["coffee", "cat", "conv-step", "astronaut"],
    "model": OTHER,
    "layer": "conv",
    "page": "experiment",
    "pair": [1, 3],
    "measure": "cosine",
    "experiment": "tint",
    "amount": -0.35,
    "also": {"brightness": 1.5},
}
PLAIN = {
    "pictures": [sample.id for sample in PHOTO_SAMPLES],
    "model": DEFAULT,
    "layer": "mean",
    "page": "vectors",
    "pair": [0, 1],
    "measure": "euclidean",
    "experiment": "brightness",
    "amount": 1.0,
}

LESSON = """
format = 1
id = "vectors"
title = { en = "Vectors" }
[[steps]]
room = "embeddings"
text = { en = "Two pictures." }
embeddings = { pictures = ["rocket", "coins"], page = "distances", measure = "maximum" }
[[steps]]
text = { en = "One of them brighter." }
embeddings = { pictures = ["rocket", "coins"], experiment = "brightness", amount = 1.5 }
"""

__all__ = ["catalogue", "driver"]


@pytest.fixture
def lesson(tmp_path: Path) -> str:
    path = tmp_path / "vectors.lesson.toml"
    path.write_text(LESSON, encoding="utf-8")
    return str(path)


def show(driver: Driver, table: dict[str, Any]) -> dict[str, Any]:
    driver.window.embeddings.show_table(table)
    driver.settle()
    return driver.window.embeddings.table()


def test_what_a_table_says_is_on_screen(driver: Driver) -> None:
    driver.window.embeddings.show_table(TABLE)
    gallery, room = shown(driver), desk(driver)
    assert [item.sample for item in gallery.items] == TABLE["pictures"]
    assert (gallery.key, gallery.space.layer, gallery.vectors.shape) == (OTHER, "conv", (4, 9))
    assert room.stack.currentWidget() is room.trial
    assert room.bar.view.choice() == "experiment"
    assert (room.pair.first, room.pair.second) == (1, 3)
    assert room.panel.kind.choice() == Distance.COSINE
    assert room.trial.sliders["tint"].value() == -35
    assert room.trial.sliders["brightness"].value() == 150
    assert room.runner.original is not None
    assert room.runner.original.item is gallery.items[1]
    # The curve is that of the slider the table names.
    assert not room.trial.stale
    assert room.trial.name == "tint"


def test_the_table_told_is_the_one_shown_and_brings_it_back(driver: Driver) -> None:
    assert driver.window.embeddings.table() == PLAIN
    assert show(driver, TABLE) == TABLE
    before = shown(driver)
    assert show(driver, PLAIN) == PLAIN
    assert show(driver, TABLE) == TABLE
    np.testing.assert_array_equal(shown(driver).vectors, before.vectors)


def test_what_a_table_does_not_mention_is_as_at_the_first_visit(driver: Driver) -> None:
    show(driver, TABLE)
    assert show(driver, {}) == PLAIN
    assert show(driver, {"experiment": "blur", "amount": 0.05})["page"] == "experiment"


def test_the_same_again_computes_nothing(driver: Driver, catalogue: Catalogue) -> None:
    show(driver, TABLE)
    before = shown(driver)
    driver.window.embeddings.show_table(TABLE | {"page": "map"})
    assert not desk(driver).maker.busy
    assert shown(driver) is before
    assert desk(driver).stack.currentWidget() is desk(driver).plane


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ({"picture": ["cat"]}, "picture"),
        ({"pictures": "cat"}, "pictures"),
        ({"pictures": ["cat", "dog"]}, "pictures"),
        ({"pictures": [3]}, "pictures"),
        ({"pictures": [{"path": "", "name": "x"}]}, "pictures"),
        ({"pictures": [{"path": "x.png"}]}, "pictures"),
        ({"model": 5}, "model"),
        ({"layer": True}, "layer"),
        ({"page": "pages"}, "page"),
        ({"pair": [0]}, "pair"),
        ({"pair": [0, 10]}, "pair"),
        ({"pair": [0, -1]}, "pair"),
        ({"pair": [0, True]}, "pair"),
        ({"pictures": [], "pair": [0, 0]}, "pair"),
        ({"measure": "manhattan"}, "measure"),
        ({"experiment": "colour"}, "experiment"),
        ({"amount": 2.5}, "amount"),
        ({"amount": "1.5"}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": float("nan")}, "amount"),
        ({"experiment": "turn", "amount": -181}, "amount"),
        ({"also": {"brightness": 1.5}}, "also"),
        ({"also": {"colour": 1}}, "also"),
        ({"also": [1]}, "also"),
        ({"also": {"tint": 2}}, "also"),
    ],
)
def test_what_is_not_as_it_should_be_is_named_and_changes_nothing(
    driver: Driver, bad: dict[str, Any], place: str
) -> None:
    with pytest.raises(Problem) as raised:
        driver.window.embeddings.show_table(bad)
    assert f"embeddings, {place}." in str(raised.value.sentence)
    driver.settle()
    assert driver.window.embeddings.table() == PLAIN


def test_damaged_numbers_of_a_picture_change_nothing(driver: Driver) -> None:
    with pytest.raises(Problem):
        driver.window.embeddings.show_table({"pictures": [{"packed": "?", "shape": [2, 2, 1], "bytes": 1}]})
    driver.settle()
    assert driver.window.embeddings.table() == PLAIN


def test_a_network_or_layer_that_does_not_exist_is_told(driver: Driver) -> None:
    show(driver, {"layer": "conv9"})
    assert "no layer “conv9”" in desk(driver).problem.text()
    assert driver.window.embeddings.table() == PLAIN


def test_a_later_table_wins_over_one_still_on_its_way(driver: Driver, catalogue: Catalogue) -> None:
    catalogue.may_open.clear()
    driver.window.embeddings.show_table(TABLE)
    assert driver.window.embeddings.busy
    driver.window.embeddings.show_table({"pictures": ["rocket", "cat"], "pair": [1, 0]})
    catalogue.may_open.set()
    gallery = shown(driver)
    assert ([item.sample for item in gallery.items], gallery.key) == (["rocket", "cat"], DEFAULT)
    assert (desk(driver).pair.first, desk(driver).pair.second) == (1, 0)


def test_what_the_user_does_wins_over_a_table_on_its_way(driver: Driver, catalogue: Catalogue) -> None:
    catalogue.may_open.clear()
    driver.window.embeddings.show_table({"model": OTHER, "pair": [4, 5]})
    assert driver.window.embeddings.table()["pair"] == [4, 5]
    desk(driver).pair.choose(first=7)
    assert driver.window.embeddings.table()["pair"] == [7, 1]
    catalogue.may_open.set()
    assert shown(driver).key == OTHER
    assert (desk(driver).pair.first, desk(driver).pair.second) == (7, 1)


def test_given_up_a_table_leaves_what_is_on_screen(driver: Driver, catalogue: Catalogue) -> None:
    catalogue.may_open.clear()
    driver.window.embeddings.show_table({"model": OTHER, "pair": [4, 5]})
    desk(driver).progress.cancel.click()
    catalogue.may_open.set()
    driver.settle()
    assert driver.window.embeddings.table() == PLAIN
    # And the pair of the table is not chosen by what comes later.
    desk(driver).choose_layer(PIXELS)
    driver.settle()
    assert (desk(driver).pair.first, desk(driver).pair.second) == (0, 1)


def test_pictures_of_ones_own_come_back_after_a_lesson(driver: Driver, tmp_path: Path, lesson: str) -> None:
    Image.fromarray(np.full((6, 8, 3), 90, np.uint8)).save(tmp_path / "own.png")
    room = desk(driver)
    room.add_paths([str(tmp_path / "own.png")])
    driver.settle()
    pasted = Picture(np.arange(96, dtype=np.uint8).reshape(4, 8, 3), "Pasted", 0, 255, PictureKind.PHOTO)
    room.add_picture(pasted)
    driver.settle()
    room.views.choose("map")
    room.pair.choose(1, 0)
    before, told = shown(driver), driver.window.embeddings.table()
    driver.window.lessons.open(lesson)
    assert [item.sample for item in shown(driver).items] == ["rocket", "coins"]
    assert driver.window.embeddings.table()["measure"] == "maximum"
    driver.window.lessons.forward()
    driver.settle()
    assert room.stack.currentWidget() is room.trial
    driver.window.lessons.close()
    after = shown(driver)
    assert driver.window.embeddings.table() == told
    assert [item.title for item in after.items] == ["own.png", "Pasted"]
    np.testing.assert_array_equal(after.vectors, before.vectors)
    assert room.stack.currentWidget() is room.plane


def test_no_pictures_at_all_come_back_after_a_lesson(driver: Driver, lesson: str) -> None:
    desk(driver).clear()
    driver.window.lessons.open(lesson)
    driver.settle()
    driver.window.lessons.close()
    assert shown(driver).items == ()
    assert desk(driver).stack.currentWidget() is desk(driver).empty


def test_a_lesson_may_be_the_first_visit(
    catalogue: Catalogue, make_window: Callable[..., Driver], lesson: str
) -> None:
    del catalogue
    driver = make_window(Room.IMAGE)
    assert driver.window.embeddings.table() == {}
    driver.window.lessons.open(lesson)
    assert [item.sample for item in shown(driver).items] == ["rocket", "coins"]
    driver.window.lessons.close()
    driver.settle()
    assert driver.window.room is Room.IMAGE
    assert driver.window.embeddings.table() == PLAIN


def test_a_table_in_a_hidden_room_tries_nothing(driver: Driver) -> None:
    driver.window.set_room(Room.IMAGE)
    show(driver, TABLE)
    assert desk(driver).runner.original is None
    driver.window.set_room(Room.EMBEDDINGS)
    driver.settle()
    assert not desk(driver).trial.stale
