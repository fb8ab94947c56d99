"""The line in which a kernel's cell is typed, over the cell or below the grid."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from convviz.ui.widgets.number_field import NumberField

_Key = Qt.Key


class CellEditor(NumberField):
    """A number field that hands on to the next cell: Enter down, Tab right, with Shift the other way.

    Parameters
    ----------
    parent : QWidget
        Owner.
    tabs : bool
        Whether Tab goes to the next cell; otherwise it leaves the field as everywhere.
    """

    # Editing is over and the selection should move by so many rows and columns.
    moved_on = Signal(int, int)
    # The focus has gone elsewhere; nothing.
    left = Signal()

    def __init__(self, parent: QWidget, *, tabs: bool) -> None:
        super().__init__(parent)
        self._tabs = tabs

    def start(self, event: QKeyEvent | None = None) -> None:
        """Take the focus with everything selected; ``event``, a key typed into the grid, replaces it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()
        if event is not None:
            self.keyPressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on after Enter and Esc."""
        key = event.key()
        is_enter = key in (_Key.Key_Return, _Key.Key_Enter)
        super().keyPressEvent(event)
        if is_enter and self.problem() is None:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.moved_on.emit(-1 if back else 1, 0)
        elif key == _Key.Key_Escape:
            event.accept()
            self.moved_on.emit(0, 0)

    def keeps_escape(self) -> bool:
        """Return True: Esc always ends the editing of a cell."""
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's spelling
        """Go to the neighbouring cell with Tab."""
        if not self._tabs:
            return super().focusNextPrevChild(forward)
        self.moved_on.emit(0, 1 if forward else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the focus has gone, unless only to the field's own menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
