"""A number that is typed, spun and dragged, and acts at every change."""

import math

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from convviz.core.limits import MAX_WEIGHT
from convviz.core.numbers import Amount, format_weight
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.matrices import parse_number
from convviz.ui.widgets.gestures import Deferral, Gesture, Scrub, WheelSteps, is_undo, step_size, stepped
from convviz.ui.widgets.number_limit import out_of_range
from convviz.ui.widgets.number_line import NumberLine

_Key = Qt.Key


class NumberField(NumberLine):
    """A line for one number; fractions such as 1/9 may be typed.

    Up and Down add and take away 1, with Shift 0.1, with Ctrl 10; so does the wheel over the field that has
    the focus, and so does dragging, one step per 8 design pixels up or right. Every change is announced at
    once. Text that is no number leaves the last good value in force, under an amber border with the reason
    as its tooltip; Esc goes back to the value before typing. Ctrl+Z is left to the window. A deferred field
    takes typed numbers only with Enter, when the focus goes, or once typing has paused.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The new value, at every keystroke, spin and drag that changes it.
    value_changed = Signal(float)
    # The changes so far are one undo step: Enter, focus lost, mouse released, or 600 ms without a change.
    gesture_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = 0.0
        self._before_typing = 0.0
        self._typing = False
        self._low, self._high = -MAX_WEIGHT, MAX_WEIGHT
        self._whole = self._deferred = False
        self._deferral = Deferral(self)
        self._deferral.due.connect(self._change)
        self._scrub, self._wheel = Scrub(), WheelSteps()
        self._select_on_release = False
        self._gesture = Gesture(self)
        self._gesture.finished.connect(self.gesture_finished)
        self.textEdited.connect(self._typed)
        self._show_value()
        self._restyle()
        self.retranslate()

    def value(self) -> float:
        """Return the value in force, which is the last good one while the text is none."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show ``value`` without announcing it; text being typed that already means it stays as it is."""
        if value == self._value:
            return
        self._value = value
        self._show_value()

    def set_range(self, low: float, high: float) -> None:
        """Accept values from ``low`` to ``high``; spinning stops there, typing beyond is refused.

        Nothing beyond ±10³⁰ is accepted in any case.
        """
        self._low, self._high = max(low, -MAX_WEIGHT), min(high, MAX_WEIGHT)

    def set_whole(self, digits: int) -> None:
        """Accept whole numbers only, and be as narrow as so many digits."""
        self._whole, self._digits = True, digits
        self.retranslate()
        self.updateGeometry()

    def set_deferred(self, deferred: bool) -> None:
        """Let typed numbers wait for Enter, the focus going, or a pause, instead of acting at every key."""
        self._deferral.take()
        self._deferred = deferred

    def keeps_escape(self) -> bool:
        """Return whether Esc does something here; otherwise it is left to the window."""
        return self._typing

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        whole = self.tr(
            "A whole number. ↑ and ↓ change it by 1, with Ctrl by 10; so do the mouse wheel and dragging. "
            "Esc takes back what was typed."
        )
        self._help = self.tr(
            "A number or a fraction such as 1/9. ↑ and ↓ change it by 1, with Shift by 0.1, with Ctrl by 10; "
            "so do the mouse wheel and dragging. Esc takes back what was typed."
        )
        if self._whole:
            self._help = whole
        if self._typing:
            self._say_problem()
        else:
            self._show_value()

    # Values in

    def _typed(self, text: str) -> None:
        if not self._typing:
            self._typing, self._before_typing = True, self._value
        try:
            value = parse_number(text)
            self._check_range(value)
        except Problem as problem:
            self._problem = problem.sentence
            self._deferral.drop()
        else:
            self._problem = None
            if self._deferred:
                self._deferral.put(value)
            else:
                self._change(value)
        self._say_problem()

    def _check_range(self, value: float) -> None:
        inside = self._low <= value <= self._high
        if self._whole and not (inside and value.is_integer()):
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "The number must be whole and from {low} to {high}."),
                low=Amount(self._low),
                high=Amount(self._high),
            )
        if not inside:
            raise out_of_range(self._low, self._high)

    def _change(self, value: float, *, held: bool = False) -> None:
        if value != self._value:
            self._value = value
            self._gesture.touch(held=held)
            self.value_changed.emit(value)

    def _step(self, steps: float, *, held: bool = False) -> None:
        self._deferral.take()
        if self._whole and abs(steps) < 1:
            steps = math.copysign(1.0, steps)
        value = min(max(stepped(self._value, steps), self._low), self._high)
        self._change(value, held=held)
        self._show_value()

    def _show_value(self) -> None:
        self._deferral.drop()
        self._typing, self._problem = False, None
        self.setText(format_weight(self._value))
        self._say_problem()

    def _restore(self) -> None:
        self._deferral.drop()
        self._change(self._before_typing)
        self._show_value()
        self._gesture.finish()

    def _commit(self) -> None:
        self._deferral.take()
        if self._problem is None:
            self._show_value()
            self.selectAll()
        else:
            self._refuse()
        self._gesture.finish()

    # Events

    def event(self, event: QEvent) -> bool:
        """Keep the arrows, and Esc while typing, from the window's shortcuts; leave undo to them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = event.key()
            if is_undo(event):
                self._deferral.take()
                event.ignore()
                return False
            if key in (_Key.Key_Up, _Key.Key_Down) or (key == _Key.Key_Escape and self.keeps_escape()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Spin, commit and restore; type everything else."""
        key = event.key()
        if is_undo(event):
            event.ignore()
        elif key in (_Key.Key_Up, _Key.Key_Down):
            self._step(step_size(event.modifiers()) * (1 if key == _Key.Key_Up else -1))
            self.selectAll()
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            self._commit()
        elif key == _Key.Key_Escape:
            if self._typing:
                self._restore()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Spin with the focus; without it, let the panel scroll."""
        if not self.hasFocus():
            event.ignore()
            return
        if notches := self._wheel.take(event):
            self._step(step_size(event.modifiers()) * notches)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be ready to drag."""
        if event.button() == Qt.MouseButton.LeftButton and not self._typing:
            self._scrub.press(event.position())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn the value like a knob; while text is being typed, select in it."""
        if not event.buttons() & Qt.MouseButton.LeftButton or self._typing:
            super().mouseMoveEvent(event)
            return
        if steps := self._scrub.move(event.position()):
            self._step(steps * step_size(event.modifiers()), held=True)
        if self._scrub.moving:
            self.setCursor(Qt.CursorShape.SizeVerCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag, or select everything after the click that brought the focus."""
        super().mouseReleaseEvent(event)
        if self._scrub.release():
            self.setCursor(Qt.CursorShape.IBeamCursor)
            self._gesture.finish()
        elif self._select_on_release:
            self.selectAll()
        self._select_on_release = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the whole number, sign and fraction included."""
        self._scrub.release()
        self.selectAll()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select everything once a click that brought the focus is over."""
        super().focusInEvent(event)
        self._select_on_release = event.reason() == Qt.FocusReason.MouseFocusReason

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the value in force; the field's own menu does not end typing."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._deferral.take()
            self._show_value()
            self._gesture.finish()
