"""How far the maps of every layer are from moving along with the picture, as bars below each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.widgets.pane_paint import draw_focus_ring

# The relative difference a whole bar stands for: maps that have nothing in common differ by about √2.
FULL = 1.5
_ROW_PX, _BAR_PX, _WORD_PX = 34, 6, 13
_Key = Qt.Key


@dataclass(frozen=True)
class ShiftBar:
    """One layer: its name, how far its maps are from moving along, and what there is to know besides.

    Parameters
    ----------
    layer : int
        Index of the layer.
    name : str
        As it is written.
    difference : float or None
        Relative; None if nothing can be compared.
    tip : str
        The whole of it in words.
    """

    layer: int
    name: str
    difference: float | None
    tip: str

    @property
    def number(self) -> str:
        """The difference with two digits after the point; a dash where there is none."""
        return "–" if self.difference is None else format_number(round(self.difference, 2))


class ShiftBars(QWidget):
    """A bar for every layer; one is chosen by a click, or with ↑ and ↓.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # index of the layer the user has chosen

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shift-bars")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[ShiftBar, ...] = ()
        self._layer: int | None = None
        self._theme = theme.current()
        self.retranslate()

    def set_bars(self, bars: Sequence[ShiftBar]) -> None:
        """Show ``bars``, from above in the order given."""
        self._bars = tuple(bars)
        self.updateGeometry()
        self._describe()
        self.update()

    def bars(self) -> tuple[ShiftBar, ...]:
        """Return the bars shown."""
        return self._bars

    def set_chosen(self, layer: int) -> None:
        """Mark the bar of a layer; of one that has none, that before it."""
        self._layer = layer
        self._describe()
        self.update()

    def _place(self) -> int | None:
        layer = -1 if self._layer is None else self._layer
        before = [place for place, bar in enumerate(self._bars) if bar.layer <= layer]
        return before[-1] if before else None

    def _choose(self, place: int) -> None:
        if self._bars:
            place = min(max(place, 0), len(self._bars) - 1)
            if place != self._place():
                self.set_chosen(self._bars[place].layer)
                self.chosen.emit(self._bars[place].layer)

    def row(self, place: int) -> QRectF:
        """Return where a bar is, with its name and number."""
        height = theme.current().px(_ROW_PX)
        return QRectF(0, place * height, self.width(), height)

    def sizeHint(self) -> QSize:
        """Return room for all bars."""
        now = theme.current()
        return QSize(now.px(180), max(1, len(self._bars)) * now.px(_ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """Return the height of all bars: what is too high scrolls."""
        return QSize(theme.current().px(80), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the layer under the mouse."""
        self._choose(int(event.position().y() // theme.current().px(_ROW_PX)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with ↑ and ↓."""
        by = {_Key.Key_Up: -1, _Key.Key_Down: 1}.get(_Key(event.key()))
        if by is None:
            event.ignore()
        else:
            place = self._place()
            self._choose(0 if place is None else place + by)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the focus no longer."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars in sight."""
        painter, now = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = now.px(_ROW_PX)
        chosen = self._place()
        first, last = event.rect().top() // height, event.rect().bottom() // height
        for place in range(max(0, first), min(len(self._bars), last + 1)):
            self._paint_bar(painter, now, place, is_chosen=place == chosen)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.visibleRegion().boundingRect()), now)
        painter.end()

    def _paint_bar(self, painter: QPainter, now: theme.Theme, place: int, *, is_chosen: bool) -> None:
        colours, bar = now.colours, self._bars[place]
        box = self.row(place).adjusted(now.px(4), now.px(2), -now.px(4), -now.px(4))
        digits = now.digits(_WORD_PX)
        room = QFontMetricsF(digits).horizontalAdvance(bar.number) + now.px(6)
        words = now.words(_WORD_PX, bold=is_chosen)
        name = QFontMetricsF(words).elidedText(bar.name, Qt.TextElideMode.ElideMiddle, box.width() - room)
        painter.setPen(QColor(colours.focus if is_chosen else colours.text))
        painter.setFont(words)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), name)
        painter.setFont(digits)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), bar.number)
        groove = QRectF(box.left(), box.bottom() - now.px(_BAR_PX), box.width(), now.px(_BAR_PX))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.blank))
        painter.drawRoundedRect(groove, 3, 3)
        if bar.difference:
            share = min(bar.difference / FULL, 1.0)
            painter.setBrush(QColor(colours.focus))
            groove.setWidth(share * groove.width())
            painter.drawRoundedRect(groove, 3, 3)

    def event(self, event: QEvent) -> bool:
        """Tell all about the layer under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = int(event.pos().y() // theme.current().px(_ROW_PX))
            if 0 <= place < len(self._bars):
                QToolTip.showText(event.globalPos(), self._bars[place].tip, self)
                return True
        return super().event(event)

    def _describe(self) -> None:
        place = self._place()
        self.setAccessibleDescription("" if place is None else self._bars[place].tip)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("Difference of the maps of every layer"))
        self.setToolTip(self.tr("0: the maps move along with the picture. About 1.4: nothing in common."))
        self._describe()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
