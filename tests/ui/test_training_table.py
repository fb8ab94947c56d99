"""The training room described by a table: shown, told, refused, and given back after a lesson."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convviz.core.text import Problem
from convviz.nets.learn.data import Data, load
from convviz.nets.learn.run import Run
from convviz.nets.learn.settings import Loss, Optimiser, TrainingPlan
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
def driver(make_window: Callable[..., Driver]) -> Driver:
    """The window in the training room."""
    made = make_window(Room.TRAINING)
    made.qtbot.waitUntil(lambda: made.window.training.desk is not None, timeout=WAIT_MS)
    made.settle()
    return made


@pytest.fixture
def lesson(tmp_path: Path) -> str:
    path = tmp_path / "learn.lesson.toml"
    path.write_text(LESSON, encoding="utf-8")
    return str(path)


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


def test_what_a_table_says_is_on_screen(driver: Driver) -> None:
    show(driver, TABLE)
    room, run = desk(driver), run_of(driver)
    assert [layer.kind.value for layer in run.network.layers] == [layer["kind"] for layer in LAYERS]
    assert run.plan == TrainingPlan(Loss.SQUARED, Optimiser.MOMENTUM, 0.02, 2, 60, 7)
    assert (run.epoch, room.trainer.playing) == (25, False)
    assert room.form.data.currentData() == "lecture"
    assert room.form.plan == run.plan
    assert room.layers.plan == run.network
    assert room.stack.currentIndex() == 1
    assert "epoch 25 of 60" in room.state.text()
    assert room.scrubber.value() == 25


def test_the_run_is_the_one_that_its_seed_and_settings_give(driver: Driver) -> None:
    show(driver, TABLE)
    same = Run(run_of(driver).network, run_of(driver).plan, load(Data.LECTURE, 7))
    while same.epoch < 25:
        same.step(0.02)
    # Another number of threads adds up in another order.
    np.testing.assert_allclose(weights(run_of(driver)), weights(same), rtol=1e-4)


def test_the_table_told_is_the_one_shown_and_brings_the_same_run_again(driver: Driver) -> None:
    assert show(driver, TABLE) == TABLE
    first = weights(run_of(driver))
    other = show(driver, {"data": "stripes", "epochs": 3, "epoch": 1})
    assert (other["data"], other["epoch"], other["page"]) == ("stripes", 1, "overview")
    # A plain copy, as from a file, knows nothing of the run.
    assert show(driver, dict(TABLE)) == TABLE
    np.testing.assert_array_equal(weights(run_of(driver)), first)


def test_rates_that_were_changed_on_the_way_bring_the_same_run_again(driver: Driver) -> None:
    room = desk(driver)
    show(driver, TABLE | {"epoch": 2, "rate": 0.05})
    room.form.rate.setValue(0.01)
    # In the middle of an epoch: three pictures, two at a time.
    room.step.click()
    driver.settle()
    room.form.rate.setValue(0.02)
    for _ in range(2):
        room.epoch.click()
        driver.settle()
    first, figures = weights(run_of(driver)), run_of(driver).history.figures
    told = dict(driver.window.training.table())
    assert (told["epoch"], told["rate"]) == (4, 0.02)
    assert told["rates"] == [[0, 0, 0.05], [2, 0, 0.01], [2, 1, 0.02]]
    show(driver, {"data": "stripes", "epochs": 3})
    assert show(driver, json.loads(json.dumps(told))) == told
    np.testing.assert_array_equal(weights(run_of(driver)), first)
    # Before the first step there is none that it was learned at.
    assert [one.rate for one in run_of(driver).history.figures[1:]] == [one.rate for one in figures[1:]]
    # From here on it learns at the rate that was in force last.
    room.step.click()
    driver.settle()
    assert run_of(driver).rates[-1] == (2, 1, 0.02)


def test_one_rate_from_beginning_to_end_needs_no_list(driver: Driver) -> None:
    assert "rates" not in show(driver, TABLE)
    desk(driver).form.rate.setValue(0.5)
    # Of what is yet to come the rate alone tells.
    told = dict(driver.window.training.table())
    assert told["rate"] == 0.5
    assert told["rates"] == [[0, 0, 0.02]]


def test_a_rate_that_is_set_on_the_way_wins(driver: Driver) -> None:
    table = {"data": "count-11", "epochs": 5000, "epoch": 5000, "rate": 0.1, "rates": [[0, 0, 0.2]]}
    driver.window.training.show_table(table)
    driver.qtbot.waitUntil(lambda: run_of(driver).epoch > 2, timeout=WAIT_MS)
    desk(driver).form.rate.setValue(0.05)
    driver.qtbot.waitUntil(lambda: run_of(driver).rates[-1][2] == 0.05, timeout=WAIT_MS)
    assert run_of(driver).rates[0] == (0, 0, 0.2)
    desk(driver).scrubber.setValue(0)
    driver.settle()


def test_what_a_table_does_not_mention_suits_the_data(driver: Driver) -> None:
    plain = show(driver, {})
    show(driver, TABLE)
    assert show(driver, {}) == plain
    assert (plain["data"], plain["seed"], plain["epoch"]) == ("count-11-all", 1, 0)
    # Another loss asks for other numbers of the usual network.
    assert show(driver, {"loss": "cross-entropy"})["layers"][-1] == {"kind": "dense", "count": 5}
    assert not desk(driver).layers.problem.text()


def test_it_begins_to_learn_at_once_and_says_so(driver: Driver) -> None:
    driver.window.training.show_table({"data": "count-11", "epochs": 4000, "run": True})
    assert driver.window.training.busy
    assert driver.window.training.table()["run"]
    driver.qtbot.waitUntil(lambda: desk(driver).trainer.playing, timeout=WAIT_MS)
    driver.qtbot.waitUntil(lambda: run_of(driver).epoch > 3, timeout=WAIT_MS)
    assert desk(driver).play.text() == "Pause"
    desk(driver).play.click()
    driver.settle()
    assert not driver.window.training.table()["run"]


def test_it_goes_on_from_the_epoch_it_was_brought_to(driver: Driver) -> None:
    driver.window.training.show_table({"data": "count-11", "epochs": 4000, "epoch": 150, "run": True})
    seen: list[int] = []
    desk(driver).trainer.playing_changed.connect(lambda on: seen.append(run_of(driver).epoch) if on else None)
    driver.qtbot.waitUntil(lambda: bool(seen), timeout=WAIT_MS)
    desk(driver).trainer.set_playing(False)
    assert seen == [150]


def test_what_the_user_does_wins_over_an_epoch_on_its_way(driver: Driver) -> None:
    driver.window.training.show_table({"data": "count-11", "epochs": 5000, "epoch": 5000})
    driver.qtbot.waitUntil(lambda: desk(driver).scrubber.value() > 0, timeout=WAIT_MS)
    desk(driver).scrubber.setValue(0)
    driver.settle()
    assert run_of(driver).epoch < 5000
    assert not desk(driver).trainer.reaching


def test_a_later_table_wins(driver: Driver) -> None:
    driver.window.training.show_table({"data": "count-11", "epochs": 5000, "epoch": 5000})
    driver.window.training.show_table({"data": "stripes", "run": True})
    assert show(driver, TABLE) == TABLE


def test_the_weights_by_hand_answer_all_pictures(driver: Driver) -> None:
    told = show(driver, {"data": "count-11", "by_hand": True})
    assert "these are by hand" in desk(driver).state.text()
    assert "pictures right: 64" in desk(driver).state.text()
    assert show(driver, dict(told)) == told
    assert "these are by hand" in desk(driver).state.text()


def test_layers_that_do_not_fit_are_named(driver: Driver) -> None:
    show(driver, TABLE | {"layers": [{"kind": "dense", "count": 1}]})
    assert "put a flatten before it" in desk(driver).layers.problem.text()
    assert not driver.window.training.busy


def test_a_folder_that_is_gone_is_told_and_the_run_stays(driver: Driver, tmp_path: Path) -> None:
    run = run_of(driver)
    show(driver, {"data": "folder", "folder": str(tmp_path / "gone")})
    assert "gone" in desk(driver).problem.text()
    assert run_of(driver) is run


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ({"dataset": "stripes"}, "dataset"),
        ({"data": "eleven"}, "data"),
        ({"data": 11}, "data"),
        ({"data": "folder"}, "folder"),
        ({"data": "stripes", "folder": "/x"}, "folder"),
        ({"folder": 5}, "folder"),
        ({"layers": []}, "layers"),
        ({"layers": [{"kind": "flatten"}] * 17}, "layers"),
        ({"layers": ["dense"]}, "layers 1"),
        ({"layers": [{}]}, "layers 1, kind"),
        ({"layers": [{"kind": "flatten", "count": 2}]}, "layers 1, count"),
        ({"layers": [{"kind": "flatten"}, {"kind": "dense", "count": 0}]}, "layers 2, count"),
        ({"layers": [{"kind": "convolution", "count": 1, "size": 3}]}, "layers 1, size"),
        ({"layers": [{"kind": "convolution", "count": 1, "size": [3, 16]}]}, "layers 1, size"),
        ({"layers": [{"kind": "convolution", "padding": -1}]}, "layers 1, padding"),
        ({"layers": [{"kind": "pooling", "pooling": "min"}]}, "layers 1, pooling"),
        ({"layers": [{"kind": "activation", "function": "gelu"}]}, "layers 1, function"),
        ({"loss": "absolute"}, "loss"),
        ({"optimiser": "Adam"}, "optimiser"),
        ({"rate": 0}, "rate"),
        ({"rate": float("nan")}, "rate"),
        ({"rate": True}, "rate"),
        ({"rate": 2000}, "rate"),
        ({"rates": 5}, "rates"),
        ({"rates": [[0, 0]]}, "rates"),
        ({"rates": [[0, 0, 0]]}, "rates"),
        ({"rates": [[0, -1, 0.1]]}, "rates"),
        ({"rates": [[1, 0, 0.1], [0, 0, 0.2]]}, "rates"),
        ({"rates": [[0, 0, 0.1], [0, 0, 0.2]]}, "rates"),
        ({"rates": [[0, 0, 0.1]] * 10_001}, "rates"),
        ({"batch": 0}, "batch"),
        ({"epochs": 5001}, "epochs"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.0}, "seed"),
        ({"epochs": 10, "epoch": 11}, "epoch"),
        ({"by_hand": 1}, "by_hand"),
        ({"by_hand": True, "data": "stripes"}, "by_hand"),
        ({"by_hand": True, "layers": LAYERS}, "by_hand"),
        ({"by_hand": True, "loss": "cross-entropy"}, "loss"),
        ({"run": "yes"}, "run"),
        ({"page": "curves"}, "page"),
    ],
)
def test_what_is_not_as_it_should_be_is_named_and_changes_nothing(
    driver: Driver, bad: dict[str, Any], place: str
) -> None:
    run = run_of(driver)
    with pytest.raises(Problem) as raised:
        driver.window.training.show_table(bad)
    assert f"training, {place}." in str(raised.value.sentence)
    assert run_of(driver) is run


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
