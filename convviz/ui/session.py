"""The session: one immutable state, and the stack that undoes and redoes every change of it."""

import time
from abc import abstractmethod
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from convviz.core.picture import Picture
from convviz.core.specs import Pair
from convviz.ui.state import State
from convviz.ui.undo import push

# Changes of one field closer together than this are one step to undo: a drag, a spin, a burst of typing.
GESTURE_SECONDS = 0.6
UNDO_LIMIT = 500
# What the pictures that only undo and redo still need may take; steps of the same picture share it.
UNDO_BYTES = 512_000_000
# How long what only accompanies the picture may wait while numbers are dragged.
REFRESH_MS = 50


class Session(QObject):
    """Holds the state and changes it, step by step.

    Parameters
    ----------
    state : State
        The first state; undo goes no further back.
    parent : QObject, optional
        Owner.
    """

    changed = Signal(object, object)  # the state before, the state now
    # The same for what need not stand between the hand and the picture: while only weights and biases change,
    # one signal for all changes of up to REFRESH_MS.
    refreshed = Signal(object, object)

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        # The state that was last told of as refreshed.
        self._told = state
        self._weighed: Picture | None = None
        self._refresh_timer = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh_timer.timeout.connect(self.refresh)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)

    @property
    def state(self) -> State:
        """The state in force."""
        return self._state

    def edit(self, state: State, text: str, gesture: str = "") -> None:
        """Make ``state`` the one in force, as one step to undo.

        Parameters
        ----------
        state : State
            The new state; nothing happens if it equals the present one.
        text : str
            What the step is called in the Edit menu, translated.
        gesture : str
            Steps with the same non-empty gesture within 0.6 s of each other are undone together; if they lead
            back to where they began, there is no step.
        """
        if state == self._state:
            return
        push(self.undo_stack, _Change(self, self._state, state, text, gesture))
        if self._weighed is not state.picture:
            self._weighed = state.picture
            self._bound_undo()

    def shift(self, down: int, right: int, text: str) -> None:
        """Move the picture by whole pixels, as one step to undo that keeps no picture.

        Parameters
        ----------
        down, right : int
            Rows and columns to move by; what leaves at one edge comes in at the other.
        text : str
            What the step is called in the Edit menu, translated.
        """
        if not _is_whole_turn(self._state.picture, (down, right)):
            push(self.undo_stack, _Shift(self, (down, right), text))

    def end_gesture(self) -> None:
        """Let the next change start a new step to undo, however soon it comes."""
        top = self.undo_stack.command(self.undo_stack.count() - 1) if self.undo_stack.count() else None
        if isinstance(top, _Step):
            top.close()

    def apply(self, state: State) -> None:
        """Put ``state`` in force without a step to undo; for the undo commands themselves."""
        before, self._state = self._state, state
        self.changed.emit(before, state)
        if not state.is_like(before):
            self.refresh()
        elif not self._refresh_timer.isActive():
            # Not started anew by every change: a drag would put it off until it ends.
            self._refresh_timer.start()

    @property
    def refreshing(self) -> bool:
        """Whether ``refreshed`` is still to come."""
        return self._refresh_timer.isActive()

    @Slot()
    def refresh(self) -> None:
        """Bring everything in line with the state now, as it would be after a short rest."""
        self._refresh_timer.stop()
        before, self._told = self._told, self._state
        self.refreshed.emit(before, self._state)

    def _bound_undo(self) -> None:
        """Forget the oldest steps while the pictures that only they keep take more than UNDO_BYTES."""
        stack = self.undo_stack
        commands = [stack.command(index) for index in range(stack.count())]
        steps = [command for command in commands if isinstance(command, _Step)]
        seen, size = {id(self._state.picture.values)}, 0
        for kept, step in enumerate(reversed(steps)):
            for values in step.pictures():
                size += 0 if id(values) in seen else values.nbytes
                seen.add(id(values))
            # The newest step stays in any case: nobody should lose a picture to opening another.
            if size > UNDO_BYTES and kept:
                self._keep(steps[-kept:])
                return

    def _keep(self, steps: "list[_Step]") -> None:
        """Forget all steps but these, the newest. Qt cannot drop single ones: the stack is written anew."""
        copies = [step.copy() for step in steps]
        # To whoever listens nothing has happened: what can be undone next is what it was.
        blocked = self.undo_stack.blockSignals(True)
        self.undo_stack.clear()
        for copy in copies:
            self.undo_stack.push(copy)
        self.undo_stack.blockSignals(blocked)


def _is_whole_turn(picture: Picture, offset: Pair) -> bool:
    """Whether moving ``picture`` by ``offset`` brings every pixel back to its place."""
    return offset[0] % picture.height == 0 and offset[1] % picture.width == 0


class _Step(QUndoCommand):
    """What can be undone; neighbours of one gesture merge into one step."""

    def __init__(self, session: Session, text: str, gesture: str) -> None:
        super().__init__(text)
        self._session, self._gesture = session, gesture
        self._time = time.monotonic()
        self._is_done = False

    def redo(self) -> None:
        # The stack does what is pushed; a copy of what has been done is not done again.
        if not self._is_done:
            self._do()
        self._is_done = False

    def close(self) -> None:
        """Let nothing more merge into this step."""
        self._gesture = ""

    def pictures(self) -> tuple[NDArray[Any], ...]:
        """Return the arrays this step keeps in memory."""
        return ()

    def copy(self) -> "_Step":
        """Return the same step, done and closed, to be pushed again."""
        copy = self._copy()
        copy.close()
        copy._is_done = True
        return copy

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or not self._gesture or other._gesture != self._gesture:
            return False
        if other._time - self._time > GESTURE_SECONDS or not self._absorb(other):
            return False
        self._time = other._time
        return True

    # Qt's metaclass leaves no room for ABC's; the type checker sees to it that each kind of step has these.

    @abstractmethod
    def _do(self) -> None:
        """Put in force what this step leads to."""

    @abstractmethod
    def _copy(self) -> "_Step":
        """Return the same step, not done yet."""

    @abstractmethod
    def _absorb(self, other: "_Step") -> bool:
        """Lead to where ``other`` leads, if it is of the same kind; obsolete if that is where this began."""


class _Change(_Step):
    """From one state to another."""

    def __init__(self, session: Session, before: State, after: State, text: str, gesture: str) -> None:
        super().__init__(session, text, gesture)
        self._before, self._after = before, after

    def undo(self) -> None:
        self._session.apply(self._before)

    def pictures(self) -> tuple[NDArray[Any], ...]:
        return self._before.picture.values, self._after.picture.values

    def _do(self) -> None:
        self._session.apply(self._after)

    def _copy(self) -> _Step:
        return _Change(self._session, self._before, self._after, self.text(), "")

    def _absorb(self, other: _Step) -> bool:
        if not isinstance(other, _Change):
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


class _Shift(_Step):
    """The picture moved; moving it back needs no copy of it."""

    def __init__(self, session: Session, offset: Pair, text: str) -> None:
        super().__init__(session, text, "shift")
        self._offset = offset

    def undo(self) -> None:
        self._move(-1)

    def _do(self) -> None:
        self._move(1)

    def _move(self, sign: int) -> None:
        state = self._session.state
        down, right = self._offset
        self._session.apply(state.with_picture(state.picture.shifted(sign * down, sign * right)))

    def _copy(self) -> _Step:
        return _Shift(self._session, self._offset, self.text())

    def _absorb(self, other: _Step) -> bool:
        if not isinstance(other, _Shift):
            return False
        self._offset = self._offset[0] + other._offset[0], self._offset[1] + other._offset[1]
        self.setObsolete(_is_whole_turn(self._session.state.picture, self._offset))
        return True
