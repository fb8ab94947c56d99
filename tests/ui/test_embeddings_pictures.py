"""The embeddings room: pictures that come one after the other, or are transparent."""

import threading
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from convviz.core import distances, projection
from convviz.core.picture import Picture
from convviz.core.projection import principal_plane
from convviz.core.text import Sentence
from convviz.files.pictures import open_picture
from convviz.nets.catalog import DEFAULT
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.nets.vector_space import PIXELS
from convviz.ui import gallery as gallery_module
from convviz.ui.gallery import ONE_BY_ONE, Item, Wanted, make_gallery
from convviz.ui.rooms.embeddings_bar import TRIAL
from convviz.work.jobs import JobContext
from tests.ui.driver import Driver
from tests.ui.embeddings_room import OTHER, Small, catalogue, desk, driver, names, on_screen, said, shown

__all__ = ["catalogue", "driver"]


class Doors:
    """Holds up the opening of pictures, each until it is let through."""

    def __init__(self) -> None:
        self._all = False
        self._open: dict[str, threading.Event] = {}

    def __call__(self, path: str, **options: Any) -> Picture:
        while not self.of(path).wait(0.01) and not self._all:
            pass
        return open_picture(path, **options)

    def of(self, path: str | Path) -> threading.Event:
        return self._open.setdefault(Path(path).name, threading.Event())

    def open_all(self) -> None:
        self._all = True


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch) -> Any:
    made = Doors()
    monkeypatch.setattr(gallery_module, "open_picture", made)
    yield made
    made.open_all()


def wait_for(driver: Driver, expected: list[str]) -> None:
    driver.qtbot.waitUntil(lambda: on_screen(driver) == expected, timeout=10_000)


def test_pictures_appear_one_after_the_other_with_progress(
    driver: Driver, photos: Path, doors: Doors
) -> None:
    shown(driver)
    room = desk(driver)
    waits: list[bool] = []
    told: list[tuple[float, str]] = []
    room.maker.busy_changed.connect(waits.append)
    room.maker.progressed.connect(lambda share, text: told.append((round(share, 2), str(text))))
    for name in ("a.png", "b.png", "c.jpg"):
        doors.of(name)
    room.add_paths([str(photos / name) for name in ("a.png", "b.png", "c.jpg")])
    doors.of("a.png").set()
    wait_for(driver, ["a.png"])
    assert room.maker.busy
    assert room.bar.facts.whole().endswith("· Pictures: 1")
    doors.of("b.png").set()
    wait_for(driver, ["a.png", "b.png"])
    assert (room.pair.first, room.pair.second) == (0, 1)
    assert not room.strips.stale
    driver.qtbot.waitUntil(lambda: (0.67, "2 of 3 pictures") in told, timeout=10_000)
    doors.of("c.jpg").set()
    assert names(driver) == ["a.png", "b.png", "c.jpg"]
    # The wait is one, however many parts it has.
    assert waits == [True, False]


def test_parts_give_what_all_together_give(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(7)
    count = 3 * ONE_BY_ONE
    for number in range(count):
        name = f"{number:03}.png"
        if number == 5:
            (tmp_path / name).write_text("no picture")
        else:
            Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8)).save(tmp_path / name)
    sizes: list[int] = []
    room = desk(driver)
    shown(driver)
    room.maker.made.connect(lambda gallery: sizes.append(len(gallery.items)))
    room.add_paths([str(tmp_path)])
    gallery = shown(driver)
    # The broken one adds none.
    assert [*dict.fromkeys(sizes)] == [*range(1, ONE_BY_ONE + 1), 2 * ONE_BY_ONE, count - 1]
    assert "005.png" in said(driver)
    # All parts are in one piece of memory, and none was copied.
    assert gallery.vectors.base is gallery.store
    assert gallery.store.shape == (count, 6)
    room.choose_network(OTHER)
    shown(driver)
    room.choose_network(DEFAULT)
    together = shown(driver)
    assert names(driver) == [f"{number:03}.png" for number in range(count) if number != 5]
    np.testing.assert_allclose(gallery.vectors, together.vectors, rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(gallery.plane.places, principal_plane(gallery.vectors).places)


def test_cancelling_in_between_keeps_those_that_are_there(driver: Driver, photos: Path, doors: Doors) -> None:
    shown(driver)
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png")])
    doors.of("a.png").set()
    wait_for(driver, ["a.png"])
    room.cancel()
    doors.of("b.png").set()
    assert names(driver) == ["a.png"]
    room.add_paths([str(photos / "c.jpg")])
    doors.of("c.jpg").set()
    assert names(driver) == ["a.png", "c.jpg"]


def test_what_is_asked_for_in_between_loses_none_of_those_to_come(
    driver: Driver, photos: Path, doors: Doors
) -> None:
    shown(driver)
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png")])
    doors.of("a.png").set()
    wait_for(driver, ["a.png"])
    room.choose_layer(PIXELS)
    room.add_paths([str(photos / "c.jpg")])
    for name in ("b.png", "c.jpg"):
        doors.of(name).set()
    assert names(driver) == ["a.png", "b.png", "c.jpg"]
    assert shown(driver).space.layer == PIXELS


def test_pictures_that_are_all_broken_but_the_last_do_not_empty_the_room(
    driver: Driver, tmp_path: Path
) -> None:
    before = names(driver)
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_text("no picture")
    Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(tmp_path / "c.png")
    counts: list[int] = []
    desk(driver).maker.made.connect(lambda gallery: counts.append(len(gallery.items)))
    desk(driver).add_paths([str(tmp_path)])
    assert names(driver) == ["c.png"]
    assert counts == [1]
    assert "2" in said(driver)
    assert before != names(driver)


def test_many_pictures_need_little_memory_beside_their_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "_BLOCK", 50_000)
    monkeypatch.setattr(distances, "_AT_ONCE", 50_000)
    network = Network(
        Small(), "key", "Key", Preprocessing((8, 8), Fit.EXACT, crop=False), (), True, Sentence("Here.")
    )
    monkeypatch.setattr(gallery_module, "open_network", lambda *_, **__: network)
    random = np.random.default_rng(9)
    items = [
        Item(f"{n}", picture=Picture(random.integers(0, 256, (6, 6, 3), np.uint8), "")) for n in range(400)
    ]
    # What is made once, and kept, is not counted.
    network.architecture()
    gallery = make_gallery(Wanted("key", None, PIXELS, tuple(items[:1])), JobContext())
    tracemalloc.start()
    try:
        gallery = make_gallery(Wanted("key", None, PIXELS, tuple(items)), JobContext())
        while gallery.missing:
            gallery = make_gallery(gallery.rest, JobContext())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert gallery.vectors.shape == (400, 3072)
    # A matrix of the size of their number comes on top, but no second copy of the vectors.
    assert most < 2 * gallery.vectors.nbytes


@pytest.fixture
def glass(tmp_path: Path) -> Path:
    """A picture that is transparent everywhere."""
    path = tmp_path / "glass.png"
    Image.fromarray(np.zeros((8, 8, 4), np.uint8)).save(path)
    return path


def choose_background(driver: Driver, monkeypatch: pytest.MonkeyPatch, colour: str) -> None:
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor(colour))
    driver.trigger("background")
    driver.settle()


def test_another_background_makes_other_vectors_of_transparent_pictures(
    driver: Driver, glass: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    room.add_paths([str(glass), str(photos / "c.jpg")])
    room.choose_layer(PIXELS)
    white = shown(driver)
    room.views.choose(TRIAL)
    driver.settle()
    assert white.vectors[0].max() == 255
    choose_background(driver, monkeypatch, "#ff0000")
    red = shown(driver)
    assert red.vectors[0].reshape(-1, 3)[0].tolist() == [255, 0, 0]
    assert red.thumbnails[0].pixelColor(40, 40) == QColor("#ff0000")
    assert room.trial.original.image().pixelColor(2, 2) == QColor("#ff0000")
    np.testing.assert_array_equal(red.vectors[1], white.vectors[1])


def test_another_background_leaves_pictures_alone_that_cannot_be_transparent(
    driver: Driver, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk(driver).add_paths([str(photos / "c.jpg")])
    before = shown(driver)
    choose_background(driver, monkeypatch, "#00ff00")
    assert shown(driver) is before
