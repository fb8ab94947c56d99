"""The embeddings room: how it begins, what is put into it and taken out, its words and its size."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel

from convviz.core.distances import Distance
from convviz.files.pictures import open_picture
from convviz.files.samples import PHOTO_SAMPLES
from convviz.nets import vector_space
from convviz.nets.catalog import DEFAULT
from convviz.nets.embed import embed, vector_of
from convviz.ui import gallery as gallery_module
from convviz.ui.language import Language
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, STRIPS, TRIAL
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.embeddings_room import Catalogue, catalogue, desk, driver, names, said, shown

__all__ = ["catalogue", "driver"]


def test_nothing_of_it_is_made_before_the_first_visit(
    catalogue: Catalogue, make_window: Callable[..., Driver]
) -> None:
    driver = make_window(Room.IMAGE)
    assert driver.window.embeddings.desk is None
    assert catalogue.opened == []
    driver.trigger("room-embeddings")
    driver.settle()
    assert driver.window.room is Room.EMBEDDINGS
    assert catalogue.opened == [DEFAULT]


def test_it_begins_with_the_photographs_that_come_with_convviz(driver: Driver) -> None:
    gallery = shown(driver)
    assert names(driver) == [str(sample.title) for sample in PHOTO_SAMPLES]
    assert gallery.vectors.shape == (10, 6)
    assert desk(driver).bar.facts.whole() == "6 numbers: all values of the layer mean · Pictures: 10"
    assert not said(driver)


def test_a_dropped_folder_takes_the_place_of_the_samples(driver: Driver, photos: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photos))])
    event = QDropEvent(
        QPointF(50, 200),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    driver.window.dropEvent(event)
    assert names(driver) == ["a.png", "b.png", "black.png", "c.jpg", "d.png"]
    assert "broken.png" in said(driver)
    gallery = shown(driver)
    assert [max(image.width(), image.height()) for image in gallery.thumbnails] == [96] * 5
    expected = vector_of(gallery.network, gallery.space, open_picture(photos / "c.jpg"))
    np.testing.assert_allclose(gallery.vectors[3], expected, rtol=1e-5)


def test_more_pictures_join_those_that_are_there_and_none_is_taken_twice(
    driver: Driver, photos: Path
) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "b.png")])
    first = shown(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png"), str(photos / "inside")])
    assert names(driver) == ["b.png", "a.png", "d.png"]
    # What has a vector is not computed again.
    np.testing.assert_array_equal(shown(driver).vectors[0], first.vectors[0])
    assert shown(driver).items[0] is first.items[0]
    # The one that was there was compared with itself only because it was alone.
    assert (room.pair.first, room.pair.second) == (0, 1)
    room.pair.choose(2, 2)
    room.add_paths([str(photos / "c.jpg")])
    assert len(names(driver)) == 4
    assert (room.pair.first, room.pair.second) == (2, 2)


def test_vectors_that_are_there_are_not_computed_again(
    driver: Driver, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk(driver).add_paths([str(photos / "a.png")])
    driver.settle()
    asked: list[int] = []

    def counting(network: Any, sources: Any, *args: Any, **more: Any) -> Any:
        asked.append(len(sources))
        return embed(network, sources, *args, **more)

    monkeypatch.setattr(gallery_module, "embed", counting)
    desk(driver).add_paths([str(photos / "b.png")])
    driver.settle()
    desk(driver).choose_layer("conv")
    driver.settle()
    # Those on screen come back together, not one by one.
    assert asked == [1, 2]


def test_a_picture_that_is_opened_in_the_room_is_added(driver: Driver, photos: Path) -> None:
    driver.window.opener.open_path(str(photos / "a.png"))
    driver.settle()
    driver.window.opener.open_sample("coffee")
    assert names(driver) == ["a.png", "Cup of coffee"]
    driver.window.set_room(Room.IMAGE)
    driver.window.opener.open_path(str(photos / "b.png"))
    driver.settle()
    assert names(driver) == ["a.png", "Cup of coffee"]


@pytest.mark.parametrize("what", ["empty", "gone.png"])
def test_what_has_no_pictures_is_told_and_the_others_stay(driver: Driver, tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    before = names(driver)
    desk(driver).add_paths([str(tmp_path / what)])
    driver.settle()
    assert what in said(driver)
    if what == "empty":
        assert names(driver) == before
    else:
        assert names(driver) == []
        assert desk(driver).stack.currentWidget() is desk(driver).empty


def test_cleared_it_says_what_to_do_and_offers_the_samples(driver: Driver) -> None:
    room = desk(driver)
    room.bar.clear.click()
    assert names(driver) == []
    assert room.stack.currentWidget() is room.empty
    assert not room.bar.save.isEnabled()
    for view in (MATRICES, PLANE, TRIAL, STRIPS):
        room.views.choose(view)
        driver.settle()
    driver.window.grab()
    room.empty.samples.click()
    assert len(names(driver)) == 10
    assert room.stack.currentWidget() is room.strips


def test_one_picture_alone_is_compared_with_itself(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "a.png")])
    gallery = shown(driver)
    assert (room.pair.first, room.pair.second) == (0, 0)
    assert "with itself" in room.line.plain_text()
    assert [gallery.matrices[kind].tolist() for kind in Distance] == [[[0.0]]] * 3
    assert room.panel.nearest.count() == 0
    for view in (STRIPS, MATRICES, PLANE, TRIAL):
        room.views.choose(view)
        driver.settle()
        driver.window.grab()


def test_buttons_ask_for_files_and_folders(
    driver: Driver, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(photos / "a.png")], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(photos / "inside"))
    desk(driver).bar.add.click()
    driver.settle()
    driver.trigger("embeddings-folder")
    assert names(driver) == ["a.png", "d.png"]


def test_everything_is_said_in_russian(driver: Driver) -> None:
    room = desk(driver)
    room.views.choose(MATRICES)
    driver.settle()
    driver.window.set_language(Language.RUSSIAN)
    assert names(driver)[0] == "Кошка"
    assert "Кошка" in room.line.plain_text()
    assert "Кошка" in room.matrices.matrices[Distance.COSINE].spoken(0, 1)
    status = driver.window.findChild(QLabel, "status-timing")
    assert isinstance(status, QLabel)
    assert "10" in status.text()
    english = [
        label.text()
        for label in room.findChildren(QLabel)
        if label.isVisible()
        and any(word in label.text() for word in ("the ", "Network", "Layer", "Pictures"))
    ]
    assert english == []


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("language", list(Language))
def test_the_room_fits_the_window_at_projector_scale(
    driver: Driver, size: tuple[int, int], language: Language
) -> None:
    window = driver.window
    window.set_language(language)
    window.set_projector(True)
    window.resize(*size)
    for view in (STRIPS, MATRICES, PLANE, TRIAL):
        desk(driver).views.choose(view)
        driver.settle()
        assert (window.width(), window.height()) == size


def test_too_many_numbers_are_refused_with_those_counted_that_are_there(
    driver: Driver, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png")])
    before = shown(driver)
    monkeypatch.setattr(vector_space, "MOST_NUMBERS", 2 * before.space.size)
    room.add_paths([str(photos / "c.jpg")])
    driver.settle()
    assert "3 vectors" in said(driver)
    assert room.gallery is before
    assert names(driver) == ["a.png", "b.png"]
