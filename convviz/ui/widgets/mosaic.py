"""The mosaic: all maps of a layer side by side, of which only those on screen are drawn."""

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.map_colours import Maps, Order, Scale, arranged, averaged, layer_scale, scale_of
from convviz.ui.widgets.mosaic_tiling import NUMBER_PX, tiling
from convviz.ui.widgets.pane_paint import STALE_OPACITY, draw_focus_ring
from convviz.ui.widgets.spoken import describe

# What the pictures of tiles may take together; those seen longest ago go first.
_CACHE_BYTES = 64_000_000
_Key = Qt.Key
_STEPS = {_Key.Key_Up: -1, _Key.Key_Down: 1}


class Mosaic(QAbstractScrollArea):
    """Maps (C, H, W) as tiles with their numbers, one of them chosen.

    ↑ and ↓ go from map to map in the order shown, Enter and a double click open one.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # number of the map the user has chosen
    opened = Signal(int)  # number of the map to be shown large

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mosaic")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._maps: Maps = np.zeros((0, 1, 1), np.float32)
        self._order, self._each = Order.NUMBER, False
        self._sorted = np.arange(0)
        self._scale = Scale(scale_of(np.zeros(1)).display, 0.0, 0.0)
        self._chosen = 0
        self._stale = False
        self._tiles: OrderedDict[int, QImage] = OrderedDict()
        self._theme = theme.current()
        self._tiling = tiling(1, 1.0, self.viewport().size(), self._theme)
        self.retranslate()

    @property
    def order(self) -> Order:
        """By what the maps are sorted."""
        return self._order

    @property
    def scale(self) -> Scale:
        """The colours of the chosen map."""
        return self.scale_for(self._chosen)

    def scale_for(self, number: int) -> Scale:
        """Return the colours of one map: those of the layer, or its own."""
        return scale_of(self._maps[number]) if self._each and len(self._maps) else self._scale

    @property
    def chosen_map(self) -> int:
        """Number of the map we talk about."""
        return self._chosen

    def numbers(self) -> list[int]:
        """Return the numbers of the maps in the order shown."""
        return [int(number) for number in self._sorted]

    def set_maps(self, maps: Maps, chosen: int = 0) -> None:
        """Show ``maps`` (C, H, W), of which ``chosen`` is outlined."""
        self._maps = maps
        self._scale = layer_scale(maps) if maps.size else Scale(self._scale.display, 0.0, 0.0)
        self._sorted = arranged(maps, self._order)
        self._chosen = min(chosen, max(0, len(maps) - 1))
        self._tiles.clear()
        self.verticalScrollBar().setValue(0)
        self._arrange()

    def set_order(self, order: Order) -> None:
        """Sort the maps."""
        self._order = order
        self._sorted = arranged(self._maps, order)
        self._describe()
        self._show_chosen()
        self.viewport().update()

    def set_each(self, each: bool) -> None:
        """Give every map colours of its own, so that faint ones are seen, or all the same."""
        self._each = each
        self._tiles.clear()
        self.viewport().update()

    def set_chosen(self, number: int) -> None:
        """Outline map ``number``, without announcing it."""
        self._chosen = number
        self._describe()
        self._show_chosen()
        self.viewport().update()

    def set_stale(self, stale: bool) -> None:
        """Pale the maps while they belong to another picture or network."""
        if stale != self._stale:
            self._stale = stale
            self.viewport().update()

    def step(self, by: int) -> None:
        """Choose the map ``by`` places on."""
        if not len(self._maps):
            return
        place = self._place_of(self._chosen) + by
        self._choose(int(self._sorted[min(max(place, 0), len(self._maps) - 1)]))

    def _choose(self, number: int) -> None:
        if number != self._chosen:
            self.set_chosen(number)
            self.chosen.emit(number)

    def _place_of(self, number: int) -> int:
        return int(np.flatnonzero(self._sorted == number)[0]) if len(self._sorted) else 0

    # Layout

    def _arrange(self) -> None:
        self._theme = theme.current()
        aspect = self._maps.shape[2] / self._maps.shape[1]
        # A matrix a hundred times as wide as high would have tiles nobody can see.
        aspect = min(max(aspect, 0.2), 5.0)
        now = tiling(len(self._maps), aspect, self._room(), self._theme)
        if (now.width, now.height) != (self._tiling.width, self._tiling.height):
            self._tiles.clear()
        self._tiling = now
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, now.total(len(self._maps)) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(20, now.pitch[1] // 2))
        self._describe()
        self._show_chosen()
        self.viewport().update()

    def _room(self) -> QSize:
        """Return the area of the tiles, with room for the scroll bar in any case: nothing jumps."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.width() - bar, self.height())

    def tile(self, number: int) -> QRect:
        """Return where map ``number`` is in the viewport."""
        return self._tiling.tile(self._place_of(number)).translated(0, -self.verticalScrollBar().value())

    def map_at(self, point: QPoint) -> int | None:
        """Return the number of the map at a point of the viewport."""
        down = point.y() + self.verticalScrollBar().value() - self._tiling.margin
        right = point.x() - self._tiling.margin
        row, column = down // self._tiling.pitch[1], right // self._tiling.pitch[0]
        place = row * self._tiling.columns + column
        if right < 0 or down < 0 or column >= self._tiling.columns or place >= len(self._maps):
            return None
        return int(self._sorted[place])

    def _show_chosen(self) -> None:
        bar, box = self.verticalScrollBar(), self._tiling.tile(self._place_of(self._chosen))
        margin = self._tiling.margin
        if box.top() - margin < bar.value():
            bar.setValue(box.top() - margin)
        elif box.top() + self._tiling.pitch[1] > bar.value() + self.viewport().height():
            bar.setValue(box.top() + self._tiling.pitch[1] - self.viewport().height())

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(480), theme.current().px(320))

    def minimumSizeHint(self) -> QSize:
        """Return the size of a few tiles."""
        return QSize(theme.current().px(200), theme.current().px(100))

    # Painting

    def _picture(self, number: int) -> QImage:
        """Return the picture of one tile, at the size it has on screen."""
        found = self._tiles.get(number)
        if found is not None:
            self._tiles.move_to_end(number)
            return found
        ratio = self.devicePixelRatioF()
        size = QSize(round(self._tiling.width * ratio), round(self._tiling.height * ratio))
        values = averaged(self._maps[number], size.height(), size.width())
        pixels = np.ascontiguousarray(self.scale_for(number).pixels(values))
        height, width = pixels.shape
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        # Above 1:1 cells are crisp; a smaller picture is averaged.
        crisp = size.width() >= width and size.height() >= height
        mode = (
            Qt.TransformationMode.FastTransformation if crisp else Qt.TransformationMode.SmoothTransformation
        )
        # The copy owns its pixels.
        scaled = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode).copy()
        scaled.setDevicePixelRatio(ratio)
        self._tiles[number] = scaled
        while len(self._tiles) > max(64, _CACHE_BYTES // max(1, scaled.sizeInBytes())):
            self._tiles.popitem(last=False)
        return scaled

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles on screen."""
        painter = QPainter(self.viewport())
        now = theme.current()
        painter.setFont(now.digits(NUMBER_PX))
        down = self.verticalScrollBar().value()
        first = max(0, (down + event.rect().top() - self._tiling.margin) // self._tiling.pitch[1])
        last = (down + event.rect().bottom()) // self._tiling.pitch[1]
        for place in range(
            first * self._tiling.columns, min(len(self._maps), (last + 1) * self._tiling.columns)
        ):
            self._paint_tile(painter, int(self._sorted[place]), place, down, now)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.viewport().rect()), now)
        painter.end()

    def _paint_tile(self, painter: QPainter, number: int, place: int, down: int, now: theme.Theme) -> None:
        box = self._tiling.tile(place).translated(0, -down)
        painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
        painter.drawImage(QPointF(box.topLeft()), self._picture(number))
        painter.setOpacity(1.0)
        is_chosen = number == self._chosen
        if is_chosen:
            width = now.px(3)
            pen = QPen(QColor(now.colours.focus), width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(box).adjusted(-width / 2, -width / 2, width / 2, width / 2))
        painter.setFont(now.digits(NUMBER_PX, bold=is_chosen))
        painter.setPen(QColor(now.colours.focus if is_chosen else now.colours.muted))
        strip = QRect(box.left(), box.bottom() + now.px(2), box.width(), self._tiling.pitch[1] - box.height())
        painter.drawText(strip, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter), str(number))

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the map under the mouse."""
        number = self.map_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._choose(number)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the map under the mouse."""
        number = self.map_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.opened.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from map to map, open one; every other key is for the room, Page keys and ← → among them."""
        step = _STEPS.get(_Key(event.key()))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif step is not None:
            self.step(step)
        elif event.key() in (_Key.Key_Return, _Key.Key_Enter):
            self.opened.emit(self._chosen)
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a map's number and its range of values."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.map_at(event.pos())
            QToolTip.showText(
                event.globalPos(), "" if number is None else self.spoken(number), self.viewport()
            )
            return True
        return super().viewportEvent(event)

    def spoken(self, number: int) -> str:
        """Return what is said of a map: its number and how its values are spread."""
        values = self._maps[number]
        text = self.tr("Map {0}: from {1} to {2}, mean {3}")
        numbers = (float(values.min()), float(values.max()), float(values.mean()))
        return text.format(number, *(format_number(value) for value in numbers))

    # Housekeeping

    def _describe(self) -> None:
        describe(self, self.spoken(self._chosen) if len(self._maps) else "")

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Maps of the layer"))
        self._describe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tile anew."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._tiles.clear()
            self._arrange()
