"""The session: one immutable state, and the stack that undoes and redoes every change of it."""

import time

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from convviz.ui.state import State

# Changes of one field closer together than this are one step to undo: a drag, a spin, a burst of typing.
GESTURE_SECONDS = 0.6
UNDO_LIMIT = 500


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

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
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
            Steps with the same non-empty gesture within 0.6 s of each other are undone together.
        """
        if state != self._state:
            self.undo_stack.push(_Change(self, self._state, state, text, gesture))

    def end_gesture(self) -> None:
        """Let the next change start a new step to undo, however soon it comes."""
        top = self.undo_stack.command(self.undo_stack.count() - 1) if self.undo_stack.count() else None
        if isinstance(top, _Change):
            top.close()

    def apply(self, state: State) -> None:
        """Put ``state`` in force without a step to undo; for the undo commands themselves."""
        before, self._state = self._state, state
        self.changed.emit(before, state)


class _Change(QUndoCommand):
    """From one state to another; neighbours of one gesture merge into one."""

    def __init__(self, session: Session, before: State, after: State, text: str, gesture: str) -> None:
        super().__init__(text)
        self._session, self._before, self._after = session, before, after
        self._gesture, self._time = gesture, time.monotonic()

    def redo(self) -> None:
        self._session.apply(self._after)

    def undo(self) -> None:
        self._session.apply(self._before)

    def close(self) -> None:
        """Let nothing more merge into this step."""
        self._gesture = ""

    def id(self) -> int:
        return 1 if self._gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other._gesture != self._gesture:
            return False
        if other._time - self._time > GESTURE_SECONDS:
            return False
        self._after, self._time = other._after, other._time
        return True
