"""One choice out of a few, all in sight."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from convviz.ui import theme

_HEIGHT = 30
_Key = Qt.Key
_MOVES: dict[int, Callable[[int, int], int]] = {
    _Key.Key_Left: lambda now, count: (now - 1) % count,
    _Key.Key_Up: lambda now, count: (now - 1) % count,
    _Key.Key_Right: lambda now, count: (now + 1) % count,
    _Key.Key_Down: lambda now, count: (now + 1) % count,
    _Key.Key_Home: lambda now, count: 0,
    _Key.Key_End: lambda now, count: count - 1,
}


class _Segment(QAbstractButton):
    """One option; a radio button to assistive technology, because it is checkable and auto-exclusive."""

    def __init__(self, option: str, text: str, tooltip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.option = option
        self.corners = (True, True)
        self.setObjectName(f"segment-{option}")
        self.say(text, tooltip)
        self.setProperty("role", "segment")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def say(self, text: str, tooltip: str) -> None:
        """Set what is written, and what is told of it."""
        self.setText(text)
        self.setToolTip(tooltip)
        self.setAccessibleName(text.replace("&", ""))
        self.setAccessibleDescription(tooltip)

    def sizeHint(self) -> QSize:
        """Return room for the text in bold, so that choosing moves nothing."""
        current = theme.current()
        metrics = QFontMetrics(current.words(bold=True))
        width = metrics.horizontalAdvance(self.text().replace("&", "")) + 2 * current.px(9)
        return QSize(width, current.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the row, which knows its order."""
        if event.key() in _MOVES:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the text and, with the focus, the violet frame."""
        del event
        current = theme.current()
        colours = current.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        soft = self.isChecked() or self.isDown()
        painter.fillPath(self._outline(0.5), QColor(colours.focus_soft if soft else colours.surface))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawPath(self._outline(0.5))
        if self.hasFocus() or self.underMouse():
            width = current.px(2) if self.hasFocus() else 1
            painter.setPen(QPen(QColor(colours.focus), width))
            painter.drawPath(self._outline(width / 2))
        painter.setFont(current.words(bold=self.isChecked()))
        painter.setPen(QColor(self._ink(colours)))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), int(flags), self.text())
        painter.end()

    def _ink(self, colours: theme.Colours) -> str:
        if not self.isEnabled():
            return colours.muted
        return colours.focus if self.isChecked() else colours.text

    def _outline(self, inset: float) -> QPainterPath:
        """Return the frame ``inset`` pixels inside, round at the ends of the row only."""
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        radius = theme.current().px(5)
        path = QPainterPath()
        path.addRoundedRect(box, radius, radius)
        middle = box.center().x()
        for is_round, left, right in zip(
            self.corners, (box.left(), middle), (middle, box.right()), strict=True
        ):
            if not is_round:
                square = QPainterPath()
                square.addRect(QRectF(left, box.top(), right - left, box.height()))
                path = path.united(square)
        return path.simplified()


class Segmented(QWidget):
    """A row of options of which exactly one holds; it breaks into more rows where it is too narrow.

    The arrow keys move the choice; Tab reaches the chosen option only, as with radio buttons.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The id of the option the user has chosen; not sent by :meth:`set_choice`.
    chosen = Signal(str)

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: list[_Segment] = []
        self._choice = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme = theme.current()

    def set_options(self, options: list[tuple[str, str, str]]) -> None:
        """Offer ``options``, each an id, a text and a tooltip; the choice stays if it is still offered."""
        if self._segments and self.options() == [option for option, _, _ in options]:
            # The same in other words: they keep the keyboard, and their place in the order of Tab.
            for segment, (_, text, tooltip) in zip(self._segments, options, strict=True):
                segment.say(text, tooltip)
        else:
            self._replace(options)
        if not self.isVisible() and self.width() < self.sizeHint().width():
            # Broken into rows before it has a place, it would make its window higher, which stays so.
            self.resize(self.sizeHint())
        self._arrange()
        self.updateGeometry()

    def _replace(self, options: list[tuple[str, str, str]]) -> None:
        had_focus = any(s.hasFocus() for s in self._segments)
        for segment in self._segments:
            segment.hide()
            segment.deleteLater()
        self._segments = [_Segment(*option, self) for option in options]
        for segment in self._segments:
            segment.clicked.connect(self._clicked)
            segment.show()
        if self._segments:
            known = self._choice in (option for option, _, _ in options)
            self.set_choice(self._choice if known else options[0][0])
        if had_focus:
            self.setFocus()

    def come_after(self, before: QWidget) -> None:
        """Be reached with Tab after ``before``, wherever the options came from."""
        for first, second in pairwise((before, *self._segments)):
            QWidget.setTabOrder(first, second)

    def set_choice(self, option: str) -> None:
        """Show ``option`` as the one in force, without announcing it.

        Raises
        ------
        KeyError
            If it is not offered.
        """
        chosen = self.button(option)
        chosen.setChecked(True)
        self._choice = option
        self.setFocusProxy(chosen)
        for segment in self._segments:
            is_chosen = segment is chosen
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)

    def options(self) -> list[str]:
        """Return what can be chosen, from left to right."""
        return [segment.option for segment in self._segments]

    def choice(self) -> str:
        """Return the id of the option in force, or an empty string while nothing is offered."""
        return self._choice

    def button(self, option: str) -> QAbstractButton:
        """Return the button of ``option``."""
        return {s.option: s for s in self._segments}[option]

    def _clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, _Segment)
        if sender.option != self._choice:
            self.set_choice(sender.option)
            self.chosen.emit(sender.option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrows, Home and End."""
        options = [s.option for s in self._segments]
        if not options or event.key() not in _MOVES:
            event.ignore()
            return
        index = _MOVES[event.key()](options.index(self._choice), len(options))
        segment = self._segments[index]
        segment.click()
        segment.setFocus(Qt.FocusReason.TabFocusReason)

    # Size

    def sizeHint(self) -> QSize:
        """Return the size of one row."""
        widths = [s.sizeHint().width() - 1 for s in self._segments]
        return QSize(sum(widths) + 1, theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest option."""
        return QSize(
            max((s.sizeHint().width() for s in self._segments), default=0), theme.current().px(_HEIGHT)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the options out anew."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._theme = theme.current()
            self._arrange()
            self.updateGeometry()

    def _rows(self, width: int) -> list[list[_Segment]]:
        """Return the options in as few rows as fit, of nearly equal numbers."""
        for count in range(1, len(self._segments) + 1):
            long = -(-len(self._segments) // count)
            rows = [self._segments[i : i + long] for i in range(0, len(self._segments), long)]
            if all(sum(s.sizeHint().width() - 1 for s in row) + 1 <= width for row in rows):
                return rows
        return [[s] for s in self._segments]

    def _arrange(self) -> None:
        """Give every option its width and an equal share of what is left; neighbours share a line."""
        current, rows = theme.current(), self._rows(self.width())
        height, pitch = current.px(_HEIGHT), current.px(_HEIGHT) + current.px(4)
        for index, row in enumerate(rows):
            spare = max(0, self.width() - 1 - sum(s.sizeHint().width() - 1 for s in row))
            left = 0
            for place, segment in enumerate(row):
                share = spare * (place + 1) // len(row) - spare * place // len(row)
                width = segment.sizeHint().width() - 1 + share
                segment.corners = (place == 0, place == len(row) - 1)
                segment.setGeometry(QRect(left, index * pitch, width + 1, height))
                left += width
        wanted = max(1, len(rows)) * pitch - (pitch - height)
        if wanted != self.height():
            self.setFixedHeight(wanted)
