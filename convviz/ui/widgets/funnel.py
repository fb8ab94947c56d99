"""The funnel: the sizes of a network's layers, drawn to scale."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from convviz.nets.records import INPUT, Architecture, Kind
from convviz.ui import theme
from convviz.ui.layer_text import shape_text
from convviz.ui.widgets.pane_paint import draw_focus_ring

_LABEL_PX = 13
_MARGIN_PX, _GAP_PX, _VECTOR_PX = 14, 2, 10
# Vectors may not take more of the width than this: the maps are what the funnel is about.
_MOST_FOR_VECTORS = 0.5
# Axes of a list of tokens: which token, which of its values.
_TOKENS = 2
_Key = Qt.Key


@dataclass(frozen=True)
class Slab:
    """Layers in a row whose outputs have the same shape.

    Parameters
    ----------
    layers : tuple of int
        Their indices.
    shape : tuple of int
        Of their outputs, channels first.
    """

    layers: tuple[int, ...]
    shape: tuple[int, ...]

    @property
    def is_vector(self) -> bool:
        """Whether there are no rows and columns, or one of each."""
        return len(self.shape) == 1 or self.shape[1:] == (1, 1)

    @property
    def depth(self) -> int:
        """Number of channels, of values of a token, or of values of a vector."""
        return self.shape[-1] if len(self.shape) == _TOKENS else self.shape[0]

    @property
    def rows(self) -> int:
        """Number of rows of a map, or of tokens; 1 for a vector."""
        if self.is_vector:
            return 1
        return self.shape[0] if len(self.shape) == _TOKENS else self.shape[1]


def slabs(architecture: Architecture) -> tuple[Slab, ...]:
    """Return what is drawn, the input first."""
    out = [Slab((INPUT,), architecture.input_shape)]
    for layer in architecture.layers:
        if layer.kind is Kind.PAD:
            # Only a border more, for the next layer.
            continue
        if layer.shape == out[-1].shape:
            out[-1] = Slab((*out[-1].layers, layer.index), layer.shape)
        else:
            out.append(Slab((layer.index,), layer.shape))
    return tuple(out)


def _size_text(slab: Slab) -> str:
    """Return rows × columns of maps, or how many values a vector has."""
    if slab.is_vector:
        return str(slab.depth)
    return "×".join(map(str, slab.shape[1:] if len(slab.shape) != _TOKENS else slab.shape))


class Funnel(QWidget):
    """Every output as a box: its height is the rows of a map, its width the number of maps, both to scale.

    Vectors would leave no width for the maps. They are bars, whose height is their number of values, compared
    with one another. A click chooses the last layer with an output of that shape.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # index of the layer the user has chosen

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("funnel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._slabs: tuple[Slab, ...] = ()
        self._chosen = INPUT
        self._theme = theme.current()
        self.retranslate()

    def set_architecture(self, architecture: Architecture | None) -> None:
        """Show the sizes of ``architecture``'s layers; None shows nothing."""
        self._slabs = slabs(architecture) if architecture is not None else ()
        self.update()

    def set_chosen(self, layer: int) -> None:
        """Mark the box of ``layer``, without announcing it."""
        self._chosen = layer
        self.update()

    # Where the boxes are

    def boxes(self) -> list[QRectF]:
        """Return the place of every box, around one horizontal axis."""
        return [box for _, box in self._places()]

    def _places(self) -> list[tuple[QRectF, QRectF]]:
        """Return the column of every box, from top to bottom, and the box itself."""
        if not self._slabs:
            return []
        now = theme.current()
        margin, gap = now.px(_MARGIN_PX), float(_GAP_PX)
        label = QFontMetricsF(now.digits(_LABEL_PX)).height()
        width = max(1.0, self.width() - 2 * margin - gap * len(self._slabs))
        height = max(1.0, self.height() - 2 * margin - 3 * label)
        slots = self._vector_widths(width)
        maps = [slab for slab in self._slabs if not slab.is_vector]
        across = (width - sum(slots)) / max(1, sum(slab.depth for slab in maps))
        down = height / max((slab.rows for slab in maps), default=1)
        most = max((slab.depth for slab in self._slabs if slab.is_vector), default=1)
        top, left, out = margin + label * 1.5, float(margin), []
        for slab, slot in zip(self._slabs, slots, strict=True):
            if slab.is_vector:
                wide, high = min(slot, now.px(_VECTOR_PX)), height * slab.depth / most
            else:
                wide, high = slab.depth * across, slab.rows * down
            column = QRectF(left, top, max(slot, wide), height)
            box = QRectF(0, 0, wide, high)
            box.moveCenter(column.center())
            out.append((column, box))
            left += column.width() + gap
        return out

    def _vector_widths(self, width: float) -> list[float]:
        """Return the width of every vector's column, with room for its number if there is any; 0 for maps."""
        now = theme.current()
        metrics = QFontMetricsF(now.digits(_LABEL_PX))
        wide = [
            metrics.horizontalAdvance(_size_text(slab)) + now.px(8) if slab.is_vector else 0.0
            for slab in self._slabs
        ]
        most = _MOST_FOR_VECTORS * width
        return wide if sum(wide) <= most else [one * most / sum(wide) for one in wide]

    def slab_at(self, point: QPoint) -> int | None:
        """Return the number of the box at or above or below a point; narrow ones are hit a little beside."""
        found = [
            (abs(point.x() - box.center().x()), n)
            for n, box in enumerate(self.boxes())
            if box.left() - 3 <= point.x() <= box.right() + 3
        ]
        return min(found)[1] if found else None

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.current().px(480), theme.current().px(320))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the shape is seen."""
        return QSize(theme.current().px(200), theme.current().px(120))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the boxes, the sizes of the maps and what the scale means."""
        del event
        painter, now = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        label = QFontMetricsF(now.digits(_LABEL_PX)).height()
        for slab, (_, box) in zip(self._slabs, places, strict=True):
            self._paint_box(painter, slab, box, now)
        painter.setFont(now.digits(_LABEL_PX))
        self._paint_sizes(painter, [column for column, _ in places], label, now)
        painter.setFont(now.words(_LABEL_PX))
        painter.setPen(QColor(now.colours.muted))
        strip = QRectF(now.px(_MARGIN_PX), now.px(4), self.width() - 2 * now.px(_MARGIN_PX), label * 1.3)
        chosen = next((slab for slab in self._slabs if self._chosen in slab.layers), None)
        said = self.tr("Height: rows of a map · width: number of maps · to scale")
        if any(slab.is_vector for slab in self._slabs):
            said += " · " + self.tr("vectors: height is the number of values, on a scale of their own")
        if chosen is not None:
            said = f"{shape_text(chosen.shape)}   —   {said}"
        said = QFontMetricsF(painter.font()).elidedText(said, Qt.TextElideMode.ElideRight, strip.width())
        painter.drawText(strip, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), now)
        painter.end()

    def _paint_box(self, painter: QPainter, slab: Slab, box: QRectF, now: theme.Theme) -> None:
        is_chosen = self._chosen in slab.layers
        least = QRectF(box.center().x(), box.center().y(), 0, 0).adjusted(-1, -1, 1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.colours.focus if is_chosen else now.colours.plot))
        whole = box.united(least)
        round_by = whole.width() / 2 if slab.is_vector else 0
        painter.drawRoundedRect(whole, round_by, round_by)
        if is_chosen:
            # A box of a few pixels is found by the line through it.
            painter.setPen(QPen(QColor(now.colours.focus), now.px(1), Qt.PenStyle.DashLine))
            x, label = box.center().x(), QFontMetricsF(now.digits(_LABEL_PX)).height()
            painter.drawLine(round(x), round(label * 2), round(x), round(self.height() - label * 1.5))

    def _paint_sizes(self, painter: QPainter, columns: list[QRectF], label: float, now: theme.Theme) -> None:
        """Write sizes that fit: of every vector, and of the maps below each run of boxes of one height."""
        painter.setPen(QColor(now.colours.muted))
        top = self.height() - now.px(4) - label
        start = 0
        for n in range(1, len(columns) + 1):
            first = self._slabs[start]
            if n < len(columns) and not first.is_vector and self._slabs[n].shape[1:] == first.shape[1:]:
                continue
            text = _size_text(first)
            left, right = columns[start].left(), columns[n - 1].right()
            if QFontMetricsF(painter.font()).horizontalAdvance(text) <= right - left:
                place = QRectF(left, top, right - left, label)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
                if not first.is_vector:
                    painter.drawLine(round(left), round(top) - 1, round(right), round(top) - 1)
            start = n

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the box under the mouse."""
        number = self.slab_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._choose(number)
        else:
            event.ignore()

    def _choose(self, number: int) -> None:
        layer = self._slabs[number].layers[-1]
        self.set_chosen(layer)
        self.chosen.emit(layer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from box to box with ↑ and ↓; ← and → are for the room, which goes from layer to layer."""
        step = {_Key.Key_Up: -1, _Key.Key_Down: 1}.get(_Key(event.key()))
        now = next((n for n, slab in enumerate(self._slabs) if self._chosen in slab.layers), None)
        if step is None or now is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self._choose(min(max(now + step, 0), len(self._slabs) - 1))

    def event(self, event: QEvent) -> bool:
        """Tell the shape of the box under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.slab_at(event.pos())
            text = "" if number is None else shape_text(self._slabs[number].shape)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # Housekeeping

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Sizes of the layers"))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
