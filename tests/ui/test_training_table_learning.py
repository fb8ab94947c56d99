"""A table that has the training room learn: at once, up to an epoch, until the user does something."""

from tests.ui.driver import WAIT_MS, Driver
from tests.ui.training_tables import TABLE, desk, driver, run_of, show

__all__ = ["driver"]


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
