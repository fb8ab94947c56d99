import gc
import weakref
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

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


def test_a_gesture_keeps_no_state_but_its_first_and_last(session: Session) -> None:
    first = session.state
    passed = []
    for number in range(50):
        stride(session, number % 7 + 2, "drag")
        passed.append(weakref.ref(session.state.settings))
    session.undo_stack.undo()
    assert session.state is first
    session.undo_stack.redo()
    session.refresh()
    gc.collect()
    assert sum(state() is not None for state in passed) == 1


def test_a_gesture_goes_on_after_a_step_was_undone(session: Session) -> None:
    stride(session, 2, "drag")
    first = session.state
    stride(session, 3)
    session.undo_stack.undo()
    # What could be redone is gone, as after any edit.
    stride(session, 5, "drag")
    assert not session.undo_stack.canRedo()
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.state is first
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
    assert session.state.settings.stride == (1, 1)


def test_an_edit_that_changes_nothing_is_no_step(session: Session) -> None:
    session.edit(replace(session.state), "nothing")
    assert session.undo_stack.count() == 0


def test_opening_another_picture_can_be_undone(session: Session) -> None:
    before = session.state.picture
    session.edit(session.state.with_picture(Picture(np.ones((2, 2, 3), np.uint8), "other")), "open")
    session.undo_stack.undo()
    assert session.state.picture is before


def blank(megabytes: int) -> Picture:
    return Picture(np.zeros((1000, megabytes * 1000, 1), np.uint8), "blank")


def open_(session: Session, picture: Picture) -> None:
    session.edit(session.state.with_picture(picture), f"open {picture.width}")


def kept_pictures(session: Session) -> int:
    """Walk back as far as it goes and return how many pictures were met, the present one included."""
    found = {id(session.state.picture)}
    while session.undo_stack.canUndo():
        session.undo_stack.undo()
        found.add(id(session.state.picture))
    return len(found)


def test_undo_keeps_pictures_up_to_a_number_of_bytes(session: Session) -> None:
    for _ in range(20):
        open_(session, blank(100))
    assert kept_pictures(session) == 6


def test_steps_of_one_large_picture_cost_nothing(session: Session) -> None:
    open_(session, blank(400))
    for value in range(2, 52):
        stride(session, value)
    assert session.undo_stack.count() == 51
    for _ in range(50):
        session.undo_stack.undo()
    assert session.state.settings.stride == (1, 1)


def test_forgetting_the_oldest_steps_keeps_the_others_as_they_are(session: Session) -> None:
    open_(session, blank(300))
    stride(session, 2, "stride")
    session.shift(1, 2, "shift")
    stride(session, 3, "stride")
    shown: list[str] = []
    session.undo_stack.undoTextChanged.connect(shown.append)
    changes: list[object] = []
    session.changed.connect(lambda before, state: changes.append(state))
    latest = blank(301)
    open_(session, latest)
    assert len(changes) == 1
    assert shown == ["open 301000"]
    assert session.state.picture is latest
    texts = [session.undo_stack.text(i) for i in range(session.undo_stack.count())]
    assert texts == ["shift", "stride", "open 301000"]
    session.undo_stack.undo()
    assert session.state.settings.stride == (3, 3)
    assert session.state.picture.width == 300_000
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (session.state.settings.stride, session.undo_stack.canUndo()) == ((2, 2), False)
    while session.undo_stack.canRedo():
        session.undo_stack.redo()
    assert session.state.picture is latest


def test_the_newest_step_stays_however_large_its_pictures(session: Session) -> None:
    open_(session, blank(600))
    open_(session, blank(601))
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.state.picture.width == 600_000


def test_moving_the_picture_keeps_no_copies_of_it(session: Session) -> None:
    values = np.arange(20, dtype=np.uint8).reshape(4, 5, 1)
    open_(session, Picture(values, "ramp"))
    for _ in range(30):
        session.shift(1, 2, "shift")
        session.end_gesture()
    assert session.undo_stack.count() == 31
    assert session.state.picture.values.tolist() == np.roll(values, (30, 60), (0, 1)).tolist()
    for steps in range(29, -1, -1):
        session.undo_stack.undo()
        expected = np.roll(values, (steps, 2 * steps), (0, 1))
        assert session.state.picture.values.tolist() == expected.tolist()


def test_moves_of_one_gesture_are_one_step_and_none_if_they_lead_back(session: Session) -> None:
    for _ in range(3):
        session.shift(0, 1, "shift")
    assert session.undo_stack.count() == 1
    session.shift(0, 2, "shift")
    assert session.undo_stack.count() == 0
    session.shift(4, 0, "shift")
    assert session.undo_stack.count() == 0


def test_a_gesture_that_leads_back_is_no_step(session: Session) -> None:
    first = session.state
    stride(session, 2, "drag")
    stride(session, 1, "drag")
    assert session.state == first
    assert session.undo_stack.count() == 0
    assert not session.undo_stack.canUndo()


def weight(session: Session, value: float) -> None:
    session.edit(session.state.with_kernel(np.full((3, 3), value)), "kernel", "kernel")


def test_weights_are_told_at_once_and_what_accompanies_them_together(session: Session, qtbot: QtBot) -> None:
    changed: list[State] = []
    refreshed: list[tuple[State, State]] = []
    session.changed.connect(lambda before, state: changed.append(state))
    session.refreshed.connect(lambda before, state: refreshed.append((before, state)))
    first = session.state
    for value in (2.0, 3.0, 4.0):
        weight(session, value)
    assert len(changed) == 3
    assert (refreshed, session.refreshing) == ([], True)
    qtbot.waitUntil(lambda: not session.refreshing)
    assert refreshed == [(first, session.state)]


def test_what_is_refreshed_goes_from_state_to_state_without_a_gap(session: Session) -> None:
    refreshed: list[tuple[State, State]] = []
    session.refreshed.connect(lambda before, state: refreshed.append((before, state)))
    first = session.state
    weight(session, 2.0)
    stride(session, 2)
    assert not session.refreshing
    assert refreshed == [(first, session.state)]
    between = session.state
    weight(session, 3.0)
    session.refresh()
    session.undo_stack.undo()
    session.refresh()
    assert [after for _, after in refreshed[1:]] == [session.state.with_kernel(np.full((3, 3), 3.0)), between]
    assert all(one[1] is other[0] for one, other in pairwise(refreshed))
