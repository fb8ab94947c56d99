"""The experiment of the embeddings room: a picture that is changed, and its vector."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from convviz.core.distances import Distance
from convviz.nets.vector_space import PIXELS
from convviz.ui.rooms.embeddings_bar import TRIAL
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.embeddings_room import catalogue, desk, driver, said, shown

__all__ = ["catalogue", "driver"]


def test_brightening_the_pixels_lengthens_the_vector_and_keeps_its_direction(driver: Driver) -> None:
    room = desk(driver)
    room.choose_layer(PIXELS)
    driver.settle()
    room.views.choose(TRIAL)
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
    room.views.choose(TRIAL)
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
    room.views.choose(TRIAL)
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


def test_the_experiment_shows_nothing_of_a_file_that_is_gone(driver: Driver, photos: Path) -> None:
    room = desk(driver)
    room.add_paths([str(photos / "a.png"), str(photos / "b.png")])
    driver.settle()
    room.views.choose(TRIAL)
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


def test_the_experiment_says_that_its_picture_is_reduced(driver: Driver) -> None:
    shown(driver)
    trial = desk(driver).trial
    assert "320 pixels" in trial.original.toolTip()
    assert trial.changed.toolTip() == trial.original.toolTip()
