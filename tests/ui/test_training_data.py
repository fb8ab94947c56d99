"""Data of the training room: on their way, named, exchanged for others, downloaded."""

import threading
from pathlib import Path

import pytest

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.entries import Progress, silent
from convviz.nets.learn.data import Data, load
from convviz.nets.learn.samples import Samples
from convviz.ui.training import source, trainer
from convviz.ui.training.desk import TrainingDesk
from convviz.work.jobs import Cancelled
from tests.nets import tiny
from tests.ui.training_room import Until, action, desk, learn, rests, run_of, until

__all__ = ["desk", "until"]


def test_other_data_cancel_the_load_of_the_first(
    desk: TrainingDesk, until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, given_up, go_on = threading.Event(), threading.Event(), threading.Event()

    def slow(data: Data, seed: int, folder: str = "", check: Check = nothing) -> object:
        if data is Data.FOLDER:
            loading.set()
            assert go_on.wait(10)
            try:
                check()
            except Cancelled:
                given_up.set()
                raise
        return load(data, seed, folder, check)

    monkeypatch.setattr(trainer, "load", slow)
    desk.open_data(Data.FOLDER, str(tmp_path))
    until(loading.is_set)
    desk.open_data(Data.STRIPES)
    go_on.set()
    until(lambda: rests(desk) and run_of(desk).samples.title == "Stripes by direction")
    assert given_up.is_set()
    assert not desk.problem.text()


class SlowShapes:
    """Stands in for the loading of data: shapes come when they are let."""

    def __init__(self) -> None:
        self.loading, self.go_on = threading.Event(), threading.Event()

    def load(self, data: Data, seed: int, folder: str = "", check: Check = nothing) -> Samples:
        if data is Data.SHAPES:
            self.loading.set()
            assert self.go_on.wait(10)
        return load(data, seed, folder, check)


@pytest.mark.parametrize("edit", ["reset", "seed"])
def test_what_is_done_while_data_are_on_their_way_does_not_lose_them(
    desk: TrainingDesk, until: Until, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    slow = SlowShapes()
    monkeypatch.setattr(trainer, "load", slow.load)
    choose(desk, Data.SHAPES)
    until(slow.loading.is_set)
    if edit == "reset":
        desk.again.click()
    else:
        desk.form.seed.setValue(7)
        until(lambda: not desk._restart.isActive())
    slow.go_on.set()
    until(lambda: rests(desk))
    assert run_of(desk).samples.title == "Shapes"
    assert run_of(desk).plan.seed == (1 if edit == "reset" else 7)
    assert desk.form.data.currentData() == Data.SHAPES


def choose(desk: TrainingDesk, data: Data) -> None:
    """Choose data as a click on their name does."""
    desk.form.data.setCurrentIndex(desk.form.data.findData(data.value))
    desk.form.data.activated.emit(desk.form.data.currentIndex())


def test_the_data_that_are_named_are_those_learned_from(desk: TrainingDesk, until: Until) -> None:
    learn(desk, 1, until)
    choose(desk, Data.DIGITS)
    desk.hand.click()
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).epoch == 0)
    assert desk.is_by_hand
    assert run_of(desk).samples.counts
    assert desk.form.data.currentData() == Data.FRAGMENTS


def test_another_seed_for_data_that_wait_to_be_begun_with_does_not_lose_them(
    desk: TrainingDesk, until: Until
) -> None:
    learn(desk, 1, until)
    choose(desk, Data.SHAPES)
    desk.form.seed.setValue(5)
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).epoch == 0)
    assert (run_of(desk).samples.title, run_of(desk).plan.seed) == ("Shapes", 5)


class Server:
    """Stands in for the fetching of a data set: writes a small one when it is let."""

    def __init__(self) -> None:
        self.asked, self.go_on, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.fails = False

    def fetch(self, data: str, folder: Path, check: Check = nothing, progress: Progress = silent) -> None:
        progress(0.25, None)
        self.asked.set()
        try:
            assert self.go_on.wait(10)
            check()
            if self.fails:
                raise Problem(QT_TRANSLATE_NOOP("Sentence", "No connection."))
            tiny.write_idx(folder)
        finally:
            self.ended.set()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(source, "fetch", server.fetch)
    return server


def offered(desk: TrainingDesk, folder: Path, until: Until) -> None:
    desk.open_data(Data.MNIST, str(folder))
    until(lambda: "holds no MNIST" in desk.problem.text())
    assert action(desk).text() == "Download them there"


def test_data_that_are_missing_are_downloaded_and_opened(
    desk: TrainingDesk, until: Until, tmp_path: Path, server: Server
) -> None:
    offered(desk, tmp_path, until)
    action(desk).click()
    until(lambda: server.asked.is_set() and desk.progress.bar.value() == 250)
    assert desk.progress.isVisible()
    # A network can learn meanwhile.
    learn(desk, 1, until)
    server.go_on.set()
    until(lambda: not desk.progress.isVisible())
    # There is something to lose by now.
    until(lambda: "begins a new run" in desk.problem.text())
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).samples.title == "MNIST")
    assert desk.form.data.currentData() == "mnist"


def test_a_download_is_called_off(desk: TrainingDesk, until: Until, tmp_path: Path, server: Server) -> None:
    run = run_of(desk)
    offered(desk, tmp_path, until)
    action(desk).click()
    until(server.asked.is_set)
    desk.progress.cancel.click()
    assert not desk.progress.isVisible()
    server.go_on.set()
    until(server.ended.is_set)
    assert not (tmp_path / "MNIST").exists()
    assert run_of(desk) is run


def test_a_download_that_fails_is_told_and_can_be_tried_again(
    desk: TrainingDesk, until: Until, tmp_path: Path, server: Server
) -> None:
    offered(desk, tmp_path, until)
    server.fails = True
    server.go_on.set()
    action(desk).click()
    until(lambda: "No connection" in desk.problem.text())
    server.fails = False
    action(desk).click()
    until(lambda: rests(desk) and run_of(desk).samples.title == "MNIST")


def test_a_folder_of_one_s_own_is_not_downloaded(desk: TrainingDesk, until: Until, tmp_path: Path) -> None:
    desk.open_data(Data.FOLDER, str(tmp_path))
    until(lambda: "does not hold two folders" in desk.problem.text())
    assert not action(desk).isVisible()
