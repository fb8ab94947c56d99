"""A button with a menu of playing speeds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from convviz.core.numbers import format_number
from convviz.ui.widgets.player import SPEEDS


class SpeedButton(QToolButton):
    """Shows the speed, and offers the others of :data:`convviz.ui.widgets.player.SPEEDS`.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The speed the user has chosen, if it is another than before.
    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport-speed")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._speeds: dict[float, QAction] = {}
        for speed in SPEEDS:
            action = self._menu.addAction(f"{format_number(speed)}×")
            action.setObjectName(f"transport-speed-{speed:g}")
            action.setCheckable(True)
            action.setData(speed)
            self._group.addAction(action)
            self._speeds[speed] = action
        self._group.triggered.connect(self._triggered)
        self.setMenu(self._menu)
        self._speed = 1.0
        self.set_speed(self._speed)
        self.retranslate()

    def set_speed(self, speed: float) -> None:
        """Show ``speed`` as the one in force, without announcing it.

        Raises
        ------
        KeyError
            If it is not offered.
        """
        self._speeds[speed].setChecked(True)
        self.setText(self._speeds[speed].text())
        self._speed = speed

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setToolTip(self.tr("Speed of playing"))
        self.setAccessibleName(self.tr("Speed of playing"))

    def _triggered(self, action: QAction) -> None:
        speed = float(action.data())
        if speed != self._speed:
            self.set_speed(speed)
            self.chosen.emit(speed)
