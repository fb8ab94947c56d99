"""The closed list of networks, in which nothing but a choice in the open list is a choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from convviz.ui import theme

_Key = Qt.Key
_MOVES = (_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Home, _Key.Key_End)

# Where the model of a combo box keeps the flags of an entry (QStandardItem::setFlags).
_FLAGS = Qt.ItemDataRole.UserRole - 1


@dataclass(frozen=True)
class Choice:
    """A network to choose: how it is called, under which heading it stands, and more about it."""

    key: str
    title: str
    heading: str
    tip: str = ""


class NetworkChooser(QComboBox):
    """A list that opens before it moves.

    Some of its entries ask for a file, or whether a program may run, and all take seconds: a key or the wheel
    on the closed list is not to come upon one by accident.

    Parameters
    ----------
    name : str
        Object name.
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[tuple[Choice, ...], theme.Theme] | None = None
        self.setObjectName(name)
        self.setMaxVisibleItems(24)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these networks, under their headings in the order given; none is the chosen one then.

        The entries are Qt's: it keeps them, and lets go of them, without objects of Python's about them.
        """
        offered = tuple(choices), theme.current()
        if offered == self._offered:
            # With every network that is opened they come again.
            return
        self._offered = offered
        self.clear()
        heading = ""
        for choice in choices:
            if choice.heading != heading:
                heading = choice.heading
                self._add_heading(heading)
            self.addItem(choice.title, choice.key)
            self.setItemData(self.count() - 1, choice.tip, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(-1)

    def _add_heading(self, heading: str) -> None:
        self.addItem(heading)
        row = self.count() - 1
        self.setItemData(row, Qt.ItemFlag.NoItemFlags.value, _FLAGS)
        self.setItemData(row, theme.current().words(13, bold=True), Qt.ItemDataRole.FontRole)

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
