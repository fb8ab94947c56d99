"""Two whole numbers, vertical and horizontal, which a chain keeps equal."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from convviz.ui import theme
from convviz.ui.widgets.number_field import NumberField


class _ChainButton(QToolButton):
    """A toggle that shows a chain, closed or broken."""

    def sizeHint(self) -> QSize:
        """Return a square as high as the boxes beside it."""
        side = theme.current().px(26)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same square."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint two links, joined by a bar or apart, without a frame until hovered or focused."""
        del event
        current = theme.current()
        colours = current.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            width = current.px(2) if self.hasFocus() else 1
            painter.setPen(QPen(QColor(colours.focus), width))
            box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(box, current.px(5), current.px(5))
        ink = QColor(colours.focus if self.isChecked() else colours.muted)
        painter.setPen(QPen(ink, current.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.translate(QRectF(self.rect()).center())
        painter.rotate(-45)
        unit = current.px(16) / 16
        gap = 0.0 if self.isChecked() else 2.0
        for side in (-1, 1):
            centre = side * (4.5 + gap) * unit
            link = QRectF(centre - 4.2 * unit, -2.8 * unit, 8.4 * unit, 5.6 * unit)
            painter.drawRoundedRect(link, 2.8 * unit, 2.8 * unit)
        if self.isChecked():
            painter.drawLine(QPointF(-3 * unit, 0), QPointF(3 * unit, 0))
        painter.end()


class PairField(QWidget):
    """Vertical × horizontal: stride, dilation, padding, the size of a kernel or of pooling.

    The parts are called ``<object name>-vertical``, ``-horizontal`` and ``-link``.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The two numbers, vertical first, at every keystroke and spin of the user's that changes them; see
    # set_deferred.
    pair_changed = Signal(int, int)
    # The changes so far are one undo step.
    gesture_finished = Signal()

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._vertical, self._horizontal = NumberField(self), NumberField(self)
        self._times = QLabel("×", self)
        self._link = _ChainButton(self)
        self._link.setCheckable(True)
        self._link.setChecked(True)
        self._link.toggled.connect(self._linked)
        self._pair = (0, 0)
        self.setObjectName("pair")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._link, self._vertical, self._times, self._horizontal):
            layout.addWidget(widget)
        for box in (self._vertical, self._horizontal):
            box.value_changed.connect(self._edited)
            box.gesture_finished.connect(self.gesture_finished)
        self.setFocusProxy(self._vertical)
        QWidget.setTabOrder(self._link, self._vertical)
        QWidget.setTabOrder(self._vertical, self._horizontal)
        self._restyle()
        self.retranslate()

    def pair(self) -> tuple[int, int]:
        """Return the numbers, vertical first."""
        return self._pair

    def set_pair(self, pair: tuple[int, int]) -> None:
        """Show ``pair``, vertical first, without announcing it; two different numbers break the chain."""
        if pair[0] != pair[1]:
            self._link.setChecked(False)
        self._pair = pair
        self._vertical.set_value(float(pair[0]))
        self._horizontal.set_value(float(pair[1]))

    def set_range(self, low: int, high: int) -> None:
        """Accept whole numbers from ``low`` to ``high``; numbers beyond move to the nearest."""
        for box in (self._vertical, self._horizontal):
            box.set_range(low, high)
            box.set_whole(max(2, len(str(high))))
        y, x = (min(max(number, low), high) for number in self._pair)
        self.set_pair((y, x))

    def set_deferred(self, deferred: bool) -> None:
        """Let typed numbers wait for Enter, the focus going, or a pause; spins and drags act at once.

        For sizes, where a number half typed ("1" of "12") would cut away what lies beyond it.
        """
        for box in (self._vertical, self._horizontal):
            box.set_deferred(deferred)

    def set_name(self, name: str) -> None:
        """Say what the numbers are ("Stride"), for assistive technology; already translated."""
        self._name = name
        self.retranslate()

    def setObjectName(self, name: str) -> None:  # noqa: N802 - Qt's spelling
        """Name the field and, after it, its parts."""
        super().setObjectName(name)
        parts = {"vertical": self._vertical, "horizontal": self._horizontal, "link": self._link}
        for part, widget in parts.items():
            widget.setObjectName(f"{name}-{part}")

    def is_linked(self) -> bool:
        """Return whether an edit of one number sets both."""
        return self._link.isChecked()

    def set_linked(self, linked: bool) -> None:
        """Close or break the chain; closing it gives both the vertical number."""
        self._link.setChecked(linked)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self.setAccessibleName(self._name)
        self._vertical.setAccessibleName(self.tr("{name}, vertical").format(name=self._name))
        self._horizontal.setAccessibleName(self.tr("{name}, horizontal").format(name=self._name))
        self._link.setAccessibleName(self.tr("{name}, both equal").format(name=self._name))
        self._vertical.retranslate()
        self._horizontal.retranslate()
        self._link.setToolTip(self.tr("Keep the vertical and the horizontal number equal"))

    def _edited(self) -> None:
        y, x = int(self._vertical.value()), int(self._horizontal.value())
        if self.is_linked():
            y = x = x if self.sender() is self._horizontal else y
        self._announce((y, x))

    def _linked(self, linked: bool) -> None:
        if linked:
            self._announce((self._pair[0], self._pair[0]))

    def _announce(self, pair: tuple[int, int]) -> None:
        if pair != self._pair:
            self.set_pair(pair)
            self.pair_changed.emit(*pair)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        for box in (self._vertical, self._horizontal):
            box.updateGeometry()
        self._link.updateGeometry()
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(self._theme.px(4))
