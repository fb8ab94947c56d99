"""Free memory goes back to the system from time to time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from convviz.engine.heap import Surplus
from convviz.work.memory import MemoryReturn

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_it_looks_again_and_again_until_its_owner_goes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Surplus] = []
    monkeypatch.setattr(Surplus, "give_back", lambda self: looks.append(self))
    owner = QObject()
    MemoryReturn(owner, interval_ms=5)
    qtbot.waitUntil(lambda: len(looks) >= 3)
    del owner
    seen = len(looks)
    qtbot.wait(50)
    assert len(looks) == seen
