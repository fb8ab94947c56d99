"""The real window: pictures come in, rooms open, and languages and themes switch."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.ui.theme import ThemeName
from tests.ui.driver import Driver


def test_broken_files_say_why_and_the_picture_stays(driver: Driver, tmp_path: Path) -> None:
    before = driver.window.session.state.picture
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    for path in (broken, tmp_path / "missing.png", tmp_path):
        driver.window.opener.open_path(str(path))
        driver.settle()
        assert driver.window.problem.isVisible()
        assert path.name in driver.window.problem.text()
        assert driver.window.session.state.picture is before


def test_a_dropped_file_opens_and_is_remembered(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "green.png"
    Image.new("RGB", (30, 20), (0, 200, 0)).save(path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    assert driver.window.opener.take(mime)
    driver.settle()
    assert driver.window.session.state.picture.name == "green.png"
    assert driver.window.preferences.recent == (str(path),)
    assert driver.window.windowTitle().startswith("green.png")


def test_pasted_pictures_and_matrices_open(driver: Driver) -> None:
    image = QImage(4, 3, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    mime = QMimeData()
    mime.setImageData(image)
    assert driver.window.opener.take(mime)
    driver.settle()
    picture = driver.window.session.state.picture
    assert picture.values.shape == (3, 4, 3)
    assert picture.notes
    red, green, blue = (int(v) for v in picture.values[0, 0])
    assert red == 255
    assert green == blue
    assert abs(green - 127) <= 1
    text = QMimeData()
    text.setText("1\t2\n3\t4")
    assert driver.window.opener.take(text)
    driver.settle()
    assert driver.window.session.state.picture.values[..., 0].tolist() == [[1, 2], [3, 4]]
    text.setText("1 2\n3")
    assert driver.window.opener.take(text)
    driver.settle()
    assert driver.window.problem.isVisible()


def test_hovering_a_pixel_reads_out_position_value_and_colour(make_window: Callable[..., Driver]) -> None:
    driver = make_window(Room.IMAGE)
    driver.window.image.panes["picture"].hovered.emit((106, 161))
    pixel = driver.window.session.state.picture.values[106, 161]
    text = driver.read_out()
    assert "x 161 y 106" in text
    assert f"R {pixel[0]} G {pixel[1]} B {pixel[2]}" in text
    assert "#{:02X}{:02X}{:02X}".format(*pixel) in text


def test_the_image_room_shows_the_three_channels(make_window: Callable[..., Driver]) -> None:
    driver = make_window(Room.IMAGE)
    picture = driver.window.session.state.picture
    for channel in range(3):
        content = driver.window.image.panes[str(channel)].content
        assert content is not None
        assert content.values.shape[0] == 1
    assert driver.window.image.histogram.isVisible()
    assert "300 × 451 × 3" in driver.window.image.panel.shape.text()
    assert str(picture.values.size) in driver.window.image.panel.inputs.text().replace("\u00a0", "")


def test_languages_switch_while_running(driver: Driver) -> None:
    window = driver.window
    room = window.bar.rooms[Room.CONVOLUTION]
    assert room.text() == "Convolution"
    window.set_language(Language.RUSSIAN)
    assert room.text() == "Свёртка"
    window.set_language(Language.ENGLISH)
    assert room.text() == "Convolution"


@pytest.mark.parametrize("name", list(ThemeName))
def test_themes_and_projector_scale_switch_while_running(driver: Driver, name: ThemeName) -> None:
    driver.window.set_theme(name)
    driver.window.set_projector(True)
    driver.settle()
    assert driver.window.projector
    driver.window.set_projector(False)
    assert not driver.window.projector


def test_rooms_open_by_key_and_are_remembered(driver: Driver) -> None:
    driver.trigger("room-image")
    driver.settle()
    assert driver.window.room is Room.IMAGE
    assert driver.window.preferences.room is Room.IMAGE
    driver.trigger("room-convolution")
    assert driver.window.convolution.isVisible()
