"""A folder or a camera played before the network."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, qRgb
from PySide6.QtWidgets import QFileDialog

from convviz.core.text import Problem, Sentence
from convviz.nets.records import Trace
from convviz.ui import live_camera
from convviz.ui.language import Language
from convviz.ui.live_camera import FrameSource
from convviz.ui.rooms.network_live import NetworkLive
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.network_room import catalogue, desk, driver

__all__ = ["catalogue", "driver"]

NAMES = ("a.png", "b.png", "c.png")


class Fake(FrameSource):
    """A camera under the test's hand."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.running = False
        self.taken = 0
        self.shade = 0

    def start(self) -> None:
        self.running = True
        self.started.emit()

    def stop(self) -> None:
        self.blockSignals(True)
        self.running = False

    def image(self) -> QImage | None:
        self.taken += 1
        image = QImage(40, 36, QImage.Format.Format_RGB32)
        image.fill(qRgb(self.shade, 10, 20))
        return image

    def show(self, shade: int) -> None:
        """Have a newer frame."""
        self.shade = shade
        self.arrived.emit()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three pictures, which the dialog chooses."""
    made = tmp_path / "pictures"
    made.mkdir()
    for number, name in enumerate(NAMES):
        Image.fromarray(np.full((40, 48, 3), 60 * number, np.uint8)).save(made / name)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made))
    return made


def live(driver: Driver) -> NetworkLive:
    return desk(driver).live


def traced_name(driver: Driver) -> str:
    """Return the name of the picture the network on screen looked at."""
    traced = desk(driver).traced
    assert traced is not None
    return traced.picture.name


def see(driver: Driver, name: str) -> None:
    driver.qtbot.waitUntil(lambda: traced_name(driver) == name, timeout=10_000)


def play(driver: Driver) -> None:
    desk(driver).player.seconds.setCurrentIndex(0)
    driver.trigger("network-live-folder")
    see(driver, "a.png")


@pytest.mark.usefixtures("folder")
def test_the_network_follows_every_picture_and_begins_again(driver: Driver) -> None:
    play(driver)
    assert desk(driver).player.isVisible()
    for name in ("b.png", "c.png", "a.png"):
        see(driver, name)
    assert desk(driver).player.said.whole().startswith("1 / 3 · a.png")


@pytest.mark.usefixtures("folder")
def test_without_the_loop_it_pauses_at_the_last_and_goes_on_with_the_first(driver: Driver) -> None:
    desk(driver).player.loop.setChecked(False)
    play(driver)
    see(driver, "c.png")
    driver.qtbot.waitUntil(lambda: not live(driver).playing, timeout=5000)
    assert live(driver).is_on
    desk(driver).player.toggle.click()
    see(driver, "a.png")


@pytest.mark.usefixtures("folder")
def test_it_pauses_and_steps_by_key(driver: Driver) -> None:
    play(driver)
    driver.trigger("network-live-toggle")
    driver.settle()
    assert not live(driver).playing
    driver.trigger("network-live-back")
    driver.settle()
    assert traced_name(driver) == "c.png"
    driver.trigger("network-live-forward")
    driver.trigger("network-live-forward")
    driver.settle()
    assert traced_name(driver) == "b.png"
    assert not live(driver).playing
    assert not live(driver)._stay.isActive()


@pytest.mark.usefixtures("folder")
def test_all_of_it_is_one_step_to_undo_and_undoing_it_stops(driver: Driver) -> None:
    before = driver.window.session.state.picture
    count = driver.window.session.undo_stack.count()
    play(driver)
    see(driver, "b.png")
    assert driver.window.session.undo_stack.count() == count + 1
    driver.trigger("undo")
    driver.settle()
    assert driver.window.session.state.picture is before
    assert not live(driver).is_on
    assert desk(driver).player.isHidden()


@pytest.mark.usefixtures("folder")
def test_a_picture_opened_elsewhere_stops_it(driver: Driver) -> None:
    play(driver)
    driver.window.opener.open_sample("coffee")
    driver.settle()
    assert not live(driver).is_on
    assert traced_name(driver) == driver.window.session.state.picture.name


@pytest.mark.usefixtures("folder")
def test_leaving_the_room_stops_it(driver: Driver) -> None:
    play(driver)
    driver.window.set_room(Room.IMAGE)
    assert not live(driver).is_on
    assert not live(driver)._stay.isActive()


def test_broken_pictures_are_passed_over_and_named(driver: Driver, folder: Path) -> None:
    (folder / "b.png").write_bytes(b"no picture")
    play(driver)
    see(driver, "c.png")
    assert "left out: 1 (b.png)" in desk(driver).player.said.whole()


def test_a_folder_of_broken_pictures_is_a_sentence(driver: Driver, folder: Path) -> None:
    for name in NAMES:
        (folder / name).write_bytes(b"no picture")
    driver.trigger("network-live-folder")
    driver.settle()
    assert desk(driver).problem.text().startswith("None of the folder's pictures can be read.")
    assert not live(driver).is_on


def test_an_empty_folder_is_a_sentence(driver: Driver, folder: Path) -> None:
    for name in NAMES:
        (folder / name).unlink()
    driver.trigger("network-live-folder")
    driver.settle()
    assert "no pictures in" in desk(driver).problem.text()
    assert not live(driver).is_on


@pytest.mark.usefixtures("folder")
def test_a_slow_network_is_waited_for(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    play(driver)
    driver.trigger("network-live-toggle")
    driver.settle()
    traced = desk(driver).traced
    assert traced is not None
    real, go_on, waits = traced.network.trace, threading.Event(), threading.Event()

    def slow(*args: object, **more: object) -> Trace:
        waits.set()
        go_on.wait(10)
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(traced.network, "trace", slow)
    driver.trigger("network-live-toggle")
    driver.qtbot.waitUntil(waits.is_set, timeout=5000)
    name = driver.window.session.state.picture.name
    live(driver)._be_due()
    assert live(driver)._is_due
    assert driver.window.session.state.picture.name == name
    go_on.set()
    driver.qtbot.waitUntil(lambda: driver.window.session.state.picture.name != name, timeout=5000)


def camera(driver: Driver) -> Fake:
    """Start a camera and return it."""
    made: list[Fake] = []

    def make(parent: QObject) -> FrameSource:
        made.append(Fake(parent))
        return made[-1]

    live(driver).make_camera = make
    driver.trigger("network-live-camera")
    assert made[0].running
    return made[0]


def red(driver: Driver) -> int:
    traced = desk(driver).traced
    assert traced is not None
    return int(traced.picture.values[0, 0, 0])


def test_the_network_follows_the_newest_frame(driver: Driver) -> None:
    fake = camera(driver)
    assert not desk(driver).player.forward.isVisible()
    fake.show(50)
    driver.settle()
    assert (red(driver), fake.taken) == (50, 1)
    # While the network is at work, only the newest frame waits, and the others are not even decoded.
    for shade in (60, 70, 80, 90):
        fake.show(shade)
    driver.settle()
    assert (red(driver), fake.taken) == (90, 3)
    assert driver.window.session.undo_stack.count() == 1


def test_a_paused_camera_changes_nothing(driver: Driver) -> None:
    fake = camera(driver)
    fake.show(50)
    driver.settle()
    driver.trigger("network-live-toggle")
    fake.show(90)
    driver.settle()
    assert (red(driver), fake.taken) == (50, 1)
    assert not live(driver)._silence.isActive()


@pytest.mark.parametrize("how", ["room", "stop"])
def test_the_camera_is_let_go_of(driver: Driver, how: str) -> None:
    fake = camera(driver)
    driver.window.set_room(Room.IMAGE) if how == "room" else driver.trigger("network-live-stop")
    assert not fake.running
    assert not live(driver).is_on


def test_a_camera_that_fails_is_a_sentence_and_the_picture_stays(driver: Driver) -> None:
    fake = camera(driver)
    fake.show(50)
    driver.settle()
    fake.failed.emit(Sentence("The camera is gone; connect it and start it again."))
    assert desk(driver).problem.text().startswith("The camera is gone")
    assert not fake.running
    assert red(driver) == 50


def test_a_camera_that_falls_silent_is_a_sentence(driver: Driver) -> None:
    fake = camera(driver)
    assert live(driver)._silence.isActive()
    live(driver)._silence.timeout.emit()
    assert "No picture comes from the camera" in desk(driver).problem.text()
    assert not fake.running


def test_without_a_camera_part_the_entry_says_what_to_install(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise Problem("Install {package}.", package=live_camera.PACKAGE)

    monkeypatch.setattr(live_camera, "multimedia", missing)
    driver.trigger("network-live-camera")
    assert desk(driver).problem.text() == f"Install {live_camera.PACKAGE}."
    assert not live(driver).is_on
    assert desk(driver).player.isHidden()


@pytest.mark.usefixtures("folder")
def test_the_line_follows_the_language(driver: Driver) -> None:
    play(driver)
    driver.window.set_language(Language.RUSSIAN)
    assert desk(driver).player.toggle.accessibleName() == "Пауза"


@pytest.mark.usefixtures("folder")
def test_the_window_can_be_closed_while_it_plays(driver: Driver) -> None:
    play(driver)
    driver.window.close()
    assert not live(driver).is_on


@pytest.mark.usefixtures("folder")
def test_an_edited_filter_stays_while_a_folder_is_played(driver: Driver) -> None:
    driver.trigger("network-try")
    driver.settle()
    desk(driver).tools.trial.grid.cells().set_weight(4.0)
    driver.settle()
    seen: list[tuple[str, float]] = []

    def note() -> None:
        traced = desk(driver).traced
        assert traced is not None
        seen.append((traced.picture.name, float(traced.network.parameter("0.weight")[0, 0, 0, 0])))

    desk(driver).described.connect(note)
    play(driver)
    for name in ("b.png", "c.png", "a.png"):
        see(driver, name)
    assert {name for name, _ in seen} >= set(NAMES)
    assert {weight for _, weight in seen} == {4.0}
    assert desk(driver).trying.is_edited


def test_an_edited_filter_stays_while_the_camera_runs(driver: Driver) -> None:
    driver.trigger("network-try")
    driver.settle()
    desk(driver).tools.trial.grid.cells().set_weight(4.0)
    driver.settle()
    fake = camera(driver)
    for shade in (40, 80, 120):
        fake.show(shade)
        driver.settle()
        assert red(driver) == shade
        traced = desk(driver).traced
        assert traced is not None
        assert traced.network.parameter("0.weight")[0, 0, 0, 0] == 4.0
