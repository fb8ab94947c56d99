"""All classes of a network with their scores and probabilities; a part of a name finds one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from convviz.core.numbers import format_number, format_percent
from convviz.ui import theme
from convviz.ui.widgets.measured_table import MeasuredTable

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_Key = Qt.Key
PLACE, NAME, SCORE, SHARE = range(4)
_DIGITS_PX = 14
_BAR_PX = 8


@dataclass(frozen=True, eq=False)
class Classes:
    """What a network says of every class.

    Parameters
    ----------
    names : sequence of str
        In the language in force; may be empty.
    others : sequence of str
        The same in the network's own language: a class is found by either name.
    scores, shares : ndarray of float64, shape (N,)
        Scores and probabilities.
    """

    names: Sequence[str]
    others: Sequence[str]
    scores: NDArray[np.float64]
    shares: NDArray[np.float64]

    def name(self, number: int) -> str:
        """Return what a class is called; its number if it has no name."""
        return self.names[number] if number < len(self.names) else str(number)

    def found(self, part: str, number: int) -> bool:
        """Return whether ``part`` is in one of a class's names, or is its number."""
        wanted = folded(part)
        names = {self.name(number), self.others[number] if number < len(self.others) else ""}
        return any(wanted in folded(name) for name in names) or wanted == str(number)


def folded(text: str) -> str:
    """Return ``text`` as it is compared: without capitals and spaces around it; ё is as good as е."""
    return text.strip().casefold().replace("ё", "е")


class ClassModel(QAbstractTableModel):
    """One row for each class that is found, the likeliest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._classes: Classes | None = None
        self._order: list[int] = []
        self._rows: list[int] = []
        self._part = ""
        self._pointed: int | None = None

    @property
    def rows(self) -> tuple[int, ...]:
        """Numbers of the classes that are found, in their order."""
        return tuple(self._rows)

    def set_classes(self, classes: Classes | None) -> None:
        """Show these classes; None shows none."""
        self.beginResetModel()
        self._classes = classes
        # What is not a number comes last.
        self._order = [] if classes is None else np.argsort(-classes.shares, kind="stable").tolist()
        self._find()
        self.endResetModel()

    def set_part(self, part: str) -> None:
        """Show those classes alone that have ``part`` in a name."""
        self.beginResetModel()
        self._part = part
        self._find()
        self.endResetModel()

    def _find(self) -> None:
        classes = self._classes
        self._rows = self._order
        if classes is not None and folded(self._part):
            self._rows = [n for n in self._order if classes.found(self._part, n)]
        self._places = {number: place + 1 for place, number in enumerate(self._order)}

    def point(self, number: int | None) -> None:
        """Mark the row of a class that is pointed at elsewhere; None marks none."""
        before, self._pointed = self._pointed, number
        for each in {before, number}:
            if each in self._rows:
                row = self._rows.index(each)
                self.dataChanged.emit(self.index(row, 0), self.index(row, SHARE))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of classes that are found."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else SHARE + 1

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return the text of a cell, or the probability for its bar."""
        assert self._classes is not None
        number, column = self._rows[index.row()], index.column()
        if role == _Role.DisplayRole:
            return self._text(self._classes, number, column)
        if role == _Role.UserRole:
            return float(self._classes.shares[number])
        if role == _Role.ToolTipRole and column == NAME:
            return self._tip(self._classes, number)
        if role == _Role.TextAlignmentRole:
            return _alignment(column)
        if role == _Role.FontRole and column != NAME:
            return theme.current().digits(_DIGITS_PX)
        if role == _Role.BackgroundRole and number == self._pointed:
            return QColor(theme.current().colours.focus_soft)
        return None

    def _text(self, classes: Classes, number: int, column: int) -> str:
        if column == PLACE:
            return str(self._places[number])
        if column == NAME:
            return classes.name(number)
        return format_number(float(classes.scores[number])) if column == SCORE else self._share(number)

    def _share(self, number: int) -> str:
        assert self._classes is not None
        return format_percent(float(self._classes.shares[number]))

    def _tip(self, classes: Classes, number: int) -> str:
        names = [classes.name(number), *classes.others[number : number + 1]]
        return " · ".join([*dict.fromkeys(names), self.tr("class {0}").format(number)])

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return what stands above a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return _alignment(section)
        if role == _Role.DisplayRole:
            return ("#", self.tr("Class"), self.tr("Score z"), self.tr("Probability"))[section]
        return None

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, SHARE)


def _alignment(column: int) -> Qt.AlignmentFlag:
    """Return where a column's texts stand: numbers one below the other."""
    side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class _ShareBar(QStyledItemDelegate):
    """Draws a probability as a bar with the per cent at its right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the cell, then the bar in what the number leaves free."""
        super().paint(painter, option, index)
        now, share = theme.current(), float(index.data(_Role.UserRole))
        rect = QRectF(option.rect)
        widest = QFontMetricsF(now.digits(_DIGITS_PX)).horizontalAdvance("8.8e−888 %")
        track = QRectF(rect.left() + now.px(8), 0, rect.width() - widest - now.px(24), now.px(_BAR_PX))
        if track.width() < track.height():
            return
        track.moveCenter(QRectF(track.left(), rect.top(), track.width(), rect.height()).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = track.height() / 2
        painter.setBrush(QColor(now.colours.blank))
        painter.drawRoundedRect(track, radius, radius)
        if 0 < share <= 1:
            track.setWidth(max(track.height(), track.width() * share))
            painter.setBrush(QColor(now.colours.focus))
            painter.drawRoundedRect(track, radius, radius)
        painter.restore()


class ClassTable(MeasuredTable):
    """The classes in rows, the likeliest first.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # number of the class the user has chosen
    opened = Signal(int)  # number of the class whose score is to be taken apart: Enter or a double click

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("class-table")
        self.classes = ClassModel(self)
        self.setModel(self.classes)
        self.setItemDelegateForColumn(SHARE, _ShareBar(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column in (NAME, SHARE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.classes.rows[index.row()]))
        self._quiet = False
        self.retranslate()

    def set_classes(self, classes: Classes | None, chosen: int | None) -> None:
        """Show these classes, one of them selected."""
        self._quiet = True
        self.classes.set_classes(classes)
        self._quiet = False
        self.set_chosen(chosen)

    def find_part(self, part: str, chosen: int | None) -> None:
        """Show those classes alone that have ``part`` in a name; the chosen one stays so."""
        self._quiet = True
        self.classes.set_part(part)
        self._quiet = False
        self.set_chosen(chosen)

    def set_chosen(self, number: int | None) -> None:
        """Select the row of a class, without announcing it; none if it is not shown."""
        self._quiet = True
        rows = self.classes.rows
        if number in rows:
            index = self.classes.index(rows.index(number), 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            # Before it has its height it cannot tell what is in sight.
            if self.isVisible():
                self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._quiet = False

    def point(self, number: int | None) -> None:
        """Mark the row of a class that is pointed at elsewhere, and bring it into sight; None marks none."""
        self.classes.point(number)
        if number in self.classes.rows:
            self.scrollTo(self.classes.index(self.classes.rows.index(number), 0))

    def _tell(self, current: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.chosen.emit(self.classes.rows[current.row()])

    def sizeHint(self) -> QSize:
        """Return the least height: it takes what is left."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the chosen class into sight."""
        super().showEvent(event)
        self._reveal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen class in sight."""
        super().resizeEvent(event)
        self._reveal()

    def _reveal(self) -> None:
        """Scroll no further down than the chosen class needs."""
        self.scrollToTop()
        self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard; the row Qt then makes the current one is nobody's choice."""
        self._quiet = True
        super().focusInEvent(event)
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the score of the chosen class apart; leave ← → and the Page keys to the room."""
        current = self.currentIndex()
        if event.key() in (_Key.Key_Return, _Key.Key_Enter) and current.isValid():
            self.opened.emit(self.classes.rows[current.row()])
        elif event.key() in (_Key.Key_Left, _Key.Key_Right, _Key.Key_PageUp, _Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("All classes"))
        self.setAccessibleDescription(
            self.tr("Score and probability of every class. Enter takes the score apart.")
        )
        self.classes.retranslate()
