"""The window in the training room, and ways to wait for what its run does."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from convviz.nets.learn.run import Run
from convviz.ui.state import Room
from convviz.ui.training.desk import TrainingDesk
from tests.ui.driver import WAIT_MS, Driver

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def desk(make_window: Callable[..., Driver]) -> TrainingDesk:
    driver = make_window(Room.TRAINING)
    found = driver.window.training.desk
    assert found is not None
    driver.qtbot.waitUntil(lambda: rests(found), timeout=WAIT_MS)
    return found


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    def until(done: Callable[[], bool]) -> None:
        qtbot.waitUntil(done, timeout=WAIT_MS)

    return until


def rests(desk: TrainingDesk) -> bool:
    return desk.trainer.run is not None and not desk.trainer.busy and not desk._restart.isActive()


def run_of(desk: TrainingDesk) -> Run:
    assert desk.trainer.run is not None
    return desk.trainer.run


def learn(desk: TrainingDesk, epochs: int, until: Until) -> Run:
    """Run some epochs one by one."""
    run = run_of(desk)
    for number in range(run.epoch + 1, run.epoch + epochs + 1):
        desk.epoch.click()
        until(lambda number=number: run.epoch == number and rests(desk))  # type: ignore[misc]  # bound at once
    return run


def action(desk: TrainingDesk) -> QPushButton:
    found = desk.problem.findChild(QPushButton, "problem-action")
    assert found is not None
    return found
