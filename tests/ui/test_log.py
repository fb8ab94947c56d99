"""The log: what went wrong is in it, it does not grow for ever, and where it cannot be there is none."""

import faulthandler
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from convviz.ui import log as log_module
from convviz.ui.log import LOG, log_folder, start_log
from tests.ui.driver import Driver


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for the log, which ends with the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    handlers, level, enabled = list(LOG.handlers), LOG.level, faulthandler.is_enabled()
    yield log_folder()
    for handler in [each for each in LOG.handlers if each not in handlers]:
        LOG.removeHandler(handler)
        handler.close()
    LOG.setLevel(level)
    log_module.end_crash_log()
    if enabled:
        faulthandler.enable()


def test_it_says_which_version_and_what_went_wrong(folder: Path, driver: Driver) -> None:
    start_log()
    driver.window.show_defect("Traceback: a worker failed")
    text = (folder / "convviz.log").read_text()
    assert "INFO convviz" in text
    assert "ERROR Traceback: a worker failed" in text
    for box in driver.window.findChildren(QMessageBox):
        box.close()


def test_it_does_not_grow_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert log_module.MOST_BYTES * (log_module.FILES + 1) <= 5_000_000
    monkeypatch.setattr(log_module, "MOST_BYTES", 2000)
    start_log()
    for number in range(200):
        LOG.error("line %s %s", number, "x" * 100)
    files = sorted(folder.glob("convviz.log*"))
    assert len(files) == log_module.FILES + 1
    assert sum(file.stat().st_size for file in files) <= 2000 * len(files)
    assert "line 199" in (folder / "convviz.log").read_text()


def test_where_it_cannot_be_written_there_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.parent.mkdir(parents=True)
    folder.touch()
    start_log()
    LOG.error("nobody hears this")
    assert not [each for each in LOG.handlers if isinstance(each, logging.FileHandler)]
    assert capsys.readouterr().err == ""


def test_the_crash_log_begins_anew_when_it_is_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MOST_BYTES", 100)
    folder.mkdir(parents=True)
    crash = folder / "crash.log"
    crash.write_text("old\n" * 10)
    start_log()
    assert crash.read_text() == "old\n" * 10
    log_module.end_crash_log()
    crash.write_text("old\n" * 100)
    start_log()
    assert crash.read_text() == ""


@pytest.mark.parametrize("opens", [True, False])
def test_its_folder_is_one_click_away(
    folder: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    asked: list[str] = []

    def open_url(url: object) -> bool:
        asked.append(url.toLocalFile())  # type: ignore[attr-defined]
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    driver.trigger("log")
    assert asked == [str(folder)]
    assert folder.is_dir()
    said = driver.window.problem.text()
    assert said == ("" if opens else f"The folder could not be opened. It is {folder}.")
