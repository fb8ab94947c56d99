"""The line in which the number of a cell is typed, in place."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from convviz.core.text import Problem
from convviz.files.matrices import parse_number
from convviz.ui.language import say
from convviz.ui.widgets.number_limit import check_numbers

_Key = Qt.Key
# Rows and columns to go on by.
_MOVES = {
    _Key.Key_Return: (1, 0),
    _Key.Key_Enter: (1, 0),
    _Key.Key_Tab: (0, 1),
    _Key.Key_Backtab: (0, -1),
}
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class PaneEditor(QLineEdit):
    """Edits one number; what is not a number is explained, and editing goes on.

    Parameters
    ----------
    parent : QWidget
        The pane.
    """

    committed = Signal(float, int, int)  # the number, and by how many rows and columns to go on
    refused = Signal(str)  # why what was typed is not a number; editing goes on
    left = Signal()  # editing is over without a number

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pane-cell-editor")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._over = False
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        self.setAccessibleName(self.tr("Value of the cell"))
        self.setToolTip(self.tr("Enter: the cell below. Tab: the next cell. Esc: leave it as it was."))

    def event(self, event: QEvent) -> bool:
        """Keep Tab, Enter and Esc from the window while a number is typed."""
        if isinstance(event, QKeyEvent) and event.key() in (*_MOVES, _Key.Key_Escape):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._finish(event)
            return True
        return super().event(event)

    def _finish(self, event: QKeyEvent) -> None:
        if event.key() == _Key.Key_Escape:
            self._leave()
            return
        rows, columns = _MOVES[_Key(event.key())]
        back = event.key() != _Key.Key_Backtab and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._commit(-rows if back else rows, -columns if back else columns)

    def _commit(self, rows: int, columns: int) -> None:
        try:
            value = self._number()
        except Problem as problem:
            self.refused.emit(say(problem.sentence))
            self.selectAll()
            return
        self._over = True
        self.committed.emit(value, rows, columns)

    def _number(self) -> float:
        value = parse_number(self.text())
        check_numbers(value)
        return value

    def _leave(self) -> None:
        self._over = True
        self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the number when the focus goes elsewhere; without a number, leave the cell as it was."""
        super().focusOutEvent(event)
        if self._over or event.reason() in _STAYS:
            return
        try:
            value = self._number()
        except Problem:
            self._leave()
            return
        self._over = True
        self.committed.emit(value, 0, 0)
