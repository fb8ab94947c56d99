"""How large the first window is."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from convviz.ui import app as starting
from convviz.ui.app import first_size


def test_a_first_window_is_no_larger_than_the_screen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = qapp.primaryScreen().availableSize()
    wanted = QSize(room.width() + 200, room.height() + 200)
    # A screen that nobody looks at has room for everything.
    assert first_size(wanted, qapp) == wanted
    monkeypatch.setattr(starting, "NO_SCREEN", ())
    fitted = first_size(wanted, qapp)
    assert fitted.width() <= room.width()
    # The title bar is in sight as well.
    assert fitted.height() < room.height()
    assert first_size(QSize(300, 200), qapp) == QSize(300, 200)
