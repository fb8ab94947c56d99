"""What a network says: its likeliest classes with bars and per cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convviz.core.number_style import listed
from convviz.core.numbers import format_percent
from convviz.ui import theme
from convviz.ui.widgets.pane_paint import STALE_OPACITY, draw_focus_ring

MOST_CLASSES = 5
_WORD_PX, _NUMBER_PX = 15, 14
_BAR_PX = 8
_GAP_PX = 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class ClassBar:
    """One class and its probability."""

    name: str
    probability: float
    number: int = 0

    @property
    def percent(self) -> str:
        """The probability in per cent, if it is a number."""
        return "NaN" if isnan(self.probability) else format_percent(self.probability)


def likeliest(
    probabilities: NDArray[np.float64], names: Sequence[str], count: int = MOST_CLASSES
) -> tuple[ClassBar, ...]:
    """Return the ``count`` likeliest classes, the likeliest first; those without a name by their number."""
    order = np.argsort(-probabilities, kind="stable")[:count]
    return tuple(class_bar(n, probabilities, names) for n in order.tolist())


def class_bar(number: int, probabilities: NDArray[np.float64], names: Sequence[str]) -> ClassBar:
    """Return the bar of one class, by its number if it has no name."""
    name = names[number] if number < len(names) else str(number)
    return ClassBar(name, float(probabilities[number]), number)


class ClassBars(QWidget):
    """The likeliest classes one below the other; one of them is chosen by a click, or with ↑ and ↓.

    A class that was chosen elsewhere stands below them.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    chosen = Signal(int)  # number of the class the user has chosen
    asked = Signal(int)  # number of the class that was clicked: why so many per cent
    opened = Signal(int)  # number of the class whose score is to be taken apart: Enter or a double click

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("class-bars")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place = 0
        self._extra: ClassBar | None = None
        self._pointed: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[ClassBar, ...] = ()
        self._most = MOST_CLASSES
        self._stale = False
        self._theme = theme.current()
        self.retranslate()

    def bars(self) -> tuple[ClassBar, ...]:
        """Return the classes shown."""
        bars = self._bars[: self._most]
        extra = self._extra
        if extra is None or any(bar.number == extra.number for bar in bars):
            return bars
        return (*bars, extra)

    @property
    def chosen_class(self) -> int | None:
        """Number of the class that is chosen; None while there is none."""
        bars = self.bars()
        return bars[min(self._place, len(bars) - 1)].number if bars else None

    @property
    def extra(self) -> int | None:
        """Number of the class that was chosen elsewhere; None if none was."""
        return None if self._extra is None else self._extra.number

    def show_class(self, bar: ClassBar) -> None:
        """Choose a class, which is shown below the likeliest if it is none of them."""
        before, self._extra = self.chosen_class, bar
        self._place = next(n for n, shown in enumerate(self.bars()) if shown.number == bar.number)
        self._resize()
        if bar.number != before:
            self.chosen.emit(bar.number)

    def point(self, number: int | None) -> None:
        """Mark a class that is pointed at elsewhere; None marks none."""
        if number != self._pointed:
            self._pointed = number
            self.update()

    def _choose(self, place: int) -> None:
        bars = self.bars()
        place = min(max(place, 0), len(bars) - 1)
        if bars and place != self._place:
            self._place = place
            self.update()
            self.chosen.emit(bars[place].number)

    def _place_of(self, event: QMouseEvent) -> int | None:
        place = int(event.position().y() // self._row())
        return place if event.button() == Qt.MouseButton.LeftButton and place < len(self.bars()) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the class under the mouse, and ask for the reckoning."""
        place = self._place_of(event)
        if place is None:
            event.ignore()
            return
        self._choose(place)
        self.asked.emit(self.bars()[place].number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Have the score of the class under the mouse taken apart."""
        place = self._place_of(event)
        if place is None:
            event.ignore()
        else:
            self.opened.emit(self.bars()[place].number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose another class; Space asks why so many per cent, Enter takes the score apart."""
        key, chosen = Qt.Key(event.key()), self.chosen_class
        if chosen is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _STEPS:
            self._choose(self._place + _STEPS[key])
        elif key == Qt.Key.Key_Space:
            self.asked.emit(chosen)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(chosen)
        else:
            event.ignore()

    def set_most(self, count: int) -> None:
        """Show at most ``count`` classes."""
        if count != self._most:
            self._most = count
            self.updateGeometry()
            self.update()

    def forget(self) -> None:
        """Show no class, and have none chosen: the next ones are another network's."""
        self._bars, self._extra, self._place = (), None, 0

    def set_bars(self, bars: tuple[ClassBar, ...], extra: ClassBar | None = None) -> None:
        """Show classes, and ``extra`` below; the chosen one stays so while it is shown, else the first is."""
        before = self.chosen_class
        self._bars, self._extra = bars, extra
        self._place = next((n for n, bar in enumerate(self.bars()) if bar.number == before), 0)
        self._resize()

    def _resize(self) -> None:
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
        pointed = next((n for n, bar in enumerate(self.bars()) if bar.number == self._pointed), None)
        if pointed is not None:
            draw_focus_ring(painter, QRectF(0, pointed * row, self.width(), row), now)
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
        # What is not a number has no length.
        share = bar.probability if 0 <= bar.probability <= 1 else 0.0
        filled.setWidth(max(track.height(), track.width() * share))
        painter.setBrush(QColor(now.colours.focus))
        painter.drawRoundedRect(filled, radius, radius)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self.tr("What the network says"))
        extra = () if self._extra is None or self._extra in self._bars else (self._extra,)
        bars = (*self._bars, *extra)
        self.setAccessibleDescription(listed([f"{bar.name} {bar.percent}" for bar in bars]))
        how = self.tr("Click: why so many per cent. Double click or Enter: the score taken apart.")
        self.setToolTip("\n".join([*(f"{bar.percent}  {bar.name}" for bar in bars), how]))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self.updateGeometry()
            self.update()
