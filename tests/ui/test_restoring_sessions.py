"""Work offered back after a crash: restored, discarded, unreadable."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from convviz.files.samples import open_sample
from convviz.files.session_writing import write_session
from convviz.files.sessions import read_session
from convviz.ui.sessions.content import Content
from convviz.ui.sessions.leftovers import leftovers
from convviz.ui.sessions.rescue import Rescue, RescueBox
from convviz.ui.state import Room, State
from tests.ui.driver import Driver
from tests.ui.questions import BUTTONS, Questions
from tests.ui.session_files import check_same, edit, folder, keep, kept, place, questions, save, title

__all__ = ["folder", "place", "questions"]


def crash(driver: Driver) -> None:
    """End the window as a crash would: its file stays, its lock is nobody's."""
    autosave = driver.window.sessions.autosave
    assert autosave is not None
    autosave._lock.unlock()
    driver.window.sessions.autosave = None


def offered(driver: Driver, folder: Path) -> Rescue:
    rescue = Rescue(driver.window, leftovers(folder))
    rescue.offer()
    return rescue


def rescue_box(driver: Driver) -> RescueBox:
    (box,) = [box for box in driver.window.findChildren(RescueBox) if box.isVisible()]
    return box


def crashed(make_window: Callable[..., Driver], folder: Path, stride: int = 2) -> State:
    """Leave behind what a window that crashed would, and return its state."""
    driver = make_window()
    kept(driver, folder)
    edit(driver, stride)
    keep(driver)
    crash(driver)
    driver.window.close()
    return driver.window.session.state


def test_work_is_restored_and_goes_on_being_kept(make_window: Callable[..., Driver], folder: Path) -> None:
    wanted = crashed(make_window, folder)
    (left,) = folder.glob("*.convviz")
    driver = make_window()
    autosave = kept(driver, folder)
    offered(driver, folder)
    rescue_box(driver).restore.click()
    driver.settle()
    check_same(driver.window.session.state, wanted)
    # Until this window ends well, a second crash loses nothing.
    assert left.exists()
    assert autosave.path == left
    assert leftovers(folder) == []
    edit(driver, 4)
    keep(driver)
    assert read_session(left).layer["stride"] == [4, 4]
    driver.window.close()
    assert list(folder.iterdir()) == []


def test_restored_work_has_its_name_and_is_not_saved(
    make_window: Callable[..., Driver], folder: Path, place: Path, questions: Questions
) -> None:
    driver = make_window()
    kept(driver, folder)
    save(driver)
    edit(driver)
    keep(driver)
    crash(driver)
    questions.answer = BUTTONS.Discard
    driver.window.close()
    other = make_window()
    kept(other, folder)
    offered(other, folder)
    rescue_box(other).restore.click()
    other.settle()
    assert title(other) == "lecture.convviz* — convviz"
    save(other)
    assert title(other) == "lecture.convviz — convviz"
    assert read_session(place).layer["stride"] == [2, 2]


def test_work_is_discarded_only_if_one_says_so(make_window: Callable[..., Driver], folder: Path) -> None:
    crashed(make_window, folder)
    driver = make_window()
    offered(driver, folder)
    driver.qtbot.keyClick(rescue_box(driver), Qt.Key.Key_Escape)
    assert len(list(folder.glob("*.convviz"))) == 1
    offered(driver, folder)
    rescue_box(driver).discard.click()
    assert list(folder.iterdir()) == []
    offered(driver, folder)
    assert not [box for box in driver.window.findChildren(RescueBox) if box.isVisible()]


def test_of_two_crashes_the_newer_is_offered_first_and_the_other_next(
    make_window: Callable[..., Driver], folder: Path
) -> None:
    crashed(make_window, folder, 2)
    (first,) = folder.glob("*.convviz")
    os.utime(first, (1_000_000, 1_000_000))
    crashed(make_window, folder, 3)
    driver = make_window()
    offered(driver, folder)
    # Another window that starts meanwhile does not offer them too.
    assert leftovers(folder) == []
    rescue_box(driver).discard.click()
    assert list(folder.glob("*.convviz")) == [first]
    rescue_box(driver).restore.click()
    driver.settle()
    assert driver.window.session.state.settings.stride == (2, 2)


def test_what_cannot_be_read_is_told_and_kept_under_another_name(
    make_window: Callable[..., Driver], folder: Path
) -> None:
    folder.mkdir(parents=True)
    (folder / "1-a.convviz").write_bytes(b"broken")
    driver = make_window()
    before = driver.window.session.state
    offered(driver, folder)
    rescue_box(driver).restore.click()
    driver.settle()
    assert driver.window.session.state is before
    assert "not a session, or is damaged" in driver.window.problem.text()
    assert [each.name for each in folder.iterdir()] == ["1-a.convviz.bak"]


def state_home() -> Path:
    """Return the state folder of the program itself, which has another name than the one that runs tests."""
    return Path(os.environ["XDG_STATE_HOME"]) / "convviz" / "convviz"


# The whole program, killed and started again.
PROGRAM = """
import os, signal, sys
from PySide6.QtCore import QSettings, QTimer
from convviz.files.samples import open_sample
from convviz.ui.app import Application, qt_application
from convviz.ui.preferences import Preferences

app = qt_application()
application = Application(app, Preferences(QSettings()))
window = application.open_window(open_sample("cat"))
window.show()
application.keep_work()
window.session.edit(window.session.state.with_settings(stride=(5, 5)), "edit")
window.sessions.autosave.written.connect(lambda: os.kill(os.getpid(), signal.SIGKILL))
window.sessions.keep()
QTimer.singleShot(60_000, app.quit)
app.exec()
"""


def test_a_killed_program_offers_its_work_back(driver: Driver) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, timeout=90, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    (left,) = leftovers(state_home() / "kept")
    driver.window.sessions.restore(left)
    driver.settle()
    assert driver.window.session.state.settings.stride == (5, 5)
    left.discard()


def test_the_command_line_opens_a_session(tmp_path: Path, driver: Driver) -> None:
    state = State(open_sample("conv-step"), driver.window.session.state.bank)
    write_session(tmp_path / "a.convviz", Content(state, Room.IMAGE).saved())
    shots = [tmp_path / "session.png", tmp_path / "picture.png"]
    for shot, more in zip(shots, (["a.convviz"], ["--room", "image"]), strict=True):
        done = subprocess.run(
            [sys.executable, "-m", "convviz", *more, "--screenshot", str(shot), "--size", "800x600"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    # Nobody sees this window: nothing is kept of it.
    assert shots[0].read_bytes() != shots[1].read_bytes()
    assert list((state_home() / "kept").glob("*.convviz")) == []
