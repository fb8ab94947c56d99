"""Steps, drags and pauses, without a widget."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPointF, Qt
from pytestqt.qtbot import QtBot

from convviz.ui.widgets.gestures import Gesture, Scrub, step_size, stepped


def test_steps_leave_no_dust() -> None:
    value = 0.0
    for _ in range(10):
        value = stepped(value, 0.1)
    assert value == 1.0
    assert str(stepped(0.1, -0.1)) == "0.0"


@given(st.fractions(-9, 9, max_denominator=99), st.sampled_from([0.1, 1.0, 10.0]))
def test_a_step_and_back_is_the_same_number(fraction: Fraction, step: float) -> None:
    value = float(fraction)
    assert stepped(stepped(value, step), -step) == pytest.approx(value, rel=1e-12, abs=1e-12)


def test_step_sizes() -> None:
    modifier = Qt.KeyboardModifier
    sizes = [step_size(m) for m in (modifier.NoModifier, modifier.ShiftModifier, modifier.ControlModifier)]
    assert sizes == [1.0, 0.1, 10.0]


def test_a_scrub_counts_pixels_up_and_right() -> None:
    scrub = Scrub()
    scrub.press(QPointF(0, 0))
    assert scrub.move(QPointF(2, 0)) == 0
    assert not scrub.moving
    assert scrub.move(QPointF(16, -8)) == 3
    assert scrub.move(QPointF(16, 16)) == -3
    assert scrub.release()
    assert scrub.move(QPointF(99, 0)) == 0
    scrub.press(QPointF(0, 0))
    assert not scrub.release()


def test_a_held_gesture_outlasts_a_pause(qtbot: QtBot) -> None:
    owner = QObject()
    gesture = Gesture(owner)
    ends: list[int] = []
    gesture.finished.connect(lambda: ends.append(1))
    gesture.finish()
    gesture.touch()
    gesture.touch(held=True)
    with qtbot.assertNotEmitted(gesture.finished, wait=700):
        assert gesture.is_open
    gesture.finish()
    assert ends == [1]
    assert not gesture.is_open
