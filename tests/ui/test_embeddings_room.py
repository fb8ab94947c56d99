"""The embeddings room: from pictures to vectors, distances, a map and the experiment."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from torch import nn

from convviz.core.distances import Distance, distance
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.files.pictures import open_picture
from convviz.files.samples import PHOTO_SAMPLES
from convviz.nets import vector_space
from convviz.nets.catalog import DEFAULT
from convviz.nets.embed import embed, vector_of
from convviz.nets.entries import Entry
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.nets.vector_space import PIXELS, Space
from convviz.ui import gallery as gallery_module
from convviz.ui import gallery_jobs
from convviz.ui.gallery import MOST_COMPARED, Gallery
from convviz.ui.language import Language
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, STRIPS, TRIAL
from convviz.ui.rooms.embeddings_desk import EmbeddingsDesk
from convviz.ui.state import Room
from tests.ui.driver import Driver

OTHER, BROKEN = "other", "broken"


class Small(nn.Module):
    """Maps, a mean, and a classifier."""

    def __init__(self, maps: int = 6) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, maps, 3)
        self.fc = nn.Linear(maps, 4)

    def forward(self, x: Any) -> Any:
        return self.fc(torch.relu(self.conv(x)).mean((2, 3)))


class Catalogue:
    """Stands in for the networks there are; opening one can be held up."""

    def __init__(self) -> None:
        self.may_open = threading.Event()
        self.may_open.set()
        self.opened: list[str] = []

    def open(self, key: str, *, check: Any, progress: Any) -> Network:
        self.opened.append(key)
        while not self.may_open.wait(0.01):
            check()
        if key == BROKEN:
            raise Problem(QT_TRANSLATE_NOOP("Sentence", "{name} is damaged."), name=key)
        torch.manual_seed(len(key))
        made = Small(6 if key == DEFAULT else 9)
        return Network(
            made, key, key.title(), Preprocessing((8, 8), Fit.EXACT, crop=False), (), True, Sentence("Here.")
        )

    def list(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(key, key.title(), "shipped", True, 1, (3, 8, 8), "") for key in (DEFAULT, OTHER, BROKEN)
        )


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    made = Catalogue()
    monkeypatch.setattr(gallery_module, "open_network", made.open)
    monkeypatch.setattr(gallery_jobs, "entries", made.list)
    yield made
    made.may_open.set()


@pytest.fixture
def driver(catalogue: Catalogue, make_window: Callable[..., Driver]) -> Driver:
    """The window in the embeddings room."""
    del catalogue
    return make_window(Room.EMBEDDINGS, (1280, 900))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with five pictures, black among them, one broken, and one in a folder of its own."""
    random = np.random.default_rng(5)
    folder = tmp_path / "photos"
    (folder / "inside").mkdir(parents=True)
    for name in ("a.png", "b.png", "c.jpg", "inside/d.png"):
        Image.fromarray(random.integers(0, 256, (20, 30, 3), np.uint8)).save(folder / name)
    Image.fromarray(np.zeros((10, 10, 3), np.uint8)).save(folder / "black.png")
    (folder / "broken.png").write_text("no picture")
    return folder


def desk(driver: Driver) -> EmbeddingsDesk:
    found = driver.window.embeddings.desk
    assert found is not None
    return found


def shown(driver: Driver) -> Gallery:
    driver.settle()
    found = desk(driver).gallery
    assert found is not None
    return found


def names(driver: Driver) -> list[str]:
    return [item.title for item in shown(driver).items]


def said(driver: Driver) -> str:
    return desk(driver).problem.text()


def press(
    driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    page = desk(driver).stack.currentWidget()
    assert page is not None
    driver.qtbot.keyClick(page.focusProxy() or page, key, modifier)
    driver.settle()


# Pictures in


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
        room.choose_view(view)
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
        room.choose_view(view)
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


# Network and layer


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


# The pair


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
    room.choose_view(MATRICES)
    driver.settle()
    driver.window.grab()
    room.choose_view(TRIAL)
    room.pair.choose(first=1)
    driver.settle()
    assert "no direction" in room.trial.said.text()
    driver.window.grab()


@pytest.mark.parametrize("view", [STRIPS, PLANE])
def test_arrows_choose_the_first_and_with_shift_the_second(driver: Driver, view: str) -> None:
    room = desk(driver)
    room.choose_view(view)
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


def test_a_cell_of_a_matrix_is_a_pair(driver: Driver) -> None:
    room = desk(driver)
    room.choose_view(MATRICES)
    driver.settle()
    matrix = room.matrices.matrices[Distance.MAXIMUM]
    driver.qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell(4, 7).center().toPoint())
    assert (room.pair.first, room.pair.second) == (4, 7)
    driver.qtbot.mouseMove(matrix, matrix.cell(2, 6).center().toPoint())
    value = shown(driver).matrices[Distance.MAXIMUM][2, 6]
    told = driver.read_out()
    assert told.startswith("Cup of coffee – Photographer (grey): ")
    assert float(told.split(": ")[1]) == pytest.approx(value, rel=1e-3)
    driver.qtbot.keyClick(matrix, Qt.Key.Key_Right)
    driver.qtbot.keyClick(matrix, Qt.Key.Key_Up)
    assert (room.pair.first, room.pair.second) == (3, 8)
    assert matrix.accessibleDescription().startswith("Rocket – Brick wall (grey): ")
    assert matrix.cell_at(QPoint(1, 1)) is None


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
        room.choose_view(view)
        press(driver, Qt.Key.Key_End)
        driver.window.grab()
    assert room.pair.first == MOST_COMPARED + 4
    # What is not on screen has not been drawn.
    assert len(room.strips._strips) < MOST_COMPARED


# The map


def test_on_the_map_places_are_the_principal_components(driver: Driver) -> None:
    room = desk(driver)
    room.choose_view(PLANE)
    driver.settle()
    plane, gallery = room.plane, shown(driver)
    points = plane.points()
    order = np.argsort(points[:, 0])
    np.testing.assert_array_equal(order, np.argsort(gallery.plane.places[:, 0]))
    for number in range(10):
        assert plane.rect().contains(QPoint(*map(int, points[number])))
    found = plane.picture_at(QPointF(*points[6]))
    assert found is not None
    driver.qtbot.mouseClick(plane, Qt.MouseButton.LeftButton, pos=QPoint(*map(int, points[6])))
    assert room.pair.first == found


def test_the_wheel_zooms_the_map_at_the_pointer_and_dragging_pans(driver: Driver) -> None:
    room = desk(driver)
    room.choose_view(PLANE)
    driver.settle()
    plane = room.plane
    before = plane.points()[4]
    wheel = QWheelEvent(
        QPointF(*before),
        plane.mapToGlobal(QPointF(*before)),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plane, wheel)
    assert plane.zoom > 1.5
    np.testing.assert_allclose(plane.points()[4], before, atol=0.01)
    qtbot, start = driver.qtbot, QPoint(100, 100)
    chosen = room.pair.first
    qtbot.mousePress(plane, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(plane, start + QPoint(30, 40))
    qtbot.mouseRelease(plane, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 40))
    np.testing.assert_allclose(plane.points()[4] - before, [30, 40], atol=0.01)
    assert room.pair.first == chosen
    press(driver, Qt.Key.Key_0)
    np.testing.assert_allclose(plane.points()[4], before, atol=0.01)
    driver.trigger("zoom-in")
    assert plane.zoom > 1
    driver.trigger("fit")
    assert plane.zoom == 1


# The experiment


def test_brightening_the_pixels_lengthens_the_vector_and_keeps_its_direction(driver: Driver) -> None:
    room = desk(driver)
    room.choose_layer(PIXELS)
    driver.settle()
    room.choose_view(TRIAL)
    driver.settle()
    trial = room.trial
    assert "stay" in trial.said.text()
    trial.sliders["brightness"].setValue(60)
    driver.settle()
    assert "(×0.6), cos ≈ 1\nAngle 0°. The direction stays, the length changes." in trial.said.text()
    # The curve of the cosine lies at the bottom: it is drawn against a right angle.
    assert trial.curves.top(Distance.COSINE) == 1.0
    points = trial.curves.points()
    assert len(points) >= 10
    at_half = min(points, key=lambda point: abs(point.place - 0.4))
    assert at_half.distances[Distance.COSINE] < 1e-6
    assert at_half.distances[Distance.EUCLIDEAN] > 100
    assert min(points, key=lambda point: abs(point.place - 1)).distances[Distance.EUCLIDEAN] == 0
    trial.sliders["turn"].setValue(90)
    driver.settle()
    assert "The direction hardly changes." in trial.said.text()
    assert trial.curves.points()[0].place == -180
    trial.reset.click()
    driver.settle()
    assert "Direction and length stay." in trial.said.text()
    assert not trial.stale


def test_the_newest_place_of_a_slider_is_shown(driver: Driver) -> None:
    room = desk(driver)
    room.choose_view(TRIAL)
    driver.settle()
    trial = room.trial
    for value in range(-40, 41, 2):
        trial.sliders["right"].setValue(value)
        QApplication.processEvents()
    assert trial.stale
    driver.settle()
    assert not trial.stale
    assert trial.change.right == pytest.approx(0.4)
    assert not trial.changed.image().isNull()


def test_the_experiment_follows_the_chosen_picture_and_rests_out_of_sight(driver: Driver) -> None:
    room = desk(driver)
    room.choose_view(TRIAL)
    driver.settle()
    before = room.trial.original.image()
    room.pair.choose(first=3)
    driver.settle()
    assert room.trial.original.image() != before
    room.trial.sliders["blur"].setValue(50)
    driver.window.set_room(Room.IMAGE)
    assert not room.runner.busy
    driver.window.set_room(Room.EMBEDDINGS)
    driver.settle()
    assert len(room.trial.curves.points()) >= 8


# Out


@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_vectors_are_saved(
    driver: Driver, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    kind = f"x (*{suffix})"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), kind))
    driver.trigger("embeddings-save")
    driver.settle()
    path = tmp_path / f"out{suffix}"
    assert f"out{suffix} was saved" in said(driver)
    gallery = shown(driver)
    if suffix == ".npy":
        np.testing.assert_array_equal(np.load(path), gallery.vectors)
        assert (tmp_path / "out.npy.names.txt").read_text().splitlines()[0] == "Cat"
    else:
        assert len(path.read_text().splitlines()) == 11


def test_what_cannot_be_saved_is_told(driver: Driver, tmp_path: Path) -> None:
    desk(driver).save(str(tmp_path / "nowhere" / "out.npy"))
    driver.settle()
    assert "no folder" in said(driver)
    desk(driver).save(str(tmp_path / "out.png"))
    driver.settle()
    assert ".csv" in said(driver)
    assert list(tmp_path.glob("out*")) == []


# Words


def test_everything_is_said_in_russian(driver: Driver) -> None:
    room = desk(driver)
    room.choose_view(MATRICES)
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
        desk(driver).choose_view(view)
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
