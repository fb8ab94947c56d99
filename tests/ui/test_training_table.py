"""The training room described by a table: shown, told, and brought to the same run again."""

import json

import numpy as np

from convviz.nets.learn.data import Data, load
from convviz.nets.learn.run import Run
from convviz.nets.learn.settings import Loss, Optimiser, TrainingPlan
from tests.ui.driver import WAIT_MS, Driver
from tests.ui.training_tables import LAYERS, TABLE, desk, driver, run_of, show, weights

__all__ = ["driver"]


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


def test_the_page_with_the_table_first_is_told_until_the_other_is_chosen(driver: Driver) -> None:
    assert show(driver, TABLE | {"page": "compared"})["page"] == "compared"
    room = desk(driver)
    assert room.stack.currentIndex() == 1
    room.pages.button("overview").click()
    room.pages.button("expression").click()
    assert driver.window.training.table()["page"] == "expression"


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


def test_the_weights_by_hand_answer_all_pictures(driver: Driver) -> None:
    told = show(driver, {"data": "count-11", "by_hand": True})
    assert "these are by hand" in desk(driver).state.text()
    assert "pictures right: 64" in desk(driver).state.text()
    assert show(driver, dict(told)) == told
    assert "these are by hand" in desk(driver).state.text()
