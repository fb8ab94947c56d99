from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from convviz.core.filters import FilterBank
from convviz.core.picture import Picture
from convviz.ui.session import Session
from convviz.ui.state import State


@pytest.fixture
def session(qapp: QApplication) -> Session:
    del qapp
    picture = Picture(np.zeros((4, 5, 1), np.uint8), "black")
    return Session(State(picture, FilterBank(np.ones((1, 1, 3, 3)))))


def stride(session: Session, value: int, gesture: str = "") -> None:
    session.edit(session.state.with_settings(stride=(value, value)), "stride", gesture)


def test_undo_and_redo_walk_through_every_state(session: Session) -> None:
    states = [session.state]
    for value in (2, 3, 4):
        stride(session, value)
        states.append(session.state)
    for state in reversed(states[:-1]):
        session.undo_stack.undo()
        assert session.state is state
    assert not session.undo_stack.canUndo()
    for state in states[1:]:
        session.undo_stack.redo()
        assert session.state is state


def test_a_gesture_is_undone_at_once(session: Session) -> None:
    first = session.state
    for value in (2, 3, 4):
        stride(session, value, "drag")
    session.undo_stack.undo()
    assert session.state is first


def test_the_end_of_a_gesture_starts_a_new_step(session: Session) -> None:
    stride(session, 2, "drag")
    session.end_gesture()
    stride(session, 3, "drag")
    session.undo_stack.undo()
    assert session.state.settings.stride == (2, 2)


def test_different_gestures_do_not_merge(session: Session) -> None:
    stride(session, 2, "stride")
    session.edit(session.state.with_settings(dilation=(2, 2)), "dilation", "dilation")
    session.undo_stack.undo()
    assert session.state.settings.stride == (2, 2)


def test_an_edit_that_changes_nothing_is_no_step(session: Session) -> None:
    session.edit(replace(session.state), "nothing")
    assert session.undo_stack.count() == 0


def test_opening_another_picture_can_be_undone(session: Session) -> None:
    before = session.state.picture
    session.edit(session.state.with_picture(Picture(np.ones((2, 2, 3), np.uint8), "other")), "open")
    session.undo_stack.undo()
    assert session.state.picture is before
