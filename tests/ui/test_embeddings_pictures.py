"""The embeddings room: pictures that come one after the other, vanish, are transparent, or are saved."""

import gc
import threading
import tracemalloc
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QColorDialog, QFileDialog, QMessageBox

from convviz.core import distances, projection
from convviz.core.distances import Distance
from convviz.core.picture import Picture
from convviz.core.projection import principal_plane
from convviz.core.text import Sentence
from convviz.files.pictures import open_picture
from convviz.files.vectors import save_vectors
from convviz.nets import vector_space
from convviz.nets.catalog import DEFAULT
from convviz.nets.embed import Source, embed
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.nets.vector_space import PIXELS
from convviz.ui import gallery as gallery_module
from convviz.ui import gallery_jobs
from convviz.ui.gallery import ONE_BY_ONE, Gallery, Item, Wanted, make_gallery
from convviz.ui.language import Language
from convviz.ui.rooms.embeddings_bar import MATRICES, PLANE, TRIAL
from convviz.work.jobs import JobContext
from tests.ui.driver import Driver
from tests.ui.test_embeddings_room import OTHER, Small, catalogue, desk, driver, names, photos, said, shown

__all__ = ["catalogue", "driver", "photos"]


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


def on_screen(driver: Driver) -> list[str]:
    """Return the names of the pictures on screen now, without waiting for more."""
    gallery = desk(driver).gallery
    return [] if gallery is None else [item.title for item in gallery.items]


def wait_for(driver: Driver, expected: list[str]) -> None:
    driver.qtbot.waitUntil(lambda: on_screen(driver) == expected, timeout=10_000)


# One after the other


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


# Clearing


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


# Files that vanish


def test_the_experiment_shows_nothing_of_a_file_that_is_gone(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png")])
    driver.settle()
    room.choose_view(TRIAL)
    driver.settle()
    trial = room.trial
    assert not trial.original.image().isNull()
    (photos / "b.png").unlink()
    room.pair.choose(first=1)
    driver.settle()
    assert "b.png" in said(driver)
    assert trial.original.image().isNull()
    assert trial.changed.image().isNull()
    assert trial.said.text() == ""
    assert trial.curves.points() == ()
    assert not any(slider.isEnabled() for slider in trial.sliders.values())
    room.pair.choose(first=0)
    driver.settle()
    assert not trial.original.image().isNull()
    assert all(slider.isEnabled() for slider in trial.sliders.values())


# What is no ordinary case


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("view", [MATRICES, PLANE])
def test_one_picture_alone_has_a_sentence_instead_of_matrix_and_map(
    driver: Driver, photos: Path, view: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(driver)
    driver.window.set_language(language)
    room.add_paths([str(photos / "a.png")])
    driver.settle()
    room.choose_view(view)
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
    room.choose_view(TRIAL)
    assert room.meaning.isHidden()
    room.choose_view(MATRICES)
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


def test_equal_pictures_lie_in_one_place_and_the_map_says_so(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    for name in ("x.png", "y.png"):
        (photos / name).write_bytes((photos / "a.png").read_bytes())
    room.add_paths([str(photos / name) for name in ("a.png", "x.png", "y.png")])
    driver.settle()
    room.choose_layer(PIXELS)
    driver.settle()
    room.choose_view(PLANE)
    driver.settle()
    assert room.plane.note() == "Equal vectors: all pictures lie in one place."
    driver.window.grab()
    room.add_paths([str(photos / "b.png")])
    driver.settle()
    assert room.plane.note() == ""


def test_two_pictures_lie_at_both_ends_of_the_map(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png")])
    driver.settle()
    room.choose_view(PLANE)
    driver.settle()
    points = room.plane.points()
    assert abs(points[0, 0] - points[1, 0]) > 0.7 * room.plane.width()


# Room for what is to be seen


def test_every_number_of_a_matrix_fits_into_its_cell_or_none_is_written(driver: Driver) -> None:
    room = desk(driver)
    shown(driver)
    room.choose_view(MATRICES)
    sizes = []
    for width in (1280, 1920, 3000):
        driver.window.resize(width, 1800)
        driver.settle()
        for matrix in room.matrices.matrices.values():
            font = matrix.digits_font()
            sizes.append(0 if font is None else font.pixelSize())
            if font is not None:
                assert QFontMetricsF(font).horizontalAdvance("0.87") <= matrix.cell(0, 0).width()
    assert sizes[0] < sizes[-1]
    assert 0 in sizes


@pytest.mark.parametrize("size", [(1280, 720), (1280, 1000), (1920, 1080)])
def test_a_matrix_its_pictures_and_its_scale_stay_inside(driver: Driver, size: tuple[int, int]) -> None:
    room = desk(driver)
    shown(driver)
    driver.window.set_projector(size == (1280, 720))
    driver.window.resize(*size)
    room.choose_view(MATRICES)
    driver.settle()
    for matrix in room.matrices.matrices.values():
        area = matrix.square()
        assert matrix.rect().toRectF().contains(area)
        assert (area.left() > matrix.cell(0, 0).width()) == matrix.has_pictures()
        # Beside the cells or below them there is room for the scale.
        assert area.right() + 20 < matrix.width() or area.bottom() + 20 < matrix.height()


def test_the_changed_picture_is_where_both_are_largest(driver: Driver) -> None:
    room = desk(driver)
    shown(driver)
    room.choose_view(TRIAL)
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


# Names


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


# The colour behind transparent pictures


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
    room.choose_view(TRIAL)
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


# Out


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what holds up every file on its way out."""
    opened = threading.Event()

    def held(*given: Any) -> None:
        while not opened.wait(0.01):
            given[-1]()
        save_vectors(*given)

    monkeypatch.setattr(gallery_jobs, "save_vectors", held)
    yield opened
    opened.set()


def test_neighbours_are_found_while_a_file_is_written_and_the_file_is(
    driver: Driver, tmp_path: Path, slow_disk: threading.Event
) -> None:
    room = desk(driver)
    shown(driver)
    room.save(str(tmp_path / "out.npy"))
    for first in (3, 4, 5):
        room.pair.choose(first=first)
        driver.qtbot.waitUntil(lambda: not room.board.busy, timeout=10_000)
    assert room.out.busy
    assert room.panel.nearest.count() == 9
    slow_disk.set()
    driver.settle()
    assert np.load(tmp_path / "out.npy").shape == (10, 6)


def test_every_file_that_was_asked_for_is_written(
    driver: Driver, tmp_path: Path, slow_disk: threading.Event
) -> None:
    room = desk(driver)
    shown(driver)
    for name in ("a.npy", "b.csv", "c.npy"):
        room.save(str(tmp_path / name))
    slow_disk.set()
    driver.settle()
    found = {path.name for path in tmp_path.iterdir()}
    assert {"a.npy", "b.csv", "c.npy"} <= found


def test_closing_the_window_leaves_no_half_of_a_file(
    driver: Driver, tmp_path: Path, slow_disk: threading.Event
) -> None:
    shown(driver)
    desk(driver).save(str(tmp_path / "out.csv"))
    driver.window.close()
    driver.qtbot.waitUntil(lambda: not list(tmp_path.glob("*out*")), timeout=10_000)
    assert not desk(driver).out.busy


@pytest.mark.parametrize(
    ("typed", "there", "asked"),
    [
        ("out", "out.npy", "out.npy"),
        ("out", "out.npy.names.txt", "out.npy.names.txt"),
        ("out.npy", "out.npy.names.txt", "out.npy.names.txt"),
        # Of these the dialog has asked, or there is nothing to ask.
        ("out.npy", "out.npy", None),
        ("out", "out.csv", None),
    ],
)
@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_no_file_is_replaced_unasked(
    driver: Driver,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    there: str,
    asked: str | None,
    answer: QMessageBox.StandardButton,
) -> None:
    shown(driver)
    (tmp_path / there).write_text("old")
    questions: list[str] = []

    def question(_over: Any, _title: str, text: str, *_: Any) -> QMessageBox.StandardButton:
        questions.append(text)
        return answer

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), "x (*.npy)"))
    monkeypatch.setattr(QMessageBox, "question", question)
    desk(driver).ask_save()
    driver.settle()
    assert questions == ([] if asked is None else [f"{asked} is there already. Replace it?"])
    may = asked is None or answer == QMessageBox.StandardButton.Yes
    assert (tmp_path / "out.npy").exists() == (may or there == "out.npy")
    assert ((tmp_path / there).read_bytes() == b"old") == (not may or there == "out.csv")


def test_the_experiment_says_that_its_picture_is_reduced(driver: Driver) -> None:
    shown(driver)
    trial = desk(driver).trial
    assert "320 pixels" in trial.original.toolTip()
    assert trial.changed.toolTip() == trial.original.toolTip()


# Memory


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
