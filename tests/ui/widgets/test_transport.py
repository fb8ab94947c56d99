from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from convviz.ui import theme
from convviz.ui.widgets.player import SPEEDS, STEP_MS, Player
from convviz.ui.widgets.transport import Transport
from convviz.ui.widgets.transport_room import Squeeze
from tests.ui.widgets.hosting import hosted

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def transport(qtbot: QtBot) -> Iterator[Transport]:
    widget = Transport()
    widget.set_length(16)
    with hosted(qtbot, widget, 900):
        yield widget


def button(parent: QWidget, name: str) -> QAbstractButton:
    found = parent.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def slider(transport: Transport) -> QSlider:
    found = transport.findChild(QSlider, "transport-scrubber")
    assert isinstance(found, QSlider)
    return found


def field(transport: Transport) -> QLineEdit:
    found = transport.findChild(QLineEdit, "prediction-answer")
    assert isinstance(found, QLineEdit)
    return found


def said(transport: Transport, name: str = "transport-counter") -> str:
    found = transport.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text().replace("\u00a0", " ")


def test_steps_with_its_buttons(qtbot: QtBot, transport: Transport) -> None:
    seen: list[int] = []
    transport.position_changed.connect(seen.append)
    assert said(transport) == "– / 16"
    for name in ("forward", "forward", "forward", "back", "first"):
        qtbot.mouseClick(button(transport, f"transport-{name}"), LEFT)
    assert seen == [0, 1, 2, 1, 0]
    assert said(transport) == "1 / 16"
    assert not button(transport, "transport-back").isEnabled()
    transport.last()
    transport.forward()
    assert seen[-1] == 15
    assert not button(transport, "transport-forward").isEnabled()


def test_setting_a_position_announces_nothing(transport: Transport) -> None:
    seen: list[int] = []
    transport.position_changed.connect(seen.append)
    transport.set_position(5)
    assert (seen, said(transport), slider(transport).value()) == ([], "6 / 16", 5)
    with pytest.raises(ValueError, match="16 of 16"):
        transport.set_position(16)


def test_scrubs_with_mouse_and_keys(qtbot: QtBot, transport: Transport) -> None:
    seen: list[int] = []
    transport.position_changed.connect(seen.append)
    qtbot.keyClick(slider(transport), Qt.Key.Key_Right)
    qtbot.keyClick(slider(transport), Qt.Key.Key_End)
    assert seen == [1, 15]


def test_stopping_shows_every_cell(qtbot: QtBot, transport: Transport) -> None:
    transport.set_position(3)
    with qtbot.waitSignal(transport.stopped):
        qtbot.mouseClick(button(transport, "transport-close"), LEFT)
    assert transport.position is None
    assert not button(transport, "transport-close").isEnabled()
    with qtbot.assertNotEmitted(transport.stopped):
        transport.stop()


def test_plays_to_the_end_and_stops(qtbot: QtBot, transport: Transport) -> None:
    transport.set_length(3)
    transport.set_speed(10)
    seen: list[int] = []
    states: list[bool] = []
    transport.position_changed.connect(seen.append)
    transport.playing_changed.connect(states.append)
    qtbot.mouseClick(button(transport, "transport-play"), LEFT)
    assert transport.playing
    assert button(transport, "transport-play").accessibleName().startswith("Pause")
    qtbot.waitUntil(lambda: not transport.playing)
    assert (seen, states) == ([0, 1, 2], [True, False])
    transport.toggle()
    assert transport.position == 0
    transport.toggle()
    assert not transport.playing


def test_pauses_when_hidden_and_when_there_is_nothing_left(transport: Transport) -> None:
    transport.toggle()
    transport.hide()
    assert not transport.playing
    transport.show()
    transport.toggle()
    transport.set_length(0)
    assert not transport.playing
    assert transport.position is None
    transport.toggle()
    assert not transport.playing
    assert not button(transport, "transport-play").isEnabled()


def test_a_shorter_result_keeps_the_position_inside(transport: Transport) -> None:
    transport.set_position(10)
    transport.set_length(4)
    assert (transport.position, said(transport)) == (3, "4 / 4")


def test_millions_of_cells(transport: Transport) -> None:
    transport.set_length(24_000_000)
    transport.last()
    assert transport.position == 23_999_999
    assert said(transport) == "24 000 000 / 24 000 000"
    assert slider(transport).value() == 23_999_999


@pytest.mark.parametrize("speed", SPEEDS)
def test_speeds(transport: Transport, speed: float) -> None:
    seen: list[float] = []
    transport.speed_changed.connect(seen.append)
    action = transport.findChild(QAction, f"transport-speed-{speed:g}")
    assert isinstance(action, QAction)
    action.trigger()
    assert seen == ([] if speed == 1 else [speed])
    assert transport.speed == speed
    assert button(transport, "transport-speed").text() == f"{speed:g}×"


def test_the_interval_follows_the_speed(qapp: QApplication) -> None:
    player = Player(qapp)
    player.set_speed(4)
    assert player.interval == STEP_MS / 4
    player.deleteLater()


def test_predicting(qtbot: QtBot, transport: Transport) -> None:
    transport.set_position(1)
    with qtbot.waitSignal(transport.predict_toggled) as toggled:
        qtbot.mouseClick(button(transport, "transport-predict"), LEFT)
    assert toggled.args == [True]
    assert transport.predicting
    transport.set_question("output[0, 1] =")
    assert said(transport, "prediction-question") == "output[0, 1] ="
    for typed, value in (("-3", -3.0), ("1/4", 0.25), ("0,5", 0.5)):
        field(transport).clear()
        qtbot.keyClicks(field(transport), typed)
        with qtbot.waitSignal(transport.answer_given) as given:
            qtbot.keyClick(field(transport), Qt.Key.Key_Return)
        assert given.args == [value]
    transport.set_verdict("Right.", True)
    assert said(transport, "prediction-verdict") == "Right."
    transport.forward()
    assert (field(transport).text(), said(transport, "prediction-verdict")) == ("", "")


def test_an_answer_that_is_no_number(qtbot: QtBot, transport: Transport) -> None:
    qtbot.mouseClick(button(transport, "transport-predict"), LEFT)
    qtbot.keyClicks(field(transport), "four")
    with qtbot.assertNotEmitted(transport.answer_given):
        qtbot.mouseClick(button(transport, "prediction-check"), LEFT)
    assert "four" in said(transport, "prediction-verdict")


def test_predicting_can_be_set_silently(qtbot: QtBot, transport: Transport) -> None:
    with qtbot.assertNotEmitted(transport.predict_toggled):
        transport.set_predict(True)
    assert field(transport).isVisible()
    transport.set_predict(False)
    assert not field(transport).isVisible()


def test_follows_the_theme(transport: Transport) -> None:
    before = slider(transport).height()
    try:
        theme.install(theme.Theme(theme.ThemeName.DARK, theme.PROJECTOR_SCALE))
        QApplication.processEvents()
        assert slider(transport).height() > before
        assert not transport.grab().isNull()
    finally:
        theme.install(theme.Theme())


def test_every_control_has_names_and_a_tooltip(transport: Transport) -> None:
    controls = [*transport.findChildren(QAbstractButton), slider(transport), field(transport)]
    assert len(controls) == 10
    for control in controls:
        assert control.objectName()
        assert control.accessibleName()
        assert control.toolTip()


@pytest.mark.parametrize(
    ("length", "squeeze"),
    [
        (16, Squeeze.NOTHING),
        (1_225, Squeeze.AIR),
        (260_100, Squeeze.LARGE_COUNT),
        (1_000_000, Squeeze.FIRST),
        (24_000_000, Squeeze.CLOSE),
    ],
)
def test_beside_a_lesson_the_scrubber_keeps_its_room(qtbot: QtBot, length: int, squeeze: Squeeze) -> None:
    try:
        theme.install(theme.Theme(scale=theme.PROJECTOR_SCALE))
        transport = Transport()
        transport.set_length(length)
        with hosted(qtbot, transport, 850):
            transport.setFixedWidth(808)
            QApplication.processEvents()
            assert slider(transport).width() >= 120
            assert transport.minimumSizeHint().width() <= 808
            assert button(transport, "transport-first").isHidden() == (squeeze >= Squeeze.FIRST)
            assert button(transport, "transport-close").isHidden() == (squeeze >= Squeeze.CLOSE)
            assert transport.room.squeeze is squeeze
            transport.last()
            count = transport.findChild(QLabel, "transport-counter")
            assert isinstance(count, QLabel)
            assert count.width() >= count.sizeHint().width()
            transport.setFixedWidth(1800)
            QApplication.processEvents()
            assert transport.room.squeeze is Squeeze.NOTHING
            assert button(transport, "transport-close").isVisible()
            assert count.width() >= count.sizeHint().width()
    finally:
        theme.install(theme.Theme())
