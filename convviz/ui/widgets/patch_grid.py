"""Pictures side by side, each with a value and a name, of which one is chosen and can be opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from convviz.ui import theme

LEAST_PX, MOST_PX = 64, 240
GAP_PX, MARGIN_PX = 12, 4
_LINES = 2
_PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, eq=False)
class Tile:
    """One picture (None if it is not to be had), what is written below it, and what is told of it."""

    image: QImage | None
    value: str
    name: str
    tip: str


class PatchGrid(QListWidget):
    """As large as all of them fit in, scrolling where they would be too small. Enter opens the chosen one.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    opened = Signal(int)  # number of the tile the user wants to see in its picture
    left = Signal()  # Esc

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patch-grid")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tiles: tuple[Tile, ...] = ()
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these; the first is chosen."""
        self._tiles = tuple(tiles)
        self.clear()
        for tile in self._tiles:
            item = QListWidgetItem(self)
            item.setToolTip(tile.tip)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{tile.value}, {tile.name}")
        self._arrange()
        if self._tiles:
            self.setCurrentRow(0)

    def tiles(self) -> tuple[Tile, ...]:
        """Return what is shown."""
        return self._tiles

    @property
    def side(self) -> int:
        """Width and height of a tile's picture, in screen pixels."""
        return self.iconSize().width()

    def _arrange(self) -> None:
        """Give the tiles the largest size at which all of them are seen."""
        self._theme = theme.current()
        px, metrics = self._theme.px, self.fontMetrics()
        gap, below = px(GAP_PX), _LINES * metrics.lineSpacing() + px(8)
        self.setViewportMargins(*4 * (px(MARGIN_PX),))
        spare = 2 * px(MARGIN_PX)
        room = self.contentsRect().adjusted(
            0, 0, -self.verticalScrollBar().sizeHint().width() - spare, -spare - px(4)
        )
        count, best = max(len(self._tiles), 1), 0
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            best = max(best, min(room.width() // columns - gap, room.height() // rows - gap - below))
        side = min(max(best, px(LEAST_PX)), px(MOST_PX))
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + gap, side + gap + below))
        for row, tile in enumerate(self._tiles):
            item = self.item(row)
            name = metrics.elidedText(tile.name, Qt.TextElideMode.ElideMiddle, side)
            item.setText(f"{tile.value}\n{name}")
            item.setIcon(_icon(tile.image, side))

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(self.row(item))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tiles in."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from tile to tile and open one; the Page keys belong to the lesson."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._open(self.currentItem())
        elif event.key() in _PAGE_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _icon(image: QImage | None, side: int) -> QIcon:
    """Return an image as an icon: crisp if it is made larger, smooth if smaller, never tinted."""
    icon = QIcon()
    if image is None:
        return icon
    grows = max(image.width(), image.height()) < side
    how = Qt.TransformationMode.FastTransformation if grows else Qt.TransformationMode.SmoothTransformation
    scaled = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, how)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.drawImage((side - scaled.width()) // 2, (side - scaled.height()) // 2, scaled)
    painter.end()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Active):
        icon.addPixmap(pixmap, mode)
    return icon
