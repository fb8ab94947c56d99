"""What a network says: its likeliest classes with bars and per cent."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.widgets.pane_paint import STALE_OPACITY, draw_focus_ring

MOST_CLASSES = 5
_WORD_PX, _NUMBER_PX = 15, 14
_BAR_PX = 8
_GAP_PX = 8


@dataclass(frozen=True)
class ClassBar:
    """One class and its probability."""

    name: str
    probability: float
    number: int = 0

    @property
    def percent(self) -> str:
        """The probability in per cent, with one digit after the point."""
        return f"{100 * self.probability:.1f} %"


def likeliest(
    probabilities: NDArray[np.float64], names: Sequence[str], count: int = MOST_CLASSES
) -> tuple[ClassBar, ...]:
    """Return the ``count`` likeliest classes, the likeliest first; those without a name by their number."""
    order = np.argsort(-probabilities, kind="stable")[:count]
    return tuple(
        ClassBar(names[n] if n < len(names) else str(n), float(probabilities[n]), n) for n in order.tolist()
    )


class ClassBars(QWidget):
    """The likeliest classes one below the other; one of them is chosen by a click, or with ↑ and ↓.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # number of the class the user has chosen

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("class-bars")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[ClassBar, ...] = ()
        self._most = MOST_CLASSES
        self._stale = False
        self._theme = theme.current()
        self.retranslate()

    def bars(self) -> tuple[ClassBar, ...]:
        """Return the classes shown."""
        return self._bars[: self._most]

    @property
    def chosen_class(self) -> int | None:
        """Number of the class that is chosen; None while there is none."""
        bars = self.bars()
        return bars[min(self._place, len(bars) - 1)].number if bars else None

    def _choose(self, place: int) -> None:
        bars = self.bars()
        place = min(max(place, 0), len(bars) - 1)
        if bars and place != self._place:
            self._place = place
            self.update()
            self.chosen.emit(bars[place].number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the class under the mouse."""
        place = int(event.position().y() // self._row())
        if event.button() == Qt.MouseButton.LeftButton and place < len(self.bars()):
            self._choose(place)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the next or the previous class."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self._choose(self._place + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        super().focusOutEvent(event)
        self.update()

    def set_most(self, count: int) -> None:
        """Show at most ``count`` classes."""
        if count != self._most:
            self._most = count
            self.updateGeometry()
            self.update()

    def set_bars(self, bars: tuple[ClassBar, ...]) -> None:
        """Show these classes; the chosen one stays so while it is among them, else the first is."""
        before = self.chosen_class
        self._bars = bars
        self._place = next((n for n, bar in enumerate(self.bars()) if bar.number == before), 0)
        self.retranslate()
        self.updateGeometry()
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Pale the bars while they belong to another picture or network."""
        self._stale = stale
        self.update()

    def _row(self) -> float:
        now = theme.current()
        return QFontMetricsF(now.words(_WORD_PX)).height() + now.px(_BAR_PX) + now.px(_GAP_PX)

    def sizeHint(self) -> QSize:
        """Return room for every class."""
        return QSize(theme.current().px(240), round(self._row() * max(1, len(self.bars()))))

    def minimumSizeHint(self) -> QSize:
        """Return room for three classes."""
        return QSize(theme.current().px(140), round(self._row() * min(3, max(1, len(self.bars())))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, per cent and bar of every class there is room for."""
        del event
        painter, now, row = QPainter(self), theme.current(), self._row()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(STALE_OPACITY if self._stale else 1.0)
        for n, bar in enumerate(self.bars()[: max(1, int((self.height() + 1) // row))]):
            self._paint_bar(painter, bar, QRectF(0, n * row, self.width(), row), now, first=n == self._place)
        painter.setOpacity(1.0)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), now)
        painter.end()

    def _paint_bar(
        self, painter: QPainter, bar: ClassBar, box: QRectF, now: theme.Theme, *, first: bool
    ) -> None:
        words, digits = now.words(_WORD_PX, bold=first), now.digits(_NUMBER_PX, bold=first)
        height = QFontMetricsF(words).height()
        number = QFontMetricsF(digits).horizontalAdvance(bar.percent)
        painter.setPen(QColor(now.colours.text))
        painter.setFont(words)
        room = box.width() - number - now.px(10)
        name = QFontMetricsF(words).elidedText(bar.name, Qt.TextElideMode.ElideRight, room)
        line = QRectF(box.left(), box.top(), box.width(), height)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(digits)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), bar.percent)
        track = QRectF(box.left(), box.top() + height + now.px(1), box.width(), now.px(_BAR_PX))
        painter.setPen(Qt.PenStyle.NoPen)
        radius = track.height() / 2
        painter.setBrush(QColor(now.colours.blank))
        painter.drawRoundedRect(track, radius, radius)
        filled = QRectF(track)
        filled.setWidth(max(track.height(), track.width() * min(max(bar.probability, 0.0), 1.0)))
        painter.setBrush(QColor(now.colours.focus))
        painter.drawRoundedRect(filled, radius, radius)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("What the network says"))
        said = ", ".join(f"{bar.name} {bar.percent}" for bar in self._bars)
        self.setAccessibleDescription(said)
        self.setToolTip("\n".join(f"{bar.percent}  {bar.name}" for bar in self._bars))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
