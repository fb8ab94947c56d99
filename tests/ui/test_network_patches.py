"""The strongest patches of a folder's pictures, from the dialog to the unit in the picture."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from convviz.core.picture import Picture
from convviz.files.pictures import open_picture
from convviz.nets.records import INPUT
from convviz.nets.why.unit_evidence import strongest_map
from convviz.ui import network_patches
from convviz.ui.language import Language
from convviz.ui.network_patches import SIDE_PX, cut_out
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.rooms.patches_page import PatchesPage
from tests.ui.driver import Driver
from tests.ui.network_room import OTHER, catalogue, desk, driver, shown

__all__ = ["catalogue", "driver"]

COUNT = 12
GREY = "#808080"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of pictures, which the dialog chooses, with two broken files in it."""
    made = tmp_path / "pictures"
    made.mkdir()
    random = np.random.default_rng(0)
    for number in range(COUNT):
        values = random.integers(0, 256, (40, 48, 3), np.uint8) // (number + 1)
        Image.fromarray(values).save(made / f"photo{number:02d}.png")
    (made / "broken.png").write_bytes(b"no picture")
    (made / "empty.jpg").write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made))
    return made


def page(driver: Driver) -> PatchesPage:
    return desk(driver).patches


def begin(driver: Driver) -> None:
    driver.trigger("network-patches")
    driver.settle()


@pytest.mark.usefixtures("folder")
def test_the_strongest_patches_are_shown_with_value_and_name(driver: Driver) -> None:
    begin(driver)
    assert shown(driver) is page(driver)
    cuts = page(driver).cuts()
    assert len(cuts) == 9
    values = [cut.patch.value for cut in cuts]
    assert values == sorted(values, reverse=True)
    assert all(cut.image is not None and cut.image.width() in (3, 4) for cut in cuts)
    texts = [page(driver).grid.item(row).text() for row in range(page(driver).grid.count())]
    assert all(Path(cut.path).name in text for cut, text in zip(cuts, texts, strict=True))
    assert page(driver).title == f"What excites map 0 of 0 · “pictures”, pictures: {COUNT}"
    page(driver).most.button("16").click()
    assert len(page(driver).cuts()) == COUNT


def test_broken_files_are_counted_and_named(driver: Driver, folder: Path) -> None:
    begin(driver)
    note = page(driver).note.text()
    assert page(driver).note.isVisible()
    assert note.startswith("Left out: 2 (broken.png, empty.jpg). The first: ")
    for path in (folder / "broken.png", folder / "empty.jpg"):
        path.unlink()
    page(driver).folder.click()
    driver.settle()
    assert not page(driver).note.isVisible()


def test_many_broken_files_are_not_all_named(driver: Driver, folder: Path) -> None:
    for number in range(5):
        (folder / f"bad{number}.png").write_bytes(b"x")
    begin(driver)
    assert "Left out: 7 (bad0.png, bad1.png, bad2.png, …)" in page(driver).note.text()


def test_enter_opens_the_picture_at_the_unit(driver: Driver, folder: Path) -> None:
    begin(driver)
    grid = page(driver).grid
    assert grid.hasFocus()
    driver.qtbot.keyClick(grid, Qt.Key.Key_Right)
    cut = page(driver).cuts()[1]
    driver.qtbot.keyClick(grid, Qt.Key.Key_Return)
    driver.settle()
    room = desk(driver)
    assert driver.window.session.state.picture.source == cut.path
    assert Path(cut.path).parent == folder
    assert shown(driver) is room.large
    assert room.pointing.pinned == Spot(False, (cut.patch.index[1], cut.patch.index[2]))
    traced = room.traced
    assert traced is not None
    assert traced.trace.outputs[room.maps.layer][cut.patch.index] == pytest.approx(cut.patch.value)


@pytest.mark.usefixtures("folder")
def test_a_click_opens_the_picture_too(driver: Driver) -> None:
    begin(driver)
    grid = page(driver).grid
    cut = page(driver).cuts()[0]
    where = grid.visualItemRect(grid.item(0)).center()
    driver.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    driver.settle()
    assert driver.window.session.state.picture.source == cut.path


@pytest.mark.usefixtures("folder")
def test_stepping_shows_the_patches_of_the_strongest_map_without_looking_again(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    begin(driver)
    looked = page(driver)._looked

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(network_patches, "look_through", never)
    traced = room.traced
    assert traced is not None
    for _ in range(4):
        driver.trigger("network-layer-forward")
        driver.settle()
        assert shown(driver) is page(driver)
        assert page(driver)._looked is looked
        name = traced.trace.architecture.layers[room.maps.layer].name
        number = strongest_map(traced.trace, room.maps.layer)
        assert page(driver).title.startswith(f"What excites map {number} of {name} ·")
    driver.trigger("network-map-back")
    driver.settle()
    assert shown(driver) is page(driver)
    driver.trigger("network-layer-first")
    driver.settle()
    assert room.maps.layer == INPUT
    assert shown(driver) is room.mosaic


@pytest.mark.usefixtures("folder")
def test_escape_goes_back_and_what_was_found_is_kept(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(driver)
    driver.qtbot.keyClick(page(driver).grid, Qt.Key.Key_Escape)
    assert shown(driver) is desk(driver).mosaic
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("asked again"))
    begin(driver)
    assert shown(driver) is page(driver)
    assert len(page(driver).cuts()) == 9


def test_the_folder_is_remembered_and_offered_again(
    driver: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(driver)
    assert driver.window.preferences.folder == str(folder)
    offered = []

    def decline(*args: object) -> str:
        offered.append(args[2])
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", decline)
    page(driver).folder.click()
    driver.settle()
    assert offered == [str(folder)]
    assert len(page(driver).cuts()) == 9


def test_an_empty_folder_is_a_sentence(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(empty))
    begin(driver)
    assert shown(driver) is desk(driver).mosaic
    assert "no pictures in" in desk(driver).problem.text()


@pytest.mark.usefixtures("folder")
def test_the_search_shows_progress_and_can_be_called_off(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    second, go_on = threading.Event(), threading.Event()
    opened = []

    def slow(path: str, **more: object) -> Picture:
        opened.append(path)
        if len(opened) == 4:
            second.set()
            go_on.wait(10)
        return open_picture(path)

    monkeypatch.setattr(network_patches, "open_picture", slow)
    driver.trigger("network-patches")
    assert second.wait(10)
    driver.qtbot.waitUntil(room.progress.isVisible, timeout=5000)
    driver.qtbot.mouseClick(room.progress.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    driver.settle()
    assert shown(driver) is room.mosaic
    assert len(opened) == 4


@pytest.mark.usefixtures("folder")
def test_another_network_knows_nothing_of_it(driver: Driver) -> None:
    begin(driver)
    desk(driver).choose_network(OTHER)
    driver.settle()
    assert shown(driver) is not page(driver)
    begin(driver)
    assert shown(driver) is page(driver)
    traced = desk(driver).traced
    assert traced is not None
    looked = page(driver)._looked
    assert looked is not None
    assert looked.search.network is traced.network


def test_a_picture_that_is_gone_has_no_patch_but_its_place(driver: Driver, folder: Path) -> None:
    begin(driver)
    gone = page(driver).cuts()[2].path
    Path(gone).unlink()
    driver.trigger("network-map-forward")
    driver.settle()
    cuts = {cut.path: cut.image is None for cut in page(driver).cuts()}
    assert sum(cuts.values()) <= 1
    desk(driver).maps.choose_map(0)
    driver.settle()
    assert {cut.path for cut in page(driver).cuts() if cut.image is None} == {gone}
    assert folder.exists()


@pytest.mark.usefixtures("folder")
def test_the_page_follows_the_language(driver: Driver) -> None:
    begin(driver)
    driver.window.set_language(Language.RUSSIAN)
    assert "картинок" in page(driver).title
    assert page(driver).note.text().startswith("Пропущено: 2")


def test_a_patch_is_cut_to_whole_pixels_and_grey_beyond_the_picture() -> None:
    values = np.arange(5 * 4 * 3, dtype=np.uint8).reshape(5, 4, 3)
    image = cut_out(Picture(values, "p"), (-1.0, 2.0, 3.0, 4.0))
    assert (image.height(), image.width()) == (3, 4)
    assert image.pixelColor(0, 0).name() == GREY
    assert image.pixelColor(3, 2).name() == GREY
    assert image.pixelColor(1, 2).name() == "#" + bytes(values[1, 3]).hex()


def test_a_patch_of_less_than_a_pixel_far_outside_or_far_larger_is_cut_as_well() -> None:
    picture = Picture(np.full((6, 8, 1), 255, np.uint8), "p")
    tiny = cut_out(picture, (2.2, 3.2, 0.1, 0.1))
    assert (tiny.height(), tiny.width()) == (1, 1)
    far = cut_out(picture, (-90.0, 50.0, 3.0, 3.0))
    assert far.pixelColor(0, 0).name() == GREY
    large = cut_out(picture, (-900.0, -900.0, 2000.0, 2000.0))
    assert (large.height(), large.width()) == (12, 16)
    wide = Picture(np.zeros((400, 900, 3), np.uint8), "p")
    assert cut_out(wide, (0.0, 0.0, 400.0, 900.0)).width() == SIDE_PX


def test_what_was_wrong_with_one_folder_is_not_said_of_the_next(
    driver: Driver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    room.choose_network(OTHER)
    driver.settle()
    note = room.problem.text()
    assert note
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder / "gone"))
    begin(driver)
    assert "gone" in room.problem.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    begin(driver)
    assert shown(driver) is page(driver)
    # What is to be known of the network still is.
    assert room.problem.text() == note
    assert room.problem.property("role") == "card"


@pytest.mark.usefixtures("folder")
def test_an_edited_filter_keeps_the_patches_and_says_that_they_are_older(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    begin(driver)
    looked, values = page(driver)._looked, [cut.patch.value for cut in page(driver).cuts()]
    plain = page(driver).note.text()
    driver.trigger("network-try")
    driver.settle()
    room.tools.trial.grid.cells().set_weight(4.0)
    driver.settle()
    assert room.trying.is_edited
    assert shown(driver) is page(driver)
    assert page(driver)._looked is looked
    assert page(driver).note.text().startswith("A filter was edited or put back since")
    driver.window.set_language(Language.RUSSIAN)
    assert "A filter" not in page(driver).note.text()
    driver.window.set_language(Language.ENGLISH)
    room.trying.reset()
    driver.settle()
    assert not room.trying.is_edited
    assert page(driver).note.text() == plain
    room.trying.close()
    driver.settle()
    room.pages.leave()

    def never(*_: object) -> None:
        raise AssertionError("the folder was asked for, or looked through, again")

    monkeypatch.setattr(network_patches, "look_through", never)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", never)
    begin(driver)
    assert shown(driver) is page(driver)
    assert [cut.patch.value for cut in page(driver).cuts()] == values


@pytest.mark.usefixtures("folder")
def test_patches_found_with_an_edited_filter_are_older_once_it_is_put_back(driver: Driver) -> None:
    room = desk(driver)
    driver.trigger("network-try")
    driver.settle()
    room.tools.trial.grid.cells().set_weight(4.0)
    driver.settle()
    begin(driver)
    assert "A filter was edited" not in page(driver).note.text()
    room.trying.reset()
    driver.settle()
    assert page(driver).note.text().startswith("A filter was edited or put back since")
    page(driver).folder.click()
    driver.settle()
    assert "A filter was edited" not in page(driver).note.text()
