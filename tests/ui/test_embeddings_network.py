"""The embeddings room with another network or layer: meanwhile, called off, failed, and in memory."""

import gc
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convviz.nets import vector_space
from convviz.nets.catalog import DEFAULT
from convviz.nets.embed import Source, embed
from convviz.nets.vector_space import PIXELS, Space
from convviz.ui import gallery as gallery_module
from convviz.ui.gallery import ONE_BY_ONE, Gallery
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.embeddings_room import (
    BROKEN,
    OTHER,
    Catalogue,
    catalogue,
    desk,
    driver,
    names,
    on_screen,
    said,
    shown,
)

__all__ = ["catalogue", "driver"]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Return what holds up every embedding until it is set."""
    opened, real = threading.Event(), embed

    def held(*given: Any, check: Callable[[], None], **options: Any) -> Any:
        while not opened.wait(0.01):
            check()
        return real(*given, check=check, **options)

    monkeypatch.setattr(gallery_module, "embed", held)
    return opened


def test_a_layer_chosen_meanwhile_loses_no_picture(driver: Driver, photos: Path, request: Any) -> None:
    shown(driver)
    gate = request.getfixturevalue("gate")
    desk(driver).add_paths([str(photos / "a.png")])
    desk(driver).choose_layer(PIXELS)
    gate.set()
    assert names(driver) == ["a.png"]


def test_pictures_dropped_meanwhile_join_the_first(driver: Driver, photos: Path, request: Any) -> None:
    shown(driver)
    gate = request.getfixturevalue("gate")
    desk(driver).add_paths([str(photos / "a.png")])
    desk(driver).add_paths([str(photos / "b.png")])
    gate.set()
    assert names(driver) == ["a.png", "b.png"]


def test_samples_make_way_after_a_folder_that_failed(driver: Driver, photos: Path, tmp_path: Path) -> None:
    shown(driver)
    (tmp_path / "nothing").mkdir()
    desk(driver).add_paths([str(tmp_path / "nothing")])
    driver.settle()
    desk(driver).add_paths([str(photos / "a.png")])
    assert names(driver) == ["a.png"]


def test_another_network_and_layer_give_other_vectors(driver: Driver, catalogue: Catalogue) -> None:
    room = desk(driver)
    room.choose_network(OTHER)
    assert shown(driver).vectors.shape == (10, 9)
    layers = [room.bar.layers.itemText(n) for n in range(room.bar.layers.count())]
    assert [text for text in layers if text.startswith("Features")] == [room.bar.layers.currentText()]
    assert room.bar.networks.currentData() == OTHER
    room.choose_layer("relu")
    assert shown(driver).space == Space("relu", 9, True)
    room.choose_layer(PIXELS)
    assert shown(driver).vectors.shape == (10, 3072)
    assert room.bar.layers.currentData() == PIXELS
    assert catalogue.opened == [DEFAULT, OTHER]


def test_a_network_that_fails_leaves_the_one_before(driver: Driver) -> None:
    room = desk(driver)
    before = shown(driver)
    room.choose_network(BROKEN)
    driver.settle()
    assert said(driver) == "broken is damaged."
    assert room.gallery is before
    assert room.bar.networks.currentData() == DEFAULT


def test_cancelling_keeps_what_is_on_screen(driver: Driver, catalogue: Catalogue) -> None:
    room = desk(driver)
    before = shown(driver)
    catalogue.may_open.clear()
    room.choose_network(OTHER)
    assert room.maker.busy
    room.progress.cancel.click()
    assert not room.maker.busy
    assert room.gallery is before
    assert room.bar.networks.currentData() == DEFAULT
    catalogue.may_open.set()
    driver.settle()
    assert room.gallery is before


def test_the_first_wait_can_be_called_off_too(
    catalogue: Catalogue, make_window: Callable[..., Driver]
) -> None:
    catalogue.may_open.clear()
    driver = make_window(Room.IMAGE)
    driver.window.set_room(Room.EMBEDDINGS)
    room = desk(driver)
    room.cancel()
    assert room.stack.currentWidget() is room.empty
    catalogue.may_open.set()
    driver.settle()
    assert room.gallery is None
    room.empty.samples.click()
    assert len(names(driver)) == 10


def test_the_window_closes_while_pictures_are_embedded(
    catalogue: Catalogue, make_window: Callable[..., Driver]
) -> None:
    catalogue.may_open.clear()
    driver = make_window(Room.IMAGE)
    driver.window.set_room(Room.EMBEDDINGS)
    assert desk(driver).maker.busy
    driver.window.close()
    assert not desk(driver).maker.busy


def test_leaving_the_room_loses_nothing(catalogue: Catalogue, make_window: Callable[..., Driver]) -> None:
    catalogue.may_open.clear()
    driver = make_window(Room.IMAGE)
    driver.window.set_room(Room.EMBEDDINGS)
    driver.window.set_room(Room.IMAGE)
    catalogue.may_open.set()
    assert len(names(driver)) == 10
    driver.window.set_room(Room.EMBEDDINGS)
    driver.settle()
    assert len(catalogue.opened) == 1


def test_cleared_during_a_change_of_network_the_list_and_the_next_pictures_agree(
    driver: Driver, photos: Path, catalogue: Any
) -> None:
    room = desk(driver)
    shown(driver)
    catalogue.may_open.clear()
    room.choose_network(OTHER)
    room.clear()
    assert on_screen(driver) == []
    assert room.bar.networks.currentData() == OTHER
    catalogue.may_open.set()
    driver.settle()
    assert room.bar.networks.currentData() == OTHER
    room.add_paths([str(photos / "a.png")])
    assert shown(driver).key == OTHER
    assert room.bar.networks.currentData() == OTHER


def test_cleared_and_then_called_off_it_is_the_network_before(driver: Driver, catalogue: Any) -> None:
    room = desk(driver)
    shown(driver)
    catalogue.may_open.clear()
    room.choose_network(OTHER)
    room.clear()
    room.cancel()
    catalogue.may_open.set()
    driver.settle()
    assert room.bar.networks.currentData() == DEFAULT
    room.take_samples()
    assert shown(driver).key == DEFAULT


def fill(folder: Path, count: int) -> Path:
    random = np.random.default_rng(3)
    for number in range(count):
        pixels = random.integers(0, 256, (9, 12, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:03}.png")
    return folder


def test_vectors_of_another_layer_go_when_the_new_ones_are_on_screen(driver: Driver, tmp_path: Path) -> None:
    room = desk(driver)
    shown(driver)
    room.add_paths([str(fill(tmp_path, 5))])
    old = weakref.ref(shown(driver).store)
    room.choose_layer(PIXELS)
    assert shown(driver).space.layer == PIXELS
    gc.collect()
    assert old() is None


def test_many_vectors_of_another_layer_are_not_waited_for_with_the_old_ones_in_memory(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 2 * ONE_BY_ONE
    room = desk(driver)
    shown(driver)
    room.add_paths([str(fill(tmp_path, count))])
    before = shown(driver)
    room.pair.choose(7, 20)
    driver.settle()
    monkeypatch.setattr(gallery_module, "MOST_TOGETHER", count * vector_space.PIXEL_SPACE.size)
    sizes: list[int] = []
    alive: list[bool] = []
    old, items = weakref.ref(before.store), before.items
    del before

    def note(gallery: Gallery) -> None:
        sizes.append(len(gallery.items))
        gc.collect()
        alive.append(old() is not None)

    room.maker.made.connect(note)
    room.choose_layer(PIXELS)
    after = shown(driver)
    assert sizes == [*range(1, ONE_BY_ONE + 1), count]
    # With the first new one on screen there is nothing of the old.
    assert not any(alive[1:])
    assert after.items == items
    assert (room.pair.first, room.pair.second) == (7, 20)
    alone = embed(None, [Source(item.name, item.open) for item in items])
    assert np.array_equal(after.vectors, alone.vectors)
