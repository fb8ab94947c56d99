"""Vectors saved from the embeddings room: what is written, told, and never replaced unasked."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from convviz.files.vectors import save_vectors
from convviz.ui import gallery_jobs
from tests.ui.driver import Driver
from tests.ui.embeddings_room import catalogue, desk, driver, said, shown
from tests.ui.questions import BUTTONS, Questions, questions

__all__ = ["catalogue", "driver", "questions"]


@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_vectors_are_saved(
    driver: Driver, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    kind = f"x (*{suffix})"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), kind))
    driver.trigger("embeddings-save")
    driver.settle()
    path = tmp_path / f"out{suffix}"
    assert f"out{suffix} was saved" in said(driver)
    gallery = shown(driver)
    if suffix == ".npy":
        np.testing.assert_array_equal(np.load(path), gallery.vectors)
        assert (tmp_path / "out.npy.names.txt").read_text().splitlines()[0] == "Cat"
    else:
        assert len(path.read_text().splitlines()) == 11


def test_what_cannot_be_saved_is_told(driver: Driver, tmp_path: Path) -> None:
    desk(driver).save(str(tmp_path / "nowhere" / "out.npy"))
    driver.settle()
    assert "no folder" in said(driver)
    desk(driver).save(str(tmp_path / "out.png"))
    driver.settle()
    assert ".csv" in said(driver)
    assert list(tmp_path.glob("out*")) == []


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what holds up every file on its way out."""
    opened = threading.Event()

    def held(*given: Any) -> None:
        while not opened.wait(0.01):
            given[-1]()
        save_vectors(*given)

    monkeypatch.setattr(gallery_jobs, "save_vectors", held)
    yield opened
    opened.set()


def test_neighbours_are_found_while_a_file_is_written_and_the_file_is(
    driver: Driver, tmp_path: Path, slow_disk: threading.Event
) -> None:
    room = desk(driver)
    shown(driver)
    room.save(str(tmp_path / "out.npy"))
    for first in (3, 4, 5):
        room.pair.choose(first=first)
        driver.qtbot.waitUntil(lambda: not room.board.busy, timeout=10_000)
    assert room.out.busy
    assert room.panel.nearest.count() == 9
    slow_disk.set()
    driver.settle()
    assert np.load(tmp_path / "out.npy").shape == (10, 6)


def test_every_file_that_was_asked_for_is_written(
    driver: Driver, tmp_path: Path, slow_disk: threading.Event
) -> None:
    room = desk(driver)
    shown(driver)
    for name in ("a.npy", "b.csv", "c.npy"):
        room.save(str(tmp_path / name))
    slow_disk.set()
    driver.settle()
    found = {path.name for path in tmp_path.iterdir()}
    assert {"a.npy", "b.csv", "c.npy"} <= found


def test_closing_the_window_leaves_no_half_of_a_file(
    driver: Driver, tmp_path: Path, slow_disk: threading.Event
) -> None:
    shown(driver)
    desk(driver).save(str(tmp_path / "out.csv"))
    driver.window.close()
    driver.qtbot.waitUntil(lambda: not list(tmp_path.glob("*out*")), timeout=10_000)
    assert not desk(driver).out.busy


@pytest.mark.parametrize(
    ("typed", "there", "asked"),
    [
        ("out", "out.npy", "out.npy"),
        ("out", "out.npy.names.txt", "out.npy.names.txt"),
        ("out.npy", "out.npy.names.txt", "out.npy.names.txt"),
        # Of these the dialog has asked, or there is nothing to ask.
        ("out.npy", "out.npy", None),
        ("out", "out.csv", None),
    ],
)
def test_no_file_is_replaced_unasked(
    driver: Driver,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    questions: Questions,
    typed: str,
    there: str,
    asked: str | None,
) -> None:
    shown(driver)
    (tmp_path / there).write_text("old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), "x (*.npy)"))
    desk(driver).ask_save()
    driver.settle()
    assert questions.asked == ([] if asked is None else [f"{asked} is there already. Replace it?"])
    may = asked is None or questions.answer == BUTTONS.Yes
    assert (tmp_path / "out.npy").exists() == (may or there == "out.npy")
    assert ((tmp_path / there).read_bytes() == b"old") == (not may or there == "out.csv")
