"""The closed list of networks, in which nothing but a choice in the open list is a choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

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

    def width_for(self, text: str) -> int:
        """Return how wide the closed list is that shows ``text`` whole, and no wider."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = QRect(QPoint(), self.sizeHint())
        # The width is measured in whole pixels, and cut by fractions of them.
        return self.fontMetrics().horizontalAdvance(text) + 1 + option.rect.width() - self._room(option)

    def _room(self, option: QStyleOptionComboBox) -> int:
        """Return how much of a closed list there is for a name: its field less a pixel at either side."""
        control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(control, option, field, self).width() - 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the closed list; a name that is too long for it ends in dots, not in half a letter."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        mode = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, mode, self._room(option))
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

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
