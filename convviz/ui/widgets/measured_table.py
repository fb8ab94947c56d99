"""A table whose columns are as wide as what is in them."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

# Of a thousand rows more would take longer than they are worth.
_ROWS_MEASURED = 64


class MeasuredTable(QTableView):
    """Measures its columns once after a change, and only while it is seen.

    Qt's own way, ``ResizeToContents``, measures them anew for each part of the table that a change is told:
    two dozen times for another style sheet, whether the table is on screen or not.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = True
        self._measuring = QTimer(self, singleShot=True, interval=0)
        self._measuring.timeout.connect(self.measure)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setResizeContentsPrecision(_ROWS_MEASURED)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show ``model``, and follow its changes."""
        super().setModel(model)
        if model is not None:
            for changed in (
                model.modelReset,
                model.layoutChanged,
                model.dataChanged,
                model.headerDataChanged,
                model.rowsInserted,
            ):
                changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self._due = True
        if self.isVisible():
            self._measuring.start()

    @Slot()
    def measure(self) -> None:
        """Give every column that does not stretch the width it needs."""
        self._measuring.stop()
        self._due = False
        header = self.horizontalHeader()
        for column in range(header.count()):
            if header.sectionResizeMode(column) is QHeaderView.ResizeMode.Fixed:
                self.resizeColumnToContents(column)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure what has changed meanwhile before it is seen."""
        if self._due:
            self.measure()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the fonts and the style."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_measuring"):
            self._follow()
