"""The table of layers: everything countable about each, sortable and copyable."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from convviz.core.number_style import number_style
from convviz.core.shown import grouped
from convviz.nets.records import Architecture, Layer
from convviz.ui import theme
from convviz.ui.layer_text import LayerText, shape_text
from convviz.ui.widgets.measured_table import MeasuredTable

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_Key = Qt.Key
_NAME, _KIND, _OUTPUT, _MULTIPLY_ADDS = 1, 2, 3, 5
_NUMERIC = (0, 4, 5, 7)
# The text of a cell as it is where there is room for it.
_WHOLE = _Role.UserRole + 1
# A table narrower than this, at a desk, is brief if weights and multiply-adds would be out of sight.
_NARROW_PX = 600
_BRIEF_PX, _LEAST_KIND_PX = 14, 80


def stride_of(layer: Layer) -> int | None:
    """Return how many input cells lie between neighbouring cells of a layer's maps; None for no map."""
    return None if layer.fields is None else layer.fields[0].jump


class LayerModel(QAbstractTableModel):
    """One row per layer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = LayerText(self)
        self._layers: tuple[Layer, ...] = ()
        self._brief = False
        self._columns: tuple[Callable[[Layer], object], ...] = (
            lambda layer: layer.index + 1,
            lambda layer: layer.name,
            self._text.kind,
            lambda layer: shape_text(layer.shape),
            lambda layer: layer.weights,
            lambda layer: layer.multiply_adds,
            self._text.field_size,
            lambda layer: stride_of(layer) or 0,
        )

    def set_architecture(self, architecture: Architecture | None) -> None:
        """Show the layers of ``architecture``; None shows none."""
        self.beginResetModel()
        self._layers = architecture.layers if architecture is not None else ()
        self.endResetModel()

    def set_brief(self, brief: bool) -> None:
        """Write kinds as on the cards, such as ``conv 3×3``, and shapes without spaces."""
        if brief is not self._brief:
            self._brief = brief
            self._tell_all()

    def headings(self) -> tuple[str, ...]:
        """Return what stands above the columns."""
        return (
            "#",
            self.tr("Name"),
            self.tr("Kind"),
            self.tr("Output"),
            self.tr("Weights"),
            self.tr("Multiply-adds"),
            self.tr("Receptive field"),
            self.tr("Stride"),
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of layers."""
        return 0 if parent.isValid() else len(self._layers)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return the text of a cell, or by what it is sorted."""
        layer, column = self._layers[index.row()], index.column()
        if role == _Role.DisplayRole and self._brief and column in (_KIND, _OUTPUT):
            return self._text.title(layer) if column == _KIND else shape_text(layer.shape).replace(" ", "")
        if role in (_Role.DisplayRole, _WHOLE):
            value = self._columns[column](layer)
            return (grouped(value) if value else "") if isinstance(value, int) else value
        if role == _Role.ToolTipRole and self._brief and column == _KIND:
            return f"{layer.name}: {self._text.kind(layer)}"
        if role == _Role.UserRole:
            return self._sorted_by(layer, column)
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMERIC else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.FontRole and column not in (1, 2):
            return theme.current().digits(_BRIEF_PX)
        if role == _Role.FontRole and self._brief:
            return theme.current().words(_BRIEF_PX)
        return None

    def _sorted_by(self, layer: Layer, column: int) -> object:
        if column == 3:
            size = 1
            for length in layer.shape:
                size *= length
            return size
        if column == 6:
            return -1 if layer.fields is None else layer.fields[0].size * layer.fields[1].size
        return self._columns[column](layer)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return what stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self.headings()[section]
        return None

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self._tell_all()

    def _tell_all(self) -> None:
        if self._layers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._layers) - 1, len(self._columns) - 1))


class LayerTable(MeasuredTable):
    """The layers of a network in rows; a click on a heading sorts, Ctrl+C copies what is selected.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # index of the layer the user has chosen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layer-table")
        self.layers = LayerModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.layers)
        self._sorted.setSortRole(_Role.UserRole)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self._quiet = False
        # How wide everything up to the multiply-adds is, once that is measured.
        self._whole_width = 0
        self.horizontalHeader().sortIndicatorChanged.connect(self._follow)
        self.retranslate()

    def set_architecture(self, architecture: Architecture | None) -> None:
        """Show the layers of ``architecture``; None shows none."""
        self._quiet = True
        self.layers.set_architecture(architecture)
        self._quiet = False

    def set_chosen(self, layer: int) -> None:
        """Select the row of ``layer``, without announcing it; none for the input."""
        self._quiet = True
        if layer < 0:
            self.clearSelection()
        elif layer < self.layers.rowCount():
            index = self._sorted.mapFromSource(self.layers.index(layer, 0))
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
        self._quiet = False

    # Where there is little room

    @property
    def brief(self) -> bool:
        """Whether names are left out and kinds are short, so that weights and multiply-adds are in sight."""
        return self.isColumnHidden(_NAME)

    def measure(self) -> None:
        """Give every column the width it needs; be brief if they are too many for a narrow table."""
        self._set_brief(False)
        super().measure()
        self._whole_width = sum(self.columnWidth(column) for column in range(_MULTIPLY_ADDS + 1))
        if self._is_too_narrow():
            self._set_brief(True)
            self._measure_brief()
        # Its own changes are no reason to measure again.
        self._measuring.stop()
        self._due = False

    def _is_too_narrow(self) -> bool:
        width = self.viewport().width()
        return width < min(self._whole_width, theme.current().px(_NARROW_PX))

    def _set_brief(self, brief: bool) -> None:
        if brief is not self.brief:
            self.setColumnHidden(_NAME, brief)
            self.layers.set_brief(brief)
            # The numbers at the end of a kind say more than the letters before them.
            middle, right = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
            self.setTextElideMode(middle if brief else right)
            # What it looks like is in the style sheet.
            self.setProperty("brief", brief)
            for part in (self, self.horizontalHeader()):
                part.style().unpolish(part)
                part.style().polish(part)

    def _measure_brief(self) -> None:
        """Keep no place for arrows beside headings that have none; what is left over is for the kind."""
        header = self.horizontalHeader()
        sorted_by = header.sectionSizeHint(header.sortIndicatorSection())
        header.setSortIndicatorShown(False)
        hints = {c: header.sectionSizeHint(c) for c in range(header.count()) if c != _NAME}
        header.setSortIndicatorShown(True)
        hints[header.sortIndicatorSection()] = sorted_by
        widths = {column: max(hint, self.sizeHintForColumn(column)) for column, hint in hints.items()}
        others = sum(
            width for column, width in widths.items() if column <= _MULTIPLY_ADDS and column != _KIND
        )
        least = theme.current().px(_LEAST_KIND_PX)
        widths[_KIND] = min(widths[_KIND], max(self.viewport().width() - others, least))
        for column in range(header.count() - 1):
            if column in widths:
                self.setColumnWidth(column, widths[column])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew where there is room for more, or for less."""
        super().resizeEvent(event)
        is_other = event.size().width() != event.oldSize().width()
        if self._whole_width and is_other and (self.brief or self._is_too_narrow()):
            self._follow()

    def copy(self) -> None:
        """Put the selected rows, or all if none is, onto the clipboard, separated by tabs."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """Return headings and the selected rows, or all, as lines with tabs between the cells."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        lines, between = ["\t".join(self.layers.headings())], number_style().thousands
        for row in rows if len(rows) > 1 else range(self._sorted.rowCount()):
            cells = (self._sorted.index(row, column) for column in range(self._sorted.columnCount()))
            # The spaces between thousands would keep a spreadsheet from reading numbers.
            lines.append("\t".join(str(cell.data(_WHOLE) or "").replace(between, "") for cell in cells))
        return "\n".join(lines)

    def _tell(self, current: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.chosen.emit(self._sorted.mapToSource(current).row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard; the row Qt then makes the current one is nobody's choice."""
        self._quiet = True
        super().focusInEvent(event)
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; leave ← → and the Page keys to the room."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (_Key.Key_Left, _Key.Key_Right, _Key.Key_PageUp, _Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Table of the layers"))
        self.setToolTip(self.tr("Click a heading to sort. Ctrl+C copies."))
        self.layers.retranslate()
