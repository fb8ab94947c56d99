"""Errors nobody foresaw: told once, and the window goes on."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, QSettings
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from convviz.ui import app as app_module
from convviz.ui.app import Application
from convviz.ui.faults import Faults
from convviz.ui.preferences import Preferences
from tests.ui.driver import Driver


@pytest.fixture
def faults(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    owner = QObject()
    faults = Faults(owner)
    faults.install()
    yield faults
    owner.deleteLater()
    del qapp


def raise_(error: Exception) -> None:
    try:
        raise error
    except Exception as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def boxes(driver: Driver) -> list[QMessageBox]:
    return [box for box in driver.window.findChildren(QMessageBox) if box.isVisible()]


def test_an_error_is_logged_and_told_once(
    faults: Faults, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    faults.found.connect(told.append)
    for size in range(5):
        raise_(KeyError(f"cannot paint {size} pixels"))
    assert told == []  # not before the event loop has it again
    qtbot.waitUntil(lambda: len(told) > 0)
    QApplication.processEvents()
    assert len(told) == 1
    assert told[0].startswith("Traceback")
    assert capsys.readouterr().err.count("cannot paint") == 5
    raise_(ValueError("another"))
    qtbot.waitUntil(lambda: len(told) == 2)


def test_an_error_in_another_thread_is_told_in_the_window_s(
    faults: Faults, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[int] = []
    faults.found.connect(lambda details: told.append(threading.get_ident()))
    thread = threading.Thread(target=lambda: raise_in_thread())
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: told == [threading.get_ident()])
    assert "in a thread" in capsys.readouterr().err


def raise_in_thread() -> None:
    raise RuntimeError("in a thread")


def test_an_error_while_an_error_is_told_is_not_told_for_ever(
    faults: Faults, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []

    def tell(details: str) -> None:
        told.append(details)
        raise_(OSError("no window for it"))

    faults.found.connect(tell)
    raise_(ValueError("first"))
    qtbot.waitUntil(lambda: len(told) == 2)
    for _ in range(20):
        QApplication.processEvents()
    assert len(told) == 2
    capsys.readouterr()


def test_an_interrupt_is_no_defect(faults: Faults, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    faults.found.connect(told.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    QApplication.processEvents()
    assert told == []
    capsys.readouterr()


def test_a_defect_is_shown_once_and_others_join_it(driver: Driver) -> None:
    for details in ("first", "first", "second"):
        driver.window.show_defect(details)
    (box,) = boxes(driver)
    assert box.detailedText() == "first\nsecond"
    box.close()
    driver.window.show_defect("first")
    assert boxes(driver) == []
    driver.window.show_defect("third")
    (box,) = boxes(driver)
    assert box.detailedText() == "third"
    box.close()
    driver.trigger("shift-left")
    assert driver.window.session.undo_stack.canUndo()


# A slot of a menu entry, a virtual method called by Qt and a thread raise; the window must still work.
PROGRAM = """
import sys, threading
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget
from convviz.files.samples import open_sample
from convviz.ui.app import Application, qt_application
from convviz.ui.preferences import Preferences

class Broken(QWidget):
    def paintEvent(self, event):
        raise ValueError("painted")

def slot():
    raise ValueError("in a slot")

app = qt_application()
application = Application(app, Preferences(QSettings(), remember=False))
window = application.open_window(open_sample("cat"))
window.show()
broken = Broken(window)
broken.show()
window.menus.commands.actions["shift-left"].triggered.connect(slot)

def act():
    for _ in range(3):
        window.menus.commands.actions["shift-left"].trigger()
        broken.repaint()
    QTimer.singleShot(200, look)

def look():
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    text = box.detailedText()
    print(text.count("in a slot"), text.count("painted"), window.session.undo_stack.count())
    box.close()
    window.close()
    app.quit()

QTimer.singleShot(0, act)
app.exec()
application.close()
"""


def test_the_window_survives_errors_in_slots_and_in_painting() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=90, check=False
    )
    assert done.stdout == "1 1 1\n", done.stderr
    assert done.returncode == 0
    assert done.stderr.count("ValueError: in a slot") == 3


def screenshot(path: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "convviz", "--screenshot", str(path), "--size", "1280x720"],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_a_screenshot_says_nothing_and_an_impossible_one_why(tmp_path: Path) -> None:
    done = screenshot(tmp_path / "window.png")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "window.png").stat().st_size > 10_000


def test_a_screenshot_that_is_never_finished_ends_with_a_sentence(
    make_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    driver = make_window()
    monkeypatch.setattr(app_module, "SCREENSHOT_TIMEOUT_MS", 200)
    monkeypatch.setattr(type(driver.window.feed), "settled", False)

    class Cold:
        warming = False

        def warm_up(self) -> None:
            return

    clock = QElapsedTimer()
    clock.start()
    code = app_module._save_screenshot(Cold(), driver.window, "never.png")  # type: ignore[arg-type]
    assert code == 1
    assert clock.elapsed() < 5000
    assert "not finished after" in capsys.readouterr().err
    assert not Path("never.png").exists()


def test_the_warm_up_has_a_thread_of_its_own(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    imported, released = threading.Event(), threading.Event()

    def load() -> None:
        imported.set()
        assert released.wait(20)

    monkeypatch.setattr(app_module, "load_torch", load)
    application = Application(qapp, Preferences(QSettings()))
    application.warm_up()
    assert imported.wait(5)
    threads = application.threads
    assert not any(thread.alive for thread in (threads.live, threads.measure, threads.open))
    released.set()
    qtbot.waitUntil(lambda: not application.warming)
    qtbot.waitUntil(lambda: not application._warm_thread.alive)
    application.close()
    application.deleteLater()
