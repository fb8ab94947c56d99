"""The training room as a table describes it, and the run that it shows."""

from collections.abc import Callable
from typing import Any

import pytest

from convviz.nets.learn.run import Run
from convviz.ui.state import Room
from convviz.ui.training.desk import TrainingDesk
from tests.ui.driver import WAIT_MS, Driver

LAYERS: list[dict[str, Any]] = [
    {"kind": "convolution", "count": 3, "size": [1, 2], "padding": 0},
    {"kind": "pooling", "size": [1, 2], "pooling": "average"},
    {"kind": "activation", "function": "tanh"},
    {"kind": "flatten"},
    {"kind": "dense", "count": 1},
]


TABLE: dict[str, Any] = {
    "data": "count-11",
    "layers": LAYERS,
    "loss": "squared",
    "optimiser": "momentum",
    "rate": 0.02,
    "batch": 2,
    "epochs": 60,
    "seed": 7,
    "by_hand": False,
    "epoch": 25,
    "run": False,
    "page": "expression",
}


@pytest.fixture
def driver(make_window: Callable[..., Driver]) -> Driver:
    """The window in the training room."""
    made = make_window(Room.TRAINING)
    made.qtbot.waitUntil(lambda: made.window.training.desk is not None, timeout=WAIT_MS)
    made.settle()
    return made


def desk(driver: Driver) -> TrainingDesk:
    found = driver.window.training.desk
    assert found is not None
    return found


def run_of(driver: Driver) -> Run:
    found = desk(driver).trainer.run
    assert found is not None
    return found


def weights(run: Run) -> Any:
    return run.history.weights(run.epoch)[1]


def show(driver: Driver, table: Any) -> dict[str, Any]:
    driver.window.training.show_table(table)
    driver.settle()
    return dict(driver.window.training.table())
