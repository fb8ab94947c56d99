"""What number fields and kernel cells share: steps, dragging like a knob, and when a gesture is over."""

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent

from convviz.ui import theme

PAUSE_MS = 600
# A number half typed acts after this, where every number acts at a price.
TYPING_PAUSE_MS = 700
DRAG_PX = 8.0
_NOTCH = 120
_Modifier = Qt.KeyboardModifier


def step_size(modifiers: Qt.KeyboardModifier) -> float:
    """Return the step of a spin: 1, with Shift 0.1, with Ctrl 10."""
    if modifiers & _Modifier.ShiftModifier:
        return 0.1
    return 10.0 if modifiers & _Modifier.ControlModifier else 1.0


def stepped(value: float, steps: float) -> float:
    """Return ``value + steps`` without the dust of binary fractions: 0.1 three times is 0.3.

    A value that is no short decimal, such as 1/9, keeps all its digits.
    """
    total = value + steps
    short = round(total, 6)
    return (short if abs(short - total) < 1e-9 else total) + 0.0


def is_undo(event: QKeyEvent) -> bool:
    """Return whether a key means undo or redo, which fields leave to the window."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class WheelSteps:
    """Whole notches out of a wheel or touchpad, which may report parts of one."""

    def __init__(self) -> None:
        self._rest = 0

    def take(self, event: QWheelEvent) -> int:
        """Return the notches completed by ``event``, positive away from the user."""
        delta = event.angleDelta()
        # With Alt held, some platforms turn the wheel sideways.
        self._rest += delta.y() or delta.x()
        notches = int(self._rest / _NOTCH)
        self._rest -= notches * _NOTCH
        return notches


class Scrub:
    """A number dragged with the mouse: up or right is more, one step per 8 design pixels.

    Nothing happens before the pointer has left a small circle, so that a click remains a click.
    """

    def __init__(self) -> None:
        self._last: QPointF | None = None
        self._rest = 0.0
        self.moving = False

    def press(self, position: QPointF) -> None:
        """Start at ``position``."""
        self._last, self._rest, self.moving = position, 0.0, False

    def move(self, position: QPointF) -> int:
        """Return the steps completed on the way to ``position``."""
        if self._last is None:
            return 0
        way = position - self._last
        if not self.moving:
            if max(abs(way.x()), abs(way.y())) < theme.current().px(DRAG_PX) / 2:
                return 0
            self.moving = True
        self._last = position
        self._rest += (way.x() - way.y()) / theme.current().px(DRAG_PX)
        steps = int(self._rest)
        self._rest -= steps
        return steps

    def release(self) -> bool:
        """End the drag and return whether it was one rather than a click."""
        was_drag, self._last, self.moving = self.moving, None, False
        return was_drag


class Gesture(QObject):
    """Groups changes into one undo step: a drag, a spin, a word typed.

    Parameters
    ----------
    parent : QObject
        Owner.
    """

    # The changes since the last emission belong together; nothing.
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._open = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.finish)

    @property
    def is_open(self) -> bool:
        """Whether something has changed since the last gesture ended."""
        return self._open

    def touch(self, *, held: bool = False) -> None:
        """Note a change; ``held`` while a mouse button is down, when a pause does not end the gesture."""
        self._open = True
        if held:
            self._pause.stop()
        else:
            self._pause.start()

    def finish(self) -> None:
        """End the gesture, if one is open."""
        self._pause.stop()
        if self._open:
            self._open = False
            self.finished.emit()


class Deferral(QObject):
    """A number typed that waits until the typing is over, or has paused.

    Parameters
    ----------
    parent : QObject
        Owner.
    """

    # The number, after a pause or when it is taken.
    due = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: float | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.take)

    def put(self, value: float) -> None:
        """Let ``value`` wait, in place of what waits already."""
        self._waiting = value
        self._pause.start()

    def take(self) -> None:
        """Announce what waits, now."""
        value = self._waiting
        self.drop()
        if value is not None:
            self.due.emit(value)

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting = None
        self._pause.stop()
