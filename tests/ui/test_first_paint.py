"""The moment when the first picture is on screen, and what it shows."""

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.core import reference
from convviz.core.channels import planes
from convviz.engine import backend
from convviz.files.samples import open_sample
from convviz.ui import app as app_module
from convviz.ui import theme
from convviz.ui.app import first_state
from convviz.ui.first_paint import FirstPaint
from convviz.ui.language import Translations
from convviz.ui.preferences import Preferences
from convviz.ui.session import Session
from convviz.ui.state import Room
from convviz.ui.theme import Theme
from convviz.ui.window import Window
from convviz.work.threads import Threads


@pytest.mark.parametrize("room", list(Room))
def test_it_is_told_once_with_a_picture_on_screen(qtbot: QtBot, qapp: QApplication, room: Room) -> None:
    threads = Threads()
    window = Window(
        Session(first_state(open_sample("cat"))), Preferences(QSettings()), Translations(qapp), threads
    )
    qtbot.addWidget(window)
    told: list[bool] = []
    first = FirstPaint(window)
    first.painted.connect(lambda: told.append(True))
    with qtbot.waitSignal(first.painted, timeout=20_000):
        window.show()
        window.set_room(room)
    panes = list((window.image.panes if room is Room.IMAGE else window.convolution.stages.panes).values())
    if room is Room.NETWORK:
        assert window.network.desk is not None
        panes = [window.network.desk.panel.photo]
    elif room in (Room.TRAINING, Room.EMBEDDINGS):
        panes = []
    assert all(pane.content is not None for pane in panes)
    for pane in panes:
        pane.repaint()
    qtbot.waitUntil(lambda: window.feed.settled and not window.network.busy, timeout=60_000)
    assert told == [True]
    assert threads.close(timeout_ms=10_000)


def test_the_first_result_is_exact_without_torch(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "_loaded", [])
    threads = Threads()
    session = Session(first_state(open_sample("cat")))
    window = Window(session, Preferences(QSettings()), Translations(qapp), threads)
    qtbot.addWidget(window)
    first = FirstPaint(window)
    with qtbot.waitSignal(first.painted, timeout=20_000):
        window.show()
        window.set_room(Room.CONVOLUTION)
    content = window.convolution.stages.panes["stage-1-0"].content
    assert content is not None
    conv = session.state.convolution()
    assert conv is not None
    source = planes(session.state.picture.values, session.state.channel_mode)
    exact = reference.convolve(source.astype(np.float64), conv)[0]
    rows, columns = content.view.rows.positions, content.view.columns.positions
    assert np.array_equal(content.values[0], exact[np.ix_(rows, columns)])
    slow = np.array(content.values[0])
    # Asked again, torch answers with the same numbers.
    backend.load_torch()
    session.edit(session.state.with_kernel(session.state.kernel * 2), "twice")
    qtbot.waitUntil(lambda: window.feed.settled, timeout=20_000)
    session.edit(session.state.with_kernel(session.state.kernel / 2), "as before")
    qtbot.waitUntil(lambda: window.feed.settled, timeout=20_000)
    content = window.convolution.stages.panes["stage-1-0"].content
    assert content is not None
    assert np.array_equal(content.values[0], slow)
    assert threads.close(timeout_ms=10_000)


def test_the_style_sheet_is_in_force_in_the_end(qapp: QApplication) -> None:
    theme.install(Theme())
    before = qapp.styleSheet()
    assert before
    with app_module._style_sheet_last(qapp):
        assert qapp.styleSheet() == ""
    assert qapp.styleSheet() == before
