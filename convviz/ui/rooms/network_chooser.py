"""The closed list of networks, in which nothing but a choice in the open list is a choice."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

_Key = Qt.Key
_MOVES = (_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Home, _Key.Key_End)


class NetworkChooser(QComboBox):
    """A list that opens before it moves.

    Some of its entries ask for a file, or whether a program may run, and all take seconds: a key or the wheel
    on the closed list is not to come upon one by accident.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network")
        self.setMaxVisibleItems(24)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list for a key that would move in it; letters then look for a network there."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        searches = event.text().isprintable() and bool(event.text().strip())
        if event.key() in _MOVES or (plain and searches):
            self.showPopup()
            if searches:
                QCoreApplication.sendEvent(self.view(), event)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies below."""
        event.ignore()
