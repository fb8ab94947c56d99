"""The check in ``tests/conftest.py``: a test that leaves a thread or a window behind fails, others do not."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.packaging.places import ROOT

TESTS = """
import threading
import time

import pytest
from hypothesis import given, strategies
from PySide6.QtCore import QSettings, QThread
from PySide6.QtWidgets import QWidget

KEPT = []
END = threading.Event()


def test_fine(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    thread = QThread()
    thread.start()
    thread.quit()
    thread.wait()


@given(strategies.integers())
def test_property(number):
    assert number == number


@given(strategies.integers())
def test_property_with_qt(qapp, number):
    assert number == number


def test_writes_a_setting(qapp):
    QSettings("convviz", "convviz").setValue("written", 1)


def test_does_not_see_it(qapp):
    assert QSettings("convviz", "convviz").value("written") is None


def test_leaves_window(qtbot):
    KEPT.append(QWidget(objectName="forgotten"))
    KEPT[-1].show()


def test_leaves_qthread(qtbot):
    KEPT.append(QThread())
    KEPT[-1].start()


def test_leaves_thread():
    threading.Thread(target=END.wait, name="waits", daemon=True).start()


def test_last(qtbot):
    END.set()
    KEPT[1].quit()
    assert KEPT[1].wait(5000)
    KEPT[0].close()
"""


def test_what_is_left_behind_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    conftest = folder / "conftest.py"
    conftest.write_text(
        conftest.read_text(encoding="utf-8").replace("GRACE = 2.0", "GRACE = 0.2"), encoding="utf-8"
    )
    (folder / "test_some.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    options = ["-p", "no:cacheprovider", "-rA", str(folder)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=120, check=False)
    left = re.findall(r"The test left behind: (.*)\.", done.stdout)
    assert set(left) == {"window QWidget 'forgotten'", "QThread QThread", "thread waits"}
    assert re.search(r"9 passed, 3 errors in", done.stdout), done.stdout
