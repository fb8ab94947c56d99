"""The training room in a lesson, and one's own run back after it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from convviz.nets.learn.data import Data
from convviz.ui.state import Room
from tests.ui.driver import WAIT_MS, Driver
from tests.ui.training_tables import desk, driver, run_of, show, weights

__all__ = ["driver"]


LESSON = """
format = 1
id = "learn"
title = { en = "Learning" }
[[steps]]
room = "training"
text = { en = "It learns." }
training = { data = "count-11", seed = 2, rate = 0.1, optimiser = "sgd", batch = 3, epochs = 40, run = true }
[[steps]]
text = { en = "By hand." }
training = { data = "count-11", by_hand = true, page = "expression" }
"""


@pytest.fixture
def lesson(tmp_path: Path) -> str:
    path = tmp_path / "learn.lesson.toml"
    path.write_text(LESSON, encoding="utf-8")
    return str(path)


def test_ones_own_run_itself_comes_back_after_a_lesson(driver: Driver, lesson: str) -> None:
    room = desk(driver)
    room.open_data(Data.LECTURE)
    driver.settle()
    room.epoch.click()
    driver.settle()
    room.form.rate.setValue(0.2)
    room.epoch.click()
    driver.settle()
    run, told = run_of(driver), driver.window.training.table()
    assert (run.epoch, told["rate"]) == (2, 0.2)
    driver.window.lessons.open(lesson)
    driver.qtbot.waitUntil(lambda: not driver.window.training.busy and run_of(driver).done, timeout=WAIT_MS)
    assert run_of(driver).plan.seed == 2
    driver.window.lessons.forward()
    driver.settle()
    assert room.is_by_hand
    driver.window.lessons.close()
    driver.settle()
    assert run_of(driver) is run
    assert driver.window.training.table() == told
    assert not room.is_by_hand
    assert "epoch 2 of 200" in room.state.text()
    assert "by hand 64" in room.state.text()
    room.epoch.click()
    driver.settle()
    assert run.epoch == 3


def test_a_run_that_was_moved_on_since_is_learned_again(driver: Driver) -> None:
    room = desk(driver)
    room.open_data(Data.LECTURE)
    driver.settle()
    room.epoch.click()
    driver.settle()
    told, run, before = driver.window.training.table(), run_of(driver), weights(run_of(driver))
    room.epoch.click()
    driver.settle()
    assert run.epoch == 2
    show(driver, told)
    assert run_of(driver) is not run
    assert run_of(driver).epoch == 1
    np.testing.assert_array_equal(weights(run_of(driver)), before)


def test_a_lesson_may_be_the_first_visit(make_window: Callable[..., Driver], lesson: str) -> None:
    driver = make_window(Room.IMAGE)
    assert driver.window.training.table() == {}
    driver.window.lessons.open(lesson)
    assert driver.window.training.table()["seed"] == 2
    driver.qtbot.waitUntil(lambda: driver.window.training.desk is not None, timeout=WAIT_MS)
    driver.qtbot.waitUntil(
        lambda: desk(driver).trainer.run is not None and run_of(driver).done, timeout=WAIT_MS
    )
    assert run_of(driver).plan.seed == 2
    assert run_of(driver).history.figures[-1].loss < 0.01
    driver.window.lessons.close()
    driver.settle()
    assert driver.window.room is Room.IMAGE
    assert driver.window.training.table()["data"] == "count-11-all"
    assert run_of(driver).epoch == 0
