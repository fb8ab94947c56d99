"""The place beside the maps for what is tried out with the network."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from convviz.ui import theme
from convviz.ui.rooms.kernel_trial import KernelTrial
from convviz.ui.rooms.shift_card import ShiftCard
from convviz.ui.rooms.unit_card import UnitCard

WIDTH_PX = 250


class NetworkTools(QScrollArea):
    """One card at a time, or nothing; where the room is low it scrolls.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network-tools")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.trial, self.shift, self.unit = KernelTrial(), ShiftCard(), UnitCard()
        self._cards = (self.trial, self.shift, self.unit)
        self._place = QWidget(self)
        # Not a stack, which is as wide as its widest page, even one that is hidden and out of date.
        layout = QVBoxLayout(self._place)
        layout.setContentsMargins(0, 0, 0, 0)
        for card in self._cards:
            layout.addWidget(card)
            card.hide()
        self.setWidget(self._place)
        self.trial.extent_changed.connect(self._fit)
        self.trial.grid.cells().selection_changed.connect(self._reveal)
        self.hide()
        self._restyle()

    def beside(self, stack: QWidget) -> QHBoxLayout:
        """Return a layout with this at the left of ``stack``."""
        layout = QHBoxLayout()
        layout.setSpacing(10)
        layout.addWidget(self)
        layout.addWidget(stack, 1)
        return layout

    def bring(self, card: QWidget, *, wanted: bool) -> None:
        """Show a card, or no longer."""
        if wanted:
            for each in self._cards:
                each.setVisible(each is card)
            self._fit()
            self.show()
        elif not card.isHidden():
            card.hide()
            self.hide()

    @Slot(int, int)
    def _reveal(self, row: int, column: int) -> None:
        """Bring the cell that is selected into sight."""
        cells = self.trial.grid.cells()
        box = cells.cell_rect(row, column)
        place = cells.mapTo(self._place, box.center())
        self.ensureVisible(place.x(), place.y(), 0, box.height())

    def event(self, event: QEvent) -> bool:
        """Follow a card whose texts have become wider, as in another language."""
        if event.type() == QEvent.Type.LayoutRequest and self._theme is not None:
            self._fit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self._fit()

    def _fit(self) -> None:
        """Give the card the width it wants, or the least it needs beside the scroll bar."""
        px = theme.current().px
        width = px(WIDTH_PX if self.trial.isHidden() else self.trial.wanted_width)
        bar = self.verticalScrollBar().sizeHint().width()
        least = max(
            (card.minimumSizeHint().width() for card in self._cards if not card.isHidden()), default=0
        )
        self.setFixedWidth(max(width, least + bar))
        if not self.shift.isHidden():
            self.shift.fit(self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the height."""
        super().resizeEvent(event)
        if not self.shift.isHidden():
            self.shift.fit(self.viewport().height())
